"""Markdown: made into HTML, and read as that."""

from __future__ import annotations

from dataclasses import replace

from knowledge.documents.document import Document
from knowledge.documents.plain import decode
from knowledge.documents.web import read_html


def read_markdown(content: bytes, name: str) -> Document:
    """The document of a Markdown file, HTML in it included; a line break in a paragraph is one. Raises DocumentRefused."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only for this format

    text, warnings = decode(content, name)
    html = MarkdownIt("commonmark", {"breaks": True, "html": True}).enable("table").render(text)
    return replace(read_html(html, name), format="md", warnings=warnings)
