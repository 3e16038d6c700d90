"""What a phrase of said/*.jsonl teaches: the states that it tells, and whose values its mentions are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.facts.learned.mentions import Kind, Mention, facts_of, find_mentions, masked, value_of
from assistant.facts.message.utterance import fold
from knowledge.cues import FactCues
from knowledge.facts import DateRange, FactSchema, FactValue, NumberRange
from knowledge.said import SAID_ON, Said

State = tuple[str, bool | int]
"""A yes-or-no fact and its value; of a count or a level, that there is none or all of them."""


@dataclass(frozen=True, slots=True)
class ValueLesson:
    """A mention in its masked words, and the fact that it is a value of, `` for none."""

    words: str
    kind: Kind
    fact: str


def states_told(one: Said, cues: FactCues) -> frozenset[State]:
    """The yes-or-no facts of a phrase; of counts that there is none or all of them, of levels that none is held."""
    totals = {cue.fact: cue.total for cue in cues.counts}
    if cues.levels:
        totals[cues.levels.current] = 0
    return frozenset(
        (name, value)
        for name, value in one.facts.items()
        if isinstance(value, bool)
        or (isinstance(value, int) and value in {0, totals.get(name)} and name in totals)
    )


def value_lessons(said: Iterable[Said], schema: FactSchema, cues: FactCues) -> list[ValueLesson]:
    """A lesson for every value that the phrases mention."""
    lessons = []
    for one in said:
        text = fold(one.text, cues.misspellings)
        stated = schema.parse(dict(one.facts))
        mentions = find_mentions(text, SAID_ON)
        taken: set[str] = set()
        for mention in mentions:
            fact = _owner(mention, stated, cues, SAID_ON, taken)
            taken.add(fact)
            lessons.append(ValueLesson(masked(text, mentions, mention), mention.kind, fact))
    return lessons


def _owner(
    mention: Mention, stated: Mapping[str, FactValue], cues: FactCues, as_of: date, taken: set[str]
) -> str:
    """The fact whose stated value the mention gives; 四星再报一遍四星 is first what is held, then what is meant."""
    may = facts_of(mention.kind, cues)
    owners = []
    for name in sorted(may & stated.keys(), reverse=True):
        value = value_of(name, mention, cues, as_of)
        if value is not None and meet(value, stated[name]):
            owners.append(name)
    return next((name for name in owners if name not in taken), owners[0] if owners else "")


def meet(one: FactValue, other: FactValue) -> bool:
    """Whether two values have something in common."""
    if isinstance(one, DateRange) and isinstance(other, DateRange):
        return (one.lo is None or other.hi is None or one.lo <= other.hi) and (
            other.lo is None or one.hi is None or other.lo <= one.hi
        )
    if isinstance(one, NumberRange) and isinstance(other, NumberRange):
        low, high = Decimal("-Infinity"), Decimal("Infinity")
        return max(low if one.lo is None else one.lo, low if other.lo is None else other.lo) <= min(
            high if one.hi is None else one.hi, high if other.hi is None else other.hi
        )
    return one == other
