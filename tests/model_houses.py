"""The real desk with and without a language model, for tests that hold the two against each other."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import Any

from scripted_model import Endpoint

from assistant.bootstrap import open_advisor
from assistant.desk import Desk
from assistant.llm.budget import InMemoryLedger
from assistant.reply import ChatReply
from assistant.served import OneDesk
from assistant.service import Assistant
from assistant.session_store import InMemorySessions
from assistant.settings import Settings

DAY = date(2023, 2, 20)
PATIENCE = 1.5


def without_model(desk: Desk) -> Assistant:
    sessions = InMemorySessions(1_000, 3_600, time.monotonic)
    return Assistant(OneDesk(desk), sessions, lambda: DAY)


def with_model(desk: Desk, endpoint: Endpoint, **settings: Any) -> Assistant:
    told = {"llm_timeout_seconds": PATIENCE} | settings
    chosen = Settings(llm_model="m", llm_base_url=endpoint.url, **told)
    return without_model(replace(desk, advisor=open_advisor(chosen, InMemoryLedger(lambda: DAY))))


def essence(reply: ChatReply) -> dict[str, Any]:
    """All of a reply but its own id and the record of the model."""
    return reply.model_dump(mode="json", exclude={"message_id", "model_uses", "composer"})
