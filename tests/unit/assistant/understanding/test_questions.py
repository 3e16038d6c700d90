"""How a message is cut into what it asks."""

from typing import Any

import pytest

from assistant.understanding.categories import CategoryNames
from assistant.understanding.message import read_message
from assistant.understanding.questions import asked_parts, joined_questions, repeats
from assistant.understanding.tuning import DecisionTuning


@pytest.fixture(scope="module")
def names(pack: Any) -> CategoryNames:
    return CategoryNames(pack.notice.categories)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("想报标杆 条件讲讲 再给我个电话", ["条件讲讲", "再给我个电话"]),
        ("介绍一下平台的条件，顺便电话", ["介绍一下平台的条件", "电话"]),
        ("platform deadline? and phone", ["platform deadline?", "phone"]),
        ("what is the deadline, and your address", ["what is the deadline", "address"]),
        ("上云有疑问想打个电话，几号截止", ["上云有疑问想打个电话", "几号截止"]),
        ("打了三遍电话没人接，几号截止", ["几号截止"]),
        ("说说看，几号截止", ["几号截止"]),
        ("platform and cloud deadlines differ", []),
    ],
)
def test_what_is_to_be_told_is_asked_like_a_question(text: str, parts: list[str]) -> None:
    assert asked_parts(read_message(text)) == parts


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("平台条件和电话说一下", ["平台条件", "电话"]),
        ("发文日期和截止日期", ["发文日期", "截止日期"]),
        ("平台和标杆工厂", []),
    ],
)
def test_two_things_are_joined(names: CategoryNames, text: str, items: list[str]) -> None:
    assert joined_questions(text, names, DecisionTuning()) == items


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("我问的是平台", True),
        ("不是标杆，我问的是平台的", True),
        ("不对，我说的是上云", True),
        ("不是三星，是四星", False),
        ("我问的是平台几号截止", False),
        ("我们做了个项目，是平台", False),
        ("几号截止，我问的是平台", False),
    ],
)
def test_the_category_that_was_meant_asks_the_last_question_again(
    names: CategoryNames, text: str, again: bool
) -> None:
    assert repeats(read_message(text), names) is again
