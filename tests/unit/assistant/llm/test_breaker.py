import pytest

from assistant.llm.breaker import Breaker, BreakerTuning


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(clock, BreakerTuning(failures=3, rest=30.0, longest_rest=600.0))


def fail(breaker: Breaker, times: int, retry_after: float | None = None) -> None:
    for _ in range(times):
        assert breaker.permits()
        breaker.failed(retry_after)


def test_it_rests_after_three_failures_in_a_row(breaker):
    fail(breaker, 3)
    assert not breaker.permits()


def test_an_answer_in_between_starts_the_count_anew(breaker):
    fail(breaker, 2)
    breaker.succeeded()
    fail(breaker, 2)
    assert breaker.permits()


def test_after_the_rest_one_question_tries_and_an_answer_closes_it(breaker, clock):
    fail(breaker, 3)
    clock.now = 30.0
    assert breaker.permits()
    assert not breaker.permits(), "only one at a time"
    breaker.succeeded()
    assert breaker.permits()
    assert breaker.permits()


def test_a_trial_that_fails_begins_another_rest(breaker, clock):
    fail(breaker, 3)
    clock.now = 30.0
    fail(breaker, 1)
    assert not breaker.permits()
    clock.now = 59.9
    assert not breaker.permits()
    clock.now = 60.0
    assert breaker.permits()


def test_a_trial_that_was_not_asked_after_all_leaves_the_place_to_another(breaker, clock):
    fail(breaker, 3)
    clock.now = 30.0
    assert breaker.permits()
    breaker.released()
    assert breaker.permits()


@pytest.mark.parametrize(("asked", "rests"), [(1.0, 30.0), (90.0, 90.0), (86_400.0, 600.0)])
def test_the_endpoint_is_left_alone_for_as_long_as_it_asks_within_bounds(breaker, clock, asked, rests):
    fail(breaker, 1, retry_after=asked)
    clock.now = rests - 0.1
    assert not breaker.permits()
    clock.now = rests
    assert breaker.permits()
