"""Another value in place of the one told just before."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.message.utterance import hear
from assistant.facts.put_right import puts_right

AS_OF = date(2023, 2, 20)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("噢，是五个月", "用了一年"),
        ("抱歉，应该是三个月", "用了10个月"),
        ("说错了，两个月", "云服务用了七个月"),
        ("不好意思，是2021年", "2019年成立"),
    ],
)
def test_a_value_of_the_same_kind_is_put_right(text: str, told: str) -> None:
    assert puts_right(hear(text, {}), told, AS_OF)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("五个月", "用了一年"),
        ("噢，是2019年", "用了一年"),
        ("哦，是五个月", "2019年成立"),
        ("哦，是苏州的", "用了一年"),
        ("公司三年了", "用了一年"),
    ],
)
def test_an_answer_or_another_kind_of_value_puts_nothing_right(text: str, told: str) -> None:
    assert not puts_right(hear(text, {}), told, AS_OF)
