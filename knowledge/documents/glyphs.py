"""Characters with their places on a page → pieces of lines, and tables drawn with lines → cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.documents.document import Table
from knowledge.documents.grid import Cell, read_grid
from knowledge.documents.printed import PrintedLine

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
_APART = 2.0
"""Ems from which a gap parts a line into pieces."""
_WORD_GAP = 0.28
"""Ems from which a gap stands for a space."""
_GUTTER = 0.8
"""Ems that a gap between columns has at least."""
_FEWEST_LINES = 6
_STOPS = frozenset("，。、；：！？）》”’】〕")
_SAME_LINE = 0.5
"""Ems by which the middles of characters on one line may differ."""
_SAME_EDGE = 2.5
"""Points within which two edges of cells are one."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character and its place."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Half way down the character."""
        return (self.top + self.bottom) / 2

    @property
    def ink_end(self) -> float:
        """Where its ink ends: that of a stop, which may hang over the margin, fills half of its square."""
        return (self.x0 + self.x1) / 2 if self.text in _STOPS else self.x1

    def is_within(self, box: Box) -> bool:
        """Whether its centre lies in a box."""
        return box[0] <= (self.x0 + self.x1) / 2 <= box[2] and box[1] <= self.middle <= box[3]


def find_gutters(pages: Sequence[tuple[Sequence[Glyph], float]]) -> list[float | None]:
    """Where the gap between two columns runs on each page, given as characters and width; None for one column.

    Columns are the same on all pages, so that the clearest gap counts wherever a page keeps clear of it.
    """
    rows = [_printed_rows(glyphs) for glyphs, _ in pages]
    found = [_find_gutter(of_page, width) for of_page, (_, width) in zip(rows, pages, strict=True)]
    clearest = min(filter(None, found), default=None)
    if clearest is None:
        return [None] * len(pages)
    return [
        clearest[-1] if _keeps_clear(of_page, clearest[-1]) else own and own[-1]
        for own, of_page in zip(found, rows, strict=True)
    ]


def _keeps_clear(rows: Sequence[Sequence[Glyph]], at: float) -> bool:
    return sum(_gap(row, at) is None for row in rows) * 4 <= len(rows)


def _printed_rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    return list(
        _rows([glyph for glyph in sorted(glyphs, key=lambda glyph: glyph.middle) if glyph.text.strip()])
    )


def _find_gutter(rows: Sequence[Sequence[Glyph]], width: float) -> tuple[int, float, float] | None:
    """The clearest gap between columns: how many rows cross it, its width (negative) and its place.

    Nearly all lines keep clear of it, and on both sides enough of them fill their column.
    """
    best: tuple[int, float, float] | None = None
    for at in range(int(width * 0.35), int(width * 0.65), 3):
        gaps = [gap for row in rows if (gap := _gap(row, at))]
        lefts = [left for left, _ in gaps if left]
        rights = [right for _, right in gaps if right]
        crossing = len(rows) - len(gaps)
        if min(len(lefts), len(rights)) < _FEWEST_LINES or crossing * 4 > len(rows):
            continue
        if _is_filled(lefts) and _is_filled(rights):
            end, start = max(end for _, end in lefts), min(start for start, _ in rights)
            found = (crossing, end - start, (end + start) / 2)
            best = min(best or found, found)
    return best


Extent = tuple[float, float]


def _gap(row: Sequence[Glyph], at: float) -> tuple[Extent | None, Extent | None] | None:
    """Where a row stands left and right of a place, None where it runs across it."""
    left = [glyph for glyph in row if glyph.x0 + glyph.x1 < 2 * at]
    right = [glyph for glyph in row if glyph.x0 + glyph.x1 >= 2 * at]
    before = (min(glyph.x0 for glyph in left), max(glyph.ink_end for glyph in left)) if left else None
    behind = (min(glyph.x0 for glyph in right), max(glyph.x1 for glyph in right)) if right else None
    if (before and before[1] > at) or (behind and behind[0] < at):
        return None
    if before and behind and behind[0] - before[1] < _GUTTER * row[0].size:
        return None
    return before, behind


def _is_filled(extents: Sequence[Extent]) -> bool:
    """Whether lines are those of a column: half of them nearly as wide as the widest, which a list's are not."""
    widest = max(end - start for start, end in extents)
    return sum(end - start > 0.85 * widest for start, end in extents) * 2 >= len(extents)


def set_lines(glyphs: Iterable[Glyph], page: int, gutter: float | None = None) -> list[PrintedLine]:
    """The pieces of lines that the characters make, from top to bottom and from left to right."""
    pieces = []
    for row in _rows(sorted(glyphs, key=lambda glyph: glyph.middle)):
        piece: list[Glyph] = []
        for glyph in sorted(row, key=lambda glyph: glyph.x0):
            if piece and _is_apart(piece[-1], glyph, gutter):
                pieces.append(piece)
                piece = []
            if glyph.text.strip():
                piece.append(glyph)
        pieces.append(piece)
    return [_line(piece, page) for piece in pieces if piece]


def _is_apart(left: Glyph, right: Glyph, gutter: float | None) -> bool:
    size, gap = max(left.size, right.size), right.x0 - left.ink_end
    across = gutter is not None and left.ink_end <= gutter <= right.x0
    return gap > (_GUTTER if across else _APART) * size


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    middle = 0.0
    for glyph in glyphs:
        if row and glyph.middle - middle > _SAME_LINE * max(glyph.size, row[-1].size):
            yield row
            row = []
        if not row:
            middle = glyph.middle
        else:
            middle += (glyph.middle - middle) / (len(row) + 1)
        row.append(glyph)
    if row:
        yield row


def _line(piece: Sequence[Glyph], page: int) -> PrintedLine:
    text = ""
    end = piece[0].x0
    for glyph in piece:
        if glyph.x0 - end > _WORD_GAP * glyph.size:
            text += " "
        text += glyph.text
        end = glyph.x1
    sizes = sorted(glyph.size for glyph in piece)
    return PrintedLine(
        text=text,
        x0=piece[0].x0,
        x1=max(glyph.x1 for glyph in piece),
        top=min(glyph.top for glyph in piece),
        bottom=max(glyph.bottom for glyph in piece),
        size=sizes[len(sizes) // 2],
        page=page,
    )


def set_table(box: Box, cells: Sequence[Box], glyphs: Sequence[Glyph], page: int) -> PrintedLine | None:
    """The table of these cells in its place; None for a frame around text."""
    columns = _edges(edge for cell in cells for edge in (cell[0], cell[2]))
    rows = _edges(edge for cell in cells for edge in (cell[1], cell[3]))
    if len(columns) < 3 or len(rows) < 3:
        return None
    inside = [glyph for glyph in glyphs if glyph.is_within(box)]
    laid_out: list[list[tuple[int, Cell]]] = [[] for _ in rows]
    for cell in cells:
        left, top, right, bottom = (
            _nearest(edges, edge) for edges, edge in zip((columns, rows, columns, rows), cell, strict=True)
        )
        lines = set_lines((glyph for glyph in inside if glyph.is_within(cell)), page)
        text = "\n".join(line.text for line in lines)
        laid_out[top].append((left, Cell(text, across=right - left, down=bottom - top)))
    blocks = read_grid(
        [[cell for _, cell in sorted(row, key=lambda placed: placed[0])] for row in laid_out], page
    )
    table = blocks[0] if len(blocks) == 1 else None
    if not isinstance(table, Table):
        return None
    size = inside[0].size if inside else 1
    return PrintedLine("", box[0], box[2], box[1], box[3], size, page, table)


def _edges(edges: Iterable[float]) -> list[float]:
    """The distinct edges, in order."""
    distinct: list[float] = []
    for edge in sorted(edges):
        if not distinct or edge - distinct[-1] > _SAME_EDGE:
            distinct.append(edge)
    return distinct


def _nearest(edges: Sequence[float], edge: float) -> int:
    return max(bisect_left(edges, edge + 0.01) - 1, 0)
