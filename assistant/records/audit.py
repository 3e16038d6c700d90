"""Who changed what at the desk. An entry is written in the transaction of the change that it tells of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.records.database import Database
from assistant.records.tables import AuditRow

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A change: `actor` did `action` (ticket.claim) to `subject` (ticket 7); what changed, before and after."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    before: Values | None
    after: Values | None


class Audit:
    """The log of changes, the newest first when read."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def record(
        self, actor: str, action: str, subject: str, before: Values | None = None, after: Values | None = None
    ) -> None:
        """Write an entry; inside `database.begin()` it is kept or undone with the rest."""
        with self._database.begin() as session:
            write_entry(session, self._clock(), actor, action, subject, before, after)

    def list(
        self, *, actor: str | None = None, subject: str | None = None, offset: int = 0, limit: int = 50
    ) -> tuple[AuditEntry, ...]:
        """Entries, newest first."""
        chosen = _chosen(actor, subject)
        with self._database.read() as session:
            rows = session.scalars(
                select(AuditRow).where(*chosen).order_by(AuditRow.id.desc()).offset(offset).limit(limit)
            )
            return tuple(
                AuditEntry(r.id, r.at, r.actor, r.action, r.subject, r.before, r.after) for r in rows
            )

    def count(self, *, actor: str | None = None, subject: str | None = None) -> int:
        """How many entries there are."""
        with self._database.read() as session:
            return session.scalar(select(func.count(AuditRow.id)).where(*_chosen(actor, subject))) or 0


def write_entry(
    session: Session,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Add an entry to a transaction under way."""
    session.add(
        AuditRow(
            at=at,
            actor=actor,
            action=action,
            subject=subject,
            before=None if before is None else dict(before),
            after=None if after is None else dict(after),
        )
    )


def _chosen(actor: str | None, subject: str | None) -> list[Any]:
    wanted = ((AuditRow.actor, actor), (AuditRow.subject, subject))
    return [column == value for column, value in wanted if value is not None]
