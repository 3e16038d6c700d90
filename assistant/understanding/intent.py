"""Which topic a question is about: a linear classifier over exemplar questions.

Features are the sentence embedding beside sparse readings (characters, pinyin). A support vector machine a topic is
trained when the index is built and kept in one file; answering needs numpy alone. Margins become probabilities by
a temperature chosen on the development questions, and small networks have their say beside the machines.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from assistant.kept_arrays import keep_arrays, kept_arrays
from assistant.understanding.lessons import Lessons
from assistant.understanding.lexical import LexicalSpace, Weights
from assistant.understanding.network_training import trained
from assistant.understanding.networks import (
    Matrix,
    Network,
    NetworkTuning,
    network_arrays,
    networks_of,
    shares,
    softmax,
)
from knowledge.models import Topic

FORMAT = 6


class SentenceEncoder(Protocol):
    """Texts to unit vectors, shape (n, dimensions), float32."""

    def encode(self, texts: list[str]) -> Matrix:
        """One row a text."""
        ...

    def encode_kept(self, texts: Sequence[str]) -> Matrix:
        """The same for texts that come again."""
        ...


@dataclass(frozen=True, slots=True)
class IntentTuning:
    """What was chosen by measuring on the development questions (see docs/evaluation.md)."""

    dense: float = 0.7
    weights: Weights = field(default_factory=Weights)
    cost: float = 1.0
    hard_strangers: int = 1_500
    every_other: int = 10
    temperature: float = 0.15
    networks: float = 0.7
    """Weight of the networks beside the machines."""
    network: NetworkTuning = field(default_factory=NetworkTuning)
    few: int = 60
    """Exemplars below which each of a topic counts the more, as if there were so many."""
    sample: int = 20
    """Exemplars of each topic against which a new topic is learned."""
    near_taught: float = 0.42
    """Cosine from which a question is another wording of one that was taught."""


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

    @classmethod
    def of(cls, rows: Matrix, dimensions: int) -> _Weights:
        """From one row a topic: weights of the embedding's dimensions, of the sparse features, the bias."""
        return cls(rows[:, :dimensions].T.copy(), rows[:, dimensions:-1].T.copy(), rows[:, -1].copy())

    def replaced(self, rows: Mapping[int, npt.NDArray[np.float32]], topics: int) -> _Weights:
        """With these topics' rows in place of what was, and room for new ones."""
        every = np.zeros((topics, len(self.dense) + len(self.sparse) + 1), np.float32)
        every[: len(self.bias)] = np.concatenate([self.dense, self.sparse, self.bias[None]]).T
        for topic, row in rows.items():
            every[topic] = row
        return _Weights.of(every, len(self.dense))


class IntentModel:
    """Trained on all exemplars of the given topics; immutable after construction.

    `folder` keeps what was trained, under a name made of everything it depends on; None keeps nothing.
    """

    def __init__(
        self,
        topics: Sequence[Topic],
        encoder: SentenceEncoder,
        encoder_name: str,
        folder: Path | None,
        tuning: IntentTuning,
    ) -> None:
        self.topics = tuple(topics)
        self._encoder, self._tuning = encoder, tuning
        pairs = [(question.lower(), n) for n, topic in enumerate(self.topics) for question in topic.questions]
        self._taught: Lessons | None = None
        self._known = {bare(text): n for text, n in pairs}
        self.digest = _digest(self.topics, encoder_name, tuning)
        file = folder / f"intent-{self.digest[:16]}.npz" if folder else None
        if file is not None and (kept := kept_arrays(file)) is not None:
            self._space, self._weights, self._networks, self._sample = _read(kept, tuning.weights)
            return
        self._space, sparse = LexicalSpace.learned([text for text, _ in pairs], tuning.weights)
        lessons = self._lessons_of(pairs, sparse)
        dense = lessons.features[:, : -sparse.shape[1]].toarray().astype(np.float32)
        with ThreadPoolExecutor(1) as beside:
            networks = beside.submit(trained, dense, sparse, lessons.labels, len(self.topics), tuning.network)
            # One after another: the solver's random numbers are global, and side by side they would differ every time.
            rows = np.stack([lessons.machine(topic, tuning) for topic in range(len(self.topics))])
            self._networks = networks.result()
        self._weights = _Weights.of(rows, lessons.features.shape[1] - sparse.shape[1])
        self._sample = lessons.some(tuning.sample)
        if file is not None:
            keep_arrays(file, _arrays(self._space, self._weights, self._networks, self._sample))

    def by_machines_alone(self) -> IntentModel:
        """This model without its networks; what they are worth is seen without them."""
        model = copy.copy(self)
        model._networks = ()
        return model

    def taught(self, topics: Sequence[Topic], exemplars: Mapping[str, Iterable[str]]) -> IntentModel:
        """This model with new topics, and with further exemplars of the topics named by id.

        A question like a taught one has its topic; each new topic gets a machine of its own besides, against a
        sample of what was known before. The machines and the features there are stay as they are.
        """
        every = (*self.topics, *topics)
        numbers = {topic.id: n for n, topic in enumerate(every)}
        added = [(text.lower(), numbers[name]) for name, texts in exemplars.items() for text in texts]
        added += [(text.lower(), numbers[topic.id]) for topic in topics for text in topic.questions]
        if not added:
            return self
        model = copy.copy(self)
        model.topics = every
        model._known = self._known | {bare(text): n for text, n in added}
        model._taught = self._lessons_of(added)
        lessons = self._sample.joined(model._taught)
        rows = {numbers[topic.id]: lessons.machine(numbers[topic.id], self._tuning) for topic in topics}
        model._weights = self._weights.replaced(rows, len(every))
        return model

    def _lessons_of(self, pairs: Sequence[tuple[str, int]], sparse: Any = None) -> Lessons:
        from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - heavy

        texts = [text for text, _ in pairs]
        dense = self._tuning.dense * self._encoder.encode_kept(texts)
        sparse = self._space.rows(texts) if sparse is None else sparse
        # As the solver wants them: it would copy and sort them for every topic.
        features = hstack([csr_matrix(dense), sparse], format="csr").astype(np.float64)
        features.sort_indices()
        return Lessons(features, np.array([n for _, n in pairs], np.int64))

    def classify(self, texts: Sequence[str], best: int = 5) -> list[tuple[Candidate, ...]]:
        """For each text the `best` most probable topics, most probable first."""
        if not texts:
            return []
        dense = self._tuning.dense * self._encoder.encode(list(texts))
        sparse = self._space.rows(texts)
        margins = dense @ self._weights.dense + sparse @ self._weights.sparse + self._weights.bias
        probabilities = self._with_networks(softmax(margins / self._tuning.temperature), dense, sparse)
        taught = self._taught.nearest(dense, sparse) if self._taught else [(0, 0.0)] * len(texts)
        results = []
        for text, row, (topic, likeness) in zip(texts, probabilities, taught, strict=True):
            known = self._known.get(bare(text))
            if known is None and likeness >= self._tuning.near_taught:
                known = topic
            if known is not None:
                # A question that is an exemplar needs no judgement.
                row = 0.1 * row  # noqa: PLW2901 - the row is this text's own
                row[known] += 0.9
            order = np.argsort(-row)[:best]
            results.append(tuple(Candidate(self.topics[int(n)], float(row[n])) for n in order))
        return results

    def _with_networks(
        self, machines: npt.NDArray[np.float64], dense: Matrix, sparse: Any
    ) -> npt.NDArray[np.float64]:
        """The machines' probabilities and the networks', which know only the topics that they were trained on."""
        if not self._networks:
            return machines
        tuning = self._tuning
        theirs = shares(self._networks, dense, sparse, tuning.network.temperature)
        trained_on = theirs.shape[1]
        joint = machines.copy()
        left = machines[:, :trained_on].sum(axis=1, keepdims=True)
        joint[:, :trained_on] = (1 - tuning.networks) * machines[
            :, :trained_on
        ] + tuning.networks * left * theirs
        return joint


def bare(text: str) -> str:
    """The text without punctuation and spaces, by which the same question is known again."""
    return re.sub(r"[\W_]+", "", text)


def _digest(topics: Sequence[Topic], encoder_name: str, tuning: IntentTuning) -> str:
    content = [FORMAT, encoder_name, asdict(tuning), [(topic.id, topic.questions) for topic in topics]]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _arrays(
    space: LexicalSpace, weights: _Weights, networks: Sequence[Network], sample: Lessons
) -> dict[str, npt.NDArray[Any]]:
    return {
        "names": np.frombuffer("\n".join(space.names).encode(), np.uint8),
        "idf": np.array(space.idf, np.float64),
        "dense": weights.dense,
        "sparse": weights.sparse,
        "bias": weights.bias,
        **network_arrays(networks),
        **sample.arrays(),
    }


def _read(
    kept: Mapping[str, npt.NDArray[Any]], weights: Weights
) -> tuple[LexicalSpace, _Weights, tuple[Network, ...], Lessons]:
    names = kept["names"].tobytes().decode().split("\n")
    space = LexicalSpace(names, kept["idf"].tolist(), weights)
    machines = _Weights(kept["dense"], kept["sparse"], kept["bias"])
    return space, machines, networks_of(kept), Lessons.kept(kept, len(machines.dense) + len(names))
