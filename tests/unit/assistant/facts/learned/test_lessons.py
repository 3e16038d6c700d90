"""What phrases teach of states and values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.facts.learned.lessons import states_told, value_lessons
from knowledge.cues import load_fact_cues
from knowledge.facts import FactSchema
from knowledge.said import Said
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)


def lessons(text: str, **facts: Any) -> list[tuple[str, str]]:
    found = value_lessons([Said(text=text, facts=facts)], SCHEMA, CUES)
    return [(lesson.words, lesson.fact) for lesson in found]


def test_a_value_belongs_to_the_fact_that_has_it() -> None:
    assert lessons("阿里云七个月、华为云五个月", min_months_of_each_service=5) == [
        ("阿里云甲时、华为云乙时", ""),
        ("阿里云乙时、华为云甲时", "min_months_of_each_service"),
    ]


def test_a_day_inside_the_month_stated_is_its_value() -> None:
    assert lessons("2019年8月12日领的照", registered_on="2019-08") == [("甲日领的照", "registered_on")]


def test_of_the_same_level_twice_the_first_is_held() -> None:
    assert [fact for _, fact in lessons("四星再报一遍四星", current_star=4, applying_star=4)] == [
        "current_star",
        "applying_star",
    ]


def test_a_value_of_nobody_has_no_owner() -> None:
    assert lessons("厂房是2018年盖的") == [("厂房是甲日盖的", "")]
    assert lessons("账目清楚", sound_finance=True) == []


def test_states_are_yes_or_no_and_none_or_all_of_what_is_counted() -> None:
    told = Said(
        text="没星，账清楚，基础全有，制造占俩，业态零",
        facts={
            "current_star": 0,
            "sound_finance": True,
            "foundation_aspects_met": 3,
            "manufacturing_directions_covered": 2,
            "innovation_directions_mature": 0,
        },
    )
    assert states_told(told, CUES) == {
        ("current_star", 0),
        ("sound_finance", True),
        ("foundation_aspects_met", 3),
        ("innovation_directions_mature", 0),
    }
    assert states_told(Said(text="三星", facts={"current_star": 3}), CUES) == frozenset()
