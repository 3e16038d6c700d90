"""Files into documents: what a file says as paragraphs and tables, in the text that the clause parser reads."""

from knowledge.documents.document import Document, Paragraph, Table
from knowledge.documents.limits import ReadingLimits
from knowledge.documents.reading import read_document, read_documents

__all__ = ["Document", "Paragraph", "ReadingLimits", "Table", "read_document", "read_documents"]
