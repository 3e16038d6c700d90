"""Cases: what is asked, on which day, and what a right answer must hold.

A case has one turn or several. Files are JSONL, CSV or XLSX; a row with `question` is a case of one turn, one
with `turns` a dialogue. Whatever a turn does not state is not scored.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from assistant.reply import Verdict
from knowledge.errors import ShenbaoError
from knowledge.models import Frozen, Route, WindowStatus

Half = Literal["dev", "test"]
Split = Literal["dev", "test", "all"]

LISTS = ("clauses", "values", "not_values", "failed", "tags")
UNNAMED_DAY = date(2023, 2, 10)
"""The day of asking of a person's own question that names none: inside the window, so that it is open."""


class CasesRefused(ShenbaoError):
    """A file of cases cannot be read; `str()` says where and why in Chinese."""


class Ask(Frozen):
    """One turn: the user's words, and what a right answer holds.

    `clauses` are groups: of each group one clause must be cited. `values` must be said and `not_values` must
    not, in any notation. `hypothetical` is the report's, `window` the window's status. `facts_absent` the session must not hold. `abstain` says that the sources leave the question open.
    """

    question: str = Field(min_length=1)
    as_of: date | None = None
    route: Route | None = None
    category: str | None = None
    clauses: tuple[tuple[str, ...], ...] = ()
    values: tuple[str, ...] = ()
    not_values: tuple[str, ...] = ()
    verdict: Verdict | None = None
    failed: tuple[str, ...] = ()
    facts: dict[str, Any] = Field(default={})
    facts_absent: tuple[str, ...] = ()
    hypothetical: bool | None = None
    window: WindowStatus | None = None
    abstain: bool = False
    tags: tuple[str, ...] = ()

    def states(self, field: str) -> bool:
        """Whether the case says anything of `field`, null included."""
        return field in self.model_fields_set


class Case(Frozen):
    """A case: its turns in one session, each with its own day or that of the case.

    `half` of a row says for what a case was written, where that is not left to its words.
    """

    id: str
    as_of: date
    turns: tuple[Ask, ...] = Field(min_length=1)
    tags: tuple[str, ...] = ()
    written_for: Half | None = Field(default=None, alias="half")

    @property
    def text(self) -> str:
        """All that the user says, by which the case is put into its half."""
        return "\n".join(turn.question for turn in self.turns)

    @property
    def half(self) -> Half:
        """Development or test: as the case was written for, else frozen by the words themselves."""
        return self.written_for or half_of(self.text)

    @property
    def cluster(self) -> str:
        """Cases on the same clause are not independent: bootstrap draws them together, and others alone."""
        first = next((turn.clauses[0] for turn in self.turns if turn.clauses), None)
        return first[0] if first and len(self.turns) == 1 else self.id

    def day(self, turn: Ask) -> date:
        """The day on which a turn is asked."""
        return turn.as_of or self.as_of


def half_of(text: str) -> Half:
    """`dev` where the SHA-256 of the text is even, else `test`."""
    return "test" if int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2 else "dev"


def in_split(cases: Iterable[Case], split: Split) -> tuple[Case, ...]:
    """The cases of a half, or all."""
    return tuple(case for case in cases if split in ("all", case.half))


def load_cases(file: Path) -> tuple[Case, ...]:
    """The cases of a JSONL, CSV or XLSX file, by its ending. Raises CasesRefused and OSError."""
    rows = {".jsonl": _json_rows, ".csv": _csv_rows, ".xlsx": _xlsx_rows}.get(file.suffix.lower())
    if rows is None:
        raise CasesRefused(f"{file}：只读 .jsonl、.csv、.xlsx 文件")
    cases: dict[str, Case] = {}
    for line, row in rows(file):
        case = _case(row, line, file)
        if case.id in cases:
            raise CasesRefused(f"{file} 第 {line} 行：用例 id 重复：{case.id}")
        cases[case.id] = case
    if not cases:
        raise CasesRefused(f"{file}：没有任何用例")
    return tuple(cases.values())


def _case(row: Mapping[str, Any], line: int, file: Path) -> Case:
    fields = {"id": f"{file.stem}-{line}", "as_of": UNNAMED_DAY, **row}
    try:
        if "turns" in fields:
            return Case.model_validate({**fields, "turns": [_turn(turn) for turn in fields["turns"]]})
        outer = {name: fields.pop(name) for name in ("id", "as_of", "half") if name in fields}
        return Case(**outer, turns=(Ask.model_validate(fields),), tags=tuple(fields.get("tags", ())))
    except ValidationError as error:
        wrong = error.errors()[0]
        place = ".".join(map(str, wrong["loc"]))
        raise CasesRefused(f"{file} 第 {line} 行：{place} 有误（{wrong['msg']}）") from error


def _turn(row: Mapping[str, Any]) -> dict[str, Any]:
    """A turn may also be written as what is said and, apart from it, what is expected."""
    fields = dict(row)
    if "say" in fields:
        fields["question"] = fields.pop("say")
    expected = fields.pop("expect", {})
    return {**fields, **expected}


def _json_rows(file: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not text.strip():
            continue
        try:
            yield line, json.loads(text)
        except json.JSONDecodeError as error:
            raise CasesRefused(f"{file} 第 {line} 行：不是 JSON（{error.msg}）") from error


def _csv_rows(file: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream), 2):
            yield line, _cells(row, line, file)


def _xlsx_rows(file: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - needed for spreadsheets alone
    except ImportError as error:
        raise CasesRefused(f"{file}：读 XLSX 需要 openpyxl；也可以另存为 CSV") from error
    sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    names = [str(name or "") for name in next(rows, ())]
    for line, cells in enumerate(rows, 2):
        row = dict(zip(names, cells, strict=False))
        if row.get("question"):
            yield line, _cells(row, line, file)


def _cells(row: Mapping[str, Any], line: int, file: Path) -> dict[str, Any]:
    """A row of a table: lists parted by ; and a group's alternatives by |, facts as JSON, empty is unsaid."""
    fields: dict[str, Any] = {}
    for name, cell in row.items():
        if not name or cell is None or not str(cell).strip():
            continue
        text = cell.date().isoformat() if hasattr(cell, "date") else str(cell).strip()
        if name in LISTS:
            parts = [part.strip() for part in text.replace("；", ";").split(";") if part.strip()]
            fields[name] = [part.split("|") for part in parts] if name == "clauses" else parts
        elif name == "facts":
            try:
                fields[name] = json.loads(text)
            except json.JSONDecodeError as error:
                raise CasesRefused(f"{file} 第 {line} 行：facts 不是 JSON（{error.msg}）") from error
        elif name == "abstain":
            fields[name] = text.lower() in ("true", "1", "是", "yes")
        else:
            fields[name] = text
    return fields
