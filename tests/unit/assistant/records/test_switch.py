from __future__ import annotations

import pytest

from assistant.records.switch import Switch
from knowledge.errors import RecordRefused, StateConflict


def test_it_is_on_until_somebody_turns_it(records, clock):
    assert records.switch.state() is None
    assert not records.switch.is_off()
    state = records.switch.turn_off("wang", " 通知已改 ")
    assert records.switch.state() == state
    assert (state.off, state.reason, state.actor, state.at) == (True, "通知已改", "wang", clock())
    assert records.switch.is_off()
    records.switch.turn_on("li")
    assert not records.switch.is_off()


def test_every_turn_is_in_the_log(records):
    records.switch.turn_off("wang", "通知已改")
    records.switch.turn_on("li")
    told = [(entry.actor, entry.action, entry.before, entry.after) for entry in records.audit.list()]
    assert told == [
        ("li", "switch.on", {"off": True}, {"off": False}),
        ("wang", "switch.off", None, {"off": True, "reason": "通知已改"}),
    ]


def test_a_turn_needs_a_reason_and_another_state(records):
    for reason in ("", "  ", "长" * 301):
        with pytest.raises(RecordRefused):
            records.switch.turn_off("wang", reason)
    with pytest.raises(StateConflict):
        records.switch.turn_on("wang")
    records.switch.turn_off("wang", "因")
    with pytest.raises(StateConflict):
        records.switch.turn_off("li", "因")
    assert records.audit.count() == 1


def test_other_processes_know_within_a_second_and_do_not_ask_each_time(opened, clock):
    one, other = opened(), opened()
    seconds = [0.0]
    watched = Switch(other.database, clock, lambda: seconds[0])
    assert not watched.is_off()
    one.switch.turn_off("wang", "因")
    assert not watched.is_off()
    seconds[0] = 0.9
    assert not watched.is_off()
    seconds[0] = 1.0
    assert watched.is_off()
