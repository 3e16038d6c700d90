"""Answers to several questions at once, one each, by their order."""

from __future__ import annotations

import pytest

from assistant.facts.message.in_turn import answers_in_turn

FIRST = ["贵单位是在江苏省内注册的吗？", "贵单位是独立法人吗？", "贵单位是哪天注册的？"]
PAPERS = ["证书已经下发了吗？", "这些投入有专项审计报告吗？", "这些投入有发票吗？"]


@pytest.mark.parametrize(
    ("said", "questions", "expected"),
    [
        ("1是 2是 3 2016年", FIRST, {0: "是", 1: "是", 2: "2016年"}),
        ("1、是，2、不是", FIRST, {0: "是", 1: "不是"}),
        ("1. 是 2. 是 3. 2019年8月", FIRST, {0: "是", 1: "是", 2: "2019年8月"}),
        ("前两个是，第三个不记得了", FIRST, {0: "是", 1: "是"}),
        ("头两个都是", FIRST, {0: "是", 1: "是"}),
        ("第一个是，第二个不是", FIRST, {0: "是", 1: "不是"}),
        ("三个都是", FIRST, {0: "是", 1: "是", 2: "是"}),
        ("是，不是，2018年5月", FIRST, {0: "是", 1: "不是", 2: "2018年5月"}),
        ("对 对 2018年", FIRST, {0: "对", 1: "对", 2: "2018年"}),
        ("有 有", PAPERS, {1: "有", 2: "有"}),
        ("有，没有", PAPERS, {1: "有", 2: "没有"}),
        ("有 有 没有", PAPERS, {0: "有", 1: "有", 2: "没有"}),
    ],
)
def test_each_answer_belongs_to_the_question_of_its_place(
    said: str, questions: list[str], expected: dict[int, str]
) -> None:
    assert answers_in_turn(said, questions) == expected


@pytest.mark.parametrize(
    "said",
    [
        "嗯 嗯",
        "有",
        "两个都是",
        "前两个是什么意思",
        "第二个是什么意思",
        "三个方向都有",
        "2是 3是",
        "3 3 2 1",
        "对，2018年",
        "江苏的，独立法人",
    ],
)
def test_what_is_in_no_order_is_given_no_place(said: str) -> None:
    assert answers_in_turn(said, FIRST) == {}
