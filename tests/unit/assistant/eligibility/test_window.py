"""Days of application and the state of the window, day by day at the edges."""

from datetime import date

import pytest

from assistant.eligibility import application_days, window_status

FEB_6, FEB_28, APR_17 = date(2023, 2, 6), date(2023, 2, 28), date(2023, 4, 17)


@pytest.mark.parametrize(
    ("category", "as_of", "status"),
    [
        ("platform", date(2023, 2, 5), "not_open"),
        ("platform", FEB_6, "open"),
        ("benchmark_factory", FEB_28, "open"),
        ("benchmark_factory", date(2023, 3, 1), "closed"),
        ("star_cloud", date(2023, 2, 5), "not_open"),
        ("star_cloud", FEB_6, "set_locally"),
        ("star_cloud", date(2023, 3, 1), "set_locally"),
        ("star_cloud", APR_17, "set_locally"),
        ("star_cloud", date(2023, 4, 18), "closed"),
    ],
)
def test_window_status(pack, category, as_of, status):
    assert window_status(pack.notice, category, as_of) == status


@pytest.mark.parametrize(
    ("category", "as_of", "days"),
    [
        ("platform", date(2023, 1, 15), (FEB_6, FEB_28)),
        ("platform", date(2023, 2, 10), (date(2023, 2, 10), FEB_28)),
        ("platform", FEB_28, (FEB_28, FEB_28)),
        ("benchmark_factory", date(2026, 11, 22), (FEB_28, FEB_28)),
        ("star_cloud", date(2023, 3, 20), (date(2023, 3, 20), APR_17)),
        ("star_cloud", date(2026, 11, 22), (APR_17, APR_17)),
    ],
)
def test_days_of_application(pack, category, as_of, days):
    assert application_days(pack.notice, category, as_of) == days


def test_a_notice_without_windows_is_applied_for_on_the_day_of_asking(pack):
    notice = pack.notice.model_copy(update={"windows": ()})
    assert window_status(notice, "platform", FEB_6) is None
    assert application_days(notice, "platform", FEB_6) == (FEB_6, FEB_6)
