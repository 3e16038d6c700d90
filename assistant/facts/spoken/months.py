"""Months of continuous use inside the counting period, from what was said of its beginning or its length."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from assistant.facts.spoken.dates import SpokenDate
from assistant.facts.spoken.durations import Duration, since
from knowledge.cues import UsageCue
from knowledge.facts import DateRange, NumberRange


def months_of_use(said: SpokenDate | Duration, cue: UsageCue, as_of: date) -> NumberRange | None:
    """用了半年, 去年8月起; None for a start that is still to come.

    What began is counted to the end of the period, whenever it is asked: a service that counts is in use until then.
    """
    if isinstance(said, SpokenDate):
        return _since_start(said.days, cue, as_of)
    if said.ago:
        return _since_start(since(said, as_of), cue, as_of)
    if said.bound == "full" and said.months.lo is not None:
        return NumberRange.exactly(said.months.lo)  # 用满三个月: who has used it longer says so
    return in_hundredths(said.months)


def months_between(begun: DateRange, ended: DateRange, cue: UsageCue) -> NumberRange | None:
    """Of a use that began and ended in these times, the months inside the period; None where they are out of order."""
    if None in (begun.lo, begun.hi, ended.lo, ended.hi) or begun.lo > ended.hi:  # type: ignore[operator]
        return None
    first, last = (max(day, cue.period_from) for day in (begun.lo, begun.hi) if day)
    end, least_end = (min(day, cue.period_to) for day in (ended.hi, ended.lo) if day)
    return NumberRange(_between(last, least_end), _between(first, end))


def in_hundredths(months: NumberRange) -> NumberRange:
    """Months of two decimals at most: 50 days are 1.66. Cut off, since rounding up could reach what is not reached."""
    lo, hi = (end and _cut_off(end) for end in (months.lo, months.hi))
    return NumberRange(lo, hi, months.open)


def _cut_off(months: Decimal) -> Decimal:
    return months.quantize(Decimal("0.01"), ROUND_FLOOR).normalize() + 0


def _since_start(days: DateRange, cue: UsageCue, as_of: date) -> NumberRange | None:
    """From the start to the last day that counts; a start before the period counts from its first day."""
    begun = min(as_of, cue.period_to)
    if days.lo is None or days.hi is None or days.lo > as_of:
        return None
    if days.lo > begun:
        return NumberRange.exactly(0)  # taken into use when the period was over
    early, late = (max(day, cue.period_from) for day in (days.lo, min(days.hi, begun)))
    return NumberRange(_between(late, cue.period_to), _between(early, cue.period_to))


def _between(first: date, last: date) -> Decimal:
    """Months from the first day to the last, both included; broken months as 30ths, two figures."""
    after = last + timedelta(days=1)
    whole = (after.year - first.year) * 12 + after.month - first.month
    days = after.day - first.day
    return max(round(Decimal(whole) + Decimal(days) / 30, 2), Decimal(0)).normalize() + 0
