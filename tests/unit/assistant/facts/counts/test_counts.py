"""How many of a group of things there are: said of several groups at once, by name, or that there is none."""

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
BASIC, SYSTEM, MODEL, INNOVATION = (
    "foundation_aspects_met",
    "manufacturing_directions_covered",
    "benchmark_directions_covered",
    "innovation_directions_mature",
)


def told(text: str) -> dict[str, Any]:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES)
    return {fact.name: dump_value(fact.value) for fact in read.facts}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("标杆能力和业态各两个", {MODEL: 2, INNOVATION: 2}),
        ("制造系统、基础技术各有三个", {SYSTEM: 3, BASIC: 3}),
        ("基础技术和制造系统都满足", {BASIC: 3, SYSTEM: 3}),
        ("基础技术和标杆能力都达标", {BASIC: 3, MODEL: {"from": 1, "to": 4}}),
        ("基础技术和制造系统没都满足", {}),
        ("制造三方向都涉及，智能化制造一个成熟", {SYSTEM: 3, INNOVATION: 1}),
        ("业态里服务延伸那块很成熟", {INNOVATION: 1}),
        ("网络协同和个性化定制都成熟", {INNOVATION: 2}),
        ("网络化协同等三个方向成熟", {INNOVATION: 3}),
        ("七个方向我们一个都不成熟", {INNOVATION: 0}),
        ("制造系统三个方向，就差仓储那块没覆盖", {SYSTEM: 2}),
        ("制造系统三个方向，仓储没覆盖", {SYSTEM: {"from": 0, "to": 2}}),
        ("基础技术三个方面，安全不满足", {BASIC: {"from": 0, "to": 2}}),
        ("制造系统三个方向，仓储、能耗没覆盖", {SYSTEM: {"from": 0, "to": 2}}),
        ("制造系统三个方向全没涉及", {SYSTEM: 0}),
        ("基础三项都够", {BASIC: 3}),
        ("企业标杆搞了质量和能耗俩方向", {MODEL: 2}),
        ("企业标杆做了质量、能耗两个方向", {MODEL: 2}),
    ],
)
def test_counts(text: str, counts: dict[str, Any]) -> None:
    assert told(text) == counts


@pytest.mark.parametrize(
    ("text", "count"), [("证照资料齐全", None), ("手续齐全", None), ("都齐全", 3), ("齐全", 3), ("都满足", 3)]
)
def test_papers_that_are_complete_answer_no_question_of_how_many(text: str, count: int | None) -> None:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, asked=BASIC)
    assert {fact.name: dump_value(fact.value) for fact in read.facts}.get(BASIC) == count


@pytest.mark.parametrize(
    ("text", "asked", "count"),
    [
        ("一个都没", BASIC, 0),
        ("一个没有", SYSTEM, 0),
        ("还谈不上成熟", INNOVATION, 0),
        ("都不成熟", INNOVATION, 0),
        ("我们就1个", INNOVATION, 1),
        ("我们涉及3个", SYSTEM, 3),
        ("有两个方向", SYSTEM, 2),
        ("有一个成熟", INNOVATION, 1),
        ("被罚过一次", SYSTEM, None),
        ("去年挨过两回罚", SYSTEM, None),
        ("有一条失信还没消", BASIC, None),
        ("有一个官司在打", BASIC, None),
        ("有两项专利没下来", BASIC, None),
        ("做过一份报告", SYSTEM, None),
        ("有三个股东", BASIC, None),
    ],
)
def test_a_number_of_other_things_answers_no_question_of_how_many(
    text: str, asked: str, count: int | None
) -> None:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, asked=asked)
    assert {fact.name: dump_value(fact.value) for fact in read.facts}.get(asked) == count


@pytest.mark.parametrize("row", ["3 3 2 1", "3、3、2、1", "3/3/2/1"])
def test_one_number_for_each_group_is_read_in_their_order(row: str) -> None:
    read = read_facts(
        row, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category="benchmark_factory", asked=BASIC
    )
    assert {fact.name: dump_value(fact.value) for fact in read.facts} == {
        BASIC: 3,
        SYSTEM: 3,
        MODEL: 2,
        INNOVATION: 1,
    }


def test_what_is_said_of_other_things_behind_a_group_counts_nothing() -> None:
    assert told("业态模式一个成熟，财务和团队都没问题")[INNOVATION] == 1


def test_a_row_of_numbers_tells_nothing_where_the_notice_counts_nothing() -> None:
    drafted = CUES.model_copy(update={"counts": ()})
    read = read_facts("四项能力3、3、1、1", as_of=date(2023, 2, 20), schema=SCHEMA, cues=drafted)
    assert not {fact.name for fact in read.facts} & {BASIC, SYSTEM, MODEL, INNOVATION}
