"""The clause on which the last answer stands, in its own words: for who asks 依据是第几条 or wants the wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.answers.common import contact_sentence, contacts_for
from assistant.answers.topics import topic_draft
from assistant.compose.draft import Draft
from assistant.compose.sentences import Sentence
from assistant.desk import Desk
from assistant.eligibility import check
from assistant.reply import CriterionResult
from assistant.sessions import Session
from assistant.understanding.named_clauses import NamedClauses
from assistant.understanding.words_sought import WordsSought, clauses_that_hold
from knowledge.facts import FactValue
from knowledge.models import Clause, Topic

MOST_CLAUSES = 4
"""Quoted at once."""

LONGEST_WHOLE = 400
"""Characters of clauses that are quoted whole beside an answer."""


def basis_draft(
    desk: Desk,
    session: Session,
    topic: Topic,
    categories: Sequence[str],
    values: Mapping[str, FactValue],
    as_of: date,
) -> Draft:
    """The clauses of the last answer, quoted whole. `values` are the facts under which it was judged."""
    category = categories[0] if len(categories) == 1 else None
    if session.last_route == "eligibility":
        several = categories or [each.id for each in desk.pack.notice.categories]
        reports = [check(desk.pack, one, values, as_of) for one in several]
        found = _judged([c for report in reports for c in report.criteria], _told_last(session))
    else:
        told = topic_draft(desk.pack, topic, categories, "", as_of, desk.phrases)
        found = _cited(desk, [clause for sentence in told.sentences for clause in sentence.clauses])
    clauses = tuple(dict.fromkeys(found))[:MOST_CLAUSES]
    labels = _labels([desk.pack.tree.get(clause) for clause in clauses])
    lead = desk.phrases.stands_in.format(clauses=labels)
    return _quoted(desk, clauses, lead, category, topic.id)


def named_clauses_draft(desk: Desk, named: NamedClauses, topic: Topic) -> Draft:
    """The clauses that were asked for by number, quoted whole; that there is none of this number."""
    if not named.clauses:
        parts = "；".join(
            clause.label + clause.heading for clause in desk.pack.tree.children(None) if clause.heading
        )
        said = desk.phrases.no_such_clause.format(said=named.said)
        return Draft(
            route="lookup", topic=topic.id, sentences=(Sentence("", lead=said + parts + "。"),), basis=False
        )
    bound = {clause.categories for clause in named.clauses}
    only = next(iter(bound)) if len(bound) == 1 else ()
    labels = _labels(named.clauses)
    clauses = tuple(clause.id for clause in named.clauses)
    return _quoted(desk, clauses, labels, only[0] if len(only) == 1 else None, topic.id)


def words_sought_draft(desk: Desk, sought: WordsSought, topic: Topic) -> Draft:
    """The clauses in which words stand that were looked for; that the notice has them nowhere, with whom to ring."""
    found = clauses_that_hold(desk.pack.tree, sought.words, desk.pack.notice.undated)
    if not found:
        said = Sentence("", lead=desk.phrases.sought_nowhere.format(words=sought.words))
        return Draft(
            route="unresolved",
            topic=topic.id,
            sentences=(said, *contact_sentence(desk.pack.notice, (), desk.phrases.contacts, desk.phrases)),
            contacts=contacts_for(desk.pack.notice, ()),
        )
    bound = {clause.categories for clause in found}
    only = next(iter(bound)) if len(bound) == 1 else ()
    lead = desk.phrases.sought_in.format(words=sought.words, clauses=_labels(found))
    quoted = tuple(clause.id for clause in found[:MOST_CLAUSES])
    return _quoted(desk, quoted, lead, only[0] if len(only) == 1 else None, topic.id)


def with_whole_clauses(desk: Desk, draft: Draft) -> Draft:
    """The answer with its clauses quoted whole, where these are not too long, for who wants the wording."""
    cited = dict.fromkeys(clause for sentence in draft.sentences for clause in sentence.clauses)
    whole = {clause: (desk.pack.tree.get(clause).text,) for clause in _cited(desk, list(cited))}
    long = sum(len(text) for texts in whole.values() for text in texts) > LONGEST_WHOLE
    return draft if long or draft.route != "lookup" else replace(draft, quotes={**draft.quotes, **whole})


def _labels(clauses: Sequence[Clause]) -> str:
    """The clauses as they are printed; one whose number ends with a mark is told with its heading: 六、联系方式."""
    return "、".join(c.label + c.heading if c.label.endswith("、") else c.label for c in clauses)


def _quoted(desk: Desk, clauses: tuple[str, ...], lead: str, category: str | None, topic: str) -> Draft:
    return Draft(
        route="lookup",
        category=category,
        topic=topic,
        sentences=(Sentence(desk.phrases.in_its_words, clauses, lead=lead, breaks=True),),
        quotes={clause: (desk.pack.tree.get(clause).text,) for clause in clauses},
    )


def _told_last(session: Session) -> frozenset[str]:
    """The facts of the message that was judged last."""
    latest = max((fact.turn for fact in session.facts.values()), default=0)
    return frozenset(session.supposed or (n for n, fact in session.facts.items() if fact.turn == latest))


def _judged(criteria: Sequence[CriterionResult], told: frozenset[str]) -> list[str]:
    """What a verdict rests on: what is not met, else what was told last, else whatever is open."""
    for chosen in (
        [c for c in criteria if c.status == "not_met"],
        [c for c in criteria if told & set(c.facts)],
        [c for c in criteria if c.status in ("needs_confirmation", "unknown")],
    ):
        if chosen:
            return [c.clause_id for c in chosen]
    return [c.clause_id for c in criteria]


def _cited(desk: Desk, clauses: Sequence[str]) -> list[str]:
    """The clauses without those that only give the phones and the names of annexes, unless there are no others."""
    beside = {contact.clause for contact in desk.pack.notice.contacts} | {"annexes"}
    return [clause for clause in clauses if clause not in beside] or list(clauses)
