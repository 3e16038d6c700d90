"""Problem documents of these paths, told as OpenAI's clients read errors, wherever they come from."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.completions.schemas import Failed, Failure
from api.problems import MEDIA_TYPE

COMPLETIONS, MODELS = "/v1/chat/completions", "/v1/models"
_FIELDS = {"pack": "model", "message": "messages"}
"""Our fields by the names that these paths have for them."""
_REFUSED = "invalid_request_error"
_KINDS = {
    HTTPStatus.UNAUTHORIZED: ("authentication_error", "invalid_api_key"),
    HTTPStatus.FORBIDDEN: ("permission_error", None),
    HTTPStatus.NOT_FOUND: (_REFUSED, "model_not_found"),
    HTTPStatus.TOO_MANY_REQUESTS: ("rate_limit_error", "rate_limit_exceeded"),
}


def speaks_openai(path: str) -> bool:
    """Whether clients of OpenAI's ask this path."""
    return path in (COMPLETIONS, MODELS) or path.startswith(f"{MODELS}/")


def failed(problem: dict[str, Any]) -> Failed:
    """The error of a problem document."""
    status, errors = problem["status"], problem.get("errors") or [{}]
    kind, code = _KINDS.get(status, (_REFUSED if status < 500 else "server_error", None))
    message, field = f"{problem['title']}：{problem['detail']}", errors[0].get("field")
    return Failed(error=Failure(message=message, type=kind, param=_FIELDS.get(field, field), code=code))


class OpenAiErrors:
    """Turns the problem documents of these paths; everything else passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a problem document is held back until it is whole."""
        if scope["type"] != "http" or not speaks_openai(scope["path"]):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def turned(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_problem(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    await _response(start, body)(scope, receive, send)

        await self._app(scope, receive, turned)


def _is_problem(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "") == MEDIA_TYPE


def _response(start: Message, body: bytes) -> JSONResponse:
    # Refused fields are 400 with OpenAI, whose clients know that status best.
    status = HTTPStatus.BAD_REQUEST if start["status"] == HTTPStatus.UNPROCESSABLE_ENTITY else start["status"]
    kept = {
        name: value
        for name, value in Headers(raw=start["headers"]).items()
        if name not in {"content-type", "content-length"}
    }
    return JSONResponse(failed(json.loads(body)).model_dump(), status, headers=kept)
