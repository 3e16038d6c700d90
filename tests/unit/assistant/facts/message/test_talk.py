"""A short message about the conversation answers nothing that was asked of the applicant; a real no still does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.facts import read_facts
from assistant.facts.message.talk import is_talk, says_no
from knowledge.cues import load_fact_cues
from knowledge.facts import FactSchema
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)
TALK = [
    "算了",
    "没看懂",
    "没听懂",
    "没明白",
    "看不懂",
    "无语",
    "不是吧",
    "不会吧",
    "不急",
    "没别的了",
    "没有别的问题了",
    "没什么了",
    "没其他问题",
    "不用了",
    "不用了，谢谢",
    "不麻烦了",
    "不打扰了",
    "不想说",
    "不方便说",
    "没时间",
    "没空",
    "没查到",
    "没印象",
    "没概念",
    "没人知道",
    "没必要吧",
    "没道理",
    "没意思",
    "不公平",
    "不太懂",
    "没定",
    "还没定",
    "还没想好",
    "不报了",
    "不想报了",
    "那不报了",
    "没法报",
    "不够格呗",
    "没资格了",
    "没份了",
    "没我们的份",
    "没得报",
    "没得谈",
    "没救了",
    "那没戏了呗",
    "没希望了吧",
    "没机会了",
    "没办法了",
    "没辙了",
    "那不行了呗",
    "无望",
    "不满意",
    "不满意你的回答",
    "你没回答我",
    "你没看懂我的意思",
    "不是这个意思",
    "我不是问这个",
    "没用",
    "不准",
    "没写清楚",
    "没例外吗",
    "这下凉了",
]
NO = [
    "没有",
    "没",
    "没呢",
    "暂时没有",
    "还没有呢",
    "没有啊",
    "这个真没有",
    "暂时没有这个",
    "目前没有",
    "没办",
    "还没办",
    "没办下来",
    "还没下来呢",
    "没拿到",
    "没做过",
    "没做",
    "没通过",
    "不符合",
    "不满足",
    "没达到",
    "没弄",
    "没搞",
    "没申请",
    "没开",
    "没准备",
    "没有的",
    "没有过",
    "没有这份报告",
    "没审",
    "没出",
    "没出来",
    "没这个",
    "没有哦亲",
    "确实没有",
    "一直没有",
    "从来没有",
]
ASKED = ["registered_in_jiangsu", "good_credit", "has_audit_report", "meets_guideline"]


def stated(message: str, asked: str, category: str = "benchmark_factory") -> dict[str, object]:
    read = read_facts(
        message, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, asked=asked, category=category
    )
    return {fact.name: fact.value for fact in read.facts}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("message", TALK)
def test_what_is_said_of_the_conversation_answers_nothing(message: str, asked: str) -> None:
    assert is_talk(message)
    assert stated(message, asked) == {}


@pytest.mark.parametrize("message", NO)
def test_a_real_no_answers_what_was_asked(message: str) -> None:
    assert not is_talk(message)
    assert stated(message, "has_audit_report") == {"has_audit_report": False}


def test_who_no_longer_uses_a_service_says_so_where_that_was_asked() -> None:
    assert stated("不用了", "services_still_in_use", "star_cloud") == {"services_still_in_use": False}
    assert stated("不用了", "good_credit", "star_cloud") == {}


def test_a_statement_beside_talk_is_read() -> None:
    assert stated("没听懂，我们是南京注册的", "good_credit") == {"registered_in_jiangsu": True}


@pytest.mark.parametrize("phrase", ["你没说清楚", "没敢问", "无聊"])
def test_a_no_of_nothing_that_can_be_held_or_met_is_none(phrase: str) -> None:
    assert not says_no(phrase)
