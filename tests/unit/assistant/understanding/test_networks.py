"""Networks of topics: what they learn, and that they learn the same every time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from assistant.understanding.network_training import trained
from assistant.understanding.networks import (
    Network,
    NetworkTuning,
    network_arrays,
    networks_of,
    shares,
    softmax,
)

TUNING = NetworkTuning(count=2, enough=100, width=8, hidden=16, rounds=30, batch=32, rate=0.02, scale=1.0)
SIDES = np.array([[0, 0], [0, 1], [1, 0], [1, 1]] * 40)


def lessons() -> tuple[np.ndarray, csr_matrix, np.ndarray]:
    """Two features, one dense and one sparse, of which exactly one makes topic 1: no sum of weights tells that."""
    dense = (2.0 * SIDES[:, :1] - 1.0).astype(np.float32)
    sparse = csr_matrix((2.0 * SIDES[:, 1:] - 1.0).astype(np.float32))
    return dense, sparse, (SIDES[:, 0] ^ SIDES[:, 1]).astype(np.int64)


@pytest.fixture(scope="module")
def networks() -> tuple[Network, ...]:
    return trained(*lessons(), topics=2, tuning=TUNING)


def test_what_two_features_mean_together_is_learned(networks: tuple[Network, ...]) -> None:
    dense, sparse, labels = lessons()
    assert (shares(networks, dense, sparse, 1.0).argmax(axis=1) == labels).all()


def test_training_again_gives_the_same_networks(networks: tuple[Network, ...]) -> None:
    again = network_arrays(trained(*lessons(), topics=2, tuning=TUNING))
    for name, array in network_arrays(networks).items():
        assert np.array_equal(array, again[name]), name


def test_the_networks_of_one_ensemble_differ(networks: tuple[Network, ...]) -> None:
    one, other = networks
    assert not np.array_equal(one.topics, other.topics)


def test_a_few_exemplars_train_none() -> None:
    assert trained(*lessons(), topics=2, tuning=replace(TUNING, enough=len(SIDES) + 1)) == ()


def test_scores_are_those_of_the_layers_one_by_one(networks: tuple[Network, ...]) -> None:
    network = networks[0]
    dense, sparse, _ = lessons()
    words = sparse.toarray() @ network.words.astype(np.float32)
    hidden = np.maximum(dense @ network.dense + words @ network.sparse + network.hidden_bias, 0)
    expected = hidden @ network.topics + network.topics_bias
    assert network.scores(dense, sparse) == pytest.approx(expected, abs=1e-4)


def test_a_question_without_known_features_is_scored_by_its_embedding(networks: tuple[Network, ...]) -> None:
    dense, _, _ = lessons()
    nothing = csr_matrix((1, 1), dtype=np.float32)
    assert shares(networks, dense[:1], nothing, 1.0).sum() == pytest.approx(1.0)


def test_kept_networks_are_the_same(networks: tuple[Network, ...]) -> None:
    dense, sparse, _ = lessons()
    kept = networks_of(network_arrays(networks))
    assert np.array_equal(shares(kept, dense, sparse, 0.6), shares(networks, dense, sparse, 0.6))
    assert networks_of({}) == ()


def test_rows_of_scores_become_probabilities() -> None:
    rows = softmax(np.array([[1000.0, 0.0], [0.0, 0.0]], np.float32))
    assert rows.tolist() == [[1.0, 0.0], [0.5, 0.5]]
