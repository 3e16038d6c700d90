"""Conversations as they were held: every question with the very answer that was shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, delete, func, insert, or_, select
from sqlalchemy.orm import Session as Transaction

from assistant.masking import mask
from assistant.records.audit import write_entry
from assistant.records.database import Database
from assistant.records.tables import (
    CitedTextRow,
    MessageClauseRow,
    MessageRow,
    Rating,
    SessionRow,
    Table,
    TicketRow,
)
from assistant.records.turn_rows import clause_rows, message_row, text_rows
from assistant.reply import Verdict
from assistant.session_store import CitedText, Said
from assistant.sessions import Session
from knowledge.errors import UnknownRecord
from knowledge.models import Route

_BATCH = 500
_KEEP_MESSAGE = insert(Table.metadata.tables[MessageRow.__tablename__])
_KEEP_CLAUSE = insert(Table.metadata.tables[MessageClauseRow.__tablename__])
_KEEP_TEXT = insert(Table.metadata.tables[CitedTextRow.__tablename__])


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """One question with its answer. `reply_json` is the ChatReply exactly as it was shown."""

    message_id: str
    session_id: str
    turn: int
    asked_at: datetime
    channel: str
    visitor: str
    pack: str
    pack_digest: str
    question: str
    answer: str
    reply_json: str
    route: Route
    category: str | None
    verdict: Verdict | None
    latency_ms: int
    rating: Rating | None
    rating_reason: str

    @property
    def reply(self) -> dict[str, Any]:
        """The ChatReply as JSON has it."""
        shown: dict[str, Any] = json.loads(self.reply_json)
        return shown


@dataclass(frozen=True, slots=True)
class ConversationFilter:
    """Which messages are meant; None is any. `since` and `until` are days in Beijing, both included.

    `text` is looked for in questions and answers; `rating` "none" means not rated.
    """

    route: Route | None = None
    verdict: Verdict | None = None
    rating: Literal["up", "down", "none"] | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""
    channel: str | None = None


class Conversations:
    """What was asked and answered."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def keep(self, session: Session, said: Said) -> None:
        """Keep one turn of a session."""
        message = message_row(session, said, self._clock())
        cited, clauses = clause_rows(said.reply), text_rows(said)
        with self._database.begin() as transaction:
            # Every answer passes here: rows are written as they are, without being tracked as objects first.
            connection = transaction.connection()
            connection.execute(_KEEP_MESSAGE, message)
            if cited:
                connection.execute(_KEEP_CLAUSE, cited)
            if clauses:
                connection.execute(_KEEP_TEXT, clauses)

    def list(
        self, chosen: ConversationFilter = ConversationFilter(), *, offset: int = 0, limit: int = 50
    ) -> tuple[KeptMessage, ...]:
        """Messages, newest first."""
        with self._database.read() as session:
            rows = session.scalars(
                _where(select(MessageRow), chosen).order_by(*_NEWEST).offset(offset).limit(limit)
            )
            return tuple(_kept(row) for row in rows)

    def count(self, chosen: ConversationFilter = ConversationFilter()) -> int:
        """How many messages there are."""
        with self._database.read() as session:
            return session.scalar(_where(select(func.count(MessageRow.id)), chosen)) or 0

    def each(self, chosen: ConversationFilter = ConversationFilter()) -> Iterator[KeptMessage]:
        """All messages, newest first, fetched piece by piece: for exports."""
        last: MessageRow | None = None
        while True:
            query = _where(select(MessageRow), chosen).order_by(*_NEWEST).limit(_BATCH)
            if last is not None:
                earlier = (MessageRow.asked_at == last.asked_at) & (MessageRow.id < last.id)
                query = query.where((MessageRow.asked_at < last.asked_at) | earlier)
            with self._database.read() as session:
                rows = session.scalars(query).all()
            yield from map(_kept, rows)
            if len(rows) < _BATCH:
                return
            last = rows[-1]

    def messages(self, session_id: str, visitor: str | None = None) -> tuple[KeptMessage, ...]:
        """A conversation from its beginning; with `visitor` only that visitor's own messages."""
        query = select(MessageRow).where(MessageRow.session_id == session_id)
        if visitor is not None:
            query = query.where(MessageRow.visitor == visitor)
        with self._database.read() as session:
            return tuple(map(_kept, session.scalars(query.order_by(MessageRow.asked_at, MessageRow.turn))))

    def message(self, message_id: str) -> KeptMessage:
        """One message. Raises UnknownRecord."""
        with self._database.read() as session:
            row = session.get(MessageRow, message_id)
        if row is None:
            raise UnknownRecord("没有这条消息")
        return _kept(row)

    def cited(self, message_ids: Sequence[str]) -> Mapping[str, Mapping[str, CitedText]]:
        """For each message the clauses that it was given from, by id, in the words that they had then."""
        found: dict[str, dict[str, CitedText]] = {}
        query = select(CitedTextRow).where(CitedTextRow.message_id.in_(message_ids))
        with self._database.read() as session:
            for row in session.scalars(query):
                text = CitedText(row.pack, row.clause_id, row.label, row.text)
                found.setdefault(row.message_id, {})[row.clause_id] = text
        return found

    def forget(self, session_id: str, visitor: str) -> int:
        """Delete a visitor's own conversation; the number of messages deleted.

        Its tickets keep their number, state and clauses for the desk, and nothing that the visitor wrote.
        """
        own = (MessageRow.session_id == session_id) & (MessageRow.visitor == visitor)
        with self._database.begin() as session:
            return _forget(session, own, self._clock())

    def delete(self, session_id: str, actor: str) -> int:
        """Delete a conversation at the desk, whoever held it, with what it knows; the number of messages deleted.

        Tickets are left as `forget` leaves them; the deletion is in the audit log. Raises UnknownRecord.
        """
        with self._database.begin() as session:
            knew = session.execute(
                delete(SessionRow).where(SessionRow.id == session_id).returning(SessionRow.id)
            ).all()
            gone = _forget(session, MessageRow.session_id == session_id, self._clock())
            if not gone and not knew:
                raise UnknownRecord("没有这个会话，可能已经删除")
            subject, after = f"conversation {session_id}", {"messages": gone}
            write_entry(session, self._clock(), actor, "conversation.delete", subject, None, after)
        return gone


def _forget(session: Transaction, chosen: ColumnElement[bool], now: datetime) -> int:
    ids = select(MessageRow.id).where(chosen)
    for ticket in session.scalars(select(TicketRow).where(TicketRow.message_id.in_(ids))):
        ticket.question = ticket.contact = ticket.remark = ticket.session_id = ""
        ticket.note, ticket.message_id, ticket.forgotten_at = mask(ticket.note), None, now
    session.flush()
    session.execute(delete(MessageClauseRow).where(MessageClauseRow.message_id.in_(ids)))
    session.execute(delete(CitedTextRow).where(CitedTextRow.message_id.in_(ids)))
    return len(session.execute(delete(MessageRow).where(chosen).returning(MessageRow.id)).all())


_NEWEST = (MessageRow.asked_at.desc(), MessageRow.id.desc())


def _where(query: Select[Any], chosen: ConversationFilter) -> Select[Any]:
    equal = (
        (MessageRow.route, chosen.route),
        (MessageRow.verdict, chosen.verdict),
        (MessageRow.channel, chosen.channel),
    )
    query = query.where(*(column == value for column, value in equal if value is not None))
    if chosen.rating is not None:
        query = query.where(MessageRow.rating == (None if chosen.rating == "none" else chosen.rating))
    if chosen.since is not None:
        query = query.where(MessageRow.day >= chosen.since)
    if chosen.until is not None:
        query = query.where(MessageRow.day <= chosen.until)
    if chosen.text:
        found = (
            column.icontains(chosen.text, autoescape=True)
            for column in (MessageRow.question, MessageRow.answer)
        )
        query = query.where(or_(*found))
    return query


def _kept(row: MessageRow) -> KeptMessage:
    return KeptMessage(
        message_id=row.id,
        session_id=row.session_id,
        turn=row.turn,
        asked_at=row.asked_at,
        channel=row.channel,
        visitor=row.visitor,
        pack=row.pack,
        pack_digest=row.pack_digest,
        question=row.question,
        answer=row.answer,
        reply_json=row.reply,
        route=row.route,
        category=row.category,
        verdict=row.verdict,
        latency_ms=row.latency_ms,
        rating=row.rating,
        rating_reason=row.rating_reason,
    )
