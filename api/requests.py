"""Every request from outside: its id, its line in the log, its place in the counts, and an end in any case."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import failure_of
from api.metrics import Metrics

HEADER = "X-Request-ID"
_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_QUIET = ("/healthz", "/readyz", "/metrics", "/static/", "/console/static/")
_log = structlog.get_logger(__name__)


def request_id() -> str | None:
    """The id of the request that is worked on here."""
    bound: str | None = structlog.contextvars.get_contextvars().get("request_id")
    return bound


def path_template(scope: Scope) -> str:
    """The path without what varies in it, so that there are few and none holds what a user sent."""
    route = scope.get("route")
    if route is not None:
        return str(route.path)
    return f"{scope['root_path']}/*" if scope.get("root_path") else "none"


class Requests:
    """Gives each request an id, that of its header X-Request-ID where it has a fit one, and accounts for it.

    What nobody expected ends here: told in the log by type and place, answered by `failure` where nothing was yet.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, failure: Callable[[], Response]) -> None:
        self._app, self._metrics, self._failure = app, metrics, failure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and account for it when it has ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        name = given if _ACCEPTED.fullmatch(given) else secrets.token_hex(16)
        began, status, complete = time.perf_counter(), 0, False

        async def marked(message: Message) -> None:
            nonlocal status, complete
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = name
            elif not message.get("more_body", False):
                complete = True
            await send(message)

        self._metrics.in_flight.inc()
        with structlog.contextvars.bound_contextvars(request_id=name):
            try:
                await self._app(scope, receive, marked)
            except Exception as error:  # the edge of a request: whatever happened must be told, not lost
                if not complete:
                    _log.error("request broken off", path=path_template(scope), **failure_of(error))
                if not status:
                    await self._failure()(scope, receive, marked)
            finally:
                self._metrics.in_flight.dec()
                self._account(scope, status, complete, time.perf_counter() - began)

    def _account(self, scope: Scope, status: int, complete: bool, seconds: float) -> None:
        path, method = path_template(scope), scope["method"]
        self._metrics.requested(method, path, status)
        log = _log.debug if scope["path"].startswith(_QUIET) else _log.info
        more = {} if complete else {"complete": False}
        log("request", method=method, path=path, status=status, ms=round(seconds * 1000, 1), **more)
