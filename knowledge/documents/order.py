"""The pieces of a page in reading order: down a column before the next, pieces side by side as lines or tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.documents.document import Table
from knowledge.documents.grid import Cell, read_grid
from knowledge.documents.printed import Page, PrintedLine

_FEWEST_ROWS = 3
"""A table without rules has at least these."""


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
    """Pieces at one height as one line, from left to right; rows of pieces under each other as a table."""
    rows: list[list[PrintedLine]] = []
    for line in lines:
        last = rows[-1][-1] if rows else None
        beside = last and abs(last.middle - line.middle) < 0.4 * min(last.size, line.size)
        if last and beside and not last.table and not line.table:
            rows[-1].append(line)
        else:
            rows.append([line])
    rows = [sorted(row, key=lambda piece: piece.x0) for row in rows]
    done: list[PrintedLine] = []
    while rows:
        height = _table_height(rows)
        done.append(_unruled(rows[:height]) if height else _merged(rows[0]))
        del rows[: height or 1]
    return done


def _table_height(rows: Sequence[Sequence[PrintedLine]]) -> int:
    """How many of the first rows are a table without rules: pieces under those of the first; 0 for none."""
    height = 1
    while height < len(rows) and 1 < len(rows[height]) <= len(rows[0]):
        under = [_nearest(rows[0], piece) for piece in rows[height]]
        if len(set(under)) < len(under):
            break
        height += 1
    return height if height >= _FEWEST_ROWS else 0


def _nearest(heads: Sequence[PrintedLine], piece: PrintedLine) -> int:
    """The piece of the first row that another stands under."""
    return min(range(len(heads)), key=lambda at: abs(heads[at].x0 + heads[at].x1 - piece.x0 - piece.x1))


def _unruled(rows: Sequence[Sequence[PrintedLine]]) -> PrintedLine:
    grid = []
    for row in rows:
        cells = [Cell("") for _ in rows[0]]
        for piece in row:
            cells[_nearest(rows[0], piece)] = Cell(piece.text)
        grid.append(cells)
    (block,) = read_grid(grid, rows[0][0].page)
    table = block if isinstance(block, Table) else None
    last = max((piece for row in rows for piece in row), key=lambda piece: piece.bottom)
    return replace(_merged(rows[0]), bottom=last.bottom, table=table, is_guessed=True)


def _merged(row: Sequence[PrintedLine]) -> PrintedLine:
    return replace(
        row[0],
        text=" ".join(piece.text for piece in row),
        x1=max(piece.x1 for piece in row),
        bottom=max(piece.bottom for piece in row),
    )
