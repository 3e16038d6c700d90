"""Which star is applied for, as people come to it in a talk: proposed first, two at once, a condition, the way up."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import FactsRead, read_facts
from knowledge.cues import FactCues, load_fact_cues
from knowledge.facts import FactSchema, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES: FactCues = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)


def heard(text: str, category: str | None = "star_cloud", known: dict[str, Any] | None = None) -> FactsRead:
    return read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category=category, known=known)


def told(text: str, **circumstances: Any) -> dict[str, Any]:
    return {fact.name: dump_value(fact.value) for fact in heard(text, **circumstances).facts}


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("那就先报四星", 4),
        ("那就先报三星吧", 3),
        ("先申报四星级", 4),
        ("要不先报三星", 3),
        ("我们还是先评四星吧", 4),
        ("能先报三星吗", 3),
        ("可以先申请四星吗", 4),
        ("三星四星都想报，那就先报三星", 3),
    ],
)
def test_a_level_proposed_first_is_applied_for(text: str, level: int) -> None:
    assert told(text, known={"applying_star": 5, "current_star": 3}) == {"applying_star": level}
    assert heard(text).ambiguous == ()


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("三星刚申报上去还没批，四星能接着报吗", {"current_star": 0, "applying_star": 4}),
        ("三星去年11月报的，到现在没出结果，想报四星", {"current_star": 0, "applying_star": 4}),
        ("四星刚交上去还没评，能报五星吗", {"applying_star": 5}),
        ("我们三星，四星去年报了没过", {"current_star": 3}),
        ("四星企业还想降级报三星", {"current_star": 4, "applying_star": 3}),
        ("省厅前年给我们发过四星牌", {"current_star": 4}),
        ("我们用的是三星牌显示器", {}),
        ("想报上云，四星", {"applying_star": 4}),
        ("报上云，三星有什么条件", {}),
    ],
)
def test_what_was_applied_for_and_not_granted_is_not_held(text: str, levels: dict[str, int]) -> None:
    assert told(text, category=None) == levels


@pytest.mark.parametrize(
    "text", ["报四星要先报三星吗", "四星是不是得先评三星", "是先报三星再报四星吗", "报五星是不是要先报四星"]
)
def test_which_comes_first_by_the_rule_is_no_application(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "四星今年和五星一起报行不行",
        "四星能不能跟五星同时申报",
        "四星连同五星一块报",
        "四星这次和五星一起申报行吗",
        "老板让报五星。四星今年和五星一起报行不行",
    ],
)
def test_two_levels_for_which_one_applies_at_once_are_asked_back(text: str) -> None:
    assert told(text) == {}
    assert [one.name for one in heard(text).ambiguous] == ["applying_star"]


@pytest.mark.parametrize(
    "text",
    [
        "那我们想直接报五星，有四星就可以报了吧",
        "我们想报五星，有四星就行了吧",
        "想报五星，只要是四星就能报吧",
    ],
)
def test_a_level_that_is_a_condition_is_neither_held_nor_applied_for(text: str) -> None:
    assert told(text, known={"applying_star": 4, "current_star": 3}) == {"applying_star": 5}
    assert heard(text).ambiguous == ()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("三星是2020年评的，四星要怎么报，条件说一下", 3),
        ("我们去年评上三星，四星怎么申报", 3),
        ("我们有三星了，怎么申报四星", 3),
        ("现在四星，五星如何申请", 4),
    ],
)
def test_who_holds_a_level_and_asks_how_to_apply_for_the_next_wants_it(text: str, held: int) -> None:
    assert told(text) == {"current_star": held, "applying_star": held + 1}


def test_how_to_apply_for_a_level_tells_nothing_of_who_holds_none() -> None:
    assert told("四星要怎么报，条件说一下") == {}
    assert told("三星是2020年评的，报名系统怎么登录") == {"current_star": 3}


@pytest.mark.parametrize("asked", ["current_star", "applying_star"])
def test_a_bare_level_taken_instead_is_applied_for_whatever_was_asked(asked: str) -> None:
    for text in ("那就四星", "还是四星吧"):
        read = read_facts(
            text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, asked=asked, category="star_cloud"
        )
        assert [(fact.name, fact.value) for fact in read.facts] == [("applying_star", 4)]


def test_two_at_once_leave_the_level_open_in_the_whole_message() -> None:
    assert told("我们报五星，三星去年评的。四星和五星一起报行不行") == {"current_star": 3}


def test_the_level_held_may_be_the_one_applied_for() -> None:
    assert told("星级呢，已经三星再报三星") == {"current_star": 3, "applying_star": 3}


@pytest.mark.parametrize("text", ["那只能四星了", "那也只好四星", "只能四星啦"])
@pytest.mark.parametrize("asked", ["current_star", None])
def test_the_level_to_which_one_is_left_is_applied_for(text: str, asked: str | None) -> None:
    read = read_facts(
        text,
        as_of=date(2023, 2, 20),
        schema=SCHEMA,
        cues=CUES,
        asked=asked,
        category="star_cloud",
        known={"applying_star": 5},
    )
    assert [(fact.name, fact.value) for fact in read.facts] == [("applying_star", 4)]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("三星是2020年评的，四星2021年", {"current_star": 4}),
        ("三星前年评的，四星去年", {"current_star": 4}),
        ("五星，四星去年评的", {"current_star": 4, "applying_star": 5}),
        ("四星，我们早就有三星了", {"current_star": 3, "applying_star": 4}),
        ("三星，四星去年评的", {"current_star": 4}),
        ("报星级上云，五星，现在四星", {"current_star": 4, "applying_star": 5}),
    ],
)
def test_levels_told_one_after_the_other(text: str, levels: dict[str, int]) -> None:
    assert told(text) == levels


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("我们啥星都没有，能直接五星吗", {"current_star": 0, "applying_star": 5}),
        ("没有星级，越级四星可以吗", {"current_star": 0, "applying_star": 4}),
        ("直接四星有什么条件", {}),
        ("盼着今年评上四星，目前三星", {"applying_star": 4, "current_star": 3}),
        ("计划今年拿下三星，现在什么都没有", {"applying_star": 3, "current_star": 0}),
        ("前年想评上三星，没报", {}),
        ("今年评上三星了", {"current_star": 3}),
        ("想报四星，现在什么材料都没有", {"applying_star": 4}),
    ],
)
def test_a_level_wished_for_is_applied_for_and_not_held(text: str, levels: dict[str, int]) -> None:
    assert told(text) == levels


@pytest.mark.parametrize(
    ("text", "known", "levels"),
    [
        ("我们要申报，我说的不是五星，是四星", {}, {"applying_star": 4}),
        ("我报的不是四星，是三星", {}, {"applying_star": 3}),
        ("我说的不是四星，是三星", {}, {}),
        ("我说的不是四星，是三星", {"applying_star": 4}, {"applying_star": 3}),
        ("我说的不是四星，是三星", {"current_star": 4}, {"current_star": 3}),
        ("我们不是四星企业，是三星企业", {}, {"current_star": 3}),
    ],
)
def test_a_level_put_in_place_of_another_is_what_that_was(
    text: str, known: dict[str, int], levels: dict[str, int]
) -> None:
    assert told(text, known=known) == levels


@pytest.mark.parametrize(
    ("text", "known", "levels"),
    [
        ("那四星上云呢", {"registered_in_jiangsu": True}, {"applying_star": 4}),
        ("那四星上云呢", {}, {}),
        ("那四星呢", {"registered_in_jiangsu": True}, {}),
    ],
)
def test_who_told_of_itself_asks_of_a_level_of_another_category(
    text: str, known: dict[str, Any], levels: dict[str, int]
) -> None:
    assert told(text, known=known) == levels


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("去年申报三星没通过，今年报四星可以吗", {"current_star": 0, "applying_star": 4}),
        ("去年报三星落选了，想报三星", {"current_star": 0, "applying_star": 3}),
        ("前年报三星没评上，去年评上了，今年报四星", {"applying_star": 4}),
        ("去年申报四星没通过，今年报四星可以吗", {"applying_star": 4}),
        ("四星评定正在公示，还没发文，能报五星吗", {"applying_star": 5}),
        ("四星认定结果公示中，想报五星", {"applying_star": 5}),
        ("我们的三星到期了还是没评过都不清楚，想报四星", {"applying_star": 4}),
        ("去年评上三星了，想报四星", {"current_star": 3, "applying_star": 4}),
    ],
)
def test_what_failed_is_pending_or_not_known_is_not_held(text: str, facts: dict[str, int]) -> None:
    assert told(text) == facts
