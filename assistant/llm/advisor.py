"""The advisor: a language model within its switches, budget, breaker and the patience of one turn."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from assistant.llm.breaker import Breaker
from assistant.llm.budget import Budget
from assistant.llm.model import LanguageModel, Prompt, Said, Silent
from assistant.llm.wording import Wording
from assistant.reply import ModelOutcome, ModelUse, UseOfModel
from knowledge.errors import ShenbaoError

LEAST_PATIENCE = 0.2
"""Seconds below which it is not worth asking."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Advice:
    """What the model said, empty where it said nothing, and the record of having asked."""

    text: str
    use: ModelUse

    def taken(self, taken: bool) -> ModelUse:
        """The record once it is known whether anything of the advice was taken."""
        if self.use.outcome != "heard":
            return self.use
        return self.use.model_copy(update={"outcome": "taken" if taken else "unused"})


@dataclass(frozen=True, slots=True)
class AdvisorTuning:
    """`seconds` are those of a whole turn, `concurrent` the questions that wait at once, `longest` an answer's tokens."""

    uses: frozenset[UseOfModel]
    seconds: float
    concurrent: int
    longest: int


class Advisor:
    """Asks the model, or does not: switched off, over budget, resting, busy, out of time. It never raises.

    `stopwatch` gives seconds that never run backwards.
    """

    def __init__(
        self,
        model: LanguageModel,
        budget: Budget,
        breaker: Breaker,
        wording: Wording,
        tuning: AdvisorTuning,
        stopwatch: Callable[[], float],
    ) -> None:
        self.wording = wording
        self._model, self._budget, self._breaker = model, budget, breaker
        self._tuning, self._stopwatch = tuning, stopwatch
        self._places = threading.BoundedSemaphore(tuning.concurrent)

    def helps(self, use: UseOfModel) -> bool:
        """Whether the model may be asked for this."""
        return use in self._tuning.uses

    def ask(self, use: UseOfModel, prompt: Prompt, before: Sequence[ModelUse]) -> Advice:
        """Ask within what `before` has left of the turn's patience."""
        began = self._stopwatch()
        patience = self._tuning.seconds - sum(each.seconds for each in before)
        answer = self._asked(prompt, patience) if patience >= LEAST_PATIENCE else "timeout"
        seconds = self._stopwatch() - began
        if isinstance(answer, Said):
            return Advice(answer.text, _use(use, "heard", seconds, answer))
        if isinstance(answer, Silent):
            return Advice("", _use(use, answer.cause, seconds, answer))
        return Advice("", _use(use, answer, seconds))

    def _asked(self, prompt: Prompt, seconds: float) -> Said | Silent | ModelOutcome:
        if not self._places.acquire(blocking=False):
            return "busy"
        try:
            if not self._breaker.permits():
                return "resting"
            return self._paid(prompt, seconds)
        finally:
            self._places.release()

    def _paid(self, prompt: Prompt, seconds: float) -> Said | Silent | ModelOutcome:
        """Asked on the day's budget, the breaker told what came of it."""
        try:
            aside = self._budget.set_aside(prompt.tokens, self._tuning.longest)
        except ShenbaoError as error:  # a ledger that does not answer cannot vouch for the budget
            _log.warning("budget unknown", error=str(error))
            aside = None
        if aside is None:
            self._breaker.released()
            return "over_budget"
        answer = self._model.ask(prompt, seconds)
        if isinstance(answer, Said):
            self._breaker.succeeded()
        else:
            self._breaker.failed(answer.retry_after)
        try:
            self._budget.settle(aside, answer.tokens_in, answer.tokens_out)
        except ShenbaoError as error:  # what was set aside stays used
            _log.warning("budget not settled", error=str(error))
        return answer


def _use(
    use: UseOfModel, outcome: ModelOutcome, seconds: float, answer: Said | Silent | None = None
) -> ModelUse:
    return ModelUse(
        use=use,
        outcome=outcome,
        seconds=round(seconds, 3),
        tokens_in=answer.tokens_in if answer else 0,
        tokens_out=answer.tokens_out if answer else 0,
    )
