"""For how long each kind of record is kept, and the deletion of what is older."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update

from assistant.records.accounts import SIGNED_IN_FOR
from assistant.records.audit import write_entry
from assistant.records.database import Database
from assistant.records.limits import MINUTE_MS
from assistant.records.tables import (
    AdmissionRow,
    AuditRow,
    MessageRow,
    ProposalRow,
    RequestRow,
    SessionRow,
    SignInRow,
    Table,
    TicketRow,
    UsageRow,
)

_BATCH = 500
"""Rows deleted in one transaction, so that nobody who answers waits for long."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long after its last change each kind of record is kept.

    `tickets` are those that are closed, `proposals` those that were sent back; `sessions` is what a conversation
    knows, `requests` the marks of requests with a key.
    """

    messages: timedelta = timedelta(days=365)
    feedback: timedelta = timedelta(days=365)
    tickets: timedelta = timedelta(days=730)
    proposals: timedelta = timedelta(days=365)
    audit: timedelta = timedelta(days=1095)
    sessions: timedelta = timedelta(hours=2)
    requests: timedelta = timedelta(days=1)


DEFAULT_RETENTION = Retention()
TOLD = ("messages", "feedback", "tickets", "proposals", "audit")
"""Kinds whose deletion is written into the audit log; the others run out every few minutes."""


@dataclass(frozen=True, slots=True)
class _Due:
    """Rows that are too old: they are deleted, or what they say (`emptied`) is."""

    table: type[Table]
    old: Sequence[ColumnElement[bool]]
    emptied: Mapping[str, Any] = field(default_factory=dict)


class Pruning:
    """Deletes what is older than the policy allows."""

    def __init__(self, database: Database, clock: Callable[[], datetime], retention: Retention) -> None:
        self._database, self._clock, self._retention = database, clock, retention

    def due(self) -> Mapping[str, int]:
        """Kind → how many records are too old now."""
        counted = {}
        with self._database.read() as session:
            for kind, due in self._due().items():
                counted[kind] = (
                    session.scalar(select(func.count()).select_from(due.table).where(*due.old)) or 0
                )
        return counted

    def prune(self, actor: str, goes_on: Callable[[], bool] = lambda: True) -> Mapping[str, int]:
        """Delete them, a few at a time as long as `goes_on`; kind → how many are gone."""
        gone = dict.fromkeys(self._due(), 0)
        for kind, due in self._due().items():
            while goes_on() and (done := self._some(due)):
                gone[kind] += done
                if done < _BATCH:
                    break
        told = {kind: gone[kind] for kind in TOLD if gone[kind]}
        if told:
            with self._database.begin() as session:
                write_entry(session, self._clock(), actor, "records.prune", "records", None, told)
        return gone

    def _some(self, due: _Due) -> int:
        key = list(due.table.__table__.primary_key)
        with self._database.begin() as session:
            if len(key) > 1:
                return len(session.execute(delete(due.table).where(*due.old).returning(key[0])).all())
            chosen = key[0].in_(session.scalars(select(key[0]).where(*due.old).limit(_BATCH)).all())
            change = update(due.table).values(due.emptied) if due.emptied else delete(due.table)
            return len(session.execute(change.where(chosen).returning(key[0])).all())

    def _due(self) -> Mapping[str, _Due]:
        now, kept = self._clock(), self._retention
        seconds = int(now.timestamp())
        unrated = {"rating": None, "rating_reason": "", "rated_at": None}
        refused, closed = ProposalRow.state == "rejected", TicketRow.state == "closed"
        return {
            "messages": _Due(MessageRow, [MessageRow.asked_at < now - kept.messages]),
            "feedback": _Due(MessageRow, [MessageRow.rated_at < now - kept.feedback], unrated),
            "tickets": _Due(TicketRow, [closed, TicketRow.closed_at < now - kept.tickets]),
            "proposals": _Due(ProposalRow, [refused, ProposalRow.reviewed_at < now - kept.proposals]),
            "audit": _Due(AuditRow, [AuditRow.at < now - kept.audit]),
            "sessions": _Due(SessionRow, [SessionRow.used_at < now - kept.sessions]),
            "requests": _Due(RequestRow, [RequestRow.kept_at < now - kept.requests]),
            "sign_ins": _Due(SignInRow, [SignInRow.used_at < now - SIGNED_IN_FOR]),
            "usage": _Due(UsageRow, [UsageRow.began < seconds - 2 * 86_400]),
            "admissions": _Due(AdmissionRow, [AdmissionRow.at <= seconds * 1000 - MINUTE_MS]),
        }
