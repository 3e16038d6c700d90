"""Which topic a question is about: a linear classifier over exemplar questions.

Features are the sentence embedding beside sparse readings (characters, pinyin, concepts). A support vector
machine is trained when the index is built and kept in one file; answering needs numpy alone. Its margins become
probabilities by a temperature chosen on the development questions.
"""

from __future__ import annotations

import hashlib
import json
import re
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
FORMAT = 3


class SentenceEncoder(Protocol):
    """Texts to unit vectors, shape (n, dimensions), float32."""

    def encode(self, texts: list[str]) -> Matrix:
        """One row a text."""
        ...


@dataclass(frozen=True, slots=True)
class IntentTuning:
    """What was chosen by measuring on the development questions (see docs/evaluation.md)."""

    dense: float = 0.7
    weights: Weights = field(default_factory=Weights)
    cost: float = 0.5
    hard_strangers: int = 1_500
    every_other: int = 10
    temperature: float = 0.15


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
        self._known = {bare(text): n for text, n in pairs}
        self.digest = _digest(self.topics, vocabularies, encoder_name, tuning)
        file = folder / f"intent-{self.digest[:16]}.npz" if folder else None
        if file is not None and file.exists():
            self._space, self._weights = _load(file, vocabularies, tuning.weights)
            return
        exemplars = [text for text, _ in pairs]
        self._space, sparse = LexicalSpace.learned(exemplars, vocabularies, tuning.weights)
        labels = np.array([n for _, n in pairs], np.int64)
        self._weights = _train(tuning.dense * encoder.encode(exemplars), sparse, labels, tuning)
        if file is not None:
            _save(file, self._space, self._weights)

    def classify(self, texts: Sequence[str], best: int = 5) -> list[tuple[Candidate, ...]]:
        """For each text the `best` most probable topics, most probable first."""
        dense = self._tuning.dense * self._encoder.encode(list(texts))
        margins = (
            dense @ self._weights.dense + self._space.rows(texts) @ self._weights.sparse + self._weights.bias
        )
        probabilities = _softmax(margins / self._tuning.temperature)
        results = []
        for text, row in zip(texts, probabilities, strict=True):
            known = self._known.get(bare(text))
            if known is not None:
                # A question that is an exemplar needs no judgement.
                row = 0.1 * row  # noqa: PLW2901 - the row is this text's own
                row[known] += 0.9
            order = np.argsort(-row)[:best]
            results.append(tuple(Candidate(self.topics[int(n)], float(row[n])) for n in order))
        return results


def _train(dense: Matrix, sparse: Any, labels: npt.NDArray[np.int64], tuning: IntentTuning) -> _Weights:
    """One machine a topic, each against its hardest strangers: the rest adds time, not accuracy."""
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - heavy

    features = hstack([csr_matrix(dense), sparse]).tocsr()
    members = csr_matrix((np.ones(len(labels), np.float32), (labels, np.arange(len(labels)))))
    nearness = (features @ (members @ features).T).toarray()

    def machine(topic: int) -> npt.NDArray[np.float32]:
        return _one_topic(labels == topic, features, nearness[:, topic], tuning)

    # One after another: the solver's random numbers are global, and side by side they would differ every time.
    rows = np.stack([machine(topic) for topic in range(members.shape[0])])
    split = dense.shape[1]
    return _Weights(rows[:, :split].T.copy(), rows[:, split:-1].T.copy(), rows[:, -1].copy())


def _one_topic(
    own: npt.NDArray[np.bool_], features: Any, nearness: Matrix, tuning: IntentTuning
) -> npt.NDArray[np.float32]:
    """Weights and bias of one topic, shape (features + 1,)."""
    from sklearn.svm import LinearSVC  # noqa: PLC0415 - heavy

    strangers = np.flatnonzero(~own)
    by_nearness = strangers[np.argsort(-nearness[strangers], kind="stable")]
    hardest, rest = np.split(by_nearness, [tuning.hard_strangers])
    chosen = np.sort(np.concatenate([np.flatnonzero(own), hardest, rest[:: tuning.every_other]]))
    machine = LinearSVC(C=tuning.cost, tol=1e-3, random_state=0)
    machine.fit(features[chosen], own[chosen])
    return np.append(machine.coef_[0], machine.intercept_).astype(np.float32)


def bare(text: str) -> str:
    """The text without punctuation and spaces, by which the same question is known again."""
    return re.sub(r"[\W_]+", "", text)


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


def _save(file: Path, space: LexicalSpace, weights: _Weights) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    with part.open("wb") as stream:
        np.savez(
            stream,
            names=np.frombuffer("\n".join(space.names).encode(), np.uint8),
            idf=np.array(space.idf, np.float64),
            dense=weights.dense,
            sparse=weights.sparse,
            bias=weights.bias,
        )
    part.replace(file)


def _load(file: Path, vocabularies: Sequence[Vocabulary], weights: Weights) -> tuple[LexicalSpace, _Weights]:
    with np.load(file, allow_pickle=False) as kept:
        names = kept["names"].tobytes().decode().split("\n")
        space = LexicalSpace(names, kept["idf"].tolist(), vocabularies, weights)
        return space, _Weights(kept["dense"], kept["sparse"], kept["bias"])


def _softmax(scores: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    exponents = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
    shares: npt.NDArray[np.float64] = exponents / exponents.sum(axis=1, keepdims=True)
    return shares
