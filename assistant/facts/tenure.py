"""When the applicant was registered and until when its certificate is valid, from dates and ages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from assistant.facts.dates import SpokenDate, find_dates, shift_years
from assistant.facts.durations import Duration, months_before, since
from assistant.facts.reading import Find, Hearing
from assistant.facts.times import Timed
from assistant.facts.utterance import Phrase
from knowledge.cues import SinceCue, UntilCue
from knowledge.facts import DateRange

_JUST_BEGUN = re.compile(
    "(?:刚刚?|(?<!重)新|才|今年才)(?:成立|注册|创立|开办|设立)(?!满|了?[0-9一二两三四五六七八九十半几]|资|的?团队|的?部门)"
)
_RECENT_MONTHS = Decimal(9)
_FULL_ON = re.compile("[前后时，, ]*(?:我们|公司|成立|注册)*(?:也|就|才|刚|正)?(?:刚好|正好)?(?:满|到|够)?")
_ONE_OF_SEVERAL = re.compile("[有其另这那]一?[个项款套种](?!月|公司|企业|厂)|其中|最[短少长]")
_PERIOD = re.compile("[近这]|最近|过去")
"""What makes years a period of which something is told (近三年的), and no age."""
_NEARBY = 3
"""Phrases before one that names nothing, among which its subject is looked for."""
_SHORT_OF = re.compile("(?:还)?(?:差|缺)(?:不多)?$")
_PARTICLES = re.compile(
    "我们|公司|企业|如果|要是|已经|应该|其实|准确|[说记写]?错了?|不对|[才刚都了的也是那不满到在 ]"
)
_BEGINS = re.compile("(?:那天|当天)?(?:才|就|刚)?(?:开始|起(?!家))(?!营业|经营|运营)")
"""从11月29号开始: what begins on a day is in use, or counts, from then on; a firm is registered on it."""
_DETAIL = re.compile("不过|具体|准确|确切|应该|日期|[是的为在：: ]")
_NOT = re.compile("[不没未](?!到)|不到期|没到期")
_REMAINS = re.compile(
    "(?:还有|还剩|剩下?|仅剩|还能用|只剩|不到|离到期还有|再过|再有|还差)(?:下|了|大概|差不多|约)?$"
)


def read_since(hearing: Hearing, times: list[Timed]) -> list[Find]:
    """The day of registration: from a date, an age, or 刚成立."""
    cue = hearing.cues.since
    if cue is None:
        return []
    finds = list(_paired(hearing, cue, times))
    paired = {(f.phrase.start, f.phrase.text) for f in finds}
    for at, timed in enumerate(times):
        phrase = timed.phrase
        if (phrase.start, phrase.text) in paired or not _is_since(hearing, cue, times, at):
            continue
        days = _in_told_year(hearing, cue, timed, times) or _began(timed, hearing.as_of)
        if hearing.is_own(phrase, timed.start, timed.end):
            finds.append(hearing.find(cue.fact, days, phrase, timed.start, timed.end))
    for phrase in hearing.phrases:
        match = _JUST_BEGUN.search(phrase.text)
        if (
            match
            and not any(t.phrase is phrase for t in times)
            and hearing.is_own(phrase, match.start(), match.end())
        ):
            recent = DateRange(months_before(hearing.as_of, _RECENT_MONTHS), hearing.as_of)
            finds.append(hearing.find(cue.fact, recent, phrase, match.start(), match.end(), weak=True))
    return finds


def _is_since(hearing: Hearing, cue: SinceCue, times: list[Timed], at: int) -> bool:
    timed = times[at]
    if _BEGINS.match(timed.phrase.text, timed.time.end) and timed.kind != "since":
        return False
    if timed.kind:
        return timed.kind == "since" and not cue.other.search(timed.phrase.text)
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
        return anew and not _of_something_else(hearing, timed.phrase)
    if timed.phrase.correction and isinstance(timed.time, SpokenDate) and not _asked_for_time(hearing):
        dated = timed.time.dated and not _of_something_else(hearing, timed.phrase)
        return alone and dated  # 说错了，是2018年: the date that every applicant tells
    # A bare age in a talk about a category whose years are years of registration: 「不满三年能报吗」
    by_years = isinstance(timed.time, Duration) and "年" in timed.phrase.text and timed.time.bound != "about"
    by_years = by_years and not _PERIOD.match(said)
    return bool(alone and by_years and hearing.category in cue.categories) and len(times) == 1


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
    before = [known] if isinstance(known, DateRange) else []
    years = {days.lo.year for days in told or before if days.lo and days.hi and days.lo.year == days.hi.year}
    away = years.pop() - timed.time.days.lo.year if len(years) == 1 else 0
    return shift_years(timed.time.days, away) if away else None


def _of_something_else(hearing: Hearing, phrase: Phrase) -> bool:
    """Whether a time by itself is a service's or a certificate's: 有一个是才两个半月; 证书不是26年到，是25年."""
    usage, until = hearing.cues.usage, hearing.cues.until
    others = [usage and usage.things, until and until.subjects, _ONE_OF_SEVERAL]
    sentence = hearing.sentence(phrase)
    return any(words.search(sentence) for words in others if words)


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


def _paired(hearing: Hearing, cue: SinceCue, times: list[Timed]) -> Iterator[Find]:
    """明年3月满三年, 还差两个月满三年: the age is reached on a day told beside it."""
    for first, second in pairwise(times):
        if first.phrase is not second.phrase or not isinstance(second.time, Duration):
            continue
        text, between = first.phrase.text, first.phrase.text[first.time.end : second.time.start]
        if not re.search("[年岁]", text[second.time.start : second.time.end]):
            continue  # 到下个月就满三个月: firms are counted in years, services in months
        if (
            not any(t.kind == "since" for t in (first, second))
            and hearing.asked != cue.fact
            and "满" not in text
        ):
            continue
        said_full = second.time.bound in {"full", "just", "exactly"} or "满" in between or "到" in between
        age = second.time.months.lo
        days: DateRange | None = None
        if (
            isinstance(first.time, SpokenDate)
            and _FULL_ON.fullmatch(between)
            and said_full
            and age is not None
        ):
            reached = first.time.days if first.time.dated else _nearer(first, hearing.as_of)
            lo, hi = (reached.lo, reached.hi) if reached else (None, None)
            days = DateRange(lo and months_before(lo, age), hi and months_before(hi, age))
        elif (
            isinstance(first.time, Duration)
            and _SHORT_OF.search(text[: first.time.start])
            and age is not None
        ):
            left = first.time.months.exact
            if left is not None and re.fullmatch("[就才]?(?:满|到|够|成立)?", between.strip()):
                day = months_before(hearing.as_of, age - left)
                days = DateRange(day - timedelta(days=15), day + timedelta(days=15))
        elif isinstance(first.time, Duration) and re.fullmatch("还?[差缺少]", between.strip()):
            whole, short = first.time.months.exact, second.time.months.exact
            if whole is not None and short is not None:  # 注册三年差五天
                day = months_before(hearing.as_of, whole - short)
                days = DateRange(day - timedelta(days=15), day + timedelta(days=15))
        if days is not None and hearing.is_own(first.phrase, first.start, second.end):
            yield hearing.find(cue.fact, days, first.phrase, first.start, second.end)


def read_until(hearing: Hearing, times: list[Timed]) -> list[Find]:
    """The last day of a certificate's validity: a date, what remains, or the day of issue with its years."""
    cue = hearing.cues.until
    if cue is None:
        return []
    finds: list[Find] = []
    for timed in times:
        phrase = timed.phrase
        if not _speaks_of(hearing, cue, phrase) or not hearing.is_own(phrase, timed.start, timed.end):
            continue
        asked = timed.kind == "" and hearing.asked == cue.fact
        if (
            timed.kind != "until"
            and not (timed.kind == "validity" and isinstance(timed.time, SpokenDate))
            and not asked
        ):
            continue
        if timed.cue_start > timed.time.end and _NOT.search(phrase.text[timed.time.end : timed.cue_start]):
            continue  # 今年不到期
        days = _ends(hearing, timed)
        if days is not None:
            finds = [f for f in finds if f.phrase is not phrase]  # of 2020年6月至2023年6月, the later
            finds.append(hearing.find(cue.fact, days, phrase, timed.start, timed.end))
    return finds or list(_by_issue(hearing, cue, times)) or list(_in_words(hearing, cue))


def _speaks_of(hearing: Hearing, cue: UntilCue, phrase: Phrase) -> bool:
    if cue.other.search(phrase.text) or _last_named(hearing, cue, phrase) == "other":
        return False
    asked = hearing.asked == cue.fact or hearing.asked in cue.asked_with
    return asked or bool(cue.subjects.search(hearing.sentence(phrase)))


def _last_named(hearing: Hearing, cue: UntilCue, phrase: Phrase) -> str:
    """What the sentence named last before a phrase that names nothing: 高企2020年发证，2023年12月到期."""
    if cue.subjects.search(phrase.text):
        return "subject"
    sentence = (p.text for p in hearing.phrases[: phrase.position] if p.sentence == phrase.sentence)
    for before in reversed(list(sentence)[-_NEARBY:]):
        if cue.other.search(before):
            return "other"
        if cue.subjects.search(before):
            return "subject"
    return ""


def _ends(hearing: Hearing, timed: Timed) -> DateRange | None:
    text, as_of = timed.phrase.text, hearing.as_of
    if isinstance(timed.time, SpokenDate):
        if not timed.time.dated:
            return _nearer(timed, as_of)
        return timed.time.days
    remains = _REMAINS.search(text[: timed.time.start]) or timed.time.later
    exact = timed.time.months.exact
    if not remains or exact is None or timed.time.ago:
        return None
    slack = max(timed.time.loose)
    return DateRange(months_before(as_of, -(exact - slack)), months_before(as_of, -(exact + slack)))


def _nearer(timed: Timed, as_of: date) -> DateRange | None:
    """3月底到期, no year said: the next one unless it is said to be past, or was only weeks ago."""
    assert isinstance(timed.time, SpokenDate)  # noqa: S101 - the caller has asked
    past, text = timed.time.days, timed.phrase.text
    ahead = next((d for d in find_dates(text, as_of, "future") if d.start == timed.time.start), None)
    if ahead is None or past.hi is None or ahead.days.lo is None or re.search("已|早就|过期了|失效了", text):
        return past
    weeks_ago = as_of - past.hi <= timedelta(days=70) and not re.search("才|要到|还没", text)
    return DateRange(past.lo, ahead.days.hi) if weeks_ago else ahead.days


def _by_issue(hearing: Hearing, cue: UntilCue, times: list[Timed]) -> Iterator[Find]:
    """2020年6月发证，三年有效: until the same time three years on, or the day before."""
    issued = [t for t in times if t.kind == "issue" and isinstance(t.time, SpokenDate)]
    valid = [t for t in times if t.kind in {"validity", "until"} and isinstance(t.time, Duration)]
    for start, length in zip(issued, valid, strict=False):
        years = length.time.months.exact if isinstance(length.time, Duration) else None
        if years is None or years % 12 or not isinstance(start.time, SpokenDate):
            continue
        if not _speaks_of(hearing, cue, start.phrase) and not _speaks_of(hearing, cue, length.phrase):
            continue
        if not hearing.is_own(start.phrase, start.start, start.end):
            continue
        days = shift_years(start.time.days, int(years) // 12)
        if days.exact:
            days = DateRange(days.exact - timedelta(days=1), days.exact)
        end = length.phrase.start + length.end
        first = start.phrase.start + start.start
        yield Find(
            cue.fact, days, min(first, length.phrase.start + length.start), max(end, first), length.phrase
        )


def _in_words(hearing: Hearing, cue: UntilCue) -> Iterator[Find]:
    """已经过期了, 还在有效期内."""
    for phrase in hearing.phrases:
        still, gone = cue.still_valid.search(phrase.text), cue.expired.search(phrase.text)
        match = still or gone
        if (
            match is None
            or not _speaks_of(hearing, cue, phrase)
            or re.search("快|马上|即将|后|前", phrase.text)
        ):
            continue
        if hearing.is_own(phrase, match.start(), match.end()):
            as_of = hearing.as_of
            days = DateRange(as_of, None) if still else DateRange(None, as_of - timedelta(days=1))
            yield hearing.find(cue.fact, days, phrase, match.start(), match.end(), weak=True)
