"""When the applicant was registered, from an age that is reached on a day or is still short of a length told beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from assistant.facts.message.mood import OWN
from assistant.facts.reading import Find, Hearing
from assistant.facts.spoken.dates import SpokenDate
from assistant.facts.spoken.days import months_before
from assistant.facts.spoken.durations import Duration
from assistant.facts.times.by_itself import is_of_something_else, names_another
from assistant.facts.times.read import Timed
from assistant.facts.times.validity import nearer
from knowledge.cues import SinceCue
from knowledge.facts import DateRange

_FULL_ON = re.compile("[前后时，, ]*(?:我们|公司|成立|注册)*(?:也|就|才|刚|正)?(?:刚好|正好)?(?:满|到|够)?")
_BY_THEN = re.compile("[到至][^，。]{1,8}?[就还也仍才]{0,2}[差缺]$")
"""到月底就差一天满三年: of another day than today."""
_SHORT_OF = re.compile("(?:还)?(?:差|缺)(?:不多)?$")
_FULLY = frozenset({"full", "just"})
"""满三年差两天: the age that is not full yet."""
_ANNIVERSARY = re.compile("岁(?!数)|周年(?:店|厂|司)?庆|生日")
_OF_A_PERSON = re.compile("老板|董事长|总经理|法人代表|负责人|员工|孩子")
"""去年刚过十周岁生日: only firms and people have such ages."""


def ages_reached(hearing: Hearing, cue: SinceCue, times: list[Timed]) -> Iterator[Find]:
    """明年3月满三年, 还差两个月满三年: the age is reached on a day told beside it."""
    for first, second in pairwise(times):
        if first.phrase is not second.phrase or not isinstance(second.time, Duration):
            continue
        text, between = first.phrase.text, first.phrase.text[first.time.end : second.time.start]
        ages = [t.time for t in (first, second) if isinstance(t.time, Duration)]
        if not any(re.search("[年岁]", text[age.start : age.end]) for age in ages):
            continue  # 到下个月就满三个月: firms are counted in years, services in months
        of_the_firm = any(t.kind == "since" for t in times if t.phrase is first.phrase)
        of_the_firm = of_the_firm or hearing.asked == cue.fact
        birthday = _ANNIVERSARY.search(text) is not None and not _OF_A_PERSON.search(text)
        ours = OWN.match(text.lstrip()) and not names_another(hearing, text)
        full = "满" in text and bool(ours or not is_of_something_else(hearing, first.phrase))
        if not of_the_firm and not birthday and not full:
            continue
        said_full = birthday or second.time.bound in {"full", "just", "exactly"}
        said_full = said_full or "满" in between or "到" in between
        age = second.time.months.lo
        days: DateRange | None = None
        if (
            isinstance(first.time, SpokenDate)
            and _FULL_ON.fullmatch(between)
            and said_full
            and age is not None
        ):
            reached = first.time.days if first.time.dated else nearer(first, hearing.as_of)
            lo, hi = (reached.lo, reached.hi) if reached else (None, None)
            days = DateRange(lo and months_before(lo, age), hi and months_before(hi, age))
        elif (
            isinstance(first.time, Duration)
            and _SHORT_OF.search(text[: first.time.start])
            and not _BY_THEN.search(text[: first.time.start])
            and age is not None
        ):
            if re.fullmatch("[就才]?(?:满|到|够|成立)?", between.strip()):
                days = _short_of(first, age, hearing.as_of)
        elif isinstance(first.time, Duration) and re.fullmatch("还?[差缺少]", between.strip()):
            told = first.time.months
            whole = told.lo if first.time.bound in _FULLY else told.exact
            if whole is not None and (
                first.time.bound in _FULLY or not whole % 12
            ):  # 注册三年差五天, but not 两年半差半年 (to three)
                days = _short_of(second, whole, hearing.as_of)
        if days is not None and hearing.is_own(first.phrase, first.start, second.end):
            yield hearing.find(cue.fact, days, first.phrase, first.start, second.end)


def _short_of(lacking: Timed, age: Decimal, as_of: date) -> DateRange | None:
    """Since when, if so much is lacking of an age: days are counted, weeks and months rounded."""
    assert isinstance(lacking.time, Duration)  # noqa: S101 - the caller has asked
    short = lacking.time.months.exact
    if short is None:
        return None
    day = months_before(months_before(as_of, -short), age)
    said = lacking.phrase.text[lacking.time.start : lacking.time.end]
    slack = timedelta(days=0 if "天" in said else 3 if re.search("周|星期|礼拜", said) else 15)
    return DateRange(day - slack, day + slack)
