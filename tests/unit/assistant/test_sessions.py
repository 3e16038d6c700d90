from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sessions import KeptFact, Session, is_session_id, new_session_id
from knowledge.facts import DateRange, NumberRange


def session(name: str) -> Session:
    return Session(id=name, pack="p")


@given(st.text())
def test_a_session_id_is_a_short_plain_token(text):
    plain = text.isascii() and 1 <= len(text) <= 64 and all(c.isalnum() or c in "_-" for c in text)
    assert is_session_id(text) == plain


@pytest.mark.parametrize("text", ["a\n", "a" * 65, "", "é", "１", "a/b"])
def test_other_texts_are_no_session_ids(text):
    assert not is_session_id(text)


def test_new_ids_are_session_ids_and_differ():
    ids = {new_session_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(map(is_session_id, ids))


def test_a_session_is_a_value():
    first = session("a")
    second = first.with_next_turn().with_fact("built", True, "建好了")
    assert first.facts == {}
    assert second.facts == {"built": KeptFact(True, "建好了", 1)}
    with pytest.raises(FrozenInstanceError):
        first.turn = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        second.facts["built"] = KeptFact(False, "", 1)  # type: ignore[index]


def test_a_corrected_fact_takes_the_new_words_and_turn():
    before = session("a").with_next_turn().with_fact("built", False, "在建").with_fact("sound", True, "规范")
    after = before.with_next_turn().with_fact("built", True, "已建成")
    assert after.facts["built"] == KeptFact(True, "已建成", 2)
    assert list(after.facts) == ["sound", "built"]
    assert after.values == {"sound": True, "built": True}


def test_a_withdrawn_fact_is_unknown_again():
    known = session("a").with_fact("built", True, "").with_fact("sound", True, "")
    assert known.without_fact("built").values == {"sound": True}
    assert known.without_fact("never stated") == known
    assert known.without_facts().values == {}


def test_the_parts_of_a_message_are_kept_until_the_next_message():
    numbered = session("a").with_parts(("截止", "电话"))
    assert numbered.parts == ("截止", "电话")
    assert numbered.with_next_turn().parts == ("截止", "电话")
    assert numbered.with_parts(()).parts == ()
    assert numbered.with_pack("q").parts == ()


def test_a_what_if_never_becomes_a_fact():
    supposing = session("a").with_supposed({"built": KeptFact(True, "假如建成", 1)})
    assert supposing.values == {}
    assert supposing.with_supposed({}).supposed == {}


def test_facts_are_shown_in_the_forms_of_the_contract():
    known = (
        session("a")
        .with_next_turn()
        .with_fact("registered_on", DateRange(date(2019, 8, 1), date(2019, 8, 31)), "2019年8月成立")
        .with_fact("investment_3y_wan", NumberRange.exactly(2000), "投了2000万")
    )
    shown = [fact.model_dump() for fact in known.shown()]
    assert shown[0] == {
        "name": "registered_on",
        "value": {"from": "2019-08-01", "to": "2019-08-31"},
        "quote": "2019年8月成立",
        "turn": 1,
    }
    assert shown[1]["value"] == 2000


def test_another_notice_begins_without_facts():
    known = session("a").with_next_turn().with_fact("built", True, "").with_category("platform")
    assert known.with_pack("p") is known
    assert known.with_pack("q") == Session(id="a", pack="q", turn=1)


def test_a_bureau_stays_one_under_another_notice():
    known = session("a").with_bureau(True)
    assert known.with_bureau(True) is known
    assert known.with_pack("q").bureau


def test_what_was_told_last_are_the_facts_of_the_last_turn_that_told_any():
    first = Session("s", "p", turn=1).with_fact("project_built", True, "建成了")
    second = first.with_next_turn().with_fact("investment_3y_wan", 2600, "2600万")
    assert second.with_next_turn().told_last() == ("investment_3y_wan",)
    assert Session("s", "p").told_last() == ()


def test_several_categories_are_judged_together_until_one_is_discussed():
    several = Session("s", "p").with_category(None, ("platform", "star_cloud"))
    assert (several.category, several.side_by_side) == (None, ("platform", "star_cloud"))
    assert several.with_category("platform", ("platform", "star_cloud")).side_by_side == ()


def test_the_category_before_is_known_only_right_after_the_change():
    session = Session("s", "p").with_category("a").with_category("b")
    assert session.category_before == "a"
    assert session.with_category("b").category_before is None
