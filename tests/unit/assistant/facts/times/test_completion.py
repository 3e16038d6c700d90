"""A day of completion held against the day of applying."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.facts import read_facts
from knowledge.cues import FactCues, load_fact_cues
from knowledge.facts import FactSchema, FactValue
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES: FactCues = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)


def built(text: str, category: str = "benchmark_factory") -> list[tuple[FactValue, bool]]:
    """What is told of the project being built, and whether that is supposed."""
    read = read_facts(
        text,
        as_of=date(2023, 2, 20),
        schema=SCHEMA,
        cues=CUES,
        category=category,
        last_day=date(2023, 2, 28),
    )
    return [(fact.value, fact.hypothetical) for fact in read.facts if fact.name == "project_built"]


@pytest.mark.parametrize(
    "text",
    [
        "如果我们项目2月20号才能完工，25号报标杆工厂行吗",
        "要是2月28号才建成，标杆工厂还能报吗",
        "项目2月25号能完工，28号报行吗",
        "我们项目2月26号才完工，27号报来得及吗",
        "假如下周完工，月底报可以吗",
        "要是月底前能建成呢",
    ],
)
def test_what_is_done_by_the_last_day_of_applying_is_supposed_to_be_built(text: str) -> None:
    assert built(text) == [(True, True)]


@pytest.mark.parametrize(
    "text",
    [
        "如果我们项目3月20号才能完工，25号报标杆工厂行吗",
        "如果2023年3月20日能建成呢",
        "如果3月5号竣工，3月10号报行吗",
        "如果项目2月25号完工，20号报行吗",
    ],
)
def test_what_is_done_after_the_day_of_applying_is_not_built(text: str) -> None:
    assert built(text) == [(False, True)]


@pytest.mark.parametrize("text", ["项目还在建，2月底才能建成", "项目今年12月才能完工", "项目在建，能先报吗"])
def test_what_is_under_construction_today_is_not_built(text: str) -> None:
    assert built(text) == [(False, False)]


@pytest.mark.parametrize("text", ["平台2月10号才上线，能报吗", "平台2月初才上线，能报吗"])
def test_what_was_done_a_few_days_ago_is_built(text: str) -> None:
    assert built(text, "platform") == [(True, False)]


def test_what_will_not_be_done_by_a_day_is_not_supposed_to_be() -> None:
    assert built("如果项目2月20号完工不了呢") == []


@pytest.mark.parametrize("text", ["投了三千万的厂，11月建成，能报吗", "10月份完工的，可以报吗"])
def test_a_month_that_was_not_long_ago_is_not_to_come(text: str) -> None:
    assert (False, False) not in built(text)
    assert (False, True) not in built(text)


def test_a_month_said_to_be_ahead_is_to_come() -> None:
    assert built("如果项目11月才能建成呢") == [(False, True)]
