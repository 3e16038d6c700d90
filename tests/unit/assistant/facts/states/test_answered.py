"""A yes or no without a topic, as the answer to the fact asked for last, and what only looks like one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.facts import read_facts
from knowledge.cues import load_fact_cues
from knowledge.facts import FactSchema
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)


def answered(message: str, asked: str) -> object:
    read = read_facts(message, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, asked=asked)
    return {fact.name: fact.value for fact in read.facts}.get(asked)


@pytest.mark.parametrize(
    "message",
    [
        "系统上了一大半",
        "有个安全事故",
        "三星我们评过",
        "四星我们有",
        "码头还没弄好",
        "只有三千七百多万",
        "设备有一批",
    ],
)
@pytest.mark.parametrize("asked", ["sound_finance", "has_audit_report"])
def test_what_has_a_subject_of_its_own_answers_nothing_else(message: str, asked: str) -> None:
    assert answered(message, asked) is None


@pytest.mark.parametrize(
    "message", ["不是，我讲错了，四星才对", "不对，我们说反了，是五星", "嗯，是做注塑的", "对，是个老国企"]
)
def test_a_yes_or_no_that_belongs_to_the_words_behind_it_answers_nothing(message: str) -> None:
    assert answered(message, "registered_in_jiangsu") is None


@pytest.mark.parametrize(
    ("message", "asked", "value"),
    [
        ("还没呢，会计正在弄", "has_audit_report", False),
        ("事务所那边已经出了", "has_audit_report", True),
        ("手上没有", "has_audit_report", False),
        ("早就弄好了", "project_built", True),
        ("不是的", "registered_in_jiangsu", False),
        ("嗯，在昆山", "registered_in_jiangsu", True),
        ("是的，是江苏的", "registered_in_jiangsu", True),
        ("不是，我们在上海", "registered_in_jiangsu", False),
    ],
)
def test_an_answer_among_few_words_is_one(message: str, asked: str, value: bool) -> None:
    assert answered(message, asked) is value


@pytest.mark.parametrize("message", ["有公示截图算不算佐证", "有评审结果通知能当佐证吗", "有贯标公示认不认"])
def test_that_a_thing_is_there_is_not_told_while_it_is_asked_whether_it_will_do(message: str) -> None:
    assert answered(message, "has_certification_evidence") is None
    assert answered("有公示截图", "has_certification_evidence") is True


@pytest.mark.parametrize(
    ("message", "supposed"),
    [
        ("那证书到3月31号刚好到期的行不行", True),
        ("那去年10月才注册的能报吗", True),
        ("那我们去年10月注册的能报吗", False),
        ("去年10月注册的能报吗", False),
        ("那我注册成有限公司呢，注册在南京", True),
        ("我们注册成有限公司了，注册在南京", False),
    ],
)
def test_of_a_kind_and_not_of_itself_is_an_if(message: str, supposed: bool) -> None:
    read = read_facts(message, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES)
    assert read.facts
    assert {fact.hypothetical for fact in read.facts} == {supposed}


@pytest.mark.parametrize("message", ["验收了，两千八百万", "投产了呀，花了2500万", "建成了的"])
def test_what_tells_of_another_thing_is_no_yes_to_what_was_asked(message: str) -> None:
    assert answered(message, "sound_finance") is None
    assert answered(message, "project_built") is True


@pytest.mark.parametrize("message", ["估计四月底才下来", "大概下月中能到手", "5月份出来"])
def test_when_something_comes_is_no_day_of_registration(message: str) -> None:
    assert answered(message, "registered_on") is None


@pytest.mark.parametrize("message", ["就差一个月", "还差两天", "差一年"])
def test_what_is_lacking_of_a_time_is_no_count(message: str) -> None:
    assert answered(message, "foundation_aspects_met") is None
    assert answered("还差一个", "foundation_aspects_met") is not None


@pytest.mark.parametrize(
    "message", ["今年想重新报一次", "去年添了三台机器", "今年准备冲五星", "今年打算申报", "去年调了办公楼"]
)
def test_a_year_of_another_matter_is_no_day_of_registration(message: str) -> None:
    assert answered(message, "registered_on") is None


@pytest.mark.parametrize(
    "message", ["前年办的", "17年搞起来的厂", "好像是去年三月份", "我们自己是2016年开的", "十二年老厂了"]
)
def test_a_day_or_an_age_by_itself_is_that_of_registration(message: str) -> None:
    assert answered(message, "registered_on") is not None


@pytest.mark.parametrize(
    ("message", "asked", "value"),
    [
        ("没啥问题", "sound_finance", True),
        ("没毛病", "good_credit", True),
        ("好", "good_credit", True),
        ("都挺好的", "sound_finance", True),
        ("好着呢", "sound_finance", True),
        ("不太好", "sound_finance", False),
        ("不怎么好", "sound_finance", False),
        ("最近比较差", "sound_finance", False),
        ("很差", "good_credit", False),
    ],
)
def test_how_something_is_answers_whether_it_is_good(message: str, asked: str, value: bool) -> None:
    assert answered(message, asked) is value


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("好的", "good_credit"),
        ("好啊", "sound_finance"),
        ("没啥问题了", "sound_finance"),
        ("没别的问题", "sound_finance"),
        ("还行吧", "sound_finance"),
        ("好", "has_invoices"),
        ("不太好", "has_invoices"),
        ("没啥问题", "independent_legal_person"),
    ],
)
def test_what_takes_note_or_judges_another_thing_answers_nothing(message: str, asked: str) -> None:
    assert answered(message, asked) is None


@pytest.mark.parametrize(
    ("message", "asked", "value"),
    [
        ("过了", "integration_certified", True),
        ("早通过了", "integration_certified", True),
        ("早用上了", "project_built", True),
        ("还没呢", "project_built", False),
        ("一张没有", "has_invoices", False),
        ("一张也没有", "has_invoices", False),
        ("全套", "has_invoices", True),
        ("整套都有", "has_invoices", True),
        ("有十几个人", "professional_team", True),
        ("二十来号人", "professional_team", True),
        ("没评", "already_recognized_platform", False),
        ("申过没批", "already_recognized_platform", False),
    ],
)
def test_the_verb_of_an_answer_is_that_of_its_question(message: str, asked: str, value: bool) -> None:
    assert answered(message, asked) is value


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("过了", "independent_legal_person"),
        ("过了", "project_built"),
        ("通过了", "professional_team"),
        ("早用上了", "has_invoices"),
        ("在用", "good_credit"),
        ("一个没有", "registered_in_jiangsu"),
        ("过了，证书有效到2025年8月", "independent_legal_person"),
        ("有的，审计报告和发票都有", "independent_legal_person"),
        ("有两三个人", "professional_team"),
        ("20号", "professional_team"),
    ],
)
def test_an_answer_with_another_verb_is_none_to_the_question(message: str, asked: str) -> None:
    assert answered(message, asked) is None


@pytest.mark.parametrize("message", ["没评", "没评上", "申过没批", "去年报过没评上", "啥星没有", "落选了"])
def test_who_has_not_won_holds_no_level(message: str) -> None:
    assert answered(message, "current_star") == 0
    assert answered(message, "has_invoices") is None
