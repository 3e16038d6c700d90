"""Tickets: questions that wait for a person, from opening to closing.

open ── claim ──▶ claimed ── close ──▶ closed
  ◀─── release ───┘                      │
  ◀────────────── reopen ────────────────┘
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session as Transaction

from assistant.records.audit import write_entry
from assistant.records.database import Database
from assistant.records.tables import MessageRow, TicketReason, TicketRow, TicketState
from knowledge.errors import StateConflict, UnknownRecord

_WEIGHT = {"unresolved": 0, "thumbs_down": 1, "handed_over": 2}


@dataclass(frozen=True, slots=True)
class Ticket:
    """A question that waits for a person.

    `contact` and `remark` were left by the visitor, who need not; `clauses` and `note` are the staff's answer.
    Where the conversation was deleted, at `forgotten_at`, nothing that the visitor wrote is left.
    """

    id: int
    opened_at: datetime
    reason: TicketReason
    question: str
    message_id: str | None
    session_id: str
    channel: str
    pack: str
    category: str | None
    contact: str
    remark: str
    state: TicketState
    owner: str | None
    claimed_at: datetime | None
    clauses: tuple[str, ...]
    note: str
    closed_at: datetime | None
    forgotten_at: datetime | None = None


class Tickets:
    """Opens, gives out and closes tickets. Every step at the desk is in the audit log."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def open(self, message_id: str, reason: TicketReason, *, contact: str = "", remark: str = "") -> Ticket:
        """The ticket of a message: a new one, or the one not yet closed with what is new added to it.

        The same question of the same conversation opens one ticket, not two. Raises UnknownRecord.
        """
        with self._database.begin() as session:
            message = session.get(MessageRow, message_id)
            if message is None:
                raise UnknownRecord("没有这条消息")
            row = _waiting(session, message)
            if row is None:
                row = _opened(message, reason, self._clock())
                session.add(row)
            elif _WEIGHT[reason] > _WEIGHT[row.reason]:
                row.reason = reason
            row.contact, row.remark = contact or row.contact, remark or row.remark
            session.flush()
            return _ticket(row)

    def get(self, ticket_id: int) -> Ticket:
        """One ticket. Raises UnknownRecord."""
        with self._database.read() as session:
            return _ticket(_row(session, ticket_id))

    def list(
        self,
        state: TicketState | None = None,
        *,
        owner: str | None = None,
        reason: TicketReason | None = None,
        category: str | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> tuple[Ticket, ...]:
        """Tickets; those that wait oldest first, closed ones and all together newest first."""
        order = TicketRow.id if state in ("open", "claimed") else TicketRow.id.desc()
        query = select(TicketRow).where(*_chosen(state, owner, reason, category)).order_by(order)
        with self._database.read() as session:
            return tuple(map(_ticket, session.scalars(query.offset(offset).limit(limit))))

    def count(
        self,
        state: TicketState | None = None,
        *,
        owner: str | None = None,
        reason: TicketReason | None = None,
        category: str | None = None,
    ) -> int:
        """How many tickets there are."""
        query = select(func.count(TicketRow.id)).where(*_chosen(state, owner, reason, category))
        with self._database.read() as session:
            return session.scalar(query) or 0

    def oldest(self, state: TicketState) -> datetime | None:
        """When the oldest ticket of a state was opened."""
        with self._database.read() as session:
            return session.scalar(select(func.min(TicketRow.opened_at)).where(TicketRow.state == state))

    def claim(self, ticket_id: int, owner: str) -> Ticket:
        """Take an open ticket. Raises StateConflict when somebody else has it, UnknownRecord."""
        changes = {"state": "claimed", "owner": owner, "claimed_at": self._clock()}
        return self._step(ticket_id, owner, "ticket.claim", changes, state="open", owner=None)

    def release(self, ticket_id: int, owner: str) -> Ticket:
        """Give a claimed ticket back. Raises StateConflict when it is not `owner`'s, UnknownRecord."""
        changes = {"state": "open", "owner": None, "claimed_at": None}
        return self._step(ticket_id, owner, "ticket.release", changes, state="claimed", owner=owner)

    def answer(self, ticket_id: int, owner: str, clauses: Sequence[str], note: str) -> Ticket:
        """Say which clauses answer, and what is to be said. Raises StateConflict when it is not `owner`'s."""
        changes = {"clauses": list(clauses), "note": note}
        return self._step(ticket_id, owner, "ticket.answer", changes, state="claimed", owner=owner)

    def close(self, ticket_id: int, owner: str) -> Ticket:
        """Done. Raises StateConflict when it is not `owner`'s, UnknownRecord."""
        changes = {"state": "closed", "closed_at": self._clock()}
        return self._step(ticket_id, owner, "ticket.close", changes, state="claimed", owner=owner)

    def reopen(self, ticket_id: int, actor: str) -> Ticket:
        """Let a closed ticket wait again. Raises StateConflict, UnknownRecord."""
        changes = {"state": "open", "owner": None, "claimed_at": None, "closed_at": None}
        return self._step(ticket_id, actor, "ticket.reopen", changes, state="closed")

    def _step(
        self, ticket_id: int, actor: str, action: str, changes: dict[str, Any], **expected: Any
    ) -> Ticket:
        """From the expected state to the next; of two who try, one succeeds and the other is told."""
        with self._database.begin() as session:
            row = _row(session, ticket_id)
            before = {name: getattr(row, name) for name in changes}
            fits = [TicketRow.id == ticket_id, *(getattr(TicketRow, n) == v for n, v in expected.items())]
            done = session.execute(
                update(TicketRow).where(*fits).values(changes).returning(TicketRow.id)
            ).all()
            if not done:
                raise StateConflict(_refusal(row))
            session.refresh(row)
            subject = f"ticket {ticket_id}"
            write_entry(session, self._clock(), actor, action, subject, _plain(before), _plain(changes))
            return _ticket(row)


def _waiting(session: Transaction, message: MessageRow) -> TicketRow | None:
    same = (TicketRow.session_id == message.session_id) & (TicketRow.question == message.question)
    return session.scalars(
        select(TicketRow)
        .where(same | (TicketRow.message_id == message.id), TicketRow.state != "closed")
        .order_by(TicketRow.id)
    ).first()


def _opened(message: MessageRow, reason: TicketReason, now: datetime) -> TicketRow:
    return TicketRow(
        opened_at=now,
        reason=reason,
        question=message.question,
        message_id=message.id,
        session_id=message.session_id,
        channel=message.channel,
        pack=message.pack,
        category=message.category,
        contact="",
        remark="",
        state="open",
        clauses=[],
        note="",
    )


def _row(session: Transaction, ticket_id: int) -> TicketRow:
    row = session.get(TicketRow, ticket_id)
    if row is None:
        raise UnknownRecord(f"没有 {ticket_id} 号工单")
    return row


def _chosen(state: str | None, owner: str | None, reason: str | None, category: str | None) -> list[Any]:
    wanted = (
        (TicketRow.state, state),
        (TicketRow.owner, owner),
        (TicketRow.reason, reason),
        (TicketRow.category, category),
    )
    return [column == value for column, value in wanted if value is not None]


def _refusal(row: TicketRow) -> str:
    if row.state == "closed":
        return f"{row.id} 号工单已经办结"
    if row.state == "open":
        return f"{row.id} 号工单还没有人认领，请先认领"
    return f"{row.id} 号工单已由 {row.owner} 认领"


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()
    }


def _ticket(row: TicketRow) -> Ticket:
    return Ticket(
        id=row.id,
        opened_at=row.opened_at,
        reason=row.reason,
        question=row.question,
        message_id=row.message_id,
        session_id=row.session_id,
        channel=row.channel,
        pack=row.pack,
        category=row.category,
        contact=row.contact,
        remark=row.remark,
        state=row.state,
        owner=row.owner,
        claimed_at=row.claimed_at,
        clauses=tuple(row.clauses),
        note=row.note,
        closed_at=row.closed_at,
        forgotten_at=row.forgotten_at,
    )
