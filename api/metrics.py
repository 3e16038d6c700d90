"""What Prometheus reads at `/metrics`. Labels have few values, whatever is asked, and none is a user's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from assistant.reply import ChatReply, ModelOutcome, UseOfModel

if TYPE_CHECKING:
    from prometheus_client.registry import Collector

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
CATEGORIES = 60
"""Categories that are told apart; with more packs than that the others are counted together."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_STEP_SECONDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)
_ANSWER_SECONDS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counts of one application, in a registry of its own; also the assistant's Meter."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._steps = Histogram(
            "shenbao_step_seconds",
            "Seconds that a step of the pipeline took",
            ["step"],
            registry=registry,
            buckets=_STEP_SECONDS,
        )
        self._answer = Histogram(
            "shenbao_answer_seconds",
            "Seconds from a message to its answer, kept",
            registry=registry,
            buckets=_ANSWER_SECONDS,
        )
        self._answers = Counter(
            "shenbao_answers",
            "Messages answered; those unresolved by route",
            ["route", "category", "verdict"],
            registry=registry,
        )
        self._requests = Counter(
            "shenbao_requests", "Requests ended", ["method", "path", "status"], registry=registry
        )
        self._refused = Counter(
            "shenbao_refused", "Requests refused or cut short by a limit", ["limit"], registry=registry
        )
        self._model_calls = Counter(
            "shenbao_model_calls", "Questions to a language model", ["task", "outcome"], registry=registry
        )
        self._model_tokens = Counter(
            "shenbao_model_tokens", "Tokens of a language model", ["task", "kind"], registry=registry
        )
        self._model_seconds = Histogram(
            "shenbao_model_seconds",
            "Seconds that a language model took",
            ["task"],
            registry=registry,
            buckets=_ANSWER_SECONDS,
        )
        self.in_flight = Gauge("shenbao_requests_in_flight", "Requests not ended yet", registry=registry)
        self.in_work = Gauge("shenbao_requests_in_work", "Requests being worked on", registry=registry)
        self.waiting = Gauge("shenbao_requests_waiting", "Requests waiting for a place", registry=registry)
        self._categories: set[str] = set()

    def watch(self, collector: Collector) -> None:
        """Read this off too whenever Prometheus asks."""
        self.registry.register(collector)

    def text(self) -> bytes:
        """All of it in Prometheus's text format."""
        return generate_latest(self.registry)

    def requested(self, method: str, path: str, status: int) -> None:
        """A request ended; the status 0 is that of one whose client left."""
        self._requests.labels(method if method in _METHODS else "other", path, str(status)).inc()

    def refused(self, limit: str) -> None:
        """A limit was reached."""
        self._refused.labels(limit).inc()

    def step_taken(self, step: str, seconds: float) -> None:
        """A step of the pipeline was taken."""
        self._steps.labels(step).observe(seconds)

    def answered(self, reply: ChatReply, seconds: float) -> None:
        """A message was answered and kept."""
        verdict = reply.eligibility.verdict if reply.eligibility else "none"
        self._answers.labels(reply.route, self._bounded(reply.category), verdict).inc()
        self._answer.observe(seconds)

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
        self._model_calls.labels(task, outcome).inc()
        self._model_tokens.labels(task, "prompt").inc(prompt_tokens)
        self._model_tokens.labels(task, "completion").inc(completion_tokens)
        self._model_seconds.labels(task).observe(seconds)

    def _bounded(self, category: str | None) -> str:
        if category is None:
            return "none"
        if category not in self._categories:
            if len(self._categories) >= CATEGORIES:
                return "other"
            self._categories.add(category)
        return category
