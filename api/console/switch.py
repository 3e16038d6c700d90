"""Turning the assistant off, so that visitors are told the phones alone, and on again."""

from __future__ import annotations

from typing import Annotated

from fastapi.responses import Response

from api.console.access import Action, Visit, needs
from api.console.pages import go, render
from api.console.routing import page_router
from assistant.records.switch import REASON_LIMIT
from knowledge.errors import RecordRefused

router = page_router()


@router.get("/switch")
def switch_page(visit: Annotated[Visit, needs(Action.SWITCH)]) -> Response:
    """How it stands, and the other way."""
    return _page(visit)


@router.post("/switch/off")
def turn_off(visit: Annotated[Visit, needs(Action.SWITCH)]) -> Response:
    """Off, for a reason."""
    reason = visit.said("reason", REASON_LIMIT)
    try:
        visit.records.switch.turn_off(visit.account.name, reason)
    except RecordRefused as error:
        return _page(visit, status=422, problem=f"{error}。")
    return go("/console/switch", done="turned_off")


@router.post("/switch/on")
def turn_on(visit: Annotated[Visit, needs(Action.SWITCH)]) -> Response:
    """On again."""
    visit.records.switch.turn_on(visit.account.name)
    return go("/console/switch", done="turned_on")


def _page(visit: Visit, *, status: int = 200, problem: str = "") -> Response:
    packs = visit.assistant.packs.values()
    contacts = [contact for pack in packs for contact in pack.notice.contacts]
    return render(visit, "switch.html", status=status, problem=problem, contacts=contacts, limit=REASON_LIMIT)
