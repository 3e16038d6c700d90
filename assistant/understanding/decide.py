"""What a message asks for: which topics, on which route, about which category.

Reads the message's own words first, then what the conversation makes of a fragment (那星级的呢, 有, 寄到哪).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.sessions import Session
from assistant.understanding.asked_again import asked_again
from assistant.understanding.candidates import Part, of_another
from assistant.understanding.categories import CategoryNames
from assistant.understanding.decision import Decision, categories_in_question
from assistant.understanding.follow_ups import asks_of_a_later_day, asks_plainly
from assistant.understanding.instead import ById, instead
from assistant.understanding.intent import Candidate
from assistant.understanding.listed import ANSWERED
from assistant.understanding.message import Message
from assistant.understanding.numbered import numbered_parts
from assistant.understanding.recognise import Recognised, of_what_is_asked
from assistant.understanding.speech_acts import asks_for_a_phone, asks_for_a_verdict, asks_something
from assistant.understanding.tuning import DecisionTuning
from assistant.understanding.weighing import Told, asks_how_it_stands, weighed
from knowledge.models import Route, Topic

_ANNOUNCED = re.compile(
    "(?:问|咨询|请教|确认|打听)[^，。]{0,4}[几两二三四五六][件个点条]|[几两二三四五六]个?问题"
)
"""想问三件事, 几个问题."""


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
    if last_topic is not None and (again := asked_again(message, session, told, last_topic, names, by_id)):
        return again
    if told.stated:
        recognised = of_what_is_asked(recognised, tuning)
    shares = weighed(message, session, told, recognised, names, tuning)
    asked = (recognised.listed if not told.anything else ()) or recognised.parts
    parts = [part.read[0] for part in asked]
    if told.stated and _only_introduces(message, parts):
        shares["eligibility"] = 0.0
    whole = _with_locality(recognised.whole, names.locality(message.plain), by_id)
    route = max(shares, key=lambda name: shares[name])
    first = next((c for c in whole if c.topic.route == route), whole[0])
    chosen = _chosen(first, parts, route, tuning)
    topics = [c.topic for c in chosen]
    if len(topics) == 1 and route == "eligibility" and _asks_more(message, told, names):
        topics += _left_open(whole, named, _least_left_open(session, told, tuning))
    taken: Route = route if route == "eligibility" else topics[0].route
    return Decision(
        route=taken,
        topics=tuple(topics),
        categories=categories_in_question(named, topics, session, message, names, taken),
        # Who asks for a number is given one, whatever else the message may be about.
        confidence=1.0 if route == "contact" and asks_for_a_phone(message.plain) else chosen[0].probability,
        apart=_apart(topics, asked, named, names),
    )


def _apart(
    topics: Sequence[Topic], parts: Sequence[Part], named: tuple[str, ...], names: CategoryNames
) -> dict[str, tuple[str, ...]]:
    """The categories of each topic, by the parts that lead to it; none where these do not name all that are named.

    A part that names none is asked of all: 平台和标杆工厂的截止日期，电话.
    """
    if len(topics) < 2 or len(named) < 2:
        return {}
    own: dict[str, set[str]] = {topic.id: set() for topic in topics}
    for part in parts:
        own.get(part.read[0].topic.id, set()).update(names.named(part.text))
    if set().union(*own.values()) != set(named):
        return {}  # 平台、标杆工厂的电话，网址: the first stands in no part that asks
    return {topic: tuple(c for c in named if c in each) for topic, each in own.items() if each}


def _asks_more(message: Message, told: Told, names: CategoryNames) -> bool:
    """Whether something is asked besides a verdict.

    能力没什么提升 tells, and asks for nothing; an if is answered by its verdict.
    """
    if asks_of_a_later_day(message.plain):
        return False
    told_alone = told.anything and (bool(told.supposed) or not asks_for_a_verdict(message.plain))
    asks = asks_something(message.plain) and not asks_how_it_stands(message, names)
    return asks and not told_alone and not asks_plainly(names.without_names(message.plain))


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


def _with_locality(candidates: tuple[Candidate, ...], locality: bool, by_id: ById) -> tuple[Candidate, ...]:
    """The candidates, but for a topic of localities the one that answers where no locality is named."""
    return candidates if locality else instead(candidates, lambda topic: topic.without_place, by_id)
