"""Which topic a question is about: a linear classifier over exemplar questions.

Features are the sentence embedding beside sparse readings (characters, pinyin, concepts). A support vector
machine is trained when the index is built (seconds) and kept in one file; answering needs numpy alone. Its
margins become probabilities by a temperature chosen on exemplars that were left out of training.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from assistant.understanding.lexical import LexicalSpace, Weights
from knowledge.models import Topic
from knowledge.vocabulary import Vocabulary

Matrix = npt.NDArray[np.float32]
FORMAT = 1


class SentenceEncoder(Protocol):
    """Texts to unit vectors, shape (n, dimensions), float32."""

    def encode(self, texts: list[str]) -> Matrix:
        """One row a text."""
        ...


@dataclass(frozen=True, slots=True)
class IntentTuning:
    """What was chosen by measuring on the development questions (see docs/evaluation.md)."""

    weights: Weights = field(default_factory=Weights)
    cost: float = 0.5
    held_out: int = 6
    same_question: float = 0.93


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic with its calibrated probability."""

    topic: Topic
    probability: float


@dataclass(frozen=True, slots=True)
class _Weights:
    """The trained classifier: `dense` (dimensions, topics), `sparse` (features, topics), `bias` (topics,)."""

    dense: Matrix
    sparse: Matrix
    bias: Matrix
    temperature: float


class IntentModel:
    """Trained on all exemplars of the given topics; immutable after construction.

    `folder` keeps what was trained, under a name made of everything it depends on; None keeps nothing.
    """

    def __init__(
        self,
        topics: Sequence[Topic],
        encoder: SentenceEncoder,
        encoder_name: str,
        vocabularies: Sequence[Vocabulary],
        folder: Path | None,
        tuning: IntentTuning,
    ) -> None:
        self.topics = tuple(topics)
        self._encoder, self._tuning = encoder, tuning
        pairs = [(question.lower(), n) for n, topic in enumerate(self.topics) for question in topic.questions]
        self._exemplars = [text for text, _ in pairs]
        self._labels = np.array([n for _, n in pairs], np.int64)
        self._space = LexicalSpace(self._exemplars, vocabularies, tuning.weights)
        digest = _digest(self.topics, vocabularies, encoder_name, tuning)
        file = folder / f"intent-{digest[:16]}.npz" if folder else None
        if file is not None and file.exists():
            self._embedded, self._weights = _load(file)
        else:
            self._embedded = encoder.encode(self._exemplars)
            self._weights = self._train()
            if file is not None:
                _save(file, self._embedded, self._weights)

    def classify(self, texts: Sequence[str], best: int = 5) -> list[tuple[Candidate, ...]]:
        """For each text the `best` most probable topics, most probable first."""
        dense = self._encoder.encode(list(texts))
        margins = (
            dense @ self._weights.dense + self._space.rows(texts) @ self._weights.sparse + self._weights.bias
        )
        probabilities = _softmax(margins / self._weights.temperature)
        near = dense @ self._embedded.T
        results = []
        for row, similar in zip(probabilities, near, strict=True):
            nearest = int(np.argmax(similar))
            # A question that is an exemplar but for a word or two needs no judgement.
            if similar[nearest] >= self._tuning.same_question:
                row = 0.2 * row  # noqa: PLW2901 - the row is this text's own
                row[self._labels[nearest]] += 0.8
            order = np.argsort(-row)[:best]
            results.append(tuple(Candidate(self.topics[int(n)], float(row[n])) for n in order))
        return results

    def _train(self) -> _Weights:
        """Fit twice: without every n-th exemplar to set the temperature, then on all of them."""
        part = np.arange(len(self._labels)) % self._tuning.held_out == 0
        partial = self._fit(~part, temperature=1.0)
        margins = (
            self._embedded[part] @ partial.dense + self._space.matrix[part] @ partial.sparse + partial.bias
        )
        return self._fit(np.ones_like(part), _best_temperature(margins, self._labels[part]))

    def _fit(self, rows: npt.NDArray[np.bool_], temperature: float) -> _Weights:
        from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - heavy, needed only for training
        from sklearn.svm import LinearSVC  # noqa: PLC0415

        features = hstack([csr_matrix(self._embedded[rows]), self._space.matrix[rows]]).tocsr()
        machine = LinearSVC(C=self._tuning.cost, random_state=0)
        machine.fit(features, self._labels[rows])
        dimensions = self._embedded.shape[1]
        weights = np.zeros((len(self.topics), features.shape[1]), np.float32)
        bias = np.full(len(self.topics), -9.0, np.float32)
        weights[machine.classes_], bias[machine.classes_] = machine.coef_, machine.intercept_
        return _Weights(weights[:, :dimensions].T.copy(), weights[:, dimensions:].T.copy(), bias, temperature)


def _digest(
    topics: Sequence[Topic], vocabularies: Sequence[Vocabulary], encoder_name: str, tuning: IntentTuning
) -> str:
    content = [
        FORMAT,
        encoder_name,
        asdict(tuning),
        [(topic.id, topic.questions) for topic in topics],
        [vocabulary.model_dump(mode="json") for vocabulary in vocabularies],
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _save(file: Path, embedded: Matrix, weights: _Weights) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    with part.open("wb") as stream:
        np.savez(
            stream,
            embedded=embedded.astype(np.float16),
            dense=weights.dense,
            sparse=weights.sparse,
            bias=weights.bias,
            temperature=np.array(weights.temperature),
        )
    part.replace(file)


def _load(file: Path) -> tuple[Matrix, _Weights]:
    with np.load(file, allow_pickle=False) as kept:
        weights = _Weights(kept["dense"], kept["sparse"], kept["bias"], float(kept["temperature"]))
        return kept["embedded"].astype(np.float32), weights


def _softmax(scores: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    exponents = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
    shares: npt.NDArray[np.float64] = exponents / exponents.sum(axis=1, keepdims=True)
    return shares


def _best_temperature(scores: npt.NDArray[Any], labels: npt.NDArray[np.int64]) -> float:
    """The temperature under which the labels of the left-out exemplars are most likely."""

    def loss(temperature: float) -> float:
        shares = _softmax(scores / temperature)
        likelihood = shares[np.arange(len(labels)), labels]
        return -float(np.log(likelihood + 1e-12).mean())

    return min((float(t) for t in np.geomspace(0.02, 2.0, 50)), key=loss)
