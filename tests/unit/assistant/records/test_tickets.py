from __future__ import annotations

import threading

import pytest

from knowledge.errors import StateConflict, UnknownRecord


@pytest.fixture
def ticket(records, say):
    say("补贴多少？", route="unresolved", category="star_cloud")
    (opened,) = records.tickets.list("open")
    return opened


def test_an_unresolved_question_opens_a_ticket(ticket, clock):
    assert (ticket.reason, ticket.state, ticket.owner) == ("unresolved", "open", None)
    assert (ticket.question, ticket.pack, ticket.category, ticket.session_id) == (
        "补贴多少？",
        "jiangsu",
        "star_cloud",
        "s1",
    )
    assert ticket.opened_at == clock.now


def test_the_same_question_of_a_conversation_opens_one_ticket(records, say, ticket):
    say("补贴多少？", route="unresolved")
    assert records.tickets.count() == 1
    say("补贴多少？", route="unresolved", session="s2")
    say("另一问", route="unresolved")
    assert records.tickets.count() == 3


def test_a_question_asked_again_after_its_ticket_was_closed_opens_another(records, say, ticket):
    records.tickets.claim(ticket.id, "li")
    records.tickets.close(ticket.id, "li")
    say("补贴多少？", route="unresolved")
    assert records.tickets.count("open") == 1


def test_a_wish_to_be_called_back_outweighs_and_keeps_the_contact(records, ticket):
    handed = records.tickets.open(ticket.message_id, "handed_over", contact="138", remark="急")
    assert (handed.id, handed.reason, handed.contact, handed.remark) == (
        ticket.id,
        "handed_over",
        "138",
        "急",
    )
    again = records.tickets.open(ticket.message_id, "thumbs_down", remark="不对")
    assert (again.reason, again.contact, again.remark) == ("handed_over", "138", "不对")


def test_a_ticket_goes_from_open_to_closed(records, ticket):
    claimed = records.tickets.claim(ticket.id, "li")
    assert (claimed.state, claimed.owner) == ("claimed", "li")
    answered = records.tickets.answer(ticket.id, "li", ["4.2.2"], "见条款")
    assert (answered.clauses, answered.note, answered.state) == (("4.2.2",), "见条款", "claimed")
    closed = records.tickets.close(ticket.id, "li")
    assert (closed.state, closed.closed_at) == ("closed", closed.claimed_at)
    assert records.tickets.get(ticket.id) == closed
    reopened = records.tickets.reopen(ticket.id, "wang")
    assert (reopened.state, reopened.owner, reopened.note) == ("open", None, "见条款")


def test_what_somebody_else_has_is_refused(records, ticket):
    records.tickets.claim(ticket.id, "li")
    for step in (
        lambda: records.tickets.claim(ticket.id, "wang"),
        lambda: records.tickets.claim(ticket.id, "li"),
        lambda: records.tickets.release(ticket.id, "wang"),
        lambda: records.tickets.answer(ticket.id, "wang", [], ""),
        lambda: records.tickets.close(ticket.id, "wang"),
        lambda: records.tickets.reopen(ticket.id, "wang"),
    ):
        with pytest.raises(StateConflict, match="li 认领"):
            step()
    assert records.tickets.release(ticket.id, "li").owner is None
    assert records.tickets.claim(ticket.id, "wang").owner == "wang"


def test_of_many_who_claim_at_once_one_gets_it(records, ticket):
    won, lost = [], []

    def claim(name):
        try:
            won.append(records.tickets.claim(ticket.id, name).owner)
        except StateConflict:
            lost.append(name)

    threads = [threading.Thread(target=claim, args=(f"p{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (len(won), len(lost)) == (1, 7)
    assert records.tickets.get(ticket.id).owner == won[0]


def test_every_step_is_in_the_log_and_what_visitors_left_is_not(records, ticket):
    records.tickets.open(ticket.message_id, "handed_over", contact="13800000000", remark="急")
    records.tickets.claim(ticket.id, "li")
    records.tickets.answer(ticket.id, "li", ["6"], "")
    records.tickets.close(ticket.id, "li")
    log = records.audit.list(subject=f"ticket {ticket.id}")
    assert [entry.action for entry in log] == ["ticket.close", "ticket.answer", "ticket.claim"]
    assert {entry.actor for entry in log} == {"li"}
    assert log[-1].before == {"state": "open", "owner": None, "claimed_at": None}
    assert log[1].after == {"clauses": ["6"], "note": ""}
    assert "13800000000" not in str(log)


def test_tickets_are_listed_by_state_owner_reason_and_category(records, say, ticket):
    say("另一问", route="unresolved")
    records.tickets.claim(ticket.id, "li")
    assert [t.question for t in records.tickets.list("open")] == ["另一问"]
    assert [t.question for t in records.tickets.list(owner="li")] == ["补贴多少？"]
    assert [t.question for t in records.tickets.list(category="star_cloud")] == ["补贴多少？"]
    assert [t.question for t in records.tickets.list()] == ["另一问", "补贴多少？"]
    assert records.tickets.count(reason="unresolved") == 2
    assert records.tickets.count(reason="handed_over") == 0
    assert [t.question for t in records.tickets.list(offset=1, limit=1)] == ["补贴多少？"]


def test_a_ticket_or_message_that_is_not_there_is_told(records):
    with pytest.raises(UnknownRecord):
        records.tickets.get(7)
    with pytest.raises(UnknownRecord):
        records.tickets.claim(7, "li")
    with pytest.raises(UnknownRecord):
        records.tickets.open("m0", "handed_over")
