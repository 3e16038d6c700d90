"""A turn as the rows in which it is kept: the message, the clauses cited, and the words that they had."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from assistant.reply import ChatReply
from assistant.session_store import Said
from assistant.sessions import Session
from knowledge.clock import BEIJING

Rows = list[dict[str, Any]]


def message_row(session: Session, said: Said, now: datetime) -> dict[str, Any]:
    """The message with its answer, asked at `now`."""
    reply = said.reply
    return {
        "id": reply.message_id,
        "session_id": session.id,
        "turn": session.turn,
        "asked_at": now,
        "day": now.astimezone(BEIJING).date(),
        "channel": said.channel,
        "visitor": session.owner,
        "pack": session.pack,
        "pack_digest": said.pack_digest,
        "question": said.message,
        "answer": reply.text,
        "reply": reply.model_dump_json(),
        "route": reply.route,
        "category": reply.category,
        "verdict": reply.eligibility.verdict if reply.eligibility else None,
        "latency_ms": round(said.seconds * 1000),
        "rating_reason": "",
    }


def clause_rows(reply: ChatReply) -> Rows:
    """The clauses cited, each once."""
    cited = dict.fromkeys((citation.pack, citation.clause_id) for citation in reply.citations)
    return [{"message_id": reply.message_id, "pack": pack, "clause_id": clause} for pack, clause in cited]


def text_rows(said: Said) -> Rows:
    """The words of the clauses that the answer was given from."""
    return [
        {
            "message_id": said.reply.message_id,
            "pack": one.pack,
            "clause_id": one.clause_id,
            "label": one.label,
            "text": one.text,
        }
        for one in said.clauses
    ]
