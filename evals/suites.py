"""Suites: one folder each, with what is asked, how it is scored, and the thresholds with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from assistant.reply import ModelUse
from evals.cases import Ask, Case, Half
from evals.statistics import Figure, Measured, figure
from knowledge.errors import ShenbaoError
from knowledge.models import Frozen
from knowledge.strict_yaml import load_model

SUITES_ROOT = Path(__file__).resolve().parent / "suites"
CONFIG_FILE = "config.yaml"
MAIN = "assistant"
"""The target whose figures the thresholds bind."""


class UnknownSuite(ShenbaoError):
    """A suite that does not exist was asked for."""


class Threshold(Frozen):
    """A figure's bound, and why it is where it is."""

    figure: str
    at_least: float | None = None
    at_most: float | None = None
    reason: str = Field(min_length=8)

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("a threshold has either at_least or at_most")
        return self

    @property
    def bound(self) -> str:
        """The bound as people read it."""
        return f"≥ {self.at_least:.3g}" if self.at_least is not None else f"≤ {self.at_most:.3g}"

    def met(self, value: float) -> bool:
        """Whether a value keeps the bound."""
        if self.at_least is not None:
            return value >= self.at_least
        return self.at_most is not None and value <= self.at_most


class Where(Frozen):
    """Which turns of the file of cases belong to a suite: of these routes, and with these fields filled."""

    routes: tuple[str, ...] = ()
    has: tuple[str, ...] = ()

    def takes(self, ask: Ask) -> bool:
        """Whether a turn belongs to the suite."""
        return (not self.routes or ask.route in self.routes) and all(getattr(ask, name) for name in self.has)


class SuiteConfig(Frozen):
    """config.yaml of a suite."""

    order: int = Field(default=99, description="place among the suites of a report")
    title: str
    purpose: str
    run: Literal["clauses", "retrieval", "ask", "robustness", "counterfactual"]
    cases: str = Field(description="file of cases, relative to the suite's folder")
    where: Where = Where()
    scorers: tuple[str, ...] = ()
    passes_on: tuple[str, ...] = Field(description="figures that a case must reach in full to pass")
    against: tuple[str, ...] = Field(
        default=(), description="baselines and switched-off parts to compare with"
    )
    headline: str = Field(description="the figure that stands for the suite in the table")
    sample: int | None = Field(default=None, description="cases drawn, all when null")
    seed: int = 0
    thresholds: tuple[Threshold, ...] = ()


class Suite(Frozen):
    """A suite by name, with its folder and configuration; `drawn` are the cases asked of it, all when None."""

    name: str
    folder: Path
    config: SuiteConfig
    drawn: frozenset[str] | None = None

    @property
    def case_file(self) -> Path:
        """The file of its cases."""
        return (self.folder / self.config.cases).resolve()


class Row(Frozen):
    """One scored turn: what was expected, what came, and what it adds to the figures."""

    suite: str
    target: str
    id: str
    half: Half
    cluster: str
    question: str
    as_of: str = ""
    expected: dict[str, Any] = Field(default={})
    answer: str = ""
    given: dict[str, Any] = Field(default={})
    clauses: tuple[str, ...] = ()
    measures: dict[str, Measured]
    labels: dict[str, tuple[str, str]] = Field(default={})
    lacks: tuple[str, ...] = ()
    passed: bool
    seconds: float = 0.0
    error: str | None = None
    composer: str = "template"
    model_uses: tuple[ModelUse, ...] = ()
    unreal: tuple[str, ...] = Field(default=(), description="clauses cited with words that they do not have")


class Gate(Frozen):
    """A threshold held against its figure; a figure that was not measured misses it."""

    suite: str
    threshold: Threshold
    value: float | None
    met: bool


def load_suites(names: Sequence[str] = (), root: Path = SUITES_ROOT) -> tuple[Suite, ...]:
    """The suites of these names, all when none is given. Raises UnknownSuite, PackError."""
    known = {file.parent.name: file for file in sorted(root.glob(f"*/{CONFIG_FILE}"))}
    for name in names:
        if name not in known:
            raise UnknownSuite(f"没有测评套件 {name[:40]!r}，现有：{'、'.join(known)}")
    chosen = [
        Suite(name=name, folder=file.parent, config=load_model(file, SuiteConfig))
        for name, file in known.items()
        if not names or name in names
    ]
    return tuple(sorted(chosen, key=lambda suite: suite.config.order))


def passes(config: SuiteConfig, measures: dict[str, Measured], empty: bool) -> bool:
    """Whether a turn passes: something was answered, and each deciding figure is full where it applies."""
    decisive = [measures[name] for name in config.passes_on if name in measures]
    return bool(decisive) and not empty and all(above >= below for above, below in decisive)


def figures(rows: Iterable[Row]) -> dict[str, Figure]:
    """All figures of rows of one suite and target, `passed` first."""
    rows = tuple(rows)
    if not rows:
        return {}
    names = dict.fromkeys(name for row in rows for name in row.measures)
    found = {"passed": figure("passed", [(float(r.passed), 1.0) for r in rows], [r.cluster for r in rows])}
    for name in names:
        with_it = [row for row in rows if name in row.measures]
        measured = [row.measures[name] for row in with_it]
        if any(below for _, below in measured):
            found[name] = figure(name, measured, [row.cluster for row in with_it])
    return found


def gates(suite: Suite, measured: dict[str, Figure]) -> tuple[Gate, ...]:
    """The suite's thresholds against the main target's figures."""
    results = []
    for threshold in suite.config.thresholds:
        value = measured[threshold.figure].value if threshold.figure in measured else None
        met = value is not None and threshold.met(value)
        results.append(Gate(suite=suite.name, threshold=threshold, value=value, met=met))
    return tuple(results)


def row_of(suite: Suite, target: str, case: Case, number: int, **fields: Any) -> Row:
    """A row for one turn of a case, named by the case, and by the turn where there are several."""
    name = case.id if len(case.turns) == 1 else f"{case.id}#{number + 1}"
    return Row(suite=suite.name, target=target, id=name, half=case.half, cluster=case.cluster, **fields)


def own_questions(file: Path) -> tuple[Suite, ...]:
    """A suite of a person's own questions: scored by whatever they state, bound by no threshold."""
    config = SuiteConfig(
        title="自备问题",
        purpose=f"来自 {file.name}",
        run="ask",
        cases=str(file.resolve()),
        scorers=("routing", "facts_held", "verdicts", "content"),
        passes_on=(
            "route", "category", "facts held", "verdict", "failed clause F1", "values", "citation recall", "right desk",
        ),
        headline="passed",
    )  # fmt: skip
    return (Suite(name="own", folder=file.resolve().parent, config=config),)
