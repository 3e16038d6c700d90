"""Whose it is: the firm of a group that applies, a former employer's, a predecessor's, a friend's beside ours."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import FactsRead, read_facts
from knowledge.cues import load_fact_cues
from knowledge.facts import FactSchema, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)
PLACE, LEGAL, SINCE = "registered_in_jiangsu", "independent_legal_person", "registered_on"


def read(text: str, category: str | None = None, asked: str | None = None) -> FactsRead:
    return read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category=category, asked=asked)


def told(text: str, category: str | None = None, asked: str | None = None) -> dict[str, Any]:
    facts = read(text, category, asked).facts
    return {fact.name: dump_value(fact.value) for fact in facts if not fact.hypothetical}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "总部北京，苏州有独立法人子公司，2016年注册，子公司报平台可以吧",
            {PLACE: True, LEGAL: True, SINCE: 2016},
        ),
        ("母公司在苏州，子公司2022年6月成立，用子公司报标杆行吗", {SINCE: 2022}),
        (
            "总公司在上海，2010年成立；子公司在盐城，2021年9月成立。用子公司报可以吗",
            {PLACE: True, SINCE: 2021},
        ),
        ("江苏有个子公司，2017年在南京注册，用子公司报呢", {PLACE: True, SINCE: 2017}),
        ("子公司2022年成立，母公司2008年在无锡注册，母公司能报吗", {PLACE: True, SINCE: 2008}),
        ("我们公司2019年成立，母公司2005年成立，能报标杆吗", {SINCE: 2019}),
        ("我们子公司在江西，我们公司在苏州", {PLACE: True}),
        ("我们有家子公司在上海", {}),
    ],
)
def test_the_firm_of_a_group_that_applies_is_the_one_told_of(text: str, facts: dict[str, Any]) -> None:
    heard = told(text)
    years = {SINCE: int(str(heard[SINCE]["from"])[:4])} if SINCE in heard else {}
    assert {**heard, **years} == facts


@pytest.mark.parametrize(
    ("text", "current"),
    [
        ("上一家单位在上海没评过，我现在这家在苏州四星，想报五星", 4),
        ("前东家评过四星，我们没评过星", 0),
        ("以前待过的公司是四星，我们自己三星，想报四星", 3),
        ("母公司是五星，我们子公司啥星没有，子公司报五星", 0),
        ("子公司拿了三星，母公司能报四星吗", None),
        ("我们以前评上了三星，想报四星", 3),
    ],
)
def test_a_level_of_another_firm_is_not_the_applicants(text: str, current: int | None) -> None:
    assert told(text, "star_cloud").get("current_star") == current


@pytest.mark.parametrize(
    "text",
    [
        "公司前身是个体户，2019年8月改成有限公司",
        "我们原来是个体户，后来改成有限公司了",
        "前身是某集团的事业部，2018年注册成有限公司",
    ],
)
def test_what_a_predecessor_was_the_applicant_is_not(text: str) -> None:
    assert told(text).get(LEGAL) is not False


@pytest.mark.parametrize("text", ["我们是个体户", "我们原来就是个体户", "苏州分公司", "集团下面的事业部"])
def test_what_the_applicant_is_itself_stays_its_own(text: str) -> None:
    assert told(text, asked=LEGAL) == {LEGAL: False}


@pytest.mark.parametrize(
    ("text", "year", "another"),
    [
        ("我朋友的公司是2021年注册的报不了标杆，我们2018年的可以吧", "2018", False),
        ("朋友公司2021年注册，能报标杆吗", "2021", True),
    ],
)
def test_a_friends_firm_is_another_beside_ours_and_else_the_one_asked_for(
    text: str, year: str, another: bool
) -> None:
    assert str(told(text)[SINCE]["from"])[:4] == year
    assert read(text).new_applicant is another


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("常熟也有一家公司，用常熟的报呢", True),
        ("让南京总公司来报呢，总公司2001年成立", None),
        ("总部上海，这边昆山注册", True),
        ("总部上海，厂在昆山", None),
    ],
)
def test_the_place_is_that_of_the_firm_that_applies(text: str, inside: bool | None) -> None:
    assert told(text, asked=PLACE).get(PLACE) is inside
