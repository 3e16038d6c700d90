"""Small talk, other subjects, and questions for which no topic stands ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answers.common import contact_sentence, contacts_for
from assistant.answers.topics import topic_draft
from assistant.compose.draft import Draft
from assistant.compose.sentences import Sentence, read_sentences
from assistant.desk import Desk
from assistant.phrases import Phrases
from knowledge.annexes import is_background
from knowledge.models import Notice, Route, Topic

NEAR = 0.35
"""Score from which a clause speaks of what was asked: questions about it scored 0.48 and more, others 0.26 and less."""


def smalltalk_draft(desk: Desk, topic: Topic) -> Draft:
    """A friendly line."""
    text = topic.answers[0].text if topic.answers else desk.phrases.smalltalk["default"]
    return Draft(route="smalltalk", topic=topic.id, sentences=read_sentences(_line(desk, text)), basis=False)


def nothing_before_draft(desk: Desk) -> Draft:
    """What is asked of was not said before: it is to be said in full."""
    return Draft(route="smalltalk", sentences=(Sentence(desk.phrases.nothing_before),), basis=False)


def out_of_scope_draft(desk: Desk, topic: Topic) -> Draft:
    """Friendly: what this is not about, and what can be asked here."""
    templates = desk.phrases.out_of_scope
    key = topic.id.replace("-", "_")
    reason = topic.answers[0].text if topic.answers else templates.get(key, templates["default"])
    text = _line(desk, reason) + "\n" + _line(desk, templates["offer"])
    return Draft(route="out_of_scope", topic=topic.id, sentences=read_sentences(text), basis=False)


def any_question_draft(desk: Desk, question: str, categories: Sequence[str]) -> Draft:
    """The nearest clause of a pack for which no topics are written yet; far from all of them, left to a person."""
    route: Route = "lookup" if speaks_of_a_clause(desk, question) else "unresolved"
    return nearest_draft(desk, question, categories, route)


def speaks_of_a_clause(desk: Desk, question: str) -> bool:
    """Whether a question is near enough to a clause to be one about it (电话 alone, too)."""
    hits = desk.index.search(question, k=1)
    return bool(hits) and hits[0].score >= NEAR


def nearest_draft(desk: Desk, question: str, categories: Sequence[str], route: Route = "unresolved") -> Draft:
    """No topic fits: the clause that comes nearest, quoted, and the desk to ring. Nothing is concluded.

    On the route `lookup` the notice does speak of it, only the exact question is not one of the topics'.
    """
    notice = desk.pack.notice
    category = categories[0] if len(categories) == 1 else None
    hits = desk.index.search(question, k=1, category=category, within=lambda c: not is_background(c))
    # Of a pack without topics nobody knows what it does not say.
    silent = not hits or (route != "lookup" and desk.pack.topics)
    sentences = [Sentence(desk.phrases.not_said)] if silent else []
    if hits:
        sentences.extend(read_sentences(desk.phrases.nearest.format(clause=hits[0].clause_id)))
    sentences.extend(contact_sentence(notice, categories, desk.phrases.contacts, desk.phrases))
    return Draft(
        route=route,
        category=category,
        sentences=tuple(sentences),
        contacts=contacts_for(notice, categories),
    )


def turned_off_draft(notice: Notice, category: str | None, phrases: Phrases) -> Draft:
    """While the assistant is turned off: the phones of the category, or all, and nothing else."""
    categories = (category,) if category else ()
    return Draft(
        route="contact",
        category=category,
        sentences=(
            Sentence(phrases.turned_off),
            *contact_sentence(notice, categories, phrases.contacts, phrases),
        ),
        basis=False,
        contacts=contacts_for(notice, categories),
    )


def referral(notice: Notice, phrases: Phrases) -> str:
    """The same in one line, where there is no conversation."""
    desks = "，".join(f"{contact.label} {contact.phone}" for contact in notice.contacts)
    return phrases.referral.format(desks=desks)


def unjudged_draft(desk: Desk, topic: Topic, question: str, categories: Sequence[str], as_of: date) -> Draft:
    """Nobody has made rules of this notice yet: that is said, and then what it says of its conditions."""
    said = Sentence(desk.phrases.undecided["none"], breaks=True)
    next_topics = (desk.topic(name) for name in topic.follow_ups)
    conditions = next((each for each in next_topics if each and each.answers), None)
    if conditions:
        draft = topic_draft(desk.pack, conditions, categories, question, as_of, desk.phrases)
    else:
        draft = nearest_draft(desk, question, categories, "lookup")
    phones = contact_sentence(desk.pack.notice, categories, desk.phrases.contacts, desk.phrases)
    contacts = contacts_for(desk.pack.notice, categories)
    return replace(draft, sentences=(said, *draft.sentences, *phones), contacts=contacts)


def _line(desk: Desk, template: str) -> str:
    notice = desk.pack.notice
    shorts = "、".join(category.short for category in notice.categories)
    return template.format(document=notice.document, title=notice.title, year=notice.year, shorts=shorts)
