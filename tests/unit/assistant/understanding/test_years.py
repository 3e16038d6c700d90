"""Years that a message names, and which 今年 is."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.understanding.categories import CategoryNames
from assistant.understanding.message import read_message
from assistant.understanding.years import (
    has_a_year_of_its_own,
    names_a_year_alone,
    with_this_year_named,
    without_own_year,
)


@pytest.mark.parametrize(
    ("said", "today", "read"),
    [
        ("今年五星上云几号开始", 2026, "2026年五星上云几号开始"),
        ("本年度还收平台吗", 2025, "2025年还收平台吗"),
        ("今年五星上云几号开始", 2023, "今年五星上云几号开始"),
        ("我们今年满三年，能报吗", 2026, "我们今年满三年，能报吗"),
        ("今年刚注册", 2026, "今年刚注册"),
    ],
)
def test_this_year_is_written_out_where_it_is_not_the_notices(said: str, today: int, read: str) -> None:
    assert with_this_year_named(read_message(said), today, 2023).plain == read


@pytest.mark.parametrize(
    "plain", ["2021年12月开通的呢", "都是2017年付的钱", "续到2027年就可以了吧", "那22年呢"]
)
def test_a_year_in_passing_is_no_other_years_notice(plain: str) -> None:
    assert has_a_year_of_its_own(plain)


@pytest.mark.parametrize(
    "plain", ["2024年的申报什么时候开始", "2022年度的名单有吗", "明年还有吗", "2025年那个文"]
)
def test_a_year_of_applications_is_that_of_a_notice(plain: str) -> None:
    assert not has_a_year_of_its_own(plain)


@pytest.mark.parametrize(
    ("plain", "alone"),
    [("2026年的呢", True), ("那2024年呢?", True), ("2021年成立的呢", False), ("那今年的呢", False)],
)
def test_a_year_alone_is_told_from_a_year_of_something(plain: str, alone: bool) -> None:
    assert names_a_year_alone(plain) is alone


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("2023年度平台认定了多少家", "平台认定了多少家"),
        ("2023年标杆工厂的申报条件", "标杆工厂的申报条件"),
        ("2023年江苏省重点平台怎么报", "江苏省重点平台怎么报"),
        ("2023年的评审结果在哪查", "评审结果在哪查"),
        ("当年标杆工厂哪天截止", "标杆工厂哪天截止"),
        ("2023年成立的能报吗", "2023年成立的能报吗"),
        ("23年那批标杆截止是几号", "那批标杆截止是几号"),
        ("证书2023年3月到期行吗", "证书2023年3月到期行吗"),
        ("2024年度平台什么时候报", "2024年度平台什么时候报"),
    ],
)
def test_the_notices_own_year_is_no_other_years(pack: Any, said: str, asked: str) -> None:
    names = CategoryNames(pack.notice.categories)
    assert without_own_year(read_message(said), 2023, 2024, names).plain == asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("今年标杆工厂投入要多少", "标杆工厂投入要多少"),
        ("今年还能报平台吗", "还能报平台吗"),
        ("本年度申报条件是啥", "申报条件是啥"),
        ("去年评过三星今年还能报吗", "去年评过三星今年还能报吗"),
        ("今年3月成立的能报吗", "今年3月成立的能报吗"),
        ("明年和今年标杆条件一样吗", "明年和今年标杆条件一样吗"),
    ],
)
def test_this_year_is_the_notices_own_while_it_lasts(pack: Any, said: str, asked: str) -> None:
    names = CategoryNames(pack.notice.categories)
    assert without_own_year(read_message(said), 2023, 2023, names).plain == asked
    assert without_own_year(read_message(said), 2023, 2024, names).plain == said
