"""Sessions in the database: shared by all processes, kept over a restart.

A session is kept together with what was said in its turn, and only when nobody changed it meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Transaction

from assistant.records.conversations import Conversations
from assistant.records.database import Database
from assistant.records.requests import Requests, SentAgain
from assistant.records.tables import SessionRow
from assistant.records.tickets import Tickets
from assistant.reply import ChatReply
from assistant.sessions import CarriedOut, RequestKey, Said, Session, SessionMoved

_STRIPES = 256


class DatabaseSessions:
    """The SessionStore of `serve`: each turn is kept with its question and answer, or not at all."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        ttl: timedelta,
        conversations: Conversations,
        tickets: Tickets,
        requests: Requests,
    ) -> None:
        self._database, self._clock, self._ttl = database, clock, ttl
        self._conversations, self._tickets, self._requests = conversations, tickets, requests
        # Within a process turns of a session wait here; between processes the version tells who came second.
        self._turns = tuple(threading.RLock() for _ in range(_STRIPES))

    def get(self, session_id: str) -> Session | None:
        """The session, or None when it is unknown or has expired."""
        with self._database.read() as transaction:
            row = transaction.get(SessionRow, session_id)
        if row is None or row.used_at < self._clock() - self._ttl:
            return None
        return replace(_sessions().validate_json(row.state), version=row.version)

    def carried_out(self, request: RequestKey) -> CarriedOut | None:
        """What became of the request when it was sent before, if it was. Raises KeyReused."""
        outcome = self._requests.find(request)
        if outcome is None:
            return None
        if outcome.message_id is None:
            return CarriedOut(None)
        kept = self._conversations.message(outcome.message_id).reply_json
        # A process of another release may have answered; what it said besides is left out.
        return CarriedOut(ChatReply.model_validate_json(kept, extra="ignore"))

    def put(self, session: Session, request: RequestKey | None = None) -> None:
        """Keep the session. Raises SessionMoved when it was changed since it was read."""
        with self._database.begin() as transaction:
            self._put(transaction, session)
            self._mark(request, None)

    def put_turn(self, session: Session, said: Said) -> None:
        """Keep the session with what was said; an unresolved question opens a ticket. Raises SessionMoved."""
        with self._database.begin() as transaction:
            self._put(transaction, session)
            self._conversations.keep(session, said)
            if said.reply.route == "unresolved":
                self._tickets.open(said.reply.message_id, "unresolved")
            self._mark(said.request, said.reply.message_id)

    def count(self) -> int:
        """How many sessions are not yet forgotten."""
        with self._database.read() as transaction:
            live = SessionRow.used_at >= self._clock() - self._ttl
            return transaction.scalar(select(func.count(SessionRow.id)).where(live)) or 0

    def forget(self, session_id: str) -> None:
        """Delete what the session knows."""
        with self._database.begin() as transaction:
            transaction.execute(delete(SessionRow).where(SessionRow.id == session_id))

    @contextmanager
    def exclusive(self, session_id: str) -> Iterator[None]:
        """Hold the session for one turn, within this process."""
        with self._turns[hash(session_id) % _STRIPES]:
            yield

    def _mark(self, request: RequestKey | None, message_id: str | None) -> None:
        if request is None:
            return
        try:
            self._requests.keep(request, message_id=message_id)
        except SentAgain as error:
            # The turn is taken again, and finds what the other process kept.
            raise SessionMoved(request.key) from error

    def _put(self, transaction: Transaction, session: Session) -> None:
        now = self._clock()
        plain = replace(session, facts=dict(session.facts), supposed=dict(session.supposed))
        values = {
            "owner": session.owner,
            "version": session.version + 1,
            "used_at": now,
            "state": _sessions().dump_json(plain).decode(),
        }
        same = (SessionRow.id == session.id, SessionRow.version == session.version)
        if session.version:
            kept = transaction.execute(
                update(SessionRow).where(*same).values(values).returning(SessionRow.id)
            ).all()
            if not kept:
                raise SessionMoved(session.id)
            return
        transaction.execute(delete(SessionRow).where(SessionRow.used_at < now - self._ttl))
        try:
            transaction.add(SessionRow(id=session.id, **values))
            transaction.flush()
        except IntegrityError as error:
            raise SessionMoved(session.id) from error


@cache
def _sessions() -> TypeAdapter[Session]:
    return TypeAdapter(Session)
