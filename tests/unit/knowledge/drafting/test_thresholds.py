"""Bounds in the words of conditions."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafting.thresholds import find_thresholds


@pytest.mark.parametrize(
    ("words", "operator", "number", "unit"),
    [
        ("注册时间不少于1年", ">=", 1, "年"),
        ("注册满两年", ">=", 2, "年"),
        ("成立3年（含）以上", ">=", 3, "年"),
        ("投入总计不低于2,000万元", ">=", 2000, "万元"),
        ("营业收入达到1.5亿元以上", ">=", Decimal("1.5"), "亿元"),
        ("研发投入占比不低于3％", ">=", 3, "%"),
        ("资产负债率不高于70%", "<=", 70, "%"),
        ("专职人员20人以上", ">=", 20, "人"),
        ("服务企业超过100家", ">", 100, "家"),
        ("至少涉及一个方向", ">=", 1, "个"),
        ("连续使用时间不得少于3个月", ">=", 3, "个月"),
    ],
)
def test_a_bound_has_operator_number_and_unit(words: str, operator: str, number: Decimal, unit: str) -> None:
    (found,) = find_thresholds(words)
    assert (found.operator, found.number, found.unit) == (operator, number, unit)
    assert found.words in words


@pytest.mark.parametrize(
    "words", ["近3年以内的投入", "2023年3月31日之前", "共7个方向", "电话12345", "连续三年以上增长", "第1项"]
)
def test_what_is_no_bound(words: str) -> None:
    assert not list(find_thresholds(words))


@given(st.text(max_size=60))
def test_any_text_is_read_without_complaint(text: str) -> None:
    for found in find_thresholds(text):
        assert text[found.start : found.end].strip() == found.words
