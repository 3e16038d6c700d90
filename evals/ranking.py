"""Measures of a ranked list of clauses against groups of right ones; of each group one clause is enough."""

from __future__ import annotations

import math
from collections.abc import Sequence

from evals.statistics import Measured

DEPTH = 10
"""Clauses that a search is asked for."""


def ranking(groups: Sequence[Sequence[str]], found: Sequence[str]) -> dict[str, Measured]:
    """recall@1 and @5 (of the groups that fit into so many places), reciprocal rank, nDCG@10."""
    ranks = [_rank(group, found) for group in groups]
    hits = [rank for rank in ranks if rank is not None]
    measures: dict[str, Measured] = {}
    for k in (1, 5):
        measures[f"recall@{k}"] = (float(min(k, sum(rank <= k for rank in hits))), float(min(k, len(groups))))
    measures["MRR"] = (1 / min(hits) if hits else 0.0, 1.0)
    ideal = math.fsum(_gain(rank) for rank in range(1, min(DEPTH, len(groups)) + 1))
    got = math.fsum(_gain(place) for place in _places(ranks) if place <= DEPTH)
    measures["nDCG@10"] = (got / ideal, 1.0)
    return measures


def _rank(group: Sequence[str], found: Sequence[str]) -> int | None:
    return next((place for place, clause in enumerate(found, 1) if clause in group), None)


def _places(ranks: Sequence[int | None]) -> set[int]:
    """A clause that stands for two groups counts once, else nDCG could pass 1."""
    return {rank for rank in ranks if rank is not None}


def _gain(rank: int) -> float:
    return 1 / math.log2(rank + 1)
