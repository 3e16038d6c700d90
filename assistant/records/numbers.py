"""What happened over some days, in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.orm import Session as Transaction

from assistant.records.database import Database
from assistant.records.tables import MessageClauseRow, MessageRow, TicketRow
from knowledge.clock import BEIJING

_TOP = 10
_QUANTILES = {"p50": 0.50, "p90": 0.90, "p95": 0.95, "p99": 0.99}


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many questions a day brought, and how many of them were unresolved."""

    day: date
    questions: int
    unresolved: int


@dataclass(frozen=True, slots=True)
class ClauseCount:
    """How many answers cited a clause."""

    pack: str
    clause_id: str
    answers: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers of a span of days, both ends included.

    `latency_ms` maps p50, p90, p95, p99 to milliseconds, empty without questions; `routes`, `verdicts`,
    `ratings`, `channels` and `tickets` (by state, those opened in the span) map names to counts.
    """

    since: date
    until: date
    questions: int
    sessions: int
    unresolved_share: float
    days: tuple[DayCount, ...]
    routes: Mapping[str, int]
    verdicts: Mapping[str, int]
    ratings: Mapping[str, int]
    channels: Mapping[str, int]
    tickets: Mapping[str, int]
    top_clauses: tuple[ClauseCount, ...]
    top_unresolved: tuple[tuple[str, int], ...]
    latency_ms: Mapping[str, int]


Chosen = Sequence[ColumnElement[bool]]


class Numbers:
    """Counts what the conversations hold."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def summary(self, since: date, until: date, channel: str | None = None) -> Summary:
        """The numbers of the days from `since` to `until` in Beijing, of one channel or of all."""
        chosen: list[ColumnElement[bool]] = [MessageRow.day.between(since, until)]
        opened = [
            TicketRow.opened_at >= _begin(since),
            TicketRow.opened_at < _begin(until + timedelta(days=1)),
        ]
        if channel is not None:
            chosen.append(MessageRow.channel == channel)
            opened.append(TicketRow.channel == channel)
        with self._database.read() as session:
            days = _days(session, chosen)
            questions = sum(day.questions for day in days)
            return Summary(
                since=since,
                until=until,
                questions=questions,
                sessions=session.scalar(
                    select(func.count(func.distinct(MessageRow.session_id))).where(*chosen)
                )
                or 0,
                unresolved_share=sum(day.unresolved for day in days) / questions if questions else 0.0,
                days=days,
                routes=_counts(session, MessageRow.route, chosen),
                verdicts=_counts(session, MessageRow.verdict, chosen),
                ratings=_counts(session, MessageRow.rating, chosen),
                channels=_counts(session, MessageRow.channel, chosen),
                tickets=_counts(session, TicketRow.state, opened),
                top_clauses=_top_clauses(session, chosen),
                top_unresolved=_top_unresolved(session, chosen),
                latency_ms=_quantiles(session, chosen),
            )


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, BEIJING)


def _days(session: Transaction, chosen: Chosen) -> tuple[DayCount, ...]:
    unresolved = func.sum(case((MessageRow.route == "unresolved", 1), else_=0))
    rows = session.execute(
        select(MessageRow.day, func.count(MessageRow.id), unresolved)
        .where(*chosen)
        .group_by(MessageRow.day)
        .order_by(MessageRow.day)
    )
    return tuple(DayCount(day, questions, int(open_)) for day, questions, open_ in rows)


def _counts(session: Transaction, column: InstrumentedAttribute[Any], chosen: Chosen) -> Mapping[str, int]:
    """Value → how often, most frequent first; rows without a value do not count."""
    rows = session.execute(
        select(column, func.count())
        .where(column.is_not(None), *chosen)
        .group_by(column)
        .order_by(func.count().desc(), column)
    )
    return dict(rows.all())


def _top_clauses(session: Transaction, chosen: Chosen) -> tuple[ClauseCount, ...]:
    clause = (MessageClauseRow.pack, MessageClauseRow.clause_id)
    rows = session.execute(
        select(*clause, func.count())
        .join(MessageRow, MessageRow.id == MessageClauseRow.message_id)
        .where(*chosen)
        .group_by(*clause)
        .order_by(func.count().desc(), *clause)
        .limit(_TOP)
    )
    return tuple(ClauseCount(pack, clause_id, count) for pack, clause_id, count in rows)


def _top_unresolved(session: Transaction, chosen: Chosen) -> tuple[tuple[str, int], ...]:
    rows = session.execute(
        select(MessageRow.question, func.count())
        .where(MessageRow.route == "unresolved", *chosen)
        .group_by(MessageRow.question)
        .order_by(func.count().desc(), MessageRow.question)
        .limit(_TOP)
    )
    return tuple((question, count) for question, count in rows)


def _quantiles(session: Transaction, chosen: Chosen) -> Mapping[str, int]:
    """The smallest latency that so many answers did not exceed."""
    sorted_ms = session.scalars(
        select(MessageRow.latency_ms).where(*chosen).order_by(MessageRow.latency_ms)
    ).all()
    if not sorted_ms:
        return {}
    return {name: sorted_ms[ceil(share * len(sorted_ms)) - 1] for name, share in _QUANTILES.items()}
