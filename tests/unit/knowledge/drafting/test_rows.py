"""Rows of a table as conditions."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.clauses import parse_annex
from knowledge.drafting.recognise import propose
from knowledge.drafting.rows import names_of


def rules(pack: Any, *rows: str, caption: str = "指标") -> list[Any]:
    printed = (f"【表1 第{n}行】{row}" for n, row in enumerate(rows, 1))
    source = "\n".join(("附件1", "建设指南", "一、建设要求", f"【表1】{caption}", *printed)) + "\n"
    platform = [category for category in pack.notice.categories if category.id == "platform"]
    return list(propose(parse_annex(source, 1, platform), platform))


@pytest.mark.parametrize(
    ("row", "operator", "threshold", "unit"),
    [
        ("指标：工业设备连接数；要求：不少于10000台（套）", ">=", 10000, "台"),
        ("序号：1；指标名称：工业设备连接数；指标要求：≥10000台", ">=", 10000, "台"),
        ("一级指标：能力；二级指标：工业设备连接数；标准：10000台以上", ">=", 10000, "台"),
        ("指标：故障率；要求：不超过5%；备注：年均", "<=", 5, "%"),
    ],
)
def test_a_number_held_against_a_threshold(
    pack: Any, row: str, operator: str, threshold: int, unit: str
) -> None:
    (one,) = rules(pack, row)
    assert (one.criterion.rule.operator, one.criterion.rule.threshold) == (operator, threshold)
    assert one.facts[0].unit == unit
    assert one.clause == "annex-1:t1.1"
    assert one.quote in row
    assert one.confidence >= 0.7


def test_the_indicator_names_the_condition_and_is_asked_for(pack: Any) -> None:
    (one,) = rules(pack, "指标：工业设备连接数；要求：不少于10000台（套）")
    assert one.criterion.title == "工业设备连接数"
    assert one.facts[0].question == "工业设备连接数是多少台？"
    assert "设备连接数" in one.cues["measures"][0]["words"]


def test_what_holds_no_number_is_asked_as_yes_or_no_and_is_less_sure(pack: Any) -> None:
    (one,) = rules(pack, "指标：安全等级；要求：通过网络安全等级保护三级测评")
    assert one.facts[0].type == "bool"
    assert one.confidence < 0.7


def test_two_thresholds_in_one_cell_are_for_a_person(pack: Any) -> None:
    (one,) = rules(pack, "指标：工业设备连接数；要求：不少于10000台，其中新增不少于2000台")
    assert one.confidence < 0.7


@pytest.mark.parametrize(
    "row", ["指标：技术水平；分值：10分", "评分项：连接数；满分：不低于20分", "名称：平台；备注："]
)
def test_scores_and_empty_rows_are_no_conditions(pack: Any, row: str) -> None:
    assert rules(pack, row) == []


def test_names_by_which_an_indicator_is_told() -> None:
    assert names_of("工业设备连接数量（台）")[:3] == ("工业设备连接数量", "工业设备连接数", "工业设备连接")
    assert "设备连接数" in names_of("工业设备连接数量")
    assert names_of("收入") == ("收入",)
