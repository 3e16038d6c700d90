"""What a message asks for: which topics, on which route, about which category.

Reads the message's own words first, then what the conversation makes of a fragment (那星级的呢, 有, 寄到哪).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.sessions import Session
from assistant.understanding.categories import CategoryNames
from assistant.understanding.intent import Candidate
from assistant.understanding.message import (
    Message,
    about_the_rule,
    asks_for_a_phone,
    asks_for_a_verdict,
    asks_for_the_clause,
    asks_something,
    speaks_of_itself,
    supposes,
    takes_leave,
)
from knowledge.models import Route, Topic

Classify = Callable[[Sequence[str]], list[tuple[Candidate, ...]]]

_CLAUSE_END = re.compile(r"[，,;；:：\s]+")
_LISTED = re.compile(r"、+")
_JOINED = re.compile(r"以及|还有|[和跟与及、]")

_ANSWERED: tuple[Route, ...] = ("lookup", "contact", "unresolved")
MOST_QUESTIONS = 6
LONG = 160
"""Characters beyond which a message is classified by its questions alone."""


@dataclass(frozen=True, slots=True)
class DecisionTuning:
    """Chosen by measuring on the development questions."""

    tells: float = 0.3
    second_topic: float = 0.5
    joined: float = 0.9
    """Probability from which what 和 joins (发文日期和截止日期) are two questions."""
    longest_joined: int = 40
    facts_lean: float = 0.1
    facts_in_talk: float = 0.35
    verdict_asked: float = 0.6
    verdict_on_us: float = 1.0
    named_here: float = 0.8
    named_elsewhere: float = 0.5
    rule_asked: float = 0.15
    leave_taken: float = 0.15
    phone_asked: float = 0.5
    clause_asked: float = 0.4
    """What is left of the topics that the notice leaves open where its clause is asked for; `clause_known`: how likely
    a topic that has one must be for that."""
    clause_known: float = 0.2
    unsure: float = 0.12
    fragment: int = 10
    fragment_sure: float = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """What a message said of the applicant: names of facts stated, supposed and taken back."""

    stated: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether anything was said at all."""
        return bool(self.stated or self.withdrawn)


@dataclass(frozen=True, slots=True)
class Decision:
    """What to answer: topics in the order asked, the route, the categories in question.

    `advised`: the topic is a language model's choice among candidates of which the classifier was sure of none.
    """

    route: Route
    topics: tuple[Topic, ...]
    categories: tuple[str, ...]
    confidence: float
    follow_up: bool = False
    advised: bool = False


@dataclass(frozen=True, slots=True)
class Recognised:
    """Candidate topics of the whole message, and of each of its parts that asks something, most probable first."""

    whole: tuple[Candidate, ...]
    parts: tuple[tuple[Candidate, ...], ...] = ()

    @property
    def shares(self) -> dict[Route, float]:
        """Probability of each route by the whole message."""
        return _shares(self.whole)


def recognise(
    message: Message,
    session: Session,
    names: CategoryNames,
    classify: Classify,
    tuning: DecisionTuning,
    by_id: Callable[[str], Topic | None],
) -> Recognised:
    """What the message may be about, whatever it tells of the applicant.

    A fragment (从哪天算到哪天) is read by itself and after the last subject, and both readings count. Of a subject
    that only one category has, another category's own is looked for (投入要多少 … 那星级的呢).
    """
    last_topic = by_id(session.last_topic) if session.last_topic else None
    named = names.named(message.plain)
    if last_topic and _of_another(last_topic, named) and names.repeats(message.plain, _first_part(message)):
        found = classify([names.retitled(last_topic.title, named[0])])[0]
        own = tuple(c for c in found if c.topic.category in (None, *named))
        return Recognised(own or found)
    asking = _questions(message)[-MOST_QUESTIONS:]
    text = _focus(message, asking)
    if len(asking) > 1:
        whole, *parts = classify([text, *asking])
        return Recognised(whole, tuple(parts))
    joined = _joined(text, names, tuning)
    alone, *items = classify([text, *joined])
    if joined and _are_questions(items, tuning):
        return Recognised(alone, tuple(items))
    complete = len(message.plain) > tuning.fragment or alone[0].probability >= tuning.fragment_sure
    if complete or last_topic is None or last_topic.route == "eligibility":
        return Recognised(alone)
    after = classify([f"{last_topic.title}，{text}"])[0]
    return Recognised(_merged(alone, after))


def refined(recognised: Recognised, full: tuple[Candidate, ...]) -> Recognised:
    """The reading of a fragment joined with that of the full question it stands for."""
    return Recognised(_merged(recognised.whole, full), recognised.parts)


def tells_of_itself(
    message: Message, session: Session, recognised: Recognised, tuning: DecisionTuning
) -> bool:
    """Whether a message may tell facts in words that no pattern holds: it asks nothing, or whether one may apply."""
    if recognised.shares.get("smalltalk", 0.0) >= tuning.tells:
        return False
    if not asks_something(message.plain) or asks_for_a_verdict(message.plain):
        return True
    eligible = recognised.shares.get("eligibility", 0.0)
    return eligible >= tuning.tells or (session.last_route == "eligibility" and supposes(message.plain))


def decide(
    message: Message,
    session: Session,
    told: Told,
    recognised: Recognised,
    names: CategoryNames,
    tuning: DecisionTuning,
    by_id: Callable[[str], Topic | None],
) -> Decision:
    """Decide one turn. `told` is what this message said of the applicant."""
    named = names.named(message.plain)
    last_topic = by_id(session.last_topic) if session.last_topic else None
    repeated = _repeat(message, session, named, names, last_topic, told)
    if repeated:
        return repeated
    shares = _weighed(message, session, told, recognised, names, tuning)
    whole = _with_locality(recognised.whole, names.locality(message.plain), by_id)
    route = max(shares, key=lambda name: shares[name])
    first = next((c for c in whole if c.topic.route == route), whole[0])
    parts = [part[0] for part in recognised.parts]
    sure = [c for c in parts if c.probability >= tuning.second_topic and c.topic.route in _ANSWERED]
    topics = [first.topic]
    if len({c.topic.id for c in sure} | ({first.topic.id} if route == "eligibility" else set())) > 1:
        others = [c.topic for c in sure]
        topics = list(dict.fromkeys([first.topic, *others] if route == "eligibility" else others))
    return Decision(
        route=route if route == "eligibility" else topics[0].route,
        topics=tuple(topics),
        categories=_categories(named, topics, session, message, names, route),
        confidence=first.probability,
    )


def _weighed(
    message: Message,
    session: Session,
    told: Told,
    recognised: Recognised,
    names: CategoryNames,
    tuning: DecisionTuning,
) -> dict[Route, float]:
    """The routes' probabilities, and what the message's own words and the conversation make of them."""
    shares, stated = recognised.shares, told.stated
    if about_the_rule(message.plain) and not (stated and speaks_of_itself(message.plain)):
        shares["eligibility"] *= tuning.rule_asked
    elif stated:
        asks, own = asks_for_a_verdict(message.plain), speaks_of_itself(message.plain)
        leans = (tuning.facts_lean, tuning.verdict_asked, tuning.verdict_on_us)
        shares["eligibility"] += leans[asks + (asks and own)]
        if session.last_route == "eligibility":
            shares["eligibility"] += tuning.facts_in_talk
    elif session.last_route == "eligibility" and asks_for_a_verdict(message.plain):
        shares["eligibility"] += tuning.verdict_asked
    known = max((c.probability for c in recognised.whole if c.topic.route == "lookup"), default=0.0)
    if known >= tuning.clause_known and asks_for_the_clause(message.plain):
        shares["unresolved"] *= tuning.clause_asked
    if asks_for_a_phone(message.plain) and shares["contact"] > 0:
        shares["contact"] += tuning.phone_asked
    if names.named(message.plain):
        shares["out_of_scope"] -= tuning.named_here * _foreign_without_place(recognised.whole)
    elif names.foreign(message.plain):
        shares["out_of_scope"] += tuning.named_elsewhere
    if told.supposed and session.last_route == "eligibility":
        shares["eligibility"] += tuning.verdict_asked
    if set(session.asked) & set(stated) or (told.anything and not asks_something(message.plain)):
        shares["eligibility"] += 1.0
    # Thanks around a question (线上还是线下，谢谢) are taken out before its topics are recognised.
    if takes_leave(message.plain) and not told.anything and shares["smalltalk"] >= tuning.leave_taken:
        shares["smalltalk"] += 1.0
    return shares


def _questions(message: Message) -> list[str]:
    """The parts of a message that ask something; a list (哪天印的、文号多少) is cut where several of it ask."""
    asking = []
    for segment in message.segments:
        for piece in _CLAUSE_END.split(segment):
            listed = [item for item in _LISTED.split(piece) if len(item) >= 2 and asks_something(item)]
            if len(listed) > 1:
                asking += listed
            elif len(piece) >= 3 and asks_something(piece):
                asking.append(piece)
    return asking


def _joined(text: str, names: CategoryNames, tuning: DecisionTuning) -> list[str]:
    """The two things that a short question joins by 和, of which each may be a question of its own."""
    items = _JOINED.split(text) if len(text) <= tuning.longest_joined else []
    return items if len(items) == 2 and not any(len(i) < 2 or names.only_names(i) for i in items) else []


def _are_questions(items: Sequence[tuple[Candidate, ...]], tuning: DecisionTuning) -> bool:
    """Whether the readings are surely of different topics that have an answer."""
    first = [item[0] for item in items]
    sure = all(c.probability >= tuning.joined and c.topic.route in _ANSWERED for c in first)
    return sure and len({c.topic.id for c in first}) == len(first)


def _focus(message: Message, asking: Sequence[str]) -> str:
    """A long message is about what it asks at last; greetings and stories before that would drown it."""
    if len(message.plain) <= LONG:
        return message.plain
    return "，".join(asking[-MOST_QUESTIONS:])[-LONG:] or message.segments[-1][-LONG:]


def _merged(first: tuple[Candidate, ...], second: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Candidates of two readings, each counting half, most probable first."""
    total: dict[str, Candidate] = {}
    for candidate in (*first, *second):
        known = total.get(candidate.topic.id)
        before = known.probability if known else 0.0
        total[candidate.topic.id] = Candidate(candidate.topic, before + candidate.probability / 2)
    return tuple(sorted(total.values(), key=lambda candidate: -candidate.probability))


def _shares(candidates: Sequence[Candidate]) -> dict[Route, float]:
    shares: dict[Route, float] = defaultdict(float)
    for candidate in candidates:
        shares[candidate.topic.route] += candidate.probability
    return shares


def _with_locality(
    candidates: tuple[Candidate, ...], locality: bool, by_id: Callable[[str], Topic | None]
) -> tuple[Candidate, ...]:
    """The candidates, but for a topic of localities the one that answers where no locality is named."""
    if locality:
        return candidates
    return tuple(
        replace(c, topic=other) if (other := by_id(c.topic.without_place)) is not None else c
        for c in candidates
    )


def _foreign_without_place(candidates: Sequence[Candidate]) -> float:
    """Probability of other subjects than another programme, region or year, whose names hold ours (浙江的标杆工厂)."""
    return sum(
        c.probability
        for c in candidates
        if c.topic.route == "out_of_scope" and not c.topic.id.startswith("other-")
    )


def _repeat(
    message: Message,
    session: Session,
    named: tuple[str, ...],
    names: CategoryNames,
    last_topic: Topic | None,
    told: Told,
) -> Decision | None:
    """「那星级的呢」: another category is named and nothing asked, so the last question is asked again for it."""
    if last_topic is None or session.last_route is None or not named:
        return None
    if _of_another(last_topic, named) or not names.repeats(message.plain, _first_part(message)):
        return None
    route: Route = "eligibility" if told.stated else session.last_route
    return Decision(route, (last_topic,), named, 1.0, follow_up=True)


def _of_another(topic: Topic, named: Sequence[str]) -> bool:
    """Whether a topic is of one category alone, and others are named."""
    return bool(named) and topic.category is not None and topic.category not in named


def _first_part(message: Message) -> str:
    return _CLAUSE_END.split(message.segments[0])[0]


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
        or any(a.category for t in topics for a in t.answers)
        or any(t.route in ("contact", "unresolved") for t in topics)
    )
    if session.category and varies:
        return (session.category,)
    return ()
