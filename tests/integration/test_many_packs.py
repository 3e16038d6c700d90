"""Several notices behind one assistant, with real indexes: versions, questions for another notice, changed files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap import build_assistant
from assistant.records.store import open_records
from assistant.service import Assistant
from assistant.settings import Settings
from evals.generated import Generated, generated, write_packs
from knowledge.errors import PackError, PackNotInForce

DAY = date(2024, 3, 1)
COUNT = 5


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index root in which what is learned of the field is there already."""
    root = tmp_path_factory.mktemp("trained")
    write_packs(root / "packs", 1, 7, lambda: None)
    build_assistant(Settings(packs_root=root / "packs", index_root=root / "index"))
    return root / "index"


class House:
    def __init__(self, root: Path, trained: Path) -> None:
        self.packs, self.index = root / "packs", root / "index"
        shutil.copytree(trained, self.index)
        self.made: list[Generated] = write_packs(self.packs, COUNT, 7, lambda: None)
        self.records = open_records(f"sqlite:///{root}/records.db")
        self.assistant: Assistant = self.open()

    def open(self) -> Assistant:
        settings = Settings(packs_root=self.packs, index_root=self.index, open_packs=3)
        return build_assistant(settings, today=lambda: DAY, records=self.records)

    def edit(self, number: int, old: str, new: str, file: str = "notice.txt") -> None:
        path = self.packs / self.made[number].id / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        part = path.with_suffix(".part")
        part.write_text(text.replace(old, new), encoding="utf-8")
        part.replace(path)


@pytest.fixture
def house(tmp_path: Path, trained: Path) -> Any:
    house = House(tmp_path, trained)
    yield house
    house.records.database.close()


def test_questions_are_answered_from_the_pack_asked_whoever_else_asks_at_once(house):
    wrong: list[Any] = []

    def ask(number: int) -> None:
        made = house.made[number]
        for question, clause in made.questions[:8]:
            reply = house.assistant.reply(question, pack=made.id, session_id=f"s{number}", as_of=DAY)
            cited = {(one.pack, one.document) for one in reply.citations}
            if cited != {(made.id, made.document)} or made.phone not in reply.text:
                wrong.append((number, clause, reply.text))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(COUNT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_question_about_another_notice_is_told_so_with_its_phone(house):
    own, other = house.made[0], house.made[3]
    reply = house.assistant.reply(f"{other.document}的投入要求是多少？", pack=own.id, as_of=DAY)
    assert reply.route == "out_of_scope"
    assert other.title in reply.text
    assert other.phone in reply.text
    assert own.phone not in reply.text
    assert {one.pack for one in reply.citations} == {other.id}


def test_a_superseded_pack_answers_nothing_says_by_what_and_is_still_read(house):
    old, new = house.made[1], house.made[2]
    said = house.assistant.reply(old.questions[0][0], pack=old.id, session_id="s", as_of=DAY)
    assert said.citations[0].pack == old.id
    house.edit(1, '"version": "1"', f'"version": "1", "superseded_by": "{new.id}"', "pack.yaml")
    reply = house.assistant.reply(old.questions[0][0], session_id="s", as_of=DAY)
    assert reply.route == "out_of_scope"
    assert new.title in reply.text
    assert new.phone in reply.text
    assert old.phone not in reply.text
    with pytest.raises(PackNotInForce, match="取代"):
        house.assistant.search("投入", pack=old.id)
    with pytest.raises(PackNotInForce, match="取代"):
        house.assistant.check("project", {}, pack=old.id)
    assert old.phone in house.assistant.packs[old.id].tree.get("6.1").text


def test_a_new_version_beside_the_old_one_answers_by_the_old_id(house):
    made = house.made[1]
    folder = house.packs / "the-next-version"
    shutil.copytree(house.packs / made.id, folder)
    text = (folder / "notice.txt").read_text(encoding="utf-8").replace(made.phone, "0999-12345678")
    (folder / "notice.txt").write_text(text, encoding="utf-8")
    head = (folder / "pack.yaml").read_text(encoding="utf-8").replace(made.phone, "0999-12345678")
    (folder / "pack.yaml").write_text(head.replace('"version": "1"', '"version": "2"'), encoding="utf-8")
    assert "0999-12345678" in house.assistant.reply("咨询电话是多少", pack=made.id, as_of=DAY).text
    old = house.assistant.reply("咨询电话是多少", pack=f"{made.id}@1", as_of=DAY)
    assert "0999-12345678" in old.text
    assert old.route == "out_of_scope"
    assert made.phone in house.assistant.packs[f"{made.id}@1"].tree.get("6.1").text


def test_an_answer_is_kept_with_the_words_it_was_given_from(house):
    made = house.made[1]
    question, clause = made.questions[0]
    before = house.assistant.packs[made.id].tree.get(clause).text
    reply = house.assistant.reply(question, pack=made.id, session_id="s", as_of=DAY)
    digest = house.records.conversations.message(reply.message_id).pack_digest
    house.edit(1, before, "本条已全部改写。")
    house.assistant.refresh(made.id)
    again = house.assistant.reply("本条改写了吗", pack=made.id, session_id="s", as_of=DAY)
    kept = house.records.conversations.cited([reply.message_id, again.message_id])
    assert kept[reply.message_id][clause].text == before
    assert house.records.conversations.message(reply.message_id).pack_digest == digest
    assert house.records.conversations.message(again.message_id).pack_digest != digest
    assert "本条已全部改写" in again.text


def test_readers_go_on_while_a_pack_is_renewed_and_each_answer_is_of_one_text(house):
    made = house.made[1]
    stop, wrong, seen = threading.Event(), [], set()

    def ask() -> None:
        while not stop.is_set():
            reply = house.assistant.reply("咨询电话是多少", pack=made.id, as_of=DAY)
            told = {phone for phone in phones if phone in reply.text}
            quoted = {phone for phone in phones for one in reply.citations if phone in one.quote}
            seen.update(told)
            if len(told) != 1 or told != quoted:
                wrong.append(reply.text)

    phones = [made.phone, "0999-11111111", "0999-22222222"]
    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    folder = house.packs / made.id
    for old, new in pairwise(phones):
        for file in ("pack.yaml", "notice.txt"):
            text = (folder / file).read_text(encoding="utf-8")
            (folder / ".part").write_text(text.replace(old, new), encoding="utf-8")
            (folder / ".part").replace(folder / file)
        house.assistant.refresh(made.id)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert phones[-1] in house.assistant.reply("咨询电话是多少", pack=made.id, as_of=DAY).text
    assert seen


def test_a_failed_build_leaves_the_old_answers_and_is_shown(house, monkeypatch):
    from knowledge.retrieval import index  # noqa: PLC0415

    made = house.made[1]
    before = house.assistant.reply("咨询电话是多少", pack=made.id, as_of=DAY)

    def fail(*_: Any) -> None:
        raise OSError(5, "the disk is on fire")

    monkeypatch.setattr(index.KeywordLeg, "save", fail)
    house.edit(1, made.phone, "0999-33333333")
    with pytest.raises(OSError, match="fire"):
        house.assistant.refresh(made.id)
    assert "fire" in house.assistant.failures()[made.id]
    assert house.assistant.reply("咨询电话是多少", pack=made.id, as_of=DAY).text == before.text
    monkeypatch.undo()
    house.edit(1, made.phone, "0999-33333333", "pack.yaml")
    house.assistant.refresh(made.id)
    assert house.assistant.failures() == {}
    assert "0999-33333333" in house.assistant.reply("咨询电话是多少", pack=made.id, as_of=DAY).text


def test_a_broken_pack_is_refused_alone(house):
    (house.packs / house.made[2].id / "rules.yaml").write_text("broken: [", encoding="utf-8")
    with pytest.raises(PackError, match=r"rules\.yaml"):
        house.assistant.reply("咨询电话是多少", pack=house.made[2].id, as_of=DAY)
    assert house.made[1].phone in house.assistant.reply("电话", pack=house.made[1].id, as_of=DAY).text


_BUILDER = """
import sys
from pathlib import Path
from knowledge.pack import load_pack
from knowledge.retrieval import index
from knowledge.retrieval.manifest import Manifest
from knowledge.retrieval.settings import IndexSettings
if sys.argv[3] == "hang":
    def hang(*_):
        print("hanging", flush=True)
        sys.stdin.read()
    Manifest.write = hang
index.build_index(load_pack(Path(sys.argv[1])), IndexSettings(index_root=Path(sys.argv[2])), force=True)
print("built", flush=True)
"""


def test_another_process_killed_while_it_builds_changes_nothing_and_one_that_ends_is_taken_over(house):
    made = house.made[1]
    before = house.assistant.reply("咨询电话是多少", pack=made.id, as_of=DAY)
    arguments = [sys.executable, "-c", _BUILDER, str(house.packs / made.id), str(house.index)]
    with subprocess.Popen(
        [*arguments, "hang"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=os.environ
    ) as builder:
        assert builder.stdout
        assert any("hanging" in line for line in builder.stdout)
        builder.send_signal(signal.SIGKILL)
    assert house.assistant.reply("咨询电话是多少", pack=made.id, as_of=DAY).text == before.text
    assert not house.assistant.failures()
    done = subprocess.run([*arguments, "end"], capture_output=True, encoding="utf-8", check=True, timeout=120)
    assert "built" in done.stdout
    served = house.assistant._served._open[made.id].desk
    for _ in range(400):
        house.assistant.reply("咨询电话是多少", pack=made.id, as_of=DAY)
        if house.assistant._served._open[made.id].desk is not served:
            break
        threading.Event().wait(0.05)
    else:
        pytest.fail("the new build was not taken over")
    assert house.assistant.reply("咨询电话是多少", pack=made.id, as_of=DAY).text == before.text


def test_packs_without_topics_say_when_nothing_is_near(house):
    made = house.made[0]
    assert house.assistant.reply("你好", pack=made.id, as_of=DAY).route == "smalltalk"
    far = house.assistant.reply("今天天气怎么样", pack=made.id, as_of=DAY)
    assert far.route == "unresolved"
    assert made.phone in far.text
    assert generated(0, 7) == made
