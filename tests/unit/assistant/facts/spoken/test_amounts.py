from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_numerals import NumeralStyle, render_numeral

from assistant.facts.spoken.amounts import add, find_amounts, scale, subtract
from knowledge.facts import NumberRange

WAN = Decimal(10000)


def wan(text: str) -> list[NumberRange]:
    return [scale(a.yuan, WAN) for a in find_amounts(text) if a.unit]


@given(st.integers(1, 99_999), st.sampled_from(sorted(set(get_args(NumeralStyle)) - {"full_width"})))
def test_a_sum_reads_back_in_every_style(number: int, style: NumeralStyle) -> None:
    said = render_numeral(number * 10**4, style)
    assert wan(f"我们投了{said}元，够吗") == [NumberRange.exactly(number)]


@given(st.integers(1, 9999), st.sampled_from(["arabic", "grouped", "spaced", "chinese"]))
def test_a_count_of_ten_thousands_reads_back(number: int, style: NumeralStyle) -> None:
    said = render_numeral(number, style)
    assert wan(f"投了{said}万") == [NumberRange.exactly(number)]


@pytest.mark.parametrize(
    ("said", "lo", "hi", "is_open"),
    [
        ("1500来万", 1350, 1650, False),
        ("1500万左右", 1350, 1650, False),
        ("300多万", 300, 400, True),
        ("1500多万", 1500, 1600, True),
        ("两千零几万", 2000, 2010, True),
        ("一千九百几十万", 1910, 2000, True),
        ("两千几百万", 2100, 3000, True),
        ("2亿多", 20_000, 30_000, True),
        ("不到两千万", None, 2000, True),
        ("小两千万", None, 2000, True),
        ("2000万不到", None, 2000, True),
        ("超过2000万", 2000, None, True),
        ("至少2000万", 2000, None, False),
        ("2000万以上", 2000, None, False),
        ("最多1500万", None, 1500, False),
        ("2000万出头", 2000, 2200, True),
        ("近2000万", 1800, 2000, False),
        ("两三千万", 2000, 3000, False),
        ("三五百万", 300, 500, False),
        ("千把万", 800, 1200, False),
        ("一千七八百万", 1700, 1800, False),
        ("两千三四百万", 2300, 2400, False),
        ("一千九百七八十万", 1970, 1980, False),
        ("二十七八万", 27, 28, False),
        ("3k多万", 3000, 4000, True),
        ("2000万差一点", None, 2000, True),
        ("没花到两千万", None, 2000, True),
        ("还没投够2000万", None, 2000, True),
        ("总共没投满2000万", None, 2000, True),
        ("花不了两千万", None, 2000, True),
        ("没投2000万", None, 2000, True),
        ("上千万", 1000, None, False),
        ("几千万", 1000, 10_000, True),
        ("十几万", 10, 20, True),
        ("1800~2200万", 1800, 2200, False),
        ("1800万到2200万", 1800, 2200, False),
    ],
)
def test_vague_sums_are_ranges(said: str, lo: int | None, hi: int | None, is_open: bool) -> None:
    expected = NumberRange(None if lo is None else Decimal(lo), None if hi is None else Decimal(hi), is_open)
    assert wan(said) == [expected]


@pytest.mark.parametrize(
    ("said", "exact"),
    [
        ("一千九百九十八万七千", "1998.7"),
        ("1998万7千元", "1998.7"),
        ("1998万7000元", "1998.7"),
        ("1998.7万差一点点", "1998.7"),
        ("3k万", "3000"),
        ("3千二百万", "3200"),
        ("RMB 23,500,000", "2350"),
        ("rmb2350万", "2350"),
        ("2000万三千台设备", "2000"),
    ],
)
def test_sums_are_read_to_their_last_figure(said: str, exact: str) -> None:
    assert wan(said) == [NumberRange.exactly(Decimal(exact))]


@pytest.mark.parametrize(
    "text", ["没少花，花了2000万", "2000万没花完", "钱没白花，2000万", "够2000万了没到账"]
)
def test_a_no_beside_a_sum_does_not_lessen_it(text: str) -> None:
    assert [value.lo for value in wan(text)] == [2000]


@pytest.mark.parametrize("text", ["2000万美元", "三万台设备", "7个方向", "统一", "千万别", "10%", "18年"])
def test_what_is_no_sum_is_left_alone(text: str) -> None:
    assert wan(text) == []


def test_sums_of_ranges() -> None:
    whole, part = NumberRange(Decimal(2000), Decimal(3000)), NumberRange.exactly(500)
    assert add(whole, part) == NumberRange(Decimal(2500), Decimal(3500))
    assert subtract(whole, part) == NumberRange(Decimal(1500), Decimal(2500))
    assert subtract(part, whole) == NumberRange(Decimal(0), Decimal(0))
    assert subtract(NumberRange(None, Decimal(900)), part) == NumberRange(None, Decimal(400))


def test_a_sum_of_more_digits_than_are_reckoned_with_is_still_a_sum() -> None:
    assert scale(NumberRange.exactly(Decimal(10) ** 33), Decimal(10_000)).lo == Decimal(10) ** 29


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("一千九百五", 1950),
        ("一千九百五十", 1950),
        ("一千零五十", 1050),
        ("两千零五", 2005),
        ("两千二", 2200),
        ("1千9百5", 1950),
        ("2千3", 2300),
    ],
)
def test_a_number_without_its_unit_is_read_to_its_last_figure(said: str, number: int) -> None:
    (amount,) = find_amounts(said)
    assert (amount.yuan, amount.unit) == (NumberRange.exactly(number), False)


@pytest.mark.parametrize("text", ["一千九百五十人", "三百五十台设备", "两千个用户", "一千多家"])
def test_how_many_there_are_is_no_sum(text: str) -> None:
    assert find_amounts(text) == []
