"""The memory of a serving process stays where it is, however many people it has answered.

`SHENBAO_SOAK_MINUTES` (30) makes it shorter; figures go to build/soak/memory.json.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the module below belongs to no package

import postgresql as debian
from house import SHENBAO, wait_for

from evals.cases import load_cases
from evals.load.clients import at_rate, contents
from evals.split import CASE_FILES, EVALS

MINUTES = float(os.environ.get("SHENBAO_SOAK_MINUTES", "30"))
RATE = 20.0
"""Questions a second."""
EVERY = 5.0
WARM = 0.2
"""The share of the time in which caches fill, and which is left out of the slope."""
MOST_GROWTH = 0.05
"""Of its size, in the whole time."""
PAGE = os.sysconf("SC_PAGE_SIZE") / 2**20

pytestmark = [pytest.mark.soak, pytest.mark.timeout(int(MINUTES * 60) + 900)]


class Scale(threading.Thread):
    """Weighs a process every five seconds, in MiB: all that is resident, and of that what is no mapped file."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._file, self.over = Path(f"/proc/{pid}/statm"), threading.Event()
        self.weights: list[float] = []
        self.own: list[float] = []

    def run(self) -> None:
        while not self.over.wait(EVERY):
            pages = self._file.read_text().split()
            self.weights.append(int(pages[1]) * PAGE)
            self.own.append((int(pages[1]) - int(pages[2])) * PAGE)


@pytest.fixture(scope="module")
def served(index_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Port and process id of a service with its own records."""
    folder, port = tmp_path_factory.mktemp("memory"), debian.free_port()
    environment = os.environ | {
        "SHENBAO_INDEX_ROOT": str(index_root),
        "SHENBAO_DATABASE": f"sqlite:///{folder}/kept.db",
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [SHENBAO, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", 600)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(60)


def test_memory_is_flat_while_everybody_is_answered(served):
    port, pid = served
    questions = [case.text for case in load_cases(EVALS / CASE_FILES[0]) if case.half == "dev"]
    bodies = contents(questions, lambda question: {"message": question, "as_of": "2023-02-20"})
    scale = Scale(pid)
    scale.start()
    heard = asyncio.run(at_rate((port,), "/v1/chat", bodies, RATE, MINUTES * 60))
    scale.over.set()
    scale.join()
    settled = scale.weights[int(len(scale.weights) * WARM) :]
    slope = statistics.linear_regression(range(len(settled)), settled).slope * 60 / EVERY
    told = {
        "minutes": MINUTES,
        "answered": len(heard.seconds),
        "failed": heard.failed,
        "MiB at first": round(scale.weights[0], 1),
        "MiB when warm": round(settled[0], 1),
        "MiB at last": round(settled[-1], 1),
        "MiB a minute": round(slope, 4),
        "MiB by the minute": [round(weight) for weight in scale.weights[:: int(60 / EVERY)]],
        "of these no mapped files": [round(weight) for weight in scale.own[:: int(60 / EVERY)]],
        "p50 ms": round(heard.at(0.5), 1),
        "p99 ms": round(heard.at(0.99), 1),
    }
    file = Path(__file__).parents[2] / "build" / "soak" / "memory.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(told, indent=1), encoding="utf-8")
    assert heard.failed == 0, told
    assert slope * MINUTES <= MOST_GROWTH * settled[0], told
