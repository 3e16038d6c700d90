"""Workbooks (.xlsx): each sheet that is shown is a table, with the lines above and below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from knowledge.documents.archive import check_package
from knowledge.documents.document import Document, Paragraph, Table
from knowledge.documents.grid import Cell, read_grid, with_captions
from knowledge.documents.limits import ReadingLimits
from knowledge.errors import DocumentRefused

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_EMPTY_PER_CELL = 50
"""How many empty cells a sheet may have for each one that the bounds allow."""


def read_sheets(content: bytes, name: str, limits: ReadingLimits) -> Document:
    """The document of a workbook. Raises DocumentRefused for macros and for too many cells."""
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy

    if "xl/vbaProject.bin" in check_package(content, name, limits):
        raise DocumentRefused(name, "文件含有宏，为安全起见不予读取", "请另存为不含宏的 .xlsx 后重新提供")
    workbook = load_workbook(BytesIO(content), data_only=True)
    shown = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    blocks: list[Paragraph | Table] = []
    for sheet in shown:
        if sheet.max_row * sheet.max_column > limits.cells * _EMPTY_PER_CELL:
            raise DocumentRefused(
                name, f"工作表“{sheet.title}”的范围过大", "请删去表格以外的空行空列和格式后重新提供"
            )
        part = _read_sheet(sheet)
        if part and len(shown) > 1:
            blocks.append(Paragraph(sheet.title, level=1))
        blocks += part
    hidden = [sheet.title for sheet in workbook.worksheets if sheet not in shown]
    warnings = (f"{name}：隐藏的工作表未读取：{'、'.join(hidden)[:100]}",) if hidden else ()
    return Document(name, "xlsx", with_captions(blocks), warnings)


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> list[str]:
        return [cell.text for cell in self.cells if cell.text]


def _read_sheet(sheet: Worksheet) -> list[Paragraph | Table]:
    """The sheet's blocks: a row of one cell at its top or bottom is a line of text, the rest are tables."""
    rows = _rows(sheet)
    blocks: list[Paragraph | Table] = []
    first = next((at for at, row in enumerate(rows) if len(row.filled) > 1), len(rows))
    last = next((at for at in reversed(range(len(rows))) if len(rows[at].filled) > 1), first - 1)
    blocks += _lines(rows[:first])
    table: list[tuple[Cell, ...]] = []
    for row in [*rows[first : last + 1], _Row(())]:
        if row.filled or (table and row.cells and any(cell.down > 1 for cell in table[-1])):
            table.append(row.cells)
        elif table:
            blocks += read_grid(table)
            table = []
    return blocks + _lines(rows[last + 1 :])


def _lines(rows: Sequence[_Row]) -> list[Paragraph]:
    texts = (text for row in rows for cell in row.filled for text in cell.split("\n"))
    return [Paragraph(text.strip()) for text in texts if text.strip()]


def _rows(sheet: Worksheet) -> list[_Row]:
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merged in sheet.merged_cells.ranges:
        height, width = merged.max_row - merged.min_row + 1, merged.max_col - merged.min_col + 1
        spans[merged.min_row, merged.min_col] = (min(height, sheet.max_row), min(width, sheet.max_column))
        covered |= {
            (row, column)
            for row in range(merged.min_row, min(merged.max_row, sheet.max_row) + 1)
            for column in range(merged.min_col, min(merged.max_col, sheet.max_column) + 1)
        }
    rows = []
    for row in sheet.iter_rows():
        cells = []
        for cell in row:
            place = (cell.row or 1, cell.column or 1)
            if place in covered and place not in spans:
                continue
            down, across = spans.get(place, (1, 1))
            cells.append(Cell(_shown(cell.value, str(cell.number_format)), across, down))
        rows.append(_Row(tuple(cells)))
    return rows


def _shown(value: Any, number_format: str) -> str:
    """A value as a sheet shows it, within what is read of formats: dates, percentages, whole numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        day = f"{value.year}年{value.month}月{value.day}日"
        clock = value.time() if isinstance(value, datetime) else time()
        return f"{day} {clock:%H:%M}" if clock != time() else day
    if isinstance(value, float | int):
        if number_format.endswith("%"):
            return f"{value * 100:.6g}%"
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.12g}"
    return str(value).strip()
