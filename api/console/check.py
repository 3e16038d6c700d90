"""Checking: the facts of a caller as a form, the verdict and its trace beside it while they are filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Query
from fastapi.responses import Response

from api.console import fact_form
from api.console.access import Action, Refused, Visit, needs
from api.console.ask import day_of
from api.console.look_up import notices, pack_of
from api.console.pages import render
from api.console.routing import page_router

if TYPE_CHECKING:
    from knowledge.pack import Pack

router = page_router()


@router.get("/check")
def check_page(
    visit: Annotated[Visit, needs(Action.CHECK)], pack: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """The empty form, with what is to be asked first."""
    return _page(visit, pack_of(visit, pack), "", "", fact_form.Filled({}, {}, {}))


@router.post("/check")
def check(visit: Annotated[Visit, needs(Action.CHECK)]) -> Response:
    """The verdict on a filled form. Nothing is kept, so that it may be sent as often as something changes."""
    pack = pack_of(visit, visit.said("pack", 100))
    return _page(
        visit,
        pack,
        visit.said("category", 100),
        visit.said("as_of", 10),
        fact_form.read(pack.schema, visit.form),
    )


def _page(visit: Visit, pack: Pack, category: str, as_of: str, filled: fact_form.Filled) -> Response:
    names = {one.id: one.name for one in pack.notice.categories}
    chosen = category if category in names else next(iter(names), "")
    problem, report = "", None
    try:
        on = day_of(as_of)
        report = (
            visit.assistant.check(chosen, filled.facts, as_of=on, pack=pack.id, asker=visit.asker)
            if chosen
            else None
        )
    except Refused as refused:
        problem = refused.reason
    return render(
        visit,
        "check.html",
        notice=pack.notice,
        packs=notices(visit),
        names=names,
        categories=[(one.id, one.short) for one in pack.notice.categories],
        category=chosen,
        as_of=as_of,
        fields=fact_form.fields(pack.schema, chosen, filled),
        report=report,
        problem=problem,
    )
