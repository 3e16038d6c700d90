"""How figures and targets are written for people."""

from __future__ import annotations

from evals.statistics import Figure
from evals.targets import TITLES


def title_of(target: str) -> str:
    """A target's name in Chinese."""
    return TITLES.get(target, target)


def share(value: float) -> str:
    """A figure to three decimals, as comparisons need it."""
    return f"{value:.3f}"


def interval(figure: Figure) -> str:
    """A figure with its interval and number of cases."""
    return f"{share(figure.value)} [{share(figure.low)}, {share(figure.high)}] n={figure.n}"
