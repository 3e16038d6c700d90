"""The routes of `/v1`: each reads its request, asks the assistant, and shows the answer.

They are plain functions, so that the framework runs them in its thread pool: deciding is work for the processor.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response, StreamingResponse

from api import events, problems, views
from api.admission import Admitted, Caller, admit, counted
from api.parts import assistant_of, pack_of
from api.request_keys import Key, keyed
from api.schemas import (
    ChatRequest,
    ClauseShown,
    Contacts,
    EligibilityRequest,
    FactChanges,
    PackQuery,
    Packs,
    PacksQuery,
    SearchHits,
    SearchQuery,
    SessionFacts,
    SessionId,
)
from api.strict import StrictRoute
from assistant.reply import ChatReply, EligibilityReport

router = APIRouter(prefix="/v1", route_class=StrictRoute, dependencies=[Depends(admit)])


@router.post("/chat", summary="提问", response_model=ChatReply, dependencies=[counted("question")])
def chat(body: ChatRequest, request: Request, caller: Admitted, key: Key) -> Response:
    """Answer a question within its session; sent again under its key, it gets the same answer once more."""
    # Written here: the framework would send it through another thread to see once more that it is a reply.
    reply = _answer(request, caller, body, key)
    return Response(reply.model_dump_json(), media_type="application/json")


@router.post(
    "/chat/stream",
    summary="提问，逐段返回",
    response_class=StreamingResponse,
    dependencies=[counted("question")],
    responses={200: {"content": events.DOCUMENTED}},
)
def chat_stream(body: ChatRequest, request: Request, caller: Admitted, key: Key) -> StreamingResponse:
    """Answer a question as server-sent events.

    A refused question is a plain problem response; a failure of ours is the event `error`.
    """
    try:
        told = events.reply_events(_answer(request, caller, body, key))
    except Exception as error:
        problem = problems.problem_of(error)
        if problem.status < 500:
            raise
        problems.record(request, error)
        told = events.error_events(problems.traced(problem))
    return StreamingResponse(
        told, media_type=events.MEDIA_TYPE, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


@router.post("/eligibility", summary="对照申报条件", dependencies=[counted("other")])
def eligibility(body: EligibilityRequest, request: Request, caller: Admitted) -> EligibilityReport:
    """Check facts against a category's criteria."""
    pack = caller.pack(body.pack)
    return assistant_of(request).check(
        body.category, body.facts, as_of=body.as_of, pack=pack, asker=caller.asker
    )


@router.get("/search", summary="检索条款", dependencies=[counted("other")])
def search(query: Annotated[SearchQuery, Query()], request: Request, caller: Admitted) -> SearchHits:
    """The clauses nearest to a query."""
    found = assistant_of(request).search(query.q, k=query.k, pack=caller.pack(query.pack))
    return views.hits(found)


@router.get("/packs", summary="知识包")
def packs(query: Annotated[PacksQuery, Query()], request: Request, caller: Admitted) -> Packs:
    """The packs served, with their categories, annexes, windows and the facts that they declare."""
    assistant = assistant_of(request)
    own = caller.pack(None)
    names = [name for name in assistant.packs if own in (None, name)]
    shown = (assistant.packs[name] for name in names[query.offset : query.offset + query.limit])
    return Packs(packs=tuple(views.pack(pack, assistant.default_pack) for pack in shown), total=len(names))


@router.get("/clauses/{clause_id}", summary="条款原文")
def clause(
    clause_id: Annotated[str, Path(max_length=100)],
    query: Annotated[PackQuery, Query()],
    request: Request,
    caller: Admitted,
) -> ClauseShown:
    """A clause with its text, its place and its neighbours."""
    return views.clause(pack_of(request, caller.pack(query.pack)), clause_id)


@router.get("/contacts", summary="联系方式")
def contacts(query: Annotated[PackQuery, Query()], request: Request, caller: Admitted) -> Contacts:
    """The desks of the notice."""
    return views.contacts(pack_of(request, caller.pack(query.pack)))


@router.get("/sessions/{session_id}/facts", summary="会话中已知的情况")
def session_facts(
    session_id: Annotated[SessionId, Path()], request: Request, caller: Admitted
) -> SessionFacts:
    """What the session knows, each with the applicant's own words."""
    facts = assistant_of(request).session_facts(session_id, asker=caller.asker)
    return SessionFacts(session_id=session_id, facts=facts)


@router.patch("/sessions/{session_id}/facts", summary="更正会话中的情况", dependencies=[counted("other")])
def change_session_facts(
    session_id: Annotated[SessionId, Path()], body: FactChanges, request: Request, caller: Admitted, key: Key
) -> SessionFacts:
    """Set or (with null) withdraw facts; the verdict is computed anew."""
    assistant, asker = assistant_of(request), keyed(caller, key, "facts", body, session_id)
    report = assistant.change_facts(
        session_id, body.facts, as_of=body.as_of, pack=caller.pack(None), asker=asker
    )
    facts = assistant.session_facts(session_id, asker=asker)
    return SessionFacts(session_id=session_id, facts=facts, eligibility=report)


def _answer(request: Request, caller: Caller, body: ChatRequest, key: str | None) -> ChatReply:
    return assistant_of(request).reply(
        body.message,
        session_id=body.session_id,
        pack=caller.pack(body.pack),
        as_of=body.as_of,
        asker=keyed(caller, key, "chat", body, body.session_id),
    )
