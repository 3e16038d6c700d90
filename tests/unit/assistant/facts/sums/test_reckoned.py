"""Sums that have to be reckoned, and figures that are no sum by themselves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import FactsRead, read_facts
from assistant.facts.context import read_in_context
from knowledge.cues import FactCues, load_fact_cues
from knowledge.facts import FactSchema, NumberRange, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES: FactCues = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)
SUM, AS_OF = "investment_3y_wan", date(2023, 2, 20)


def heard(text: str, known: int | None = None, cues: FactCues = CUES) -> FactsRead:
    before = {} if known is None else {SUM: NumberRange.exactly(Decimal(known))}
    return read_facts(text, as_of=AS_OF, schema=SCHEMA, cues=cues, category="benchmark_factory", known=before)


def told(text: str, known: int | None = None) -> Any:
    read = heard(text, known)
    assert not read.ambiguous
    return {fact.name: dump_value(fact.value) for fact in read.facts}.get(SUM)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("投入每年600万，连投3年", 1800),
        ("每年投入700万，连续三年", 2100),
        ("近三年每年投700万", 2100),
        ("每年投入500万，已经投了五年", 1500),
        ("平均每年投入900万，投了两年", 1800),
        ("三年分别投入1000万、800万、600万", 2400),
        ("软件和设备分别投了800万、1300万", 2100),
    ],
)
def test_what_is_spent_year_by_year_adds_up_over_the_years_that_count(text: str, value: int) -> None:
    assert told(text) == value


@pytest.mark.parametrize("text", ["每年投入600万", "公司成立五年，每年投入600万", "每年营收700万，连续三年"])
def test_what_is_spent_a_year_is_no_sum_without_the_years(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("比2000万少50万", 1950),
        ("投入比2000万还差个30万", 1970),
        ("投入比2000万多100万", 2100),
        ("超出门槛100万", 2100),
        ("我们投入比门槛高200万", 2200),
        ("投入门槛差300万", 1700),
        ("离门槛还差50万", 1950),
    ],
)
def test_a_sum_told_by_another_is_reckoned_from_it(text: str, value: int) -> None:
    assert told(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("近三年投入2300万，每年700多万", 2300),
        ("投入2300万，超出门槛300万", 2300),
        ("今年比去年多投了300万，一共投了2300万", 2300),
        ("投入2000万，比去年多500万", 2000),
        ("投入比去年多500万", None),
    ],
)
def test_a_sum_told_outright_stands_beside_what_is_told_by_another(text: str, value: int | None) -> None:
    assert told(text) == value


def test_a_sum_beside_a_threshold_that_is_not_known_is_not_read() -> None:
    assert CUES.amount is not None
    unknown = CUES.model_copy(update={"amount": CUES.amount.model_copy(update={"needed": None})})
    assert not heard("超出门槛100万", cues=unknown).facts


@pytest.mark.parametrize("text", ["投入1999.8万，四舍五入2000万，算达到吗", "投入1999.8万，约等于2000万"])
def test_a_rounded_figure_is_no_second_sum(text: str) -> None:
    assert told(text) == 1999.8


def test_a_part_of_what_was_told_before_is_taken_off_where_it_does_not_count() -> None:
    assert told("其中1200万是买厂房的", known=2500) == 1300


@pytest.mark.parametrize(
    "text", ["其中1200万是买厂房的", "差10万通融一下", "其中1200万", "四舍五入2000万", "就少50万"]
)
def test_a_part_or_a_gap_never_stands_in_place_of_the_sum(text: str) -> None:
    known = {SUM: NumberRange.exactly(Decimal(1990))}
    read = read_in_context(text, as_of=AS_OF, schema=SCHEMA, cues=CUES, candidates=[SUM], known=known)
    assert not read.facts


@pytest.mark.parametrize("text", ["差不多2300万", "至少2300万", "合计2300万"])
def test_a_sum_by_itself_is_still_heard_in_context(text: str) -> None:
    assert read_in_context(text, as_of=AS_OF, schema=SCHEMA, cues=CUES, candidates=[SUM], known={}).facts


@pytest.mark.parametrize(
    "text",
    [
        "总投入两个亿，其中软件开发和设备才1600万，其余是土建",
        "总投入两个亿，其中软件开发和设备1600万，剩下的都是买厂房",
    ],
)
def test_what_the_notice_lists_is_the_least_of_a_sum_of_which_the_rest_is_of_another_kind(text: str) -> None:
    assert told(text) == {"from": 1600, "to": 20000}


def test_a_year_with_which_a_sum_is_compared_is_no_day_in_context() -> None:
    candidates = ["registered_on", SUM]
    said = "比去年多500万"
    assert not read_in_context(
        said, as_of=AS_OF, schema=SCHEMA, cues=CUES, candidates=candidates, known={}
    ).facts
