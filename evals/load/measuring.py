"""One table: questions a second and latencies of three servers in turns, on one and on two processes."""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from evals.load.clients import Heard, as_fast_as_answered, at_rate, contents
from evals.ports import free_port
from knowledge.models import Frozen

CLIENTS = 16
"""Connections; at two processes eight each."""
SHARE = 0.7
"""Of the highest rate, at which latencies are told."""
PATIENCE = 300.0


class Served(Frozen):
    """A server under load: answers a second at most; latencies in milliseconds at seven tenths of it."""

    name: str
    processes: int
    rate: float
    p50: float
    p95: float
    p99: float
    failed: int


class Server(Frozen):
    """How a server is started and asked."""

    name: str
    command: tuple[str, ...]
    path: str
    field: str

    def body(self, question: str) -> dict[str, object]:
        """The body that asks a question."""
        return {self.field: question}


SERVERS = (
    Server(name="nothing", command=(sys.executable, "-m", "evals.load.servers", "nothing"), path="/invoke", field="input"),
    Server(name="LangChain", command=(sys.executable, "-m", "evals.load.servers", "langchain"), path="/invoke", field="input"),
    Server(name="申报通", command=(str(Path(sys.executable).with_name("shenbao")), "serve", "--port"), path="/v1/chat", field="message"),
)  # fmt: skip


def measured(questions: Sequence[str], processes: int, seconds: float, rounds: int = 3) -> tuple[Served, ...]:
    """The three servers over the same questions; they take turns, medians of the rounds. Raises TimeoutError."""
    taken: dict[str, list[tuple[Heard, Heard]]] = {server.name: [] for server in SERVERS}
    with ExitStack() as running:
        ports = {server.name: running.enter_context(_running(server, processes)) for server in SERVERS}
        for server in SERVERS:  # nobody is measured cold
            _fast(server, ports[server.name], contents(questions, server.body), min(3.0, seconds))
        bodies = {server.name: contents(questions, server.body) for server in SERVERS}
        for _ in range(rounds):
            for server in SERVERS:
                own = ports[server.name]
                fast = _fast(server, own, bodies[server.name], seconds)
                steady = asyncio.run(
                    at_rate(own, server.path, bodies[server.name], fast.rate * SHARE, seconds)
                )
                taken[server.name].append((fast, steady))
    return tuple(_served(server.name, processes, taken[server.name]) for server in SERVERS)


def _fast(server: Server, ports: Sequence[int], bodies: Iterator[bytes], seconds: float) -> Heard:
    return asyncio.run(as_fast_as_answered(ports, server.path, bodies, CLIENTS, seconds))


def _served(name: str, processes: int, rounds: Sequence[tuple[Heard, Heard]]) -> Served:
    def median(share: float) -> float:
        return statistics.median(steady.at(share) for _, steady in rounds)

    return Served(
        name=name,
        processes=processes,
        rate=statistics.median(fast.rate for fast, _ in rounds),
        p50=median(0.5),
        p95=median(0.95),
        p99=median(0.99),
        failed=sum(fast.failed + steady.failed for fast, steady in rounds),
    )


@contextmanager
def _running(server: Server, processes: int) -> Iterator[tuple[int, ...]]:
    """So many processes of the server, each on a port of its own; what they keep is forgotten afterwards."""
    ports = tuple(free_port() for _ in range(processes))
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SHENBAO_DATABASE": f"sqlite:///{folder}/kept.db"}
        running = [
            subprocess.Popen(  # noqa: S603 - our own commands
                [*server.command, str(port)],
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for port in ports
        ]
        try:
            for port, process in zip(ports, running, strict=True):
                _wait(port, process)
            yield ports
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(60)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
                if response.status == 200:
                    return
        except OSError:
            pass
        if process.poll() is not None or time.monotonic() > deadline:
            raise TimeoutError(f"not ready on {port}, exit status {process.poll()}")
        time.sleep(0.1)


def table(found: Sequence[Served]) -> str:
    """The comparison as Markdown; ratios are to the other two with as many processes."""
    lines = [
        "| | processes | a second | to nothing | to LangChain | p50, ms | p95, ms | p99, ms | p99 / p50 | failed |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        same = {other.name: other.rate for other in found if other.processes == one.processes}
        lines.append(
            f"| {one.name} | {one.processes} | {one.rate:.0f} | {one.rate / same['nothing']:.2f} "
            f"| {one.rate / same['LangChain']:.2f} | {one.p50:.1f} | {one.p95:.1f} | {one.p99:.1f} "
            f"| {one.p99 / one.p50:.1f} | {one.failed} |"
        )
    return "\n".join(lines)
