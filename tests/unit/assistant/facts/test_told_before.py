"""Facts that lean on what was told before: use from the day of registration, a place put right by that of registration."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import FactsRead, read_facts
from knowledge.cues import FactCues, load_fact_cues
from knowledge.facts import FactSchema, FactValue, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[4] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES: FactCues = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)
USE, PLACE = "min_months_of_each_service", "registered_in_jiangsu"


def heard(text: str, before: str = "", category: str | None = None) -> FactsRead:
    """What `text` tells after `before` was told."""
    known: dict[str, FactValue] = {}
    told: dict[str, str] = {}
    if before:
        for fact in heard(before, category=category).facts:
            known[fact.name], told[fact.name] = fact.value, fact.quote
    return read_facts(
        text,
        as_of=date(2023, 2, 20),
        schema=SCHEMA,
        cues=CUES,
        category=category,
        known=known,
        told=told,
    )


def values(read: FactsRead) -> dict[str, Any]:
    return {fact.name: dump_value(fact.value) for fact in read.facts}


@pytest.mark.parametrize(
    ("before", "text", "months"),
    [
        ("2020年5月8日注册", "我们注册那天就开始用云了", 14),
        ("2022年10月8日注册", "开业那天就用上了", 4.77),
        ("2022年10月8日注册", "公司一成立就上云了", 4.77),
        ("2022年10月8日注册", "成立以来一直用着阿里云", 4.77),
        ("", "2022年10月8日注册，注册当天就开始用云了", 4.77),
    ],
)
def test_what_was_used_from_registration_on_is_counted_from_that_day(
    before: str, text: str, months: float
) -> None:
    assert values(heard(text, before, "star_cloud"))[USE] == months


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("", "我们注册那天就开始用云了"),
        ("2022年10月8日注册", "注册那天还没用云"),
        ("2022年10月8日注册", "注册后一直没用云"),
    ],
)
def test_without_that_day_or_any_use_nothing_is_counted(before: str, text: str) -> None:
    assert USE not in values(heard(text, before, "star_cloud"))


@pytest.mark.parametrize(
    "text", ["公司注册地上海", "厂在南京，公司注册地上海", "营业执照是上海的，注册在上海"]
)
def test_the_place_of_registration_puts_a_mere_location_right(text: str) -> None:
    read = heard(text, "项目在安徽，公司在南京")
    assert [(fact.name, fact.value, fact.correction) for fact in read.facts] == [(PLACE, False, True)]


def test_two_places_of_registration_are_left_to_be_asked_back() -> None:
    assert [fact.correction for fact in heard("公司注册地上海", "注册在南京").facts] == [False]


@pytest.mark.parametrize(
    "text", ["合作社有营业执照，算法人的", "合作社法人", "是法人单位", "我们合作社是法人", "我们是法人单位"]
)
def test_who_is_a_legal_person_by_another_word_is_one(text: str) -> None:
    assert values(heard(text)) == {"independent_legal_person": True}


@pytest.mark.parametrize("text", ["法人是张总", "我是法人，手机号变了", "算法人员有几个", "母公司是法人单位"])
def test_who_the_representative_is_tells_nothing_of_the_firm(text: str) -> None:
    assert values(heard(text)) == {}


@pytest.mark.parametrize("text", ["IT部12人", "信息科6个人", "技术部有三十来个人", "研发中心一共15名工程师"])
def test_a_department_of_several_people_is_a_team(text: str) -> None:
    assert values(heard(text)) == {"professional_team": True}
