"""Annexes at the desk: what is loaded, a file shown as it was understood, its rules ticked, and taken out again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Path, Query
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from api.console import pages
from api.console.access import Action, Refused, Visit, needs
from api.console.look_up import Name, notices, pack_of
from api.console.pages import go, render
from api.console.routing import page_router
from knowledge.errors import AnnexRefused, DocumentRefused, UnknownRecord

if TYPE_CHECKING:
    from assistant.annexes import AnnexState
    from knowledge.adding import AnnexDraft
    from knowledge.pack import Pack

_UPLOAD = re.compile(r"/console/annexes/[0-9]{1,2}/upload")
Number = Annotated[int, Path(ge=1, le=99)]
Side = Annotated[bool, Query()]
router = page_router()


def is_upload(path: str) -> bool:
    """Whether requests to this path may bring a file."""
    return _UPLOAD.fullmatch(path) is not None


def file_too_large(limit: int) -> Response:
    """The page for a file of more than `limit` bytes."""
    detail = f"文件最多 {limit >> 20} MB。请压缩其中的图片，或拆成几份后再上传。"
    return pages.render_open("failure.html", status=413, title="文件过大", detail=detail)


@router.get("/annexes")
def annexes_page(visit: Annotated[Visit, needs(Action.ANNEXES)], pack: Name = "") -> Response:
    """The notice's annexes and their state."""
    chosen = pack_of(visit, pack)
    return render(
        visit,
        "annexes.html",
        notice=chosen.notice,
        packs=notices(visit),
        states=visit.annexes.states(chosen.id),
        **_progress(visit, chosen),
    )


@router.get("/annexes/{number}")
def annex_page(number: Number, visit: Annotated[Visit, needs(Action.ANNEXES)], pack: Name = "") -> Response:
    """One annex: what was loaded of it, what is asked because of it, and a file to upload."""
    return _page(visit, pack_of(visit, pack), number)


@router.post("/annexes/{number}/upload")
def upload(number: Number, visit: Annotated[Visit, needs(Action.ANNEXES, file=True)]) -> Response:
    """Read a file and show what was understood; nothing counts yet."""
    pack, background = pack_of(visit, visit.said("pack", 100)), bool(visit.said("background", 10))
    file = visit.form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return _page(visit, pack, number, status=422, problem="请先选择文件。")
    content = file.file.read()
    try:
        visit.annexes.upload(pack.id, number, file.filename, content, background=background)
    except (AnnexRefused, DocumentRefused) as error:
        other = isinstance(error, AnnexRefused) and error.edition
        return _page(visit, pack, number, status=422, problem=f"{error}。", offer_background=bool(other))
    finally:
        file.file.close()
    side = {"background": 1} if background else {}
    return go(f"/console/annexes/{number}/preview", pack=pack.id, **side)


@router.get("/annexes/{number}/preview")
def preview_page(
    number: Number,
    visit: Annotated[Visit, needs(Action.ANNEXES)],
    pack: Name = "",
    background: Side = False,
) -> Response:
    """What was understood of the file that waits: its clauses, what is doubtful, and the rules to tick."""
    chosen = pack_of(visit, pack)
    draft = visit.annexes.draft(chosen.id, number, background=background)
    return render(
        visit,
        "annex_preview.html",
        notice=chosen.notice,
        state=_state(visit, chosen, number),
        draft=draft,
        depth={clause.id: len(draft.tree.ancestors(clause.id)) for clause in draft.clauses},
        labels={clause.id: clause.label for clause in draft.clauses},
        **_progress(visit, chosen),
    )


@router.post("/annexes/{number}/confirm")
def confirm(number: Number, visit: Annotated[Visit, needs(Action.ANNEXES)]) -> Response:
    """Let the annex count, with the rules that are ticked."""
    pack, background = pack_of(visit, visit.said("pack", 100)), bool(visit.said("background", 10))
    draft = visit.annexes.draft(pack.id, number, background=background)
    _require_unchanged(visit, draft)
    ticked = {int(value) for value in visit.chosen("accept") if re.fullmatch("[0-9]{1,5}", value)}
    visit.annexes.confirm(
        pack.id,
        number,
        ticked,
        visit.account.name,
        background=background,
        partial=bool(visit.said("partial", 10)),
    )
    return go("/console/annexes", pack=pack.id, done="annex_confirmed")


@router.post("/annexes/{number}/drop")
def drop(number: Number, visit: Annotated[Visit, needs(Action.ANNEXES)]) -> Response:
    """Let a file that waits go."""
    pack = pack_of(visit, visit.said("pack", 100))
    visit.annexes.drop(pack.id, number, background=bool(visit.said("background", 10)))
    return go(f"/console/annexes/{number}", pack=pack.id, done="annex_dropped")


@router.post("/annexes/{number}/remove")
def remove(number: Number, visit: Annotated[Visit, needs(Action.ANNEXES)]) -> Response:
    """Take a loaded annex out."""
    pack = pack_of(visit, visit.said("pack", 100))
    background = bool(visit.said("background", 10))
    visit.annexes.remove(pack.id, number, visit.account.name, background=background)
    return go("/console/annexes", pack=pack.id, done="annex_removed")


def _page(
    visit: Visit,
    pack: Pack,
    number: int,
    *,
    status: int = 200,
    problem: str = "",
    offer_background: bool = False,
) -> Response:
    return render(
        visit,
        "annex.html",
        status=status,
        notice=pack.notice,
        state=_state(visit, pack, number),
        problem=problem,
        offer_background=offer_background,
        limit=visit.request.app.state.upload_limit,
        **_progress(visit, pack),
    )


def _progress(visit: Visit, pack: Pack) -> dict[str, Any]:
    return {"working": visit.annexes.working(pack.id), "failure": visit.annexes.failure(pack.id)}


def _state(visit: Visit, pack: Pack, number: int) -> AnnexState:
    for state in visit.annexes.states(pack.id):
        if state.annex.number == number:
            return state
    raise UnknownRecord(f"通知没有附件{number}")


def _require_unchanged(visit: Visit, draft: AnnexDraft) -> None:
    """Whoever confirms has seen this very file. Raises Refused."""
    if visit.said("sha256", 100) != draft.record.sha256:
        raise Refused(409, "这份文件在您查看之后被换过，请重新查看后再确认。")
