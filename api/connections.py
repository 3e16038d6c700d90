"""Connections that cannot be held open for nothing: a bound on how many, and on the time and size of a request's head."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class BoundedConnection(HttpToolsProtocol):
    """A connection whose client must send the head of each request within `head_seconds` and `head_bytes`.

    Beyond `most` connections a new one is told to come back. What is bounded once a request is whole (its headers,
    its body, the work) is bounded in the application.
    """

    head_seconds: ClassVar[float]
    head_bytes: ClassVar[int]
    most: ClassVar[int]

    _clock: asyncio.TimerHandle | None = None
    _head_read = 0
    _in_head = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            self._turn_away(HTTPStatus.SERVICE_UNAVAILABLE, "retry-after: 1\r\n")
        else:
            self._wait()

    def data_received(self, data: bytes) -> None:
        """Read on; a head that is not whole yet must not grow without end."""
        if self.transport.is_closing():
            return
        self._head_read += len(data)
        if self._in_head and self._clock is None:  # the next request of a connection that was kept
            self._wait()
        super().data_received(data)
        if self._in_head and self._head_read > self.head_bytes and not self.transport.is_closing():
            self._turn_away(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_message_begin(self) -> None:
        """A request begins."""
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole: from here on the application keeps the time."""
        self._in_head, self._head_read = False, 0
        self._stop()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole: what comes next is the head of another."""
        self._in_head, self._head_read = True, 0
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more to wait for."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._clock = self.loop.call_later(self.head_seconds, self._turn_away, HTTPStatus.REQUEST_TIMEOUT)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _turn_away(self, status: HTTPStatus, header: str = "") -> None:
        """Close with a status, where no answer is under way."""
        if self.cycle is None or self.cycle.response_complete:
            head = (
                f"HTTP/1.1 {status} {status.phrase}\r\n{header}content-length: 0\r\nconnection: close\r\n\r\n"
            )
            self.transport.write(head.encode("ascii"))
        self.transport.close()


def bounded(head_seconds: float, head_bytes: int, most: int) -> type[BoundedConnection]:
    """The connections of a server with these bounds."""
    bounds = {"head_seconds": head_seconds, "head_bytes": head_bytes, "most": most}
    return type("Connection", (BoundedConnection,), bounds)
