from __future__ import annotations

import re

import pytest

from api.console.ask import cited_reply, spoken


def ask(browser, question="要手工吗？", **more):
    asked = browser.post("/ask", q=question, **more)
    return asked, browser.follow(asked).text


def test_the_evidence_comes_first_then_a_sentence_to_say(staff):
    _, page = ask(staff)
    assert page.index('id="evidence"') < page.index('id="spoken"') < page.index("完整答复")
    assert "<mark>风筝须为手工制作。</mark>" in page
    said = re.search(r'<p class="say">(.*?)</p>', page)
    assert said
    assert "[1]" not in said[1]
    assert 'data-copy="cited"' in page


def test_loading_the_answer_again_asks_nothing_again(staff, desk):
    asked, _ = ask(staff)
    staff.follow(asked)
    assert desk.said == 1


def test_a_call_goes_on_with_what_was_said(staff, records):
    _, page = ask(staff)
    call = re.search(r'name="call" value="([^"]*)"', page)
    assert call
    ask(staff, "线呢？", call=call[1])
    assert [m.turn for m in records.conversations.messages(call[1])] == [1, 2]
    assert {m.channel for m in records.conversations.messages(call[1])} == {"desk"}


def test_another_persons_answer_can_be_read_but_not_gone_on_with(staff, editor):
    asked, _ = ask(staff)
    page = editor.follow(asked).text
    assert 'name="call" value=""' in page


def test_an_empty_question_is_told_and_what_was_typed_stays(staff):
    refused = staff.post("/ask", q="", as_of="2023-02-20")
    assert refused.status_code == 422
    assert "没有读到文字" in refused.text
    assert 'value="2023-02-20"' in refused.text


def test_a_day_that_is_none_is_refused(staff, desk):
    assert staff.post("/ask", q="问", as_of="2023-02-30").status_code == 422
    assert desk.said == 0


def test_an_answer_that_is_not_kept_is_not_found(staff):
    assert staff.get("/answers/none").status_code == 404


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("须在3月31日之后[1]。可致电咨询[2]。\n\n依据（某文）\n[1] 三、", "须在3月31日之后。可致电咨询。"),
        ("一句话没有标点", "一句话没有标点"),
        ("长" * 100 + "。后面。", "长" * 100 + "。"),
        ("短。" + "长" * 89 + "。", "短。"),
        ("", ""),
    ],
)
def test_whole_sentences_are_said_as_far_as_one_breath_goes(text, said):
    assert spoken(text) == said


def test_a_cited_reply_ends_with_its_sources(desk):
    reply = desk.reply("问")
    copied = cited_reply(reply)
    assert copied.count("依据") == 1
    assert copied.endswith("：“风筝须为手工制作。”")
    assert cited_reply(reply.model_copy(update={"citations": ()})).startswith("风筝须手工制作[1]。")
    assert "依据" not in cited_reply(reply.model_copy(update={"citations": ()}))
