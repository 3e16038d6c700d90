from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.saying import says


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("2000万元", "投入总计不低于两千万元"),
        ("2000万元", "至少要 2,000 万"),
        ("2000万元", "须达0.2亿元"),
        ("2月28日", "请于2023年2月28日前完成"),
        ("2023年2月28日", "截至2月28日"),
        ("2月28日", "二月二十八日之前"),
        ("1年", "注册满12个月"),
        ("1年", "注册时间不少于一年[1]"),
        ("3大类", "共三类"),
        ("www.dxplat.com", "请登录 http://www.dxplat.com 填报"),
        ("025-69652717", "电话 025 69652717"),
        ("苏兴大厦916室", "北京西路16号苏兴大厦 916 室"),
        ("三星级", "3星企业"),
    ],
)
def test_the_same_value_in_another_notation_is_said(expected: str, text: str) -> None:
    assert says(expected, text, 2023)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("1年", "注册时间不少于11年"),
        ("2000万元", "不低于200万元"),
        ("2000万元", "2000元"),
        ("2月28日", "2024年2月28日"),
        ("2月28日", "12月28日"),
        ("2月28日", "截止日不是2月28日，以系统为准"),
        ("3个月", "13个月"),
        ("3个月", "3年"),
        ("025-69652717", "025-69652719"),
        ("苏兴大厦916室", "某大厦916室"),
        ("1年", "见正文[1]，年限另定"),
        ("7大", ""),
    ],
)
def test_another_value_or_its_denial_is_not(expected: str, text: str) -> None:
    assert not says(expected, text, 2023)


def test_denied_once_and_said_once_is_said() -> None:
    assert says("3月15日", "不是2月28日，而是3月15日", 2023)
    assert not says("2月28日", "不是2月28日，而是3月15日", 2023)


def test_nothing_expected_is_an_error_in_the_case() -> None:
    with pytest.raises(ValueError, match="empty"):
        says(" ", "什么都行")


@given(st.integers(1, 99_999))
def test_an_amount_is_said_in_yuan_wan_and_yi(wan: int) -> None:
    yi = (Decimal(wan) / 10_000).normalize()
    assert says(f"{wan}万元", f"总计{wan * 10_000}元")
    assert says(f"{wan}万元", f"总计{yi:f}亿元")
    assert not says(f"{wan}万元", f"总计{wan + 1}万元")
