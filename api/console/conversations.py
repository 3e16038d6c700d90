"""Conversations as they were held: filtered, read, and taken away as tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any, get_args

from fastapi import Depends, Query
from fastapi.responses import Response, StreamingResponse

from api.console import export
from api.console.access import Action, Refused, Visit, needs
from api.console.ask import day_of
from api.console.pages import PRIVATE, go, render
from api.console.paging import PageNumber, page_of
from api.console.routing import page_router
from assistant.masking import printed_by
from assistant.records.conversations import ConversationFilter
from assistant.reply import Verdict
from knowledge.models import Route

_RATINGS = ("up", "down", "none")
Choice = Annotated[str, Query(max_length=100)]
router = page_router()


def chosen(
    route: Choice = "",
    verdict: Choice = "",
    rating: Choice = "",
    since: Choice = "",
    until: Choice = "",
    text: Annotated[str, Query(max_length=200)] = "",
    channel: Choice = "",
) -> ConversationFilter:
    """The filter of a query; a value that is none of its kind counts for nothing. Raises Refused for wrong days."""
    return ConversationFilter(
        route=route if route in get_args(Route) else None,  # type: ignore[arg-type]
        verdict=verdict if verdict in get_args(Verdict) else None,  # type: ignore[arg-type]
        rating=rating if rating in _RATINGS else None,  # type: ignore[arg-type]
        since=day_of(since),
        until=day_of(until),
        text=text.strip(),
        channel=channel or None,
    )


Chosen = Annotated[ConversationFilter, Depends(chosen)]


@router.get("/conversations")
def conversations_page(
    wanted: Chosen, visit: Annotated[Visit, needs(Action.READ_CONVERSATIONS)], page: PageNumber = 1
) -> Response:
    """Questions and answers that fit, newest first."""
    kept = visit.records.conversations
    shown = page_of(lambda offset, limit: kept.list(wanted, offset=offset, limit=limit), page)
    return render(
        visit,
        "conversations.html",
        page=shown,
        wanted=wanted,
        parameters=_parameters(wanted),
        count=kept.count(wanted),
        routes=get_args(Route),
        verdicts=get_args(Verdict),
    )


@router.get("/conversations/{session_id}")
def conversation_page(session_id: str, visit: Annotated[Visit, needs(Action.READ_CONVERSATIONS)]) -> Response:
    """One conversation from its beginning."""
    messages = visit.records.conversations.messages(session_id)
    if not messages:
        raise Refused(404, "没有这个对话，可能已由用户删除。")
    cited = visit.records.conversations.cited([one.message_id for one in messages])
    return render(visit, "conversation.html", messages=messages, session_id=session_id, cited=cited)


@router.post("/conversations/{session_id}/delete")
def delete(session_id: str, visit: Annotated[Visit, needs(Action.FORGET)]) -> Response:
    """Delete a conversation for good, at the request of whoever held it."""
    visit.records.conversations.delete(session_id, visit.account.name)
    return go("/console/conversations", done="forgotten")


@router.get("/exports/conversations.csv")
def conversations_csv(wanted: Chosen, visit: Annotated[Visit, needs(Action.EXPORT)]) -> Response:
    """All that fit as CSV, for spreadsheets."""
    rows = _taken(visit, wanted, "csv")
    headers = PRIVATE | {"Content-Disposition": 'attachment; filename="conversations.csv"'}
    return StreamingResponse(export.csv(rows), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/exports/conversations.xlsx")
def conversations_xlsx(wanted: Chosen, visit: Annotated[Visit, needs(Action.EXPORT)]) -> Response:
    """All that fit as an Excel workbook."""
    rows = _taken(visit, wanted, "xlsx")
    headers = PRIVATE | {"Content-Disposition": 'attachment; filename="conversations.xlsx"'}
    return StreamingResponse(export.xlsx(rows), media_type=export.XLSX, headers=headers)


def _parameters(wanted: ConversationFilter) -> dict[str, Any]:
    return {name: str(value) for name, value in asdict(wanted).items() if value}


def _taken(visit: Visit, wanted: ConversationFilter, form: str) -> Iterator[export.Row]:
    """The rows to take away; who does, and which, is in the audit log: they are what citizens wrote."""
    told = {"form": form, **_parameters(wanted)}
    visit.records.audit.record(visit.account.name, "conversations.export", "conversations", None, told)
    return export.rows(visit.records.conversations.each(wanted), printed_by(visit.assistant.packs.values()))
