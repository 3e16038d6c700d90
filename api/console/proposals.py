"""Exemplars proposed by staff and reviewed by editors. What is approved answers the next question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Path, Query
from fastapi.responses import Response

from api.console.access import Action, Visit, needs
from api.console.look_up import Asked, Name, notices, pack_of
from api.console.pages import go, render
from api.console.paging import PageNumber, page_of
from api.console.routing import page_router
from api.console.tickets import chosen_clauses, nearest
from assistant.teaching import NOTE_LIMIT, QUESTION_LIMIT, Teaching, answer_text
from knowledge.errors import RecordRefused, StateConflict, UnknownClause

if TYPE_CHECKING:
    from assistant.records.exemplars import Proposal
    from knowledge.pack import Pack

STATES = ("proposed", "approved", "exported", "rejected")
ProposalId = Annotated[int, Path(ge=1, le=2**53)]
router = page_router()


@router.get("/proposals")
def proposals_page(
    visit: Annotated[Visit, needs(Action.PROPOSE)],
    state: Annotated[str, Query(max_length=20)] = "proposed",
    page: PageNumber = 1,
) -> Response:
    """The proposals of a state."""
    kept, state = visit.records.exemplars, state if state in STATES else "proposed"
    shown = page_of(lambda offset, limit: kept.list(state, offset=offset, limit=limit), page)  # type: ignore[arg-type]
    tabs = {name: kept.count(name) for name in STATES}  # type: ignore[arg-type]
    return render(
        visit, "proposals.html", page=shown, state=state, tabs=tabs, labels=_labels(visit, shown.rows)
    )


@router.get("/proposals/new")
def new_page(
    visit: Annotated[Visit, needs(Action.PROPOSE)], pack: Name = "", question: Asked = "", clause: Name = ""
) -> Response:
    """The form for a proposal without a ticket."""
    return _form(visit, pack_of(visit, pack), question=question, clauses=(clause,) if clause else ())


@router.post("/proposals/new")
def propose(visit: Annotated[Visit, needs(Action.PROPOSE)]) -> Response:
    """Keep a proposal for review; what its clauses do not say is refused."""
    pack, clauses = pack_of(visit, visit.said("pack", 100)), chosen_clauses(visit)
    question, note = visit.said("question", QUESTION_LIMIT), visit.said("note", NOTE_LIMIT)
    topic = visit.said("topic", 100)
    if visit.said("then", 20) == "find":
        return _form(visit, pack, question=question, clauses=clauses, note=note, topic=topic)
    try:
        kept = _teaching(visit).propose(
            visit.account,
            pack=pack.id,
            question=question,
            clauses=() if topic else clauses,
            topic=topic or None,
            note="" if topic else note,
        )
    except (RecordRefused, StateConflict, UnknownClause) as error:
        problem = f"{error}。"
        typed = {"question": question, "clauses": clauses, "note": note, "topic": topic}
        return _form(visit, pack, status=422, problem=problem, **typed)
    return go(f"/console/proposals/{kept.id}", done="proposed")


@router.get("/proposals/{proposal_id}")
def proposal_page(proposal_id: ProposalId, visit: Annotated[Visit, needs(Action.PROPOSE)]) -> Response:
    """One proposal with the answer that it would give."""
    return _page(visit, visit.records.exemplars.get(proposal_id))


@router.post("/proposals/{proposal_id}/approve")
def approve(proposal_id: ProposalId, visit: Annotated[Visit, needs(Action.REVIEW)]) -> Response:
    """Teach it from the next question on, if its clauses still bear it out."""
    try:
        _teaching(visit).approve(proposal_id, visit.account)
    except (RecordRefused, UnknownClause) as error:
        return _page(visit, visit.records.exemplars.get(proposal_id), status=422, problem=f"{error}。")
    return go(f"/console/proposals/{proposal_id}", done="approved")


@router.post("/proposals/{proposal_id}/reject")
def reject(proposal_id: ProposalId, visit: Annotated[Visit, needs(Action.REVIEW)]) -> Response:
    """Send it back with a reason."""
    _teaching(visit).reject(proposal_id, visit.account, visit.said("review", NOTE_LIMIT))
    return go(f"/console/proposals/{proposal_id}", done="rejected")


@router.post("/proposals/{proposal_id}/withdraw")
def withdraw(proposal_id: ProposalId, visit: Annotated[Visit, needs(Action.REVIEW)]) -> Response:
    """Teach it no longer."""
    _teaching(visit).withdraw(proposal_id, visit.account, visit.said("review", NOTE_LIMIT))
    return go(f"/console/proposals/{proposal_id}", done="withdrawn")


def _teaching(visit: Visit) -> Teaching:
    return Teaching(visit.assistant, visit.records.exemplars)


def _labels(visit: Visit, proposals: Any) -> dict[tuple[str, str], str]:
    """What the clauses of proposals are called, by pack and id; their ids where they are gone."""
    packs, labels = visit.assistant.packs, {}
    for proposal in proposals:
        pack = packs.get(proposal.pack)
        for clause in proposal.clauses:
            known = pack is not None and clause in pack.tree
            labels[proposal.pack, clause] = pack.tree.get(clause).label if pack and known else clause
    return labels


def _page(visit: Visit, proposal: Proposal, *, status: int = 200, problem: str = "") -> Response:
    pack = pack_of(visit, proposal.pack)
    clauses = [pack.tree.get(clause) for clause in proposal.clauses if clause in pack.tree]
    topic = pack.topic(proposal.topic) if proposal.topic else None
    whole = len(clauses) == len(proposal.clauses)
    return render(
        visit,
        "proposal.html",
        status=status,
        problem=problem,
        proposal=proposal,
        notice=pack.notice,
        clauses=clauses,
        topic=topic,
        answer=answer_text(pack, proposal.clauses, proposal.note) if clauses and whole else "",
        limit=NOTE_LIMIT,
    )


def _form(visit: Visit, pack: Pack, *, status: int = 200, **typed: Any) -> Response:
    kept = {"problem": "", "question": "", "note": "", "topic": "", "clauses": ()} | typed
    offered, found = nearest(visit, pack, kept["question"] or " ", kept["clauses"])
    return render(
        visit,
        "propose.html",
        status=status,
        notice=pack.notice,
        packs=notices(visit),
        offered=offered,
        words_sought=found.words,
        topics=[hit.topic for hit in found.exemplars],
        limits={"note": NOTE_LIMIT, "question": QUESTION_LIMIT},
        **kept,
    )
