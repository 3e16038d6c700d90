"""What the desk has taught besides a pack's own topics, and how it takes part in an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from assistant.compose.sentences import Sentence
from assistant.desk import Desk
from assistant.understanding.intent import Candidate, IntentModel, bare
from knowledge.models import Topic
from knowledge.pack import Pack

_CERTAIN = 0.95


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


class TaughtIntents(IntentModel):
    """A trained model, and questions taught since: one that means the same as a taught one needs no judgement."""

    def __init__(self, trained: IntentModel, taught: Sequence[tuple[str, Topic]], near: float) -> None:
        self._trained, self._near = trained, near
        self.topics, self.digest = trained.topics, trained.digest
        self._encoder = trained._encoder
        self._taught = tuple(topic for _, topic in taught)
        self._exact = {bare(question.lower()): topic for question, topic in taught}
        self._vectors = self._encoder.encode([question.lower() for question, _ in taught])

    def classify(self, texts: Sequence[str], best: int = 5) -> list[tuple[Candidate, ...]]:
        """For each text the `best` most probable topics, the taught one first where it fits."""
        judged = self._trained.classify(texts, best)
        likeness = self._encoder.encode(list(texts)) @ self._vectors.T
        results = []
        for text, candidates, row in zip(texts, judged, likeness, strict=True):
            nearest = int(np.argmax(row))
            fits = self._taught[nearest] if row[nearest] >= self._near else None
            taught = self._exact.get(bare(text)) or fits
            if taught is not None:
                rest = tuple(c for c in candidates if c.topic.id != taught.id)[: best - 1]
                candidates = (  # noqa: PLW2901 - the candidates are this text's own
                    Candidate(taught, _CERTAIN),
                    *(Candidate(c.topic, c.probability * (1 - _CERTAIN)) for c in rest),
                )
            results.append(candidates)
        return results


def taught_desk(
    desk: Desk, topics: Sequence[Topic], exemplars: Mapping[str, Sequence[str]], near: float = 0.8
) -> Desk:
    """The desk with what is taught besides; `near` is the cosine from which a question is the same in other words."""
    known = {topic.id: topic for topic in desk.pack.topics}
    taught = [(question, topic) for topic in topics for question in topic.questions]
    taught += [
        (question, known[name]) for name, asked in exemplars.items() if name in known for question in asked
    ]
    if not taught:
        return desk
    return replace(
        desk,
        intents=TaughtIntents(desk.intents, taught, near),
        field_topics=(*desk.field_topics, *topics),
    )


def unsupported_values(desk: Desk, text: str, clauses: Sequence[str]) -> tuple[str, ...]:
    """What `text` says that does not stand in the clauses."""
    rejected = desk.grounding.verify([Sentence(text, tuple(clauses))]).rejected
    return tuple(dict.fromkeys(words for one in rejected for words in one.unsupported))
