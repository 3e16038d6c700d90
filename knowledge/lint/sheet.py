"""One file of a pack while it is held against the notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.clause_drafts import ANNEXES
from knowledge.clauses import ClauseTree
from knowledge.drafting.days import find_days
from knowledge.errors import PackError
from knowledge.models import Notice
from knowledge.normalise import squeeze
from knowledge.strict_yaml import line_of, load_yaml
from knowledge.values import Value, find_values, unsupported

Path_ = tuple[str | int, ...]
"""Where a value stands in a YAML file: keys and places in lists, outermost first."""


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """What is wrong with a pack: where (line 1-based, 0 when unknown), why, and what to do.

    `open` is no failure: what a drafted pack still leaves to a person.
    """

    file: str
    line: int
    cause: str
    remedy: str
    open: bool = False

    @classmethod
    def of(cls, error: PackError) -> Finding:
        """The finding of a file that cannot be loaded."""
        return cls(error.file, error.line, error.cause, error.remedy)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'（待定）' if self.open else ''}{self.cause}。{self.remedy}"


class Held:
    """The notice's text, as data are held against it."""

    def __init__(self, notice: Notice, tree: ClauseTree) -> None:
        self.notice, self.tree = notice, tree
        self.categories = {category.id for category in notice.categories}
        self.values_of = cache(self._values_of)

    def text(self, clause_id: str) -> str:
        """The clause's own words without white space; empty for an unknown clause."""
        if clause_id not in self.tree:
            return ""
        clause = self.tree.get(clause_id)
        return squeeze(clause.marker + clause.heading + clause.text)

    def missing_values(self, sentence: str, clauses: Iterable[str]) -> tuple[str, ...]:
        """The amounts, dates, counts, phones and addresses of a sentence that its clauses do not say.

        The list of annexes and the notice's own title and number count as said.
        """
        for name in filter(None, (self.notice.title, self.notice.document_number)):
            sentence = sentence.replace(name, " ")
        registry = find_values("、".join(f"附件{annex.number}" for annex in self.notice.annexes))
        said = [*registry, *(value for clause in (*clauses, ANNEXES) for value in self.values_of(clause))]
        return tuple(value.text for value in unsupported(find_values(sentence), said, self.notice.undated))

    def says_day(self, clause_id: str, day: date) -> bool:
        """Whether the clause prints the day, in full or in the notice's own year."""
        undated = self.notice.undated
        said = (value.key for value in self.values_of(clause_id) if value.kind == "date")
        if any((y or undated.of(day.month), m, d) == (day.year, day.month, day.day) for y, m, d in said):
            return True
        # The end of a stretch takes its month from the beginning: 3月1日至31日.
        printed = find_days(self.tree.get(clause_id).text)
        return any(each.in_year(undated.of(each.month)) == day for each in printed)

    def _values_of(self, clause_id: str) -> tuple[Value, ...]:
        return find_values(self.tree.get(clause_id).text) if clause_id in self.tree else ()


class Sheet:
    """A YAML file of the pack, with the lines of its values; what is wrong is added to `findings`."""

    def __init__(self, file: Path, held: Held, findings: list[Finding], *, drafted: bool = False) -> None:
        self.file, self.held, self.findings, self.drafted = file, held, findings, drafted
        self._yaml: Any = load_yaml(file)

    def report(self, at: Path_, cause: str, remedy: str) -> None:
        """Add a finding at the line of a value."""
        self.findings.append(Finding(str(self.file), line_of(self._yaml, at), cause, remedy))

    def leave_open(self, at: Path_, cause: str, remedy: str) -> None:
        """Add what is still to be done: a failure in a finished pack, a reminder in a drafted one."""
        line = line_of(self._yaml, at)
        self.findings.append(Finding(str(self.file), line, cause, remedy, open=self.drafted))

    def check_clause(self, at: Path_, clause_id: str) -> bool:
        """The clause must exist."""
        if clause_id in self.held.tree:
            return True
        self.report(at, f"通知中没有条款 {clause_id}", "请用 shenbao knowledge show 查对条款编号")
        return False

    def check_said(self, at: Path_, words: str, *clauses: str) -> None:
        """The words must stand in one of the clauses, white space aside. Unknown clauses are left alone."""
        known = [clause for clause in clauses if clause in self.held.tree]
        if known and not any(squeeze(words) in self.held.text(clause) for clause in known):
            self.report(at, f"条款 {'、'.join(known)} 中没有“{words}”", "请按通知原文逐字改正，误印也照录")

    def check_categories(self, at: Path_, categories: Iterable[str | None]) -> None:
        """Each category must be one of the notice's."""
        for category in categories:
            if category is not None and category not in self.held.categories:
                known = "、".join(sorted(self.held.categories))
                self.report(at, f"没有类别 {category}", f"应为 {known} 之一")

    def check_distinct(self, at: Path_, key: str, values: Sequence[object]) -> None:
        """No two items of the list at `at` may share their `key`."""
        seen: set[object] = set()
        for place, value in enumerate(values):
            if value in seen:
                self.report((*at, place, key), f"{key} 重复：{value}", "请删去其中一个，或改用另一个")
            seen.add(value)
