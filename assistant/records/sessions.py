"""Sessions in the database: shared by all processes, kept over a restart.

A session is kept together with what was said in its turn, and only when nobody changed it meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, func, select, text, update
from sqlalchemy.orm import Session as Transaction

from assistant.records.conversations import Conversations
from assistant.records.database import Database
from assistant.records.requests import Requests, SentAgain
from assistant.records.tables import Moment, SessionRow, Table, Words
from assistant.records.tickets import Tickets
from assistant.reply import ChatReply
from assistant.session_store import CarriedOut, RequestKey, Said, SessionMoved, Turns
from assistant.sessions import Session

_TABLE = Table.metadata.tables[SessionRow.__tablename__]
_GET = select(_TABLE.c.version, _TABLE.c.used_at, _TABLE.c.state).where(_TABLE.c.id == bindparam("of"))
_CHANGE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("of"), _TABLE.c.version == bindparam("before"))
    .values(
        owner=bindparam("owner"),
        version=bindparam("version"),
        used_at=bindparam("used_at"),
        state=bindparam("state"),
    )
)
# The row of a session that has expired is as good as none.
_BEGIN = text(
    "INSERT INTO sessions (id, owner, version, used_at, state) VALUES (:of, :owner, :version, :used_at, :state) "
    "ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, version = excluded.version, "
    "used_at = excluded.used_at, state = excluded.state WHERE sessions.used_at < :oldest"
).bindparams(
    bindparam("of", type_=Words),
    bindparam("owner", type_=Words),
    bindparam("used_at", type_=Moment),
    bindparam("state", type_=Words),
    bindparam("oldest", type_=Moment),
)
_CLEAR_EVERY = timedelta(minutes=1)


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
        self._cleared: datetime | None = None
        # Within a process turns of a session wait here; between processes the version tells who came second.
        self._turns = Turns()

    def get(self, session_id: str) -> Session | None:
        """The session, or None when it is unknown or has expired."""
        with self._database.read() as transaction:
            row = transaction.connection().execute(_GET, {"of": session_id}).first()
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
        self._database.keep(partial(self._put_said, session, said))

    def _put_said(self, session: Session, said: Said) -> None:
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

    def exclusive(self, session_id: str) -> AbstractContextManager[None]:
        """Hold the session for one turn, within this process."""
        return self._turns.exclusive(session_id)

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
            "of": session.id,
            "owner": session.owner,
            "version": session.version + 1,
            "used_at": now,
            "state": _sessions().dump_json(plain).decode(),
        }
        connection = transaction.connection()
        if session.version:
            done = connection.execute(_CHANGE, values | {"before": session.version})
        else:
            self._clear(transaction, now)
            done = connection.execute(_BEGIN, values | {"oldest": now - self._ttl})
        if not done.rowcount:
            raise SessionMoved(session.id)

    def _clear(self, transaction: Transaction, now: datetime) -> None:
        """Delete what has expired, once a minute: until then it is only not given out."""
        if self._cleared is not None and timedelta(0) <= now - self._cleared < _CLEAR_EVERY:
            return
        self._cleared = now
        transaction.execute(delete(SessionRow).where(SessionRow.used_at < now - self._ttl))


@cache
def _sessions() -> TypeAdapter[Session]:
    return TypeAdapter(Session)
