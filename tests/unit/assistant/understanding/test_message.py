import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.message import (
    MAX_CHARACTERS,
    read_message,
    simplify,
    split_questions,
    without_document,
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
    "plain", ["离截止还有几天", "上云推荐还有多少天", "到月底还有多久", "还有几个工作日能报"]
)
def test_how_long_it_still_is_is_one_question(plain: str) -> None:
    assert split_questions(plain) == (plain,)


def test_what_is_asked_besides_is_another_question() -> None:
    assert split_questions("截止哪天还有材料寄哪") == ("截止哪天", "材料寄哪")


def test_a_space_between_two_questions_parts_them_and_one_in_a_word_does_not() -> None:
    assert read_message("投入要多少钱 证书管到哪天").plain == "投入要多少钱 证书管到哪天"
    assert read_message("投入要多 少钱").plain == "投入要多少钱"


DOCUMENT = "苏工信融合〔2023〕27号"


def test_the_notices_number_is_left_out_of_a_question() -> None:
    message = without_document(read_message(f"请问{DOCUMENT}的截止时间是哪天？材料寄哪？"), DOCUMENT)
    assert message.plain == "请问的截止时间是哪天?材料寄哪?"
    assert message.segments == ("请问的截止时间是哪天?", "材料寄哪?")
    assert message.original == f"请问{DOCUMENT}的截止时间是哪天？材料寄哪？"


def test_the_notices_number_is_known_in_traditional_script() -> None:
    message = read_message("請問蘇工信融合〔2023〕27號的截止時間是什麼時候")
    assert without_document(message, DOCUMENT).plain == "请问的截止时间是什么时候"


@pytest.mark.parametrize(
    "text",
    [
        DOCUMENT,
        f"{DOCUMENT}是什么",
        f"我们按{DOCUMENT}准备好了所有的申报材料",
        "截止时间到底是什么时候",
        "苏工信融合〔2022〕9号的截止时间是什么时候",
    ],
    ids=["alone", "too-little-left", "no-question", "no-number", "another-number"],
)
def test_the_number_stays_where_nothing_else_is_asked(text: str) -> None:
    message = read_message(text)
    assert without_document(message, DOCUMENT) is message


def test_the_notices_title_is_left_out_of_a_question() -> None:
    title = "关于组织开展2023年度省工业互联网示范工程项目申报工作的通知"
    message = without_document(
        read_message("那个2023年度工业互联网示范工程项目申报通知落款是几月几号"), DOCUMENT, title
    )
    assert message.plain == "那个2023年度通知落款是几月几号"


@given(st.text(min_size=1, max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        message = read_message(text)
    except InputRefused:
        return
    assert message.original
    assert message.segments
