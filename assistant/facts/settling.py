"""One value for each fact of a message: of statements that agree the closest, of a correction the last."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.facts.message.mood import OWN
from assistant.facts.reading import Ambiguity, Find, Hearing, StatedFact
from knowledge.facts import DateRange, FactValue, NumberRange


def settle(hearing: Hearing, finds: Iterable[Find]) -> tuple[list[StatedFact], list[Ambiguity]]:
    """One value for each fact, stated and supposed apart; what contradicts itself is asked back."""
    groups: dict[tuple[str, bool], list[Find]] = {}
    for find in finds:
        groups.setdefault((find.name, find.phrase.hypothetical), []).append(find)
    facts, contradicting = [], []
    for (name, hypothetical), group in groups.items():
        candidates = [f for f in group if not f.weak] or group
        if candidates[-1].phrase.correction:
            candidates = candidates[-1:]
        chosen = candidates[0]
        for other in candidates[1:]:
            closer = _closer(chosen, other)
            if closer is None:
                quote = hearing.utterance.quote(chosen.start, other.end)
                if not hypothetical:
                    contradicting.append(Ambiguity(name, quote, hearing.schema.spec(name).question))
                break
            chosen = closer
        else:
            quote = hearing.utterance.quote(chosen.start, chosen.end)
            in_passing = bool(chosen.phrase.asking.strip()) and not hearing.mentions(OWN)
            facts.append(
                StatedFact(name, chosen.value, quote, hypothetical, chosen.phrase.correction, in_passing)
            )
    return facts, contradicting


def _closer(first: Find, second: Find) -> Find | None:
    """Of two statements that agree, the closer one; None where they contradict each other."""
    if first.value == second.value:
        return first
    ends, others = _ends(first.value), _ends(second.value)
    if ends is None or others is None:
        return None
    (lo, hi), (other_lo, other_hi) = ends, others
    if lo > other_hi or other_lo > hi:
        return None
    return first if hi - lo <= other_hi - other_lo else second


def _ends(value: FactValue) -> tuple[float, float] | None:
    if isinstance(value, NumberRange):
        return (
            float("-inf") if value.lo is None else float(value.lo),
            float("inf") if value.hi is None else float(value.hi),
        )
    if isinstance(value, DateRange):
        return (
            float("-inf") if value.lo is None else float(value.lo.toordinal()),
            float("inf") if value.hi is None else float(value.hi.toordinal()),
        )
    return None
