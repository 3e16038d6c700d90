"""Small networks beside the machines: what several features mean together, which no sum of weights can say.

Each maps a question's sparse reading to a dense one of its own, joins it with the sentence embedding in one hidden
layer, and scores all topics at once. Several, begun from different numbers, are averaged: where they disagree,
none is sure. Deep averaging with the features dropped at random follows Iyyer et al., "Deep Unordered Composition
Rivals Syntactic Methods for Text Classification" (2015).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NetworkTuning:
    """What was chosen by measuring on questions of other authors (see docs/evaluation.md)."""

    count: int = 3
    enough: int = 2_000
    """Exemplars from which networks are trained: fewer say nothing of what lies between them."""
    width: int = 128
    hidden: int = 512
    rounds: int = 10
    batch: int = 128
    rate: float = 3e-3
    decay: float = 0.02
    smoothing: float = 0.05
    dropped_features: float = 0.2
    dropped_inputs: float = 0.3
    dropped_hidden: float = 0.5
    temperature: float = 0.6
    """By which scores are divided: what is dropped in training leaves them less sure than they may be."""
    scale: float = 11.0
    """By which the embedding is multiplied: its values are small beside those of the sparse reading."""


@dataclass(frozen=True, slots=True)
class Network:
    """`words` (features, width) reads the sparse features, float16; `dense` (dimensions, hidden) and `sparse`
    (width, hidden) lead to the hidden layer, `topics` (hidden, topics) from there; the others are biases."""

    words: npt.NDArray[np.float16]
    dense: Matrix
    sparse: Matrix
    hidden_bias: Matrix
    topics: Matrix
    topics_bias: Matrix

    def scores(self, dense: Matrix, sparse: Any) -> Matrix:
        """One row of scores a question, shape (n, topics); `sparse` is a CSR matrix (n, features)."""
        read = np.stack(
            [
                sparse.data[first:last] @ self.words[sparse.indices[first:last]].astype(np.float32)
                for first, last in zip(sparse.indptr[:-1], sparse.indptr[1:], strict=True)
            ]
        )
        hidden = np.maximum(dense @ self.dense + read @ self.sparse + self.hidden_bias, 0.0)
        scores: Matrix = hidden @ self.topics + self.topics_bias
        return scores


def shares(
    networks: Sequence[Network], dense: Matrix, sparse: Any, temperature: float
) -> npt.NDArray[np.float64]:
    """Probabilities of the topics by the mean of the networks, shape (n, topics)."""
    total = sum(softmax(network.scores(dense, sparse) / temperature) for network in networks)
    mean: npt.NDArray[np.float64] = np.asarray(total) / len(networks)
    return mean


def softmax(scores: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Rows of scores as probabilities."""
    exponents = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
    probabilities: npt.NDArray[np.float64] = exponents / exponents.sum(axis=1, keepdims=True)
    return probabilities


def network_arrays(networks: Sequence[Network]) -> dict[str, npt.NDArray[Any]]:
    """The networks as named arrays, to be kept."""
    return {
        f"network{n}_{one.name}": getattr(network, one.name)
        for n, network in enumerate(networks)
        for one in fields(Network)
    }


def networks_of(kept: Mapping[str, npt.NDArray[Any]]) -> tuple[Network, ...]:
    """Networks that were kept."""
    networks: list[Network] = []
    while f"network{len(networks)}_words" in kept:
        prefix = f"network{len(networks)}_"
        networks.append(Network(**{one.name: kept[prefix + one.name] for one in fields(Network)}))
    return tuple(networks)
