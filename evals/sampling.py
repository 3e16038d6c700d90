"""A part of the cases that is like the whole: for what is too slow or too dear to be asked of all."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from evals.asking import suite_cases
from evals.cases import Case, Split
from evals.statistics import SEED
from evals.suites import Suite


def sampled(suites: Sequence[Suite], size: int, split: Split, seed: int = SEED) -> tuple[Suite, ...]:
    """The suites that ask, each with those of its cases that are drawn: `size` in all, of every stratum at least one.

    A stratum is a file, a route, a verdict, and whether it is one turn or several. The same call draws the same.
    """
    asking = [suite for suite in suites if suite.config.run == "ask"]
    strata: dict[tuple[str, ...], dict[str, Case]] = defaultdict(dict)
    for suite in asking:
        for case in suite_cases(suite, split):
            strata[_stratum(suite, case)][case.id] = case
    total = sum(map(len, strata.values()))
    rng = random.Random(seed)  # noqa: S311 - a seeded draw
    drawn: set[str] = set()
    for stratum in sorted(strata):
        ids = sorted(strata[stratum])
        drawn.update(rng.sample(ids, min(len(ids), max(1, round(size * len(ids) / max(total, 1))))))
    # A suite's thresholds are those of all its cases.
    return tuple(
        suite.model_copy(
            update={"drawn": frozenset(drawn), "config": suite.config.model_copy(update={"thresholds": ()})}
        )
        for suite in asking
    )


def _stratum(suite: Suite, case: Case) -> tuple[str, ...]:
    turn = case.turns[0]
    several = len(case.turns) > 1
    return (
        suite.case_file.parent.name,
        str(turn.route),
        "" if several else str(turn.verdict),
        "several" if several else "one",
    )
