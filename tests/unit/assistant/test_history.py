from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import history
from assistant.history import CHARACTERS, STRIDE, TURNS, Histories, remembered
from assistant.session_store import Asker, InMemorySessions
from knowledge.errors import InputRefused

DAY = date(2023, 2, 20)
DESK = SimpleNamespace(pack=SimpleNamespace(id="kites", digest="d1"))
ANNE, BERT = Asker("anne", "bureau"), Asker("bert", "bureau")


@pytest.fixture
def taken(monkeypatch):
    """The messages taken through the pipeline; the category of the state is all that was said."""
    said = []

    def run(turn):
        if turn.text == "refused":
            raise InputRefused("没有读到文字")
        said.append(turn.text)
        return SimpleNamespace(session=turn.session.with_category((turn.session.category or "") + turn.text))

    monkeypatch.setattr(history, "run", run)
    return said


@pytest.fixture
def histories():
    return Histories(InMemorySessions(100, 60, lambda: 0.0))


def state(histories, *earlier, asker=ANNE, desk=DESK, day=DAY):
    return histories.after(earlier, desk, asker, day)


def test_nothing_said_is_a_new_session(taken, histories):
    assert state(histories).turn == 0
    assert taken == []


def test_what_was_said_is_taken_in_order(taken, histories):
    found = state(histories, "a", "b", "c")
    assert (found.category, found.turn, found.owner) == ("abc", 3, "anne")


def test_the_next_message_takes_one_turn(taken, histories):
    state(histories, "a", "b")
    assert state(histories, "a", "b", "c").category == "abc"
    assert taken == ["a", "b", "c"]


def test_a_state_kept_after_an_answer_is_found(taken, histories):
    after = replace(state(histories), category="a", turn=1)
    histories.keep((), "a", DESK, ANNE, DAY, after)
    assert state(histories, "a", "b").category == "ab"
    assert taken == ["b"]


def test_a_message_that_was_changed_is_taken_again(taken, histories):
    state(histories, "a", "b")
    assert state(histories, "a", "x", "c").category == "axc"


@pytest.mark.parametrize(
    "other",
    [
        {"asker": BERT},
        {"asker": Asker("anne", "elsewhere")},
        {"day": date(2023, 2, 21)},
        {"desk": SimpleNamespace(pack=SimpleNamespace(id="kites", digest="d2"))},
    ],
)
def test_nobody_else_finds_a_state(taken, histories, other):
    state(histories, "a")
    assert state(histories, "a", **other).category == "a"
    assert taken == ["a", "a"]


def test_the_same_words_split_otherwise_are_another_conversation(taken, histories):
    state(histories, "ab", "c")
    state(histories, "a", "bc")
    assert taken == ["ab", "c", "a", "bc"]


def test_a_refused_message_changes_nothing(taken, histories):
    found = state(histories, "a", "refused", "b")
    assert (found.category, found.turn) == ("ab", 2)


said = st.lists(st.text(max_size=50) | st.just("长" * 9_000), max_size=90)


@given(said)
def test_the_past_that_counts_is_bounded_and_its_end(earlier):
    counted = earlier[remembered(earlier) :]
    assert len(counted) <= TURNS
    assert sum(map(len, counted)) <= CHARACTERS
    assert bool(counted) == bool(earlier)


@given(st.integers(0, 500))
def test_the_beginning_moves_in_strides(turns):
    before, after = remembered(["问"] * turns), remembered(["问"] * (turns + 1))
    assert before in (after, after - STRIDE)
    assert turns - before >= min(turns, TURNS - STRIDE)
