"""Texts that several threads want encoded at once, in one run of the model.

A run streams all weights whatever it is given: eight texts together take half the time that they take one by one.
Nobody waits for company. Who finds the model idle runs it at once; who comes while it is busy is taken along by the
next run, which the first of those who wait begins.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.retrieval.encoder import Vectors

MOST_TEXTS = 64
"""Texts in one run of several callers; whoever wants more runs alone."""


class _Asked:
    """The texts of one caller, and what became of them. `told` is held until there is news for the caller."""

    __slots__ = ("error", "rows", "texts", "told")

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.rows: Vectors | None = None
        self.error: BaseException | None = None
        self.told = Lock()


class Together:
    """Calls `run`, texts → one row each, for one set of callers at a time. Safe to share between threads.

    A text's row must not depend on the others. What fails for several is run for each alone, so that a failure
    reaches its own caller and nobody else.
    """

    def __init__(self, run: Callable[[list[str]], Vectors]) -> None:
        self._run = run
        self._guard = Lock()
        self._waiting: deque[_Asked] = deque()
        self._busy = False

    def __call__(self, texts: list[str]) -> Vectors:
        """The rows of these texts. Raises what `run` raises for them."""
        mine = _Asked(texts)
        with self._guard:
            self._waiting.append(mine)
            leads, self._busy = not self._busy, True
            if not leads:
                mine.told.acquire()
        if not leads:
            mine.told.acquire()  # until somebody has run it, or it is the first of those who wait
        if mine.rows is None and mine.error is None:
            self._lead()
        if mine.error is not None:
            raise mine.error
        assert mine.rows is not None  # noqa: S101 - the run has set one of the two
        return mine.rows

    def _lead(self) -> None:
        """Run the model for oneself, the first of those who wait, and for those behind; then let the next one lead."""
        with self._guard:
            taken = [self._waiting.popleft()]
            room = MOST_TEXTS - len(taken[0].texts)
            while self._waiting and (room := room - len(self._waiting[0].texts)) >= 0:
                taken.append(self._waiting.popleft())
        try:
            self._encode(taken)
        finally:
            with self._guard:
                self._busy = bool(self._waiting)
                if self._busy:
                    self._waiting[0].told.release()
            for one in taken[1:]:
                one.told.release()

    def _encode(self, taken: list[_Asked]) -> None:
        try:
            rows = self._run([text for one in taken for text in one.texts])
        except BaseException as error:
            for one in taken:
                if len(taken) > 1 and isinstance(error, Exception):
                    self._encode([one])
                else:
                    one.error = error
            return
        end = 0
        for one in taken:
            begin, end = end, end + len(one.texts)
            one.rows = rows[begin:end]
