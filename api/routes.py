"""The routes of `/v1`: each reads its request, asks the assistant, and shows the answer.

They are plain functions, so that the framework runs them in its thread pool: deciding is work for the processor.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.routing import APIRoute

from api import events, problems, views
from api.schemas import (
    ChatRequest,
    ClauseShown,
    Contacts,
    EligibilityRequest,
    FactChanges,
    Hit,
    PackQuery,
    Packs,
    SearchHits,
    SearchQuery,
    SessionFacts,
    SessionId,
)
from assistant.inputs import NotJson, parse_json
from assistant.reply import ChatReply, EligibilityReport
from knowledge.errors import UnknownPack

if TYPE_CHECKING:
    from assistant.service import Assistant
    from knowledge.pack import Pack


class StrictRequest(Request):
    """A request whose JSON is read strictly."""

    async def json(self) -> Any:
        """The body's JSON value. Raises BodyRefused."""
        try:
            return parse_json(await self.body())
        except NotJson as error:
            raise problems.BodyRefused(str(error)) from error


class StrictRoute(APIRoute):
    """A route that reads its body as `StrictRequest`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's handler, given a strict request."""
        handle = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return strict


router = APIRouter(prefix="/v1", route_class=StrictRoute)


@router.post("/chat", summary="提问")
def chat(body: ChatRequest, request: Request) -> ChatReply:
    """Answer a question within its session."""
    return _answer(request, body)


@router.post(
    "/chat/stream",
    summary="提问，逐段返回",
    response_class=StreamingResponse,
    responses={200: {"content": {events.MEDIA_TYPE: {"schema": {"type": "string"}}}}},
)
def chat_stream(body: ChatRequest, request: Request) -> StreamingResponse:
    """Answer a question as server-sent events.

    A refused question is a plain problem response; a failure of ours is the event `error`.
    """
    try:
        told = events.reply_events(_answer(request, body))
    except Exception as error:
        problem = problems.problem_of(error)
        if problem.status < 500:
            raise
        problems.record(request, error)
        told = events.error_events(problem)
    return StreamingResponse(
        told, media_type=events.MEDIA_TYPE, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


@router.post("/eligibility", summary="对照申报条件")
def eligibility(body: EligibilityRequest, request: Request) -> EligibilityReport:
    """Check facts against a category's criteria."""
    return _assistant(request).check(body.category, body.facts, as_of=body.as_of, pack=body.pack)


@router.get("/search", summary="检索条款")
def search(query: Annotated[SearchQuery, Query()], request: Request) -> SearchHits:
    """The clauses nearest to a query."""
    found = _assistant(request).search(query.q, k=query.k, pack=query.pack)
    return SearchHits(
        hits=tuple(
            Hit(document=h.document, clause_id=h.clause_id, label=h.label, text=h.text, score=h.score)
            for h in found
        )
    )


@router.get("/packs", summary="知识包")
def packs(request: Request) -> Packs:
    """The packs served, with their categories, annexes, windows and the facts that they declare."""
    assistant = _assistant(request)
    return Packs(packs=tuple(views.pack(p, assistant.default_pack) for p in assistant.packs.values()))


@router.get("/clauses/{clause_id}", summary="条款原文")
def clause(
    clause_id: Annotated[str, Path(max_length=100)], query: Annotated[PackQuery, Query()], request: Request
) -> ClauseShown:
    """A clause with its text, its place and its neighbours."""
    return views.clause(_pack(request, query.pack), clause_id)


@router.get("/contacts", summary="联系方式")
def contacts(query: Annotated[PackQuery, Query()], request: Request) -> Contacts:
    """The desks of the notice."""
    return views.contacts(_pack(request, query.pack))


@router.get("/sessions/{session_id}/facts", summary="会话中已知的情况")
def session_facts(session_id: Annotated[SessionId, Path()], request: Request) -> SessionFacts:
    """What the session knows, each with the applicant's own words."""
    return SessionFacts(session_id=session_id, facts=_assistant(request).session_facts(session_id))


@router.patch("/sessions/{session_id}/facts", summary="更正会话中的情况")
def change_session_facts(
    session_id: Annotated[SessionId, Path()], body: FactChanges, request: Request
) -> SessionFacts:
    """Set or (with null) withdraw facts; the verdict is computed anew."""
    assistant = _assistant(request)
    report = assistant.change_facts(session_id, body.facts, as_of=body.as_of)
    return SessionFacts(session_id=session_id, facts=assistant.session_facts(session_id), eligibility=report)


def _assistant(request: Request) -> Assistant:
    assistant: Assistant = request.app.state.startup.assistant
    return assistant


def _answer(request: Request, body: ChatRequest) -> ChatReply:
    return _assistant(request).reply(
        body.message, session_id=body.session_id, pack=body.pack, as_of=body.as_of
    )


def _pack(request: Request, pack_id: str | None) -> Pack:
    assistant = _assistant(request)
    try:
        return assistant.packs[pack_id or assistant.default_pack]
    except KeyError as error:
        raise UnknownPack(f"没有知识包 {pack_id}；可用：{'、'.join(assistant.packs)}") from error
