"""How much is worked on at once and for how long: what comes beyond it is turned away, not piled up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics

ALWAYS_OPEN = ("/healthz", "/readyz", "/metrics", "/static/", "/console/static/", "/widget.js")
"""What costs next to nothing, or must be answered above all when there is much to do."""
_log = structlog.get_logger(__name__)


class Gate:
    """At most `working` requests are worked on at once, and `waiting` more wait, each for `patience` seconds.

    All others get `refusal` at once. A request holds its place until its work has ended, not only its answer.
    """

    def __init__(
        self,
        app: ASGIApp,
        metrics: Metrics,
        refusal: Callable[[], Response],
        *,
        working: int,
        waiting: int,
        patience: float,
    ) -> None:
        self._app, self._metrics, self._refusal = app, metrics, refusal
        self._places = asyncio.Semaphore(working)
        self._queue, self._waiting, self._patience = 0, waiting, patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when there is a place for it."""
        if scope["type"] != "http" or scope["path"].startswith(ALWAYS_OPEN):
            await self._app(scope, receive, send)
        elif await self._placed():
            self._metrics.in_work.inc()
            try:
                await self._app(scope, receive, send)
            finally:
                self._metrics.in_work.dec()
                self._places.release()
        else:
            self._metrics.refused("concurrency")
            await self._refusal()(scope, receive, send)

    async def _placed(self) -> bool:
        """Whether a place was got, within the time that one waits for it."""
        if not self._places.locked():
            return await self._places.acquire()
        if self._queue >= self._waiting:
            return False
        self._queue += 1
        self._metrics.waiting.inc()
        try:
            async with asyncio.timeout(self._patience):
                return await self._places.acquire()
        except TimeoutError:
            return False
        finally:
            self._queue -= 1
            self._metrics.waiting.dec()


class Deadline:
    """A request is answered within `seconds`: by `refusal` where nothing was sent yet, else by the end of the line.

    Work that is late goes on unheard, since a thread cannot be stopped; what it keeps is kept.
    """

    def __init__(self, app: ASGIApp, refusal: Callable[[], Response], seconds: float) -> None:
        self._app, self._refusal, self._seconds = app, refusal, seconds
        self._late: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and wait for it no longer than that."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = over = False

        async def heard(message: Message) -> None:
            nonlocal started
            if not over:
                started = True
                await send(message)

        work = asyncio.ensure_future(self._app(scope, receive, heard))
        try:
            await asyncio.wait((work,), timeout=self._seconds)
        except asyncio.CancelledError:
            work.cancel()
            raise
        if work.done():
            work.result()
            return
        over = True
        self._late.add(work)
        work.add_done_callback(self._ended)
        _log.warning("request over its time", seconds=self._seconds, started=started)
        refusal = self._refusal()
        if not started:
            await refusal(scope, receive, send)

    def _ended(self, work: asyncio.Task[None]) -> None:
        self._late.discard(work)
        if not work.cancelled() and (error := work.exception()) is not None:
            _log.warning("late work failed", error=type(error).__name__)
