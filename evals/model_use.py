"""What a language model costs, how long it takes, and whether it made anything worse that must never be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assistant.llm.budget import Prices
from evals.saying import says
from evals.source import Source
from evals.suites import MAIN, Row
from knowledge.models import Frozen
from knowledge.values import find_values, unsupported

WITH_MODEL = "language-model"
"""The target that is the assistant with the configured model."""


class Latency(Frozen):
    """Seconds of an answer: the middle one, and those under which 90 and 95 of a hundred stay."""

    answers: int
    p50: float
    p90: float
    p95: float
    longest: float


class Expense(Frozen):
    """What one use of the model came to: questions by outcome, tokens, money at the configured prices."""

    asked: int
    outcomes: dict[str, int]
    tokens_in: int
    tokens_out: int
    cost: float


class Harm(Frozen):
    """Answers that are worse with the model in a way that none may be. Each names its case."""

    wrong_values: tuple[str, ...] = ()
    wrong_verdicts: tuple[str, ...] = ()
    unreal_citations: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is any."""
        return bool(self.wrong_values or self.wrong_verdicts or self.unreal_citations)


class ModelReport(Frozen):
    """The assistant with the model beside the assistant without it."""

    model: str
    phrased: int
    latency: dict[str, Latency]
    expense: dict[str, Expense]
    harm: Harm


def reported(rows: Sequence[Row], source: Source, model: str, prices: Prices) -> ModelReport:
    """The report on rows of both targets. Suites share their cases, so that each answer is counted once."""
    by_target = {target: _once(rows, target) for target in (MAIN, WITH_MODEL)}
    given = by_target[WITH_MODEL]
    return ModelReport(
        model=model,
        phrased=sum(row.composer == "model" for row in given.values()),
        latency={target: _latency(own.values()) for target, own in by_target.items() if own},
        expense=_expense(given.values(), prices),
        harm=harm(by_target[MAIN], given, source),
    )


def _once(rows: Iterable[Row], target: str) -> dict[str, Row]:
    """One row an answer; of two suites' rows of one answer that with a verdict to be held against."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.target == target and row.seconds > 0 and (row.id not in found or "verdict" in row.measures):
            found[row.id] = row
    return found


def _latency(rows: Iterable[Row]) -> Latency:
    seconds = sorted(row.seconds for row in rows)

    def within(percent: int) -> float:
        return seconds[min(len(seconds) - 1, len(seconds) * percent // 100)]

    return Latency(answers=len(seconds), p50=within(50), p90=within(90), p95=within(95), longest=seconds[-1])


def _expense(rows: Iterable[Row], prices: Prices) -> dict[str, Expense]:
    uses = [use for row in rows for use in row.model_uses]
    found = {}
    for name in dict.fromkeys(use.use for use in uses):
        own = [use for use in uses if use.use == name]
        read, written = sum(u.tokens_in for u in own), sum(u.tokens_out for u in own)
        found[str(name)] = Expense(
            asked=len(own),
            outcomes=dict(Counter(use.outcome for use in own)),
            tokens_in=read,
            tokens_out=written,
            cost=prices.cost(read, written),
        )
    return found


def harm(without: Mapping[str, Row], given: Mapping[str, Row], source: Source) -> Harm:
    """What the answers with the model say wrongly that those without it do not.

    A wrong value is one that the case forbids, or that stands neither in a clause that is cited, nor in the user's
    words, nor in the answer without the model. A wrong verdict is another one than without the model that is not what
    the case expects. A citation is unreal where its quote is not in its clause.
    """
    values, verdicts = [], []
    for name, row in given.items():
        before = without.get(name)
        if before is None:
            continue
        forbidden = [v for v in row.expected.get("not_values", ()) if says(v, row.answer, source.year)]
        if _stray(row, before, source) or any(not says(v, before.answer, source.year) for v in forbidden):
            values.append(name)
        verdict = row.given.get("verdict")
        if verdict != before.given.get("verdict") and verdict != row.expected.get("verdict"):
            verdicts.append(name)
    return Harm(
        wrong_values=tuple(values),
        wrong_verdicts=tuple(verdicts),
        unreal_citations=tuple(name for name, row in given.items() if row.unreal),
    )


def _stray(row: Row, before: Row, source: Source) -> list[str]:
    """Values that nothing bears out."""
    notice = source.pack.notice
    clauses = [source.pack.tree.get(clause).text for clause in row.clauses]
    known = "\n".join([*clauses, row.question, before.answer, notice.title, f"{notice.year}年"])
    claimed = find_values(row.answer)
    return [value.text for value in unsupported(claimed, find_values(known), source.year)]
