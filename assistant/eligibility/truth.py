"""Strong Kleene logic over the statuses of a criterion.

`needs_confirmation` is a decided value between `met` and `not_met`: a person has to look, no fact is missing.
`unknown` may still turn into any of the three; a whole is decided as soon as all of these give the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.reply import Verdict
from knowledge.rules import Status

_VERDICTS: tuple[tuple[Status, Verdict], ...] = (
    ("not_met", "ineligible"),
    ("unknown", "needs_info"),
    ("needs_confirmation", "needs_confirmation"),
)


def at_least(count: int, statuses: Sequence[Status]) -> Status:
    """Whether `count` of the parts are met."""
    met, unknown = statuses.count("met"), statuses.count("unknown")
    open_to_judgement = statuses.count("needs_confirmation")
    if unknown:
        worst = _reached(count, met, open_to_judgement)
        best = _reached(count, met + unknown, open_to_judgement)
        return worst if worst == best else "unknown"
    return _reached(count, met, open_to_judgement)


def _reached(count: int, met: int, open_to_judgement: int) -> Status:
    if met >= count:
        return "met"
    return "needs_confirmation" if met + open_to_judgement >= count else "not_met"


def all_of(statuses: Sequence[Status]) -> Status:
    """Whether every part is met."""
    return at_least(len(statuses), statuses)


def negate(status: Status) -> Status:
    """The opposite; what is unknown or for a person to confirm stays so."""
    if status == "met":
        return "not_met"
    return "met" if status == "not_met" else status


def worst(statuses: Iterable[Status]) -> Status:
    """One clause, one status (Reading 12): not_met, unknown, needs_confirmation, met, in this order."""
    found = set(statuses)
    for status, _ in _VERDICTS:
        if status in found:
            return status
    return "met" if "met" in found or not found else "not_applicable"


def verdict_of(statuses: Sequence[Status]) -> Verdict:
    """The verdict by the criteria's statuses, the first that applies. Without criteria nothing is decided."""
    return dict(_VERDICTS).get(worst(statuses), "eligible") if statuses else "needs_confirmation"
