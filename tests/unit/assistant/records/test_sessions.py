from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from sqlalchemy import select

from assistant.records.retention import DEFAULT_RETENTION
from assistant.records.tables import SessionRow
from assistant.session_store import SessionMoved
from assistant.sessions import KeptFact, Session
from knowledge.errors import UnknownRecord
from knowledge.facts import DateRange, NumberRange

numbers = st.decimals(allow_nan=False, allow_infinity=False, places=2)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
values = (
    st.booleans()
    | st.integers(0, 7)
    | st.builds(NumberRange, numbers | st.none(), numbers | st.none(), st.booleans())
    | st.builds(DateRange, days | st.none(), days | st.none())
)
facts = st.dictionaries(
    st.text(min_size=1, max_size=8), st.builds(KeptFact, values, st.text(), st.integers(1, 9)), max_size=4
)


@given(facts, facts, st.none() | st.text())
def test_a_session_is_read_as_it_was_kept(known, supposed, category):
    adapter = TypeAdapter(Session)
    session = Session("s", "p", 3, known, supposed, category, ("a", "b"), "t", "lookup", "v", 2)
    again = adapter.validate_json(adapter.dump_json(session))
    assert again == session
    assert [type(fact.value) for fact in again.facts.values()] == [type(f.value) for f in known.values()]


def test_a_session_kept_before_askers_were_told_apart_is_no_bureau():
    adapter = TypeAdapter(Session)
    kept = json.loads(adapter.dump_json(Session("s", "p", facts={}, supposed={}, bureau=True)))
    assert adapter.validate_python(kept).bureau
    del kept["bureau"]
    assert not adapter.validate_json(json.dumps(kept)).bureau


def test_a_session_kept_before_parts_were_kept_has_none():
    adapter = TypeAdapter(Session)
    kept = json.loads(adapter.dump_json(Session("s", "p", facts={}, supposed={}, parts=("截止", "电话"))))
    assert adapter.validate_python(kept).parts == ("截止", "电话")
    del kept["parts"]
    assert adapter.validate_json(json.dumps(kept)).parts == ()


def built(session: Session) -> Session:
    kept = session.with_next_turn().with_fact("built", True, "建好了")
    return kept.with_fact("paid", NumberRange(Decimal(1), None, True), "").with_fact(
        "since", DateRange(date(2019, 8, 1), date(2019, 8, 31)), "2019年8月"
    )


def test_what_one_process_keeps_another_reads(opened):
    one, other = opened(), opened()
    session = built(Session(id="s", pack="p", owner="v", parts=("截止", "电话")))
    one.sessions.put(session)
    read = other.sessions.get("s")
    assert read is not None
    assert dict(read.facts) == dict(session.facts)
    assert (read.owner, read.turn, read.version) == ("v", 1, 1)
    assert read.parts == ("截止", "电话")
    assert other.sessions.get("t") is None


def test_of_two_processes_that_change_a_session_the_second_is_told(opened):
    one, other = opened(), opened()
    one.sessions.put(Session(id="s", pack="p"))
    mine, theirs = one.sessions.get("s"), other.sessions.get("s")
    other.sessions.put(built(theirs))
    with pytest.raises(SessionMoved):
        one.sessions.put(mine)
    assert "built" in one.sessions.get("s").facts


def test_of_two_processes_that_begin_a_session_the_second_is_told(opened):
    one, other = opened(), opened()
    one.sessions.put(Session(id="s", pack="p", owner="a"))
    with pytest.raises(SessionMoved):
        other.sessions.put(Session(id="s", pack="p", owner="b"))
    assert one.sessions.get("s").owner == "a"


def test_a_session_is_forgotten_some_time_after_its_last_use_and_may_begin_anew(records, clock):
    records.sessions.put(Session(id="s", pack="p"))
    clock.pass_(hours=1.9)
    records.sessions.put(records.sessions.get("s").with_next_turn())
    clock.pass_(hours=1.9)
    assert records.sessions.get("s").turn == 1
    clock.pass_(hours=0.2)
    assert records.sessions.get("s") is None
    records.sessions.put(Session(id="s", pack="p", owner="new"))
    assert records.sessions.get("s").owner == "new"


def test_a_turn_is_kept_with_what_was_said_or_not_at_all(records, say, clock):
    say("一", session="s")
    stale = records.sessions.get("s")
    say("二", session="s")
    said = records.conversations.messages("s")
    assert [(m.turn, m.question) for m in said] == [(1, "一"), (2, "二")]
    with pytest.raises(SessionMoved), records.database.begin():
        records.sessions.put(stale)
    assert records.sessions.get("s").turn == 2


def test_a_message_that_is_kept_already_leaves_the_session_as_it_was(records, say, monkeypatch):
    say("一", session="s")

    def broken(*_):
        raise UnknownRecord("no")

    monkeypatch.setattr(records.conversations.__class__, "keep", broken)
    with pytest.raises(UnknownRecord):
        say("二", session="s")
    assert records.sessions.get("s").turn == 1


def test_a_forgotten_session_is_unknown(records):
    records.sessions.put(Session(id="s", pack="p"))
    records.sessions.forget("s")
    records.sessions.forget("never")
    assert records.sessions.get("s") is None


def test_a_session_that_has_expired_is_begun_anew_under_its_name(records, clock):
    ttl = DEFAULT_RETENTION.sessions
    records.sessions.put(built(Session(id="s", pack="p", owner="a")))
    clock.now += ttl - timedelta(seconds=1)
    records.sessions.put(Session(id="other", pack="p"))
    # Within the minute for which nothing is cleared away: the old row is still there.
    clock.pass_(seconds=10)
    assert records.sessions.get("s") is None
    records.sessions.put(Session(id="s", pack="q", owner="b"))
    again = records.sessions.get("s")
    assert (again.pack, again.owner, again.version, dict(again.facts)) == ("q", "b", 1, {})


def test_expired_sessions_take_no_room_for_longer_than_a_minute(opened, clock):
    one = opened()
    one.sessions.put(Session(id="s", pack="p"))
    clock.pass_(days=100)
    one.sessions.put(Session(id="t", pack="p"))
    with one.database.read() as session:
        assert session.scalars(select(SessionRow.id)).all() == ["t"]
