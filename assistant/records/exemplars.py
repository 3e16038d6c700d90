"""What the desk teaches: a question, and the clauses or the topic that shall answer it, after an editor's review.

    proposed ── approve ──▶ approved ── export ──▶ exported
        └────── reject ──▶ rejected ◀── withdraw ──┘ (also from approved)

Approved and exported ones are taught. `versions` grow with every change of that, so that each process notices.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session as Transaction

from assistant.records.audit import write_entry
from assistant.records.database import Database
from assistant.records.tables import ProposalRow, ProposalState, Table, TaughtVersionRow
from knowledge.errors import StateConflict, UnknownRecord

_VERSIONS = Table.metadata.tables[TaughtVersionRow.__tablename__]
_VERSION = select(_VERSIONS.c.version).where(_VERSIONS.c.pack == bindparam("of"))
TAUGHT: tuple[ProposalState, ...] = ("approved", "exported")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question with what shall answer it: the `topic` it belongs to, or `clauses` with an optional `note`.

    `review` is what the editor said when rejecting or withdrawing it.
    """

    id: int
    pack: str
    question: str
    clauses: tuple[str, ...]
    topic: str | None
    note: str
    proposed_by: str
    proposed_at: datetime
    ticket_id: int | None
    state: ProposalState
    reviewed_by: str | None
    reviewed_at: datetime | None
    review: str


class Exemplars:
    """Keeps proposals and their review. Whether one may be taught is `assistant.teaching`'s to say."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def propose(
        self,
        *,
        pack: str,
        question: str,
        clauses: Sequence[str],
        topic: str | None,
        note: str,
        by: str,
        ticket_id: int | None = None,
    ) -> Proposal:
        """Keep a proposal for review."""
        with self._database.begin() as session:
            row = ProposalRow(
                pack=pack,
                question=question,
                clauses=list(clauses),
                topic=topic,
                note=note,
                proposed_by=by,
                proposed_at=self._clock(),
                ticket_id=ticket_id,
                state="proposed",
                review="",
            )
            session.add(row)
            session.flush()
            told = {"question": question, "clauses": list(clauses), "topic": topic, "note": note}
            write_entry(session, self._clock(), by, "proposal.propose", f"proposal {row.id}", None, told)
            return _proposal(row)

    def get(self, proposal_id: int) -> Proposal:
        """One proposal. Raises UnknownRecord."""
        with self._database.read() as session:
            return _proposal(_row(session, proposal_id))

    def list(
        self,
        state: ProposalState | None = None,
        *,
        pack: str | None = None,
        ticket_id: int | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> tuple[Proposal, ...]:
        """Proposals; those that wait oldest first, others newest first."""
        order = ProposalRow.id if state == "proposed" else ProposalRow.id.desc()
        query = select(ProposalRow).where(*_chosen(state, pack, ticket_id)).order_by(order)
        with self._database.read() as session:
            return tuple(map(_proposal, session.scalars(query.offset(offset).limit(limit))))

    def count(
        self, state: ProposalState | None = None, *, pack: str | None = None, ticket_id: int | None = None
    ) -> int:
        """How many proposals there are."""
        query = select(func.count(ProposalRow.id)).where(*_chosen(state, pack, ticket_id))
        with self._database.read() as session:
            return session.scalar(query) or 0

    def approve(self, proposal_id: int, reviewer: str) -> Proposal:
        """Let it be taught. Raises StateConflict when it was reviewed meanwhile, UnknownRecord."""
        return self._step(proposal_id, reviewer, "approve", "approved", ("proposed",), "")

    def reject(self, proposal_id: int, reviewer: str, review: str) -> Proposal:
        """Do not teach it. Raises StateConflict when it was reviewed meanwhile, UnknownRecord."""
        return self._step(proposal_id, reviewer, "reject", "rejected", ("proposed",), review)

    def withdraw(self, proposal_id: int, reviewer: str, review: str) -> Proposal:
        """Teach it no longer. Raises StateConflict when it is not taught, UnknownRecord."""
        return self._step(proposal_id, reviewer, "withdraw", "rejected", TAUGHT, review)

    def export(self, proposal_ids: Sequence[int], actor: str) -> None:
        """They stand in the pack's files now. Raises StateConflict, UnknownRecord; then none is marked."""
        with self._database.begin():
            for proposal_id in proposal_ids:
                self._step(proposal_id, actor, "export", "exported", TAUGHT, "")

    def taught(self, pack: str) -> tuple[Proposal, ...]:
        """Everything approved for a pack, the oldest first."""
        chosen = (ProposalRow.pack == pack, ProposalRow.state.in_(TAUGHT))
        with self._database.read() as session:
            return tuple(
                map(_proposal, session.scalars(select(ProposalRow).where(*chosen).order_by(ProposalRow.id)))
            )

    def versions(self) -> Mapping[str, int]:
        """Pack → how often what is taught for it has changed; a pack without changes is absent."""
        with self._database.read() as session:
            return {row.pack: row.version for row in session.scalars(select(TaughtVersionRow))}

    def version(self, pack: str) -> int:
        """How often what is taught for the pack has changed; cheap, since it is asked before every answer."""
        with self._database.read() as session:
            return session.connection().execute(_VERSION, {"of": pack}).scalar() or 0

    def _step(
        self,
        proposal_id: int,
        actor: str,
        action: str,
        state: ProposalState,
        expected: Sequence[ProposalState],
        review: str,
    ) -> Proposal:
        with self._database.begin() as session:
            row = _row(session, proposal_id)
            before = {"state": row.state}
            changes = {"state": state, "reviewed_by": actor, "reviewed_at": self._clock(), "review": review}
            if action == "export":
                changes = {"state": state}
            fits = (ProposalRow.id == proposal_id, ProposalRow.state.in_(expected))
            done = session.execute(
                update(ProposalRow).where(*fits).values(changes).returning(ProposalRow.id)
            ).all()
            if not done:
                raise StateConflict(f"{proposal_id} 号例问已经是“{_STATES[row.state]}”")
            session.refresh(row)
            if action in ("approve", "withdraw"):
                _grow(session, row.pack)
            after = {"state": state, **({"review": review} if review else {})}
            write_entry(
                session, self._clock(), actor, f"proposal.{action}", f"proposal {proposal_id}", before, after
            )
            return _proposal(row)


_STATES = {"proposed": "待审核", "approved": "已通过", "rejected": "已退回", "exported": "已导出"}


def _grow(session: Transaction, pack: str) -> None:
    row = session.get(TaughtVersionRow, pack, with_for_update=True)
    if row is None:
        session.add(TaughtVersionRow(pack=pack, version=1))
    else:
        row.version += 1


def _row(session: Transaction, proposal_id: int) -> ProposalRow:
    row = session.get(ProposalRow, proposal_id)
    if row is None:
        raise UnknownRecord(f"没有 {proposal_id} 号例问")
    return row


def _chosen(state: str | None, pack: str | None, ticket_id: int | None) -> list[Any]:
    wanted = ((ProposalRow.state, state), (ProposalRow.pack, pack), (ProposalRow.ticket_id, ticket_id))
    return [column == value for column, value in wanted if value is not None]


def _proposal(row: ProposalRow) -> Proposal:
    return Proposal(
        id=row.id,
        pack=row.pack,
        question=row.question,
        clauses=tuple(row.clauses),
        topic=row.topic,
        note=row.note,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        ticket_id=row.ticket_id,
        state=row.state,
        reviewed_by=row.reviewed_by,
        reviewed_at=row.reviewed_at,
        review=row.review,
    )
