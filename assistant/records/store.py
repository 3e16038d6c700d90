"""All records of one database, wired together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.records.accounts import Accounts
from assistant.records.audit import Audit
from assistant.records.conversations import Conversations
from assistant.records.database import Database, now_utc, open_database
from assistant.records.exemplars import Exemplars
from assistant.records.feedback import Feedback
from assistant.records.limits import Limits
from assistant.records.numbers import Numbers
from assistant.records.passwords import Hasher
from assistant.records.sessions import DatabaseSessions
from assistant.records.spending import Spending
from assistant.records.tickets import Tickets
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that is kept, one attribute a noun. What is done inside `database.begin()` is one transaction."""

    database: Database
    sessions: DatabaseSessions
    conversations: Conversations
    feedback: Feedback
    tickets: Tickets
    exemplars: Exemplars
    accounts: Accounts
    audit: Audit
    limits: Limits
    spending: Spending
    numbers: Numbers


def open_kept(settings: Settings, clock: Callable[[], datetime] = now_utc) -> Records:
    """The records of an installation. Raises StorageUnavailable."""
    return open_records(settings.database, timedelta(minutes=settings.session_ttl_minutes), clock)


def open_records(
    url: str,
    session_ttl: timedelta = timedelta(hours=2),
    clock: Callable[[], datetime] = now_utc,
    hasher: Hasher | None = None,
) -> Records:
    """The records of the database at `url`, whose tables are brought up to date. Raises StorageUnavailable."""
    database = open_database(url)
    conversations, tickets = Conversations(database, clock), Tickets(database, clock)
    return Records(
        database=database,
        sessions=DatabaseSessions(database, clock, session_ttl, conversations, tickets),
        conversations=conversations,
        feedback=Feedback(database, clock, tickets),
        tickets=tickets,
        exemplars=Exemplars(database, clock),
        accounts=Accounts(database, clock, hasher),
        audit=Audit(database, clock),
        limits=Limits(database, clock),
        spending=Spending(database, clock),
        numbers=Numbers(database),
    )
