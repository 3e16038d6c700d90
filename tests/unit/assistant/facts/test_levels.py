"""Stars in a phrase, and the phrase with one of them marked."""

from __future__ import annotations

import pytest

from assistant.facts.levels import STAR, figure, marked, marked_levels
from knowledge.said import Said


@pytest.mark.parametrize(
    ("words", "stars"),
    [
        ("四星", [4]),
        ("5星级上云企业", [5]),
        ("三颗星", [3]),
        ("★★★", [3]),
        ("3★", [3]),
        ("三星升四星", [3, 4]),
        ("四升五", [4, 5]),
        ("升五年了", []),
        ("六星", []),
        ("三个月", []),
    ],
)
def test_stars_are_found_and_counted(words: str, stars: list[int]) -> None:
    assert [figure(match) for match in STAR.finditer(words)] == stars


def every_marked(words: str) -> list[str]:
    return [marked(words, match.start(), match.end()) for match in STAR.finditer(words)]


def test_one_level_is_marked_and_the_others_beside_it() -> None:
    assert every_marked("现在三星，想冲四星") == ["现在甲星，想冲乙星", "现在乙星，想冲甲星"]


def test_which_level_it_is_tells_nothing() -> None:
    assert every_marked("现在三星，想冲四星") == every_marked("现在4星级，想冲★★★★★")


def test_only_the_words_near_a_level_are_kept() -> None:
    (one,) = every_marked("前" * 50 + "四星" + "后" * 50)
    assert one == "前" * 20 + "甲星" + "后" * 20


def lessons(text: str, **facts: int) -> list[tuple[str, str]]:
    return marked_levels([Said(text=text, facts=facts)])


def test_a_level_belongs_to_the_fact_whose_value_it_is() -> None:
    assert lessons("现在三星，想冲四星", current_star=3, applying_star=4) == [
        ("现在甲星，想冲乙星", "current_star"),
        ("现在乙星，想冲甲星", "applying_star"),
    ]


def test_of_the_same_level_twice_the_first_is_held() -> None:
    assert [owner for _, owner in lessons("四星再报一遍四星", current_star=4, applying_star=4)] == [
        "current_star",
        "applying_star",
    ]


def test_a_level_of_nobody_has_no_owner() -> None:
    assert lessons("三星的条件是什么") == [("甲星的条件是什么", "")]
    assert lessons("五星评不上，报四星", applying_star=4) == [
        ("甲星评不上，报乙星", ""),
        ("乙星评不上，报甲星", "applying_star"),
    ]


def test_a_level_of_which_none_is_held_is_no_owner() -> None:
    assert lessons("一颗星也没评上，想报三星", current_star=0, applying_star=3) == [
        ("甲星也没评上，想报乙星", ""),
        ("乙星也没评上，想报甲星", "applying_star"),
    ]


def test_phrases_without_stars_teach_nothing_of_levels() -> None:
    assert marked_levels([Said(text="账目清楚", facts={"sound_finance": True})]) == []
