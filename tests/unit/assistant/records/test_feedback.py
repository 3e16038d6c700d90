from __future__ import annotations

import pytest

from knowledge.errors import UnknownRecord


def test_a_rating_is_kept_and_can_be_changed(records, say):
    name = say()
    records.feedback.rate(name, "up", visitor="v1")
    records.feedback.rate(name, "down", "不对", visitor="v1")
    kept = records.conversations.message(name)
    assert (kept.rating, kept.rating_reason) == ("down", "不对")


def test_an_answer_that_did_not_help_becomes_a_ticket_once(records, say):
    name = say("多少？")
    records.feedback.rate(name, "down", "不对", visitor="v1")
    records.feedback.rate(name, "down", "还是不对", visitor="v1")
    (ticket,) = records.tickets.list()
    assert (ticket.reason, ticket.question, ticket.remark, ticket.message_id) == (
        "thumbs_down",
        "多少？",
        "还是不对",
        name,
    )


def test_an_answer_that_helped_becomes_none(records, say):
    records.feedback.rate(say(), "up", visitor="v1")
    assert records.tickets.list() == ()


def test_nobody_rates_the_message_of_another(records, say):
    name = say(visitor="a")
    for visitor in ("b", ""):
        with pytest.raises(UnknownRecord):
            records.feedback.rate(name, "down", visitor=visitor)
    assert records.conversations.message(name).rating is None
    assert records.tickets.list() == ()
