"""The database: SQLite (WAL) or PostgreSQL, told apart by the URL alone.

A transaction belongs to its thread: whoever begins one inside another joins it, so that several records are kept
together or not at all.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session

from assistant.records.together import Together
from knowledge.errors import RecordRefused, StorageUnavailable

MIGRATIONS = Path(__file__).parent / "migrations"
SQLITE_WAITS_MS = 10_000
RESTART_SECONDS = 4.0
"""For which a connection to PostgreSQL is tried again: a restart is waited out, not passed on to who asks."""
_MIGRATION_LOCK = 7_305_501
_REVISION = re.compile(r"^revision\b[^=\n]*= *[\"'](.+?)[\"']", re.MULTILINE)
_BUILT_ON = re.compile(r"^down_revision\b[^=\n]*= *[\"'](.+?)[\"']", re.MULTILINE)
# Connection lost, no resources, told to stop, had to give way to another: a moment later it may succeed.
_TEMPORARY = ("08", "40", "53", "55", "57")


def now_utc() -> datetime:
    """The clock of the records."""
    return datetime.now(UTC)


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
            _told(),
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
            raise StorageUnavailable(_UNAVAILABLE)
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
        with _told(), Session(self._engine) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A view of one moment that lasts over several reads, without holding anybody up."""
        engine = self._engine
        if engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with _told(), engine.connect() as connection:
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
    engine = _engine(url)
    with _structure(engine) as connection:
        if not _up_to_date(connection):
            migrate(connection)
    return Database(engine)


def _up_to_date(connection: Connection) -> bool:
    """Whether the tables are those of the newest migration, found out without loading what migrates."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    at = set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    return at == newest_revisions()


def newest_revisions(folder: Path = MIGRATIONS / "versions") -> set[str]:
    """Revisions on which no other one builds; one, where the migrations are in order."""
    found: set[str] = set()
    built_on: set[str] = set()
    for file in folder.glob("*.py"):
        source = file.read_text(encoding="utf-8")
        found.update(_REVISION.findall(source))
        built_on.update(_BUILT_ON.findall(source))
    return found - built_on


@contextmanager
def changing_structure(url: str) -> Iterator[Connection]:
    """A transaction in which tables are made or changed, by one process at a time. Raises StorageUnavailable."""
    engine = _engine(url)
    try:
        with _structure(engine) as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _structure(engine: Engine) -> Iterator[Connection]:
    with _told(), engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            # Several processes may start at once; one migrates, the others find it done.
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _MIGRATION_LOCK})
        yield connection


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the tables up or down to a revision ("base" is none), within the connection's transaction.

    Raises StorageUnavailable where they were made by a later release.
    """
    from alembic import command  # noqa: PLC0415 - a third of a second, seldom needed
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    # The oldest first.
    known = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()][::-1]
    present = revision_of(connection)
    if present is not None and present not in known:
        raise StorageUnavailable(
            f"数据库的结构（{present}）来自更新的版本，这一版只认识到 {known[-1]}：请改用新版本，"
            f"或先用新版本执行 shenbao records schema --to {known[-1]}"
        )
    if revision not in ("base", "head", *known):
        raise RecordRefused(f"没有结构 {revision[:40]!r}，现有：{'、'.join(known)}")
    place = (
        {None: 0} | {name: number for number, name in enumerate(known, 1)} | {"base": 0, "head": len(known)}
    )
    (command.downgrade if place[revision] < place[present] else command.upgrade)(config, revision)


def revision_of(connection: Connection) -> str | None:
    """The revision of the tables that are there; None where there are none."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 - needed once a process

    return MigrationContext.configure(connection).get_current_revision()


def _engine(url: str) -> Engine:
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
def _told() -> Iterator[None]:
    """A database that does not answer is a failure of the storage; anything else is a failure of ours."""
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError, ConnectionError) as error:
        # A bare ConnectionError is pg8000's, of a server that goes away while a connection is made.
        raise StorageUnavailable(_UNAVAILABLE) from error
    except exc.DBAPIError as error:
        state = _state(error)
        # A bare DatabaseError is SQLite's word for a file that is none of its own.
        broken = not state and type(error) is exc.DatabaseError
        if error.connection_invalidated or broken or state.startswith(_TEMPORARY):
            raise StorageUnavailable(_UNAVAILABLE) from error
        raise


_UNAVAILABLE = (
    "数据库暂不可用（无法连接、被占用、已满或只读），请稍后再试；管理员请检查 SHENBAO_DATABASE 所指的位置"
)


def _state(error: exc.DBAPIError) -> str:
    """PostgreSQL's code of the error, empty elsewhere."""
    told = error.orig.args[0] if error.orig is not None and error.orig.args else None
    return str(told.get("C", "")) if isinstance(told, dict) else ""
