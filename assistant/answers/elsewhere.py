"""What is said where the pack asked does not answer: the question belongs to another, or its time is over."""

from __future__ import annotations

from assistant.answers.common import chinese_date, contact_sentence, contacts_for
from assistant.compose.draft import Draft
from assistant.compose.grounding import Grounding
from assistant.compose.sentences import read_sentences
from assistant.phrases import Phrases
from knowledge.catalogue import Head, Listed, Standing
from knowledge.pack import Pack


def elsewhere_draft(own: Head, other: Head, contacts: Pack, phrases: Phrases) -> Draft:
    """The question is about another notice that is served: which, and whom to ring about it."""
    told = phrases.elsewhere["belongs"].format(
        title=other.title, number=other.document_number, own_title=own.title, own_number=own.document_number
    )
    return _draft(told, contacts, phrases, (own, other))


def not_in_force_draft(asked: Listed, standing: Standing, contacts: Pack, phrases: Phrases) -> Draft:
    """The pack does not answer on this day: why, what took its place, and whom to ring."""
    successor = standing.successor.head if standing.successor else asked.head
    told = standing_told(asked, standing, phrases)
    return _draft(told, contacts, phrases, (asked.head, successor))


def standing_told(asked: Listed, standing: Standing, phrases: Phrases) -> str:
    """Why a pack does not answer, in words."""
    head, successor = asked.head, standing.successor
    kind: str = standing.state
    if kind == "superseded" and successor is None:
        kind = "superseded_unserved"
    elif kind == "superseded" and successor is not None and successor.head.id == head.id:
        kind = "superseded_version"
    return phrases.elsewhere[kind].format(
        title=head.title,
        number=head.document_number,
        version=head.version,
        successor=head.superseded_by,
        next_title=successor.head.title if successor else "",
        next_number=successor.head.document_number if successor else "",
        next_version=successor.head.version if successor else "",
        valid_from=chinese_date(head.valid_from) if head.valid_from else "",
        valid_until=chinese_date(head.valid_until) if head.valid_until else "",
    )


def _draft(told: str, pack: Pack, phrases: Phrases, heads: tuple[Head, ...]) -> Draft:
    """What is told stands on the heads of the packs; the phones on the clause that prints them."""
    sentences = (*read_sentences(told), *contact_sentence(pack.notice, (), phrases.contacts, phrases))
    own_words = tuple(text for head in heads for text in _words(head))
    kept = Grounding(pack.tree, pack.notice).verify(sentences, own_words).kept
    printed = any(sentence.clauses for sentence in kept)
    return Draft(
        route="out_of_scope",
        sentences=kept,
        contacts=contacts_for(pack.notice, ()) if printed else (),
        own_words=own_words,
    )


def _words(head: Head) -> tuple[str, ...]:
    days = [chinese_date(day) for day in (head.valid_from, head.valid_until) if day is not None]
    return (head.title, head.document_number, head.version, head.superseded_by, *days)
