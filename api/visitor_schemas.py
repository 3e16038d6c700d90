"""The bodies and answers of the routes that serve the widget."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from api.schemas import Body
from assistant.reply import ChatReply, ShownContact
from knowledge.facts import FactSpec
from knowledge.models import Category

REASON_LIMIT, CONTACT_LIMIT, NOTE_LIMIT = 500, 100, 1_000


Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=REASON_LIMIT), Field(description="为什么")
]
Contact = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=CONTACT_LIMIT), Field(description="怎样联系您")
]
Note = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=NOTE_LIMIT), Field(description="想补充的话")
]
MessageId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class TokenRequest(Body):
    """`visitor` is the token held so far, expired or not; without one a new visitor begins."""

    visitor: Annotated[str, StringConstraints(max_length=1_024)] | None = None


class TokenGiven(BaseModel):
    """A token to send as `Authorization: Bearer …`, and until when it is valid."""

    token: str
    expires_at: datetime


class ChannelShown(BaseModel):
    """What a widget needs to present itself, and to show facts and phones without a further question."""

    id: str
    pack: str
    document: str
    title: str
    greeting: str
    colour: str
    contacts: tuple[ShownContact, ...]
    mailing_address: str
    suggestions: tuple[str, ...]
    facts: tuple[FactSpec, ...]
    categories: tuple[Category, ...]


class MessageShown(BaseModel):
    """A question with the answer as it was shown."""

    message_id: str
    asked_at: datetime
    question: str
    reply: ChatReply
    rating: Literal["up", "down"] | None = None
    rating_reason: str = ""


class SessionMessages(BaseModel):
    """A conversation from its beginning."""

    session_id: str
    messages: tuple[MessageShown, ...]


class RatingGiven(Body):
    """Whether an answer helped, and if not, why."""

    rating: Literal["up", "down"]
    reason: Reason = ""


class HandOver(Body):
    """A wish to be called back: about which message (the last one when absent), where, and what besides."""

    message_id: MessageId | None = None
    contact: Contact = ""
    note: Note = ""


class HandedOver(BaseModel):
    """The ticket by which the desk knows the wish."""

    ticket_id: int
