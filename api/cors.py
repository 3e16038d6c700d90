"""Cross-origin requests: browsers are told which pages may read an answer, and these are the channels' own."""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.channels import Channel, Channels

_PREFIX = "/v1/"
_OF_CHANNEL = re.compile(r"/v1/channels/([^/]+)")
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, X-Shenbao-Channel",
    "Access-Control-Max-Age": "600",
}
_READABLE = {"Access-Control-Expose-Headers": "Retry-After"}


class Cors:
    """Answers preflights, and marks answers under `/v1/` that a channel's page may read."""

    def __init__(self, app: ASGIApp, channels: Channels, refusal: Callable[[], Response]) -> None:
        self._app, self._channels, self._refusal = app, channels, refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a preflight is answered here."""
        if scope["type"] != "http" or not scope["path"].startswith(_PREFIX):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin, host = headers.get("origin"), headers.get("host", "")
        if origin and scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            allowed = self._allowed(self._channel(scope), origin, host)
            answer = Response(status_code=204, headers=_PREFLIGHT) if allowed else self._refusal()
            self._mark(answer.headers, origin if allowed else None)
            await answer(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                channel = state.get("channel") or self._channel(scope)
                readable = origin if origin and self._allowed(channel, origin, host) else None
                self._mark(MutableHeaders(scope=message), readable)
            await send(message)

        await self._app(scope, receive, marked)

    def _channel(self, scope: Scope) -> Channel | None:
        named = _OF_CHANNEL.match(scope["path"])
        return self._channels.find(named[1]) if named else None

    def _allowed(self, channel: Channel | None, origin: str, host: str) -> bool:
        """Whether pages of the origin use this channel; where it is not known yet, any."""
        return channel.allows(origin, host) if channel else self._channels.allow(origin, host)

    @staticmethod
    def _mark(headers: MutableHeaders, origin: str | None) -> None:
        headers.add_vary_header("Origin")
        if origin is not None:
            headers["Access-Control-Allow-Origin"] = origin
            headers.update(_READABLE)
