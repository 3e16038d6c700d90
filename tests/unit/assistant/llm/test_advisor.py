import threading

import pytest

from assistant.llm.advisor import Advisor, AdvisorTuning
from assistant.llm.breaker import Breaker
from assistant.llm.budget import TOKENS, Budget, InMemoryLedger, Prices
from assistant.llm.model import Prompt, Said, Silent
from assistant.reply import ModelUse
from knowledge.errors import StorageUnavailable

PROMPT = Prompt("任务", "材料")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Scripted:
    """Answers what it is told to, and takes as long as it is told to."""

    def __init__(self, clock: Clock, *answers: Said | Silent, takes: float = 0.0) -> None:
        self.clock, self.answers, self.takes = clock, list(answers), takes
        self.patience: list[float] = []

    def ask(self, prompt: Prompt, seconds: float) -> Said | Silent:
        self.patience.append(seconds)
        self.clock.now += min(self.takes, seconds)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def clock() -> Clock:
    return Clock()


def advisor(model, clock, wording, *, seconds=8.0, daily_tokens=None, ledger=None, concurrent=4) -> Advisor:
    kept = ledger or InMemoryLedger(lambda: None)
    budget = Budget(kept, Prices(), daily_tokens, None)
    tuning = AdvisorTuning(frozenset({"read", "phrase"}), seconds, concurrent, longest=100)
    return Advisor(model, budget, Breaker(clock), wording, tuning, clock)


def test_each_use_has_a_switch_of_its_own(clock, wording):
    asked = advisor(Scripted(clock, Said("好", 1, 1)), clock, wording)
    assert [asked.helps(use) for use in ("read", "rewrite", "phrase")] == [True, False, True]


def test_what_is_asked_later_in_a_turn_has_only_the_time_that_is_left(clock, wording):
    model = Scripted(clock, Said("好", 1, 1), takes=5.0)
    asked = advisor(model, clock, wording)
    first = asked.ask("read", PROMPT, ())
    second = asked.ask("phrase", PROMPT, (first.use,))
    third = asked.ask("phrase", PROMPT, (first.use, second.use))
    assert model.patience == [8.0, 3.0]
    assert (third.text, third.use.outcome, clock.now) == ("", "timeout", 8.0)


def test_a_failing_model_is_left_alone_and_asked_again_later(clock, wording):
    model = Scripted(clock, *[Silent("unavailable")] * 3, Said("好", 1, 1))
    asked = advisor(model, clock, wording)
    outcomes = [asked.ask("read", PROMPT, ()).use.outcome for _ in range(5)]
    assert outcomes == ["unavailable"] * 3 + ["resting"] * 2
    clock.now += 31
    assert asked.ask("read", PROMPT, ()).use.outcome == "heard"


def test_a_rate_limit_is_respected_at_once(clock, wording):
    asked = advisor(Scripted(clock, Silent("rate_limited", retry_after=120.0)), clock, wording)
    assert asked.ask("read", PROMPT, ()).use.outcome == "rate_limited"
    clock.now += 100
    assert asked.ask("read", PROMPT, ()).use.outcome == "resting"


def test_over_budget_nobody_is_asked_and_the_breaker_stays_free(clock, wording):
    ledger = InMemoryLedger(lambda: None)
    model = Scripted(clock, Said("好", 3, 1))
    asked = advisor(model, clock, wording, daily_tokens=110, ledger=ledger)
    assert asked.ask("read", PROMPT, ()).use.outcome == "heard"
    assert ledger.add(TOKENS, 0) == 4
    ledger.add(TOKENS, 10)
    assert [asked.ask("read", PROMPT, ()).use.outcome for _ in range(3)] == ["over_budget"] * 3
    assert len(model.patience) == 1


def test_a_ledger_that_does_not_answer_vouches_for_nothing_and_fails_nobody(clock, wording):
    class Broken:
        def add(self, name: str, amount: int) -> int:
            raise StorageUnavailable("数据库没有应答")

    asked = advisor(Scripted(clock, Said("好", 1, 1)), clock, wording, ledger=Broken())
    assert asked.ask("read", PROMPT, ()).use.outcome == "over_budget"


def test_more_than_may_wait_are_answered_without_it_at_once(clock, wording):
    entered, leave = threading.Event(), threading.Event()

    class Slow:
        def ask(self, prompt: Prompt, seconds: float) -> Said | Silent:
            entered.set()
            leave.wait(5)
            return Said("好", 1, 1)

    asked = advisor(Slow(), clock, wording, concurrent=1)
    thread = threading.Thread(target=lambda: asked.ask("read", PROMPT, ()))
    thread.start()
    assert entered.wait(5)
    assert asked.ask("read", PROMPT, ()).use.outcome == "busy"
    leave.set()
    thread.join(5)
    assert asked.ask("read", PROMPT, ()).use.outcome == "heard"


def test_the_record_tells_whether_the_advice_was_taken(clock, wording):
    heard = advisor(Scripted(clock, Said("好", 7, 2)), clock, wording).ask("read", PROMPT, ())
    taken = ModelUse(use="read", outcome="taken", seconds=0.0, tokens_in=7, tokens_out=2)
    assert heard.taken(True) == taken
    assert heard.taken(False).outcome == "unused"
    silent = advisor(Scripted(clock, Silent("empty", 5)), clock, wording).ask("read", PROMPT, ())
    assert silent.taken(False).outcome == "empty"
