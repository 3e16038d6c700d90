"""Records on a real SQLite file and on a real PostgreSQL, with a clock that tests set."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine, text

from assistant.records.store import Records, open_records
from assistant.records.tables import Table
from assistant.reply import ChatReply, ShownCitation
from assistant.session_store import CitedText, RequestKey, Said
from assistant.sessions import Session

NOON = datetime(2023, 2, 20, 4, 0, tzinfo=UTC)  # noon in Beijing
_names = itertools.count(1)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **duration: float) -> None:
        self.now += timedelta(**duration)


class QuickHasher:
    """Argon2 in its cheapest form: what is tested is not how long it takes."""

    def __init__(self) -> None:
        self._argon2 = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self.verified = 0

    def hash(self, password: str) -> str:
        return self._argon2.hash(password)

    def verify(self, hash: str, password: str) -> Any:  # noqa: A002 - argon2's own name
        self.verified += 1
        return self._argon2.verify(hash, password)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hasher() -> QuickHasher:
    return QuickHasher()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of either kind without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/records.db"
    return _created(request.getfixturevalue("postgresql"), f"records_{next(_names)}")


@pytest.fixture(scope="session")
def shared_postgresql(postgresql: Any) -> str:
    """One PostgreSQL database with tables: making them for each test would take most of the time."""
    url = _created(postgresql, "records")
    open_records(url).database.close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of either kind with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/records.db"
    url: str = request.getfixturevalue("shared_postgresql")
    names = ", ".join(Table.metadata.tables)
    _run(url, f"TRUNCATE {names} RESTART IDENTITY")
    return url


def _created(server: Any, name: str) -> str:
    _run(server.url, f"CREATE DATABASE {name}")
    base: str = server.url.rsplit("/", 1)[0]
    return f"{base}/{name}"


def _run(url: str, statement: str) -> None:
    engine = create_engine(url.replace("postgresql://", "postgresql+pg8000://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def opened(url: str, clock: Clock, hasher: QuickHasher) -> Iterator[Callable[[], Records]]:
    """Opens the same records again and again, as several processes would."""
    made: list[Records] = []

    def again() -> Records:
        made.append(open_records(url, clock, hasher))
        return made[-1]

    yield again
    for records in made:
        records.database.close()


@pytest.fixture
def records(opened: Callable[[], Records]) -> Records:
    return opened()


@pytest.fixture
def say(records: Records) -> Callable[..., str]:
    """Keep one question with its answer; gives the message's id."""
    numbers = itertools.count(1)

    def said(
        question: str = "补贴多少？",
        *,
        session: str = "s1",
        visitor: str = "v1",
        route: str = "lookup",
        clauses: tuple[str, ...] = ("4.2.2",),
        channel: str = "demo",
        seconds: float = 0.012,
        category: str | None = None,
        answer: str = "由设区市评定[1]。",
        request: RequestKey | None = None,
        texts: tuple[CitedText, ...] = (),
    ) -> str:
        message_id = f"m{next(numbers)}"
        reply = ChatReply(
            session_id=session,
            message_id=message_id,
            as_of=date(2023, 2, 20),
            route=route,
            category=category,
            text=answer,
            citations=tuple(
                ShownCitation(
                    marker=n, pack="jiangsu", document="苏", clause_id=clause, label=clause, quote="评定"
                )
                for n, clause in enumerate(clauses, 1)
            ),
        )
        known = records.sessions.get(session) or Session(id=session, pack="jiangsu", owner=visitor)
        records.sessions.put_turn(
            known.with_next_turn(),
            Said(question, reply, channel, pack_digest="d1", seconds=seconds, request=request, clauses=texts),
        )
        return message_id

    return said
