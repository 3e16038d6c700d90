"""What a message asks for: which topics, on which route, about which category.

Reads the message's own words first, then what the conversation makes of a fragment (那星级的呢, 有, 寄到哪).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.facts.polarity import read_answer
from assistant.facts.talk import is_talk
from assistant.sessions import Session
from assistant.understanding.basis import asks_for_the_basis
from assistant.understanding.categories import CategoryNames
from assistant.understanding.follow_ups import asks_to_explain, has_a_year_of_its_own
from assistant.understanding.instead import ById, instead
from assistant.understanding.intent import Candidate
from assistant.understanding.listed import ANSWERED
from assistant.understanding.message import (
    Message,
    about_the_rule,
    asks_for_a_phone,
    asks_for_a_remedy,
    asks_for_a_thing,
    asks_for_a_verdict,
    asks_something,
    asks_what_counts,
    begins_with_thanks,
    does_not_know,
    speaks_of_itself,
    takes_leave,
)
from assistant.understanding.named_clauses import NamedClauses
from assistant.understanding.numbered import numbered_parts
from assistant.understanding.recognise import Recognised, of_another, of_what_is_asked, repeats
from assistant.understanding.tuning import DecisionTuning
from knowledge.models import Route, Topic

_PROPOSED = re.compile(
    r"(?:申?报|评|弄|搞|看回?|换[成到回]?)(?:[三四五345]星级?)?([^，。?？]{1,10}?)(?:呢|吧|算了|好了|行不行|可不可以|行吗|可以吗|怎么样)(?=$|[?？，,])"
)
"""那报三星上云呢，星级没评过; 再看回标杆工厂呢; 那改报上云吧，用的华为云."""
_ANNOUNCED = re.compile(
    "(?:问|咨询|请教|确认|打听)[^，。]{0,4}[几两二三四五六][件个点条]|[几两二三四五六]个?问题"
)
"""想问三件事, 几个问题."""


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
    `basis`: not an answer is asked for, but the clauses behind the last one.
    `named`: the clauses that are asked for by their numbers.
    """

    route: Route
    topics: tuple[Topic, ...]
    categories: tuple[str, ...]
    confidence: float
    follow_up: bool = False
    advised: bool = False
    basis: bool = False
    named: NamedClauses | None = None

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
    repeated = _repeat(message, session, named, names, last_topic, told)
    if repeated:
        return repeated
    if last_topic is not None and session.last_route and asks_for_the_basis(message.plain):
        about = _categories((), [last_topic], session, message, names, session.last_route)
        return Decision("lookup", (last_topic,), about, 1.0, follow_up=True, basis=True)
    if told.stated:
        recognised = of_what_is_asked(recognised, tuning)
    shares = _weighed(message, session, told, recognised, names, tuning)
    listed = recognised.listed if not told.anything else ()
    parts = [part[0] for part in listed or recognised.parts]
    if told.stated and _only_introduces(message, parts):
        shares["eligibility"] = 0.0
    whole = _with_locality(recognised.whole, names.locality(message.plain), by_id)
    route = max(shares, key=lambda name: shares[name])
    first = next((c for c in whole if c.topic.route == route), whole[0])
    chosen = _chosen(first, parts, route, tuning)
    topics = [c.topic for c in chosen]
    if len(topics) == 1 and route == "eligibility" and not told.anything and asks_something(message.plain):
        checking = session.last_route == "eligibility"
        topics += _left_open(whole, named, tuning.asked_in_a_check if checking else tuning.asked_besides)
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


def _left_open(whole: Sequence[Candidate], named: Sequence[str], least: float) -> list[Topic]:
    """What else is asked of where no fact was told: 我们用的是自建私有云，能不能报 asks of what the notice does not say."""
    return [
        c.topic
        for c in whole
        if c.topic.route == "unresolved" and c.probability >= least and not of_another(c.topic, named)
    ][:1]


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
    if _asks_for_no_verdict(message, told):
        shares["eligibility"] *= tuning.rule_asked
    elif asks_what_counts(message.plain) and shares["unresolved"] >= tuning.left_open:
        pass  # 试用的一个月能不能往三个月里凑 tells of no use
    elif stated:
        # Who tells several facts tells them of somebody, with or without a 我们.
        asks, own = asks_for_a_verdict(message.plain), speaks_of_itself(message.plain) or len(stated) > 1
        leans = (tuning.facts_lean, tuning.verdict_asked, tuning.verdict_on_us)
        shares["eligibility"] += leans[asks + (asks and own)]
        if session.last_route == "eligibility":
            shares["eligibility"] += tuning.facts_in_talk
    elif session.last_route == "eligibility" and asks_for_a_verdict(message.plain):
        shares["eligibility"] += tuning.verdict_asked
    if asks_for_a_phone(message.plain) and shares["contact"] > 0:
        besides = asks_for_a_verdict(message.plain) or shares["out_of_scope"] >= tuning.foreign
        shares["contact"] += tuning.phone_asked if besides else 1.0
    if names.named(message.plain):
        shares["out_of_scope"] -= tuning.named_here * foreign_without_place(recognised.whole)
    elif names.foreign(message.plain):
        shares["out_of_scope"] += tuning.named_elsewhere
    if set(session.asked) & set(stated) or (told.anything and not asks_something(message.plain)):
        shares["eligibility"] += 1.0
    if session.last_route == "eligibility":
        unheard = _unheard(message, told, names, tuning) if session.asked else 0.0
        shares["eligibility"] += unheard + _of_the_check(message, session, told, names, tuning)
        shares["out_of_scope"] -= unheard  # 2021年评的, after a star was told
    shares["out_of_scope"] -= _of_another_year(message, session, recognised)
    # Thanks around a question (线上还是线下，谢谢) are taken out before its topics are recognised.
    if takes_leave(message.plain) and not told.anything:
        answered = sum(shares[route] for route in ANSWERED)
        asks = asks_something(message.plain) or asks_for_a_phone(message.plain)
        nothing_else = not asks and (begins_with_thanks(message.plain) or answered < tuning.requested)
        if nothing_else or shares["smalltalk"] >= tuning.leave_taken:
            shares["smalltalk"] += 1.0
    return shares


def _asks_for_no_verdict(message: Message, told: Told) -> bool:
    """Whether the rule itself is asked for, or who, where or when: 怎么规定的; 平台、标杆、上云分别谁评审."""
    if about_the_rule(message.plain):
        return not (told.stated and speaks_of_itself(message.plain))
    thing = asks_for_a_thing(message.plain) and not asks_for_a_verdict(message.plain)
    return thing and not told.anything


def _of_another_year(message: Message, session: Session, recognised: Recognised) -> float:
    """Probability of another year's notice where talk of this one goes on with a year: 2022年11月开始用的呢."""
    if session.last_route is None or not has_a_year_of_its_own(message.plain):
        return 0.0
    return sum(c.probability for c in recognised.whole if c.topic.id == "other-year")


def _of_the_check(
    message: Message, session: Session, told: Told, names: CategoryNames, tuning: DecisionTuning
) -> float:
    """What the message's own words add to a check that is going on: a way out asked for, an if, a category named."""
    added = 1.0 if asks_for_a_remedy(message.plain) or asks_to_explain(message.plain) else 0.0
    if told.supposed or applies_for_another(message, names):
        added += tuning.verdict_asked
    if session.category is None and _is_a_name(message, names):
        added += 1.0  # 哦类别啊，工业互联网平台
    return added


def applies_for_another(message: Message, names: CategoryNames) -> bool:
    """Whether another category is proposed for the same applicant: 那同样这家公司报平台呢."""
    proposed = _PROPOSED.search(message.plain)
    return proposed is not None and bool(names.named(proposed[1])) and names.only_names(proposed[1])


def names_another_alone(message: Message, names: CategoryNames) -> bool:
    """Whether nothing is said but another category: 报平台呢, 那标杆呢; not 那这个在建的项目报平台行不行."""
    proposed = _PROPOSED.search(message.plain)
    alone = proposed is not None and names.only_names(message.plain[: proposed.start()])
    return repeats(message, names) or (alone and applies_for_another(message, names))


def _is_a_name(message: Message, names: CategoryNames) -> bool:
    """Whether a message names one category and asks nothing."""
    return len(names.named(message.plain)) == 1 and not asks_something(message.plain)


def _unheard(message: Message, told: Told, names: CategoryNames, tuning: DecisionTuning) -> float:
    """What speaks for an answer that was not understood: the questions are asked again."""
    if does_not_know(message.plain):
        return 1.0
    if read_answer(message.plain) is False and not is_talk(message.plain):
        return 1.0  # a no that fits no question (是…吗？没有)
    understood = told.anything or asks_something(message.plain) or names.named(message.plain)
    return 0.0 if understood else tuning.unheard


def _with_locality(candidates: tuple[Candidate, ...], locality: bool, by_id: ById) -> tuple[Candidate, ...]:
    """The candidates, but for a topic of localities the one that answers where no locality is named."""
    return candidates if locality else instead(candidates, lambda topic: topic.without_place, by_id)


def foreign_without_place(candidates: Sequence[Candidate]) -> float:
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
    checking = session.last_route == "eligibility" and bool(session.facts)
    if of_another(last_topic, named) and not checking:
        return None
    if not repeats(message, names):
        return None
    route: Route = "eligibility" if told.stated else session.last_route
    return Decision(route, (last_topic,), named, 1.0, follow_up=True)


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
