"""Stars in a phrase."""

from __future__ import annotations

import pytest

from assistant.facts.spoken.stars import STAR, figure


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
