"""Budgets of requests, kept in the database, so that they hold over all processes together.

A budget of a minute is a sliding window: every request that is let in is kept for a minute, and at no moment have
more than its limit been let in within the minute before. A budget of a day is the calendar's, in Beijing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Literal

from sqlalchemy import text
from sqlalchemy.orm import Session as Transaction

from assistant.records.database import Database
from knowledge.errors import LimitReached

MINUTE_MS, _DAY = 60_000, 86_400
_BEIJING_OFFSET = int(timedelta(hours=8).total_seconds())
# SQLite lets one writer in at a time. PostgreSQL must be told that the same budget is not counted twice at once.
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:budget, 0))")
_FORGET = text("DELETE FROM admissions WHERE budget = :budget AND at <= :since")
_LET_IN = text(
    "INSERT INTO admissions (budget, at) SELECT CAST(:budget AS TEXT), CAST(:now AS BIGINT) "
    "WHERE (SELECT count(*) FROM admissions WHERE budget = :budget AND at > :since) < :limit RETURNING id"
)
_FIRST_TO_LEAVE = text(
    "SELECT at FROM admissions WHERE budget = :budget AND at > :since ORDER BY at DESC LIMIT 1 OFFSET :before"
)
_TAKE = text(
    "INSERT INTO usage (budget, began, used) VALUES (:budget, :began, 1) "
    "ON CONFLICT (budget, began) DO UPDATE SET used = usage.used + 1 RETURNING used"
)


@dataclass(frozen=True, slots=True)
class Budget:
    """So many requests of one kind within any minute, or within a day in Beijing; `told` names it in Chinese."""

    key: str
    limit: int
    period: Literal["minute", "day"]
    told: str


class Limits:
    """Takes one from each of several budgets, or from none."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def take(self, budgets: Sequence[Budget]) -> None:
        """Count one request. Raises LimitReached when a budget is used up; then nothing is counted.

        `retry_after` is the first second at which the budget has room again, if nobody else takes it.
        """
        now = int(self._clock().timestamp() * 1000)
        with self._database.begin() as session:
            # In one order everywhere: two requests never wait for each other's rows.
            for budget in sorted(budgets, key=lambda budget: budget.key):
                if budget.period == "day":
                    _take_of_day(session, budget, now // 1000)
                else:
                    _let_in(session, budget, now)


def _let_in(session: Transaction, budget: Budget, now: int) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_ALONE, {"budget": budget.key})
    within = {"budget": budget.key, "since": now - MINUTE_MS}
    session.execute(_FORGET, within)
    if session.scalar(_LET_IN, within | {"now": now, "limit": budget.limit}) is not None:
        return
    first = session.scalar(_FIRST_TO_LEAVE, within | {"before": budget.limit - 1})
    wait = MINUTE_MS if first is None else first + MINUTE_MS - now
    raise LimitReached(f"{budget.told}，请稍后再试", max(1, ceil(wait / 1000)))


def began_day(now: int) -> int:
    """The second (since 1970) at which the day in Beijing began in which `now` lies."""
    return (now + _BEIJING_OFFSET) // _DAY * _DAY - _BEIJING_OFFSET


def _take_of_day(session: Transaction, budget: Budget, now: int) -> None:
    began = began_day(now)
    used = session.scalar(_TAKE, {"budget": budget.key, "began": began})
    if used is not None and used > budget.limit:
        raise LimitReached(f"{budget.told}，请稍后再试", began + _DAY - now)
