"""The routes of `/v1` that serve the widget: its channel, its token, and a visitor's own conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse

from api import views
from api.admission import Admitted, counted
from api.parts import admission_of, assistant_of, pack_of, records_of
from api.request_keys import Key, keyed
from api.schemas import SessionId
from api.strict import StrictRoute
from api.visitor_schemas import (
    ChannelShown,
    HandedOver,
    HandOver,
    MessageId,
    RatingGiven,
    SessionMessages,
    TokenGiven,
    TokenRequest,
)
from knowledge.errors import StorageUnavailable, UnknownRecord

if TYPE_CHECKING:
    from assistant.records.conversations import KeptMessage

router = APIRouter(prefix="/v1", route_class=StrictRoute)
ChannelId = Annotated[str, Path(max_length=40)]


@router.get("/channels/{channel_id}", summary="渠道")
def channel(channel_id: ChannelId, request: Request) -> ChannelShown:
    """What a widget on an allowed page needs to present itself."""
    chosen = admission_of(request).channel(channel_id, request)
    return views.channel(chosen, pack_of(request, chosen.pack), _is_off(request))


@router.post("/channels/{channel_id}/token", summary="取得访客令牌")
def token(channel_id: ChannelId, body: TokenRequest, request: Request, response: Response) -> TokenGiven:
    """A token for half an hour; with the previous one the visitor stays the same."""
    admission = admission_of(request)
    chosen = admission.channel(channel_id, request)
    admission.count(request, chosen, None, "other")
    text, given = admission.token(chosen, request, body.visitor)
    response.headers["Cache-Control"] = "no-store"
    return TokenGiven(token=text, expires_at=given.expires_at)


@router.get("/sessions/{session_id}/messages", summary="会话的问答", response_model=SessionMessages)
def messages(session_id: Annotated[SessionId, Path()], request: Request, caller: Admitted) -> JSONResponse:
    """The conversation as it was shown, citations included."""
    kept = _own(request, session_id, caller.visitor)
    # As it was kept, word for word: an answer given by an earlier version is not read through today's model.
    told = [
        {
            "message_id": message.message_id,
            "asked_at": message.asked_at.isoformat(),
            "question": message.question,
            "reply": message.reply,
            "rating": message.rating,
            "rating_reason": message.rating_reason,
        }
        for message in kept
    ]
    headers = {"Cache-Control": "no-store"}
    return JSONResponse({"session_id": session_id, "messages": told}, headers=headers)


@router.delete("/sessions/{session_id}", summary="删除会话", status_code=204)
def delete(session_id: Annotated[SessionId, Path()], request: Request, caller: Admitted) -> None:
    """Delete the conversation, what it knows and the tickets that came of it."""
    assistant_of(request).forget(session_id, asker=caller.asker)
    records_of(request).conversations.forget(session_id, caller.visitor)


@router.post(
    "/messages/{message_id}/feedback",
    summary="评价答复",
    status_code=204,
    dependencies=[counted("other")],
)
def feedback(
    message_id: Annotated[MessageId, Path()], body: RatingGiven, request: Request, caller: Admitted, key: Key
) -> None:
    """Whether the answer helped; one that did not is looked at by a person."""
    records = records_of(request)
    asker = keyed(caller, key, f"feedback {message_id}", body)

    def rate() -> None:
        records.feedback.rate(message_id, body.rating, body.reason, visitor=asker.visitor)

    records.requests.once(asker.request, rate)


@router.post("/sessions/{session_id}/handover", summary="转人工", dependencies=[counted("other")])
def hand_over(
    session_id: Annotated[SessionId, Path()], body: HandOver, request: Request, caller: Admitted, key: Key
) -> HandedOver:
    """Ask to be called back by a person."""
    records = records_of(request)
    asker = keyed(caller, key, "handover", body, session_id)

    def opened() -> int:
        about = _message(_own(request, session_id, asker.visitor), body.message_id)
        return records.tickets.open(
            about.message_id, "handed_over", contact=body.contact, remark=body.note
        ).id

    ticket_id = records.requests.once(asker.request, opened)
    assert ticket_id is not None  # noqa: S101 - it is what `opened` gives
    return HandedOver(ticket_id=ticket_id)


def _message(kept: Sequence[KeptMessage], message_id: str | None) -> KeptMessage:
    """The message of a conversation that is meant, its last one where none is named. Raises UnknownRecord."""
    if message_id is None:
        return kept[-1]
    for message in kept:
        if message.message_id == message_id:
            return message
    raise UnknownRecord("没有这条消息")


def _is_off(request: Request) -> bool:
    try:
        return records_of(request).switch.is_off()
    except StorageUnavailable:
        return False  # the widget shows the phones all the same, and must be able to


def _own(request: Request, session_id: str, visitor: str) -> tuple[KeptMessage, ...]:
    kept = records_of(request).conversations.messages(session_id, visitor)
    if not kept:
        raise UnknownRecord("没有这个会话")
    return kept
