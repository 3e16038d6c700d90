from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.values import find_values, unsupported


def kinds(text: str) -> list[tuple[str, tuple[object, ...], str | None]]:
    return [(value.kind, value.key, value.sense) for value in find_values(text)]


@pytest.mark.parametrize(
    "text", ["2000万元", "2,000 万", "两千万", "0.2亿", "20000000元", "2000w", "２０００万元"]
)
def test_notations_of_one_amount_are_equal(text: str) -> None:
    assert kinds(text) == [("amount", (Decimal(20_000_000),), None)]


@pytest.mark.parametrize("text", ["2023年2月28日", "2023-02-28", "2023.2.28", "二〇二三年二月二十八日"])
def test_notations_of_one_date_are_equal(text: str) -> None:
    assert kinds(text) == [("date", (2023, 2, 28), None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不少于11年", [("duration", (Decimal(132), "month"), "at_least")]),
        ("不少于1年", [("duration", (Decimal(12), "month"), "at_least")]),
        ("两年半", [("duration", (Decimal(30), "month"), None)]),
        ("半年", [("duration", (Decimal(6), "month"), None)]),
        ("一个半月", [("duration", (Decimal("1.5"), "month"), None)]),
        ("三、四星级", [("star", (Decimal(3),), None), ("star", (Decimal(4),), None)]),
        ("附件1、2、3", [("annex", (1,), None), ("annex", (2,), None), ("annex", (3,), None)]),
        ("3月31日之后", [("date", (None, 3, 31), "after")]),
        ("于2月28日前在", [("date", (None, 2, 28), "before")]),
        ("电话025-69652717。", [("phone", ("02569652717",), None)]),
        ("苏工信融合〔2023〕27号", [("document", (2023, 27), None)]),
        ("（http://jssys.caiiclovd.com）", [("url", ("jssys.caiiclovd.com",), None)]),
        ("万一统一一定", []),
    ],
)
def test_values_are_read_with_kind_key_and_sense(text: str, expected: list[object]) -> None:
    assert kinds(text) == expected


def test_values_are_found_between_han_characters() -> None:
    assert [value.text for value in find_values("总计不低于2000万元须提供")] == ["2000万元"]


@pytest.mark.parametrize(
    ("claim", "source", "supported"),
    [
        ("不低于2000万元", "总计不低于 2000万元", True),
        ("2000万元", "总计不低于 2000万元", True),
        ("不超过2000万元", "总计不低于 2000万元", False),
        ("不少于11年", "不少于 1年", False),
        ("2023年2月28日前", "于2月28日前", True),
        ("2024年2月28日前", "于2月28日前", False),
        ("2月28日之后", "于2月28日前", False),
        ("3月15日", "于2月28日前", False),
        ("025-69652603", "025-69652717", False),
        ("四星", "三星级、五星级", False),
    ],
)
def test_a_claim_holds_only_with_its_value_and_sense(claim: str, source: str, supported: bool) -> None:
    missing = list(unsupported(find_values(claim), find_values(source), year=2023))
    assert (not missing) is supported


@given(st.text(max_size=300))
def test_any_text_is_read_without_overlap(text: str) -> None:
    values = find_values(text)
    assert all(0 <= value.start < value.end <= len(text) for value in values)
    assert all(first.end <= second.start or first.kind == "annex" for first, second in pairwise(values))
