"""Since when and until when services were used: of several the shortest, of one that gave way to another none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import read_facts
from knowledge.cues import FactCues, load_fact_cues
from knowledge.facts import FactSchema, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES: FactCues = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)
USE, STILL = "min_months_of_each_service", "services_still_in_use"


def told(text: str, asked: str | None = None) -> dict[str, Any]:
    read = read_facts(
        text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category="star_cloud", asked=asked
    )
    return {fact.name: dump_value(fact.value) for fact in read.facts}


def months(least: float, most: float) -> dict[str, float]:
    return {"from": least, "to": most}


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("阿里云ERP从2022年3月用到现在，还有钉钉2023年1月开始一直在用", months(1, 2)),
        ("云服务有阿里云ERP从2022年3月用到现在，还有钉钉2022年8月开始一直在用", months(6, 7)),
        ("ERP用了一年，还有CRM是今年1月才开通的", months(1, 2)),
        ("用友从2022年1月起使用，另外还有个OA去年12月上线的", months(2, 3)),
        ("ERP用了10个月，还有钉钉用了2个月", 2),
    ],
)
def test_one_more_service_counts_with_its_own_beginning(text: str, shortest: Any) -> None:
    assert told(text)[USE] == shortest


@pytest.mark.parametrize(
    "text", ["还有三个月才到期", "还有两个月就用满了", "我们云服务还有半年到期", "还有用友打算下个月开始用"]
)
def test_what_is_still_to_come_is_no_use(text: str) -> None:
    assert USE not in told(text)


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("华为云2022年9月到2023年1月用了5个月然后换成阿里云了，阿里云2月才上", months(0.37, 1)),
        ("原来用金蝶云用了两年，今年1月换成用友了", months(1, 2)),
        ("用友用了一年后来换成钉钉，钉钉是2022年6月开始用的", months(8.03, 9)),
        ("之前用腾讯云8个月，上个月改用华为云", months(1, 2)),
        ("2022年3月把系统换成金蝶云，一直用到现在", months(11, 12)),
        ("ERP用了2个月，OA是去年9月换成钉钉的", 2),
    ],
)
def test_a_service_that_gave_way_to_another_is_not_counted(text: str, shortest: Any) -> None:
    assert told(text)[USE] == shortest


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("云服务用了8个月，付款方式换成年付了", 8),
        ("用了10个月，打算换成阿里云", 10),
        ("用了10个月，换成四星能报吗", 10),
        ("ERP用了8个月，升级成了专业版", 8),
        ("从金蝶换到用友，一直在用，前后用了14个月", 14),
    ],
)
def test_what_is_no_change_of_service_leaves_the_length(text: str, shortest: Any) -> None:
    assert told(text)[USE] == shortest


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("我们2021年上的云，一直用到2022年10月就停了没续费", months(9.03, 10)),
        ("云服务2022年1月用到2022年6月，停了", months(4.03, 6)),
        ("钉钉从2022年5月开始用，到12月底不用了", months(6.7, 8)),
        ("ERP 2022年3月至2022年11月使用", months(7.03, 9)),
        ("云服务从2022年3月用到现在", months(11, 12)),
        ("云服务从2022年3月用到2023年12月", months(11, 12)),
        ("云服务2022年1月到3月是试用，4月起正式用", months(10.03, 11)),
    ],
)
def test_a_use_that_ended_is_counted_to_its_end(text: str, shortest: Any) -> None:
    assert told(text)[USE] == shortest


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("使用云服务5项，起始时间分别为2022年1月、3月、6月、9月、11月，均持续使用", months(3.03, 4)),
        ("云服务开始时间分别是2021年3月、6月、12月", 14),
        ("云服务分别从2022年5月、8月和12月开始用", months(2, 3)),
        ("云服务2021年3月、8月开始用", 14),
        ("三个服务开通时间：2022年9月、11月、1月", months(1, 4)),
        ("2022年1月、3月都开了会，云服务用了8个月", 8),
    ],
)
def test_beginnings_in_a_list_lie_in_the_year_told_first(text: str, shortest: Any) -> None:
    assert told(text)[USE] == shortest


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("差2天满3个月", 2.93),
        ("还差两天满三个月", 2.93),
        ("三个月差3天", 2.9),
        ("用满三个月还差半个月", 2.5),
        ("差几天满3个月", {"from": None, "to": 3, "open": True}),
    ],
)
def test_a_length_and_what_it_lacks_are_one_length(text: str, shortest: Any) -> None:
    assert told(text, asked=USE)[USE] == shortest


@pytest.mark.parametrize(
    "text", ["没有哪项云服务低于3个月的", "没有哪个系统用不到三个月", "云服务没有不满3个月的"]
)
def test_where_none_is_shorter_all_are_as_long(text: str) -> None:
    assert told(text)[USE] == {"from": 3, "to": None}


@pytest.mark.parametrize("text", ["没有哪家企业低于3个月吧", "没有哪项规定云服务低于3个月不行"])
def test_what_no_rule_says_is_no_length(text: str) -> None:
    assert USE not in told(text)


@pytest.mark.parametrize(
    ("text", "still"), [("云服务用了10个月在用", True), ("云服务用了10个月，现用的是用友", None)]
)
def test_a_length_and_in_use_are_told_in_one_breath(text: str, still: bool | None) -> None:
    assert told(text).get(STILL) is still
