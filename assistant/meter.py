"""What is measured while answering, as the pipeline tells it; how it is counted is for whoever listens.

Labels are few and fixed: steps by their names in the pipeline, outcomes by the literals below.
"""

from __future__ import annotations

from typing import Literal, Protocol

from assistant.reply import ChatReply

ModelOutcome = Literal["used", "refused", "failed", "timeout", "limited", "over_budget", "skipped"]
"""What became of asking a language model: its words were used; refused by the verifier; the endpoint failed, was too
slow or turned us away; the day's budget was spent; the circuit was open."""


class Meter(Protocol):
    """Listens. Implementations are safe to use from several threads and raise nothing."""

    def step_taken(self, step: str, seconds: float) -> None:
        """A step of the pipeline was taken."""
        ...

    def answered(self, reply: ChatReply, seconds: float) -> None:
        """A message was answered and kept."""
        ...

    def model_asked(
        self,
        task: str,
        outcome: ModelOutcome,
        seconds: float,
        *,
        prompt_tokens: int = 0,
        completion_tokens: int = 0,
    ) -> None:
        """A language model was asked, or would have been; `task` is one of the few things that it may do."""
        ...


class Unmeasured:
    """Nobody listens: the shell, and the evaluation."""

    def step_taken(self, step: str, seconds: float) -> None:
        """Not counted."""

    def answered(self, reply: ChatReply, seconds: float) -> None:
        """Not counted."""

    def model_asked(
        self,
        task: str,
        outcome: ModelOutcome,
        seconds: float,
        *,
        prompt_tokens: int = 0,
        completion_tokens: int = 0,
    ) -> None:
        """Not counted."""


UNMEASURED = Unmeasured()
