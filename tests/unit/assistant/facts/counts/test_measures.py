"""Numbers of named indicators, as annexes declare them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts import read_facts
from assistant.facts.counts.measures import find_measures
from knowledge.cues import FactCues
from knowledge.facts import FactSchema, NumberRange

SCHEMA = FactSchema.model_validate(
    {
        "facts": [
            {
                "name": name,
                "type": "number",
                "categories": ["c"],
                "meaning": name,
                "question": name,
                "unit": unit,
            }
            for name, unit in (
                ("devices", "台"),
                ("share", "%"),
                ("firms", "家"),
                ("income", "万元"),
                ("level", ""),
            )
        ]
    }
)
CUES = FactCues.model_validate(
    {
        "measures": [
            {"fact": "devices", "words": ["工业设备连接数", "设备连接数", "设备连接"], "unit": "台（套）"},
            {"fact": "share", "words": ["研发投入占比", "研发占比"], "unit": "%"},
            {"fact": "firms", "words": ["服务企业数量", "服务企业"], "unit": "家"},
            {"fact": "income", "words": ["平台收入"], "unit": "万元"},
            {"fact": "level", "words": ["成熟度"], "unit": ""},
        ]
    }
)


def read(text: str, asked: str | None = None, **more: Any) -> dict[str, Any]:
    found = read_facts(
        text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, asked=asked, category="c", **more
    )
    return {fact.name: fact.value for fact in found.facts}


def exactly(number: str | int) -> NumberRange:
    return NumberRange.exactly(Decimal(number))


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("设备连接数12000台", {"devices": exactly(12000)}),
        ("我们工业设备连接数是1.2万台套", {"devices": exactly(12000)}),
        ("设备连接数有12,000", {"devices": exactly(12000)}),
        ("12000台设备连接", {"devices": exactly(12000)}),
        ("设备连接一万两千台，服务企业三百家", {"devices": exactly(12000), "firms": exactly(300)}),
        ("设备连接数不到1万台", {"devices": NumberRange(None, Decimal(10000), True)}),
        ("设备连接数超过1万台", {"devices": NumberRange(Decimal(10000), None, True)}),
        ("设备连接数1万台以上", {"devices": NumberRange(Decimal(10000), None)}),
        ("服务企业120多家", {"firms": NumberRange(Decimal(120), Decimal(130), True)}),
        ("研发投入占比8.5%", {"share": exactly("8.5")}),
        ("研发占比百分之九", {"share": exactly(9)}),
        ("研发占比一成半", {"share": exactly(15)}),
        ("平台收入1.5个亿", {"income": exactly(15000)}),
        ("平台收入去年是6000万元", {"income": exactly(6000)}),
        ("成熟度3", {"level": exactly(3)}),
        ("没有服务企业", {"firms": exactly(0)}),
    ],
)
def test_a_number_beside_its_name_is_the_fact(text: str, facts: dict[str, Any]) -> None:
    assert read(text) == facts


def test_a_unit_of_its_own_and_a_word_of_the_name_are_enough() -> None:
    assert read("我们连了12000台设备") == {"devices": exactly(12000)}


@pytest.mark.parametrize(
    "text",
    [
        "设备连接数要求是10000台吗",
        "附件规定设备连接数不少于10000台",
        "设备连接数多少才够",
        "设备连接是2019年开始的",
        "我们有300人",
        "服务企业3年了",
        "他们公司设备连接数12000台",
    ],
)
def test_what_states_no_number_of_the_applicant_is_left_out(text: str) -> None:
    assert read(text) == {}


def test_the_answer_to_what_was_asked_needs_no_name() -> None:
    assert read("12000", asked="devices") == {"devices": exactly(12000)}
    assert read("一万二千台左右", asked="devices")["devices"].lo is not None
    assert read("9%", asked="share") == {"share": exactly(9)}
    assert read("还没有", asked="firms") == {"firms": exactly(0)}
    assert read("9%", asked="devices") == {}
    assert read("12000台，300家", asked="devices")["devices"] == exactly(12000)


def test_under_an_if_it_is_supposed() -> None:
    found = read_facts("如果设备连接数有12000台呢", as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES)
    assert [(fact.name, fact.hypothetical) for fact in found.facts] == [("devices", True)]


def test_the_quote_is_the_applicants_own_words() -> None:
    text = "我们的设备连接数是1.2万台，还在增加"
    (fact,) = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES).facts
    assert fact.quote in text
    assert "1.2万台" in fact.quote


@given(st.integers(0, 10**9), st.sampled_from(["台（套）", "%", "家", ""]))
def test_any_whole_number_is_found_as_it_was_written(number: int, unit: str) -> None:
    word = {"台（套）": "台", "%": "%", "家": "家", "": ""}[unit]
    (spoken,) = find_measures(f"{number}{word}", unit)
    assert spoken.value == exactly(number)


@given(st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    for unit in ("台（套）", "%", "万元", ""):
        for spoken in find_measures(text, unit):
            assert 0 <= spoken.start <= spoken.end <= len(text)
