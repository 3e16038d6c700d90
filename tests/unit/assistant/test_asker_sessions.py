"""A session belongs to the visitor who began it, and is changed by one at a time."""

from __future__ import annotations

import time

import pytest

from assistant.asker_sessions import AskerSessions
from assistant.session_store import Asker, InMemorySessions, SessionMoved
from assistant.sessions import Session
from knowledge.errors import StateConflict, UnknownRecord

ANN, BEN = Asker(visitor="ann"), Asker(visitor="ben")


@pytest.fixture
def sessions() -> AskerSessions:
    kept = AskerSessions(InMemorySessions(10, 60, time.monotonic))
    kept.put(Session(id="s", pack="p", owner="ann"), ANN)
    return kept


def test_the_session_of_another_visitor_does_not_exist(sessions: AskerSessions) -> None:
    assert sessions.get("none", BEN) is None
    with pytest.raises(UnknownRecord):
        sessions.get("s", BEN)
    with pytest.raises(UnknownRecord):
        sessions.forget("s", BEN)
    assert sessions.get("s", ANN) is not None
    sessions.forget("s", ANN)
    assert sessions.get("s", ANN) is None


def test_a_turn_is_taken_again_where_another_process_was_faster(sessions: AskerSessions) -> None:
    moved = [SessionMoved(), SessionMoved()]

    def change() -> str:
        if moved:
            raise moved.pop()
        return "changed"

    assert sessions.in_turn("s", change) == "changed"


def test_a_session_that_is_always_changed_elsewhere_is_told_so(sessions: AskerSessions) -> None:
    def change() -> None:
        raise SessionMoved

    with pytest.raises(StateConflict):
        sessions.in_turn("s", change)
