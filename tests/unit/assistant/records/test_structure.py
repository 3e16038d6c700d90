"""The tables are made once, are those that the code expects, and are left alone where they are up to date."""

from __future__ import annotations

import threading

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from assistant.records.database import open_database
from assistant.records.structure import MIGRATIONS, newest_revisions
from assistant.records.tables import Table


def test_the_migrations_make_the_tables_that_the_code_expects(records):
    with records.database.read() as session:
        differences = compare_metadata(MigrationContext.configure(session.connection()), Table.metadata)
    assert differences == []


def test_several_processes_that_start_at_once_make_the_tables_once(empty_url):
    failures = []

    def start():
        try:
            open_database(empty_url).close()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    database = open_database(empty_url)
    with database.read() as session:
        assert "tickets" in inspect(session.connection()).get_table_names()
    database.close()


def test_the_newest_revision_is_alembic_s_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert newest_revisions() == set(ScriptDirectory.from_config(config).get_heads())
    assert len(newest_revisions()) == 1


def test_tables_that_are_up_to_date_are_not_migrated(tmp_path, monkeypatch) -> None:
    url = f"sqlite:///{tmp_path}/r.db"
    open_database(url).close()
    monkeypatch.setattr(
        "assistant.records.structure.migrate", lambda *_: (_ for _ in ()).throw(AssertionError)
    )
    assert open_database(url).answers()
