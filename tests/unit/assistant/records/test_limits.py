from __future__ import annotations

import itertools
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
    told = []
    for _ in range(4):
        told.append(taken(records, MINUTE))
        clock.pass_(seconds=10)
    assert told == [None, None, None, 30]
    assert taken(records, MINUTE) == 20
    clock.pass_(seconds=19.5)
    assert taken(records, MINUTE) == 1
    clock.pass_(seconds=0.5)
    assert taken(records, MINUTE) is None
    assert taken(records, MINUTE) == 10


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


steps = st.lists(
    st.tuples(st.sampled_from([0, 1, 7.25, 20, 29.999, 30, 59.5, 60, 61]), st.booleans()), max_size=40
)


@given(steps)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_minute_sees_more_than_the_limit_and_the_time_told_is_the_first_that_will_do(fixed, steps):
    records, clock, names = fixed
    budget = Budget(f"visitor {next(names)}", 3, "minute", "太快")
    let_in = []
    for wait, patient in steps:
        clock.pass_(seconds=wait)
        again = taken(records, budget)
        if again is not None and patient:
            if again > 1:
                clock.pass_(seconds=again - 1)
                assert taken(records, budget) is not None
                clock.pass_(seconds=-(again - 1))
            clock.pass_(seconds=again)
            again = taken(records, budget)
            assert again is None
        if again is None:
            let_in.append(clock())
        recent = [at for at in let_in if (clock() - at).total_seconds() < 60]
        assert len(recent) <= budget.limit
        assert again is None or len(recent) == budget.limit


@pytest.fixture
def fixed(opened, clock):
    """One database for all examples."""
    return opened(), clock, itertools.count()


def test_what_was_let_in_is_kept_for_a_minute_and_no_more_than_the_limit(records, clock):
    def kept():
        with records.database.read() as session:
            return session.connection().exec_driver_sql("SELECT count(*) FROM admissions").scalar()

    for _ in range(50):
        taken(records, MINUTE)
    assert kept() == 3
    clock.pass_(minutes=1)
    taken(records, MINUTE)
    assert kept() == 1
    for n in range(20):
        taken(records, Budget(f"visitor {n}", 3, "minute", "太快"))
    assert kept() == 21
    clock.pass_(minutes=1)
    records.pruning.prune("shell")
    assert kept() == 0


def test_a_visitor_who_asks_too_much_takes_nothing_from_others(records):
    others = Budget("visitor z", 3, "minute", "太快")
    for _ in range(10):
        taken(records, MINUTE, DAY)
    assert taken(records, others, DAY) is None


def test_processes_at_once_let_no_more_in_than_the_limit(opened):
    many = Budget("visitor b", 7, "minute", "太快")
    processes = [opened() for _ in range(4)]
    gate, results = threading.Barrier(4), []

    def ask(records):
        gate.wait(10)
        results.extend(taken(records, many) for _ in range(5))

    threads = [threading.Thread(target=ask, args=(records,)) for records in processes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(result is None for result in results) == 7
    assert len(results) == 20


def test_the_refusal_says_what_is_full(records):
    for _ in range(3):
        taken(records, MINUTE)
    with pytest.raises(LimitReached, match="太快"):
        records.limits.take([MINUTE])
