"""Requests that their senders gave a key, so that one that is sent again is not carried out again.

A request is marked in the transaction that carries it out: either both are kept or neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from assistant.records.database import Database
from assistant.records.tables import RequestRow
from assistant.session_store import RequestKey
from knowledge.errors import KeyReused, StateConflict

_ATTEMPTS = 3


class SentAgain(Exception):
    """The same request was carried out between looking for it and keeping it; nothing of it is kept twice."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request: the message that answered it, or the ticket that it opened, or neither."""

    message_id: str | None
    ticket_id: int | None


class Requests:
    """Knows each request for `kept_for` after it was carried out."""

    def __init__(self, database: Database, clock: Callable[[], datetime], kept_for: timedelta) -> None:
        self._database, self._clock, self._kept_for = database, clock, kept_for

    @property
    def oldest(self) -> datetime:
        """What was kept before this is known no longer."""
        return self._clock() - self._kept_for

    def find(self, request: RequestKey) -> Outcome | None:
        """What came of the request, None when it is new. Raises KeyReused where its key stood for another."""
        with self._database.read() as session:
            row = session.get(RequestRow, (request.scope, request.key))
        if row is None or row.kept_at < self.oldest:
            return None
        if row.digest != request.digest:
            raise KeyReused("这个 Idempotency-Key 已用于内容不同的请求，请为每个请求另取一个")
        return Outcome(row.message_id, row.ticket_id)

    def keep(
        self, request: RequestKey, *, message_id: str | None = None, ticket_id: int | None = None
    ) -> None:
        """Mark the request as carried out, within the transaction under way. Raises SentAgain."""
        with self._database.begin() as session:
            same = (RequestRow.scope == request.scope, RequestRow.key == request.key)
            session.execute(delete(RequestRow).where(*same, RequestRow.kept_at < self.oldest))
            session.add(
                RequestRow(
                    scope=request.scope,
                    key=request.key,
                    digest=request.digest,
                    kept_at=self._clock(),
                    message_id=message_id,
                    ticket_id=ticket_id,
                )
            )
            try:
                session.flush()
            except IntegrityError as error:
                raise SentAgain from error

    def once(self, request: RequestKey | None, work: Callable[[], int | None]) -> int | None:
        """Do `work`, which gives a ticket's number or nothing; of a request sent again, what it gave before.

        The work and its mark are one transaction. Raises KeyReused, and what `work` raises.
        """
        for _ in range(_ATTEMPTS):
            try:
                with self._database.begin():
                    before = None if request is None else self.find(request)
                    if before is not None:
                        return before.ticket_id
                    ticket_id = work()
                    if request is not None:
                        self.keep(request, ticket_id=ticket_id)
                    return ticket_id
            except SentAgain:
                continue
        raise StateConflict("同一请求正在别处处理，请稍后再试")
