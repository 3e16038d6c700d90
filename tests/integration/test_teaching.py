"""The loop at the desk: an unresolved question, a proposal, its review, the same question answered, the export."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.bootstrap import build_assistant
from assistant.export import export
from assistant.records.accounts import Account
from assistant.records.store import Records, open_kept
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.teaching import Teaching, answer_text
from knowledge.errors import (
    AccessDenied,
    NotBorneOut,
    PackError,
    RecordRefused,
    StateConflict,
    UnknownClause,
    UnknownPack,
)
from knowledge.lint import lint_pack
from knowledge.pack import PACKS_ROOT, load_pack

PACK = "jiangsu-2023-industrial-internet"
QUESTION = "五星级由哪一级的工信部门最后拍板定下来？"
OTHER_WORDS = "五星级由哪一级工信部门最后拍板定？"


class Process:
    """One process of the service: its own connections, its own assistant."""

    def __init__(self, used: Settings) -> None:
        self.records: Records = open_kept(used)
        self.assistant: Assistant = build_assistant(used, records=self.records)
        self.teaching = Teaching(self.assistant, self.records.exemplars)

    def cited(self, question: str) -> set[str]:
        return {citation.clause_id for citation in self.assistant.reply(question).citations}


@pytest.fixture(scope="module")
def processes(
    tmp_path_factory: pytest.TempPathFactory, index_root: Path
) -> Iterator[tuple[Process, Process]]:
    folder = tmp_path_factory.mktemp("teaching")
    used = Settings(index_root=index_root, database=f"sqlite:///{folder}/records.db")
    pair = Process(used), Process(used)
    yield pair
    for process in pair:
        process.records.database.close()


def account(processes: tuple[Process, Process], name: str, role: str) -> Account:
    accounts = processes[0].records.accounts
    known = {one.name: one for one in accounts.list()}
    return known.get(name) or accounts.add(name, role, "a long password", actor="shell")


@pytest.fixture
def staff(processes: tuple[Process, Process]) -> Account:
    return account(processes, "li", "staff")


@pytest.fixture
def editor(processes: tuple[Process, Process]) -> Account:
    return account(processes, "wang", "editor")


def test_an_approved_question_is_answered_at_once_in_every_process(processes, staff, editor):
    here, there = processes
    made = here.teaching.propose(staff, pack=PACK, question=QUESTION, clauses=["4.2.2"])
    before = there.assistant.reply(QUESTION)
    assert before.text != answer_text(there.assistant.packs[PACK], ["4.2.2"], "")
    here.teaching.approve(made.id, editor)
    for process in processes:
        for question in (QUESTION, OTHER_WORDS):
            reply = process.assistant.reply(question)
            assert reply.route == "lookup"
            assert {citation.clause_id for citation in reply.citations} == {"4.2.2"}
            assert "报省工信厅评定" in reply.text
    there.teaching.withdraw(made.id, editor, "改由知识包回答")
    assert here.assistant.reply(QUESTION).text == before.text


def test_a_note_is_said_in_its_own_words_with_its_clauses(processes, staff, editor):
    here, there = processes
    question = "标杆工厂的投入门槛到底看哪些钱加起来"
    note = "平台和系统开发费、智能设备购置费等合计不低于2000万元。须提供专项审计报告、发票。"
    made = here.teaching.propose(staff, pack=PACK, question=question, clauses=["3.3.1"], note=note)
    here.teaching.approve(made.id, editor)
    reply = there.assistant.reply(question)
    assert "合计不低于2000万元[1]" in reply.text
    assert reply.category == "benchmark_factory"
    here.teaching.withdraw(made.id, editor)


@pytest.mark.parametrize(
    "note",
    [
        "合计不低于3000万元。",
        "请致电025-12345678。",
        "截止2023年5月1日。",
        "通知写明「可以用年度审计报告代替」。",
        "最高奖励50%。",
    ],
)
def test_nothing_is_taught_that_its_clause_does_not_say(processes, staff, editor, note):
    here, _ = processes
    given = {"pack": PACK, "question": "投入多少才够", "clauses": ["3.3.1"], "note": note}
    with pytest.raises(NotBorneOut) as told:
        here.teaching.propose(staff, **given)
    assert told.value.unsupported
    # Nor when somebody wrote it past the first check.
    made = here.records.exemplars.propose(**given, topic=None, by="li")
    with pytest.raises(NotBorneOut):
        here.teaching.approve(made.id, editor)
    assert here.records.exemplars.get(made.id).state == "proposed"
    here.teaching.reject(made.id, editor)


def test_reviewing_is_for_editors(processes, staff):
    here, _ = processes
    made = here.teaching.propose(staff, pack=PACK, question="谁能审", clauses=["4.2.2"])
    for step in (here.teaching.approve, here.teaching.reject, here.teaching.withdraw):
        with pytest.raises(AccessDenied):
            step(made.id, staff)
    assert here.records.exemplars.get(made.id).state == "proposed"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"question": " \n"}, RecordRefused),
        ({"question": "长" * 301}, RecordRefused),
        ({"question": "[applicant-deadline]"}, RecordRefused),
        ({"question": "# 注"}, RecordRefused),
        ({"clauses": []}, RecordRefused),
        ({"clauses": ["9.9"]}, UnknownClause),
        ({"clauses": [], "topic": "no-such-topic"}, RecordRefused),
        ({"topic": "applicant-deadline"}, RecordRefused),
        ({"clauses": ["3.3.1"] * 3 + [f"3.{n}" for n in range(9)]}, RecordRefused),
        ({"note": "见[6]。"}, RecordRefused),
        ({"note": "长" * 1001}, RecordRefused),
        ({"pack": "none"}, UnknownPack),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused(processes, staff, given, refusal):
    proposed = {"pack": PACK, "question": "一个新问题", "clauses": ["4.2.2"]} | given
    with pytest.raises(refusal):
        processes[0].teaching.propose(staff, **proposed)


def test_a_question_is_proposed_once(processes, staff):
    here, there = processes
    here.teaching.propose(staff, pack=PACK, question="同一个问题 再问", clauses=["4.2.2"])
    with pytest.raises(StateConflict):
        there.teaching.propose(staff, pack=PACK, question="同一个问题再问", clauses=["6"])


def test_turns_of_a_session_in_two_processes_at_once_are_all_kept(processes):
    session = "shared-session"
    refused: list[StateConflict] = []

    def talk(process: Process) -> None:
        for n in range(5):
            try:
                process.assistant.reply(f"第{n}问", session_id=session)
            except StateConflict as told:
                refused.append(told)

    threads = [threading.Thread(target=talk, args=(process,)) for process in processes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    kept = processes[0].records.conversations.messages(session)
    assert sorted(message.turn for message in kept) == list(range(1, 11 - len(refused)))


@pytest.fixture
def pack_copy(tmp_path: Path):
    shutil.copytree(PACKS_ROOT / PACK, tmp_path / PACK)
    return load_pack(tmp_path / PACK)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Records]:
    records = open_kept(Settings(database=f"sqlite:///{tmp_path}/records.db"))
    yield records
    records.database.close()


def approved(records: Records, question: str, **more):
    given = {"clauses": ("4.2.2",), "topic": None, "note": ""} | more
    made = records.exemplars.propose(pack=PACK, question=question, by="li", **given)
    return records.exemplars.approve(made.id, "wang")


def test_what_was_approved_stands_in_the_packs_files_and_passes_the_lint(fresh, pack_copy):
    first = approved(fresh, QUESTION)
    approved(fresh, "报名到哪天为止呀呀", clauses=(), topic="applicant-deadline")
    done = export(pack_copy, fresh.exemplars, "shell")
    assert done.files == ("exemplars/taught.txt", "topics/taught.yaml")
    assert lint_pack(pack_copy.folder) == []
    again = load_pack(pack_copy.folder)
    topic = again.topic(f"taught-{first.id}")
    assert topic is not None
    assert topic.questions == (QUESTION,)
    assert "报名到哪天为止呀呀" in again.topic("applicant-deadline").questions
    assert [p.state for p in fresh.exemplars.taught(PACK)] == ["exported", "exported"]


def test_a_second_export_adds_to_the_first(fresh, pack_copy):
    approved(fresh, QUESTION)
    export(pack_copy, fresh.exemplars, "shell")
    assert export(pack_copy, fresh.exemplars, "shell").files == ()
    approved(fresh, "另一个没答上来的问题", clauses=("3.3.1", "6"))
    approved(fresh, "报名到哪天为止呀呀", clauses=(), topic="applicant-deadline")
    assert len(export(load_pack(pack_copy.folder), fresh.exemplars, "shell").proposals) == 2
    assert lint_pack(pack_copy.folder) == []
    taught = [topic for topic in load_pack(pack_copy.folder).topics if topic.id.startswith("taught-")]
    assert [topic.questions for topic in taught] == [(QUESTION,), ("另一个没答上来的问题",)]


def test_a_question_that_stood_elsewhere_in_the_pack_moves(fresh, pack_copy):
    in_text = (pack_copy.folder / "exemplars" / "unresolved.txt").read_text(encoding="utf-8").splitlines()
    from_text = next(line for line in in_text if line and line[0] not in "#[")
    from_yaml = pack_copy.topic("subsidy-amount").questions[0]
    for question in (from_text, from_yaml):
        approved(fresh, question)
    export(pack_copy, fresh.exemplars, "shell")
    assert lint_pack(pack_copy.folder) == []
    again = load_pack(pack_copy.folder)
    assert from_yaml not in again.topic("subsidy-amount").questions
    assert sorted(q for t in again.topics if t.id.startswith("taught-") for q in t.questions) == sorted(
        (from_text, from_yaml)
    )


def test_what_the_lint_refuses_is_not_written(fresh, pack_copy):
    approved(fresh, QUESTION, note="合计不低于3000万元。")
    before = {file: file.read_bytes() for file in pack_copy.folder.rglob("*") if file.is_file()}
    with pytest.raises(PackError, match="3000万元") as told:
        export(pack_copy, fresh.exemplars, "shell")
    assert str(pack_copy.folder) in str(told.value)
    assert before == {file: file.read_bytes() for file in pack_copy.folder.rglob("*") if file.is_file()}
    assert [p.state for p in fresh.exemplars.taught(PACK)] == ["approved"]


def test_every_clause_of_the_notice_can_be_the_answer(fresh, pack_copy):
    for clause in pack_copy.tree:
        if clause.text.strip():
            approved(fresh, f"关于{clause.id}的问题", clauses=(clause.id,))
    export(pack_copy, fresh.exemplars, "shell")
    assert lint_pack(pack_copy.folder) == []


def test_nobodys_number_is_taught_or_exported(fresh, pack_copy, processes, staff):
    asked = "我是139 0013 9000，专项的牌子挂在哪面墙"
    proposed = processes[0].teaching.propose(staff, pack=PACK, question=asked, clauses=("4.2.2",))
    assert proposed.question == "我是〈手机号〉，专项的牌子挂在哪面墙"
    approved(fresh, asked)  # from a time when it was kept as it was said
    export(pack_copy, fresh.exemplars, "shell")
    written = (pack_copy.folder / "topics" / "taught.yaml").read_text(encoding="utf-8")
    assert "我是〈手机号〉，" in written
    assert "9000" not in written
