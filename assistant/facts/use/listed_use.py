"""Uses without a word of their own, in a list of services and their use: ERP用了10个月、OA才8周; 起始时间分别为2022年1月、3月、6月."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from assistant.facts.message.utterance import ONE_EACH
from assistant.facts.spoken.dates import SpokenDate
from assistant.facts.spoken.days import in_year
from assistant.facts.spoken.durations import Duration
from assistant.facts.times.read import Timed
from knowledge.cues import UsageCue
from knowledge.facts import DateRange, NumberRange
from knowledge.numerals import parse_numeral

_NEXT_OF_A_LIST = re.compile("[^，。、0-9]{0,2}[、,，;；]")
_MERE_MARK = re.compile(
    " ?(?:[、,，/和跟与及 ]|以及|还有) ?|[、,，/和跟与及]?(?:另外?|还有|另有)?(?:一|1)[个项款套种](?:才|只|就|刚|也|都|是|用|了|有)*"
)
_LIST_MARK = re.compile("[、,，/和]")
_LISTED = re.compile("(?:(?:[0-9]{1,2}(?:[.][0-9])?|[一二三四五六七八九十两]{1,3})[、,，/和])+$")


def with_years(times: list[Timed], as_of: date) -> list[Timed]:
    """The times, in which months of a list lie in the year of the one before, and have its word: 2022年1月、3月、6月.

    One earlier in the year than that (2022年11月、1月) may be of the next year, too.
    """
    kept: list[Timed] = []
    for timed in times:
        listed = _in_the_list(kept[-1], timed, as_of) if kept else None
        if listed is not None:
            kept[-1] = replace(kept[-1], kind=listed.kind)
        kept.append(listed or timed)
    return kept


def _in_the_list(before: Timed, timed: Timed, as_of: date) -> Timed | None:
    first, said = before.time, timed.time
    if not isinstance(first, SpokenDate) or not isinstance(said, SpokenDate) or said.dated:
        return None
    between = timed.phrase.text[first.end : said.start] if before.phrase is timed.phrase else ""
    kind = next((kind for kind in (before.kind, timed.kind) if kind in {"use", "start"}), None)
    if not _MERE_MARK.fullmatch(between) or first.days.lo is None or kind is None:
        return None
    year = first.days.lo.year
    same, later = in_year(said.days, year), in_year(said.days, year + 1)
    days = same if same and same.lo and same.lo >= first.days.lo else _until(same, later, as_of)
    return replace(timed, kind=kind, time=replace(said, days=days, dated=True)) if days else None


def _until(same: DateRange | None, later: DateRange | None, as_of: date) -> DateRange | None:
    passed = later is not None and later.lo is not None and later.lo <= as_of
    return DateRange(same.lo, later.hi) if same and later and passed else same


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
