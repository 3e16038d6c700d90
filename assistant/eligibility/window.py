"""When a category may be applied for (四、（一）, 五、1): Reading 2."""

from __future__ import annotations

from datetime import date

from knowledge.models import Notice, WindowStatus


def application_days(notice: Notice, category: str, as_of: date) -> tuple[date, date]:
    """The earliest and the last day on which who asks on `as_of` may apply.

    An `as_of` after the last day counts as the last day. A category without a window is applied for on `as_of`.
    """
    window = notice.window(category)
    if window is None:
        return as_of, as_of
    first, last = window.opens_on or as_of, window.last_day or max(as_of, window.opens_on or as_of)
    return min(max(as_of, first), last), last


def window_status(notice: Notice, category: str, as_of: date) -> WindowStatus | None:
    """Whether the window is open on `as_of`; None where the notice gives the category no window."""
    window = notice.window(category)
    if window is None:
        return None
    if window.opens_on is not None and as_of < window.opens_on:
        return "not_open"
    if window.last_day is not None and as_of > window.last_day:
        return "closed"
    return "set_locally" if window.closes_on is None else "open"
