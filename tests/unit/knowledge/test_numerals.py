from __future__ import annotations

import time
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_numerals import NumeralStyle, render_numeral

from knowledge.numerals import find_numerals, parse_numeral

NUMBERS = st.one_of(
    st.integers(0, 9999), st.integers(0, 10**12 - 1), st.integers(1, 9999).map(lambda n: n * 10**4)
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两千三百万", 23_000_000),
        ("2千0百50万", 20_500_000),
        ("2千50万", 20_500_000),
        ("1千300万", 13_000_000),
        ("1.5亿", 150_000_000),
        ("1.5个亿", 150_000_000),
        ("两个亿", 200_000_000),
        ("一点五亿", 150_000_000),
        ("3 000", 3000),
        ("3 000 万", 30_000_000),
        ("3,000", 3000),
        ("2,345.67", "2345.67"),
        ("3200w", 32_000_000),
        ("3200W", 32_000_000),
        ("一千五", 1500),
        ("1千5", 1500),
        ("两万三", 23_000),
        ("两百五", 250),
        ("十", 10),
        ("十一", 11),
        ("一百二十", 120),
        ("一百零五", 105),
        ("一千零五十", 1050),
        ("〇", 0),
        ("零", 0),
        ("2千万", 20_000_000),
        ("1千5百万", 15_000_000),
        ("1万5000", 15_000),
        ("一亿二千万", 120_000_000),
        ("一万亿", 10**12),
        ("半", "0.5"),
        ("廿", 20),
        ("廿一", 21),
        ("卅", 30),
        ("二〇二三", 2023),
        ("一九", 19),
        ("壹仟伍佰万", 15_000_000),
        ("貳億", 200_000_000),
        ("３２００万", 32_000_000),
        ("0.2亿", 20_000_000),
    ],
)
def test_reads_a_numeral(text: str, number: int | str) -> None:
    assert parse_numeral(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["", " ", "万", "百", "千万", "亿", "两三千万", "三四", "十几", "1.2.3", "3,0000", "一千五万", "2千5万", "万千",
     "统一", "两两", "3 000元", "2000万以上", "百万千", "个亿", "abc", "一千百", "半半"],
)  # fmt: skip
def test_refuses_what_is_not_exactly_one_numeral(text: str) -> None:
    assert parse_numeral(text) is None


def test_finds_numerals_in_running_text_and_leaves_words_alone() -> None:
    text = "统一投了2000万，千万别说两三千万，万一第一个亏1.5个亿，ISO9001，7个方向占了两个，3 000 万元，过半"
    assert [(text[n.start : n.end], n.value) for n in find_numerals(text)] == [
        ("2000万", Decimal(20_000_000)),
        ("1.5个亿", Decimal(150_000_000)),
        ("7", Decimal(7)),
        ("两", Decimal(2)),
        ("3 000 万", Decimal(30_000_000)),
    ]


@given(NUMBERS, st.sampled_from(get_args(NumeralStyle)))
def test_every_style_reads_back(number: int, style: NumeralStyle) -> None:
    assert parse_numeral(render_numeral(number, style)) == number


@given(st.decimals(0, 10**6, places=2), st.sampled_from(["arabic", "grouped", "spaced", "full_width"]))
def test_fractions_read_back(number: Decimal, style: NumeralStyle) -> None:
    assert parse_numeral(render_numeral(number, style)) == number


@given(NUMBERS, st.sampled_from(get_args(NumeralStyle)))
def test_a_numeral_in_a_sentence_is_found_where_it_stands(number: int, style: NumeralStyle) -> None:
    said = render_numeral(number, style)
    found = find_numerals(f"我们投了{said}元，统一开票")
    assert [(n.start, n.end, n.value) for n in found] == [(4, 4 + len(said), Decimal(number))]


@given(st.text("一二两三十百千万亿零半个点0123456789.,， w第统", max_size=40))
def test_any_text_is_read_without_failing_and_offsets_hold(text: str) -> None:
    parse_numeral(text)
    for numeral in find_numerals(text):
        assert parse_numeral(text[numeral.start : numeral.end]) == numeral.value


@pytest.mark.parametrize("piece", ["一", "3 000 ", "1,000,", "1.", "千万", "一点", "w", "十"])
def test_long_input_takes_linear_time(piece: str) -> None:
    text = (piece * 8000)[:8000]
    start = time.thread_time()
    find_numerals(text)
    assert time.thread_time() - start < 0.5
