"""What a message asks for: which topics, on which route, about which category.

Reads the message's own words first, then what the conversation makes of a fragment (那星级的呢, 有, 寄到哪).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.sessions import Session
from assistant.understanding.askers import goes_over_to_the_bureau
from assistant.understanding.basis import asks_for_the_basis
from assistant.understanding.categories import CategoryNames
from assistant.understanding.follow_ups import (
    asks_for_that_day,
    asks_for_the_others,
    asks_plainly,
    asks_since_when,
    asks_where_to_find,
    asks_which_else,
    tells_a_day,
    tells_since_when,
)
from assistant.understanding.instead import ById, instead
from assistant.understanding.intent import Candidate
from assistant.understanding.listed import ANSWERED
from assistant.understanding.message import Message
from assistant.understanding.named_clauses import NamedClauses
from assistant.understanding.numbered import numbered_parts
from assistant.understanding.questions import repeats
from assistant.understanding.recognise import Recognised, of_another, of_what_is_asked
from assistant.understanding.speech_acts import asks_for_a_phone, asks_for_a_verdict, asks_something
from assistant.understanding.tuning import DecisionTuning
from assistant.understanding.weighing import Told, asks_how_it_stands, names_a_category, weighed
from assistant.understanding.words_sought import WordsSought
from knowledge.models import Route, Topic
from knowledge.slots import has_slots

_ANNOUNCED = re.compile(
    "(?:问|咨询|请教|确认|打听)[^，。]{0,4}[几两二三四五六][件个点条]|[几两二三四五六]个?问题"
)
"""想问三件事, 几个问题."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to answer: topics in the order asked, the route, the categories in question.

    `advised`: the topic is a language model's choice among candidates of which the classifier was sure of none.
    `basis`: not an answer is asked for, but the clauses behind the last one.
    `named`: the clauses that are asked for by their numbers.
    `sought`: words that are looked for in the notice.
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

    @property
    def in_its_words(self) -> bool:
        """Whether the notice's wording is asked for, and no answer."""
        return self.basis or self.named is not None


def decide(
    message: Message,
    session: Session,
    told: Told,
    recognised: Recognised,
    names: CategoryNames,
    tuning: DecisionTuning,
    by_id: ById,
) -> Decision:
    """Decide one turn. `told` is what this message said of the applicant."""
    named = names.named(message.plain)
    last_topic = by_id(session.last_topic) if session.last_topic else None
    repeated = _repeat(message, session, named, names, last_topic, told) or _of_the_bureau(
        message, session, last_topic, names, by_id
    )
    if repeated:
        return repeated
    if last_topic is not None and session.last_route and asks_for_the_basis(message.plain):
        about = _categories((), [last_topic], session, message, names, session.last_route)
        return Decision("lookup", (last_topic,), about, 1.0, follow_up=True, basis=True)
    if told.stated:
        recognised = of_what_is_asked(recognised, tuning)
    shares = weighed(message, session, told, recognised, names, tuning)
    listed = recognised.listed if not told.anything else ()
    parts = [part[0] for part in listed or recognised.parts]
    if told.stated and _only_introduces(message, parts):
        shares["eligibility"] = 0.0
    whole = _with_locality(recognised.whole, names.locality(message.plain), by_id)
    route = max(shares, key=lambda name: shares[name])
    first = next((c for c in whole if c.topic.route == route), whole[0])
    chosen = _chosen(first, parts, route, tuning)
    topics = [c.topic for c in chosen]
    asks_more = asks_something(message.plain) and not asks_how_it_stands(message, names)
    asks_more = asks_more and not asks_plainly(names.without_names(message.plain))
    # 能力没什么提升 tells, and asks for nothing; an if is answered by its verdict.
    told_alone = told.anything and (bool(told.supposed) or not asks_for_a_verdict(message.plain))
    if len(topics) == 1 and route == "eligibility" and asks_more and not told_alone:
        topics += _left_open(whole, named, _least_left_open(session, told, tuning))
    return Decision(
        route=route if route == "eligibility" else topics[0].route,
        topics=tuple(topics),
        categories=_categories(named, topics, session, message, names, route),
        # Who asks for a number is given one, whatever else the message may be about.
        confidence=1.0 if route == "contact" and asks_for_a_phone(message.plain) else chosen[0].probability,
    )


def _chosen(
    first: Candidate, parts: Sequence[Candidate], route: Route, tuning: DecisionTuning
) -> list[Candidate]:
    """What is answered, in the order asked: the whole message's first topic and what its parts surely ask for.

    Beside a verdict that is all that is sure; else the first topic stands for what is not sure by itself.
    """
    sure = [c for c in parts if c.probability >= tuning.second_topic and c.topic.route in ANSWERED]
    sure = list({c.topic.id: c for c in sure}.values())
    if route == "eligibility":
        return [first, *sure]
    if len(sure) > 1:
        return sure
    another = len(parts) > 1 and route in ANSWERED and sure != [] and sure[0].topic.id != first.topic.id
    return [first, *sure] if another else [first]


def _only_introduces(message: Message, parts: Sequence[Candidate]) -> bool:
    """Whether what is told only says who asks: 我们是苏州的，想问三件事：一是… of which none is for a verdict."""
    announced = _ANNOUNCED.search(message.plain) or numbered_parts(message.plain)
    routes = [c.topic.route for c in parts]
    return bool(announced) and "eligibility" not in routes and sum(r in ANSWERED for r in routes) > 1


def _least_left_open(session: Session, told: Told, tuning: DecisionTuning) -> float:
    """How sure it must be that it is asked what is left open; most of what a message that tells facts asks is of them."""
    if told.anything:
        return tuning.left_open
    return tuning.asked_in_a_check if session.last_route == "eligibility" else tuning.asked_besides


def _left_open(whole: Sequence[Candidate], named: Sequence[str], least: float) -> list[Topic]:
    """What is asked besides a verdict of what the notice does not say: 我们用的是自建私有云，能不能报."""
    return [
        c.topic
        for c in whole
        if c.topic.route == "unresolved" and c.probability >= least and not of_another(c.topic, named)
    ][:1]


def _says_which(message: Message, session: Session, names: CategoryNames) -> bool:
    """Whether a name alone (三星级上云) says which category is meant to a check that has asked for it; not 平台的呢."""
    asked = session.category is None and bool(session.facts) and bool(session.asked)
    return asked and names_a_category(message, names) and not message.plain.endswith("的")


def _with_locality(candidates: tuple[Candidate, ...], locality: bool, by_id: ById) -> tuple[Candidate, ...]:
    """The candidates, but for a topic of localities the one that answers where no locality is named."""
    return candidates if locality else instead(candidates, lambda topic: topic.without_place, by_id)


def _repeat(
    message: Message,
    session: Session,
    named: tuple[str, ...],
    names: CategoryNames,
    last_topic: Topic | None,
    told: Told,
) -> Decision | None:
    """「那星级的呢」: another category is named and nothing asked, so the last question is asked again for it."""
    if last_topic is None or session.last_route is None:
        return None
    if session.category and (others := _others(message, session, names)):
        asks = bool(session.facts) and asks_for_a_verdict(message.plain)
        return Decision(
            "eligibility" if asks else session.last_route, (last_topic,), others, 1.0, follow_up=True
        )
    if not named and _goes_on_about_it(message.plain, session.last_route, last_topic):
        about = _categories((), [last_topic], session, message, names, session.last_route)
        return Decision(session.last_route, (last_topic,), about, 1.0, follow_up=True)
    if not named:
        return None
    checking = session.last_route == "eligibility" and bool(session.facts)
    if of_another(last_topic, named) and not checking:
        return None
    if not repeats(message, names):
        return None
    route: Route = (
        "eligibility" if told.stated or _says_which(message, session, names) else session.last_route
    )
    return Decision(route, (last_topic,), named, 1.0, follow_up=True)


def _others(message: Message, session: Session, names: CategoryNames) -> tuple[str, ...]:
    """The categories beside the one discussed, where nothing else is asked; after its check also by 那能报哪个."""
    judged = session.last_route == "eligibility" and bool(session.facts)
    if asks_for_the_others(message.plain) or (judged and asks_which_else(message.plain)):
        return names.besides(session.category)
    return ()


def _goes_on_about_it(plain: str, last_route: Route, last_topic: Topic) -> bool:
    """Whether a question without a subject is about what was answered last, which tells it, or tells whom to ask."""
    if last_route == "unresolved" and asks_where_to_find(plain):
        return True
    texts = [answer.text for answer in last_topic.answers]
    since = asks_since_when(plain) and any(map(tells_since_when, texts))
    day = asks_for_that_day(plain) and any(map(tells_a_day, texts))
    return last_route == "lookup" and (since or day)


def _of_the_bureau(
    message: Message, session: Session, last_topic: Topic | None, names: CategoryNames, by_id: ById
) -> Decision | None:
    """「市局那边呢」: what was asked last of applicants is asked again of their bureau."""
    topic = by_id(last_topic.from_bureau) if last_topic else None
    if topic is None or not goes_over_to_the_bureau(message.plain):
        return None
    about = _categories((), [topic], session, message, names, topic.route)
    return Decision(topic.route, (topic,), about, 1.0, follow_up=True)


def _categories(
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
