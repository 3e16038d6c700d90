"""The one clock: the moment, and the day in Beijing. Only what starts a command or a service reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
"""Where days begin: the notices' own time."""


def now_utc() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def today_in_beijing() -> date:
    """The day of asking where a request names none."""
    return now_utc().astimezone(BEIJING).date()
