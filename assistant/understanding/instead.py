"""A topic that answers instead of another, by what else is known of who asks and of what."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.understanding.intent import Candidate
from assistant.understanding.listed import Classify
from knowledge.models import Topic

ById = Callable[[str], Topic | None]
_OTHER_REGION = "other-region"


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


def without_other_regions(classify: Classify) -> Classify:
    """Readings in which no other region is asked of, the other candidates as probable among themselves as before.

    For messages that name places of the notice's own province alone: 盐城那边也是这个系统吗.
    """
    return lambda texts: [_without_other_regions(found) for found in classify(texts)]


def _without_other_regions(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    left = [candidate for candidate in candidates if candidate.topic.id != _OTHER_REGION]
    if not left or len(left) == len(candidates):
        return candidates
    share = sum(c.probability for c in candidates) / sum(c.probability for c in left)
    return tuple(Candidate(c.topic, c.probability * share) for c in left)
