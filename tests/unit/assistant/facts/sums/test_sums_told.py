"""Sums that stand beside one another: a price and what was paid of it, a total put right, items that nobody lists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import FactsRead, read_facts
from knowledge.cues import FactCues, load_fact_cues
from knowledge.facts import FactSchema, NumberRange, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES: FactCues = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)
SUM = "investment_3y_wan"


def heard(text: str, known: int | None = None) -> FactsRead:
    before = {} if known is None else {SUM: NumberRange.exactly(Decimal(known))}
    return read_facts(
        text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category="benchmark_factory", known=before
    )


def told(text: str) -> Any:
    return {fact.name: dump_value(fact.value) for fact in heard(text).facts}.get(SUM)


@pytest.mark.parametrize(
    ("text", "paid", "price"),
    [
        ("设备总价2300万，租赁已经付了1200万", 1200, 2300),
        ("合同总额2600，付了1800", 1800, 2600),
        ("设备合同2600万，已付1800万，剩下800万没付", 1800, 2600),
        ("设备采购总金额2400万，目前支付1500万，尾款900万", 1500, 2400),
        ("设备2300万，已付1200万", 1200, 2300),
        ("近三年投入2600万，实际付了1900万", 1900, 2600),
        ("已经付了1200万，总价2300万", 1200, 2300),
    ],
)
def test_what_is_paid_of_a_price_is_part_of_it(text: str, paid: int, price: int) -> None:
    assert told(text) == {"from": paid, "to": price}


def test_of_a_total_that_is_stated_what_is_paid_changes_nothing() -> None:
    assert told("设备款一共2300万，付掉了1200万") == 2300


def test_payments_for_several_things_add_up() -> None:
    assert told("软件付了800万，设备付了1300万") == 2100


def test_a_price_alone_is_no_spending() -> None:
    assert told("合同总额2600万") is None


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("总共就2300万，1200是其中付掉的", 2300),
        ("一共就2300万", 2300),
        ("2300万是总的，1200万已经包含在里面了", 2300),
        ("不是加起来，1200万包含在2300万里面", 2300),
        ("是我算错了，一共2100", 2100),
    ],
)
def test_a_total_told_after_a_sum_puts_it_right(text: str, total: int) -> None:
    (fact,) = heard(text, known=3500).facts
    assert (fact.value, fact.correction) == (NumberRange.exactly(Decimal(total)), True)


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("近三年一共花了2600万其中2017年的700万", 1900),
        ("近三年投了2800万，其中700万是明年预算", 2100),
        ("软硬件投了2400万，不包括土建300万", 2400),
        ("一共投了2700万，不含厂房600万", 2700),
        ("总投入2700万，不含厂房1900万", 1900),
        ("还是2200万，3200万是算上明年计划的", 2200),
        ("原来不够，现在补到2600万了", 2600),
        ("花了2800万。单位搞错了，是2800千元", 280),
        ("投入2400万，发票只开了1900万", 2400),
        ("将近1500万，具体是1480", 1480),
        ("软件700万，设备1500万，算不算达标", 2200),
        ("已付2100万，还有300万尾款没付", 2100),
    ],
)
def test_what_stands_beside_a_sum_is_no_sum_of_its_own(text: str, total: int) -> None:
    assert told(text) == total


@pytest.mark.parametrize(
    "text", ["打算补到2600万", "研发费用3200万，算投入吗", "发票只剩200万没开", "补到2000万就行了吧"]
)
def test_what_is_planned_or_asked_about_is_no_sum(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("设备1800万，其中300万还没付款，软件400万", 1900, 2200),
        ("设备1800万，还有300万没付，软件400万", 1900, 2200),
        ("投入2500万，其中600万还没付", 1900, 2500),
        ("设备1900万，软件200万，顾问费150万，这个能算进去吗", 2100, 2250),
        ("2020年1月投了900万，后来又投了1600万", 1600, 2500),
        ("投了2400万，审计报告上是1950万", 1950, 2400),
    ],
)
def test_what_may_or_may_not_count_leaves_a_range(text: str, least: int, most: int) -> None:
    assert told(text) == {"from": least, "to": most}


def test_what_is_supposed_to_be_reached_is_an_if_beside_what_is_there() -> None:
    read = heard("如果把投入提高到2300万是不是就行了？现在是1800万")
    assert [(dump_value(fact.value), fact.hypothetical) for fact in read.facts] == [
        (1800, False),
        (2300, True),
    ]


@pytest.mark.parametrize("text", ["发票只开了1500万的", "发票才拿到一千八", "发票只有1.6亿"])
def test_invoices_for_a_part_of_the_sum_leave_open_whether_there_are_invoices(text: str) -> None:
    read = heard(text, known=2300)
    assert (read.facts, [one.name for one in read.ambiguous]) == ((), ["has_invoices"])


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("审计年年都过", None),
        ("审计报告每年都有", None),
        ("每年都审计", None),
        ("专项审计报告出了", True),
        ("审计报告有", True),
    ],
)
def test_the_audit_of_every_year_is_not_the_special_one(text: str, there: bool | None) -> None:
    assert {fact.name: fact.value for fact in heard(text).facts}.get("has_audit_report") is there


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("机器人800万，MES 500万，厂房改造900万，够不够2000万", 1300, 2200),
        ("机器人800万，MES 500万，厂房改造900万，一共2200万", 1300, 2200),
        ("设备1500万，人工300万，软件400万", 1900, 2200),
        ("投了2500万，其中厂房500万", 2000, 2500),
    ],
)
def test_an_item_that_nobody_lists_may_count_or_not(text: str, least: int, most: int) -> None:
    assert told(text) == {"from": least, "to": most}


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("机器人800万，MES 500万，厂房改造900万不算", 1300),
        ("总共投了3000万，扣掉厂房800万", 2200),
    ],
)
def test_what_the_applicant_takes_off_itself_is_off(text: str, total: int) -> None:
    assert told(text) == total


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("近三年设备1350万、软件六百五、检测60", 2060),
        ("机器人1100万，软件600，咨询费90", 1790),
        ("三年投入：设备900万、软件800、测试120", 1820),
        ("设备1200万、机器人80台", 1200),
        ("产线1200万、MES系统2期、检测300", 1500),
    ],
)
def test_in_a_list_of_things_one_unit_serves_all(text: str, total: int) -> None:
    assert told(text) == total


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("投了1750万，加上下半年要付的400万", 1750),
        ("投入1900万，另外还有未付的500万", 1900),
        ("投了1750万，再加上咨询费400万", 2150),
        ("投了1800万，后来又补了300万", 2100),
    ],
)
def test_what_is_still_to_be_paid_comes_on_top_of_nothing(text: str, total: int) -> None:
    assert told(text) == total


@pytest.mark.parametrize(
    ("text", "sum_told"),
    [
        ("2017年到2022年总共投了3600万", {"from": None, "to": 3600}),
        ("2018-2022年累计投入3500万", {"from": None, "to": 3500}),
        ("18年到22年投了2500万", {"from": None, "to": 2500}),
        ("2020年到2022年累计投了3500万", 3500),
        ("2021年到2022年投入2500万", 2500),
        ("2017年到2022年总共投了3600万，近三年2200万", 2200),
        ("总投入1.2亿，其中近三年1900万", 1900),
    ],
)
def test_of_years_that_reach_back_too_far_only_the_most_is_known(text: str, sum_told: Any) -> None:
    assert told(text) == sum_told


@pytest.mark.parametrize(
    ("text", "known", "sum_told"),
    [
        ("投了2500万，其中厂房600万算不算", None, {"from": 1900, "to": 2500}),
        ("其中土建500万能不能算", 2400, {"from": 1900, "to": 2400}),
        ("其中土建500万", 2400, 1900),
    ],
)
def test_what_is_asked_whether_it_counts_is_not_taken_off_for_certain(
    text: str, known: int | None, sum_told: Any
) -> None:
    (fact,) = heard(text, known=known).facts
    assert dump_value(fact.value) == sum_told


@pytest.mark.parametrize(("text", "counts"), [("去年投了3000万", None), ("2021年投了2600万", 2600)])
def test_what_is_spent_when_applying_is_over_is_no_spending_of_these_years(
    text: str, counts: int | None
) -> None:
    read = read_facts(
        text,
        as_of=date(2026, 11, 27),
        schema=SCHEMA,
        cues=CUES,
        category="benchmark_factory",
        last_day=date(2023, 2, 28),
    )
    assert next((dump_value(fact.value) for fact in read.facts), None) == counts


@pytest.mark.parametrize(
    "text",
    [
        "去年投了900万",
        "光去年就投了900万",
        "去年设备投了900万",
        "2022年我们厂在软件上花了900万",
        "2022年我们投入900万元",
        "今年花了900万",
        "上半年砸了900万",
    ],
)
def test_the_sum_of_one_year_is_the_least_that_was_spent(text: str) -> None:
    assert told(text) == {"from": 900, "to": None}


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("去年总共投了900万", 900),
        ("就去年投了900万", 900),
        ("2021年以来投了900万", 900),
        ("去年投了900万，前年投了500万", 1400),
        ("近三年投了900万", 900),
        ("2022年项目投了900万", 900),
        ("去年投了2100万", 2100),
    ],
)
def test_what_is_said_to_be_all_or_is_enough_is_exact(text: str, total: int) -> None:
    assert told(text) == total


def test_the_sums_of_two_years_told_one_after_the_other_add_up() -> None:
    def after(text: str) -> Any:
        before = NumberRange(Decimal(500), None)
        read = read_facts(
            text,
            as_of=date(2023, 2, 20),
            schema=SCHEMA,
            cues=CUES,
            category="benchmark_factory",
            known={SUM: before},
            told={SUM: "去年投了500万"},
        )
        return {fact.name: dump_value(fact.value) for fact in read.facts}.get(SUM)

    assert after("前年投了700万") == {"from": 1200, "to": None}
    assert after("去年投了700万") == {"from": 700, "to": None}


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("平台开发300万 + 设备购置1200万 + 咨询100万，另外还有征地600万", 1600, 2200),
        ("投入1500万，另外还有买地500万和厂房300万", 1500, 2300),
        ("投入1800万，此外买地花了700万", 1800, 2500),
        ("总共投了2500万，另外厂房花了500万", 2500, 3000),
        ("投入2300万，还有厂房500万", 1800, 2800),
        ("投入2300万，里面还有厂房500万", 1800, 2300),
        ("近三年投入合计21,000,000.00元（其中银行贷款利息180万元）", 1920, 2100),
        ("扣掉厂房500万，总共2300万", 1800, 2300),
        ("投了1800万，另外还有300万没付", 1800, 2100),
    ],
)
def test_land_outside_the_sum_may_be_added_and_inside_it_taken_off(text: str, least: int, most: int) -> None:
    assert told(text) == {"from": least, "to": most}


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("投入八百万加一千一百万加一百五十万", 2050),
        ("投了800+1100+150万", 2050),
        ("设备800加软件700加咨询600万", 2100),
        ("设备800万+软件700+咨询600", 2100),
        ("21年8百万 22年1千3百万 标杆投入", 2100),
        ("每年投700万，三年，标杆投入够不够", 2100),
        ("一年投800万，三年下来，标杆够吗", 2400),
        ("软件硬件加上咨询费花了2100万", 2100),
    ],
)
def test_sums_are_added_up_as_they_are_told(text: str, total: int) -> None:
    assert told(text) == total


@pytest.mark.parametrize(
    "text",
    ["每年投700万，标杆要三年吗", "每年投700万，成立三年", "每年营收700万，三年", "21年800人，22年900人"],
)
def test_what_is_not_told_of_all_the_years_is_no_sum(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("除去厂房我们还投了2300万", 2300),
        ("刨去土地我们投了1900万", 1900),
        ("除去厂房的投入是2100万", 2100),
        ("除去厂房的500万我们投了2300万", 2300),
        ("扣掉厂房花的500万，还有1800万", 1800),
        ("项目总投资5000万，其中厂房土建3500万，软件开发和智能设备合起来1500万", 1500),
        ("总投资8000万，其中土地5000万，设备和软件一共2300万", 2300),
        ("我们厂2019年买地建厂花了1个亿，2021年到2022年上智能设备1600万，软件500万", 2100),
        ("2018年建厂房3000万，去年设备1500万软件600万", 2100),
    ],
)
def test_what_the_sum_is_told_without_is_not_taken_off_again(text: str, total: int) -> None:
    assert told(text) == total


@pytest.mark.parametrize(
    "text", ["扣掉厂房500万", "扣掉厂房我们投的500万还有多少", "投入2500万，其中银行贷款1000万"]
)
def test_a_deduction_alone_and_borrowed_money_change_no_sum(text: str) -> None:
    assert told(text) in (None, 2500)


def test_building_a_workshop_is_no_registration() -> None:
    assert [fact.name for fact in heard("去年建厂房花了500万，设备1500万").facts] == [SUM]
