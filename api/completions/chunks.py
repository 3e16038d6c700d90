"""An answer as OpenAI's clients read it: whole, or as the chunks of a stream."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from api.completions.schemas import AnswerMessage, Choice, Completion, Usage
from api.events import pieces
from assistant.quoted import reply_lines
from assistant.reply import ChatReply

END = "data: [DONE]\n\n"


def completion(reply: ChatReply, said: Sequence[str], model: str, created: int) -> Completion:
    """The whole answer; the clauses stand at the end of its text, and once more as objects."""
    text = "\n".join(reply_lines(reply))
    read = sum(map(len, said))
    return Completion(
        id=f"chatcmpl-{reply.message_id}",
        created=created,
        model=model,
        choices=(Choice(message=AnswerMessage(content=text)),),
        usage=Usage(prompt_tokens=read, completion_tokens=len(text), total_tokens=read + len(text)),
        citations=reply.citations,
    )


def chunks(whole: Completion, *, include_usage: bool) -> Iterator[str]:
    """The answer as server-sent events: the role, the text in pieces, the end, and the usage where it is wanted."""
    yield _chunk(whole, {"role": "assistant", "content": ""}, include_usage=include_usage)
    for piece in pieces(whole.choices[0].message.content):
        yield _chunk(whole, {"content": piece}, include_usage=include_usage)
    citations = [citation.model_dump(mode="json") for citation in whole.citations]
    yield _chunk(whole, {}, "stop", include_usage=include_usage, citations=citations)
    if include_usage:
        yield _event(whole, choices=[], usage=whole.usage.model_dump())
    yield END


def _chunk(
    whole: Completion, delta: dict[str, str], finish: str | None = None, *, include_usage: bool, **more: Any
) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return _event(whole, choices=[choice], **({"usage": None} if include_usage else {}), **more)


def _event(whole: Completion, **content: Any) -> str:
    event = {
        "id": whole.id,
        "object": "chat.completion.chunk",
        "created": whole.created,
        "model": whole.model,
        **content,
    }
    return f"data: {json.dumps(event, ensure_ascii=False, allow_nan=False)}\n\n"
