"""Figures with intervals, and tests between two runs.

Every figure is a sum over a sum: a share (each case 0 or 1 of 1), a mean, or precision, recall and F1 from
counts. A share gets Wilson's interval, all others a bootstrap that draws whole clusters.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from knowledge.models import Frozen

Z = 1.959963984540054
"""Two-sided 95 % of the normal distribution."""
DRAWS = 1_000
SEED = 20230119


class Figure(Frozen):
    """A measured figure: `hits` over `total` is `value`; [low, high] is the 95 % interval; `n` are the cases."""

    name: str
    value: float
    low: float
    high: float
    n: int
    hits: float
    total: float


Measured = tuple[float, float]
"""What one case adds to a figure: to the sum above the line, and to the one below."""


def figure(name: str, measured: Sequence[Measured], clusters: Sequence[str], seed: int = SEED) -> Figure:
    """The figure of all cases. Raises ValueError when nothing was measured."""
    hits, total = math.fsum(m[0] for m in measured), math.fsum(m[1] for m in measured)
    if total <= 0:
        raise ValueError(f"nothing measured for {name}")
    is_share = all(below == 1 and above in (0, 1) for above, below in measured)
    low, high = wilson(round(hits), len(measured)) if is_share else bootstrap(measured, clusters, seed)
    value = hits / total
    return Figure(name=name, value=value, low=low, high=high, n=len(measured), hits=hits, total=total)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share of `n` cases; (0, 1) of none."""
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    reach = Z / (1 + Z * Z / n) * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    # At the ends Wilson's bound is the end itself; rounding must not leave it.
    return 0.0 if hits == 0 else centre - reach, 1.0 if hits == n else centre + reach


def bootstrap(
    measured: Sequence[Measured], clusters: Sequence[str], seed: int = SEED, draws: int = DRAWS
) -> tuple[float, float]:
    """The 95 % percentile interval of a ratio of sums, whole clusters drawn with replacement."""
    import numpy as np  # noqa: PLC0415 - the command's help needs none of this

    names = sorted(set(clusters))
    place = {name: n for n, name in enumerate(names)}
    sums = np.zeros((len(names), 2))
    for (above, below), cluster in zip(measured, clusters, strict=True):
        sums[place[cluster]] += (above, below)
    drawn = np.random.default_rng(seed).integers(0, len(names), (draws, len(names)))
    totals = sums[drawn].sum(axis=1)
    totals = totals[totals[:, 1] > 0]
    low, high = np.quantile(totals[:, 0] / totals[:, 1], (0.025, 0.975))
    return float(low), float(high)


def mcnemar(gained: int, lost: int) -> float:
    """Exact two-sided p of `gained` against `lost` cases, those where two runs differ; 1 when none does."""
    n = gained + lost
    if n == 0:
        return 1.0
    # Whole numbers to the end: 2**2000 is no float, a quotient of two such numbers is.
    tail = sum(math.comb(n, k) for k in range(min(gained, lost) + 1))
    return min(1.0, 2 * tail / (1 << n))


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Holm's adjusted p-values of a family of tests."""
    adjusted: dict[str, float] = {}
    least = 0.0
    for rank, (name, p) in enumerate(sorted(p_values.items(), key=lambda item: item[1])):
        least = max(least, min(1.0, p * (len(p_values) - rank)))
        adjusted[name] = least
    return adjusted
