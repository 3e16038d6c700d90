"""What the desk has taught besides a pack's own topics, and how it takes part in an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from assistant.compose.sentences import Sentence
from assistant.desk import Desk
from knowledge.models import Topic
from knowledge.pack import Pack


@dataclass(frozen=True, slots=True)
class Lesson:
    """All that is taught for a pack: new topics, and further questions of the pack's own, by topic id."""

    topics: tuple[Topic, ...] = ()
    exemplars: Mapping[str, Sequence[str]] = field(default_factory=dict)


class LessonSource(Protocol):
    """Tells what was taught. `versions` is cheap, since it is asked before every answer."""

    def versions(self) -> Mapping[str, int]:
        """Pack → a number that changes with what is taught for it."""
        ...

    def lesson(self, pack: Pack) -> Lesson:
        """All that is taught for the pack now."""
        ...


class NoLessons:
    """Nothing is taught: the shell, and the evaluation."""

    def versions(self) -> Mapping[str, int]:
        """No pack."""
        return {}

    def lesson(self, pack: Pack) -> Lesson:  # noqa: ARG002 - the same for all
        """Nothing."""
        return Lesson()


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
