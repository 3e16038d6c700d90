"""Packs, clauses, contacts and channels as HTTP shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from api.schemas import ClauseName, ClauseShown, Contacts, Hit, PackShown, SearchHits
from api.visitor_schemas import ChannelShown
from assistant.reply import ShownContact

if TYPE_CHECKING:
    from api.channels import Channel
    from assistant.look_up import SearchHit
    from knowledge.models import Clause, Notice
    from knowledge.pack import Pack


def pack(shown: Pack, default_pack: str) -> PackShown:
    """A pack's notice and the facts that it declares."""
    notice = shown.notice
    return PackShown(
        id=notice.id,
        version=notice.version,
        digest=shown.digest,
        default=notice.id == default_pack,
        title=notice.title,
        document=notice.document,
        document_number=notice.document_number,
        issuing_authority=notice.issuing_authority,
        issued_on=notice.issued_on,
        valid_from=notice.valid_from,
        valid_until=notice.valid_until,
        superseded_by=notice.superseded_by,
        categories=notice.categories,
        annexes=notice.annexes,
        windows=notice.windows,
        contacts=contacts(shown).contacts,
        facts=shown.schema.facts,
    )


def hits(found: Iterable[SearchHit]) -> SearchHits:
    """The clauses that a search found."""
    return SearchHits(
        hits=tuple(
            Hit(document=h.document, clause_id=h.clause_id, label=h.label, text=h.text, score=h.score)
            for h in found
        )
    )


def contacts(shown: Pack) -> Contacts:
    """The desks of a pack's notice."""
    return Contacts(
        contacts=tuple(
            ShownContact(category=c.category, label=c.label, phone=c.phone) for c in shown.notice.contacts
        ),
        mailing_address=shown.notice.mailing_address,
    )


def clause(shown: Pack, clause_id: str) -> ClauseShown:
    """A clause with its neighbours in reading order. Raises UnknownClause."""
    tree = shown.tree
    found = tree.get(clause_id)
    order = tree.clauses
    place = order.index(found)
    return ClauseShown(
        pack=shown.notice.id,
        document=shown.notice.document,
        clause_id=found.id,
        label=found.label,
        heading=found.heading,
        heading_path=found.heading_path,
        text=found.text,
        categories=found.categories,
        parent=_name(tree.get(found.parent)) if found.parent else None,
        children=tuple(_name(child) for child in tree.children(found.id)),
        previous=_name(order[place - 1]) if place > 0 else None,
        next=_name(order[place + 1]) if place + 1 < len(order) else None,
    )


def channel(shown: Channel, pack: Pack, off: bool = False) -> ChannelShown:
    """A channel with what its pack says to somebody who has not asked yet; the phones alone while it is `off`."""
    notice, desks = pack.notice, contacts(pack)
    suggested = (pack.topic(topic) for topic in notice.suggested.get("smalltalk", ()))
    return ChannelShown(
        id=shown.id,
        pack=notice.id,
        document=notice.document,
        title=shown.title or notice.title,
        greeting=_referral(notice) if off else shown.greeting,
        colour=shown.colour,
        contacts=desks.contacts,
        mailing_address=desks.mailing_address,
        suggestions=()
        if off
        else tuple(topic.suggestion for topic in suggested if topic and topic.suggestion),
        facts=pack.schema.facts,
        categories=notice.categories,
    )


def _referral(notice: Notice) -> str:
    from assistant.answers.other import referral  # noqa: PLC0415 - heavy, and seldom needed
    from assistant.phrases import load_phrases  # noqa: PLC0415

    return referral(notice, load_phrases())


def _name(named: Clause) -> ClauseName:
    return ClauseName(clause_id=named.id, label=named.label)
