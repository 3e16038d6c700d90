"""Looking up: clauses and exemplars while typing, and a clause with all that stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from fastapi import Query
from fastapi.responses import Response

from api.console.access import Action, Visit, needs
from api.console.marking import quoted
from api.console.pages import render
from api.console.routing import page_router
from knowledge.errors import UnknownPack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.records.exemplars import Proposal
    from knowledge.models import Clause, Notice, Topic
    from knowledge.pack import Pack

HITS, TAUGHT_HITS = 6, 3
Asked = Annotated[str, Query(max_length=1_000)]
Name = Annotated[str, Query(max_length=100)]
router = page_router()


@router.get("")
def look_up_page(
    visit: Annotated[Visit, needs(Action.LOOK_UP)], q: Asked = "", category: Name = "", pack: Name = ""
) -> Response:
    """The desk's first page: what is nearest to the words, or the contents of the notice."""
    chosen = pack_of(visit, pack)
    q, known = q.strip(), {one.id for one in chosen.notice.categories}
    category = category if category in known else ""
    standing = visit.assistant.standing(chosen.id)
    asks = bool(q) and standing.answers
    found = visit.assistant.look_up(q, k=HITS, category=category or None, pack=chosen.id) if asks else None
    return render(
        visit,
        "look_up.html",
        q=q,
        category=category,
        categories=[(one.id, one.short) for one in chosen.notice.categories],
        notice=chosen.notice,
        packs=notices(visit),
        tree=chosen.tree,
        found=found,
        standing=standing,
        failure=visit.assistant.failures().get(chosen.id) or visit.assistant.failures().get(""),
        taught=_taught(visit, chosen, found.words) if found else [],
    )


@router.get("/clauses/{clause_id}")
def clause_page(
    clause_id: str,
    visit: Annotated[Visit, needs(Action.LOOK_UP)],
    pack: Name = "",
    q: Asked = "",
    quote: Asked = "",
) -> Response:
    """A clause: its words, neighbours, whom it binds, which rules stand on it, which questions lead to it."""
    chosen = pack_of(visit, pack)
    clause = chosen.tree.get(clause_id)
    answers = visit.assistant.standing(chosen.id).answers
    words = visit.assistant.words(q, pack=chosen.id) if q.strip() and answers else ()
    return render(
        visit,
        "clause.html",
        notice=chosen.notice,
        clause=clause,
        q=q.strip(),
        pieces=quoted(clause.text, quote) if quote else None,
        words_sought=words,
        cited=cited_clause(chosen.notice, clause),
        neighbours=_neighbours(chosen, clause),
        criteria=[one for one in chosen.rules.criteria if one.clause == clause_id],
        notes=[one for one in chosen.rules.notes if one.clause == clause_id],
        not_modelled=[one for one in chosen.rules.not_modelled if one.clause == clause_id],
        meanings={spec.name: spec.meaning for spec in chosen.schema.facts},
        topics=_topics(chosen, clause_id),
        taught=[one for one in visit.records.exemplars.taught(chosen.id) if clause_id in one.clauses],
    )


def pack_of(visit: Visit, pack_id: str) -> Pack:
    """The pack of this id, the default one for none. Raises UnknownPack."""
    packs = visit.assistant.packs
    try:
        return packs[pack_id or visit.assistant.default_pack]
    except KeyError:
        raise UnknownPack(f"没有知识包 {pack_id[:60]}") from None


class Offered(NamedTuple):
    """A pack to choose: the name by which it is asked for, and what is shown for it."""

    id: str
    title: str


def notices(visit: Visit) -> list[Offered]:
    """All packs, for choosing among them; none is loaded for that."""
    return [
        Offered(
            listed.name,
            f"{listed.head.title}（{listed.head.version}）" if "@" in listed.name else listed.head.title,
        )
        for listed in visit.assistant.catalogue.values()
    ]


def cited_clause(notice: Notice, clause: Clause) -> str:
    """A clause as it is quoted in a reply of one's own."""
    return f"根据《{notice.title}》（{notice.document_number}）{clause.label}：\n“{clause.text}”"


def _taught(visit: Visit, pack: Pack, words: Sequence[str]) -> list[Proposal]:
    """Exemplars taught at the desk that share at least two words with the query, the likest first."""
    counted = [
        (sum(word in one.question for word in words), one) for one in visit.records.exemplars.taught(pack.id)
    ]
    likest = sorted((entry for entry in counted if entry[0] > 1), key=lambda entry: -entry[0])
    return [one for _, one in likest[:TAUGHT_HITS]]


def _topics(pack: Pack, clause_id: str) -> list[Topic]:
    """The topics whose answers cite the clause; those that are about little else come first."""
    cited = {
        topic.id: {citation.clause for answer in topic.answers for citation in answer.citations}
        for topic in pack.topics
    }
    leading = [topic for topic in pack.topics if clause_id in cited[topic.id]]
    return sorted(leading, key=lambda topic: (len(cited[topic.id]), topic.route != "lookup"))


def _neighbours(pack: Pack, clause: Clause) -> list[tuple[str, list[Clause]]]:
    order, tree = pack.tree.clauses, pack.tree
    place = order.index(clause)
    found = (
        ("上级", [tree.get(clause.parent)] if clause.parent else []),
        ("上一条", [order[place - 1]] if place else []),
        ("下一条", list(order[place + 1 : place + 2])),
        ("下级", list(tree.children(clause.id))),
    )
    return [(name, near) for name, near in found if near]
