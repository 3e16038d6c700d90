from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts.spoken.days import in_known_year, in_year, months_before, shift_years
from knowledge.facts import DateRange

DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31))


@given(DAYS, st.integers(0, 60))
def test_months_before_keeps_the_day_or_takes_the_last_of_the_month(day: date, months: int) -> None:
    before = months_before(day, Decimal(months))
    assert (day.year * 12 + day.month) - (before.year * 12 + before.month) == months
    assert before.day == day.day or (before + timedelta(days=1)).day == 1


def test_shifting_years_takes_the_last_of_february_where_there_is_no_leap_day() -> None:
    leap = DateRange.exactly(date(2020, 2, 29))
    assert shift_years(leap, 3) == DateRange.exactly(date(2023, 2, 28))


def test_the_same_days_of_another_year() -> None:
    assert in_year(DateRange(date(2023, 2, 1), date(2023, 2, 28)), 2019) == DateRange(
        date(2019, 2, 1), date(2019, 2, 28)
    )
    assert in_year(DateRange(None, date(2023, 2, 1)), 2019) == DateRange(None, date(2019, 2, 1))
    assert in_year(DateRange.exactly(date(2020, 2, 29)), 2019) is None


@pytest.mark.parametrize(
    ("month", "known", "expected"),
    [
        ((3, 3), ("2020-01-01", "2020-12-31"), "2020-03"),
        ((3, 3), ("2020-01-01", "2021-12-31"), None),
        ((3, 3), ("2020-05-01", "2020-12-31"), None),
    ],
)
def test_days_without_their_year_lie_in_the_one_year_in_which_they_fit(
    month: tuple[int, int], known: tuple[str, str], expected: str | None
) -> None:
    said = DateRange(date(2022, month[0], 1), date(2022, month[1], 31))
    moved = in_known_year(said, DateRange(date.fromisoformat(known[0]), date.fromisoformat(known[1])))
    assert (moved and str(moved.lo)[:7]) == expected
