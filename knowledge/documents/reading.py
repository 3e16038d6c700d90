"""A file → the documents in it."""

from __future__ import annotations

from pathlib import Path

from knowledge.documents.document import Document
from knowledge.documents.limits import ReadingLimits
from knowledge.documents.plain import read_plain
from knowledge.errors import DocumentRefused


def read_document(source: Path | bytes, name: str = "", limits: ReadingLimits | None = None) -> Document:
    """The one document of a file. Raises DocumentRefused, also where an archive holds several."""
    documents = read_documents(source, name, limits)
    if len(documents) != 1:
        raise DocumentRefused(
            documents[0].name,
            f"压缩包内有 {len(documents)} 个文件",
            "请解压后逐个提供，或提供只含一个文件的压缩包",
        )
    return documents[0]


def read_documents(
    source: Path | bytes, name: str = "", limits: ReadingLimits | None = None
) -> tuple[Document, ...]:
    """The documents of a file: one, or those of an archive in the order of their names.

    `name` is shown and tells the extension; a path has one of its own. Raises DocumentRefused.
    """
    content = source if isinstance(source, bytes) else source.read_bytes()
    name = name or (source.name if isinstance(source, Path) else "")
    return (read_plain(content, name),)
