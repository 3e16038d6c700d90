"""A run: suites asked of targets, their rows, figures, thresholds and comparisons, and what they were run on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.llm.budget import Prices
from evals.answer import Target
from evals.asking import Asked, by_target, rows_of
from evals.cases import Split
from evals.model_use import WITH_MODEL, ModelReport, reported
from evals.source import Source
from evals.statistics import Figure, holm, mcnemar
from evals.suites import MAIN, Gate, Row, Suite, figures, gates
from knowledge.models import Frozen

PACKAGES = ("knowledge", "assistant", "api", "evals")
Announce = Callable[[str, str], Callable[[], None]]
"""Told which suite and target begin; gives what is called after each case."""


@dataclass(frozen=True, slots=True)
class Model:
    """The language model of a run: its name and prices."""

    name: str
    prices: Prices


class Pair(Frozen):
    """Two answerers over the same cases: where only the first passes, where only the second, exact McNemar's p,
    and that p after Holm over the family of the suite."""

    suite: str
    against: str
    n: int
    only_first: int
    only_second: int
    p: float
    adjusted: float


class Run(Frozen):
    """All that a run found."""

    split: Split
    target: str
    digests: dict[str, str]
    suites: tuple[Suite, ...]
    rows: tuple[Row, ...]
    figures: dict[str, dict[str, dict[str, Figure]]]
    halves: dict[str, dict[str, Figure]]
    gates: tuple[Gate, ...]
    pairs: tuple[Pair, ...]
    model: ModelReport | None = None
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether every threshold is met."""
        return all(gate.met for gate in self.gates)

    def of(self, suite: str, target: str = MAIN) -> list[Row]:
        """The rows of a suite and target."""
        return [row for row in self.rows if row.suite == suite and row.target == target]


def evaluate(
    suites: Sequence[Suite],
    target_of: Callable[[str], Target],
    source: Source,
    split: Split,
    digests: Mapping[str, str],
    announce: Announce,
    target: str = "in-process",
    baselines: bool = True,
    model: Model | None = None,
) -> Run:
    """Ask every suite of the assistant and of what it is compared with; with `model` also of it with that model."""
    asked, built = Asked(), dict[str, Target]()
    rows: list[Row] = []
    for suite in suites:
        for name in (MAIN, *compared_with(suite, baselines, model is not None)):
            if name not in built:
                built[name] = target_of(name)
            tick = announce(suite.name, name)
            rows.extend(rows_of(suite, built[name], source, asked, split, tick))
    run = summed(suites, rows, split, digests, target)
    if model is None:
        return run
    return run.model_copy(update={"model": reported(rows, source, model.name, model.prices)})


def compared_with(suite: Suite, baselines: bool, model: bool) -> tuple[str, ...]:
    """What a suite is asked of besides the assistant."""
    answers = suite.config.run not in ("clauses", "retrieval")
    return (*((WITH_MODEL,) if model and answers else ()), *(suite.config.against if baselines else ()))


def summed(
    suites: Sequence[Suite], rows: Sequence[Row], split: Split, digests: Mapping[str, str], target: str
) -> Run:
    """Figures, thresholds and comparisons of rows."""
    measured: dict[str, dict[str, dict[str, Figure]]] = {}
    halves: dict[str, dict[str, Figure]] = {}
    held: list[Gate] = []
    pairs: list[Pair] = []
    for suite in suites:
        own = by_target([row for row in rows if row.suite == suite.name])
        measured[suite.name] = {name: figures(of_target) for name, of_target in own.items()}
        main = own.get(MAIN, [])
        for half in ("dev", "test"):
            found = figures(row for row in main if row.half == half)
            if suite.config.headline in found:
                halves.setdefault(suite.name, {})[half] = found[suite.config.headline]
        held.extend(gates(suite, measured[suite.name].get(MAIN, {})))
        pairs.extend(_pairs(suite, own))
    return Run(
        split=split,
        target=target,
        digests=dict(digests),
        suites=tuple(suites),
        rows=tuple(rows),
        figures=measured,
        halves=halves,
        gates=tuple(held),
        pairs=tuple(pairs),
    )


def _pairs(suite: Suite, own: Mapping[str, Sequence[Row]]) -> list[Pair]:
    if MAIN not in own:
        return []
    first = {row.id: row.passed for row in own[MAIN]}
    counts = {}
    for name, rows in own.items():
        if name != MAIN:
            second = {row.id: row.passed for row in rows}
            counts[name] = differing(first, second)
    adjusted = holm({name: mcnemar(a, b) for name, (_, a, b) in counts.items()})
    return [
        Pair(
            suite=suite.name,
            against=name,
            n=n,
            only_first=a,
            only_second=b,
            p=mcnemar(a, b),
            adjusted=adjusted[name],
        )
        for name, (n, a, b) in counts.items()
    ]


def differing(first: Mapping[str, bool], second: Mapping[str, bool]) -> tuple[int, int, int]:
    """Cases in both, passed only by the first, passed only by the second."""
    both = first.keys() & second.keys()
    return (
        len(both),
        sum(first[name] and not second[name] for name in both),
        sum(second[name] and not first[name] for name in both),
    )


def summary(run: Run) -> dict[str, Any]:
    """summary.json: what was run, on what, and every figure."""
    return {
        "target": run.target,
        "split": run.split,
        "passed": run.passed,
        "seconds": round(run.seconds, 1),
        "digests": run.digests,
        "suites": {
            suite.name: {
                "title": suite.config.title,
                "figures": {
                    target: {name: figure.model_dump(exclude={"name"}) for name, figure in found.items()}
                    for target, found in run.figures[suite.name].items()
                },
                "halves": {half: f.model_dump() for half, f in run.halves.get(suite.name, {}).items()},
            }
            for suite in run.suites
        },
        "thresholds": [gate.model_dump() for gate in run.gates],
        "pairs": [pair.model_dump() for pair in run.pairs],
        "language_model": run.model.model_dump() if run.model else None,
    }


def read_rows(folder: Path) -> list[Row]:
    """The rows that a run wrote. Raises OSError."""
    text = (folder / "cases.jsonl").read_text(encoding="utf-8")
    return [Row.model_validate(json.loads(line)) for line in text.splitlines() if line.strip()]


def read_digests(folder: Path) -> dict[str, str]:
    """The digests of what a run was run on. Raises OSError."""
    kept: dict[str, str] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))["digests"]
    return kept
