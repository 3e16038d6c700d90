"""Searching one pack's clauses, by meaning and by keyword."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal

import numpy as np
import structlog
from numpy.typing import NDArray

from knowledge.errors import ShenbaoError, UnknownCategory
from knowledge.retrieval.bm25 import KeywordLeg
from knowledge.retrieval.entries import Entry
from knowledge.retrieval.fusion import Evidence, by_clause, fused, lexical_only
from knowledge.retrieval.tokens import Tokenizer

if TYPE_CHECKING:
    from langchain_core.vectorstores import VectorStoreRetriever

    from knowledge.retrieval.dense import DenseLeg
    from knowledge.retrieval.dense_server import ServerLeg
    from knowledge.retrieval.encoder import Encoder

Mode = Literal["fused", "dense", "bm25"]

NEAREST = 100
"""Entries asked of Chroma. Many exemplars lead to one clause, so that five clauses need far more than five;
measured, from 50 to 1,000 the clauses found are the same."""
REMEMBERED = 64
"""Questions whose neighbours are kept: one turn searches clauses and exemplars for the same question."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found. Scores are in [0, 1]; `dense` is None where the dense leg was not asked or is away.

    `exemplar` and `topic` name the exemplar question by which the clause was found, if it was not found by
    its own text.
    """

    clause_id: str
    score: float
    dense: float | None
    lexical: float
    exemplar: str | None
    topic: str | None


@dataclass(frozen=True, slots=True)
class ExemplarHit:
    """An exemplar question found; `similarity` in [0, 1], by keywords where the dense leg is away."""

    question: str
    topic: str
    similarity: float


class ClauseIndex:
    """The index of one pack, open for questions. Safe to share between threads."""

    def __init__(
        self,
        entries: Sequence[Entry],
        words: tuple[KeywordLeg, KeywordLeg],
        dense: DenseLeg | ServerLeg | None,
        encoder: Encoder,
        tokenizer: Tokenizer,
    ) -> None:
        """Clauses come first among `entries`; `words` are the keyword legs of clauses and of exemplars."""
        self.encoder, self.dense = encoder, dense
        self._tokenizer = tokenizer
        self._entries = {entry.id: entry for entry in entries}
        self._clauses = [entry for entry in entries if entry.topic is None]
        self._exemplars = [entry for entry in entries if entry.topic is not None]
        self._words = words
        self._binds = {entry.links[0][0]: entry.categories for entry in self._clauses}
        self._categories = {category for bound in self._binds.values() for category in bound}
        self._order = {clause: place for place, clause in enumerate(self._binds)}
        self._near = lru_cache(maxsize=REMEMBERED)(partial(_ask_dense, dense, encoder, self._entries))
        self._dense_away = dense is None

    @property
    def by_meaning(self) -> bool:
        """Whether questions are answered by meaning too, and not by keywords alone."""
        return self.dense is not None and self.dense.there and not self._dense_away

    def search(
        self,
        query: str,
        k: int = 5,
        category: str | None = None,
        mode: Mode = "fused",
        within: Callable[[str], bool] | None = None,
    ) -> tuple[Hit, ...]:
        """The `k` clauses that best answer `query`, best first; of `category` those that bind it.

        `within` tells by its id whether a clause may be found at all.

        When Chroma cannot answer, keywords alone do, and the hits say so by `dense=None`.
        Raises UnknownCategory.
        """
        if category is not None and category not in self._categories:
            raise UnknownCategory(f"没有申报类别 {category[:40]}")
        question = self._tokenizer.normalise(query)
        if not question or k < 1:
            return ()
        lexical, via_exemplar = self._keyword_evidence(question, category)
        near = None if mode == "bm25" else self._neighbours(question, k, category)
        if near is None:
            hits = self._by_keywords(lexical, via_exemplar)
        else:
            hits = self._by_both(near, lexical, category, mode)
        bound = [hit for hit in hits if category is None or category in self._binds[hit.clause_id]]
        bound = [hit for hit in bound if within is None or within(hit.clause_id)]
        bound.sort(key=lambda hit: (-hit.score, self._order[hit.clause_id]))
        return tuple(bound[:k])

    def search_exemplars(self, query: str, k: int = 5) -> tuple[ExemplarHit, ...]:
        """The `k` exemplar questions nearest to `query`, nearest first."""
        question = self._tokenizer.normalise(query)
        if not question or k < 1:
            return ()
        near = self._neighbours(question, k, None)
        if near is None:
            asked, implied = self._tokenizer.question_tokens(question)
            near = _strongest(self._words[1].scores(asked, implied), self._exemplars)
        found = [
            ExemplarHit(entry.exemplar, entry.topic, value)
            for entry, value in near
            if entry.exemplar is not None and entry.topic is not None
        ]
        return tuple(found[:k])

    def words(self, query: str) -> tuple[str, ...]:
        """The words by which `query` finds texts, its synonyms' included, for marking them where they stand."""
        asked, implied = self._tokenizer.question_tokens(query)
        return tuple(dict.fromkeys((*asked, *implied)))

    def retriever(self, k: int = 5) -> VectorStoreRetriever:
        """LangChain's own retriever over the same collection and encoder. Needs the dense leg."""
        if self.dense is None:
            raise ValueError("the dense leg is away")
        retriever: VectorStoreRetriever = self.dense.store(self.encoder).as_retriever(search_kwargs={"k": k})
        return retriever

    def close(self) -> None:
        """Let go of the index's files."""
        if self.dense is not None:
            self.dense.close()

    def _keyword_evidence(self, question: str, category: str | None) -> tuple[Evidence, Evidence]:
        asked, implied = self._tokenizer.question_tokens(question)
        texts = (self._clauses, self._exemplars)
        found = (
            _strongest(leg.scores(asked, implied), entries)
            for leg, entries in zip(self._words, texts, strict=True)
        )
        of_clauses, of_exemplars = (by_clause(texts, category) for texts in found)
        return of_clauses, of_exemplars

    def _neighbours(self, question: str, k: int, category: str | None) -> list[tuple[Entry, float]] | None:
        """The nearest entries, or None when the dense leg cannot answer."""
        if self.dense is None:
            return None
        try:
            near = self._near(question, None)
            if category is not None and len(self._bound(near, category)) < k:
                near = self._near(question, category)
        except ShenbaoError as error:
            if not self._dense_away:
                _log.warning("dense_leg_away", cause=str(error))
            self._dense_away = self.dense.there  # one that comes back tells so itself
            return None
        self._dense_away = False
        return near

    def _bound(self, near: list[tuple[Entry, float]], category: str) -> list[str]:
        return [clause for clause in by_clause(near, category) if category in self._binds[clause]]

    def _by_keywords(self, lexical: Evidence, via_exemplar: Evidence) -> list[Hit]:
        hits = []
        for clause in self._order:
            own, exemplar = lexical.get(clause), via_exemplar.get(clause)
            if own is None and exemplar is None:
                continue
            by_own, by_exemplar = own[0] if own else 0.0, exemplar[0] if exemplar else 0.0
            source = exemplar[1] if exemplar and by_exemplar > by_own else None
            hits.append(_hit(clause, lexical_only(by_own, by_exemplar), None, by_own, source))
        return hits

    def _by_both(
        self, near: list[tuple[Entry, float]], lexical: Evidence, category: str | None, mode: Mode
    ) -> list[Hit]:
        dense = by_clause(near, category)
        # A clause that is not among the nearest is at most as near as the last of these.
        floor = near[-1][1] if near and len(near) < len(self._entries) else 0.0
        hits = []
        for clause in dense if mode == "dense" else dense | lexical:
            meaning, source = dense.get(clause, (floor, None))
            keywords = lexical[clause][0] if clause in lexical else 0.0
            score = meaning if mode == "dense" else fused(meaning, keywords)
            hits.append(_hit(clause, score, meaning, keywords, source))
        return hits


def _ask_dense(
    dense: DenseLeg | ServerLeg | None,
    encoder: Encoder,
    entries: Mapping[str, Entry],
    question: str,
    category: str | None,
) -> list[tuple[Entry, float]]:
    # No method: an index that held a cache of its own method would hold itself, and its files, after the last use.
    assert dense is not None  # noqa: S101 - asked only when there is one
    found = dense.nearest(encoder.encode([question]), NEAREST, category)[0]
    return [(entries[id_], min(1.0, max(0.0, similarity))) for id_, similarity in found]


def _hit(clause: str, score: float, dense: float | None, lexical: float, source: Entry | None) -> Hit:
    exemplar, topic = (source.exemplar, source.topic) if source else (None, None)
    return Hit(clause, score, dense, lexical, exemplar, topic)


def _strongest(values: NDArray[np.float32], entries: Sequence[Entry]) -> list[tuple[Entry, float]]:
    """The texts with any evidence, strongest first, no more than are asked of Chroma."""
    order = np.argsort(-values, kind="stable")[:NEAREST]
    return [(entries[place], float(values[place])) for place in order if values[place] > 0]
