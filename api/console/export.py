"""Conversations as CSV and XLSX. Whatever visitors typed stays text: no cell can become a formula."""

from __future__ import annotations

import csv as comma_separated
import io
import re
import tempfile
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from api.console.pages import moment
from api.console.wording import load_wording
from assistant.masking import mask

if TYPE_CHECKING:
    from assistant.records.conversations import KeptMessage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = (
    *("时间", "会话", "轮次", "渠道", "知识包", "问题", "回答", "去向", "类别", "结论"),
    *("引用条款", "评价", "评价原因", "用时（毫秒）"),
)
_MOST_ROWS = 1_000_000
"""A sheet of Excel holds little more."""
_LONGEST_CELL = 32_000
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%]|^[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CHUNK = 64 * 1024

Row = tuple[str | int, ...]


def rows(messages: Iterable[KeptMessage], printed: Collection[str] = ()) -> Iterator[Row]:
    """The headings, then one row a message; personal data is masked, the notices' own phones (`printed`) are not."""
    words = load_wording()
    yield HEADINGS
    for one in islice(messages, _MOST_ROWS):
        cited = dict.fromkeys(citation["clause_id"] for citation in one.reply.get("citations", ()))
        yield (
            moment(one.asked_at),
            one.session_id,
            one.turn,
            one.channel,
            one.pack,
            mask(one.question, printed),
            mask(one.answer, printed),
            words.routes.get(one.route, one.route),
            one.category or "",
            words.verdicts.get(one.verdict, one.verdict) if one.verdict else "",
            " ".join(cited),
            words.ratings.get(one.rating, one.rating) if one.rating else "",
            mask(one.rating_reason, printed),
            one.latency_ms,
        )


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it."""
    clean = _CONTROL.sub("", text)[:_LONGEST_CELL]
    return f"'{clean}" if _FORMULA.match(clean) else clean


def csv(table: Iterable[Row]) -> Iterator[str]:
    """CSV piece by piece, with the mark by which Excel knows UTF-8."""
    yield "\ufeff"
    for row in table:
        line = io.StringIO()
        comma_separated.writer(line).writerow(
            harmless(cell) if isinstance(cell, str) else cell for cell in row
        )
        yield line.getvalue()


def xlsx(table: Iterable[Row]) -> Iterator[bytes]:
    """An Excel workbook piece by piece, written to disk first so that it never stands whole in memory."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, for those who export
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("对话")
    sheet.freeze_panes = "A2"
    for letter, width in (("A", 17), ("F", 50), ("G", 80)):
        sheet.column_dimensions[letter].width = width

    def cell(value: str | int) -> Any:
        made = WriteOnlyCell(sheet, harmless(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            made.data_type = "s"  # said, not left to the library's guess
        return made

    for row in table:
        sheet.append([cell(value) for value in row])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk
