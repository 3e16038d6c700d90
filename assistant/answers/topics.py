"""Answers that a pack gives to a topic: looked up, contact, or what the notice does not say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answers.common import (
    bureau_sentences,
    contact_sentence,
    contacts_for,
    shown_window,
    window_sentences,
)
from assistant.answers.days import counted_days
from assistant.compose.draft import Draft
from assistant.compose.join import joined_quotes
from assistant.compose.sentences import Sentence, read_sentences
from assistant.desk import Desk
from assistant.eligibility.window import window_status
from assistant.phrases import Phrases
from knowledge.models import Notice, Topic, TopicAnswer
from knowledge.pack import Pack
from knowledge.slots import filled, of_the_kind_asked
from knowledge.values import find_values

_TWO = 2
"""Categories that are compared by their own answers; the common one tells all of them apart."""


def topic_draft(
    pack: Pack, topic: Topic, categories: Sequence[str], question: str, as_of: date, phrases: Phrases
) -> Draft:
    """The direct answer to one topic for the categories in question (none: for all)."""
    chosen = choose_answers(topic, categories)
    about = _about(topic, categories)
    texts = [
        (answer.category, filled(text, pack.notice, about))
        for answer in chosen
        for text in _texts(answer, question)
    ]
    lines = [sentence for text in _told_together(texts, pack.notice) for sentence in _lines(text)]
    # Said of several categories alike (网址打不开时可致电…) it stands once, behind all of them.
    sentences = list(reversed(dict.fromkeys(reversed(lines))))
    cited = {clause for sentence in sentences for clause in sentence.clauses}
    told = [w for w in pack.notice.windows if not about or w.category in about]
    sentences += counted_days(told, sentences, question, as_of, phrases)
    bound = [w.category for w in told if w.clause in cited and not topic.for_bureaus]
    if topic.route == "lookup" and topic.for_bureaus:
        late = [w for w in told if w.bureau_clause in cited]
        sentences = [*bureau_sentences(pack.notice, late, as_of, phrases), *sentences]
    elif stated := _to_be_stated(pack, topic, bound, as_of):
        sentences = [*window_sentences(pack.notice, stated, as_of, phrases), *sentences]
    contacts = contacts_for(pack.notice, about) if topic.route in ("contact", "unresolved") else ()
    if topic.route == "unresolved" and not _gives_phones(sentences, contacts):
        sentences.extend(contact_sentence(pack.notice, about, phrases.contacts, phrases))
    return Draft(
        route=topic.route,
        category=about[0] if len(about) == 1 else None,
        topic=topic.id,
        sentences=tuple(sentences),
        quotes=_quotes(chosen, sentences, pack.notice),
        contacts=contacts,
        window=shown_window(pack.notice, bound[0], as_of) if len(bound) == 1 else None,
    )


def _about(topic: Topic, categories: Sequence[str]) -> tuple[str, ...]:
    """The categories in question; of a topic that is another's and has no answer for them, that one."""
    for_them = {answer.category for answer in topic.answers} & set(categories)
    if topic.category and topic.category not in categories and not for_them:
        return (topic.category,)
    return tuple(categories)


def _to_be_stated(pack: Pack, topic: Topic, bound: Sequence[str], as_of: date) -> Sequence[str]:
    """The categories whose window stands before the answer; what is left open needs it only where it is not open."""
    if topic.route == "unresolved":
        return [each for each in bound if window_status(pack.notice, each, as_of) in ("not_open", "closed")]
    return bound if topic.route == "lookup" else ()


def with_desks(desk: Desk, draft: Draft, categories: Sequence[str]) -> Draft:
    """The draft with the phones to ring, where it is not sure that it answers what was asked."""
    contacts = contacts_for(desk.pack.notice, categories)
    if _gives_phones(draft.sentences, contacts):
        return draft
    more = contact_sentence(desk.pack.notice, categories, desk.phrases.contacts, desk.phrases)
    return replace(draft, sentences=(*draft.sentences, *more), contacts=contacts)


def choose_answers(topic: Topic, categories: Sequence[str]) -> tuple[TopicAnswer, ...]:
    """One answer a category named, the common one where the category has none, each once."""
    by_category = {answer.category: answer for answer in topic.answers}
    if not categories or (topic.compares and len(categories) != _TWO):
        own = by_category.get(topic.category) if topic.category else None
        common = by_category.get(None) or own
        return (common,) if common else topic.answers
    chosen = [by_category.get(category) or by_category.get(None) for category in categories]
    found = tuple(dict.fromkeys(answer for answer in chosen if answer is not None))
    return found or topic.answers


def _told_together(texts: Iterable[tuple[str | None, str]], notice: Notice) -> Iterable[str]:
    """The texts, each once; those that differ only in the category with which they begin name all of these at once."""
    shorts_of: dict[str, list[str]] = {}
    for category, text in texts:
        short = notice.category(category).short if category else ""
        begins = bool(short) and text.startswith(short)
        shorts_of.setdefault(text.removeprefix(short) if begins else text, []).append(short if begins else "")
    for text, shorts in shorts_of.items():
        yield "、".join(filter(None, dict.fromkeys(shorts))) + text


def _texts(answer: TopicAnswer, question: str) -> Iterable[str]:
    """The answer, and what it says besides where the question gives cause to."""
    yield of_the_kind_asked(answer, question)
    said = {value.key for value in find_values(question)}
    for aside in answer.asides:
        # A date is the same in every notation; other words are looked up as they stand.
        if any(word in question or said & {v.key for v in find_values(word)} for word in aside.when):
            yield aside.text


def _quotes(
    chosen: Iterable[TopicAnswer], sentences: Sequence[Sentence], notice: Notice
) -> dict[str, tuple[str, ...]]:
    """The pieces of clauses that the answers name, but for one that leaves out a phone told from it."""
    quotes = joined_quotes([{c.clause: (c.quote,)} for answer in chosen for c in answer.citations if c.quote])
    text = "".join(sentence.text for sentence in sentences)
    unquoted = {
        contact.clause
        for contact in notice.contacts
        if contact.phone in text and contact.phone not in "".join(quotes.get(contact.clause, ()))
    }
    return {clause: pieces for clause, pieces in quotes.items() if clause not in unquoted}


def _lines(text: str) -> tuple[Sentence, ...]:
    *body, last = read_sentences(text)
    return (*body, Sentence(last.text, last.clauses, last.derived, breaks=True))


def _gives_phones(sentences: Sequence[Sentence], contacts: Sequence[object]) -> bool:
    text = "".join(sentence.text for sentence in sentences)
    return all(getattr(contact, "phone", "") in text for contact in contacts)
