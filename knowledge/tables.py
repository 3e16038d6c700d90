"""Tables in the text of a document: one line for the table, one for each of its rows.

    【表1】平台能力指标
    【表1 第1行】指标：连接设备；要求：不少于1000台

A row says its column headings, and what a merged cell says in each of the rows that it spans, so that it can be
read and quoted alone. Rows are counted without the headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.normalise import ZERO_WIDTH

_MARK = re.compile(r"【表([0-9]{1,4})(?: 第([0-9]{1,5})行)?】")
_CAPTION = re.compile(r"表\s*([0-9]{1,3})(?![0-9.．\-—–])[\s:：、.．]*")
_WHITE = re.compile(rf"[\s{ZERO_WIDTH}]+")


@dataclass(frozen=True, slots=True)
class TableMark:
    """What opens a table's line (`row` 0) or a row's: 【表1】, 【表1 第2行】."""

    table: int
    row: int
    printed: str

    @property
    def label(self) -> str:
        """The mark as a person names it: 表1, 第2行."""
        return f"第{self.row}行" if self.row else f"表{self.table}"


def read_mark(line: str) -> TableMark | None:
    """The mark at the start of a line, if there is one."""
    match = _MARK.match(line)
    return TableMark(int(match[1]), int(match[2] or 0), match.group()) if match else None


def read_caption(caption: str) -> tuple[int | None, str]:
    """The number that a caption prints, if any, and its words: 表3 平台指标 → 3, 平台指标."""
    match = _CAPTION.match(caption)
    return (int(match[1]), caption[match.end() :].strip()) if match else (None, caption.strip())


def print_table(
    number: int, caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> list[str]:
    """The lines of a table. One without a caption is named after its columns; cells are set on one line."""
    title = flat(caption) or "、".join(filter(None, map(flat, columns)))
    lines = [f"【表{number}】{title}"]
    for at, row in enumerate(rows, 1):
        lines.append(f"【表{number} 第{at}行】{print_row(columns, row)}")
    return lines


def print_row(columns: Sequence[str], row: Sequence[str]) -> str:
    """The cells of a row behind their headings, empty ones left out.

    In a table without headings two cells read 名称：内容.
    """
    texts = [flat(cell) for cell in row]
    if not columns:
        filled = [cell for cell in texts if cell]
        return "：".join((filled[0].rstrip("：:"), filled[1])) if len(filled) == 2 else "；".join(filled)
    headings = [*map(flat, columns), *[""] * len(row)]
    cells = [(heading, cell) for heading, cell in zip(headings, texts, strict=False) if cell]
    return "；".join(f"{heading}：{cell}" if heading else cell for heading, cell in cells)


def flat(text: str) -> str:
    """The text of a cell on one line; spaces stay between Latin words alone."""
    joined = _WHITE.sub(" ", text).strip()
    return re.sub(r"(?<![!-~]) | (?![!-~])", "", joined)
