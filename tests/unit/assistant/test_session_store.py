from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.session_store import InMemorySessions
from assistant.sessions import Session


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def session(name: str) -> Session:
    return Session(id=name, pack="p")


def test_a_session_is_kept_and_replaced(clock):
    store = InMemorySessions(limit=2, ttl_seconds=60, clock=clock)
    assert store.get("a") is None
    store.put(session("a"))
    store.put(session("a").with_next_turn())
    assert store.get("a") == session("a").with_next_turn()
    assert len(store) == 1


def test_beyond_the_limit_the_longest_unused_goes_first(clock):
    store = InMemorySessions(limit=2, ttl_seconds=60, clock=clock)
    store.put(session("a"))
    store.put(session("b"))
    store.get("a")
    store.put(session("c"))
    assert store.get("b") is None
    assert store.get("a")
    assert store.get("c")


def test_a_session_is_forgotten_after_its_time_and_use_prolongs_it(clock):
    store = InMemorySessions(limit=9, ttl_seconds=60, clock=clock)
    store.put(session("a"))
    store.put(session("b"))
    clock.now = 40
    assert store.get("a")
    clock.now = 61
    assert store.get("b") is None
    assert store.get("a")
    clock.now = 122
    assert len(store) == 0


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.floats(0, 30), st.booleans())), st.integers(1, 3))
def test_the_store_agrees_with_a_plain_list_of_uses(steps, limit):
    clock = Clock()
    store = InMemorySessions(limit=limit, ttl_seconds=60, clock=clock)
    uses: list[tuple[str, float]] = []
    for name, pause, is_put in steps:
        clock.now += pause
        alive = [(n, at) for n, at in uses if at >= clock.now - 60]
        present = name in {n for n, _ in alive}
        if is_put:
            store.put(session(name))
        else:
            assert (store.get(name) is not None) == present
        uses = [use for use in alive if use[0] != name]
        if is_put or present:
            uses.append((name, clock.now))
        uses = uses[-limit:]
    assert len(store) == len(uses)


def test_turns_of_one_session_wait_for_each_other(clock):
    store = InMemorySessions(limit=9, ttl_seconds=60, clock=clock)
    store.put(session("a"))

    def turns():
        for _ in range(50):
            with store.exclusive("a"):
                store.put(store.get("a").with_next_turn())

    threads = [threading.Thread(target=turns) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.get("a").turn == 400
