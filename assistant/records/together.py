"""What several threads want done at once, done together: `Together`.

For what costs little more for eight than for one: a transaction that waits for the disk. Nobody waits for company. Who
finds nothing under way begins at once; who comes meanwhile is taken along by the next run, which the first of those
who wait begins.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

MOST = 32
"""Callers in one run."""

Wish = TypeVar("Wish")
Gift = TypeVar("Gift")


class _Asked(Generic[Wish, Gift]):
    """What one caller wants and what came of it; `told` is held until there is news for the caller."""

    __slots__ = ("done", "error", "given", "told", "wanted")

    def __init__(self, wanted: Wish) -> None:
        self.wanted, self.done, self.told = wanted, False, Lock()
        self.given: Gift
        self.error: BaseException | None = None


class Together(Generic[Wish, Gift]):
    """Calls `run`, what is wanted → what is given in the same order, one run at a time. Safe to share between threads.

    What one gets must not depend on the others. `run` does all or nothing: what fails for several is done again for
    each alone, so that a failure reaches its own caller and nobody else; failures `of_all` reach everybody.
    """

    def __init__(
        self, run: Callable[[list[Wish]], Sequence[Gift]], of_all: tuple[type[Exception], ...] = ()
    ) -> None:
        self._run, self._of_all = run, of_all
        self._guard = Lock()
        self._waiting: deque[_Asked[Wish, Gift]] = deque()
        self._busy = False

    def __call__(self, wanted: Wish) -> Gift:
        """What `run` gives for this. Raises what it raises for this alone."""
        mine: _Asked[Wish, Gift] = _Asked(wanted)
        mine.told.acquire()
        with self._guard:
            self._waiting.append(mine)
            leads, self._busy = not self._busy, True
        if not leads:
            mine.told.acquire()  # until it was done, or is the first of those who wait
        if not mine.done:
            self._lead()
        if mine.error is not None:
            raise mine.error
        return mine.given

    def _lead(self) -> None:
        """Do what the caller wants, the first of those who wait, and those behind; then let the next one lead."""
        with self._guard:
            taken = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        self._do(taken)
        with self._guard:
            self._busy = bool(self._waiting)
            if self._busy:
                self._waiting[0].told.release()
        for one in taken[1:]:
            one.told.release()

    def _do(self, taken: Sequence[_Asked[Wish, Gift]]) -> None:
        try:
            given = self._run([one.wanted for one in taken])
        except BaseException as error:
            again = len(taken) > 1 and isinstance(error, Exception) and not isinstance(error, self._of_all)
            for one in taken:
                if again:
                    self._do([one])
                else:
                    one.error, one.done = error, True
            return
        for one, own in zip(taken, given, strict=True):
            one.given, one.done = own, True
