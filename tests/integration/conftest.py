"""A conversation with the real assistant while applying is open."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assistant.reply import ChatReply


@pytest.fixture
def talk(assistant: Any) -> Callable[..., ChatReply]:
    """Says one thing after another in a conversation of its own; the last reply."""

    def say(first: str, *then: str) -> ChatReply:
        reply: ChatReply = assistant.reply(first, as_of=date(2023, 2, 20))
        for text in then:
            reply = assistant.reply(text, session_id=reply.session_id, as_of=date(2023, 2, 20))
        return reply

    return say
