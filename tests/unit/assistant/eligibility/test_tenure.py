"""Full years since a day: anniversaries, and the statuses of a day or a range of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.tenure import anniversary, complete_on, tenure_status
from knowledge.facts import DateRange

EARLIEST, LAST = date(2023, 2, 10), date(2023, 2, 28)
DAYS = st.dates(date(2015, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("day", "years", "complete"),
    [
        (date(2020, 2, 20), 3, date(2023, 2, 20)),
        (date(2020, 2, 29), 3, date(2023, 2, 28)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
        (date(2020, 3, 1), 3, date(2023, 3, 1)),
        (date(2022, 12, 31), 1, date(2023, 12, 31)),
    ],
)
def test_an_anniversary_of_29_february_is_28_february_in_a_common_year(day, years, complete):
    assert anniversary(day, years) == complete


@pytest.mark.parametrize(
    ("registered", "status"),
    [
        (date(2020, 2, 10), "met"),
        (date(2020, 2, 11), "needs_confirmation"),
        (date(2020, 2, 28), "needs_confirmation"),
        (date(2020, 2, 29), "needs_confirmation"),
        (date(2020, 3, 1), "not_met"),
    ],
)
def test_completion_is_held_against_the_days_of_application(registered, status):
    assert tenure_status(complete_on(DateRange.exactly(registered), 3), EARLIEST, LAST) == status


@given(DAYS, st.integers(0, 500), st.sampled_from([1, 3]))
def test_a_range_is_decided_exactly_when_all_its_days_agree(lo, length, years):
    days = [lo + timedelta(days=k) for k in range(length + 1)]
    each = {tenure_status(complete_on(DateRange.exactly(day), years), EARLIEST, LAST) for day in days}
    whole = tenure_status(complete_on(DateRange(lo, days[-1]), years), EARLIEST, LAST)
    assert whole == (each.pop() if len(each) == 1 else "unknown")


def test_an_open_range_is_decided_only_on_its_safe_side():
    assert tenure_status(complete_on(DateRange(None, date(2019, 12, 31)), 3), EARLIEST, LAST) == "met"
    assert tenure_status(complete_on(DateRange(date(2019, 1, 1), None), 3), EARLIEST, LAST) == "unknown"
    assert tenure_status(complete_on(DateRange(date(2021, 1, 1), None), 3), EARLIEST, LAST) == "not_met"
    assert tenure_status(complete_on(DateRange(None, date(2022, 1, 1)), 3), EARLIEST, LAST) == "unknown"
