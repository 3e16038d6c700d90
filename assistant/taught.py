"""What the desk has taught besides a pack's own topics, and how it takes part in an answer."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import structlog

from assistant.compose.sentences import Sentence
from assistant.desk import Desk
from knowledge.errors import PackError
from knowledge.exemplars import EXEMPLARS_FOLDER, read_exemplars
from knowledge.models import Topic
from knowledge.pack import Pack

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Lesson:
    """All that is taught for a pack: new topics, and further questions of the pack's own, by topic id."""

    topics: tuple[Topic, ...] = ()
    exemplars: Mapping[str, Sequence[str]] = field(default_factory=dict)


class LessonSource(Protocol):
    """Tells what was taught. `version` is cheap, since it is asked before every answer."""

    def version(self, pack: Pack) -> int:
        """A number that changes with what is taught for the pack."""
        ...

    def lesson(self, pack: Pack) -> Lesson:
        """All that is taught for the pack now."""
        ...


class NoLessons:
    """Nothing is taught: the shell, and the evaluation."""

    def version(self, pack: Pack) -> int:  # noqa: ARG002 - the same for all
        """Always the same."""
        return 0

    def lesson(self, pack: Pack) -> Lesson:  # noqa: ARG002 - the same for all
        """Nothing."""
        return Lesson()


class AddedExemplars:
    """Exemplars written into the files of a pack since it was loaded; they take effect with the next question.

    A file that cannot be read as it stands, half written perhaps, teaches nothing until it can.
    """

    def version(self, pack: Pack) -> int:
        """A number that changes when one of the pack's exemplar files does."""
        return hash(tuple(_state(pack.folder / EXEMPLARS_FOLDER)))

    def lesson(self, pack: Pack) -> Lesson:
        """The questions that the loaded pack does not have yet."""
        known = {topic.id: set(topic.questions) for topic in pack.topics}
        try:
            written = read_exemplars(pack.folder, set(known))
        except (PackError, OSError, UnicodeDecodeError) as error:
            _log.warning("exemplars_not_read", pack=pack.id, error=str(error))
            return Lesson()
        added = {name: [q for q in questions if q not in known[name]] for name, questions in written.items()}
        return Lesson(exemplars={name: questions for name, questions in added.items() if questions})


class AllLessons:
    """What several sources teach, together."""

    def __init__(self, *sources: LessonSource) -> None:
        self._sources = sources

    def version(self, pack: Pack) -> int:
        """A number that changes with any of the sources."""
        return hash(tuple(source.version(pack) for source in self._sources))

    def lesson(self, pack: Pack) -> Lesson:
        """All topics and all further questions."""
        lessons = [source.lesson(pack) for source in self._sources]
        exemplars: dict[str, list[str]] = {}
        for lesson in lessons:
            for name, questions in lesson.exemplars.items():
                exemplars.setdefault(name, []).extend(questions)
        return Lesson(tuple(topic for lesson in lessons for topic in lesson.topics), exemplars)


def _state(folder: Path) -> Iterable[tuple[str, int, int]]:
    found = []
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".txt"):
                with suppress(FileNotFoundError):
                    stat = entry.stat()
                    found.append((entry.name, stat.st_mtime_ns, stat.st_size))
    return sorted(found)


def taught_desk(desk: Desk, topics: Sequence[Topic], exemplars: Mapping[str, Sequence[str]]) -> Desk:
    """The desk with what is taught besides; exemplars of topics that the pack no longer has are left out."""
    known = {topic.id for topic in desk.pack.topics}
    wanted = {name: asked for name, asked in exemplars.items() if name in known}
    if not topics and not wanted:
        return desk
    return replace(
        desk, intents=desk.intents.taught(topics, wanted), field_topics=(*desk.field_topics, *topics)
    )


def unsupported_values(desk: Desk, text: str, clauses: Sequence[str]) -> tuple[str, ...]:
    """What `text` says that does not stand in the clauses."""
    rejected = desk.grounding.verify([Sentence(text, tuple(clauses))]).rejected
    return tuple(dict.fromkeys(words for one in rejected for words in one.unsupported))
