"""A backup taken by command while visitors are answered, restored elsewhere: same records, same answers."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner

from assistant.bootstrap import build_assistant
from assistant.records.store import open_kept
from assistant.settings import Settings
from assistant.teaching import Teaching
from knowledge.cli import main

PACK = "jiangsu-2023-industrial-internet"
TAUGHT = "牌匾的尺寸和挂法归哪家管呀"
DAY = date(2023, 2, 20)
QUESTIONS = (
    TAUGHT,
    "四星级要先是三星级吗？",
    "近三年投入2500万元，能报标杆工厂吗？",
    "专项审计报告可以用年度审计代替吗？",
)


@pytest.fixture(autouse=True)
def logging_as_before():
    yield
    structlog.reset_defaults()


def run(monkeypatch: pytest.MonkeyPatch, database: str, *arguments: str) -> str:
    monkeypatch.setenv("SHENBAO_DATABASE", database)
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_backup_taken_while_serving_answers_the_same_elsewhere(
    tmp_path: Path, index_root: Path, monkeypatch
):
    here, there = f"sqlite:///{tmp_path}/here.db", f"sqlite:///{tmp_path}/there/new.db"
    records = open_kept(Settings(database=here))
    serving = build_assistant(Settings(index_root=index_root, database=here), records=records)
    editor = records.accounts.add("wang", "editor", "a long password", actor="shell")
    teaching = Teaching(serving, records.exemplars)
    made = teaching.propose(editor, pack=PACK, question=TAUGHT, clauses=("4.2.2",))
    teaching.approve(made.id, editor)
    first = [serving.reply(question, session_id="kept", as_of=DAY) for question in QUESTIONS]
    assert [c.clause_id for c in first[0].citations] == ["4.2.2"]

    backed_up = threading.Event()
    asked: list[str] = []

    def visitors() -> None:
        while not backed_up.is_set():
            asked.append(serving.reply("什么时候截止？", as_of=DAY).session_id)

    thread = threading.Thread(target=visitors)
    thread.start()
    while not asked:
        assert thread.is_alive()
    run(monkeypatch, here, "records", "backup", str(tmp_path / "records.gz"))
    backed_up.set()
    thread.join(60)
    run(monkeypatch, there, "records", "restore", str(tmp_path / "records.gz"))

    kept = open_kept(Settings(database=there))
    again = build_assistant(Settings(index_root=index_root, database=there), records=kept)
    assert [m.reply_json for m in kept.conversations.messages("kept")] == [
        reply.model_dump_json() for reply in first
    ]
    assert kept.tickets.list() == records.tickets.list()
    assert again.session_facts("kept") == serving.session_facts("kept")
    for question in QUESTIONS:
        one, other = (a.reply(question, session_id="new", as_of=DAY) for a in (serving, again))
        assert other.text == one.text
        assert other.citations == one.citations
        assert other.route == one.route
    for opened in (records, kept):
        opened.database.close()
