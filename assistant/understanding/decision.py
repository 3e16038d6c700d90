"""What one turn is decided to be: its topics, its route, the categories in question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.sessions import Session
from assistant.understanding.annex_claims import AnnexClaim
from assistant.understanding.by_category import Belonging
from assistant.understanding.categories import CategoryNames
from assistant.understanding.message import Message
from assistant.understanding.named_clauses import NamedClauses
from assistant.understanding.words_sought import WordsSought
from knowledge.models import Route, Topic
from knowledge.rules import Criterion
from knowledge.slots import has_slots


@dataclass(frozen=True, slots=True)
class Decision:
    """What to answer: topics in the order asked, the route, the categories in question.

    `advised`: the topic is a language model's choice among candidates of which the classifier was sure of none.
    `basis`: not an answer is asked for, but the clauses behind the last one.
    `named`: the clauses that are asked for by their numbers.
    `sought`: words that are looked for in the notice.
    `annex`: what an annex is taken to be; `needed`: the conditions of which it is asked whose they are; `belonging`: the word
    of which it is asked which category lists it; `of_all`: whether it is asked if a thing is the same for all categories.
    `apart`: by topic the categories of which it is asked, where a message asks one thing of one category and another
    of another (平台的电话和标杆工厂的截止时间).
    """

    route: Route
    topics: tuple[Topic, ...]
    categories: tuple[str, ...]
    confidence: float
    follow_up: bool = False
    advised: bool = False
    basis: bool = False
    named: NamedClauses | None = None
    sought: WordsSought | None = None
    annex: AnnexClaim | None = None
    needed: tuple[Criterion, ...] = ()
    belonging: Belonging | None = None
    of_all: bool = False
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def categories_of(self, topic: Topic) -> tuple[str, ...]:
        """The categories of which one of the topics is asked."""
        return self.apart.get(topic.id, self.categories)

    @property
    def in_its_words(self) -> bool:
        """Whether the notice's wording is asked for, and no answer."""
        return self.basis or self.named is not None


def categories_in_question(
    named: tuple[str, ...],
    topics: Sequence[Topic],
    session: Session,
    message: Message,
    names: CategoryNames,
    route: Route,
) -> tuple[str, ...]:
    """Named in the message, else the topic's own, else implied by its words, else the conversation's."""
    if route in ("smalltalk", "out_of_scope"):
        return ()
    if named:
        return named
    own = {topic.category for topic in topics}
    if route != "eligibility" and len(own) == 1 and (only := own.pop()):
        return (only,)
    implied = names.implied(message.plain)
    if implied:
        return (implied,)
    varies = (
        route == "eligibility"
        or any(a.category or has_slots(a.text) for t in topics for a in t.answers)
        or any(t.route in ("contact", "unresolved") for t in topics)
    )
    denied = names.denied(message.plain)
    if session.category and varies and session.category not in denied:
        return (session.category,)
    left = tuple(category for category in session.side_by_side if category not in denied)
    return left if route == "eligibility" else ()
