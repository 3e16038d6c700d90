"""Of several firms in one message only the one that applies is told of."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import read_facts
from knowledge.cues import load_fact_cues
from knowledge.facts import FactSchema, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)


def told(text: str, category: str | None = None) -> dict[str, Any]:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category=category)
    return {fact.name: dump_value(fact.value) for fact in read.facts if not fact.hypothetical}


@pytest.mark.parametrize(
    ("text", "category", "facts"),
    [
        ("A公司评上了三星，B公司没有星，两家都想报四星", "star_cloud", {"applying_star": 4}),
        ("甲厂贯标过了，乙厂还没贯标", "benchmark_factory", {}),
        ("两家公司，甲2016年注册，乙2022年9月注册", "platform", {}),
        (
            "甲公司贯标了，乙公司没有贯标，乙公司能报标杆吗",
            "benchmark_factory",
            {"integration_certified": False},
        ),
        (
            "信用A级，B轮融资刚结束，没贯标",
            "benchmark_factory",
            {"good_credit": True, "integration_certified": False},
        ),
    ],
)
def test_of_firms_told_apart_by_labels_only_the_one_asked_for_is_told_of(
    text: str, category: str, facts: dict[str, Any]
) -> None:
    assert told(text, category) == facts


@pytest.mark.parametrize(
    ("text", "certified"),
    [
        ("老李的厂贯标过了，我们没贯标", False),
        ("张总公司没有贯标，我们公司贯标过了", True),
        ("张总的公司已经通过贯标了，能报标杆工厂吗", True),  # no firm beside it: it is the one asked for
        ("我们老厂已经通过贯标了", True),
    ],
)
def test_a_persons_firm_is_another_beside_ours(text: str, certified: bool) -> None:
    assert told(text, "benchmark_factory")["integration_certified"] is certified


@pytest.mark.parametrize(
    ("text", "category", "facts"),
    [
        ("贯标是集团过的，我们还没有", "benchmark_factory", {"integration_certified": False}),
        ("审计报告是总公司做的，发票我们有", "benchmark_factory", {"has_invoices": True}),
        (
            "贯标是旗下子公司做的，申报单位是集团，集团没有贯标",
            "benchmark_factory",
            {"integration_certified": False},
        ),
        (
            "贯标是下面子公司过的，申报主体是母公司，母公司没有",
            "benchmark_factory",
            {"integration_certified": False},
        ),
        (
            "旗下子公司没有贯标，申报主体是母公司，母公司过了",
            "benchmark_factory",
            {"integration_certified": True},
        ),
        ("母公司贯标了，子公司没有", "benchmark_factory", {}),
        ("三星是总公司拿的，我们自己没有，想报四星", "star_cloud", {"current_star": 0, "applying_star": 4}),
        ("四星是总公司拿的，我们自己没有", "star_cloud", {}),
        ("贯标是工信局评的，已经通过了", "benchmark_factory", {"integration_certified": True}),
        ("贯标是集团要求做的，我们通过了", "benchmark_factory", {"integration_certified": True}),
        ("我们的A厂区和B厂区都贯标过了", "benchmark_factory", {"integration_certified": True}),
        ("我们是集团的子公司，贯标过了", "benchmark_factory", {"integration_certified": True}),
    ],
)
def test_what_belongs_to_another_is_not_the_applicants(
    text: str, category: str, facts: dict[str, Any]
) -> None:
    read = told(text, category)
    assert {name: value for name, value in read.items() if name != "independent_legal_person"} == facts


def test_a_subsidiary_that_we_have_is_another_firm() -> None:
    assert told("我们在无锡有一家单独注册的子公司，2019年成立", "platform") == {}
    assert told("我们是单独注册的子公司，2019年成立", "platform")["registered_on"]["from"] == "2019-01-01"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("客户法人独立，账务清楚，信用良好", {"independent_legal_person", "sound_finance", "good_credit"}),
        ("客户财务不规范会影响我们吗", set()),
        ("我们客户信用良好，团队也专业", set()),
        ("帮客户问，客户在宜兴，2015年注册", {"registered_in_jiangsu", "registered_on"}),
        ("客户在杭州，我们在南通", {"registered_in_jiangsu"}),
    ],
)
def test_the_customer_of_who_asks_for_it_is_the_applicant(text: str, facts: set[str]) -> None:
    assert set(told(text)) == facts


def test_an_if_by_which_a_subsidiary_applies_turns_to_it() -> None:
    text = "我们在苏州，要是改用常州的全资子公司报呢？子公司2022年成立"
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category="benchmark_factory")
    assert read.new_applicant
    assert "registered_on" in {fact.name for fact in read.facts}
