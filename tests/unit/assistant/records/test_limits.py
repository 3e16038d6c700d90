from __future__ import annotations

import threading

import pytest

from assistant.records.limits import Budget
from knowledge.errors import LimitReached

MINUTE = Budget("visitor a", 3, "minute", "太快")
DAY = Budget("channel c", 5, "day", "今天已满")


def taken(records, *budgets):
    try:
        records.limits.take(budgets)
    except LimitReached as told:
        return told.retry_after
    return None


def test_beyond_its_budget_a_request_is_told_when_to_come_back(records, clock):
    clock.pass_(seconds=18)
    assert [taken(records, MINUTE) for _ in range(4)] == [None, None, None, 42]
    clock.pass_(seconds=41)
    assert taken(records, MINUTE) == 1
    clock.pass_(seconds=1)
    assert taken(records, MINUTE) is None


def test_a_refused_request_counts_nowhere(records, clock):
    for _ in range(3):
        taken(records, MINUTE, DAY)
    for _ in range(10):
        assert taken(records, MINUTE, DAY) is not None
    clock.pass_(minutes=1)
    assert [taken(records, MINUTE, DAY) is None for _ in range(3)] == [True, True, False]


def test_a_day_ends_at_midnight_in_beijing(records, clock):
    for _ in range(5):
        assert taken(records, DAY) is None
    assert taken(records, DAY) == 12 * 3600
    clock.pass_(hours=12)
    assert taken(records, DAY) is None


def test_budgets_are_shared_by_all_processes(opened):
    one, other = opened(), opened()
    assert [taken(one, MINUTE), taken(other, MINUTE), taken(one, MINUTE)] == [None] * 3
    assert taken(other, MINUTE)


def test_requests_at_once_are_counted_each(records):
    many = Budget("visitor b", 25, "minute", "太快")
    all_day = Budget("channel d", 12, "day", "今天已满")
    results = []

    def ask():
        results.extend(taken(records, many, all_day) for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(result is None for result in results) == 12


def test_what_was_used_up_long_ago_is_not_kept(records, clock):
    taken(records, MINUTE, DAY)
    clock.pass_(days=3)
    taken(records, DAY)
    with records.database.read() as session:
        kept = session.connection().exec_driver_sql("SELECT count(*) FROM usage").scalar()
    assert kept == 1


def test_the_refusal_says_what_is_full(records):
    for _ in range(3):
        taken(records, MINUTE)
    with pytest.raises(LimitReached, match="太快"):
        records.limits.take([MINUTE])
