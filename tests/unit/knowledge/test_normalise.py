"""Source text → joined text, with offsets back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.normalise import (
    UNWRAPPED,
    Line,
    ends_paragraph,
    flow,
    is_white,
    measure,
    read_lines,
    squeeze,
    stack,
)

PRINTED = st.text(
    st.sampled_from("甲乙，。（）“”0123456789.-:/%abcXYZ \u3000\u00a0\t\u200b\ufeff\n\r\f\u2028"), max_size=80
)


def joined(source: str) -> str:
    lines, _ = read_lines(source)
    return stack(flow(lines, measure(lines))).text


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("不少于 1年、标杆工厂类不少于 3年", "不少于1年、标杆工厂类不少于3年"),
        ("2022年 1月 1日起至 2023年 2月 28日止", "2022年1月1日起至2023年2月28日止"),
        ("须满足 “基础技术能力”3个方面", "须满足“基础技术能力”3个方面"),
        ("电话 025 - 69652717", "电话025-69652717"),
        ("投入 20 000 000 元", "投入20000000元"),
        ("2 0 2 3 年", "2023年"),
        ("自 1\u00a0月\u3000起\u200b至", "自1月起至"),
        ("Industrial Internet 平台", "Industrial Internet平台"),
        ("表 3 5 列", "表3 5列"),
        ("比例 50 % 以上", "比例50%以上"),
        ("（http://a.cn ）", "（http://a.cn）"),
    ],
)
def test_spaces_that_the_extraction_sets_are_taken_out(line: str, text: str) -> None:
    assert Line(0, line).clean().text == text


def test_full_width_forms_and_misprints_stay_as_printed() -> None:
    line = "（ａ）２０２３年，jssys.caiiclovd.com；工业互联平台"
    assert Line(0, line).clean().text == line


@given(PRINTED)
def test_a_clean_line_loses_nothing_but_white_space_and_points_back(source: str) -> None:
    lines, page_numbers = read_lines(source)
    assert squeeze("".join(line.raw for line in sorted([*lines, *page_numbers], key=lambda x: x.start))) == (
        squeeze(source)
    )
    for line in lines:
        assert source[line.start : line.end] == line.raw
        clean = line.clean()
        assert squeeze(clean.text) == squeeze(line.raw)
        assert len(clean.text) == len(clean.offsets)
        for char, offset in zip(clean.text, clean.offsets, strict=True):
            assert source[offset] == char or (char == " " and is_white(source[offset]))


@given(PRINTED)
def test_joined_paragraphs_lose_nothing_and_keep_order(source: str) -> None:
    lines, _ = read_lines(source)
    whole = stack(flow(lines, measure(lines)))
    assert squeeze(whole.text) == squeeze("".join(line.raw for line in lines))
    assert list(whole.offsets) == sorted(whole.offsets)
    assert squeeze("".join(source[a:b] for a, b in whole.spans(source))) == squeeze(whole.text)
    assert all(source[offset] == char for char, offset in zip(whole.text, whole.offsets, strict=True)
               if not is_white(char))  # fmt: skip


@given(PRINTED)
def test_cleaning_what_is_clean_changes_nothing(source: str) -> None:
    for line in read_lines(source)[0]:
        once = line.clean().text
        assert Line(0, once).clean().text == once


def wrapped(paragraphs: list[str], columns: int) -> str:
    lines = [text[at : at + columns] for text in paragraphs for at in range(0, len(text), columns)]
    return "\n\n".join(lines)


def test_wrapped_lines_are_joined_again() -> None:
    paragraphs = ["甲" * 70 + "。", "乙" * 100 + "。", "丙" * 45 + "。", "丁：025-69652717"]
    assert joined(wrapped(paragraphs, 28)).split("\n") == paragraphs


def test_lines_that_are_whole_paragraphs_stay_apart() -> None:
    paragraphs = ["甲" * 70 + "。", "短的一行", "乙" * 20, "丙" * 120, "丁" * 33 + "。", "戊" * 51]
    lines, _ = read_lines("\n".join(paragraphs))
    assert measure(lines) == UNWRAPPED
    assert joined("\n".join(paragraphs)).split("\n") == paragraphs


def test_a_line_in_mid_sentence_never_ends_a_paragraph() -> None:
    assert not ends_paragraph(Line(0, "三星级、"), UNWRAPPED)
    assert ends_paragraph(Line(0, "三星级"), UNWRAPPED)


@pytest.mark.parametrize("printed", ["— 2 —", "-12-", "－ 3 －", "第 3 页 共 9 页"])
def test_page_numbers_are_set_apart(printed: str) -> None:
    lines, page_numbers = read_lines(f"甲\n {printed} \n\f乙")
    assert [line.raw for line in lines] == ["甲", "乙"]
    assert [line.raw for line in page_numbers] == [printed]


@pytest.mark.parametrize("printed", ["3", "2023", "-5", "一"])
def test_a_bare_number_is_text(printed: str) -> None:
    assert read_lines(printed)[1] == []


def test_latin_words_stay_apart_across_a_wrap_and_addresses_do_not() -> None:
    filler = "\n".join(["甲" * 28] * 6)
    assert "Industrial Internet" in joined(f"{filler}\n{'乙' * 23}Industrial\nInternet平台")
    assert "http://jssys.caiiclovd.com" in joined(f"{filler}\n{'乙' * 18}http://jssys.caiic\nlovd.com打开")
