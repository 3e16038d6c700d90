from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.teaching import NOTE_LIMIT


@pytest.fixture
def waiting(desk):
    """A question that waits for a person."""
    desk.route = "unresolved"
    desk.reply("答辩怎么安排？", session_id="call-1")
    return 1


def test_an_unresolved_question_waits_with_its_reason_and_age(waiting, staff, clock):
    clock.pass_(timedelta(hours=3, minutes=20))
    page = staff.get("/tickets").text
    assert "答辩怎么安排？" in page
    assert "通知未写明" in page
    assert "已等 3 小时" in page


def test_a_ticket_shows_the_visitors_contact_and_what_was_answered(waiting, staff, records):
    records.tickets.open("m1", "handed_over", contact="138 0000", remark="请回电")
    page = staff.get("/tickets/1").text
    for part in ("请求人工", "138 0000", "请回电", "风筝须手工制作", "/console/conversations/call-1"):
        assert part in page
    assert 'name="note"' not in page, "only its owner answers"


def test_a_ticket_is_claimed_answered_and_closed(waiting, staff, records):
    assert staff.follow(staff.post("/tickets/1/claim")).text.count("已领取")
    assert records.tickets.get(1).owner == "小坐"
    assert staff.get("/tickets?state=mine").text.count("答辩怎么安排？") == 1
    done = staff.post(
        "/tickets/1/answer", clauses="1.1", other_clauses="1.2，1.1", note="由各地定", then="close"
    )
    assert "已办结" in staff.follow(done).text
    ticket = records.tickets.get(1)
    assert (ticket.state, ticket.clauses, ticket.note) == ("closed", ("1.1", "1.2"), "由各地定")
    assert [entry.action for entry in records.audit.list(subject="ticket 1")] == [
        *("ticket.close", "ticket.answer", "ticket.claim")
    ]
    staff.post("/tickets/1/reopen")
    assert records.tickets.get(1).state == "open"


def test_an_answer_is_kept_without_closing(waiting, staff, records):
    staff.post("/tickets/1/claim")
    staff.post("/tickets/1/answer", clauses="1.1", then="save")
    assert (records.tickets.get(1).state, records.tickets.get(1).clauses) == ("claimed", ("1.1",))
    assert 'value="1.1" checked' in staff.get("/tickets/1").text
    staff.post("/tickets/1/release")
    assert records.tickets.get(1).state == "open"


def test_what_somebody_else_has_claimed_is_refused(waiting, staff, editor, records):
    staff.post("/tickets/1/claim")
    for path in ("claim", "release", "answer", "reopen"):
        refused = editor.post(f"/tickets/1/{path}", clauses="1.1", then="close")
        assert refused.status_code == 409, path
        assert "小坐" in refused.text
    assert records.tickets.get(1).owner == "小坐"
    assert records.tickets.get(1).clauses == ()


def test_a_ticket_is_not_closed_without_an_answer(waiting, staff, records):
    staff.post("/tickets/1/claim")
    refused = staff.post("/tickets/1/answer", then="close")
    assert refused.status_code == 422
    assert "请先指明条款" in refused.text
    assert records.tickets.get(1).state == "claimed"


def test_a_clause_that_is_not_there_is_refused_and_what_was_typed_stays(waiting, staff, records):
    staff.post("/tickets/1/claim")
    refused = staff.post("/tickets/1/answer", clauses="1.1", other_clauses="9.9", note="我写的", then="save")
    assert refused.status_code == 422
    assert "没有条款 9.9" in refused.text
    assert 'value="1.1" checked' in refused.text
    assert "我写的" in refused.text
    assert records.tickets.get(1).clauses == ()


def test_a_note_beyond_its_length_is_refused(waiting, staff):
    staff.post("/tickets/1/claim")
    assert staff.post("/tickets/1/answer", note="长" * (NOTE_LIMIT + 1), then="save").status_code == 422


def test_closing_and_proposing_is_one_step(waiting, staff, records):
    staff.post("/tickets/1/claim")
    done = staff.post(
        "/tickets/1/answer", clauses="1.1", note="手工制作。", question="怎么答辩", then="close_propose"
    )
    page = staff.follow(done).text
    assert "等编辑审核" in page
    assert "/console/proposals/1" in page
    (proposal,) = records.exemplars.list("proposed")
    assert (proposal.question, proposal.clauses, proposal.note, proposal.ticket_id) == (
        "怎么答辩",
        ("1.1",),
        "手工制作。",
        1,
    )
    assert proposal.proposed_by == "小坐"
    assert records.tickets.get(1).state == "closed"


def test_a_question_may_be_given_to_a_topic_instead(waiting, staff, records):
    staff.post("/tickets/1/claim")
    staff.post("/tickets/1/answer", clauses="1.1", note="说明", topic="handmade", then="propose")
    (proposal,) = records.exemplars.list("proposed")
    assert (proposal.topic, proposal.clauses, proposal.note) == ("handmade", (), "")
    assert records.tickets.get(1).state == "claimed"


def test_a_note_that_its_clauses_do_not_bear_out_leaves_everything_as_it_was(waiting, staff, desk, records):
    staff.post("/tickets/1/claim")
    desk.unsupported_words = ("3月1日",)
    before = records.audit.count()
    refused = staff.post("/tickets/1/answer", clauses="1.1", note="3月1日答辩", then="close_propose")
    assert refused.status_code == 422
    assert "所引条款中没有：3月1日" in refused.text
    assert "3月1日答辩" in refused.text
    ticket = records.tickets.get(1)
    assert (ticket.state, ticket.note, records.exemplars.count()) == ("claimed", "", 0)
    assert records.audit.count() == before


def test_tickets_are_filtered_by_reason_and_category(waiting, staff, records, desk):
    desk.route = "lookup"
    desk.reply("不满意的", session_id="call-2")
    records.feedback.rate("m2", "down", "没用", visitor="")
    assert "不满意的" not in staff.get("/tickets?reason=unresolved").text
    assert "答辩怎么安排" not in staff.get("/tickets?reason=thumbs_down").text
    assert "答辩怎么安排" not in staff.get("/tickets?category=boat").text
    assert "答辩怎么安排" in staff.get("/tickets?category=kite&state=nonsense").text


def test_long_lists_come_in_pages(staff, desk):
    desk.route = "unresolved"
    for n in range(33):
        desk.reply(f"第{n:02}问", session_id=f"s-{n}")
    first, second = staff.get("/tickets").text, staff.get("/tickets?page=2").text
    assert ("第00问" in first, "第29问" in first, "第30问" in first) == (True, True, False)
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert ("第30问" in second, "第29问" in second) == (True, False)
    assert 'rel="next"' not in second


def test_a_ticket_of_a_pack_that_is_gone_is_told(waiting, staff, desk):
    desk.packs["boats"] = desk.packs.pop("kites")
    refused = staff.get("/tickets/1")
    assert refused.status_code == 404
    assert "kites" in refused.text


def test_a_ticket_whose_conversation_was_deleted_is_left_as_a_case(waiting, staff, records):
    records.conversations.forget("call-1", "")
    assert "对话已应用户要求删除" in staff.get("/tickets/1").text
