"""A topic that answers instead of another, by what else is known of who asks and of what."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.understanding.intent import Candidate
from knowledge.models import Topic

ById = Callable[[str], Topic | None]


def instead(
    candidates: Iterable[Candidate], named: Callable[[Topic], str], by_id: ById
) -> tuple[Candidate, ...]:
    """The candidates, each topic replaced by the one that it names, most probable first.

    Of candidates that lead to the same topic the probabilities are added up.
    """
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        topic = by_id(named(candidate.topic)) or candidate.topic
        known = found.get(topic.id)
        share = candidate.probability + (known.probability if known else 0.0)
        found[topic.id] = Candidate(topic, share)
    return tuple(sorted(found.values(), key=lambda candidate: -candidate.probability))
