"""Asking in full while a caller waits: the evidence first, a sentence to say, a reply to copy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Query
from fastapi.responses import Response

from api.console.access import Action, Refused, Visit, needs
from api.console.look_up import pack_of
from api.console.marking import Piece, quoted
from api.console.pages import body, go, render, unmarked
from api.console.routing import page_router
from assistant.inputs import parse_day
from assistant.reply import ChatReply, ShownCitation
from assistant.sessions import is_session_id
from knowledge.errors import InputRefused, UnknownClause

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from assistant.session_store import CitedText
    from knowledge.models import Clause
    from knowledge.pack import Pack

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_ALOUD = 90
"""Characters that can be said in one breath or two; whole sentences are taken up to there, one at least."""
router = page_router()


@router.get("/ask")
def ask_page(
    visit: Annotated[Visit, needs(Action.LOOK_UP)],
    q: Annotated[str, Query(max_length=8_000)] = "",
    pack: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """The form, for a new call."""
    return _page(visit, pack_of(visit, pack), q=q)


@router.post("/ask")
def ask(visit: Annotated[Visit, needs(Action.LOOK_UP)]) -> Response:
    """Ask, keep the conversation as any other, and show the answer."""
    pack = pack_of(visit, visit.said("pack", 100))
    question, call, on = visit.said("q"), visit.said("call", 64), visit.said("as_of", 10)
    try:
        reply = visit.assistant.reply(
            question,
            session_id=call if is_session_id(call) else None,
            pack=pack.id,
            as_of=day_of(on),
            asker=visit.asker,
        )
    except InputRefused as error:
        return _page(visit, pack, q=question, call=call, as_of=on, problem=f"{error}。", status=422)
    return go(f"/console/answers/{reply.message_id}")


@router.get("/answers/{message_id}")
def answer_page(message_id: str, visit: Annotated[Visit, needs(Action.LOOK_UP)]) -> Response:
    """An answer with its evidence, and the form for the caller's next question."""
    message = visit.records.conversations.message(message_id)
    reply = ChatReply.model_validate_json(message.reply_json)
    pack = visit.assistant.packs.get(message.pack)
    if pack is None:
        raise Refused(404, f"这个回答出自已不在使用的知识包 {message.pack}，请到“对话”里看原文。")
    own = message.visitor == visit.asker.visitor
    kept = visit.records.conversations.cited([message_id]).get(message_id, {})
    return _page(
        visit,
        pack,
        q="",
        question=message.question,
        call=message.session_id if own else "",
        reply=reply,
        evidence=[evidence(pack, citation, kept) for citation in reply.citations],
        spoken=spoken(reply.text),
        cited=cited_reply(reply),
        meanings={spec.name: spec.meaning for spec in pack.schema.facts},
    )


def evidence(
    pack: Pack, citation: ShownCitation, kept: Mapping[str, CitedText]
) -> tuple[ShownCitation, Clause | None, list[Piece]]:
    """A citation with its clause as it is now, and the quote marked in the words that it had when it was cited.

    The quote alone where the clause is gone and its words were not kept.
    """
    then = kept.get(citation.clause_id)
    try:
        clause = pack.tree.get(citation.clause_id)
    except UnknownClause:
        clause = None
    if then is None and clause is None:
        return citation, None, [Piece(citation.quote, True)]
    text = then.text if then is not None else clause.text if clause is not None else ""
    return citation, clause, quoted(text, citation.quote)


def spoken(text: str) -> str:
    """The first sentences of an answer, without markers, as they can be said on the phone."""
    said = ""
    for sentence in _SENTENCE.findall(unmarked(body(text))):
        if said and len(said) + len(sentence) > _ALOUD:
            break
        said += sentence.strip()
    return said


def cited_reply(reply: ChatReply) -> str:
    """The answer with its sources, for pasting into a reply of one's own."""
    text = body(reply.text)
    if not reply.citations:
        return text
    lines = [f"[{one.marker}] {one.document} {one.label}：“{one.quote}”" for one in reply.citations]
    return "\n".join([text, "", "依据：", *lines])


def day_of(text: str) -> date | None:
    """The day of a form field, None when it is empty. Raises Refused."""
    if not text:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        raise Refused(422, f"日期 {text} 不能用：{error}。") from error


def _page(visit: Visit, pack: Pack, *, q: str, status: int = 200, **shown: Any) -> Response:
    absent = {"call": "", "as_of": "", "problem": "", "reply": None}
    names = {category.id: category.name for category in pack.notice.categories}
    return render(visit, "ask.html", status=status, notice=pack.notice, names=names, q=q, **(absent | shown))
