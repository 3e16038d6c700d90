"""Budgets of requests, counted in the database, so that they hold over all processes together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import text
from sqlalchemy.orm import Session as Transaction

from assistant.records.database import Database
from knowledge.errors import LimitReached

Period = Literal["minute", "day"]
_SECONDS: dict[Period, int] = {"minute": 60, "day": 86_400}
_BEIJING_OFFSET = int(timedelta(hours=8).total_seconds())
_TAKE = text(
    "INSERT INTO usage (budget, began, used) VALUES (:budget, :began, 1) "
    "ON CONFLICT (budget, began) DO UPDATE SET used = usage.used + 1 RETURNING used"
)
_PURGE = text("DELETE FROM usage WHERE began < :before")


@dataclass(frozen=True, slots=True)
class Budget:
    """So many requests of one kind within a minute, or within a day in Beijing; `told` names it in Chinese."""

    key: str
    limit: int
    period: Period
    told: str


def began(now: int, period: Period) -> int:
    """The second (since 1970) at which the period began in which `now` lies; days are Beijing's."""
    seconds = _SECONDS[period]
    return (now + _BEIJING_OFFSET) // seconds * seconds - _BEIJING_OFFSET


class Limits:
    """Takes one from each of several budgets, or from none."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def take(self, budgets: Sequence[Budget]) -> None:
        """Count one request. Raises LimitReached when a budget is used up; then nothing is counted."""
        now = int(self._clock().timestamp())
        with self._database.begin() as session:
            # In one order everywhere: two requests never wait for each other's rows.
            for budget in sorted(budgets, key=lambda budget: budget.key):
                self._take(session, budget, now)

    def _take(self, session: Transaction, budget: Budget, now: int) -> None:
        start = began(now, budget.period)
        used = session.scalar(_TAKE, {"budget": budget.key, "began": start})
        if used is not None and used > budget.limit:
            raise LimitReached(f"{budget.told}，请稍后再试", start + _SECONDS[budget.period] - now)
        if used == 1 and budget.period == "day":
            session.execute(_PURGE, {"before": now - 2 * _SECONDS["day"]})
