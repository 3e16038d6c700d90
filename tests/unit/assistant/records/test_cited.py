"""What an answer was given from is kept with it, and goes with it; tables that are up to date are left alone."""

from __future__ import annotations

from alembic.config import Config
from alembic.script import ScriptDirectory

from assistant.records.database import open_database
from assistant.records.structure import MIGRATIONS, newest_revisions
from assistant.session_store import CitedText


def test_the_words_of_cited_clauses_are_kept_and_deleted_with_the_conversation(records, say) -> None:
    text = CitedText("jiangsu", "4.2.2", "四、（二）2", "由设区市评定。")
    message = say(session="s1", visitor="v1", texts=(text,))
    assert records.conversations.cited([message, "none"]) == {message: {"4.2.2": text}}
    assert records.conversations.forget("s1", "v1") == 1
    assert records.conversations.cited([message]) == {}


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
