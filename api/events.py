"""A reply as server-sent events: `meta`, pieces of the text as `delta`, `done` with the whole; or `error`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from api.schemas import Problem
from assistant.reply import ChatReply

MEDIA_TYPE = "text/event-stream"
DOCUMENTED = {
    MEDIA_TYPE: {
        "schema": {
            "type": "object",
            "description": "meta、delta（若干）、done；出错时只有 error。data 是一个 JSON 对象。",
            "required": ["event", "data"],
            "properties": {
                "event": {"type": "string", "enum": ["meta", "delta", "done", "error"]},
                "data": {"type": "string", "contentMediaType": "application/json"},
            },
        }
    }
}
"""How OpenAPI 3.1 tells of a stream: the schema is that of each event."""

# A piece ends after punctuation or a line break, or after 16 characters; a marker such as [12] stays whole, with
# what it follows.
_MARKER, _OPENING = r"\[\d+\]", r"\[(?!\d+\])"
_PIECE = re.compile(
    rf"(?:{_MARKER}|{_OPENING}|[^\[，。；：！？\n]){{0,15}}(?:{_MARKER}|{_OPENING}|[^\[])(?:{_MARKER})*"
)


def pieces(text: str) -> list[str]:
    """The text in the pieces in which it is shown; joined, they are the text again."""
    return _PIECE.findall(text)


def event(name: str, content: dict[str, Any]) -> str:
    """One event in the wire format; its JSON stands on one line."""
    return f"event: {name}\ndata: {json.dumps(content, ensure_ascii=False, allow_nan=False)}\n\n"


def reply_events(reply: ChatReply) -> Iterator[str]:
    """The events of a reply, in order."""
    whole = reply.model_dump(mode="json")
    yield event("meta", {name: whole[name] for name in ("session_id", "message_id", "route", "category")})
    for piece in pieces(reply.text):
        yield event("delta", {"text": piece})
    yield event("done", whole)


def error_events(problem: Problem) -> Iterator[str]:
    """The only event of a reply that failed."""
    yield event("error", problem.model_dump(mode="json", exclude_unset=True))
