"""English statements put into the Chinese that the readers of facts know."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts import read_facts
from assistant.understanding.english import English, load_english
from knowledge.cues import load_fact_cues
from knowledge.facts import FactSchema, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[4] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
AS_OF = date(2023, 2, 10)
CUES = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)


@pytest.fixture(scope="module")
def english() -> English:
    return load_english(CUES.gazetteer)


def facts(english: English, text: str) -> dict[str, Any]:
    read = read_facts(english.read(text.lower()), as_of=AS_OF, schema=SCHEMA, cues=CUES)
    return {fact.name: dump_value(fact.value) for fact in read.facts}


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("we invested 25 million rmb", "2500万元"),
        ("we invested rmb 25 million", "2500万元"),
        ("we have invested 18,000,000 yuan", "1800万元"),
        ("we spent 500k on it last year", "50万元"),
        ("we invested 1.5 billion yuan", "150000万元"),
        ("we invested 2500 wan in total", "2500万元"),
        ("we invested ¥20,000,000 in all", "2000万元"),
    ],
)
def test_sums_become_ten_thousands_of_yuan(english: English, text: str, chinese: str) -> None:
    assert chinese in english.read(text)


def test_a_number_without_size_or_currency_is_no_sum(english: English) -> None:
    said = english.read("we have 2 cloud services used for 8 months")
    assert "万元" not in said
    assert "用了8个月" in said


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("we were founded on march 5, 2019", "2019年3月5日"),
        ("we were founded on mar. 5th, 2019", "2019年3月5日"),
        ("we were founded on 5 march 2019", "2019年3月5日"),
        ("we were founded on the 5th of march, 2019", "2019年3月5日"),
        ("we were incorporated in august 2018", "2018年8月"),
        ("we have been a company since 2019", "2019年"),
    ],
)
def test_dates_are_read_in_their_notations(english: English, text: str, chinese: str) -> None:
    assert chinese in english.read(text)


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("we currently hold 3 stars", "3星"),
        ("we currently hold three-star status", "3星"),
        ("we are going for four stars", "想报4星"),
        ("we are applying for five", "想报5星"),
        ("we want to move up to a 4-star rating", "想报4星"),
    ],
)
def test_stars_held_and_applied_for_are_told_apart(english: English, text: str, chinese: str) -> None:
    assert chinese in english.read(text)


def test_an_age_in_figures_is_read(english: English) -> None:
    assert "成立6个月" in english.read("our company is 6 months old in all")
    assert "成立3年" in english.read("our company is 3 years old in all")


def test_an_age_in_words_is_read_as_in_figures(english: English) -> None:
    text = "our company is {} years old in all"
    assert facts(english, text.format("three")) == facts(english, text.format("3"))


def test_things_joined_by_and_are_told_apart(english: English) -> None:
    told = facts(english, "We have a special audit report and invoices.")
    assert told == {"has_audit_report": True, "has_invoices": True}


def test_places_are_named_as_in_the_gazetteer(english: English) -> None:
    assert "杭州" in english.read("our company was incorporated in hangzhou")
    assert "南京" in english.read("our company is based in nanjing")


def test_a_spelling_of_places_in_several_provinces_says_nothing(english: English) -> None:
    said = english.read("our company is based in taizhou")
    assert not {"泰州", "台州"} & {said[n : n + 2] for n in range(len(said))}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "We have a special audit report, and we have invoices.",
            {"has_audit_report": True, "has_invoices": True},
        ),
        ("Our company is registered in Nanjing.", {"registered_in_jiangsu": True}),
        ("Our company is registered in Hangzhou.", {"registered_in_jiangsu": False}),
        ("Our company was founded on March 5, 2019.", {"registered_on": "2019-03-05"}),
        ("We invested RMB 25 million over the last three years.", {"investment_3y_wan": 2500}),
        ("Our platform is still under construction.", {"project_built": False}),
        ("We hold 3 stars and are going for four stars.", {"current_star": 3, "applying_star": 4}),
    ],
)
def test_statements_are_read_as_facts(english: English, text: str, told: dict[str, Any]) -> None:
    assert facts(english, text) == told


def test_an_if_stays_an_if(english: English) -> None:
    said = english.read("what if we invested 20 million yuan?")
    read = read_facts(said, as_of=AS_OF, schema=SCHEMA, cues=CUES)
    assert [(fact.name, fact.hypothetical) for fact in read.facts] == [("investment_3y_wan", True)]


@pytest.mark.parametrize(
    "text",
    [
        "我们2019年在苏州注册，投了2500万",
        "deadline是哪天，platform能报吗",
        "deadline?",
        "5 stars?",
        "",
        "2019.8.1",
    ],
)
def test_chinese_and_bare_words_stay_as_they_are(english: English, text: str) -> None:
    assert english.read(text) == text


@given(st.text("我们公司在苏州注册了两千万0123456789，。？ ", max_size=60))
def test_any_chinese_stays_as_it_is(text: str) -> None:
    assert load_small().read(text) == text


@given(st.text(max_size=80))
def test_any_text_is_read_without_failing(text: str) -> None:
    load_small().read(text.lower())


def load_small() -> English:
    return English({"we": "我们", "invested": "投入"}, CUES.gazetteer.model_copy(update={"provinces": ()}))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "the MES used only 2 months, apply for 3 star",
            {"min_months_of_each_service": 2, "applying_star": 3},
        ),
        ("we built our platform in 2021", {"project_built": True}),
        ("our platform is not yet built", {"project_built": False}),
    ],
)
def test_what_was_built_or_used(english: English, text: str, told: dict[str, Any]) -> None:
    assert facts(english, text).items() >= told.items()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("can a hangzhou company apply for the platform?", {"registered_in_jiangsu": False}),
        ("is a wuxi-based firm eligible to apply?", {"registered_in_jiangsu": True}),
        ("cloud mes since march 2022", {"min_months_of_each_service": {"from": 11, "to": 12}}),
        ("our saas crm has been in use since 2021", {"min_months_of_each_service": 14}),
    ],
)
def test_a_firm_of_a_place_and_since_when_the_cloud_is_used(
    english: English, text: str, told: dict[str, Any]
) -> None:
    assert facts(english, text).items() >= told.items()


@pytest.mark.parametrize(
    "text",
    [
        "can a company sell to a shanghai company?",
        "can a small company apply?",
        "registered since 2015, no cloud",
    ],
)
def test_another_firms_place_and_another_beginning_are_not_taken_for_them(
    english: English, text: str
) -> None:
    assert not facts(english, text).keys() & {"registered_in_jiangsu", "min_months_of_each_service"}
