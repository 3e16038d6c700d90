"""Answers to topics: what is said besides where the question gives cause to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.answers.topics import topic_draft
from assistant.phrases import load_phrases
from knowledge.models import Aside, Topic, TopicAnswer

AS_OF = date(2023, 2, 10)
ASIDE = "3月15日前是各地工信局完成审核推荐的期限，不是企业的。"


def sentences(pack: Any, topic: Topic, question: str, *categories: str) -> list[str]:
    draft = topic_draft(pack, topic, categories, question, AS_OF, load_phrases())
    return [sentence.text for sentence in draft.sentences]


@pytest.mark.parametrize(
    "question",
    ["是3月15日截止吗", "是3月15号截止吧？", "三月十五日截止吗", "三月十五号截止吗", "2023年3月15日截止吗"],
)
@pytest.mark.parametrize("category", ["platform", "benchmark_factory"])
def test_a_date_gives_cause_in_any_notation(pack: Any, question: str, category: str) -> None:
    said = sentences(pack, pack.topic("applicant-deadline"), question, category)
    assert said[-1] == ASIDE
    assert "2月28日前" in said[-2]


@pytest.mark.parametrize("question", ["市局什么时候审核完", "工信局推荐的期限算我们的吗"])
def test_another_word_gives_cause_as_it_stands(pack: Any, question: str) -> None:
    assert sentences(pack, pack.topic("applicant-deadline"), question, "platform")[-1] == ASIDE


@pytest.mark.parametrize(
    "question",
    ["什么时候截止", "2月28日截止吗", "三月十六号截止吗", "5月15日截止吗", "3月5日截止吗", "15个工作日够吗"],
)
def test_without_cause_nothing_is_said_besides(pack: Any, question: str) -> None:
    said = sentences(pack, pack.topic("applicant-deadline"), question, "platform")
    assert ASIDE not in said
    assert not any("3月15日" in sentence for sentence in said)


def test_without_a_category_the_common_answers_aside_is_said(pack: Any) -> None:
    said = sentences(pack, pack.topic("applicant-deadline"), "是四月十七号截止吗")
    assert said[-1] == "各地工信局完成审核推荐的期限是平台和标杆工厂类3月15日前、星级上云企业类4月17日前。"


def test_an_aside_of_two_categories_is_said_once(pack: Any) -> None:
    topic = pack.topic("applicant-deadline")
    assert sentences(pack, topic, "3月15号截止吗", "platform", "benchmark_factory").count(ASIDE) == 1


def test_slots_of_an_answer_and_of_its_aside_are_filled_by_category(pack: Any) -> None:
    topic = Topic(
        id="forms",
        route="lookup",
        title="表格",
        questions=("表格在哪",),
        answers=(
            TopicAnswer(
                text="填{forms}[annexes]。", asides=(Aside(when=("电话",), text="可致电{desks}[6]。"),)
            ),
        ),
    )
    assert sentences(pack, topic, "表格在哪，电话呢", "star_cloud") == [
        "填附件6《江苏省星级上云企业申报书》。",
        "可致电025-69652719。",
    ]


def test_a_category_of_the_topic_itself_fills_the_slots(pack: Any) -> None:
    topic = Topic(
        id="own",
        route="lookup",
        title="表格",
        category="platform",
        questions=("表格",),
        answers=(TopicAnswer(text="填{forms}[annexes]。"),),
    )
    assert sentences(pack, topic, "表格") == ["填附件4《江苏省重点工业互联网平台申报书》。"]
