from __future__ import annotations

import json
from datetime import date

import pytest

from assistant.records.conversations import ConversationFilter
from knowledge.errors import UnknownRecord


def questions(records, **chosen):
    found = records.conversations.list(ConversationFilter(**chosen))
    assert records.conversations.count(ConversationFilter(**chosen)) == len(found)
    return [message.question for message in found]


def test_a_message_is_kept_as_it_was_shown(records, say):
    name = say("多少？", session="s", visitor="v", answer="2000 万元[1]。\n另见[2]。", clauses=("3.3.1", "6"))
    kept = records.conversations.message(name)
    assert (kept.question, kept.answer, kept.turn, kept.channel) == (
        "多少？",
        "2000 万元[1]。\n另见[2]。",
        1,
        "demo",
    )
    assert (kept.visitor, kept.pack, kept.pack_digest, kept.latency_ms) == ("v", "jiangsu", "d1", 12)
    assert kept.reply == json.loads(kept.reply_json)
    assert kept.reply["text"] == kept.answer
    assert [citation["clause_id"] for citation in kept.reply["citations"]] == ["3.3.1", "6"]
    assert kept.asked_at.isoformat() == "2023-02-20T04:00:00+00:00"


def test_an_unknown_message_is_told(records):
    with pytest.raises(UnknownRecord):
        records.conversations.message("m0")


def test_conversations_are_found_by_what_they_are(records, say, clock):
    say("一", route="lookup", channel="a")
    clock.pass_(days=1)
    say("二", route="unresolved", channel="b")
    rated = say("三：100% 支持_吗", route="contact", channel="b")
    records.feedback.rate(rated, "up", visitor="v1")
    assert questions(records) == ["三：100% 支持_吗", "二", "一"]
    assert questions(records, route="unresolved") == ["二"]
    assert questions(records, rating="up") == ["三：100% 支持_吗"]
    assert questions(records, rating="none") == ["二", "一"]
    assert questions(records, channel="a") == ["一"]
    assert questions(records, since=date(2023, 2, 21)) == ["三：100% 支持_吗", "二"]
    assert questions(records, until=date(2023, 2, 20)) == ["一"]
    assert questions(records, text="0%") == ["三：100% 支持_吗"]
    assert questions(records, text="%") == ["三：100% 支持_吗"]
    assert questions(records, text="0_") == []
    assert questions(records, text="设区市") == ["三：100% 支持_吗", "二", "一"]
    assert questions(records, text="jiangsu") == []
    assert questions(records, verdict="eligible") == []


def test_a_day_is_one_in_beijing(records, say, clock):
    clock.pass_(hours=11, minutes=59)
    say("深夜")
    clock.pass_(minutes=2)
    say("凌晨")
    assert questions(records, since=date(2023, 2, 21)) == ["凌晨"]


def test_pages_join_without_gap_or_repetition(records, say):
    names = [f"问{n}" for n in range(7)]
    for name in names:
        say(name)
    pages = [records.conversations.list(offset=offset, limit=3) for offset in (0, 3, 6)]
    assert [m.question for page in pages for m in page] == [m.question for m in records.conversations.each()]
    assert sorted(m.question for page in pages for m in page) == names


def test_an_export_fetches_piece_by_piece(records, say, monkeypatch):
    monkeypatch.setattr("assistant.records.conversations._BATCH", 2)
    for n in range(5):
        say(f"问{n}")
    assert sorted(m.question for m in records.conversations.each()) == [f"问{n}" for n in range(5)]


def test_a_visitor_sees_its_own_messages_only(records, say):
    say("甲问", session="s", visitor="a")
    assert [m.question for m in records.conversations.messages("s", "a")] == ["甲问"]
    assert records.conversations.messages("s", "b") == ()


def test_a_conversation_is_deleted_with_what_came_of_it_and_nothing_else(records, say):
    say("甲问", session="s", visitor="a", route="unresolved")
    say("乙问", session="t", visitor="b", route="unresolved")
    assert records.conversations.forget("s", "b") == 0
    assert records.conversations.forget("s", "a") == 1
    assert questions(records) == ["乙问"]
    # The desk keeps the case, and nothing of what the visitor wrote.
    assert [(ticket.id, ticket.question) for ticket in records.tickets.list()] == [(2, "乙问"), (1, "")]
    assert records.conversations.forget("s", "a") == 0
