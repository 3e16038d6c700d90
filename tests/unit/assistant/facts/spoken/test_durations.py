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


@pytest.mark.parametrize(
    "said",
    ["差几天满三年", "还差几天就满三年", "差几个月满三年", "满三年差几天", "三年还差几天", "差一两天满三年"],
)
def test_what_is_a_few_days_short_of_a_length_is_less(said: str) -> None:
    (length,) = find_durations(said)
    assert (length.months.lo, length.months.hi, length.months.open) == (None, Decimal(36), True)


@pytest.mark.parametrize("said", ["三年多", "3年多一点", "三年多一点点", "3年出头"])
def test_a_little_more_is_more(said: str) -> None:
    (length,) = find_durations(said)
    assert (length.start, length.end, length.months.lo) == (0, len(said), Decimal(36))


@pytest.mark.parametrize(
    ("said", "since_when"),
    [("三年零两天", "2020-02-04"), ("刚好3年零1天", "2020-02-05"), ("11个月零5天", "2022-03-01")],
)
def test_who_counts_days_is_not_off_by_a_month(said: str, since_when: str) -> None:
    assert since(find_durations(said)[0], AS_OF).exact == date.fromisoformat(since_when)


def test_a_round_age_is_still_taken_loosely() -> None:
    assert since(find_durations("刚好三年")[0], AS_OF).exact is None
    assert since(find_durations("差不多满三年")[0], AS_OF).hi == date(2020, 2, 6)
