from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from assistant.records.together import MOST, Together

PATIENCE = 20.0


class Work:
    """Gives the lengths of words; the first run waits until it is let go, and 坏 fails."""

    def __init__(self) -> None:
        self.runs: list[list[str]] = []
        self.begun, self.go_on = Event(), Event()

    def __call__(self, words: list[str]) -> list[int]:
        self.runs.append(words)
        if len(self.runs) == 1:
            self.begun.set()
            assert self.go_on.wait(PATIENCE)
        if "坏" in words:
            raise ValueError("坏")
        return [len(word) for word in words]


def asked_while_busy(work: Work, wanted: list[str]):
    """What became of each word, all asked in this order while the first run goes on."""
    together = Together(work)
    with ThreadPoolExecutor(len(wanted) + 1) as threads:
        first = threads.submit(together, "先")
        assert work.begun.wait(PATIENCE)
        asked = []
        for number, word in enumerate(wanted, 1):
            asked.append(threads.submit(together, word))
            while len(together._waiting) < number:
                time.sleep(0.001)
        work.go_on.set()
        assert first.result(PATIENCE) == 1
        for one in asked:
            one.exception(PATIENCE)
    return asked


def test_who_comes_during_a_run_is_taken_along_by_the_next():
    work = Work()
    asked = asked_while_busy(work, ["一", "二二", "三三三"])
    assert [one.result() for one in asked] == [1, 2, 3]
    assert work.runs == [["先"], ["一", "二二", "三三三"]]


def test_a_failure_reaches_its_own_caller_alone():
    asked = asked_while_busy(Work(), ["一", "坏", "二二"])
    assert (asked[0].result(), asked[2].result()) == (1, 2)
    with pytest.raises(ValueError, match="坏"):
        asked[1].result()


def test_a_failure_leaves_the_way_free_for_the_next():
    work = Work()
    work.go_on.set()
    together = Together(work)
    with pytest.raises(ValueError, match="坏"):
        together("坏")
    assert together("好好") == 2


def test_a_run_is_bounded_and_nobody_is_left_behind():
    work = Work()
    asked = asked_while_busy(work, ["多"] * (2 * MOST + 1))
    assert [one.result() for one in asked] == [1] * (2 * MOST + 1)
    assert [len(run) for run in work.runs] == [1, MOST, MOST, 1]
