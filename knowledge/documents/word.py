"""Word documents (.docx): body text and tables in printed order, numbers written out.

Headers and footers are other parts of the package and are not read. Of tracked changes the inserted text counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from knowledge.documents.archive import check_package
from knowledge.documents.document import Document, Paragraph, Table
from knowledge.documents.grid import Cell, read_grid, with_captions
from knowledge.documents.limits import ReadingLimits
from knowledge.documents.word_numbering import Numbering, W
from knowledge.documents.word_styles import Styles
from knowledge.errors import DocumentRefused

if TYPE_CHECKING:
    from docx.document import Document as Package
    from lxml.etree import _Element

_GONE = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "rt")
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_WRAPS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_BOX, _PARAGRAPH, _TABLE = f"{W}txbxContent", f"{W}p", f"{W}tbl"
_BREAKS = frozenset({f"{W}br", f"{W}cr"})
_FIGURE_AHEAD = re.compile(r"[0-9A-Za-z０-９.．]$")
_DEEPEST_TABLE = 8


def read_word(content: bytes, name: str, limits: ReadingLimits) -> Document:
    """The document of a .docx file. Raises DocumentRefused for macros and for what is unpacked too large."""
    import docx  # noqa: PLC0415 - heavy

    if "word/vbaProject.bin" in check_package(content, name, limits):
        raise DocumentRefused(
            name, "文件含有宏，为安全起见不予读取", "请在 Word 中另存为不含宏的 .docx 后重新提供"
        )
    return _Reader(docx.Document(BytesIO(content)), name).read()


class _Reader:
    def __init__(self, package: Package, name: str) -> None:
        self._name = name
        self._body = package.element.body
        parts = {part.partname.rsplit("/", 1)[-1]: part for part in package.part.package.iter_parts()}
        roots = {
            file: _root(parts[file].blob)
            for file in ("numbering.xml", "styles.xml", "footnotes.xml", "endnotes.xml")
            if file in parts
        }
        self._numbering = Numbering(roots.get("numbering.xml"))
        self._styles = Styles(roots.get("styles.xml"))
        self._notes = {
            f"{W}{kind}Reference": _by_id(roots.get(f"{kind}s.xml"), kind) for kind in ("footnote", "endnote")
        }
        self._warnings: dict[str, None] = {}

    def read(self) -> Document:
        """All of the body."""
        blocks = with_captions(list(self._blocks(self._body)))
        return Document(self._name, "docx", blocks, tuple(f"{self._name}：{told}" for told in self._warnings))

    def _blocks(self, parent: _Element, depth: int = 0) -> Iterator[Paragraph | Table]:
        for child in parent.iterchildren():
            if child.tag == _PARAGRAPH:
                yield from self._paragraph(child, depth)
            elif child.tag == _TABLE:
                yield from self._table(child, depth)
            elif child.tag in _WRAPS:
                yield from self._blocks(child, depth)

    def _paragraph(self, element: _Element, depth: int) -> Iterator[Paragraph | Table]:
        """The paragraph, one for each of its lines, and what stands in text boxes on it."""
        boxes: list[_Element] = []
        text = "".join(self._pieces(element, boxes))
        lines = [line for line in (line.strip() for line in text.split("\n")) if line]
        if lines:  # an empty paragraph has no number
            lines[0] = self._numbered(element, lines[0])
            level = self._styles.heading(element)
            yield from (Paragraph(line, level) for line in lines)
        for box in boxes:
            self._warnings["含有文本框，其中的文字排在所在段落之后，请核对"] = None
            yield from self._blocks(box, depth)

    def _numbered(self, element: _Element, text: str) -> str:
        place = self._styles.place(element, self._numbering)
        number = self._numbering.print_next(*place).strip() if place else ""
        # 1. and 2022年 are set apart, else they read as a decimal; so are 第一条 and its text.
        parted = number and (
            number[-1] in "条章节编部分"
            or (_FIGURE_AHEAD.search(number) and text[0].isalnum() and text[0].isascii())
        )
        return f"{number} {text}" if parted else number + text

    def _pieces(self, element: _Element, boxes: list[_Element]) -> Iterator[str]:
        """The text of a paragraph as it prints, its notes in brackets; text boxes are put aside."""
        for child in element.iterchildren():
            tag = child.tag
            if tag in _GONE or tag == _FALLBACK:
                continue
            if tag in {f"{W}t", _MATH_TEXT}:
                yield child.text or ""
            elif tag in _BREAKS:
                yield "\n"
            elif tag == f"{W}tab":
                yield "\t"
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif tag == _BOX:
                boxes.append(child)
            elif tag in self._notes:
                note = self._notes[tag].get(child.get(f"{W}id", ""))
                if note is not None and (said := "".join(self._pieces(note, boxes)).strip()):
                    yield f"（注：{said}）"
            else:
                yield from self._pieces(child, boxes)

    def _table(self, table: _Element, depth: int) -> Iterator[Paragraph | Table]:
        if depth >= _DEEPEST_TABLE:
            raise DocumentRefused(self._name, f"表格嵌套超过{_DEEPEST_TABLE}层", "请把内层表格移到外面")
        rows = [list(self._cells(row, depth)) for row in _within(table, f"{W}tr")]
        yield from read_grid(_with_heights(rows))

    def _cells(self, row: _Element, depth: int) -> Iterator[tuple[Cell, bool]]:
        """The cells of a row, and of each whether it goes on with the one above."""
        heading = row.find(f"{W}trPr/{W}tblHeader") is not None
        before = row.find(f"{W}trPr/{W}gridBefore")
        if before is not None:
            yield Cell("", across=_span(before)), False
        for cell in _within(row, f"{W}tc"):
            across = cell.find(f"{W}tcPr/{W}gridSpan")
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
            text = "\n".join(_lines(self._blocks(cell, depth + 1)))
            yield Cell(text, across=1 if across is None else _span(across), heading=heading), goes_on


def _within(parent: _Element, tag: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, through whatever is wrapped around them."""
    for child in parent.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPS:
            yield from _within(child, tag)


def _lines(blocks: Iterator[Paragraph | Table]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from ("；".join(filter(None, row)) for row in (block.columns, *block.rows))


def _with_heights(rows: list[list[tuple[Cell, bool]]]) -> list[list[Cell]]:
    """The cells with the rows that they span: .docx says in each cell only whether it goes on with that above."""
    heights: dict[tuple[int, int], int] = {}
    above: dict[int, tuple[int, int]] = {}
    kept: list[list[tuple[int, Cell]]] = []
    for at, row in enumerate(rows):
        column = 0
        kept.append([])
        for cell, goes_on in row:
            if goes_on and column in above:
                heights[above[column]] += 1
            else:
                above[column] = (at, column)
                heights[at, column] = 1
                kept[-1].append((column, cell))
            column += cell.across
    return [
        [Cell(cell.text, cell.across, heights[at, column], cell.heading) for column, cell in row]
        for at, row in enumerate(kept)
    ]


def _span(element: _Element) -> int:
    value = element.get(f"{W}val", "1")
    return min(int(value), 100) if value.isdecimal() and len(value) < 6 else 1


def _root(blob: bytes) -> _Element:
    from docx.oxml import parse_xml  # noqa: PLC0415 - heavy

    return parse_xml(blob)


def _by_id(root: _Element | None, kind: str) -> dict[str, _Element]:
    notes = root.iterchildren(f"{W}{kind}") if root is not None else ()
    return {note.get(f"{W}id", ""): note for note in notes if note.get(f"{W}type") in {None, "normal"}}
