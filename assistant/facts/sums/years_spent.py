"""When a sum was spent: 2018年到2022年累计3500万, 2015年就花的700万, after applying was over, in one of the years alone."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Literal

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing
from assistant.facts.spoken.dates import SpokenDate, find_dates
from assistant.facts.spoken.days import months_before
from knowledge.cues import AmountCue
from knowledge.facts import NumberRange
from knowledge.numerals import parse_numeral

_GOES_ON = re.compile("到现在|至今|以来|开始|起|到20|到去年|到今年|从")
_SPAN = re.compile("(?<![0-9])(?:20)?(?P<first>[0-9]{2})年?(?P<to>[-~到至])(?:20)?(?P<last>[0-9]{2})年")
_PART_OF_THE_YEARS = re.compile(
    "(?:(?:去|今|前|上)年|(?<![0-9])(?:20)?2[0-9]年|(?:最?近|这|过去)的?[一1半]年|[上下]半年)"
    "(?:(?!成立|注册|登记|建成|完工|通过|认定|评|贯标)[^，。0-9]){0,8}?"
    "(?:投入|投资|投|花|砸|掏|支出|采购)[^，。0-9]{0,6}$"
)
_ALL_OF_IT = re.compile(
    "总|共|合计|累计|[只才仅]|(?<!年)就(?!有)|不[到足满]|没有?到|全|加起来|前后|以来|至今|开始|起|到现在|从|陆续|项目|多年"
)
_OF_THE_LAST_YEARS = re.compile(
    "(?:其中|里面|里头|当中)(?:有|大概|差不多|约|的)*(?:(?P<tenths>[一二三四五六七八九1-9])成|(?P<percent>[0-9]{1,2})[%％]|百分之(?P<han>[一二三四五六七八九十]{1,3})|(?P<half>一半)|(?P<some>一?(?:大|小)?部分|一?[大小]半|有些))"
    "(?:左右|多|以上)?(?:是|属于|花在|投在|在|发生在|算)?(?:最?近|这)[两二三23]年"
)
"""投了三千万，其中七成是近三年的: what counts is that part."""
_A_SUM = "1万"
_UP_TO = re.compile("[份初底末]?[-~到至]")


def when_spent(
    hearing: Hearing, cue: AmountCue, lead: str, tail: str
) -> Literal["outside", "open_part"] | None:
    """Spending clearly outside the years that count, or in a period that reaches back beyond them.

    They are counted back from the day of asking, or from the last day of applying where that is past; as the notice does
    not say from which day, what was spent in the first of three calendar years may count.
    """
    if not cue.years:
        return None
    upto = min(hearing.as_of, hearing.last_day or hearing.as_of)
    first = months_before(upto, Decimal(12 * cue.years))
    lead = re.split("[、 ]", lead)[-1] if hearing.cues.since is None else _without_registration(hearing, lead)
    lead = _SPAN.sub(r"20\g<first>年\g<to>20\g<last>年", lead)
    before = dates_before(lead, hearing.as_of)
    begun, told = _span(before, lead), before[-1:] or find_dates(tail, hearing.as_of)[:1]
    if begun is not None:
        return "open_part" if begun < first else None
    if not told or told[0].days.lo is None or told[0].days.hi is None or not told[0].dated:
        return None
    if told[0].days.hi < first:
        within_calendar_years = told[0].days.hi.year >= upto.year - cue.years
        return "open_part" if within_calendar_years or _GOES_ON.search(lead) else "outside"
    too_late = bool(before) and upto < told[0].days.lo <= hearing.as_of  # when applying was over
    return "outside" if too_late else None


def in_part_of_the_years(text: str, core: int) -> bool:
    """Whether the sum at `core` is told of one year and nobody says that it was all: 去年投了500万, 光去年就投了800万.

    What the other years had is not told then.
    """
    found = _PART_OF_THE_YEARS.search(text[:core])
    spans = found is not None and re.search("[-~到至]$", text[: found.start()])
    return found is not None and not spans and not _ALL_OF_IT.search(text)


def recent_part(hearing: Hearing, phrase: Phrase, total: NumberRange) -> NumberRange:
    """The part of a sum that is said to be of the last years; not known how large, where nobody says."""
    near = hearing.phrases[phrase.position : phrase.position + 2]
    told = next((m for p in near if (m := _OF_THE_LAST_YEARS.search(p.words))), None)
    if told is None:
        return total
    if told["some"]:
        return NumberRange(None, total.hi, total.open)
    tenths, percent = parse_numeral(told["tenths"] or ""), parse_numeral(told["percent"] or told["han"] or "")
    share = Decimal("0.5") if told["half"] else (tenths or 0) / Decimal(10) + (percent or 0) / Decimal(100)
    lo, hi = (None if end is None else (end * share).normalize() + 0 for end in (total.lo, total.hi))
    return NumberRange(lo, hi, total.open)


def dates_before(lead: str, as_of: date) -> list[SpokenDate]:
    """The dates of the words that stand before a sum, by which 21年 is a year and no length."""
    return [spoken for spoken in find_dates(f"{lead}{_A_SUM}", as_of) if spoken.dated]


def _span(dates: list[SpokenDate], text: str) -> date | None:
    """The last day of the year with which a span before the sum begins: 2018年到2022年."""
    if len(dates) < 2 or not _UP_TO.fullmatch(text[dates[-2].end : dates[-1].start]):
        return None
    return dates[-2].days.hi


def _without_registration(hearing: Hearing, lead: str) -> str:
    """The lead behind the last word of registration: in 2019年成立、投入1700万 the year is not the spending's."""
    since = hearing.cues.since
    ends = [m.end() for m in since.words.finditer(lead)] if since else []
    return lead[max(ends, default=0) :]
