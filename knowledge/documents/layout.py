"""Lines with their places → paragraphs: what was wrapped is joined, over columns and pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.documents.document import Paragraph, Table
from knowledge.documents.furniture import without_furniture
from knowledge.documents.order import in_reading_order
from knowledge.documents.printed import Page, PrintedLine
from knowledge.numbering import read_marker
from knowledge.tables import flat

SHORT = 1.7
"""Ems by which a line must fall short of its column to end a paragraph: kinsoku and hanging stops take up to one."""
INDENT = 1.2
"""Ems from which a line counts as indented."""
_FULL = 0.95
"""Of the widest column, how much the lines of a page must take up for their edges to be taken for its bounds."""
_NARROW = 0.6
"""Of the width of the page, what the lines of its only column take up at least, unless all are short."""
ONE = 0
"""The number of the column on a page that has but one."""
LEADING = 1.45
"""Multiples of the usual distance of lines from which a gap parts paragraphs."""
_CLOSING = tuple("。；！？;：:")
_UNFINISHED = tuple("，、（(《“‘〔【")
_ENDS = re.compile(r"[〔［\[(（][0-9]{4}[〕］\])）]\s*(?:第\s*)?[0-9]+\s*号\s*$")
"""A document number ends its line, however far it reaches."""
_WORD = re.compile(r"[（《“‘〔【]*[!-~]{2,}[，。；：、！？）》”’】〕]*")


def read_layout(pages: Sequence[Page]) -> tuple[list[Paragraph | Table], list[str]]:
    """The blocks of the pages in reading order, and what whoever brought the file should look at."""
    kept, left_out = without_furniture(pages)
    lines = [line for page in kept for line in in_reading_order(page)]
    told = [f"页眉、页脚不计入正文：{'；'.join(left_out)[:200]}"] if left_out else []
    if guessed := dict.fromkeys(str(line.page) for line in lines if line.is_guessed):
        told.append(f"第 {'、'.join(guessed)} 页有没有框线的表格，行列按位置推定，合并的单元格请核对")
    return list(_join(_bounded(lines, min((page.width for page in pages), default=0)))), told


def _bounded(lines: Sequence[PrintedLine], width: float) -> list[PrintedLine]:
    """The lines with the bounds of their columns: the page's own where lines fill it, else those of the fullest page.

    Where no line comes near to the other side of a page of this `width`, the margins are taken for equal.
    """
    beside: dict[tuple[int, int], list[PrintedLine]] = defaultdict(list)
    for line in lines:
        if line.table is None:
            beside[line.column, line.page].append(line)
    own = {place: _bounds(fellows) for place, fellows in beside.items()}
    widest: dict[int, tuple[float, float]] = {}
    for (column, _), bounds in own.items():
        widest[column] = max(widest.get(column, bounds), bounds, key=lambda pair: pair[1] - pair[0])
    if ONE in widest and widest[ONE][1] - widest[ONE][0] < _NARROW * width:
        left = min(widest[ONE][0], width * (1 - _NARROW))
        widest = {**widest, ONE: (left, width - left)}
    done = []
    for line in lines:
        full = widest.get(line.column, (line.x0, line.x1))
        left, right = own.get((line.column, line.page), full)
        if right - left < _FULL * (full[1] - full[0]):
            left, right = full
        done.append(replace(line, left=left, right=right))
    return done


def _bounds(lines: Sequence[PrintedLine]) -> tuple[float, float]:
    """The edges that lines keep to, one in fifty apart."""
    lefts, rights = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
    return lefts[len(lefts) // 50], rights[-1 - len(rights) // 50]


def _join(lines: Sequence[PrintedLine]) -> Iterator[Paragraph | Table]:
    """Paragraphs of the lines, tables between them; a table that goes on over a page is one."""
    leading = _leading(lines)
    text: list[PrintedLine] = []
    pieces: list[Table] = []
    for line in lines:
        if pieces and (line.table is None or not _goes_on(pieces[-1], line.table)):
            yield _whole(pieces)
            pieces = []
        if text and (line.table is not None or parts(text[-1], line, leading)):
            yield _paragraph(text)
            text = []
        if line.table is None:
            text.append(line)
        else:
            pieces.append(line.table)
    if text:
        yield _paragraph(text)
    if pieces:
        yield _whole(pieces)


def parts(above: PrintedLine, line: PrintedLine, leading: float) -> bool:
    """Whether a paragraph ends between two lines that follow each other."""
    if abs(above.size - line.size) > 0.15 * max(above.size, line.size) or _ENDS.search(above.text):
        return True
    is_full = above.right - above.x1 <= (SHORT + _unbroken(line.text)) * above.size
    ended = above.text.rstrip().endswith(_CLOSING)
    indented = line.x0 - line.left > INDENT * line.size
    if above.text.rstrip().endswith(_UNFINISHED) and not indented:
        return False
    if above.page == line.page and above.column == line.column:
        gap = line.top - above.top
        if gap > LEADING * max(leading, line.size):
            return True
    if not is_full or (indented and (ended or not _is_centred(line))):
        return True
    return ended and read_marker(line.text.strip()) is not None


def _is_centred(line: PrintedLine) -> bool:
    """Whether a line stands in the middle of its column, as the rest of a title that was wrapped does."""
    return abs((line.x0 - line.left) - (line.right - line.x1)) < 0.5 * line.size


def _unbroken(text: str) -> float:
    """Ems of what opens a line and could not be broken, so that the line above may fall short by as much."""
    text = text.strip()
    word = _WORD.match(text)
    return sum(0.5 if char.isascii() else 1 for char in word.group()) if word and not read_marker(text) else 0


def _leading(lines: Sequence[PrintedLine]) -> float:
    """The usual distance from one line to the next below it."""
    gaps = sorted(
        below.top - above.top
        for above, below in pairwise(lines)
        if above.page == below.page
        and above.column == below.column
        and above.top < below.top
        and not above.table
    )
    return gaps[len(gaps) // 3] if gaps else 0


def _paragraph(lines: Sequence[PrintedLine]) -> Paragraph:
    text = lines[0].text.strip()
    for line in lines[1:]:
        after = line.text.strip()
        apart = text[-1:].isascii() and text[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
        text += f" {after}" if apart and "://" not in text.rsplit(maxsplit=1)[-1] else after
    return Paragraph(flat(text), page=lines[0].page)


def _goes_on(table: Table, below: Table) -> bool:
    """Whether the first table of a page continues the last of the page before: as wide, with the same headings or none."""
    widths = {len(row) for piece in (table, below) for row in (piece.columns, *piece.rows) if row}
    return (
        len(widths) == 1
        and not below.caption
        and below.columns in {(), table.columns}
        and (below.page or 0) == (table.page or 0) + 1
    )


def _whole(pieces: Sequence[Table]) -> Table:
    return replace(pieces[0], rows=tuple(row for piece in pieces for row in piece.rows))
