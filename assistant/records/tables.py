"""The tables, as SQLAlchemy maps them. Migrations make them (`migrations/`); a test holds the two together."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, MetaData, Text
from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from assistant.reply import Verdict
from knowledge.models import Route


class Moment(TypeDecorator[datetime]):
    """A point in time, kept in UTC and read with its zone, also where the database knows no zones."""

    impl = SqlDateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the same for all
        """To UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the same for all
        """From UTC."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC)


class Words(TypeDecorator[str]):
    """Text that people wrote: NUL characters and halves of surrogate pairs, which PostgreSQL refuses, go."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the same for all
        """Only what every database takes."""
        return None if value is None else value.replace("\0", "").encode("utf-8", "replace").decode()


Rating = Literal["up", "down"]
TicketReason = Literal["unresolved", "thumbs_down", "handed_over"]
TicketState = Literal["open", "claimed", "closed"]
ProposalState = Literal["proposed", "approved", "rejected", "exported"]
Role = Literal["staff", "editor", "admin"]

Id = BigInteger().with_variant(Integer, "sqlite")
Names = list[str]


class Table(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, str: Words, Names: JSON, dict[str, Any]: JSON}  # noqa: RUF012 - SQLAlchemy's own form


class SessionRow(Table):
    """What one conversation knows; `version` counts its changes."""

    __tablename__ = "sessions"
    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    version: Mapped[int]
    used_at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[str]


class MessageRow(Table):
    """One question with the answer that was shown: `reply` is that very JSON, `answer` its text."""

    __tablename__ = "messages"
    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str]
    turn: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(index=True)
    day: Mapped[date] = mapped_column(index=True)
    channel: Mapped[str]
    visitor: Mapped[str]
    pack: Mapped[str]
    pack_digest: Mapped[str]
    question: Mapped[str]
    answer: Mapped[str]
    reply: Mapped[str]
    route: Mapped[Route] = mapped_column(Words)
    category: Mapped[str | None]
    verdict: Mapped[Verdict | None] = mapped_column(Words)
    latency_ms: Mapped[int]
    rating: Mapped[Rating | None] = mapped_column(Words)
    rating_reason: Mapped[str] = mapped_column(default="")
    rated_at: Mapped[datetime | None]
    __table_args__ = (Index(None, "session_id", "asked_at"),)


class MessageClauseRow(Table):
    """A clause that an answer cited."""

    __tablename__ = "message_clauses"
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    pack: Mapped[str] = mapped_column(primary_key=True)
    clause_id: Mapped[str] = mapped_column(primary_key=True)


class CitedTextRow(Table):
    """The words of a clause that an answer stands on, as they were when it was given."""

    __tablename__ = "cited_texts"
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    pack: Mapped[str] = mapped_column(primary_key=True)
    clause_id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    text: Mapped[str]


class TicketRow(Table):
    """A question that waits for a person. `remark` and `contact` are the visitor's, `note` and `clauses` the staff's.

    Of a conversation that was deleted, at `forgotten_at`, the case alone is left.
    """

    __tablename__ = "tickets"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(index=True)
    reason: Mapped[TicketReason] = mapped_column(Words)
    question: Mapped[str]
    message_id: Mapped[str | None] = mapped_column(index=True)
    session_id: Mapped[str] = mapped_column(index=True)
    channel: Mapped[str]
    pack: Mapped[str]
    category: Mapped[str | None]
    contact: Mapped[str]
    remark: Mapped[str]
    state: Mapped[TicketState] = mapped_column(Words, index=True)
    owner: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    clauses: Mapped[Names]
    note: Mapped[str]
    closed_at: Mapped[datetime | None]
    forgotten_at: Mapped[datetime | None]
    __table_args__ = ({"sqlite_autoincrement": True},)


class ProposalRow(Table):
    """A question with the clauses, or the topic, that shall answer it."""

    __tablename__ = "proposals"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    pack: Mapped[str] = mapped_column(index=True)
    question: Mapped[str]
    clauses: Mapped[Names]
    topic: Mapped[str | None]
    note: Mapped[str]
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime]
    ticket_id: Mapped[int | None] = mapped_column(Id)
    state: Mapped[ProposalState] = mapped_column(Words)
    reviewed_by: Mapped[str | None]
    reviewed_at: Mapped[datetime | None]
    review: Mapped[str]
    __table_args__ = ({"sqlite_autoincrement": True},)


class TaughtVersionRow(Table):
    """How often what is taught for a pack has changed."""

    __tablename__ = "taught_versions"
    pack: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]


class AccountRow(Table):
    """A person at the desk. `key` is the name as it is compared."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(Words)
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    disabled: Mapped[bool]
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]
    __table_args__ = ({"sqlite_autoincrement": True},)


class SignInRow(Table):
    """Somebody signed in. The token itself is kept by the browser alone."""

    __tablename__ = "sign_ins"
    token_digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    began_at: Mapped[datetime]
    used_at: Mapped[datetime]


class AuditRow(Table):
    """A change: who did what to which subject, and what was there before and after."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = ({"sqlite_autoincrement": True},)


class RequestRow(Table):
    """A request that was carried out under the key its sender gave it; `digest` is that of its content.

    What came of it is looked up: the message it was answered with, or the ticket it opened.
    """

    __tablename__ = "requests"
    scope: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    kept_at: Mapped[datetime] = mapped_column(index=True)
    message_id: Mapped[str | None] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(Id)


class LeaseRow(Table):
    """Who may do what only one process does at a time, and until when."""

    __tablename__ = "leases"
    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]


class SwitchRow(Table):
    """Whether the assistant answers (`name` is always "answers"); who switched it last, when and why."""

    __tablename__ = "switches"
    name: Mapped[str] = mapped_column(primary_key=True)
    off: Mapped[bool]
    reason: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]


class AdmissionRow(Table):
    """A request let in under a budget of so many in any minute, at `at` (milliseconds since 1970)."""

    __tablename__ = "admissions"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    budget: Mapped[str]
    at: Mapped[int] = mapped_column(BigInteger, index=True)
    __table_args__ = (Index(None, "budget", "at"),)


class UsageRow(Table):
    """How much of a budget is used up in the period that began at `began` (seconds since 1970)."""

    __tablename__ = "usage"
    budget: Mapped[str] = mapped_column(primary_key=True)
    began: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    used: Mapped[int]
