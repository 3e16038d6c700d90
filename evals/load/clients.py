"""Many clients in one thread: as fast as answers come, or at a rate whatever comes. Raw HTTP/1.1 over kept connections."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

Body = Callable[[str], dict[str, object]]
KEPT = 2.0
"""Seconds for which an idle connection is used again: less than the five for which a server keeps it, so that no
question is sent while it is being closed."""


@dataclass
class Heard:
    """Seconds that each answer took, and how many were no 200."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.lasted

    def at(self, share: float) -> float:
        """The latency in milliseconds that this share of the answers keep."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1_000


class Connection:
    """One kept connection to one port."""

    def __init__(self, port: int, path: str) -> None:
        self._port, self._path = port, path
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._answered = 0.0

    async def post(self, content: bytes) -> int:
        """The status of the answer, its body read. Raises OSError, IncompleteReadError."""
        idle = time.perf_counter() - self._answered
        if self._streams is not None and (idle > KEPT or self._streams[0].at_eof()):
            self.close()
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        head = f"POST {self._path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        try:
            writer.write(head.encode() + content)
            told = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(told.split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            self._answered = time.perf_counter()
        except (OSError, asyncio.IncompleteReadError):
            self.close()
            raise
        if b"\r\nconnection: close" in told:
            self.close()
        return int(told.split(b" ")[1])

    def close(self) -> None:
        """Let go of the connection."""
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None


def contents(questions: Sequence[str], body: Body) -> Iterator[bytes]:
    """Bodies without end; no question comes twice in the same words, so that nothing remembered helps."""
    for number, question in enumerate(cycle(questions)):
        rounds = number // len(questions)
        yield json.dumps(
            body(question + "？" * (rounds % 7) + "！" * (rounds // 7)), ensure_ascii=False
        ).encode()


async def as_fast_as_answered(
    ports: Sequence[int], path: str, bodies: Iterator[bytes], clients: int, seconds: float
) -> Heard:
    """Each client asks again when it was answered. Clients are spread over the ports evenly."""
    heard, until = Heard(), time.perf_counter() + seconds

    async def client(port: int) -> None:
        connection = Connection(port, path)
        while (began := time.perf_counter()) < until:
            await _ask(connection, next(bodies), began, heard)
        connection.close()

    began = time.perf_counter()
    await asyncio.gather(*(client(ports[number % len(ports)]) for number in range(clients)))
    heard.lasted = time.perf_counter() - began
    return heard


async def at_rate(
    ports: Sequence[int], path: str, bodies: Iterator[bytes], rate: float, seconds: float
) -> Heard:
    """So many questions a second whatever comes back; an answer's time runs from when its question was due."""
    heard, free = Heard(), {port: list[Connection]() for port in ports}
    began = time.perf_counter()

    async def one(port: int, due: float) -> None:
        connection = free[port].pop() if free[port] else Connection(port, path)
        await _ask(connection, next(bodies), due, heard)
        free[port].append(connection)

    waiting = []
    for number in range(int(rate * seconds)):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        waiting.append(asyncio.create_task(one(ports[number % len(ports)], due)))
    await asyncio.gather(*waiting)
    heard.lasted = time.perf_counter() - began
    for connections in free.values():
        for connection in connections:
            connection.close()
    return heard


async def _ask(connection: Connection, content: bytes, due: float, heard: Heard) -> None:
    try:
        status = await connection.post(content)
    except (OSError, asyncio.IncompleteReadError):
        heard.failed += 1
        return
    if status == 200:
        heard.seconds.append(time.perf_counter() - due)
    else:
        heard.failed += 1
