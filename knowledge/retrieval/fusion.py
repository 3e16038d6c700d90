"""From the evidence of both legs to one score a clause."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.retrieval.entries import Entry

LEXICAL_WEIGHT = 0.6
"""What a full keyword match adds to a full likeness of meaning. Measured flat between 0.4 and 0.8."""

Evidence = dict[str, tuple[float, Entry]]
"""Clause id → the strongest evidence for it, and the text that gives it."""


def by_clause(texts: Iterable[tuple[Entry, float]], category: str | None) -> Evidence:
    """The strongest evidence for each clause, from the clause itself or from an exemplar that leads to it."""
    best: Evidence = {}
    for entry, value in texts:
        for clause, worth in entry.links_for(category):
            if clause not in best or best[clause][0] < value * worth:
                best[clause] = (value * worth, entry)
    return best


def fused(dense: float, lexical: float) -> float:
    """Score in [0, 1] of a clause with this likeness of meaning and this keyword evidence, both in [0, 1]."""
    return (dense + LEXICAL_WEIGHT * lexical) / (1 + LEXICAL_WEIGHT)


def lexical_only(lexical: float, exemplar: float) -> float:
    """Score in [0, 1] by keywords alone: those of the clause and those of its best exemplar."""
    return (lexical + exemplar) / 2
