from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from assistant.records.limits import Budget
from assistant.records.retention import Pruning, Retention
from assistant.session_store import RequestKey
from assistant.upkeep import Upkeep
from knowledge.errors import UnknownRecord

DAYS = Retention(
    messages=timedelta(days=30),
    feedback=timedelta(days=10),
    tickets=timedelta(days=60),
    proposals=timedelta(days=20),
    audit=timedelta(days=90),
)
EVERY = timedelta(minutes=10)


@pytest.fixture
def pruning(records, clock):
    return Pruning(records.database, clock, DAYS)


def some(told):
    return {kind: count for kind, count in told.items() if count}


@pytest.fixture
def year(records, say, clock):
    """One of everything, all of it of the same day."""
    say("一", route="unresolved", request=RequestKey("s", "k", "d"))
    records.feedback.rate("m1", "down", "不对", visitor="v1")
    records.tickets.claim(1, "li")
    records.tickets.close(1, "li")
    made = records.exemplars.propose(pack="p", question="问", clauses=["1"], topic=None, note="", by="li")
    records.exemplars.reject(made.id, "wang", "不妥")
    kept = records.exemplars.propose(pack="p", question="又问", clauses=["1"], topic=None, note="", by="li")
    records.exemplars.approve(kept.id, "wang")
    records.limits.take([Budget("c", 5, "day", "满")])
    clock.pass_(minutes=1)


def test_each_kind_is_kept_for_its_own_time(year, records, pruning, clock):
    assert some(pruning.due()) == {}
    clock.pass_(hours=2)
    assert some(pruning.due()) == {"sessions": 1}
    clock.pass_(days=10)
    assert some(pruning.due()) == {"feedback": 1, "sessions": 1, "requests": 1, "usage": 1}
    clock.pass_(days=10)
    assert pruning.due()["proposals"] == 1
    clock.pass_(days=10)
    assert pruning.due()["messages"] == 1
    clock.pass_(days=30)
    assert pruning.due()["tickets"] == 1
    clock.pass_(days=30)
    assert pruning.due()["audit"] == 6


def test_what_is_due_is_deleted_and_the_rest_is_left(year, records, pruning, say, clock):
    clock.pass_(days=29)
    say("二", session="s2", route="unresolved")
    clock.pass_(days=1)
    due = pruning.due()
    # A message takes its rating and the mark of its request along.
    assert (due["feedback"], due["requests"]) == (1, 1)
    assert pruning.prune("shell") == {**due, "feedback": 0, "requests": 0}
    assert [m.question for m in records.conversations.list()] == ["二"]
    assert [t.question for t in records.tickets.list()] == ["二", "一"]
    assert [p.question for p in records.exemplars.list()] == ["又问"]
    assert records.exemplars.taught("p")
    assert some(pruning.due()) == {}
    (entry,) = records.audit.list(subject="records")
    assert (entry.actor, entry.action, entry.after) == (
        "shell",
        "records.prune",
        {"messages": 1, "proposals": 1},
    )


def test_a_ticket_that_waits_is_kept_however_old(records, pruning, say, clock):
    say("一", route="unresolved")
    clock.pass_(days=3000)
    pruning.prune("shell")
    assert [t.question for t in records.tickets.list()] == ["一"]


def test_a_rating_may_go_before_its_message(year, records, pruning, clock):
    clock.pass_(days=11)
    pruning.prune("shell")
    kept = records.conversations.message("m1")
    assert (kept.rating, kept.rating_reason, kept.question) == (None, "", "一")
    assert some(pruning.prune("shell")) == {}


def test_much_is_deleted_a_few_at_a_time(records, pruning, say, clock, monkeypatch):
    monkeypatch.setattr("assistant.records.retention._BATCH", 2)
    for n in range(5):
        say(f"问{n}")
    clock.pass_(days=31)
    rounds = iter([True, True, False])
    assert some(pruning.prune("shell", lambda: next(rounds, False))) == {"messages": 4}
    assert pruning.prune("shell")["messages"] == 1


def test_one_process_of_several_does_the_upkeep(opened, clock):
    one, other = Upkeep(opened(), "one", EVERY), Upkeep(opened(), "other", EVERY)
    assert one.step() is not None
    assert other.step() is None
    clock.pass_(minutes=10)
    assert other.step() is None
    assert one.step() is not None
    clock.pass_(minutes=21)  # the first has died
    assert other.step() is not None
    assert one.step() is None


def test_of_processes_that_want_a_lease_at_once_one_gets_it(opened):
    processes = [opened() for _ in range(6)]
    gate, taken = threading.Barrier(6), []

    def take(n):
        gate.wait(10)
        taken.append(processes[n].leases.take("x", f"holder {n}", EVERY))

    threads = [threading.Thread(target=take, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(taken) == [False] * 5 + [True]


def test_staff_delete_a_conversation_and_it_is_in_the_log(records, say):
    say("我是王芳，电话13800138000", route="unresolved", session="s", visitor="a")
    records.tickets.open("m1", "handed_over", contact="13800138000", remark="请回电")
    records.tickets.claim(1, "li")
    records.tickets.answer(1, "li", ["1.1"], "已回电13800138000")
    say("别人问", session="t", visitor="b")
    assert records.conversations.delete("s", "wang") == 1
    assert records.sessions.get("s") is None
    assert [m.question for m in records.conversations.list()] == ["别人问"]
    (ticket,) = records.tickets.list()
    assert (ticket.id, ticket.state, ticket.owner, ticket.clauses) == (1, "claimed", "li", ("1.1",))
    assert (ticket.question, ticket.contact, ticket.remark, ticket.session_id) == ("", "", "", "")
    assert (ticket.message_id, ticket.note) == (None, "已回电〈手机号〉")
    assert ticket.forgotten_at is not None
    (entry,) = records.audit.list(subject="conversation s")
    assert (entry.actor, entry.action, entry.after) == ("wang", "conversation.delete", {"messages": 1})
    with pytest.raises(UnknownRecord):
        records.conversations.delete("s", "wang")
