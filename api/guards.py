"""What every request passes: bounds on its head and its body, and headers that keep the browser strict."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def content_security_policy(frame_ancestors: str = "'none'", form_action: str = "'none'") -> str:
    """What a page may load, all of it from here; who may show it in a frame, and where its forms may go."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            f"form-action {form_action}",
            f"frame-ancestors {frame_ancestors}",
        )
    )


_HEADERS = {
    "Content-Security-Policy": content_security_policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


Refuse = Callable[[str, float, str], Response]
"""Makes the refusal of a request: the limit that it broke ("headers", "body", "slow_body"), its bound, the path."""


class HeadLimit:
    """Answers with `refuse` where a request's path, query and headers exceed `size` bytes, or headers `count`."""

    def __init__(self, app: ASGIApp, refuse: Refuse, *, size: int, count: int) -> None:
        self._app, self._refuse, self._size, self._count = app, refuse, size, count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when its head is within the bounds."""
        if scope["type"] == "http" and self._too_large(scope):
            await self._refuse("headers", self._size, scope["path"])(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _too_large(self, scope: Scope) -> bool:
        headers = scope["headers"]
        asked = len(scope["path"]) + len(scope["query_string"])
        size = asked + sum(len(name) + len(value) for name, value in headers)
        return len(headers) > self._count or size > self._size


class BodyLimit:
    """Reads the body before the app does, and answers with `refuse` when it is too large or too slow.

    `limit` gives the bytes that a path may take; the whole body must come within `seconds`.
    """

    def __init__(self, app: ASGIApp, refuse: Refuse, *, limit: Callable[[str], int], seconds: float) -> None:
        self._app, self._refuse, self._limit, self._seconds = app, refuse, limit, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body in one piece."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        try:
            async with asyncio.timeout(self._seconds):
                body = None if self._declares_too_much(scope, limit) else await self._read(receive, limit)
        except TimeoutError:
            await self._refuse("slow_body", self._seconds, scope["path"])(scope, receive, send)
            return
        if body is None:
            await self._refuse("body", limit, scope["path"])(scope, receive, send)
            return
        whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return whole.pop() if whole else await receive()

        await self._app(scope, replay, send)

    def _declares_too_much(self, scope: Scope, limit: int) -> bool:
        declared = Headers(scope=scope).get("content-length", "0")
        return declared.isdecimal() and int(declared) > limit

    async def _read(self, receive: Receive, limit: int) -> bytes | None:
        """The body, or None when it is too large; a client that leaves early has sent what it has sent."""
        message = await receive()
        body, more = message.get("body", b""), message.get("more_body", False)
        if more:
            parts = bytearray(body)
            while more and len(parts) <= limit:
                message = await receive()
                parts += message.get("body", b"")
                more = message.get("more_body", False)
            body = bytes(parts)
        return None if len(body) > limit else body


class StrictHeaders:
    """Adds the headers above to every response; what a response says of itself stands."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and mark the response."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, marked if scope["type"] == "http" else send)
