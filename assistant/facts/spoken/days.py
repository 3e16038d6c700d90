"""Days moved on the calendar: months before a day, the same days of another year, days without their year in a known one."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from knowledge.facts import DateRange, FactValue


def months_before(day: date, months: Decimal) -> date:
    """The day so many months before; a month's missing last days are its last day, fractions are days of 30."""
    whole = int(months)
    index = day.year * 12 + day.month - 1 - whole
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) - timedelta(days=round(float(months - whole) * 30))


def anniversary(day: date, year: int) -> date:
    """The same day of another year; 29 February becomes 28 where the year has none."""
    return (
        day.replace(year=year, day=28)
        if (day.month, day.day) == (2, 29) and not calendar.isleap(year)
        else day.replace(year=year)
    )


def shift_years(days: DateRange, years: int) -> DateRange:
    """The same days so many years later; 29 February becomes 28 where the year has none."""
    return DateRange(*(day and anniversary(day, day.year + years) for day in (days.lo, days.hi)))


def in_each_year(days: DateRange, known: DateRange) -> Iterator[DateRange]:
    """The same days of every year that the known days reach into, but for years without them."""
    if known.lo is not None and known.hi is not None:
        moved = (in_year(days, year) for year in range(known.lo.year, known.hi.year + 1))
        yield from (there for there in moved if there is not None)


def in_known_year(days: DateRange, known: FactValue | None) -> DateRange | None:
    """Days said without their year (2月份) inside the one year of what was said before (20年初) in which they lie there."""
    if not isinstance(known, DateRange) or None in (known.lo, known.hi, days.lo, days.hi):
        return None
    moved = in_each_year(_whole_month(days), known)
    inside = [d for d in moved if known.lo <= d.lo and d.hi <= known.hi]  # type: ignore[operator]
    return inside[0] if len(inside) == 1 else None


def _whole_month(days: DateRange) -> DateRange:
    """A month cut off at the day of asking, as a whole: in another year all of it has passed."""
    lo, hi = days.lo, days.hi
    if lo is None or hi is None or lo == hi or lo.day != 1 or (lo.year, lo.month) != (hi.year, hi.month):
        return days
    return DateRange(lo, hi.replace(day=calendar.monthrange(hi.year, hi.month)[1]))


def in_year(days: DateRange, year: int) -> DateRange | None:
    """The same days of another year, a whole month as a whole; None where it has no such day."""
    lo, hi = days.lo, days.hi
    if lo and hi and lo.day == 1 and hi == hi.replace(day=calendar.monthrange(hi.year, hi.month)[1]):
        last = calendar.monthrange(year, hi.month)[1]
        return DateRange(lo.replace(year=year), date(year, hi.month, last))
    try:
        return DateRange(*(day and day.replace(year=year) for day in (days.lo, days.hi)))
    except ValueError:  # 29 February
        return None
