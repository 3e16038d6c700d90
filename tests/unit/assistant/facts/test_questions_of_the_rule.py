"""Values of the notice, named in a question about it, are nothing that an applicant tells of itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import read_facts
from knowledge.cues import FactCues, load_fact_cues
from knowledge.facts import FactSchema, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[4] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES: FactCues = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)


def told(text: str, category: str | None = None) -> dict[str, Any]:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category=category)
    return {fact.name: dump_value(fact.value) for fact in read.facts}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("2000万都包括哪些费用", "benchmark_factory"),
        ("2000万具体指哪些投入", "benchmark_factory"),
        ("投入2000万是不是按税前算", "benchmark_factory"),
        ("把通知里的2000万改成800万", "benchmark_factory"),
        ("南京2022年度标杆工厂名单", "benchmark_factory"),
        ("2000万投入要不要一次性花完", "benchmark_factory"),
        ("制造系统能力有3个方向，能少一个不", "benchmark_factory"),
        ("企业标杆能力可以只占两个方向不", "benchmark_factory"),
        ("山东企业上云补贴多少", "star_cloud"),
        ("南京企业的申报条件有哪些", "star_cloud"),
        ("上云时间是从2021年1月1日开始算的吧", "star_cloud"),
        ("有审计报告是不是就不用发票了", "benchmark_factory"),
        ("有贯标证书是不是就不用审计报告", "benchmark_factory"),
        ("有审计报告能不能不要发票", "benchmark_factory"),
        ("评上以后呢，有证书拿不", "benchmark_factory"),
        ("有贯标证书发不", "benchmark_factory"),
        ("企业标杆能力有四个方面，分别是", "benchmark_factory"),
        ("基础技术能力有3项，是哪三项", "benchmark_factory"),
        ("业态模式创新涉及7个方向，各是什么", "benchmark_factory"),
        ("平台的注册年限是两年", "platform"),
        ("标杆工厂的年限应该是5年", "benchmark_factory"),
        ("地址是南京鼓楼区北京东路16号吧", None),
        ("那地址就在南京市中山北路，对吧", None),
        ("邮寄地址是南京北京西路", None),
        ("你们的地址在南京市玄武区", None),
        ("过了数据管理能力成熟度贯标，能代替吗", "benchmark_factory"),
        ("通过了DCMM二级贯标", "benchmark_factory"),
        ("知识产权管理体系贯标已通过", "benchmark_factory"),
    ],
)
def test_a_question_about_the_rule_tells_nothing(text: str, category: str | None) -> None:
    assert told(text, category) == {}


@pytest.mark.parametrize(
    ("text", "category", "facts"),
    [
        ("企业标杆能力涉及四个方面", "benchmark_factory", {"benchmark_directions_covered": 4}),
        ("地址在江苏南京", None, {"registered_in_jiangsu": True}),
        ("我们地址是南京市玄武区", None, {"registered_in_jiangsu": True}),
        ("过了两化融合贯标，DCMM贯标也过了", "benchmark_factory", {"integration_certified": True}),
        ("没过两化融合贯标，过了DCMM贯标", "benchmark_factory", {"integration_certified": False}),
    ],
)
def test_beside_it_what_is_told_of_the_applicant_is_heard(
    text: str, category: str | None, facts: dict[str, Any]
) -> None:
    assert told(text, category) == facts


@pytest.mark.parametrize("text", ["停用了还算不算", "问下退掉了还算吗", "到期了还认不认", "服务退了也作数吗"])
def test_whether_what_has_ended_still_counts_is_asked_of_any_firm(text: str) -> None:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category="star_cloud")
    assert all(fact.hypothetical for fact in read.facts)


def test_what_of_ones_own_has_ended_is_told() -> None:
    assert told("我们停用了还算不算", "star_cloud") == {"services_still_in_use": False}


def test_what_a_firm_says_of_itself_in_such_a_question_counts() -> None:
    assert told("我们有审计报告是不是就不用发票了", "benchmark_factory") == {"has_audit_report": True}
    assert told("我们投了2500万，包括哪些费用才算", "benchmark_factory") == {"investment_3y_wan": 2500}
    assert told("山东企业能报吗") == {"registered_in_jiangsu": False}
    assert told("没发票还能报不", "benchmark_factory") == {"has_invoices": False}


@pytest.mark.parametrize(
    "text",
    [
        "标杆 投入 2000 含不含设备",
        "标杆投2000，设备包含在内吗",
        "投入2000万，人工算不算在里面",
        "2000w的投入包括哪些费用",
    ],
)
def test_what_the_sum_of_the_rule_holds_is_asked_of_no_applicant(text: str) -> None:
    assert told(text, "benchmark_factory") == {}


@pytest.mark.parametrize(
    ("text", "sum_told"),
    [
        ("我们投入2000万，设备算不算", 2000),
        ("标杆投了2000万，设备算不算", 2000),
        ("投入2300万，人工算不算在里面", 2300),
        ("近三年投入2000万，审计报告有", 2000),
    ],
)
def test_a_sum_that_was_spent_is_told(text: str, sum_told: int) -> None:
    assert told(text, "benchmark_factory")["investment_3y_wan"] == sum_told


@pytest.mark.parametrize(
    "text",
    [
        "上云企业今天是不是最后一天",
        "企业今天还能填吗",
        "企业今年还能报吗",
        "公司去年能报吗",
        "上云企业昨天在dxplat注册好了",
        "系统昨天刚注册完",
        "申报系统刚注册",
        "昨天注册好系统了",
        "在官网上昨天注册的",
        "苏工信融合2023年27号文有效期到啥时候",
    ],
)
def test_today_and_an_account_are_no_registration(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "公司去年的",
        "公司2022年注册的",
        "博智系统有限公司2022年注册",
        "我们公司是2022年的",
        "平台类，2022年注册",
    ],
)
def test_the_firm_s_own_day_is_told(text: str) -> None:
    assert told(text)["registered_on"] == {"from": "2022-01-01", "to": "2022-12-31"}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("贯标证书丢了", {"certificate_issued": True}),
        ("贯标证书遗失了，正在补办", {"certificate_issued": True}),
        ("证书找不到了", {"certificate_issued": True}),
        ("贯标证书还拿不到", {"certificate_issued": False}),
        ("发票丢了", {"has_invoices": False}),
        ("审计报告丢了", {"has_audit_report": False}),
        ("发票没有", {"has_invoices": False}),
        ("发票缺几张", {}),
        ("发票不全", {}),
        ("发票没开齐", {}),
        ("发票齐全", {"has_invoices": True}),
    ],
)
def test_what_is_lost_was_there_and_what_is_incomplete_is_left_open(text: str, facts: dict[str, Any]) -> None:
    assert told(text, "benchmark_factory") == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("上云 4星 去年刚评 问今年要不要再报", {"current_star": 4}),
        ("四星 去年刚评的 今年还要报吗", {"current_star": 4}),
        ("报三星 去年获得高企", {"applying_star": 3}),
        ("想报四星 去年评审没过", {"applying_star": 4}),
    ],
)
def test_a_star_that_was_won_is_held(text: str, facts: dict[str, Any]) -> None:
    assert told(text, "star_cloud") == facts


@pytest.mark.parametrize(
    "text", ["两化证书几年有效", "贯标证书有效年数", "贯标证书有效期几年", "证书有效多久"]
)
def test_for_how_long_a_certificate_holds_tells_of_none(text: str) -> None:
    assert told(text, "benchmark_factory") == {}
