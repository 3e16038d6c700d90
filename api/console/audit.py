"""The log of changes, for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from fastapi.responses import Response

from api.console.access import Action, Visit, needs
from api.console.pages import render
from api.console.paging import PageNumber, page_of
from api.console.routing import page_router

router = page_router()


@router.get("/audit")
def audit_page(
    visit: Annotated[Visit, needs(Action.AUDIT)],
    actor: Annotated[str, Query(max_length=100)] = "",
    subject: Annotated[str, Query(max_length=100)] = "",
    page: PageNumber = 1,
) -> Response:
    """Who changed what, newest first."""
    kept = visit.records.audit
    actor, subject = actor.strip(), subject.strip()
    shown = page_of(
        lambda offset, limit: kept.list(
            actor=actor or None, subject=subject or None, offset=offset, limit=limit
        ),
        page,
    )
    return render(visit, "audit.html", page=shown, filters={"actor": actor, "subject": subject})
