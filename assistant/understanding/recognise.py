"""What a message may be about: candidate topics of the whole and of each part that asks something.

Reads the message's own words, and of a fragment (那星级的呢, 寄到哪) also what the conversation makes of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.sessions import Session
from assistant.understanding.candidates import Part, among, asked_of_another, merged, of_all, of_another
from assistant.understanding.categories import CategoryNames
from assistant.understanding.fragments import in_context
from assistant.understanding.instead import ById, instead
from assistant.understanding.intent import Candidate
from assistant.understanding.listed import ANSWERED, Classify, listed_readings, things_wanted
from assistant.understanding.message import Message
from assistant.understanding.questions import (
    LONG,
    MOST_QUESTIONS,
    asked_parts,
    focus,
    joined_questions,
    repeats,
)
from assistant.understanding.speech_acts import (
    asks_for_a_phone,
    asks_for_a_thing,
    asks_for_a_verdict,
    asks_something,
    asks_why,
    supposes,
)
from assistant.understanding.tuning import DecisionTuning
from knowledge.models import Route, Topic

_A_NAME_ALONE_ASKS = "申报条件"
"""What who opens with a category's name and nothing else is told of it."""
_A_PHONE = "咨询电话"
_BARELY = 0.01
"""Probability of what nothing but a pattern speaks for."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Candidate topics of the whole message, and of each of its parts that asks something, most probable first.

    `asked` are those of the one question that stands beside something told: 我们2018年成立的，什么时候截止.
    `listed` are those of the parts and of the things that are only named (问网址+截止日), where any is; it holds of a
    message that tells no facts.
    """

    whole: tuple[Candidate, ...]
    parts: tuple[Part, ...] = ()
    asked: tuple[Candidate, ...] = ()
    listed: tuple[Part, ...] = ()

    @property
    def shares(self) -> dict[Route, float]:
        """Probability of each route by the whole message."""
        shares: dict[Route, float] = defaultdict(float)
        for candidate in self.whole:
            shares[candidate.topic.route] += candidate.probability
        return shares


def recognise(
    message: Message,
    session: Session,
    names: CategoryNames,
    classify: Classify,
    tuning: DecisionTuning,
    by_id: ById,
) -> Recognised:
    """What the message may be about, whatever it tells of the applicant.

    A fragment (从哪天算到哪天) is read by itself, after the last subject and of the category under discussion, and
    all readings count alike. Of a subject that only one category has, another category's own is looked for
    (投入要多少 … 那星级的呢). A category's name that opens the talk asks for its conditions.
    """
    last_topic = by_id(session.last_topic) if session.last_topic else None
    named = names.named(message.plain)
    classify = _with_others_named(classify, named, by_id)
    if last_topic and (title := asked_of_another(last_topic, named)) and repeats(message, names):
        found = classify([names.retitled(title, named[0])])[0]
        return Recognised(among(found, lambda topic: topic.category in (None, *named)))
    if len(named) == 1 and session.last_route is None and names.only_names(message.plain):
        return Recognised(classify([names.retitled(_A_NAME_ALONE_ASKS, named[0])])[0])
    asking = asked_parts(message)[-MOST_QUESTIONS:]
    text = focus(message, asking)
    things = things_wanted(message.plain, names) if len(message.plain) <= LONG else []
    if len(asking) > 1:
        whole, *parts = classify([text, *asking])
        whole = _of_the_whole(message, text, whole, named, names, classify)
        read = _of_the_category(asking, parts, named, names, classify)
        listed = listed_readings(things, dict(zip(asking, read, strict=True)), classify, tuning)
        return Recognised(whole, tuple(map(Part, asking, read)), listed=listed)
    joined = joined_questions(text, names, tuning)
    alone, *items = classify([text, *joined])
    alone = _of_the_whole(message, text, alone, named, names, classify)
    if joined and _are_questions(items, tuning):
        return Recognised(alone, tuple(map(Part, joined, items)))
    asked = classify(asking)[0] if _asks_beside_a_story(message, text, asking) else ()
    listed = listed_readings(things, {}, classify, tuning)
    if listed or len(message.plain) > tuning.fragment:
        about = named if len(named) > 1 else () if named or not session.category else (session.category,)
        alone = of_all(alone, about, tuning)
        return Recognised(alone, asked=asked, listed=listed)
    joint = in_context(text, alone, session, last_topic, named, names, classify, tuning)
    return Recognised(joint, asked=asked)


def _with_others_named(classify: Classify, named: Sequence[str], by_id: ById) -> Classify:
    """Readings in which the topics that a topic names answer instead of it.

    What other categories alone ask is answered so (平台要贯标吗: `of_others`), and why a rule is (`reasons`).
    """

    def other(topic: Topic, why: bool) -> str:
        return topic.reasons if why else topic.of_others if of_another(topic, named) else ""

    def read(texts: Sequence[str]) -> list[tuple[Candidate, ...]]:
        return [
            instead(found, partial(other, why=asks_why(text)), by_id)
            for text, found in zip(texts, classify(texts), strict=True)
        ]

    return read


def _asks_beside_a_story(message: Message, text: str, asking: Sequence[str]) -> bool:
    """Whether one part of the message asks for a thing, and not whether somebody may."""
    beside = len(asking) == 1 and len(asking[0]) < len(text)
    return beside and asks_for_a_thing(asking[0]) and not asks_for_a_verdict(message.plain)


def _of_the_whole(
    message: Message,
    text: str,
    whole: tuple[Candidate, ...],
    named: Sequence[str],
    names: CategoryNames,
    classify: Classify,
) -> tuple[Candidate, ...]:
    """The reading of the whole message, of the category that it names and with the desk's phone where one is asked."""
    (whole,) = _of_the_category([text], [whole], named, names, classify)
    return _with_the_desk(message, whole, classify)


def _with_the_desk(
    message: Message, whole: tuple[Candidate, ...], classify: Classify
) -> tuple[Candidate, ...]:
    """The reading of who asks for a number with the phone's own topic first among those of contacts."""
    if not asks_for_a_phone(message.plain):
        return whole
    desk = next((c.topic for c in classify([_A_PHONE])[0] if c.topic.route == "contact"), None)
    if desk is None:
        return whole
    share = max((c.probability for c in whole if c.topic.route == "contact"), default=_BARELY)
    rest = tuple(c for c in whole if c.topic.id != desk.id)
    return tuple(sorted((Candidate(desk, share), *rest), key=lambda c: -c.probability))


def _of_the_category(
    asking: Sequence[str],
    parts: Sequence[tuple[Candidate, ...]],
    named: Sequence[str],
    names: CategoryNames,
    classify: Classify,
) -> tuple[tuple[Candidate, ...], ...]:
    """The parts' readings; one that is of another category than the message names is read of that one.

    「标杆工厂哪天截止？投入怎么算？」 does not ask how the cloud spending of star_cloud is counted; 「平台几类，7大业态
    是哪些」 asks of another category in words of its own; 「报平台，条件讲讲，电话多少」 asks for the conditions of one.
    """
    read = list(parts)
    alone = len(parts) == 1
    astray = [
        at for at, part in enumerate(parts) if _is_astray(part[0], asking[at], named, names, alone=alone)
    ]
    meant = classify([names.retitled(asking[at], named[0]) for at in astray]) if astray else []
    for at, found in zip(astray, meant, strict=True):
        read[at] = tuple(c for c in found if not of_another(c.topic, named)) or found
    return tuple(read)


def _is_astray(
    first: Candidate, text: str, named: Sequence[str], names: CategoryNames, *, alone: bool
) -> bool:
    """Whether a part of a message that names one category is to be read of that one."""
    if len(named) != 1:
        return False
    if first.topic.of_one and not names.named(text):
        return True
    return of_another(first.topic, named) and (alone or names.implied(text) != first.topic.category)


def of_what_is_asked(recognised: Recognised, tuning: DecisionTuning) -> Recognised:
    """The reading of a message that tells facts and asks for a thing: the question counts more than the story."""
    if not recognised.asked:
        return recognised
    weights = [1.0, tuning.beside_a_story]
    return replace(recognised, whole=merged([recognised.whole, recognised.asked], weights))


def refined(recognised: Recognised, full: tuple[Candidate, ...]) -> Recognised:
    """The reading of a fragment joined with that of the full question it stands for."""
    return replace(recognised, whole=merged([recognised.whole, full], [1.0, 1.0]))


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


def _are_questions(items: Sequence[tuple[Candidate, ...]], tuning: DecisionTuning) -> bool:
    """Whether the readings are surely of different topics that have an answer."""
    first = [item[0] for item in items]
    sure = all(c.probability >= tuning.joined and c.topic.route in ANSWERED for c in first)
    return sure and len({c.topic.id for c in first}) == len(first)
