"""Lengths of use: lists of them, days and weeks, and a use that was broken off for a while."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import read_facts
from assistant.facts.context import read_in_context
from assistant.facts.spoken.months import in_hundredths
from knowledge.cues import FactCues, load_fact_cues
from knowledge.facts import FactSchema, NumberRange, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES: FactCues = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)
USE, STILL, AS_OF = "min_months_of_each_service", "services_still_in_use", date(2023, 2, 20)


def told(text: str) -> dict[str, Any]:
    read = read_facts(text, as_of=AS_OF, schema=SCHEMA, cues=CUES, category="star_cloud")
    return {fact.name: dump_value(fact.value) for fact in read.facts}


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("三个云服务分别用了8个月、5个月、1个月", 1),
        ("三个云服务分别用了8个月，5个月，2个月", 2),
        ("两个服务用了8个月和4个月", 4),
        ("ERP用了10个月、OA才8周", 1.86),
        ("分别用了9个月、7个月、半个月", 0.5),
        ("OA用了9个月，MES半个月", 0.5),
        ("OA用了9个月，MES一个半月", 1.5),
    ],
)
def test_the_shortest_of_a_list_counts(text: str, months: float) -> None:
    assert told(text)[USE] == months


@pytest.mark.parametrize("text", ["前天交的云费用能算吗", "上个月的云费用算不算", "上周付的云信用额度"])
def test_what_a_service_costs_is_no_use_of_it(text: str) -> None:
    assert USE not in told(text)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("才用了50天", 1.66),
        ("用了七周", 1.63),
        ("最短的刚用40天", 1.33),
        ("用了100天", 3.33),
        ("用了90天", 3),
        ("用了89天", 2.96),
    ],
)
def test_days_and_weeks_are_months_of_two_decimals(text: str, months: float) -> None:
    assert told(text)[USE] == months


@pytest.mark.parametrize("days", range(1, 400))
def test_two_decimals_are_on_the_same_side_of_every_whole_number_of_months(days: int) -> None:
    exact = Decimal(days) / 30
    cut = in_hundredths(NumberRange.exactly(exact)).exact
    assert cut is not None
    assert [cut >= whole for whole in range(14)] == [exact >= whole for whole in range(14)]


@pytest.mark.parametrize(
    "text", ["中间停过一个月，总共用了四个月", "断断续续用了四个月", "用了五个月，中途断了两周"]
)
def test_a_use_that_was_broken_off_tells_no_length_without_a_break(text: str) -> None:
    assert USE not in told(text)
    assert told(text).get(STILL) is not False


def test_how_long_it_was_broken_off_is_no_length_of_use_in_context() -> None:
    known = {USE: NumberRange.exactly(4)}
    said = "中间停过一个月"
    assert not read_in_context(
        said, as_of=AS_OF, schema=SCHEMA, cues=CUES, candidates=[USE], known=known
    ).facts


def test_the_length_since_a_break_is_told_as_such() -> None:
    assert told("中间停过一个月，后来连续用了四个月")[USE] == 4


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("云服务2022年6月开始的", {"from": 8.03, "to": 9}),
        ("云服务：钉钉（2022.8起）、用友云（2022.12.10起），都在用", 2.7),
        ("我们的服务都在用，一年以上", {"from": 12, "to": None}),
        ("用的是钉钉和用友，都三年多了", {"from": 36, "to": 48, "open": True}),
        ("钉钉是2022年8月开通的，款也付清了", {"from": 6, "to": 7}),
        ("三个云服务，都超半年", {"from": 6, "to": None}),
        ("OA用了一年半，CRM用了五个月，还有个上个月刚开的", {"from": 1, "to": 2}),
    ],
)
def test_a_beginning_or_a_length_told_beside_the_services(text: str, months: Any) -> None:
    assert told(text)[USE] == months


@pytest.mark.parametrize(
    "text",
    [
        "合同是去年签的，款今年4月才付",
        "平台1年、标杆3年、上云1年，注册年限是这样对吧",
        "上云企业，我们厂两年了",
        "云服务还有一个月到期",
    ],
)
def test_a_time_of_another_thing_is_no_use(text: str) -> None:
    assert USE not in told(text)


@pytest.mark.parametrize("text", ["ERP上云2022.7至今", "钉钉从22年5月起一直在用", "云ERP 2022年8月至今"])
def test_until_now_is_still_in_use(text: str) -> None:
    assert told(text)[STILL] is True


@pytest.mark.parametrize("text", ["ERP去年8月起一直用不了", "2022年7月至今没用", "22年3月起一直用过的"])
def test_what_is_no_use_since_then_is_not(text: str) -> None:
    assert told(text).get(STILL) is not True


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("没有用不满三个月的云服务", {"from": 3, "to": None}),
        ("我们没有哪一项云服务是用了不到三个月的", {"from": 3, "to": None}),
        ("云服务没有一个使用不足3个月", {"from": 3, "to": None}),
        ("云服务还没有用满三个月", {"from": None, "to": 3, "open": True}),
        ("云服务没有一项用满3个月", {"from": None, "to": 3, "open": True}),
        ("云服务用了没有三个月", {"from": None, "to": 3, "open": True}),
        ("云服务没停过，用了不到三个月", {"from": None, "to": 3, "open": True}),
        ("有一项云服务没用满三个月", {"from": None, "to": 3, "open": True}),
    ],
)
def test_a_length_that_is_denied_is_read_with_its_denial(text: str, months: Any) -> None:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category="star_cloud")
    told = {fact.name: dump_value(fact.value) for fact in read.facts}
    assert told["min_months_of_each_service"] == months


@pytest.mark.parametrize(
    "text", ["云服务有没有用满三个月", "是不是没有用满三个月的也能报", "3月中旬再报可以吧"]
)
def test_a_length_that_is_asked_or_a_day_of_applying_is_no_use(text: str) -> None:
    read = read_facts(
        text,
        as_of=date(2023, 2, 20),
        schema=SCHEMA,
        cues=CUES,
        category="star_cloud",
        asked="min_months_of_each_service",
    )
    assert "min_months_of_each_service" not in {fact.name for fact in read.facts}


@pytest.mark.parametrize("text", ["四星。　　没用云服务", "没用云服务"])
def test_that_nothing_is_used_is_quoted_as_it_stands(text: str) -> None:
    read = read_facts(text, as_of=AS_OF, schema=SCHEMA, cues=CUES, category="star_cloud")
    assert [fact.quote for fact in read.facts if fact.name == USE] == ["没用云服务"]
