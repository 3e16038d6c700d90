"""When the applicant was registered, from dates and ages."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from assistant.facts.reading import Find, Hearing
from assistant.facts.spoken.dates import SpokenDate
from assistant.facts.spoken.days import in_known_year, months_before, shift_years
from assistant.facts.spoken.durations import Duration, since
from assistant.facts.times.by_itself import is_by_itself, is_of_something_else, names_another
from assistant.facts.times.reached import ages_reached
from assistant.facts.times.read import SPAN, Timed
from knowledge.cues import SinceCue
from knowledge.facts import DateRange

_JUST_BEGUN = re.compile(
    "(?:刚刚?|(?<!重)新|才|今年才)(?:成立|注册|创立|开办|设立)(?!满|了?[0-9一二两三四五六七八九十半几]|资|的?团队|的?部门)"
)
_RECENT_MONTHS = Decimal(9)
_PERIOD = re.compile("[近这]|最近|过去")
"""What makes years a period of which something is told (近三年的), and no age."""
_LACKS = re.compile("(?<!不)[差缺]了?$")
"""就差一个月: what is lacking of an age is no age."""
_PARTICLES = re.compile(
    "但是?|不过|可是|肯定|绝对|好像|大概|大约|估计|应该|可能|记得|左右|实际上?|我们|我(?![国省市])|公司|企业|如果|要是|已经|应该|其实|准确|[说记写]?错了?|不对|[才刚都了的也是那不满到在 ]"
)
_BEGINS = re.compile("(?:那天|当天)?(?:才|就|刚)?(?:开始|起(?!家))(?!营业|经营|运营)")
"""从11月29号开始: what begins on a day is in use, or counts, from then on; a firm is registered on it."""
_COUNTED_BY = re.compile("[按以依照看凭]|根据|从")
_COMES = re.compile(
    "(?:批|发|办|审|评|寄|印|做|出)?(?:下来|出来)|[拿领收]到|到手|(?:能|会|才|要|应该)(?:出|发|下|给)(?:证|$)"
)
"""大概三月中下来: of what is waited for, which is no firm."""
_DETAIL = re.compile("不过|具体|准确|确切|应该|日期|[是的为在：: ]")


def read_since(hearing: Hearing, times: list[Timed]) -> list[Find]:
    """The day of registration: from a date, an age, or 刚成立."""
    cue = hearing.cues.since
    if cue is None:
        return []
    finds = list(ages_reached(hearing, cue, times))
    paired = {(f.phrase.start, f.phrase.text) for f in finds}
    for at, timed in enumerate(times):
        phrase = timed.phrase
        if (phrase.start, phrase.text) in paired or not _is_since(hearing, cue, times, at):
            continue
        days = _in_reached_year(timed, finds) or _in_told_year(hearing, cue, timed, times)
        days = _since_a_span(times, at, days or _began(timed, hearing.as_of))
        if hearing.is_own(phrase, timed.start, timed.end):
            finds.append(hearing.find(cue.fact, days, phrase, timed.start, timed.end))
    for phrase in hearing.phrases:
        match = _JUST_BEGUN.search(phrase.text)
        if (
            match
            and not cue.other.search(phrase.text)
            and not any(t.phrase is phrase for t in times)
            and hearing.is_own(phrase, match.start(), match.end())
        ):
            recent = DateRange(months_before(hearing.as_of, _RECENT_MONTHS), hearing.as_of)
            finds.append(hearing.find(cue.fact, recent, phrase, match.start(), match.end(), weak=True))
    return finds


def _is_since(hearing: Hearing, cue: SinceCue, times: list[Timed], at: int) -> bool:
    timed = times[at]
    if isinstance(timed.time, Duration) and _LACKS.search(timed.phrase.text[: timed.time.start]):
        return False
    if _BEGINS.match(timed.phrase.text, timed.time.end) and timed.kind != "since":
        return False
    if at and timed.kind == "issue" and _narrows(hearing, timed, times[at - 1]):
        return True
    if timed.kind == "start" and _is_opening(hearing, cue, timed):
        return True
    if timed.kind:
        return timed.kind == "since" and not _is_measured(timed) and not cue.other.search(timed.phrase.text)
    if at and _completes_a_year(timed, times[at - 1]):
        return True
    said = timed.phrase.text[timed.time.start : timed.time.end]
    alone = not _PARTICLES.sub("", timed.phrase.text.replace(said, "", 1))
    if hearing.asked == cue.fact:
        # Of what is known already only a bare day is another telling: 平台去年底试运行 is none.
        anew = (
            alone
            or timed.phrase.correction
            or cue.fact not in hearing.known
            or _is_closer(hearing, cue, timed)
        )
        return (
            anew
            and is_by_itself(timed.phrase.text, timed.time.start, timed.time.end)
            and not _is_waited_for(timed, hearing.as_of)
            and not is_of_something_else(hearing, timed.phrase)
        )
    if timed.phrase.correction and isinstance(timed.time, SpokenDate) and not _asked_for_time(hearing):
        dated = timed.time.dated and not is_of_something_else(hearing, timed.phrase)
        return alone and dated  # 说错了，是2018年: the date that every applicant tells
    # A bare age in a talk about a category whose years are years of registration: 「不满三年能报吗」
    by_years = isinstance(timed.time, Duration) and "年" in timed.phrase.text and timed.time.bound != "about"
    by_years = by_years and not _PERIOD.match(said)
    return bool(alone and by_years and hearing.category in cue.categories) and len(times) == 1


def _is_opening(hearing: Hearing, cue: SinceCue, timed: Timed) -> bool:
    """南京的小公司，2020年开的: a beginning by itself, of the firm that the sentence names and of no service."""
    sentence = hearing.sentence(timed.phrase)
    firm = hearing.asked == cue.fact or cue.nouns.search(sentence)
    day = isinstance(timed.time, SpokenDate)
    by_itself = is_by_itself(timed.phrase.text, timed.time.start, timed.time.end)
    return bool(firm and day and by_itself) and not names_another(hearing, sentence)


def _is_measured(timed: Timed) -> bool:
    """那3年是按营业执照算的: by what a length is counted, and nobody's age."""
    between = timed.phrase.words[timed.time.end : max(timed.cue_start, timed.time.end)]
    return isinstance(timed.time, Duration) and _COUNTED_BY.search(between) is not None


def _is_waited_for(timed: Timed, as_of: date) -> bool:
    """大概三月中下来, of no year, is still to come; 前年办下来的 tells since when."""
    if _COMES.search(timed.phrase.text) is None:
        return False
    begins = timed.time.days.lo if isinstance(timed.time, SpokenDate) and timed.time.dated else None
    return begins is None or begins > as_of


def _narrows(hearing: Hearing, timed: Timed, last: Timed) -> bool:
    """公司三年整，2020年2月20号领的证: a day that fits the firm's age told just before, of no certificate by name."""
    until, text = hearing.cues.until, timed.phrase.text
    if until is None or last.kind != "since" or last.phrase.sentence != timed.phrase.sentence:
        return False
    if not isinstance(timed.time, SpokenDate) or not isinstance(last.time, Duration):
        return False
    behind = re.sub("^证(?!书)", "", text[timed.cue_end :])
    if until.subjects.search(text[: timed.cue_start] + behind):
        return False
    day, old = timed.time.days.exact, since(last.time, hearing.as_of)
    return day is not None and (old.lo or day) <= day <= (old.hi or day)


def _is_closer(hearing: Hearing, cue: SinceCue, timed: Timed) -> bool:
    """Whether a day lies inside the time that was told before: 两年零十一个月, and then 具体是2020年2月27号."""
    known = hearing.known.get(cue.fact)
    if not isinstance(known, DateRange) or not isinstance(timed.time, SpokenDate):
        return False
    days = timed.time.days
    if known.lo is None or known.hi is None or days.lo is None:
        return False
    return days.lo == days.hi and known.lo <= days.lo <= known.hi


def _completes_a_year(timed: Timed, last: Timed) -> bool:
    """A month and day said by themselves after the year of registration: 还是2022年，不过是2月10日."""
    if last.kind != "since" or last.phrase.sentence != timed.phrase.sentence:
        return False
    dates = isinstance(last.time, SpokenDate) and isinstance(timed.time, SpokenDate)
    if not dates or not last.time.dated or timed.time.dated:  # type: ignore[union-attr]
        return False
    return not _DETAIL.sub("", timed.phrase.text[: timed.time.start])


def _in_told_year(hearing: Hearing, cue: SinceCue, timed: Timed, times: list[Timed]) -> DateRange | None:
    """A month and day without a year lie in the year told before: 还是2022年，不过是2月10日."""
    if not isinstance(timed.time, SpokenDate) or timed.time.dated or timed.time.days.lo is None:
        return None
    told = [t.time.days for t in times if isinstance(t.time, SpokenDate) and t.time.dated]
    known = hearing.known.get(cue.fact)
    if not told and (inside := in_known_year(timed.time.days, known)) is not None:
        return inside
    before = [known] if isinstance(known, DateRange) else []
    years = {days.lo.year for days in told or before if days.lo and days.hi and days.lo.year == days.hi.year}
    away = years.pop() - timed.time.days.lo.year if len(years) == 1 else 0
    return shift_years(timed.time.days, away) if away else None


def _in_reached_year(timed: Timed, finds: list[Find]) -> DateRange | None:
    """2023年2月满一年，2月15号的照: a day without a year, inside the time that the age comes to."""
    if not isinstance(timed.time, SpokenDate) or timed.time.dated:
        return None
    return next((d for f in finds if (d := in_known_year(timed.time.days, f.value)) is not None), None)


def _since_a_span(times: list[Timed], at: int, days: DateRange) -> DateRange:
    """2020年2月到3月注册的: some day between, as far as the applicant knows."""
    first = times[at - 1] if at else None
    if first is None or first.phrase is not times[at].phrase or not isinstance(first.time, SpokenDate):
        return days
    between = first.phrase.text[first.time.end : times[at].time.start]
    in_order = first.time.days.lo and days.hi and first.time.days.lo <= days.hi
    return DateRange(first.time.days.lo, days.hi) if SPAN.fullmatch(between) and in_order else days


def _asked_for_time(hearing: Hearing) -> bool:
    usage, until = hearing.cues.usage, hearing.cues.until
    return hearing.asked is not None and hearing.asked in {usage and usage.fact, until and until.fact}


def _began(timed: Timed, as_of: date) -> DateRange:
    if isinstance(timed.time, Duration):
        return since(timed.time, as_of)
    lo, hi = timed.time.days.lo, timed.time.days.hi
    if lo is not None and hi is not None and lo <= as_of < hi:
        return DateRange(lo, as_of)  # 今年成立的 was this year, but not after today
    return timed.time.days
