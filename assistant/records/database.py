"""The database as transactions.

A transaction belongs to its thread: whoever begins one inside another joins it, so that several records are kept
together or not at all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from assistant.records.engines import SQLITE_WAITS_MS, UNAVAILABLE, failures_told, open_engine
from assistant.records.structure import bring_up_to_date
from assistant.records.together import Together
from knowledge.errors import StorageUnavailable


class Database:
    """Gives transactions. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writes=True)
        self._thread = threading.local()
        self._alone = threading.Lock() if engine.dialect.name == "sqlite" else None
        self._together = Together(self._keep_all, of_all=(StorageUnavailable,))

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A transaction that may write: kept when the block ends, undone when it raises.

        Inside another one of the same thread it is that one. Raises StorageUnavailable.
        """
        joined: Session | None = getattr(self._thread, "session", None)
        if joined is not None:
            yield joined
            joined.flush()
            return
        with (
            failures_told(),
            self._turn(),
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            self._thread.session = session
            try:
                yield session
            finally:
                self._thread.session = None

    def keep(self, change: Callable[[], None]) -> None:
        """What `change` writes, kept when this returns; it is called again where it was undone for another's sake.

        SQLite takes one transaction after another and each waits for the disk: changes that meet are kept by one,
        but where one of them fails each has its own. Raises StorageUnavailable, and what `change` raises.
        """
        if self._alone is None or getattr(self._thread, "session", None) is not None:
            self._keep_all([change])
        else:
            self._together(change)

    def _keep_all(self, changes: Sequence[Callable[[], None]]) -> Sequence[None]:
        with self.begin():
            return [change() for change in changes]

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """SQLite's one writer: threads wait here for each other, since SQLite sleeps up to a tenth of a second."""
        if self._alone is None:
            yield
            return
        if not self._alone.acquire(timeout=SQLITE_WAITS_MS / 1000):
            raise StorageUnavailable(UNAVAILABLE)
        try:
            yield
        finally:
            self._alone.release()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A view of one moment, without waiting for whoever writes; inside `begin` it sees what was written."""
        joined: Session | None = getattr(self._thread, "session", None)
        if joined is not None:
            yield joined
            return
        with failures_told(), Session(self._engine) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A view of one moment that lasts over several reads, without holding anybody up."""
        engine = self._engine
        if engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with failures_told(), engine.connect() as connection:
            yield connection

    def answers(self) -> bool:
        """Whether the database can be asked."""
        try:
            with self.read() as session:
                session.execute(text("SELECT 1"))
        except StorageUnavailable:
            return False
        return True

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def open_database(url: str) -> Database:
    """Connect, and bring the tables up to date. Raises StorageUnavailable with place and remedy."""
    engine = open_engine(url)
    bring_up_to_date(engine)
    return Database(engine)
