"""What only one of several processes does at a time: who has it, and until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, text

from assistant.records.database import Database
from assistant.records.tables import Moment

_TAKE = text(
    "INSERT INTO leases (name, holder, until) VALUES (:name, :holder, :until) "
    "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until "
    "WHERE leases.holder = excluded.holder OR leases.until <= :now RETURNING holder"
).bindparams(bindparam("until", type_=Moment), bindparam("now", type_=Moment))


class Leases:
    """Gives a task to one holder at a time. Whoever dies with a lease holds it until it runs out."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def take(self, name: str, holder: str, duration: timedelta) -> bool:
        """Whether `holder` has the task from now on for `duration`, or has it still; False when another has it."""
        now = self._clock()
        with self._database.begin() as session:
            given = {"name": name, "holder": holder, "until": now + duration, "now": now}
            return session.scalar(_TAKE, given) is not None
