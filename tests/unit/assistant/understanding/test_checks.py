"""What a message takes for the rule and asks to have confirmed."""

from __future__ import annotations

import pytest

from assistant.understanding.checks import value_claimed, word_looked_for


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("上云的联系电话是025-69652603对吗", "025-69652603"),
        ("听说标杆工厂投入降到1500万了是不是", "1500万"),
        ("标杆工厂投入不低于3000万对吧", "3000万"),
        ("平台类截止是3月15日对吗", "3月15日"),
        ("平台2月20日截止对吗", "2月20日"),
        ("标杆的投入门槛是500万元，没错吧", "500万元"),
        ("平台的截止时间是不是改到3月10号了", "3月10号"),
    ],
)
def test_a_value_is_taken_for_the_rules(plain: str, value: str) -> None:
    claimed = value_claimed(plain)
    assert claimed is not None
    assert claimed.text == value


@pytest.mark.parametrize(
    "plain",
    [
        "投入3000万够吗",
        "我们投入1500万，可以吧",
        "投入1500万能报对吗",
        "截止是2月28日还是3月15日",
        "2月28日前要交什么",
        "我们投入是1500万对吧",
        "025-69652603打不通",
        "2000万里包括咨询费吗",
        "3月1日以后还能报吗",
        "投入是多少",
    ],
)
def test_other_values_are_taken_for_no_rule(plain: str) -> None:
    assert value_claimed(plain) is None


@pytest.mark.parametrize(
    ("plain", "word"),
    [
        ("7大方向里有没有“绿色制造”", "绿色制造"),
        ("业态里有没有共享制造这个方向", "共享制造"),
        ("共享制造在不在7大方向里", "共享制造"),
        ("平台包括区域型吗", "区域型"),
    ],
)
def test_a_word_is_looked_for_in_a_list(plain: str, word: str) -> None:
    assert word_looked_for(plain) == word


@pytest.mark.parametrize(
    "plain",
    [
        "7大方向是哪些",
        "业态方向有几个",
        "标杆工厂有什么条件",
        "业态方向有要求吗",
        "有没有其他方向",
        "项目在7大方向里吗",
        "我们的产品属于7大方向吗",
        "这些是7大方向吗",
        "平台包括哪些类型",
        "必须属于7大方向吗",
    ],
)
def test_who_asks_for_the_list_looks_for_no_word(plain: str) -> None:
    assert word_looked_for(plain) is None
