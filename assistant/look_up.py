"""Looking up without answering: the clauses and exemplar questions nearest to a few words.

For people who know the notice and quote it themselves; nothing is decided, composed or remembered here.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.desk import Desk
from knowledge.models import Clause, Topic


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A clause found: `score` in [0, 1]."""

    document: str
    clause_id: str
    label: str
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class ClauseFound:
    """A clause with its score in [0, 1], and the exemplar by which it was found if not by its own words."""

    clause: Clause
    score: float
    exemplar: str | None


@dataclass(frozen=True, slots=True)
class ExemplarFound:
    """An exemplar question with the topic that it leads to and the clauses that answer it."""

    question: str
    topic: Topic
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, nearest first, and the words to mark in it."""

    clauses: tuple[ClauseFound, ...]
    exemplars: tuple[ExemplarFound, ...]
    words: tuple[str, ...]


def search(desk: Desk, query: str, k: int) -> tuple[SearchHit, ...]:
    """The `k` clauses nearest to a query, as they are told to programs."""
    document = desk.pack.notice.document
    found = ((desk.pack.tree.get(hit.clause_id), hit.score) for hit in desk.index.search(query, k=k))
    return tuple(SearchHit(document, c.id, c.label, c.text, score) for c, score in found)


def look_up(desk: Desk, query: str, *, category: str | None, k: int) -> Found:
    """The `k` nearest clauses and at most as many topics, each by its nearest exemplar. Raises UnknownCategory."""
    clauses = tuple(
        ClauseFound(desk.pack.tree.get(hit.clause_id), hit.score, hit.exemplar)
        for hit in desk.index.search(query, k=k, category=category)
    )
    return Found(clauses, _exemplars(desk, query, category, k), desk.index.words(query))


def _exemplars(desk: Desk, query: str, category: str | None, k: int) -> tuple[ExemplarFound, ...]:
    found: dict[str, ExemplarFound] = {}
    # Many exemplars lead to one topic: far more are asked for than topics are shown.
    for hit in desk.index.search_exemplars(query, k=16 * k):
        topic = desk.topic(hit.topic)
        if topic is None or topic.id in found or (category and topic.category not in {None, category}):
            continue
        found[topic.id] = ExemplarFound(hit.question, topic, clauses_of(desk, topic))
        if len(found) == k:
            break
    return tuple(found.values())


def clauses_of(desk: Desk, topic: Topic) -> tuple[Clause, ...]:
    """The clauses that the answers of a topic cite, each once."""
    cited = dict.fromkeys(citation.clause for answer in topic.answers for citation in answer.citations)
    return tuple(desk.pack.tree.get(clause) for clause in cited)
