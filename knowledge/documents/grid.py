"""Cells as a format lays them out → a table with its column headings, or paragraphs where they are layout only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.documents.document import Paragraph, Table
from knowledge.numbering import read_marker
from knowledge.tables import flat, read_caption

_LONGEST_HEADING = 24
"""Characters; a longer cell is text."""
_WIDEST = 1000
_CAPTION = re.compile(r"表\s*[0-9]{1,3}(?![0-9]).{0,60}")
_UNIT = re.compile(r"[（(]?\s*(?:计量)?单位\s*[:：].{1,12}")
_FIGURE = re.compile(r"[0-9]{3}|[0-9]\s*[%％分年月个家万亿]|[≥≤><＞＜]|@|://")
_SENTENCE = re.compile(r"[。；！？]")
_HEADING = re.compile(
    r"^(?:序号|编号|指标|项目|内容|要求|类别|类型|分类|分值|得分|评分|权重|单位|电话|联系人|联系方式|手机|邮箱|备注|说明|标准|条件|"
    r"等级|星级|级别|方向|层级|领域|地区|地址|姓名|职务|职责|部门|材料|时间|日期|金额|数量|比例|依据|环节|步骤|名额|合计|阈值|"
    r"一级|二级|三级)|(?:名称|指标|项目|内容|要求|类别|类型|分值|得分|分数|权重|单位|电话|方式|备注|说明|标准|条件|等级|级别|方向|领域|"
    r"地区|地址|姓名|材料|时间|日期|期限|金额|数量|比例|依据|名额|代码|阈值|方法|细则|描述|部门|人)(?:[（(].{1,12}[）)])?$"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, its paragraphs one a line, with the rows and columns that it spans.

    `heading` tells that the format itself says that it heads a column.
    """

    text: str
    across: int = 1
    down: int = 1
    heading: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """One field of the grid: the cell that covers it, and whether it is the cell's first column or row."""

    cell: Cell
    first_column: bool = True
    first_row: bool = True


_EMPTY = _Place(Cell(""))


def join_lines(lines: Sequence[str]) -> str:
    """The paragraphs of a cell as one: numbered ones are parted by a semicolon."""
    joined = ""
    for line in filter(None, map(flat, lines)):
        parted = joined and joined[-1] not in "，。；：、！？,;:" and read_marker(line)
        joined = f"{joined}；{line}" if parted else f"{joined}\n{line}" if joined else line
    return flat(joined)


def read_grid(rows: Sequence[Sequence[Cell]], page: int | None = None) -> tuple[Paragraph | Table, ...]:
    """The table of these cells; of a frame around text, the paragraphs in it."""
    grid = _without_empty(_lay_out(rows))
    width = max((len(row) for row in grid), default=0)
    if len(grid) < 2 or width < 2:
        cells = (place.cell.text for row in grid for place in row if place.first_column and place.first_row)
        return tuple(
            Paragraph(line, page=page) for cell in cells for line in cell.split("\n") if line.strip()
        )
    title, grid = _title(grid)
    height = _heading_height(grid)
    columns = tuple(_heading(column) for column in zip(*grid[:height], strict=True)) if height else ()
    return (Table(title, *_under_dividers(columns, grid[height:]), page),)


def _under_dividers(
    columns: tuple[str, ...], grid: list[list[_Place]]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Columns and rows; a row that is one cell across the table is said again, in a column of its own, in those below."""
    rows = [tuple(_text(place) if place.first_column else "" for place in row) for row in grid]
    divides = [len(row) > 2 and all(place.cell is row[0].cell for place in row) for row in grid]
    if not any(divides) or not columns:
        return columns, tuple(rows)
    done: list[tuple[str, ...]] = []
    above = ""
    for row, is_divider in zip(rows, divides, strict=True):
        above = row[0] if is_divider else above
        done.append((above, *([""] * len(row) if is_divider else row)))
    return ("", *columns), tuple(done)


def with_captions(blocks: Sequence[Paragraph | Table]) -> tuple[Paragraph | Table, ...]:
    """The blocks with 表1 …, and the unit under it, taken into the table that follows."""
    done: list[Paragraph | Table] = []
    for block in blocks:
        if isinstance(block, Table) and not read_caption(block.caption)[0]:
            unit = _taken(done, _UNIT)
            caption = _taken(done, _CAPTION) or block.caption
            if unit and not caption:
                done.append(Paragraph(unit, page=block.page))
            elif unit:
                caption = f"{caption}（{unit.strip('（()）')}）"
            block = replace(block, caption=caption)  # noqa: PLW2901 - the same table, named
        done.append(block)
    return tuple(done)


def _taken(done: list[Paragraph | Table], pattern: re.Pattern[str]) -> str:
    last = done[-1] if done else None
    if isinstance(last, Paragraph) and pattern.fullmatch(last.text) and not _SENTENCE.search(last.text):
        done.pop()
        return last.text
    return ""


def _lay_out(rows: Sequence[Sequence[Cell]]) -> list[list[_Place]]:
    grid: list[dict[int, _Place]] = [{} for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[at]:
                column += 1
            across, down = min(max(cell.across, 1), _WIDEST), min(max(cell.down, 1), len(rows) - at)
            for below in range(down):
                for beside in range(across):
                    grid[at + below].setdefault(column + beside, _Place(cell, not beside, not below))
            column += across
    width = min(max((max(row, default=-1) + 1 for row in grid), default=0), _WIDEST)
    return [[row.get(column, _EMPTY) for column in range(width)] for row in grid]


def _without_empty(grid: list[list[_Place]]) -> list[list[_Place]]:
    """The grid without rows and columns in which nothing is printed anew."""
    grid = [row for row in grid if any(place.cell.text.strip() and place.first_row for place in row)]
    kept = [
        column
        for column in range(len(grid[0]) if grid else 0)
        if any(row[column].cell.text.strip() and row[column].first_column for row in grid)
    ]
    return [[row[column] for column in kept] for row in grid]


def _title(grid: list[list[_Place]]) -> tuple[str, list[list[_Place]]]:
    """A first row that is one cell across the whole table names it."""
    cell = grid[0][0].cell
    if len(grid) > 2 and all(place.cell is cell for place in grid[0]) and cell.down == 1:
        return flat(cell.text), grid[1:]
    return "", grid


def _heading_height(grid: list[list[_Place]]) -> int:
    """How many rows are headings: as many as the first row's cells reach down, if it is one of headings."""
    told = next(
        (at for at, row in enumerate(grid) if not all(place.cell.heading for place in row)), len(grid)
    )
    if told:
        return told if told < len(grid) else 0
    first = grid[0]
    texts = [flat(place.cell.text) for place in first if place.first_column]
    filled = [text for text in texts if text]
    if len(filled) < max(2, len(texts) - 1) or len(set(filled)) < len(filled):
        return 0
    if any(len(text) > _LONGEST_HEADING or _FIGURE.search(text) or _SENTENCE.search(text) for text in filled):
        return 0
    height = max(place.cell.down for place in first)
    named = sum(bool(_HEADING.search(text)) for text in filled)
    return height if named * 2 >= len(filled) and height < len(grid) else 0


def _text(place: _Place) -> str:
    return join_lines(place.cell.text.split("\n"))


def _heading(column: Sequence[_Place]) -> str:
    return "·".join(dict.fromkeys(filter(None, map(_text, column))))
