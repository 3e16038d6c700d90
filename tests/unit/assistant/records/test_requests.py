from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from assistant.records.requests import SentAgain
from assistant.session_store import RequestKey, SessionMoved
from knowledge.errors import KeyReused, UnknownRecord

REQUEST = RequestKey("demo v1 s1", "k", "d1")


def test_a_request_is_carried_out_once(records):
    done = []

    def work():
        done.append(1)
        return len(done)

    assert [records.requests.once(REQUEST, work) for _ in range(3)] == [1, 1, 1]
    assert [records.requests.once(None, work) for _ in range(2)] == [2, 3]


def test_a_request_that_failed_may_be_sent_again(records):
    def refused():
        raise UnknownRecord("no")

    with pytest.raises(UnknownRecord):
        records.requests.once(REQUEST, refused)
    assert records.requests.once(REQUEST, lambda: 7) == 7


def test_a_key_stands_for_one_request_within_its_scope(records):
    records.requests.once(REQUEST, lambda: 1)
    with pytest.raises(KeyReused):
        records.requests.find(replace(REQUEST, digest="d2"))
    assert records.requests.find(replace(REQUEST, scope="demo v2 s1", digest="d2")) is None


def test_a_key_is_forgotten_after_its_time(records, clock):
    records.requests.once(REQUEST, lambda: 1)
    clock.pass_(hours=23.9)
    assert records.requests.find(REQUEST).ticket_id == 1
    clock.pass_(hours=0.2)
    other = replace(REQUEST, digest="d2")
    assert records.requests.find(other) is None
    assert records.requests.once(other, lambda: 2) == 2


def test_two_processes_at_once_carry_it_out_once(opened):
    processes = [opened() for _ in range(6)]
    gate, done, told = threading.Barrier(6), [], []

    def send(records):
        gate.wait(10)

        def work():
            done.append(threading.get_ident())
            records.audit.record("li", "work", "x")
            return records.audit.count()

        told.append(records.requests.once(REQUEST, work))

    threads = [threading.Thread(target=send, args=(records,)) for records in processes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(told) == 6
    assert len(set(told)) == 1
    assert processes[0].audit.count() == 1


def test_a_turn_is_marked_with_the_message_that_answered_it(records, say):
    first = say("一", request=REQUEST)
    assert records.requests.find(REQUEST).message_id == first
    assert records.sessions.carried_out(REQUEST).reply.message_id == first
    with pytest.raises(SessionMoved):
        say("一", request=REQUEST)
    assert len(records.conversations.messages("s1")) == 1
    assert records.sessions.get("s1").turn == 1


def test_facts_that_were_set_are_marked_without_a_reply(records, say):
    say("一")
    records.sessions.put(records.sessions.get("s1").with_category("kite"), REQUEST)
    assert records.sessions.carried_out(REQUEST).reply is None
    with pytest.raises(SessionMoved):
        records.sessions.put(records.sessions.get("s1"), REQUEST)


def test_a_mark_goes_with_the_conversation(records, say):
    say("一", request=REQUEST)
    records.conversations.forget("s1", "v1")
    assert records.requests.find(REQUEST) is None


def test_what_another_release_answered_is_told_as_far_as_it_is_known(records, say, monkeypatch):
    say("一", request=REQUEST)
    kept = records.conversations.message("m1")
    newer = replace(kept, reply_json=kept.reply_json[:-1] + ',"mood":"good"}')
    monkeypatch.setattr(records.conversations.__class__, "message", lambda *_: newer)
    assert records.sessions.carried_out(REQUEST).reply.message_id == "m1"


def test_keeping_twice_in_one_transaction_is_told(records):
    def twice():
        with records.database.begin():
            records.requests.keep(REQUEST)
            records.requests.keep(REQUEST)

    with pytest.raises(SentAgain):
        twice()
    assert records.requests.find(REQUEST) is None
