"""What is asked again: the last question of another category, of the bureau, or without its subject (那星级的呢)."""

from __future__ import annotations

from assistant.sessions import Session
from assistant.understanding.askers import goes_over_to_the_bureau
from assistant.understanding.basis import asks_for_the_basis
from assistant.understanding.candidates import asked_of_another
from assistant.understanding.categories import CategoryNames
from assistant.understanding.decision import Decision, categories_in_question
from assistant.understanding.follow_ups import (
    asks_for_that_day,
    asks_for_the_others,
    asks_since_when,
    asks_where_to_find,
    asks_which_else,
    tells_a_day,
    tells_since_when,
)
from assistant.understanding.instead import ById
from assistant.understanding.message import Message
from assistant.understanding.questions import repeats
from assistant.understanding.speech_acts import asks_for_a_verdict
from assistant.understanding.weighing import Told, names_a_category
from knowledge.models import Route, Topic


def asked_again(
    message: Message, session: Session, told: Told, last_topic: Topic, names: CategoryNames, by_id: ById
) -> Decision | None:
    """The turn that only goes on from what was answered last; None where the message asks something of its own.

    The last question is asked of another category or of the bureau, or the clause behind its answer is asked for.
    """
    last_route = session.last_route
    repeated = _repeat(message, session, told, last_topic, last_route, names) if last_route else None
    again = repeated or _of_the_bureau(message, session, last_topic, names, by_id)
    if again is None and last_route and asks_for_the_basis(message.plain):
        about = categories_in_question((), [last_topic], session, message, names, last_route)
        return Decision("lookup", (last_topic,), about, 1.0, follow_up=True, basis=True)
    return again


def _repeat(
    message: Message,
    session: Session,
    told: Told,
    last_topic: Topic,
    last_route: Route,
    names: CategoryNames,
) -> Decision | None:
    """「那星级的呢」: another category is named and nothing asked, so the last question is asked again for it."""
    named = names.named(message.plain)
    if session.category and (others := _others(message, session, names)):
        asks = bool(session.facts) and asks_for_a_verdict(message.plain)
        return Decision("eligibility" if asks else last_route, (last_topic,), others, 1.0, follow_up=True)
    if not named and _goes_on_about_it(message.plain, last_route, last_topic):
        about = categories_in_question((), [last_topic], session, message, names, last_route)
        return Decision(last_route, (last_topic,), about, 1.0, follow_up=True)
    if not named:
        return None
    checking = last_route == "eligibility" and bool(session.facts)
    if (asked_of_another(last_topic, named) and not checking) or not repeats(message, names):
        return None
    judged = bool(told.stated) or _says_which(message, session, names)
    return Decision("eligibility" if judged else last_route, (last_topic,), named, 1.0, follow_up=True)


def _says_which(message: Message, session: Session, names: CategoryNames) -> bool:
    """Whether a name alone (三星级上云) says which category is meant to a check that has asked for it; not 平台的呢."""
    asked = session.category is None and bool(session.facts) and bool(session.asked)
    return asked and names_a_category(message, names) and not message.plain.endswith("的")


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
    message: Message, session: Session, last_topic: Topic, names: CategoryNames, by_id: ById
) -> Decision | None:
    """「市局那边呢」: what was asked last of applicants is asked again of their bureau."""
    topic = by_id(last_topic.from_bureau)
    if topic is None or not goes_over_to_the_bureau(message.plain):
        return None
    about = categories_in_question((), [topic], session, message, names, topic.route)
    return Decision(topic.route, (topic,), about, 1.0, follow_up=True)
