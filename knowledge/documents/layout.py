"""Printed lines with their places → paragraphs in reading order: columns, furniture of the page, wrapped lines joined.

Lengths are points, measured from the top left corner of the page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.documents.document import Paragraph, Table
from knowledge.normalise import squeeze
from knowledge.numbering import read_marker
from knowledge.tables import flat

SHORT = 1.7
"""Ems by which a line must fall short of its column to end a paragraph: kinsoku and hanging stops take up to one."""
INDENT = 1.2
"""Ems from which a line counts as indented."""
_FULL = 0.95
"""Of the widest column, how much the lines of a page must take up for their edges to be taken for its bounds."""
LEADING = 1.45
"""Multiples of the usual distance of lines from which a gap parts paragraphs."""
_CLOSING = tuple("。；！？;：:")
_UNFINISHED = tuple("，、（(《“‘〔【")
_ENDS = re.compile(r"[〔［\[(（][0-9]{4}[〕］\])）]\s*(?:第\s*)?[0-9]+\s*号\s*$")
"""A document number ends its line, however far it reaches."""
_PAGE_NUMBER = re.compile(
    r"[-–—－─·•]*[0-9０-９]{1,4}[-–—－─·•]*|第[0-9一二三四五六七八九十]{1,4}页(?:[，,/]?共[0-9一二三四五六七八九十]{1,4}页)?|[0-9]{1,4}/[0-9]{1,4}"
)
_WORD = re.compile(r"[（《“‘〔【]*[!-~]{2,}[，。；：、！？）》”’】〕]*")
_FURNITURE_LINES = 3
"""How many lines at the top and at the bottom of a page may be furniture."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of print or, with `table`, a table in its place; `left` and `right` bound the column that it stands in."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    table: Table | None = None
    column: int = 0
    left: float = 0
    right: float = 0

    @property
    def middle(self) -> float:
        """Half way down the line."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of print on a page: lines, parted where a gap parts them, and tables.

    `gutter` is where the gap between two columns runs, None on a page of one.
    """

    number: int
    lines: tuple[PrintedLine, ...]
    gutter: float | None = None


def read_layout(pages: Sequence[Page]) -> tuple[list[Paragraph | Table], list[str]]:
    """The blocks of the pages in reading order, and what was left out as headers and footers."""
    kept, left_out = without_furniture(pages)
    lines = [line for page in kept for line in in_reading_order(page)]
    return list(_join(_bounded(lines))), left_out


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """The pages without page numbers and without lines that stand in the same place on half of them."""
    repeated = _repeated(pages)
    kept, left_out = [], dict[str, None]()
    for page in pages:
        gone = set()
        for line in _margin(page):
            is_number = bool(_PAGE_NUMBER.fullmatch(squeeze(line.text))) and _is_outside(line, page)
            if is_number or _shape(line) in repeated:
                gone.add(line)
                if not is_number:
                    left_out[re.sub("[0-9]+", "…", flat(line.text))] = None
        kept.append(replace(page, lines=tuple(line for line in page.lines if line not in gone)))
    return kept, list(left_out)


def _margin(page: Page) -> list[PrintedLine]:
    """The lines next to the upper and lower edge."""
    heights = sorted({round(line.middle / 4) for line in page.lines if line.table is None})
    edge = {*heights[:_FURNITURE_LINES], *heights[-_FURNITURE_LINES:]}
    return [line for line in page.lines if line.table is None and round(line.middle / 4) in edge]


def _is_outside(line: PrintedLine, page: Page) -> bool:
    """Whether nothing else stands above the line, or nothing else below it."""
    others = [
        other for other in page.lines if other is not line and abs(other.middle - line.middle) > line.size / 2
    ]
    return all(other.top >= line.middle for other in others) or all(
        other.bottom <= line.middle for other in others
    )


def _repeated(pages: Sequence[Page]) -> frozenset[tuple[str, int]]:
    found: Counter[tuple[str, int]] = Counter()
    for page in pages:
        found.update({_shape(line) for line in _margin(page)})
    least = max(2, (len(pages) + 1) // 2)
    return frozenset(shape for shape, count in found.items() if count >= least)


def _shape(line: PrintedLine) -> tuple[str, int]:
    """A line's words without figures, and its height on the page: what a header keeps from page to page."""
    return re.sub("[0-9０-９]+", "#", squeeze(line.text)), round(line.middle / 6)


def in_reading_order(page: Page) -> list[PrintedLine]:
    """The lines of a page: down a column before the next; what crosses the gutter parts the columns above and below."""
    lines = sorted(page.lines, key=lambda line: (line.middle, line.x0))
    gutter = page.gutter
    if gutter is None:
        return _merge_beside(lines)
    ordered: list[PrintedLine] = []
    band: list[PrintedLine] = []
    for line in lines:
        if line.x0 + line.size < gutter < line.x1 - line.size:
            ordered += _columns(band, gutter)
            ordered.append(line)
            band = []
        else:
            band.append(line)
    return ordered + _columns(band, gutter)


def _columns(band: Sequence[PrintedLine], gutter: float) -> list[PrintedLine]:
    left = [replace(line, column=1) for line in band if line.x0 + line.x1 <= 2 * gutter]
    right = [replace(line, column=2) for line in band if line.x0 + line.x1 > 2 * gutter]
    return _merge_beside(left) + _merge_beside(right)


def _merge_beside(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Pieces at one height as one line, from left to right."""
    merged: list[PrintedLine] = []
    for line in lines:
        last = merged[-1] if merged else None
        if (
            last
            and not last.table
            and not line.table
            and abs(last.middle - line.middle) < 0.4 * min(last.size, line.size)
        ):
            first, second = sorted((last, line), key=lambda piece: piece.x0)
            merged[-1] = replace(
                first,
                text=f"{first.text} {second.text}",
                x1=max(first.x1, second.x1),
                bottom=max(first.bottom, second.bottom),
            )
        else:
            merged.append(line)
    return merged


def _bounded(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines with the bounds of their columns: the page's own where lines fill it, else those of the fullest page."""
    beside: dict[tuple[int, int], list[PrintedLine]] = defaultdict(list)
    for line in lines:
        if line.table is None:
            beside[line.column, line.page].append(line)
    own = {place: _bounds(fellows) for place, fellows in beside.items()}
    widest: dict[int, tuple[float, float]] = {}
    for (column, _), bounds in own.items():
        widest[column] = max(widest.get(column, bounds), bounds, key=lambda pair: pair[1] - pair[0])
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
