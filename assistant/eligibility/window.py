"""When a category may be applied for (四、（一）, 五、1): Reading 2."""

from __future__ import annotations

from datetime import date

from knowledge.models import Notice, Window, WindowStatus


def last_day(window: Window) -> date:
    """The last possible day of application; the bureaus' own day where each locality sets its dates."""
    return window.closes_on or window.bureau_deadline


def application_days(notice: Notice, category: str, as_of: date) -> tuple[date, date]:
    """The earliest and the last day on which who asks on `as_of` may apply.

    An `as_of` after the last day counts as the last day. A category without a window is applied for on `as_of`.
    """
    window = notice.window(category)
    if window is None:
        return as_of, as_of
    last = last_day(window)
    return min(max(as_of, window.opens_on), last), last


def window_status(notice: Notice, category: str, as_of: date) -> WindowStatus | None:
    """Whether the window is open on `as_of`; None where the notice gives the category no window."""
    window = notice.window(category)
    if window is None:
        return None
    if as_of < window.opens_on:
        return "not_open"
    if as_of > last_day(window):
        return "closed"
    return "set_locally" if window.set_locally else "open"
