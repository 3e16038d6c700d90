"""Values mentioned in a text, whatever they belong to, and the text around one of them with the values masked.

「阿里云七个月、华为云五个月」 mentions two lengths of time. Which fact a mention is a value of is learned from
the masked text (`assistant.facts.learned.model`): which month or sum it is tells nothing of that.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from assistant.facts.spoken.amounts import Amount, find_amounts, scale
from assistant.facts.spoken.dates import SpokenDate, find_dates
from assistant.facts.spoken.days import months_before
from assistant.facts.spoken.durations import Duration, find_durations, since
from assistant.facts.spoken.months import months_of_use
from assistant.facts.spoken.stars import STAR, figure
from knowledge.cues import FactCues
from knowledge.facts import DateRange, FactValue, NumberRange
from knowledge.numerals import parse_numeral

BEFORE, AFTER = 18, 14
"""Characters of the masked text that are kept on either side of the mention."""
THIS, OTHER = "甲", "乙"
_COUNT = re.compile(
    "(?<![0-9.第年月])(?P<number>[0-9]|[一二两三四五六七八九俩仨零])"
    "(?=个|项|条|头|路|块|样|方|成|种|/|点|$|[ ，,。的都全、])(?!个?(?:月|年|亿|多?月|季|星|人))"
)
_LATELY = re.compile("(?:近|最近|过去|这|前)[0-9一二两三四五]?$")
_WITHIN = re.compile("内|来|间|里|合计|一共|总共|累计|总投|投")
_PAUSE = re.compile("[，。；！？,;!?\n]")
_BOTH = {"俩": "两", "仨": "三"}


class Kind(Enum):
    """What a mention is, as it is written in the masked text."""

    DATE = "日"
    SPAN = "时"
    SUM = "钱"
    LEVEL = "星"
    COUNT = "数"


@dataclass(frozen=True, slots=True)
class Mention:
    """A value said from `start` to `end` of a text."""

    start: int
    end: int
    kind: Kind
    said: SpokenDate | Duration | Amount | int


def find_mentions(text: str, as_of: date) -> list[Mention]:
    """All values of a text in order; of two that overlap the one that begins first, then the longer."""
    found = [
        *(Mention(d.start, d.end, Kind.DATE, d) for d in find_dates(text, as_of)),
        *(Mention(d.start, d.end, Kind.SPAN, d) for d in find_durations(text) if not _of_the_rule(text, d)),
        *(Mention(a.start, a.end, Kind.SUM, a) for a in find_amounts(text)),
        *(Mention(m.start(), m.end(), Kind.LEVEL, figure(m)) for m in STAR.finditer(text)),
    ]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    taken = bytearray(len(text))
    for mention in kept:
        taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    for match in _COUNT.finditer(text):
        if not any(taken[match.start() : match.end()]):
            number = parse_numeral(_BOTH.get(match["number"], match["number"]))
            kept.append(Mention(match.start(), match.end(), Kind.COUNT, int(number or 0)))
    return sorted(kept, key=lambda m: m.start)


def _of_the_rule(text: str, said: Duration) -> bool:
    """近三年, 三年内: the years over which something is counted, no length of anything."""
    return bool(_LATELY.search(text[: said.start + 1]) or _WITHIN.match(text[said.end :]))


def masked(text: str, mentions: Sequence[Mention], this: Mention) -> str:
    """The text around a mention, it and the others replaced by what they are: 阿里云乙时、华为云甲时，都在用."""
    pieces: list[str] = []
    # A masked mention has two characters, however long it was: so many on either side fill what is kept.
    here = bisect_left(mentions, this.start, key=lambda mention: mention.start)
    first, last = max(0, here - BEFORE), here + AFTER + 1
    reached = max(mentions[first - 1].end if first else 0, mentions[first].start - BEFORE)
    behind = min(len(text), mentions[last].start if last < len(mentions) else len(text))
    at = 0
    for mention in mentions[first:last]:
        pieces.append(text[reached : mention.start])
        if mention is this:
            at = sum(map(len, pieces))
        pieces.append((THIS if mention is this else OTHER) + mention.kind.value)
        reached = mention.end
    whole = "".join([*pieces, text[reached : min(behind, reached + AFTER)]])
    before, after = whole[max(0, at - BEFORE) : at], whole[at + 2 : at + 2 + AFTER]
    if this.kind is Kind.LEVEL:
        # Whose a level is stands in its own phrase: 隔壁评上五星了，我们也想搞个三星.
        before, after = _PAUSE.split(before)[-1], _PAUSE.split(after)[0]
    return before + whole[at : at + 2] + after


def facts_of(kind: Kind, cues: FactCues) -> frozenset[str]:
    """The facts that a mention of this kind may be a value of."""
    times = [cue.fact for cue in (cues.since, cues.until, cues.usage) if cue]
    levels = [cues.levels.applying, cues.levels.current] if cues.levels else []
    return frozenset(
        {
            Kind.DATE: times,
            Kind.SPAN: times,
            Kind.SUM: [cues.amount.fact] if cues.amount else [],
            Kind.LEVEL: levels,
            Kind.COUNT: [cue.fact for cue in cues.counts],
        }[kind]
    )


def value_of(fact: str, mention: Mention, cues: FactCues, as_of: date) -> FactValue | None:
    """The mention as a value of the fact; None where it makes none (five of three aspects)."""
    said = mention.said
    if isinstance(said, Amount):
        return scale(said.yuan, cues.amount.yuan_per_unit) if cues.amount else None
    if isinstance(said, int):
        if cues.levels and fact in (cues.levels.applying, cues.levels.current):
            return said if said in cues.levels.levels else None
        count = next((cue for cue in cues.counts if cue.fact == fact), None)
        return NumberRange.exactly(said) if count and said <= count.total else None
    if cues.usage and fact == cues.usage.fact:
        return months_of_use(said, cues.usage, as_of)
    if isinstance(said, SpokenDate):
        days = said.days
        began = cues.since is not None and fact == cues.since.fact
        if began and days.lo and days.hi and days.lo <= as_of < days.hi:
            return DateRange(days.lo, as_of)
        return days
    if cues.since and fact == cues.since.fact:
        return since(said, as_of)
    return _ends_after(said, as_of)


def _ends_after(left: Duration, as_of: date) -> DateRange | None:
    """The last day where so much time is left; only of a length that is told as what is left."""
    months = left.months.exact
    if months is None or left.ago:
        return None
    slack = max(left.loose)
    return DateRange(months_before(as_of, -(months - slack)), months_before(as_of, -(months + slack)))
