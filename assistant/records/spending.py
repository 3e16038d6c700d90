"""What the language model used today, counted in the database, so that a budget holds over all processes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import text

from assistant.records.database import Database
from assistant.records.limits import began_day

_ADD = text(
    "INSERT INTO usage (budget, began, used) VALUES (:budget, :began, :at_first) "
    "ON CONFLICT (budget, began) DO UPDATE SET "
    "used = CASE WHEN usage.used + :amount < 0 THEN 0 ELSE usage.used + :amount END RETURNING used"
)


class Spending:
    """The ledger of all processes together; a day is one in Beijing."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def add(self, name: str, amount: int) -> int:
        """Add an amount, negative to give back, and tell the day's total. Raises StorageUnavailable."""
        values = {
            "budget": name,
            "began": began_day(int(self._clock().timestamp())),
            "amount": amount,
            "at_first": max(0, amount),
        }
        with self._database.begin() as transaction:
            return int(transaction.scalar(_ADD, values) or 0)
