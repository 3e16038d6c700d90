import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.message import (
    MAX_CHARACTERS,
    about_the_rule,
    read_message,
    simplify,
    split_questions,
)
from knowledge.errors import InputRefused


def test_traditional_and_full_width_text_is_read_as_simplified_and_half_width() -> None:
    assert simplify("標桿工廠　ＡＢＣ１２３") == "标杆工厂 abc123"


def test_the_original_is_kept_for_quoting() -> None:
    message = read_message("我們２０１９年註冊\u200b")
    assert message.original == "我們２０１９年註冊"
    assert message.plain == "我们2019年注册"


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b", "\x00\x01"])
def test_a_message_without_readable_text_is_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="没有读到文字"):
        read_message(text)


def test_a_message_over_the_bound_is_refused_with_its_length() -> None:
    with pytest.raises(InputRefused, match="8001"):
        read_message("问" * (MAX_CHARACTERS + 1))


def test_chained_questions_are_told_apart() -> None:
    assert split_questions("截止哪天？材料寄哪？") == ("截止哪天？", "材料寄哪？")


@pytest.mark.parametrize(
    ("text", "asked"),
    [("原文怎么说的", True), ("哪一条规定的", True), ("我们2年能报吗", False), ("什么时候截止", False)],
)
def test_questions_for_the_wording_are_recognised(text: str, asked: bool) -> None:
    assert about_the_rule(text) is asked


@given(st.text(min_size=1, max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        message = read_message(text)
    except InputRefused:
        return
    assert message.original
    assert message.segments
