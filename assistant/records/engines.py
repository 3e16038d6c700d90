"""Engines: SQLite (WAL) or PostgreSQL, told apart by the URL alone, and how their failures are told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import URL, make_url

from knowledge.errors import StorageUnavailable

SQLITE_WAITS_MS = 10_000
RESTART_SECONDS = 4.0
"""For which a connection to PostgreSQL is tried again: a restart is waited out, not passed on to who asks."""
UNAVAILABLE = (
    "数据库暂不可用（无法连接、被占用、已满或只读），请稍后再试；管理员请检查 SHENBAO_DATABASE 所指的位置"
)
# Connection lost, no resources, told to stop, had to give way to another: a moment later it may succeed.
_TEMPORARY = ("08", "40", "53", "55", "57")


def open_engine(url: str) -> Engine:
    """Connections to the database of this URL, none made yet. Raises StorageUnavailable for a URL that cannot be one."""
    try:
        parsed = make_url(url)
    except exc.ArgumentError as error:
        raise StorageUnavailable(_refused("写法有误")) from error
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    if parsed.get_backend_name() != "postgresql":
        raise StorageUnavailable(_refused("只支持 SQLite 和 PostgreSQL"))
    if not parsed.username or not parsed.database:
        raise StorageUnavailable(_refused("须写明 PostgreSQL 的用户和库名"))
    engine = create_engine(
        parsed.set(drivername="postgresql+pg8000"),
        pool_size=10,
        max_overflow=30,
        pool_timeout=5,
        pool_pre_ping=True,
    )
    event.listen(engine, "do_connect", _connected)
    return engine


def _connected(dialect: Any, _: Any, arguments: Any, options: Any) -> Any:
    """A connection, waited for while the server restarts: nothing has been done yet that could be done twice."""
    until = time.monotonic() + RESTART_SECONDS
    while True:
        try:
            return dialect.connect(*arguments, **options)
        except (dialect.loaded_dbapi.Error, ConnectionError) as error:
            told = error.args[0] if error.args else None
            state = str(told.get("C", "")) if isinstance(told, dict) else ""
            # Without a code nobody was there to give one; 57: the server is starting or stopping.
            passes = not state or state.startswith("57")
            if not passes or time.monotonic() >= until:
                raise
            time.sleep(0.1)


def _refused(cause: str) -> str:
    return f"SHENBAO_DATABASE {cause}，例如 sqlite:///var/shenbao.db 或 postgresql://用户:密码@主机/库名"


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise StorageUnavailable(_refused("须写明 SQLite 文件"))
    try:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageUnavailable(
            f"无法建立目录 {Path(url.database).parent}（{error.strerror}），请换一个可写的位置"
        ) from error
    engine = create_engine(
        url, pool_size=10, max_overflow=30, pool_timeout=5, connect_args={"timeout": SQLITE_WAITS_MS / 1000}
    )

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver's own idea of when to begin loses to the one below
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        # A reader that becomes a writer half-way is refused when somebody wrote meanwhile; one that says so
        # at once waits for its turn.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def failures_told() -> Iterator[None]:
    """A database that does not answer is a failure of the storage; anything else is a failure of ours."""
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError, ConnectionError) as error:
        # A bare ConnectionError is pg8000's, of a server that goes away while a connection is made.
        raise StorageUnavailable(UNAVAILABLE) from error
    except exc.DBAPIError as error:
        state = _state(error)
        # A bare DatabaseError is SQLite's word for a file that is none of its own.
        broken = not state and type(error) is exc.DatabaseError
        if error.connection_invalidated or broken or state.startswith(_TEMPORARY):
            raise StorageUnavailable(UNAVAILABLE) from error
        raise


def _state(error: exc.DBAPIError) -> str:
    """PostgreSQL's code of the error, empty elsewhere."""
    told = error.orig.args[0] if error.orig is not None and error.orig.args else None
    return str(told.get("C", "")) if isinstance(told, dict) else ""
