"""Two ratios: how long a start takes beside its own imports, and an answer beside LangChain's retriever."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evals.ports import free_port
from knowledge.models import Frozen

if TYPE_CHECKING:
    from knowledge.retrieval.search import ClauseIndex

IMPORTS = "import chromadb, langchain_chroma, fastapi"
SPARE_SECONDS = 1.0
"""A start may take 1.5 times its imports and this."""
WARM_UP = "预热"
"""Asked before the clock runs."""
PATIENCE = 120.0
"""Seconds after which a service that never gets ready is given up."""


class BenchResult(Frozen):
    """Medians in seconds and milliseconds. A None was not measured."""

    imports_seconds: float | None
    start_seconds: float | None
    retriever_milliseconds: float
    search_milliseconds: float
    answer_milliseconds: float | None

    @property
    def start_ratio(self) -> float | None:
        """Start, less the spare second, over the imports; bound 1.5."""
        if self.start_seconds is None or not self.imports_seconds:
            return None
        return max(0.0, self.start_seconds - SPARE_SECONDS) / self.imports_seconds

    @property
    def search_ratio(self) -> float:
        """A fused search over LangChain's retriever on the same index and model; bound 2."""
        return self.search_milliseconds / self.retriever_milliseconds

    @property
    def answer_ratio(self) -> float | None:
        """A whole answer over LangChain's retriever; bound 2."""
        return (
            None
            if self.answer_milliseconds is None
            else self.answer_milliseconds / self.retriever_milliseconds
        )


@dataclass(frozen=True, slots=True)
class StartCommand:
    """How a service is started: its arguments for a port, and its environment."""

    arguments: Callable[[int], Sequence[str]]
    environment: dict[str, str]

    @classmethod
    def shenbao(cls, **settings: str) -> StartCommand:
        """`shenbao serve` of this environment, with settings such as SHENBAO_INDEX_ROOT."""
        command = str(Path(sys.executable).with_name("shenbao"))
        return cls(lambda port: (command, "serve", "--port", str(port)), {**os.environ, **settings})


def run_bench(
    index: ClauseIndex,
    questions: Sequence[str],
    answer: Callable[[str], object] | None = None,
    start: StartCommand | None = None,
    rounds: int = 3,
) -> BenchResult:
    """Measure on an open index; `answer` is the assistant's own way from question to reply.

    The ways take turns, so that a busy machine slows all of them, and no text is asked twice, so that nothing
    remembered helps. The start is measured with the index already built. Raises TimeoutError for a service
    that does not get ready.
    """
    ways: list[Callable[[str], object]] = [
        index.retriever().invoke,
        index.search,
        *([answer] if answer else []),
    ]
    taken: list[list[float]] = [[] for _ in ways]
    for way in ways:
        way(WARM_UP)
    for number in range(rounds):
        for question in questions:
            for place, way in enumerate(ways):
                taken[place].append(_milliseconds(way, question + "？" * number + "！" * place))
    retriever, search, *answers = (statistics.median(times) for times in taken)
    imports, started = _start_times(start, rounds) if start else (None, None)
    return BenchResult(
        imports_seconds=imports,
        start_seconds=started,
        retriever_milliseconds=retriever,
        search_milliseconds=search,
        answer_milliseconds=answers[0] if answers else None,
    )


def _milliseconds(way: Callable[[str], object], question: str) -> float:
    began = time.perf_counter()
    way(question)
    return (time.perf_counter() - began) * 1000


def _start_times(start: StartCommand, rounds: int) -> tuple[float, float]:
    """Medians of the bare imports and of the start, taken in turns, so that a busy machine slows both."""
    imports, starts = [], []
    for _ in range(rounds):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", IMPORTS], check=True)  # noqa: S603 - our own interpreter
        imports.append(time.perf_counter() - began)
        starts.append(_time_to_ready(start))
    return statistics.median(imports), statistics.median(starts)


def _time_to_ready(start: StartCommand) -> float:
    port = free_port()
    began = time.perf_counter()
    with _running(start, port) as process:
        while not _ready(port):
            if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise TimeoutError(f"not ready after {PATIENCE} s, exit status {process.poll()}")
            time.sleep(0.02)
        return time.perf_counter() - began


@contextmanager
def _running(start: StartCommand, port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603 - our own command
        list(start.arguments(port)),
        env=start.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
