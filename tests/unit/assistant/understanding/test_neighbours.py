"""Votes of the exemplars most like a question."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from assistant.understanding.neighbours import Neighbours

NO_ROWS = np.zeros((0, 2), np.float32)


def reckoned(
    dense: np.ndarray,
    sparse: np.ndarray,
    labels: list[int],
    question: tuple[np.ndarray, np.ndarray],
    topics: list[int],
    nearest: int,
    sharpness: float,
) -> dict[int, float]:
    """The votes counted one by one."""
    alike = [
        (float(dense[n] @ question[0] + sparse[n] @ question[1]), label)
        for n, label in enumerate(labels)
        if label in topics
    ]
    best = sorted(alike, reverse=True)[:nearest]
    weights = [math.exp((likeness - best[0][0]) * sharpness) for likeness, _ in best]
    shares: dict[int, float] = {}
    for (_, label), weight in zip(best, weights, strict=True):
        shares[label] = shares.get(label, 0.0) + weight / sum(weights)
    return shares


@given(
    seed=st.integers(0, 10_000),
    labels=st.lists(st.integers(0, 5), min_size=4, max_size=25),
    topics=st.lists(st.integers(0, 8), unique=True, max_size=9),
    nearest=st.integers(1, 12),
    sharpness=st.sampled_from([0.5, 4.0, 12.0]),
    filled=st.sampled_from([0.0, 0.2, 0.7]),
)
def test_votes_are_those_of_counting_one_by_one(
    seed: int, labels: list[int], topics: list[int], nearest: int, sharpness: float, filled: float
) -> None:
    chance = np.random.default_rng(seed)
    dense = chance.normal(size=(len(labels), 3)).astype(np.float32)
    sparse = (chance.normal(size=(len(labels), 6)) * (chance.random((len(labels), 6)) < filled)).astype(
        np.float32
    )
    asked = chance.normal(size=3).astype(np.float32), chance.normal(size=6).astype(np.float32)
    neighbours = Neighbours.of(dense, csr_matrix(sparse), np.array(labels, np.int64), topics=6)
    votes = neighbours.votes(*asked, topics, nearest, sharpness)
    assert votes == pytest.approx(
        reckoned(dense, sparse, labels, asked, topics, nearest, sharpness), abs=1e-3
    )


def small() -> Neighbours:
    """Exemplars of topics 0 and 2, one row without any feature; topic 1 has none."""
    dense = np.array([[1, 0], [0, 1], [0.9, 0.1]], np.float32)
    sparse = csr_matrix(np.array([[0, 1], [0, 0], [1, 0]], np.float32))
    return Neighbours.of(dense, sparse, np.array([2, 0, 2]), topics=3)


ASKED = np.array([1, 0], np.float32), np.array([0, 1], np.float32)


def test_shares_add_up_to_one_and_the_likeliest_topic_has_most() -> None:
    votes = small().votes(*ASKED, [0, 1, 2], nearest=3, sharpness=2.0)
    assert sum(votes.values()) == pytest.approx(1.0)
    assert votes[2] > votes[0] > 0


def test_only_the_topics_asked_about_have_votes() -> None:
    assert small().votes(*ASKED, [0], nearest=3, sharpness=2.0) == {0: pytest.approx(1.0)}


def test_a_topic_without_exemplars_has_no_vote() -> None:
    assert small().votes(*ASKED, [1], nearest=3, sharpness=2.0) == {}
    assert 1 not in small().votes(*ASKED, [0, 1, 2], nearest=3, sharpness=2.0)


def test_topics_learned_later_have_no_vote() -> None:
    assert small().votes(*ASKED, [3, 17], nearest=3, sharpness=2.0) == {}
    assert set(small().votes(*ASKED, [17, 2], nearest=3, sharpness=2.0)) == {2}


def test_no_topics_and_no_exemplars_give_no_votes() -> None:
    assert small().votes(*ASKED, [], nearest=3, sharpness=2.0) == {}
    empty = Neighbours.of(NO_ROWS, csr_matrix(NO_ROWS), np.zeros(0, np.int64), topics=2)
    assert empty.votes(*ASKED, [0, 1], nearest=3, sharpness=2.0) == {}


def test_the_order_of_the_exemplars_changes_nothing() -> None:
    dense = np.array([[1, 0], [0, 1], [0.5, 0.5]], np.float32)
    sparse = np.array([[0, 1], [1, 0], [1, 1]], np.float32)
    labels = np.array([1, 0, 1])
    turned = [2, 0, 1]
    first = Neighbours.of(dense, csr_matrix(sparse), labels, topics=2)
    second = Neighbours.of(dense[turned], csr_matrix(sparse[turned]), labels[turned], topics=2)
    assert first.votes(*ASKED, [0, 1], 3, 2.0) == pytest.approx(second.votes(*ASKED, [0, 1], 3, 2.0))
