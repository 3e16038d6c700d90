"""Topics for a drafted pack: the questions that every notice is asked, answered with the notice's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from knowledge.drafting.answers import Answers, quotable
from knowledge.drafting.draft import Draft
from knowledge.drafting.field import DRAFTING_FOLDER
from knowledge.drafting.proposal import Proposal
from knowledge.exemplars import read_exemplar_file
from knowledge.models import Citation, Frozen, Route, Topic, TopicAnswer
from knowledge.strict_yaml import load_model


class GenericTopic(Frozen):
    """A question of the field: its route, name, and where one goes on from it."""

    id: str
    route: Route
    title: str
    suggestion: str = ""
    follow_ups: tuple[str, ...] = ()


class GenericTopics(Frozen):
    """field/drafting/generic_topics.yaml."""

    topics: tuple[GenericTopic, ...]
    suggested: dict[Route, tuple[str, ...]]
    answers: dict[str, str]
    condition_questions: tuple[str, ...]
    named_questions: dict[str, tuple[str, ...]]


def load_generic_topics(folder: Path = DRAFTING_FOLDER) -> GenericTopics:
    """The field's questions. Raises PackError."""
    return load_model(folder / "generic_topics.yaml", GenericTopics)


def draft_topics(draft: Draft, generic: GenericTopics, folder: Path = DRAFTING_FOLDER) -> tuple[Topic, ...]:
    """The field's topics with what this notice answers to them; those it does not answer are `unresolved`."""
    answers = Answers(draft, generic.answers)
    questions = read_exemplar_file(folder / "exemplars.txt", {topic.id for topic in generic.topics})
    found = []
    for topic in generic.topics:
        given = tuple(answers.of(topic.id))
        route: Route = topic.route if given or topic.route == "eligibility" else "unresolved"
        found.append(
            Topic(
                id=topic.id,
                route=route,
                title=topic.title,
                suggestion=topic.suggestion if given or topic.route == "eligibility" else "",
                follow_ups=topic.follow_ups,
                answers=given,
                questions=(*questions.get(topic.id, (topic.title,)), *_with_names(draft, generic, topic.id)),
            )
        )
    return (*found, *_condition_topics(draft, generic))


def _with_names(draft: Draft, generic: GenericTopics, topic: str) -> Iterator[str]:
    """The questions of a topic with the names of this notice's categories in them."""
    names = dict.fromkeys(name for c in draft.notice.categories for name in (c.short, *c.aliases[-1:]))
    for way in generic.named_questions.get(topic, ()):
        for name in names:
            yield way.format(name=name)


def _condition_topics(draft: Draft, generic: GenericTopics) -> Iterator[Topic]:
    """A topic for each clause with proposed rules, so that who asks about one condition is shown that clause."""
    by_clause: dict[str, list[Proposal]] = {}
    for proposal in draft.proposals:
        by_clause.setdefault(proposal.clause, []).append(proposal)
    asked: set[str] = set()
    for clause, proposals in by_clause.items():
        subjects = dict.fromkeys(p.criterion.title for p in proposals)
        questions = [
            way.format(subject=subject) for subject in subjects for way in generic.condition_questions
        ]
        own = tuple(question for question in questions if question not in asked)
        asked |= set(own)
        quotes = dict.fromkeys(quotable(p.quote) for p in proposals)
        lines = "".join(generic.answers["quoted"].format(quote=quote, clause=clause) for quote in quotes)
        bound = proposals[0].criterion.categories
        if own:
            yield Topic(
                id="condition-" + re.sub("[^a-z0-9]+", "-", clause.lower()).strip("-"),
                route="lookup",
                title="、".join(subjects),
                category=bound[0] if len(bound) == 1 < len(draft.notice.categories) else None,
                follow_ups=("can-i-apply", "conditions-overview"),
                answers=(TopicAnswer(text=lines, citations=(Citation(clause=clause),)),),
                questions=own,
            )
