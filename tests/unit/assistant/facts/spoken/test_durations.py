from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_numerals import render_numeral

from assistant.facts.spoken.days import months_before
from assistant.facts.spoken.durations import find_durations, since
from knowledge.facts import DateRange

AS_OF = date(2023, 2, 6)


@given(st.integers(1, 60), st.sampled_from(["arabic", "chinese", "spoken"]))
def test_an_age_in_years_holds_the_anniversary(years: int, style: str) -> None:
    said = render_numeral(years, style)  # type: ignore[arg-type]
    duration = find_durations(f"成立{said}年了")[0]
    days = since(duration, AS_OF)
    assert days.lo is not None
    assert days.hi is not None
    assert days.lo <= months_before(AS_OF, Decimal(12 * years)) <= days.hi


@given(st.integers(1, 40))
def test_the_bounds_of_an_age_meet_on_the_anniversary(years: int) -> None:
    full = since(find_durations(f"满{years}年")[0], AS_OF)
    under = since(find_durations(f"不到{years}年")[0], AS_OF)
    anniversary = months_before(AS_OF, Decimal(12 * years))
    assert full == DateRange(None, anniversary)
    assert under == DateRange(anniversary + timedelta(days=1), AS_OF)


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("俩月", "2", "2"),
        ("仨月", "3", "3"),
        ("三个来月", "2", "4"),
        ("一整年", "12", "12"),
        ("两周岁", "24", "24"),
        ("一百天", "3.3", "3.4"),
        ("三个月零三天", "3.1", "3.1"),
        ("三年零两天", "36", "36.1"),
    ],
)
def test_lengths_as_people_say_them(said: str, least: str, most: str) -> None:
    months = find_durations(said)[0].months
    assert months.lo is not None
    assert months.hi is not None
    assert Decimal(least) <= months.lo <= months.hi <= Decimal(most)
