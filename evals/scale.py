"""What an answer costs from one pack to thousands: build time, start, memory, latency warm and cold.

The packs are made up (evals.generated) and built one after another (evals.scale_build). The latencies of all sizes
are taken in turns within one process, so that a busy machine slows all of them; memory is that of a process of its
own for each size.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from assistant.bootstrap import CATALOGUE_FILE, build_assistant
from assistant.service import Assistant
from assistant.settings import Settings
from evals.generated import CLAUSES_EACH, Generated, write_packs
from evals.scale_build import build_all
from knowledge.models import Frozen
from knowledge.retrieval.settings import IndexSettings

WARM = 16
"""Packs that stay open, and over which the questions of a size are spread."""
COLD = 12
"""Packs opened to see what that costs."""
DAY = date(2024, 3, 1)

Announce = Callable[[str, int], Callable[[], None]]
"""Told of a stage and how many steps it has; what it gives is called after each step."""


class SizeResult(Frozen):
    """One number of packs. Times in seconds and milliseconds, memory in MiB; None where there was nothing to open.

    `built_seconds` is the sum over the packs, those built by an earlier run included; `wrong` counts answers that
    cited another pack than the one asked.
    """

    packs: int
    clauses: int
    built_seconds: float
    listed_seconds: float
    start_seconds: float
    memory_mib: float | None
    warm_ms: float
    warm_p95_ms: float
    cold_ms: float | None
    wrong: int


class ScaleResult(Frozen):
    """All sizes, the smallest first."""

    sizes: tuple[SizeResult, ...]

    @property
    def growth(self) -> float:
        """Median cost of an answer at the largest size over that at the smallest; bound 1.5."""
        return self.sizes[-1].warm_ms / self.sizes[0].warm_ms


def run_scale(
    work: Path,
    sizes: Sequence[int],
    seed: int,
    rounds: int = 200,
    announce: Announce | None = None,
    weigh: bool = True,
) -> ScaleResult:
    """Measure below `work`, which keeps what is built: interrupted and started again it goes on.

    Without `weigh` no memory is measured, which takes a process for each size.
    """
    tell = announce or (lambda *_: lambda: None)
    sizes = sorted(set(sizes))
    work.mkdir(parents=True, exist_ok=True)
    made = write_packs(work / "packs", sizes[-1], seed, tell("生成", sizes[-1]))
    folders = [work / "packs" / one.id for one in made]
    seconds = build_all(folders, IndexSettings(index_root=work / "index"), work, tell("建索引", sizes[-1]))
    roots = {size: _first(work, folders, size) for size in sizes}
    memory = {size: _in_own_process(roots[size], work / "index") if weigh else None for size in sizes}
    opened = {size: _opened(roots[size], work / "index") for size in sizes}
    asked = {size: _spread(made[:size]) for size in sizes}
    warm = _warm({size: one[0] for size, one in opened.items()}, asked, rounds, tell("提问", rounds))
    results = []
    for size in sizes:
        assistant, listed, started = opened[size]
        times, wrong = warm[size]
        results.append(
            SizeResult(
                packs=size,
                clauses=size * CLAUSES_EACH,
                built_seconds=sum(seconds[one.id] for one in made[:size]),
                listed_seconds=listed,
                start_seconds=started,
                memory_mib=memory[size],
                warm_ms=statistics.median(times),
                warm_p95_ms=statistics.quantiles(times, n=20)[-1],
                cold_ms=_cold(assistant, made[:size], asked[size]),
                wrong=wrong,
            )
        )
    return ScaleResult(sizes=tuple(results))


def _first(work: Path, folders: Sequence[Path], size: int) -> Path:
    """A folder with the first `size` packs in it."""
    root = work / "sizes" / str(size)
    root.mkdir(parents=True, exist_ok=True)
    for folder in folders[:size]:
        link = root / folder.name
        if not link.exists():
            link.symlink_to(folder.absolute())
    return root


def _spread(made: Sequence[Generated]) -> list[Generated]:
    """At most `WARM` packs, evenly from all of them."""
    return list(islice(made[:: max(1, len(made) // WARM)], WARM))


def _opened(root: Path, index_root: Path) -> tuple[Assistant, float, float]:
    """An assistant over the packs of a folder; seconds of the first start, which lists them, and of the next."""
    (index_root / CATALOGUE_FILE).unlink(missing_ok=True)
    settings = Settings(packs_root=root, index_root=index_root, open_packs=WARM)
    times = []
    for _ in range(2):
        began = time.perf_counter()
        assistant = build_assistant(settings, lambda: DAY)
        times.append(time.perf_counter() - began)
    return assistant, times[0], times[1]


def _warm(
    assistants: dict[int, Assistant],
    asked: dict[int, list[Generated]],
    rounds: int,
    step: Callable[[], None],
) -> dict[int, tuple[list[float], int]]:
    """Milliseconds of answers at desks that are open, and how many cited another pack; the sizes take turns."""
    for size, assistant in assistants.items():
        for one in asked[size]:
            assistant.reply("预热", pack=one.id)
    times: dict[int, list[float]] = {size: [] for size in assistants}
    wrong = dict.fromkeys(assistants, 0)
    for turn in range(rounds):
        for size, assistant in assistants.items():
            one = asked[size][turn % len(asked[size])]
            question = f"{one.questions[turn % len(one.questions)][0]}{'？' * (turn // len(one.questions))}"
            began = time.perf_counter()
            reply = assistant.reply(question, pack=one.id)
            times[size].append((time.perf_counter() - began) * 1000)
            wrong[size] += {citation.pack for citation in reply.citations} != {one.id}
        step()
    return {size: (times[size], wrong[size]) for size in assistants}


def _cold(assistant: Assistant, made: Sequence[Generated], open_: Sequence[Generated]) -> float | None:
    """Median milliseconds of the first answer from a pack that is not open."""
    closed = [one for one in made if one not in open_][:COLD]
    times = []
    for one in closed:
        began = time.perf_counter()
        assistant.reply(one.questions[0][0], pack=one.id)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times) if times else None


def _in_own_process(root: Path, index_root: Path) -> float:
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_resident_mib, (root, index_root))


def _resident_mib(root: Path, index_root: Path) -> float:
    """Memory of a process that has answered from as many packs as stay open."""
    assistant = _opened(root, index_root)[0]
    for name in islice(iter(assistant.packs), WARM):
        assistant.reply("咨询电话是多少", pack=name)
    resident = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(resident[1]) / 1024 if resident else float("nan")
