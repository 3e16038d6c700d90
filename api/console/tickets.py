"""Questions that wait for a person: taken, answered with clauses or a note, and proposed as exemplars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Path, Query
from fastapi.responses import Response

from api.console.access import Action, Refused, Visit, needs
from api.console.look_up import pack_of
from api.console.pages import go, render
from api.console.paging import PageNumber, page_of
from api.console.routing import page_router
from assistant.teaching import CLAUSES_LIMIT, NOTE_LIMIT, QUESTION_LIMIT, Teaching
from knowledge.errors import RecordRefused, UnknownClause, UnknownRecord

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.look_up import Found
    from assistant.records.conversations import KeptMessage
    from assistant.records.tickets import Ticket
    from knowledge.models import Clause
    from knowledge.pack import Pack

STATES = {"open": "open", "mine": "claimed", "claimed": "claimed", "closed": "closed"}
NEAREST = 5
TicketId = Annotated[int, Path(ge=1, le=2**53)]
Choice = Annotated[str, Query(max_length=100)]
router = page_router()


@router.get("/tickets")
def tickets_page(
    visit: Annotated[Visit, needs(Action.TICKETS)],
    state: Choice = "open",
    reason: Choice = "",
    category: Choice = "",
    page: PageNumber = 1,
) -> Response:
    """The tickets of a state, the longest waiting first."""
    kept, state = visit.records.tickets, state if state in STATES else "open"
    chosen: dict[str, Any] = {"reason": reason or None, "category": category or None}
    owner = {"owner": visit.account.name} if state == "mine" else {}
    tabs = {
        name: kept.count(kind, **(chosen | ({"owner": visit.account.name} if name == "mine" else {})))  # type: ignore[arg-type]
        for name, kind in STATES.items()
    }
    shown = page_of(
        lambda offset, limit: kept.list(STATES[state], offset=offset, limit=limit, **(chosen | owner)),  # type: ignore[arg-type]
        page,
    )
    return render(
        visit,
        "tickets.html",
        page=shown,
        state=state,
        tabs=tabs,
        filters={"state": state, "reason": reason, "category": category},
        names=_category_names(visit, (ticket.pack for ticket in shown.rows)),
    )


@router.get("/tickets/{ticket_id}")
def ticket_page(ticket_id: TicketId, visit: Annotated[Visit, needs(Action.TICKETS)]) -> Response:
    """One ticket: what was asked and answered, and what shall be answered."""
    return _page(visit, visit.records.tickets.get(ticket_id))


@router.post("/tickets/{ticket_id}/claim")
def claim(ticket_id: TicketId, visit: Annotated[Visit, needs(Action.TICKETS)]) -> Response:
    """Take it."""
    visit.records.tickets.claim(ticket_id, visit.account.name)
    return go(f"/console/tickets/{ticket_id}", done="claimed")


@router.post("/tickets/{ticket_id}/release")
def release(ticket_id: TicketId, visit: Annotated[Visit, needs(Action.TICKETS)]) -> Response:
    """Give it back."""
    visit.records.tickets.release(ticket_id, visit.account.name)
    return go(f"/console/tickets/{ticket_id}", done="released")


@router.post("/tickets/{ticket_id}/reopen")
def reopen(ticket_id: TicketId, visit: Annotated[Visit, needs(Action.TICKETS)]) -> Response:
    """Let a closed one wait again."""
    visit.records.tickets.reopen(ticket_id, visit.account.name)
    return go(f"/console/tickets/{ticket_id}", done="reopened")


@router.post("/tickets/{ticket_id}/answer")
def answer(ticket_id: TicketId, visit: Annotated[Visit, needs(Action.TICKETS)]) -> Response:
    """Keep the answer; close the ticket and propose an exemplar where that is asked for."""
    ticket, then = visit.records.tickets.get(ticket_id), visit.said("then", 20)
    clauses, note = chosen_clauses(visit), visit.said("note", NOTE_LIMIT)
    propose = then in {"propose", "close_propose"}
    try:
        # One transaction: an exemplar that is refused leaves the ticket as it was.
        with visit.records.database.begin():
            _keep(visit, ticket, clauses, note, then)
            if propose:
                _propose(visit, ticket, clauses, note)
    except (RecordRefused, UnknownClause) as error:
        return _page(visit, ticket, status=422, problem=f"{error}。", clauses=clauses, note=note)
    done = {"close": "closed", "propose": "proposed", "close_propose": "closed_proposed"}.get(then, "saved")
    return go(f"/console/tickets/{ticket_id}", done=done)


def chosen_clauses(visit: Visit) -> tuple[str, ...]:
    """The clauses ticked and those typed, each once."""
    typed = visit.said("other_clauses", 400).replace("，", " ").replace(",", " ").replace("、", " ").split()
    return tuple(dict.fromkeys((*visit.chosen("clauses"), *typed)))


def nearest(visit: Visit, pack: Pack, question: str, chosen: tuple[str, ...]) -> tuple[list[Clause], Found]:
    """The clauses already chosen and those nearest to the question, and what else was found for it."""
    found = visit.assistant.look_up(question[:QUESTION_LIMIT], k=NEAREST, pack=pack.id)
    ids = dict.fromkeys((*chosen, *(hit.clause.id for hit in found.clauses)))
    return [pack.tree.get(clause) for clause in ids if clause in pack.tree], found


def _keep(visit: Visit, ticket: Ticket, clauses: tuple[str, ...], note: str, then: str) -> None:
    tree = pack_of(visit, ticket.pack).tree
    for clause in clauses:
        tree.get(clause)
    if not clauses and not note and then in {"close", "close_propose"}:
        raise RecordRefused("请先指明条款，或写下怎样答复的")
    tickets = visit.records.tickets
    tickets.answer(ticket.id, visit.account.name, clauses, note)
    if then in {"close", "close_propose"}:
        tickets.close(ticket.id, visit.account.name)


def _propose(visit: Visit, ticket: Ticket, clauses: tuple[str, ...], note: str) -> None:
    topic = visit.said("topic", 100) or None
    Teaching(visit.assistant, visit.records.exemplars).propose(
        visit.account,
        pack=ticket.pack,
        question=visit.said("question", QUESTION_LIMIT) or ticket.question,
        clauses=() if topic else clauses,
        topic=topic,
        note="" if topic else note,
        ticket_id=ticket.id,
    )


def _page(visit: Visit, ticket: Ticket, *, status: int = 200, **typed: Any) -> Response:
    pack = visit.assistant.packs.get(ticket.pack)
    if pack is None:
        raise Refused(404, f"这张工单出自已不在使用的知识包 {ticket.pack}。")
    kept = {"problem": "", "clauses": ticket.clauses, "note": ticket.note} | typed
    offered, found = nearest(visit, pack, ticket.question, kept["clauses"])
    return render(
        visit,
        "ticket.html",
        status=status,
        ticket=ticket,
        notice=pack.notice,
        names=_category_names(visit, [ticket.pack]),
        message=_message(visit, ticket),
        offered=offered,
        words_sought=found.words,
        topics=[hit.topic for hit in found.exemplars],
        proposals=visit.records.exemplars.list(ticket_id=ticket.id),
        limits={"note": NOTE_LIMIT, "question": QUESTION_LIMIT, "clauses": CLAUSES_LIMIT},
        **kept,
    )


def _message(visit: Visit, ticket: Ticket) -> KeptMessage | None:
    try:
        return visit.records.conversations.message(ticket.message_id) if ticket.message_id else None
    except UnknownRecord:
        return None


def _category_names(visit: Visit, names: Iterable[str]) -> dict[str, str]:
    """What categories are called: those of the default pack, and of the packs named."""
    served = visit.assistant.packs
    packs = [served[name] for name in dict.fromkeys((visit.assistant.default_pack, *names)) if name in served]
    return {one.id: one.short for pack in packs for one in pack.notice.categories}
