"""A circuit breaker: after repeated failure nobody is asked for a while, then one question tries again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BreakerTuning:
    """`failures` in a row open it for `rest` seconds; an endpoint may ask for up to `longest_rest`."""

    failures: int = 3
    rest: float = 30.0
    longest_rest: float = 600.0


class Breaker:
    """Closed: questions pass. Open: none does. Half open: one does, and what comes of it decides.

    `clock` gives seconds that never run backwards. Safe to use from several threads.
    """

    def __init__(self, clock: Callable[[], float], tuning: BreakerTuning = BreakerTuning()) -> None:
        self._clock, self._tuning = clock, tuning
        self._guard = threading.Lock()
        self._failed = 0
        self._rests_until: float | None = None
        self._trying = False

    def permits(self) -> bool:
        """Whether a question may be asked now; whoever is told so tells what came of it."""
        with self._guard:
            if self._rests_until is None:
                return True
            if self._trying or self._clock() < self._rests_until:
                return False
            self._trying = True
            return True

    def released(self) -> None:
        """The question was not asked after all."""
        with self._guard:
            self._trying = False

    def succeeded(self) -> None:
        """The model answered."""
        with self._guard:
            self._failed, self._rests_until, self._trying = 0, None, False

    def failed(self, retry_after: float | None = None) -> None:
        """The model did not answer; `retry_after` are the seconds for which it asked to be left alone."""
        with self._guard:
            self._failed += 1
            tried, self._trying = self._trying, False
            if tried or retry_after is not None or self._failed >= self._tuning.failures:
                rest = max(self._tuning.rest, min(retry_after or 0.0, self._tuning.longest_rest))
                self._rests_until = self._clock() + rest
