"""Many packs behind one assistant: opened when asked for, bounded, renewed beside the one that answers."""

from __future__ import annotations

import gc
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from assistant.serving import ServedPacks
from assistant.taught import Lesson
from knowledge.errors import IndexUnavailable, PackError, UnknownPack
from knowledge.listed_folders import LiveCatalogue
from knowledge.pack import Pack
from knowledge.retrieval.place import plain_name

SMALL = Path(__file__).parents[2] / "fixtures" / "small_pack"
DAY = date(2024, 3, 1)


class FakeDesk(SimpleNamespace):
    """Knows its pack; `open` counts those that somebody still holds."""

    open: ClassVar[Counter[str]] = Counter()

    def __init__(self, pack: Pack) -> None:
        super().__init__(pack=pack, index=SimpleNamespace(dense=object()))
        FakeDesk.open[pack.id] += 1

    def __del__(self) -> None:
        FakeDesk.open[self.pack.id] -= 1


class House:
    """Packs `p0` … in a folder, desks that open as they are told."""

    def __init__(self, root: Path) -> None:
        self.packs, self.index = root / "packs", root / "index"
        self.opened: list[str] = []
        self.before: Callable[[Pack], None] = lambda _: None

    def add(self, name: str, text: str = "") -> Path:
        folder = self.packs / name
        shutil.copytree(SMALL, folder)
        file = folder / "pack.yaml"
        file.write_text(
            file.read_text(encoding="utf-8").replace("id: small-2024-green", f"id: {name}"), encoding="utf-8"
        )
        return folder

    def open(self, pack: Pack) -> Any:
        self.opened.append(pack.id)
        self.before(pack)
        return FakeDesk(pack)

    def served(self, limit: int = 2, **more: Any) -> ServedPacks:
        return ServedPacks(
            LiveCatalogue(self.packs), self.open, "p0", index_root=self.index, limit=limit, **more
        )


@pytest.fixture
def house(tmp_path: Path) -> House:
    FakeDesk.open.clear()
    house = House(tmp_path)
    for number in range(4):
        house.add(f"p{number}")
    return house


def desk(served: ServedPacks, name: str) -> Any:
    listed, standing = served.on(name, DAY)
    assert standing.answers
    return served.desk(listed)


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def edit(folder: Path, old: str = "近三年", new: str = "近五年") -> None:
    file = folder / "notice.txt"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def says(desk: Any, words: str) -> bool:
    return any(words in clause.text for clause in desk.pack.tree)


def test_nothing_is_opened_before_it_is_asked_for(house):
    served = house.served()
    assert list(served) == ["p0", "p1", "p2", "p3"]
    assert house.opened == []
    desk(served, "p2")
    assert house.opened == ["p2"]


def test_a_desk_is_opened_once_however_many_threads_ask(house):
    house.before = lambda _: time.sleep(0.05)
    served, found = house.served(), []
    threads = [threading.Thread(target=lambda: found.append(desk(served, "p1"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert house.opened == ["p1"]
    assert len({id(one) for one in found}) == 1


def test_a_desk_that_cannot_be_opened_fails_for_all_who_wait_and_is_tried_again(house):
    def fail(_: Pack) -> None:
        time.sleep(0.05)
        raise IndexUnavailable("weg")

    house.before, served, failures = fail, house.served(), []

    def ask() -> None:
        try:
            desk(served, "p1")
        except IndexUnavailable as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(failures) == 4
    house.before = lambda _: None
    assert desk(served, "p1").pack.id == "p1"


def test_the_longest_unasked_desk_is_let_go_and_the_default_one_stays(house):
    served = house.served(limit=2)
    for name in ("p0", "p1", "p2", "p3", "p2"):
        desk(served, name)
    gc.collect()
    assert +FakeDesk.open == {"p0": 1, "p2": 1} or +FakeDesk.open == {"p0": 1, "p3": 1}
    assert house.opened == ["p0", "p1", "p2", "p3", "p2"]


def test_a_desk_at_which_somebody_still_answers_stays_whole(house):
    served = house.served(limit=2)
    held = desk(served, "p1")
    for name in ("p2", "p3", "p0"):
        desk(served, name)
    assert FakeDesk.open["p1"] == 1
    assert held.pack.id == "p1"


def test_packs_are_read_without_a_desk(house):
    served = house.served()
    assert served["p3"].tree.get("1.1.2").text
    assert house.opened == []
    edit(house.packs / "p3")
    assert "近五年" in served["p3"].tree.get("1.1.2").text


def test_an_unknown_pack_is_refused(house):
    with pytest.raises(UnknownPack):
        house.served().on("none", DAY)


def test_changed_files_are_noticed_and_the_old_desk_answers_until_the_new_one_is_ready(house):
    served = house.served(wait=lambda _: None)
    first = desk(served, "p1")
    ready = threading.Event()
    house.before = lambda _: ready.wait(20)
    edit(house.packs / "p1")
    for _ in range(5):
        assert desk(served, "p1") is first
    ready.set()
    until(lambda: desk(served, "p1") is not first)
    assert says(desk(served, "p1"), "近五年")
    assert house.opened == ["p1", "p1"]


def test_a_build_that_fails_leaves_the_old_desk_and_is_shown_and_not_tried_again_until_files_change(house):
    served = house.served(wait=lambda _: None)
    first = desk(served, "p1")
    good = (house.packs / "p1" / "pack.yaml").read_text(encoding="utf-8")
    (house.packs / "p1" / "rules.yaml").write_text("broken: [", encoding="utf-8")
    desk(served, "p1")
    until(lambda: "p1" in served.failures())
    assert "rules.yaml" in served.failures()["p1"]
    for _ in range(5):
        assert desk(served, "p1") is first
    assert house.opened == ["p1"]
    (house.packs / "p1" / "rules.yaml").unlink()
    (house.packs / "p1" / "pack.yaml").write_text(good + "\n", encoding="utf-8")
    until(lambda: desk(served, "p1") is not first)
    assert served.failures() == {}


def test_a_new_build_by_another_process_is_taken_over(house):
    served = house.served(wait=lambda _: None)
    first = desk(served, "p1")
    place = house.index / plain_name("p1")
    (place / "build-x").mkdir(parents=True)
    (place / "current").write_text("build-x", encoding="utf-8")
    until(lambda: desk(served, "p1") is not first)


def test_refreshing_by_hand_tells_what_is_wrong(house):
    served = house.served(wait=lambda _: None)
    first = desk(served, "p1")
    (house.packs / "p1" / "rules.yaml").write_text("broken: [", encoding="utf-8")
    with pytest.raises(PackError, match=r"rules\.yaml"):
        served.refresh("p1")
    assert desk(served, "p1") is first


def test_readers_during_many_swaps_see_one_state_or_the_next_and_never_half(house):
    folder, served = house.packs / "p1", house.served(wait=lambda _: None)
    text = (folder / "notice.txt").read_text(encoding="utf-8")
    stop, wrong, seen = threading.Event(), [], set()

    def read() -> None:
        while not stop.is_set():
            one = desk(served, "p1")
            marks = {mark for mark in range(30) if says(one, f"标记{mark}甲")}
            ends = {mark for mark in range(30) if says(one, f"标记{mark}乙")}
            seen.add(frozenset(marks))
            if marks != ends or len(marks) > 1:
                wrong.append((marks, ends))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for mark in range(30):
        changed = text.replace("近三年", f"标记{mark}甲").replace("百分之八十", f"标记{mark}乙")
        part = folder / ".part"
        part.write_text(changed, encoding="utf-8")
        part.replace(folder / "notice.txt")
        served.refresh("p1")
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(seen) > 2


class Lessons:
    """Teaches one pack a topic each time its version grows."""

    def __init__(self) -> None:
        self.number, self.asked = 0, []

    def version(self, pack: Pack) -> int:
        return self.number if pack.id == "p1" else 0

    def lesson(self, pack: Pack) -> Lesson:
        self.asked.append(pack.id)
        return Lesson()


def test_what_is_taught_for_a_pack_is_asked_of_that_pack_alone_and_once(house):
    lessons = Lessons()
    served = house.served(lessons=lessons)
    for name in ("p1", "p2", "p1", "p2"):
        desk(served, name)
    assert lessons.asked == ["p1", "p2"]
    lessons.number = 1
    for name in ("p1", "p2", "p1"):
        desk(served, name)
    assert lessons.asked == ["p1", "p2", "p1"]
