from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.taught import AddedExemplars, AllLessons, Lesson
from knowledge.models import Topic
from knowledge.pack import Pack, load_pack

SMALL = Path(__file__).parents[2] / "fixtures" / "small_pack"


@pytest.fixture
def small(tmp_path: Path) -> Pack:
    shutil.copytree(SMALL, tmp_path / "small")
    (tmp_path / "small" / "exemplars").mkdir(exist_ok=True)
    return load_pack(tmp_path / "small")


def write(pack: Pack, text: str) -> None:
    (pack.folder / "exemplars" / "desk.txt").write_text(text, encoding="utf-8")


def test_an_exemplar_written_into_the_files_is_taught(small: Pack) -> None:
    source = AddedExemplars()
    before = source.version(small)
    assert source.lesson(small) == Lesson()
    topic = small.topics[0]
    write(small, f"[{topic.id}]\n{topic.questions[0]}\n全新的问法\n")
    assert source.version(small) != before
    assert source.lesson(small).exemplars == {topic.id: ["全新的问法"]}


def test_a_file_that_cannot_be_read_teaches_nothing(small: Pack) -> None:
    source = AddedExemplars()
    write(small, "[no-such-topic]\n问\n")
    assert source.lesson(small) == Lesson()


class Fixed:
    def __init__(self, version: int, lesson: Lesson) -> None:
        self._version, self._lesson = version, lesson

    def version(self, pack: Pack) -> int:
        return self._version

    def lesson(self, pack: Pack) -> Lesson:
        return self._lesson


def test_sources_teach_together_and_any_change_shows(small: Pack) -> None:
    topic = Topic(id="t", route="lookup", title="题", questions=("问",))
    first, second = Fixed(1, Lesson((topic,), {"a": ["一"]})), Fixed(1, Lesson(exemplars={"a": ["二"]}))
    together = AllLessons(first, second)
    assert together.lesson(small) == Lesson((topic,), {"a": ["一", "二"]})
    assert together.version(small) == AllLessons(first, second).version(small)
    assert together.version(small) != AllLessons(first, Fixed(2, Lesson())).version(small)
