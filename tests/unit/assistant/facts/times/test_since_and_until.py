"""Since when a firm is there and until when a certificate holds, as people come to it: decades, birthdays, what lacks."""

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
SINCE, UNTIL, USE = "registered_on", "certificate_valid_until", "min_months_of_each_service"


def told(text: str, category: str | None = None) -> dict[str, Any]:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category=category)
    return {fact.name: dump_value(fact.value) for fact in read.facts}


def year(first: int, last: int | None = None) -> dict[str, str]:
    return {"from": f"{first}-01-01", "to": f"{last or first}-12-31"}


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("公司九几年成立的", year(1990, 1999)),
        ("我们厂，八几年就有了", year(1980, 1989)),
        ("90年代注册的", year(1990, 1999)),
        ("廿二年注册", year(2022)),
        ("盐城一家老纺织厂，98年的", year(1998)),
        ("五金厂，连云港，06年的", year(2006)),
        ("2016年的独立法人", year(2016)),
        ("去年刚过五周岁生日的企业", year(2017)),
        ("我们公司去年满八岁", year(2014)),
        ("公司三年整，2020年2月18号领的证", "2020-02-18"),
        ("公司成立刚好两周年", "2021-02-20"),
        ("还差九天满三年", "2020-03-01"),
        ("公司注册三年差五天", "2020-02-25"),
        ("注册满三年差两天", "2020-02-22"),
        ("成立刚满三年差一天", "2020-02-21"),
        ("成立刚好3年零1天", "2020-02-19"),
        ("注册正好一年报平台可以吧", "2022-02-20"),
        ("营业执照成立日期二〇二〇年二月廿八", "2020-02-28"),
        ("2020年2月到3月注册的", {"from": "2020-02-01", "to": "2020-03-31"}),
        ("大概是2019年底2020年初注册的", {"from": "2019-11-01", "to": "2020-03-31"}),
        ("注册满两年半", {"from": None, "to": "2020-08-20"}),
        ("成立刚好三年，来问问", {"from": "2020-02-05", "to": "2020-03-05"}),
    ],
)
def test_since_when(text: str, since: Any) -> None:
    assert told(text)[SINCE] == since


@pytest.mark.parametrize(
    "text",
    [
        "我们公司有张证书，2020年的",
        "我们有发票，2021年的",
        "审计报告，2020年就有了",
        "老板去年刚过五十岁生日",
        "干了八几年",
        "云服务去年10月满一周年",
    ],
)
def test_the_age_of_something_else_is_not_the_firms(text: str) -> None:
    assert SINCE not in told(text)


@pytest.mark.parametrize("asked", [SINCE, "foundation_aspects_met", "manufacturing_directions_covered"])
@pytest.mark.parametrize("text", ["就差一个月", "还差两个多月", "缺十五天就满了", "差3周"])
def test_what_is_lacking_of_an_age_is_neither_an_age_nor_a_count(text: str, asked: str) -> None:
    read = read_facts(
        text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category="benchmark_factory", asked=asked
    )
    assert not read.facts


def test_a_day_of_issue_that_does_not_fit_the_age_is_not_the_firms() -> None:
    assert told("公司三年整，2018年5月3号领的证")[SINCE] == {"from": "2020-02-05", "to": "2020-03-05"}


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("证书落款2020年5月，三年有效", {"from": "2023-05-01", "to": "2023-05-31"}),
        ("两化贯标是2020年过的，有效三年", {"from": "2023-01-01", "to": "2024-03-31"}),
        ("贯标2020年6月通过，证书有效期三年", {"from": "2023-06-01", "to": "2023-09-30"}),
        ("贯标是2021年启动的，三年有效", None),
        ("贯标2021年过的", None),
        ("我们有四星证书，已过期", None),
        ("老证书去年底过期的，新证书已经拿到", None),
        ("之前的贯标证2022年12月到期，新证到2025年12月", {"from": "2025-12-01", "to": "2025-12-31"}),
    ],
)
def test_until_when(text: str, until: Any) -> None:
    assert told(text).get(UNTIL) == until


@pytest.mark.parametrize(
    ("text", "told_months"),
    [
        ("只有一个系统上了云，2022年12月底开始的", True),
        ("我们做云平台的，2018年开始的", False),
        ("云服务费预付了两年", False),
        ("上云的钱付了一年的", False),
    ],
)
def test_a_bare_beginning_is_one_of_use_where_use_was_named(text: str, told_months: bool) -> None:
    assert (USE in told(text, "star_cloud")) is told_months


@pytest.mark.parametrize(("began", "months"), [("去年底上的云", 0), ("2022年8月开通的云服务", 6)])
def test_what_is_taken_into_use_when_the_period_is_over_counts_for_no_month(began: str, months: int) -> None:
    read = read_facts(
        began, as_of=date(2026, 11, 27), schema=SCHEMA, cues=CUES, category="star_cloud", asked=USE
    )
    value = next(dump_value(fact.value) for fact in read.facts if fact.name == USE)
    assert (value["from"] if isinstance(value, dict) else value) == months


def test_the_subsidiary_that_is_asked_about_is_another_applicant_with_a_place_of_its_own() -> None:
    text = "那我们昆山的子公司呢，2018年成立"
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES)
    assert read.new_applicant
    assert told(text)["registered_in_jiangsu"] is True


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("企业2017年在淮安登记，两年前搬到了宿迁", year(2017)),
        ("我们2016年注册的，不过去年8月变更了执照，标杆工厂三年够吗", year(2016)),
        ("常州的小厂，做模具的，2018年开的", year(2018)),
        ("2023年2月满一年，2月12号的照", "2022-02-12"),
        ("要是2018年就成立了就好了，可惜是2020年6月", {"from": "2020-06-01", "to": "2020-06-30"}),
        ("问下我们能报哪个：泰州的，2016年成立", year(2016)),
    ],
)
def test_since_when_beside_another_time(text: str, since: Any) -> None:
    assert told(text, "benchmark_factory")[SINCE] == since


@pytest.mark.parametrize(
    "text",
    [
        "老板在无锡注册了这家公司，后来2021年上了条自动线",
        "标杆厂3年是按执照算的吗",
        "标杆工厂三年够不够",
        "云服务不多，钉钉是2022年开的",
    ],
)
def test_a_time_of_another_thing_is_no_day_of_registration(text: str) -> None:
    assert SINCE not in told(text)


def test_of_a_renewed_certificate_the_later_day_counts() -> None:
    may = {"from": "2026-05-01", "to": "2026-05-31"}
    assert told("贯标证书去年10月到期了，今年1月续上了，到2026年5月")[UNTIL] == may
    assert told("贯标证书去年10月到期，没续上")[UNTIL] == {"from": "2022-10-01", "to": "2022-10-31"}


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("公司成立刚好三年（今天周年）", "2020-02-20"),
        ("公司今天注册刚满一年", "2022-02-20"),
        ("公司成立刚好一年，今天来问问", {"from": "2022-02-05", "to": "2022-03-05"}),
        ("注册两年半差半年", {"from": "2020-07-05", "to": "2020-10-05"}),
        ("注册三年差五天", "2020-02-25"),
    ],
)
def test_an_anniversary_of_today_is_a_day_and_a_half_year_that_lacks_is_said_of_the_next(
    text: str, since: Any
) -> None:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES)
    assert {f.name: dump_value(f.value) for f in read.facts}["registered_on"] == since


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("证书是两化融合贯标的，2022年6月颁发", True),
        ("证书是高企的，2022年6月颁发", None),
        ("贯标证书还没有，高企证书2022年颁发", False),
        ("证书是两化融合贯标的，2023年5月颁发", None),
    ],
)
def test_a_certificate_named_before_was_issued_on_a_day_that_is_past(text: str, issued: bool | None) -> None:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category="benchmark_factory")
    assert {f.name: f.value for f in read.facts}.get("certificate_issued") == issued


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("两化融合贯标证书上面写有效期至2023-03-30，差一天，能通融吗？", "2023-03-30"),
        ("贯标证上印着2024.5.6到期，能报吗", "2024-05-06"),
        ("贯标证到24/3/31，行不？", "2024-03-31"),
        ("有3A级的贯标证书，效期至2023年12月", {"from": "2023-12-01", "to": "2023-12-31"}),
        ("贯标有效期还剩40天", "2023-04-01"),
        ("贯标证书只剩35天了", "2023-03-27"),
        ("贯标证有效期只剩不到一个月了", {"from": "2023-02-20", "to": "2023-03-20"}),
        ("贯标证有效期还有一年多", {"from": "2024-02-20", "to": "2025-02-20"}),
        ("贯标证2月5号刚到期", "2023-02-05"),
    ],
)
def test_until_when_a_certificate_holds(text: str, until: Any) -> None:
    assert told(text, "benchmark_factory")[UNTIL] == until


@pytest.mark.parametrize(
    "text",
    [
        "通知上写有效期到2023-03-31之后吗",
        "证书有效期三年",
        "证还剩两个月下来",
        "证书还有两个月才发",
        "星级证书到24/3/31",
        "合同到24/3/31",
        "申报还剩8天",
    ],
)
def test_what_ends_otherwise_is_no_last_day_of_a_certificate(text: str) -> None:
    assert UNTIL not in told(text, "benchmark_factory")


def test_an_age_reached_just_before_is_reached_this_year() -> None:
    read = read_facts(
        "3月5号刚满三年", as_of=date(2023, 3, 10), schema=SCHEMA, cues=CUES, category="benchmark_factory"
    )
    assert [dump_value(fact.value) for fact in read.facts] == ["2020-03-05"]
