"""PDF: text with its layout where the file has text, recognised characters where its pages are pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from knowledge.documents.document import Document
from knowledge.documents.glyphs import Glyph, find_gutters, set_lines, set_table
from knowledge.documents.grid import with_captions
from knowledge.documents.layout import read_layout
from knowledge.documents.limits import ReadingLimits
from knowledge.documents.printed import Page, PrintedLine
from knowledge.documents.recognition import recognise
from knowledge.errors import DocumentRefused

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage

_UNREADABLE = re.compile(r"\(cid:[0-9]+\)|[\ue000-\uf8ff\ufffd]")
"""What is extracted where a font does not say which characters its signs are."""
_FEWEST, _FEWEST_ON_PICTURE = 5, 80
"""A page with fewer characters than this and a picture on it is a scanned one; programs that scan sign a full picture."""
_FULL_PICTURE = 0.5
"""Of the page, what a picture takes up that may be all of it."""
_MOST_EDGES = 20_000
"""A page with more strokes than this is a drawing, in which no table is looked for."""
_SKEW = 0.1
"""Slope from which a character counts as rotated: watermarks and the round text of stamps."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page as it was printed: the characters outside of tables, and the tables."""

    number: int
    width: float
    glyphs: Sequence[Glyph]
    tables: Sequence[PrintedLine]


def read_pages(content: bytes, name: str, limits: ReadingLimits) -> Document:
    """The document of a PDF. Raises DocumentRefused for an encrypted one, too many pages, and scans without OCR."""
    import pdfplumber  # noqa: PLC0415 - heavy
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415 - heavy
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415 - heavy

    try:
        opened = pdfplumber.open(BytesIO(content))
    except (PdfminerException, PDFPasswordIncorrect) as error:
        if isinstance(error, PDFPasswordIncorrect) or isinstance(
            error.args[0] if error.args else None, PDFPasswordIncorrect
        ):
            raise DocumentRefused(name, "PDF 已加密", "请取消打开密码后重新提供") from None
        raise
    with opened as pdf:
        count = len(pdf.pages)
        if count > limits.pages:
            raise DocumentRefused(
                name, f"共 {count} 页，超过 {limits.pages} 页", "请只提供通知或附件所在的页"
            )
        sheets, scanned = [], []
        for page in pdf.pages:
            glyphs = _glyphs(page)
            if _is_scanned(page, glyphs):
                scanned.append(page.page_number)
            sheets.append(_read_sheet(page, glyphs))
            page.close()
    pages = _lay_out(sheets)
    confidence, warnings = None, []
    if scanned:
        recognised = recognise(content, name, scanned)
        warnings = [f"{name}：{told}" for told in recognised.warnings]
        confidence = recognised.confidence
        pages = [recognised.pages.get(page.number, page) for page in pages]
    blocks, told = read_layout(pages)
    warnings += [f"{name}：{each}" for each in told]
    return Document(name, "pdf", with_captions(blocks), tuple(warnings), confidence)


def _glyphs(page: PdfPage) -> list[Glyph]:
    """The characters that stand upright and can be seen, those printed twice for boldness once."""
    glyphs = []
    for char in page.dedupe_chars().chars:
        slope, width = char["matrix"][1], char["matrix"][0]
        if abs(slope) > _SKEW * abs(width) or char["size"] < 1 or not _is_on(page, char):
            continue
        glyphs.append(Glyph(char["text"], char["x0"], char["x1"], char["top"], char["bottom"], char["size"]))
    return glyphs


def _is_on(page: PdfPage, char: dict[str, Any]) -> bool:
    across, down = float(char["x0"]), float(char["top"])
    return -1 <= across <= float(page.width) + 1 and -1 <= down <= float(page.height) + 1


def _is_scanned(page: PdfPage, glyphs: Sequence[Glyph]) -> bool:
    """Whether the page says nothing that can be read and has a picture, or letters without meaning."""
    printed = [glyph.text for glyph in glyphs if glyph.text.strip()]
    unreadable = sum(bool(_UNREADABLE.search(text)) for text in printed)
    if unreadable * 5 > len(printed):
        return True
    largest = max((_area(image) for image in page.images), default=0.0)
    is_full = largest > _FULL_PICTURE * float(page.width) * float(page.height)
    return bool(page.images) and len(printed) < (_FEWEST_ON_PICTURE if is_full else _FEWEST)


def _area(image: dict[str, Any]) -> float:
    return abs(float(image["x1"] - image["x0"]) * float(image["bottom"] - image["top"]))


def _read_sheet(page: PdfPage, glyphs: Sequence[Glyph]) -> _Sheet:
    tables: list[PrintedLine] = []
    boxes = []
    if len(page.edges) <= _MOST_EDGES:
        for found in page.find_tables():
            if table := set_table(found.bbox, found.cells, glyphs, page.page_number):
                tables.append(table)
                boxes.append(found.bbox)
    outside = [glyph for glyph in glyphs if not any(glyph.is_within(box) for box in boxes)]
    return _Sheet(page.page_number, float(page.width), outside, tables)


def _lay_out(sheets: Sequence[_Sheet]) -> list[Page]:
    gutters = find_gutters([(sheet.glyphs, sheet.width) for sheet in sheets])
    return [
        Page(
            sheet.number, sheet.width, (*set_lines(sheet.glyphs, sheet.number, gutter), *sheet.tables), gutter
        )
        for sheet, gutter in zip(sheets, gutters, strict=True)
    ]
