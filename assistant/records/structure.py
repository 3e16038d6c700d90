"""The structure of the database: which migration its tables are of, and bringing them up or down to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from assistant.records.engines import failures_told, open_engine
from knowledge.errors import RecordRefused, StorageUnavailable

MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 7_305_501
_REVISION = re.compile(r"^revision\b[^=\n]*= *[\"'](.+?)[\"']", re.MULTILINE)
_BUILT_ON = re.compile(r"^down_revision\b[^=\n]*= *[\"'](.+?)[\"']", re.MULTILINE)


def bring_up_to_date(engine: Engine) -> None:
    """Make the tables those of the newest migration, by one process at a time. Raises StorageUnavailable."""
    with _structure(engine) as connection:
        if not _up_to_date(connection):
            migrate(connection)


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
    engine = open_engine(url)
    try:
        with _structure(engine) as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _structure(engine: Engine) -> Iterator[Connection]:
    with failures_told(), engine.execution_options(writes=True).begin() as connection:
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
