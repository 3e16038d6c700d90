"""What every request passes: a bound on its body, and headers that keep the browser strict."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

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


class Uploads(NamedTuple):
    """Requests that bring a file: by which paths they are known, how large they may be, how they are refused."""

    path: Callable[[str], bool]
    limit: int
    refusal: Callable[[int], Response]


class BodyLimit:
    """Reads the body before the app does, and answers with `refusal(limit)` when it exceeds `limit` bytes.

    Requests that bring a file have a limit and a refusal of their own.
    """

    def __init__(
        self,
        app: ASGIApp,
        limit: int,
        refusal: Callable[[int], Response],
        uploads: Uploads | None = None,
    ) -> None:
        self._app, self._usual = app, (limit, refusal)
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body in one piece."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        uploads = self._uploads
        of_upload = uploads is not None and uploads.path(scope["path"])
        limit, refusal = (uploads.limit, uploads.refusal) if uploads and of_upload else self._usual
        body = None if self._declares_more(scope, limit) else await self._read(receive, limit)
        if body is None:
            await refusal(limit)(scope, receive, send)
            return
        whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return whole.pop() if whole else await receive()

        await self._app(scope, replay, send)

    def _declares_more(self, scope: Scope, limit: int) -> bool:
        declared = Headers(scope=scope).get("content-length", "0")
        return declared.isdecimal() and int(declared) > limit

    async def _read(self, receive: Receive, limit: int) -> bytes | None:
        """The body, or None when it is too large; a client that leaves early has sent what it has sent."""
        body = bytearray()
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > limit:
                return None
        return bytes(body)


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
