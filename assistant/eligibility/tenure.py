"""Full years since a day (三、（一）1 单位注册时间): Readings 2 and 3."""

from __future__ import annotations

from datetime import date

from knowledge.facts import EARLIEST, LATEST, DateRange
from knowledge.rules import Status


def anniversary(day: date, years: int) -> date:
    """The day on which `years` are complete; for 29 February that is 28 February in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def complete_on(since: DateRange, years: int) -> DateRange:
    """The days on which `years` may be complete, as far as `since` is known."""
    return DateRange(
        None if since.lo is None else anniversary(since.lo, years),
        None if since.hi is None else anniversary(since.hi, years),
    )


def tenure_status(complete: DateRange, earliest: date, last: date) -> Status:
    """Complete on the earliest day of application: met; not even on the last: not_met; else in between.

    A later day never gives a better status, so the two ends of a range speak for every day between them.
    """
    best = _on(complete.lo or EARLIEST, earliest, last)
    return best if best == _on(complete.hi or LATEST, earliest, last) else "unknown"


def _on(complete: date, earliest: date, last: date) -> Status:
    if complete <= earliest:
        return "met"
    return "needs_confirmation" if complete <= last else "not_met"
