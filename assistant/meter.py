"""What is measured while answering, as the pipeline tells it; how it is counted is for whoever listens.

Labels are few and fixed: steps by their names in the pipeline, outcomes by those of a reply.
"""

from __future__ import annotations

from typing import Protocol

from assistant.reply import ChatReply, ModelOutcome, UseOfModel


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
        task: UseOfModel,
        outcome: ModelOutcome,
        seconds: float,
        *,
        prompt_tokens: int = 0,
        completion_tokens: int = 0,
    ) -> None:
        """A language model was asked, or would have been."""
        ...


class Unmeasured:
    """Nobody listens: the shell, and the evaluation."""

    def step_taken(self, step: str, seconds: float) -> None:
        """Not counted."""

    def answered(self, reply: ChatReply, seconds: float) -> None:
        """Not counted."""

    def model_asked(
        self,
        task: UseOfModel,
        outcome: ModelOutcome,
        seconds: float,
        *,
        prompt_tokens: int = 0,
        completion_tokens: int = 0,
    ) -> None:
        """Not counted."""


UNMEASURED = Unmeasured()
