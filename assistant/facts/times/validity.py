"""Until when a certificate is valid: from its last day, from what remains, or from its issue with its years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Find, Hearing
from assistant.facts.spoken.dates import SpokenDate, find_dates
from assistant.facts.spoken.days import in_year, months_before, shift_years
from assistant.facts.spoken.durations import Duration
from assistant.facts.times.by_itself import is_by_itself
from assistant.facts.times.read import Timed
from knowledge.cues import UntilCue
from knowledge.facts import DateRange

_PASSED_TO_ISSUED = Decimal(3)
"""Months that may lie between passing and the certificate's own date."""
_NEARBY = 3
"""Phrases before one that names nothing, among which its subject is looked for."""
_NOT = re.compile("[不没未](?!到)|不到期|没到期")
_REMAINS = re.compile(
    "(?:还有|还剩|剩下?|仅剩|还能用|只剩|不到|离到期还有|再过|再有|还差)(?:下|了|大概|差不多|约)?$"
)
_ISSUED = re.compile("(?:[是于在就才刚, ]|日期|时间)*(?:颁发|颁的|下发|发放|[发拿领]的|取得)[的了]*")
_LEFT = re.compile(
    "(?:效期?(?:上|也|都|大概|差不多|只|仅|就)*(?:还?[有剩]|还能用)|证书?(?:还|只|就|也|大概)*剩)(?:下|了|大概|差不多|约)*$"
)
"""有效期还剩40天: of the validity itself, whatever is left."""
_COMES = re.compile("(?:就|才|能|可以|会)*(?:下来|出来|发|下证|出证|拿|到手)")
"""证还剩两个月下来: of a certificate that is waited for."""
_YEARS_LEFT = re.compile(
    "(?:证书?|有效期)(?:上|也|都|大概|差不多)*(?:还有|还剩|剩下?|还能用)(?:下|了|大概|差不多|约)*[0-9一二两三半多]{1,2}年(?:半|多)?$"
)
"""贯标证还有两年: of a certificate, years that are left are those of its validity; months may be those until it comes."""


_RENEWED = re.compile(
    "(?<!没)(?<!未)(?<!有)(?<!不)(?<!能)(?:续|换发|延期|展期)(?:上|了|好|完|过|到|至|成|期)"
)
"""去年底到期了，今年续上，到2026年1月: of a renewed certificate the last day told."""


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
        asked = timed.kind == "" and hearing.asked == cue.fact and _answers(cue, timed)
        if (
            timed.kind != "until"
            and not (timed.kind == "validity" and isinstance(timed.time, SpokenDate))
            and not _is_left(timed)
            and not asked
        ):
            continue
        if timed.cue_start > timed.time.end and _NOT.search(phrase.text[timed.time.end : timed.cue_start]):
            continue  # 今年不到期
        days = _ends(hearing, timed)
        if days is not None:
            finds = [f for f in finds if f.phrase is not phrase]  # of 2020年6月至2023年6月, the later
            finds.append(hearing.find(cue.fact, days, phrase, timed.start, timed.end))
    if finds and hearing.mentions(_RENEWED):
        last = max(finds, key=_last_day)
        finds = [replace(last, phrase=replace(last.phrase, correction=True))]
    finds = finds or list(_by_issue(hearing, cue, times)) or list(_in_words(hearing, cue))
    return [*finds, *_issued(hearing, cue, times)]


def _answers(cue: UntilCue, timed: Timed) -> bool:
    """Whether a time may be what was asked for: the certificate's, or told by itself (not 今年刚换了会计)."""
    text = timed.phrase.text
    return bool(cue.subjects.search(text)) or is_by_itself(text, timed.time.start, timed.time.end)


def _last_day(find: Find) -> date:
    days = find.value
    return (isinstance(days, DateRange) and (days.hi or days.lo)) or date.min


def _speaks_of(hearing: Hearing, cue: UntilCue, phrase: Phrase) -> bool:
    if cue.other.search(phrase.text) or _last_named(hearing, cue, phrase) == "other":
        return False
    asked = hearing.asked == cue.fact or hearing.asked in cue.asked_with
    asked = asked or (phrase.hypothetical and cue.fact in hearing.expected)  # 那4月1号到期的行吗
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
        if timed.time.dated:
            return timed.time.days
        if hearing.mentions(_RENEWED):
            return _still_to_come(timed, as_of)
        return _in_the_year_told(hearing, timed) or nearer(timed, as_of)
    remains = _REMAINS.search(text[: timed.time.start]) or timed.time.later
    if not remains or timed.time.ago:
        return None
    slack, months = max(timed.time.loose), timed.time.months
    in_days = "天" in text[timed.time.start : timed.time.end]
    lo = as_of if months.lo is None else _after(as_of, months.lo - slack, in_days)
    return DateRange(lo, None if months.hi is None else _after(as_of, months.hi + slack, in_days))


def _after(day: date, months: Decimal, in_days: bool) -> date:
    """So long after a day; days that were counted are counted one by one."""
    return day + timedelta(days=round(months * 30)) if in_days else months_before(day, -months)


def _is_left(timed: Timed) -> bool:
    """有效期还剩40天, 贯标证还有两年: a length that is left of the validity."""
    text, length = timed.phrase.text, timed.time
    if timed.kind not in {"", "passing", "validity"} or not isinstance(length, Duration):
        return False
    left = _LEFT.search(text[: length.start]) and not _COMES.match(text, length.end)
    return bool(left or _YEARS_LEFT.search(text[: length.end]))


def _in_the_year_told(hearing: Hearing, timed: Timed) -> DateRange | None:
    """证书2025年3月31日到期 … 那4月1日呢: of the year that was told before."""
    assert hearing.cues.until is not None and isinstance(timed.time, SpokenDate)  # noqa: S101, PT018
    known = hearing.known.get(hearing.cues.until.fact)
    if not isinstance(known, DateRange) or known.lo is None or known.hi is None:
        return None
    return in_year(timed.time.days, known.lo.year) if known.lo.year == known.hi.year else None


def _still_to_come(timed: Timed, as_of: date) -> DateRange | None:
    """The next such days after the day of asking."""
    days = find_dates(timed.phrase.text, as_of, "future")
    return next((day.days for day in days if day.start == timed.time.start), None)


def nearer(timed: Timed, as_of: date) -> DateRange | None:
    """3月底到期, no year said: the next one unless it is said to be past, or was only weeks ago."""
    assert isinstance(timed.time, SpokenDate)  # noqa: S101 - the caller has asked
    past, text = timed.time.days, timed.phrase.text
    ahead = _still_to_come(timed, as_of)
    if ahead is None or past.hi is None or ahead.lo is None or re.search("已|早就|过期了|失效了", text):
        return past
    if as_of - past.hi > timedelta(days=70) or re.search("才|要到|还没", text):
        return ahead
    return past if re.search("刚(?!好)", text) else DateRange(past.lo, ahead.hi)


def _by_issue(hearing: Hearing, cue: UntilCue, times: list[Timed]) -> Iterator[Find]:
    """2020年6月发证，三年有效: until the same time three years on, or the day before."""
    issued = [t for t in times if isinstance(t.time, SpokenDate) and (t.kind == "issue" or _passed(cue, t))]
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
        if days.hi and _passed(cue, start):
            days = DateRange(days.lo, months_before(days.hi, -_PASSED_TO_ISSUED))
        end = length.phrase.start + length.end
        first = start.phrase.start + start.start
        yield Find(
            cue.fact, days, min(first, length.phrase.start + length.start), max(end, first), length.phrase
        )


def _issued(hearing: Hearing, cue: UntilCue, times: list[Timed]) -> Iterator[Find]:
    """证书是AA级贯标，2022年8月22日颁发: of the certificate named before, that it was issued on a day that is past."""
    for timed in times:
        phrase = timed.phrase
        if not cue.issued_fact or timed.kind != "issue" or not isinstance(timed.time, SpokenDate):
            continue
        told = phrase.text[: timed.time.start] + phrase.text[timed.time.end :]
        past = timed.time.dated and timed.time.days.hi is not None and timed.time.days.hi <= hearing.as_of
        if not past or not _ISSUED.fullmatch(told) or _last_named(hearing, cue, phrase) != "subject":
            continue
        if hearing.is_own(phrase, timed.start, timed.end):
            yield hearing.find(cue.issued_fact, True, phrase, timed.start, timed.end)


def _passed(cue: UntilCue, timed: Timed) -> bool:
    """贯标2020年6月通过, 2021年过的: the certificate's own date is about then, or a little later."""
    behind = cue.issue.match(timed.phrase.text, timed.time.end)
    return timed.kind in {"issue", "passing"} and behind is not None and "过" in behind.group()


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
