"""Candidates of a reading against one another: joined, among some topics alone, of the categories in question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.understanding.intent import Candidate
from assistant.understanding.tuning import DecisionTuning
from knowledge.models import Topic


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message that asks something: its words, and its candidate topics, most probable first."""

    text: str
    read: tuple[Candidate, ...]


def among(found: tuple[Candidate, ...], fits: Callable[[Topic], bool]) -> tuple[Candidate, ...]:
    """The candidates that fit, as probable as they are among themselves; all where none does."""
    own = tuple(c for c in found if fits(c.topic))
    total = sum(c.probability for c in own)
    return tuple(replace(c, probability=c.probability / total) for c in own) if total else found


def of_all(
    found: tuple[Candidate, ...], about: Sequence[str], tuning: DecisionTuning
) -> tuple[Candidate, ...]:
    """The reading, topics that do not speak of all these categories counting less.

    Of several that are named (平台、标杆、上云分别谁评审), or of the one discussed where none is.
    """
    weighed = (
        replace(c, probability=c.probability * tuning.of_another)
        if c.topic.category and set(about) - {c.topic.category}
        else c
        for c in found
    )
    return tuple(sorted(weighed, key=lambda c: -c.probability))


def merged(
    readings: Sequence[tuple[Candidate, ...]], weights: Sequence[float], again: str = "", worth: float = 1.0
) -> tuple[Candidate, ...]:
    """Candidates of several readings by their weights, most probable first; the topic answered last counts `worth`."""
    total: dict[str, Candidate] = {}
    for weight, reading in zip(weights, readings, strict=True):
        for candidate in reading:
            known = total.get(candidate.topic.id)
            share = weight / sum(weights) * candidate.probability
            share *= worth if candidate.topic.id == again else 1.0
            total[candidate.topic.id] = Candidate(
                candidate.topic, share + (known.probability if known else 0.0)
            )
    return tuple(sorted(total.values(), key=lambda candidate: -candidate.probability))


def asked_of_another(topic: Topic, named: Sequence[str]) -> str:
    """How a topic is asked of the categories named, where that is the question of another topic; else nothing."""
    if len(named) == 1 and topic.of_one:
        return topic.of_one
    return topic.title if of_another(topic, named) else ""


def of_another(topic: Topic, named: Sequence[str]) -> bool:
    """Whether a topic is of one category alone, and others are named."""
    return bool(named) and topic.category is not None and topic.category not in named
