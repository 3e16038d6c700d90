"""Which topic a question is about: kernel ridge regression over exemplar questions.

The kernel joins the sentence embedding with sparse readings (characters, pinyin, concepts). Ridge regression is
solved in closed form, so training takes seconds, is deterministic, and gives leave-one-out scores for free
(Cawley & Talbot 2004), from which the temperature of the confidence is set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from assistant.understanding.lexical import LexicalSpace, Weights
from knowledge.models import Topic
from knowledge.vocabulary import Vocabulary

Matrix = npt.NDArray[np.float32]


class SentenceEncoder(Protocol):
    """Texts to unit vectors, shape (n, dimensions), float32."""

    def encode(self, texts: list[str]) -> Matrix:
        """One row a text."""
        ...


@dataclass(frozen=True, slots=True)
class IntentTuning:
    """What was chosen by measuring on the development questions."""

    dense: float = 0.4
    weights: Weights = field(default_factory=Weights)
    sharpness: float = 2.0
    ridge: float = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic, its calibrated probability, and the nearest of its exemplars with the kernel's similarity."""

    topic: Topic
    probability: float
    nearest: str
    similarity: float


class IntentModel:
    """Trained on all exemplars of the given topics; immutable after construction."""

    def __init__(
        self,
        topics: Sequence[Topic],
        encoder: SentenceEncoder,
        vocabularies: Sequence[Vocabulary],
        tuning: IntentTuning = IntentTuning(),
    ) -> None:
        self.topics = tuple(topics)
        self._encoder, self._tuning = encoder, tuning
        pairs = [(q.lower(), n) for n, topic in enumerate(self.topics) for q in topic.questions]
        self.exemplars = tuple(text for text, _ in pairs)
        self.labels = np.array([n for _, n in pairs], np.int64)
        self._dense = encoder.encode(list(self.exemplars))
        self._space = LexicalSpace(self.exemplars, vocabularies, tuning.weights)
        self._fit()

    def _fit(self) -> None:
        count = len(self.labels)
        kernel = self._kernel(self._dense, self._space.matrix)
        targets = np.zeros((count, len(self.topics)))
        targets[np.arange(count), self.labels] = 1.0
        # Topics with few exemplars weigh as much as those with many.
        inverse = np.linalg.inv(kernel.astype(np.float64) + self._tuning.ridge * np.eye(count))
        dual = inverse @ targets
        self._dual = dual.astype(np.float32)
        self.left_out = targets - dual / np.diag(inverse)[:, None]
        self.temperature = _best_temperature(self.left_out, self.labels)

    def _kernel(self, dense: Matrix, sparse: object) -> Matrix:
        tuning = self._tuning
        similarity = self.similarity(dense, sparse)
        return np.exp(tuning.sharpness * (similarity - 1.0)).astype(np.float32)

    def similarity(self, dense: Matrix, sparse: object) -> Matrix:
        """Joint similarity to every exemplar, shape (n, exemplars); 1 for the exemplar itself."""
        weights = self._tuning.weights
        total = self._tuning.dense + weights.chars + weights.pinyin + weights.concepts
        lexical = (sparse @ self._space.matrix.T).toarray()  # type: ignore[operator]
        joint: Matrix = (self._tuning.dense * (dense @ self._dense.T) + lexical) / total
        return joint

    def classify(self, texts: Sequence[str], best: int = 5) -> list[tuple[Candidate, ...]]:
        """For each text the `best` most probable topics, most probable first."""
        similarity = self.similarity(self._encoder.encode(list(texts)), self._space.rows(texts))
        kernel = np.exp(self._tuning.sharpness * (similarity - 1.0))
        scores = kernel @ self._dual
        probabilities = _softmax(scores / self.temperature)
        results = []
        for row, near in zip(probabilities, similarity, strict=True):
            order = np.argsort(-row)[:best]
            results.append(tuple(self._candidate(int(n), float(row[n]), near) for n in order))
        return results

    def _candidate(self, topic: int, probability: float, similarity: Matrix) -> Candidate:
        own = np.flatnonzero(self.labels == topic)
        nearest = int(own[np.argmax(similarity[own])])
        return Candidate(self.topics[topic], probability, self.exemplars[nearest], float(similarity[nearest]))


def _softmax(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: npt.NDArray[np.float64] = exponents / exponents.sum(axis=1, keepdims=True)
    return shares


def _best_temperature(scores: npt.NDArray[np.float64], labels: npt.NDArray[np.int64]) -> float:
    """The temperature under which the left-out exemplars are most likely."""

    def loss(temperature: float) -> float:
        shares = _softmax(scores / temperature)
        return float(-np.log(shares[np.arange(len(labels)), labels] + 1e-12).mean())

    return min(np.geomspace(0.02, 1.0, 40).tolist(), key=loss)
