from concurrent.futures import ThreadPoolExecutor
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.budget import MONEY, TOKENS, Budget, InMemoryLedger, Prices

DAY = date(2023, 2, 20)


def test_a_question_that_the_day_does_not_hold_is_refused_and_counts_nothing():
    ledger = InMemoryLedger(lambda: DAY)
    budget = Budget(ledger, Prices(), daily_tokens=100, daily_cost=None)
    assert budget.set_aside(60, 30)
    assert budget.set_aside(10, 10) is None
    assert ledger.add(TOKENS, 0) == 90
    assert budget.set_aside(5, 5)


def test_what_was_set_aside_is_given_back_when_it_was_not_used():
    ledger = InMemoryLedger(lambda: DAY)
    budget = Budget(ledger, Prices(), daily_tokens=100, daily_cost=None)
    aside = budget.set_aside(50, 50)
    assert aside
    budget.settle(aside, 20, 5)
    assert ledger.add(TOKENS, 0) == 25


def test_money_is_a_budget_of_its_own_and_takes_the_tokens_back_with_it():
    ledger = InMemoryLedger(lambda: DAY)
    budget = Budget(ledger, Prices(read=1_000.0, written=2_000.0), daily_tokens=None, daily_cost=0.5)
    assert budget.set_aside(100, 100)
    assert ledger.add(MONEY, 0) == 30_000
    assert budget.set_aside(100, 100) is None
    assert (ledger.add(TOKENS, 0), ledger.add(MONEY, 0)) == (200, 30_000)


def test_a_new_day_begins_at_nothing():
    days = [DAY]
    budget = Budget(InMemoryLedger(lambda: days[0]), Prices(), daily_tokens=100, daily_cost=None)
    assert budget.set_aside(50, 50)
    assert budget.set_aside(1, 0) is None
    days[0] = date(2023, 2, 21)
    assert budget.set_aside(50, 50)


def test_many_at_once_never_exceed_the_day_together():
    ledger = InMemoryLedger(lambda: DAY)
    budget = Budget(ledger, Prices(), daily_tokens=1_000, daily_cost=None)
    with ThreadPoolExecutor(8) as pool:
        held = [aside for aside in pool.map(lambda _: budget.set_aside(30, 0), range(200)) if aside]
    assert ledger.add(TOKENS, 0) == 30 * len(held) <= 1_000


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(0, 800)), max_size=30))
def test_the_ledger_holds_exactly_what_was_used(questions):
    ledger = InMemoryLedger(lambda: DAY)
    budget = Budget(ledger, Prices(), daily_tokens=2_000, daily_cost=None)
    used = 0
    for tokens_in, tokens_out, really in questions:
        aside = budget.set_aside(tokens_in, tokens_out)
        if aside is not None:
            spent = min(really, tokens_in + tokens_out)
            budget.settle(aside, spent, 0)
            used += spent
        assert ledger.add(TOKENS, 0) == used <= 2_000
