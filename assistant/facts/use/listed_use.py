"""Lengths of use without a word of their own, in a list of services and their use: ERP用了10个月、OA才8周."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.facts.message.utterance import ONE_EACH
from assistant.facts.spoken.durations import Duration
from assistant.facts.times.read import Timed
from knowledge.cues import UsageCue
from knowledge.facts import NumberRange
from knowledge.numerals import parse_numeral

_NEXT_OF_A_LIST = re.compile("[^，。、0-9]{0,2}[、,，;；]")
_MERE_MARK = re.compile(
    " ?(?:[、,，/和跟与及 ]|以及|还有) ?|[、,，/和跟与及]?(?:另外?|还有|另有)?(?:一|1)[个项款套种](?:才|只|就|刚|也|都|是|用|了|有)*"
)
_LIST_MARK = re.compile("[、,，/和]")
_LISTED = re.compile("(?:(?:[0-9]{1,2}(?:[.][0-9])?|[一二三四五六七八九十两]{1,3})[、,，/和])+$")


def listed_beside(cue: UsageCue, times: list[Timed]) -> list[Timed]:
    """The lengths without a word of their own in a list of services and their use: ERP用了10个月、OA才8周."""
    listed: list[Timed] = []
    for before, timed in pairwise(times):
        lengths = isinstance(before.time, Duration) and isinstance(timed.time, Duration)
        if timed.kind or not lengths:
            continue
        if _is_next_by_itself(before, timed, listed):
            listed.append(timed)
        elif before.phrase is timed.phrase:
            between = timed.phrase.text[before.end : timed.time.start]
            first = before.kind in {"use", "start"} or before in listed
            first = first or cue.things.search(timed.phrase.text[: before.time.start]) is not None
            if first and _NEXT_OF_A_LIST.match(between) and cue.things.search(between):
                listed.append(timed)
    return listed


def _is_next_by_itself(before: Timed, timed: Timed, listed: list[Timed]) -> bool:
    """分别用了8个月、5个月、1个月: nothing but the next length."""
    if before.phrase is timed.phrase:
        between = timed.phrase.text[before.end : timed.time.start]
        return (before.kind in {"use", "start"} or before in listed) and bool(_MERE_MARK.fullmatch(between))
    alone = timed.phrase.text.strip() == timed.phrase.text[timed.time.start : timed.time.end]
    goes_on = before in listed or ONE_EACH.search(before.phrase.text[: before.time.start])
    return alone and bool(goes_on) and before.phrase.position + 1 == timed.phrase.position


def shortest_listed(months: NumberRange | None, before: str) -> NumberRange | None:
    """分别用了5、8、12个月: the least of the numbers that one unit serves."""
    listed = _LISTED.search(before)
    if months is None or months.exact is None or listed is None:
        return months
    numbers = [parse_numeral(number) for number in _LIST_MARK.split(listed.group()) if number]
    return NumberRange.exactly(min(months.exact, *(n for n in numbers if n is not None)))
