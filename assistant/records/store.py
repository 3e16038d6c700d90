"""All records of one database, wired together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.records.accounts import Accounts
from assistant.records.audit import Audit
from assistant.records.conversations import Conversations
from assistant.records.database import Database, open_database
from assistant.records.exemplars import Exemplars
from assistant.records.feedback import Feedback
from assistant.records.leases import Leases
from assistant.records.limits import Limits
from assistant.records.numbers import Numbers
from assistant.records.passwords import Hasher
from assistant.records.requests import Requests
from assistant.records.retention import DEFAULT_RETENTION, Pruning, Retention
from assistant.records.sessions import DatabaseSessions
from assistant.records.spending import Spending
from assistant.records.switch import Switch
from assistant.records.tickets import Tickets
from assistant.settings import Settings
from knowledge.clock import now_utc


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
    requests: Requests
    switch: Switch
    leases: Leases
    pruning: Pruning
    spending: Spending
    numbers: Numbers


def open_kept(settings: Settings, clock: Callable[[], datetime] = now_utc) -> Records:
    """The records of an installation. Raises StorageUnavailable."""
    return open_records(settings.database, clock=clock, retention=retention_of(settings))


def retention_of(settings: Settings) -> Retention:
    """The policy of an installation."""
    return Retention(
        messages=timedelta(days=settings.keep_messages_days),
        feedback=timedelta(days=settings.keep_feedback_days),
        tickets=timedelta(days=settings.keep_tickets_days),
        proposals=timedelta(days=settings.keep_proposals_days),
        audit=timedelta(days=settings.keep_audit_days),
        sessions=timedelta(minutes=settings.session_ttl_minutes),
        requests=timedelta(hours=settings.request_hours),
    )


def open_records(
    url: str,
    clock: Callable[[], datetime] = now_utc,
    hasher: Hasher | None = None,
    retention: Retention = DEFAULT_RETENTION,
) -> Records:
    """The records of the database at `url`, whose tables are brought up to date. Raises StorageUnavailable."""
    database = open_database(url)
    conversations, tickets = Conversations(database, clock), Tickets(database, clock)
    requests = Requests(database, clock, retention.requests)
    return Records(
        database=database,
        sessions=DatabaseSessions(database, clock, retention.sessions, conversations, tickets, requests),
        conversations=conversations,
        feedback=Feedback(database, clock, tickets),
        tickets=tickets,
        exemplars=Exemplars(database, clock),
        accounts=Accounts(database, clock, hasher),
        audit=Audit(database, clock),
        limits=Limits(database, clock),
        requests=requests,
        switch=Switch(database, clock),
        leases=Leases(database, clock),
        pruning=Pruning(database, clock, retention),
        spending=Spending(database, clock),
        numbers=Numbers(database),
    )
