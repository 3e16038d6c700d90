"""Which facts a message may tell of without naming them: asked for, told last, put right, or spoken of just now."""

from __future__ import annotations

from assistant.conversation import intersection
from assistant.facts.message.utterance import hear
from assistant.facts.put_right import puts_right
from assistant.facts.spoken.dates import SpokenDate, find_dates
from assistant.facts.spoken.days import in_known_year
from assistant.sessions import Session
from assistant.turn import Turn
from assistant.understanding.listed import ANSWERED
from assistant.understanding.speech_acts import asks_something, speaks_of_itself, supposes
from knowledge.cues import FactCues
from knowledge.facts import FactValue


def may_answer(turn: Turn, again: tuple[str, ...]) -> tuple[str | None, ...]:
    """What a bare 「2500万」 or 「有」 may mean: the open questions in order, then what was said last (是308万).

    A day inside a time that was told before is first of all that time, told closer; what is supposed (3月30号呢) first
    stands in place of what was supposed or said, and what is put right `again` (哦，是四个月) of what was told just before.
    """
    assert turn.message is not None  # noqa: S101 - the step before
    session, plain = turn.session, turn.message.plain
    said_last = sorted(session.facts, key=lambda name: -session.facts[name].turn)
    if supposes(plain):
        return (*session.supposed, *said_last, *session.asked) or (None,)
    if again:
        return (*again, *session.asked)
    dates = find_dates(plain, turn.as_of)
    closer = [n for n in said_last for date in dates if _lies_within(date, session.facts[n].value)]
    return (*closer, *session.asked, *_of_the_category_asked(turn), *said_last) or (None,)


def put_right(turn: Turn) -> tuple[str, ...]:
    """The facts told last of which the message gives another value (哦，是四个月)."""
    assert turn.message is not None  # noqa: S101 - the step before
    session, told = turn.session, turn.session.told_last()
    said = hear(turn.message.plain, turn.desk.cues.misspellings) if told else None
    return tuple(n for n in told if said and puts_right(said, session.facts[n].quote, turn.as_of))


def _of_the_category_asked(turn: Turn) -> tuple[str, ...]:
    """A level by itself (三星), of who was just asked what to apply for, is the one applied for."""
    session, levels = turn.session, turn.desk.cues.levels
    open_now = session.last_route == "eligibility" and session.category is None and not session.side_by_side
    return (levels.applying,) if open_now and levels else ()


def _lies_within(said: SpokenDate, told: FactValue) -> bool:
    """Whether a day, or a month without its year, is inside a time that was told before."""
    if said.dated:
        return said.days == intersection(told, said.days)
    return in_known_year(said.days, told) is not None


def spoken_of(turn: Turn) -> tuple[str, ...]:
    """The days, sums and counts that the last answer was about, of who goes on with its own: 证书有效期要求, and then
    我们的到4月30日; 投入要多少, and then 我们刚好2000.

    What was supposed last is what was talked of, too: 假如注册才两年半, and then 我们自己是2010年的.
    """
    assert turn.message is not None  # noqa: S101 - the step before
    session, desk, plain = turn.session, turn.desk, turn.message.plain
    if not speaks_of_itself(plain) or asks_something(plain):
        return ()
    named = [*session.supposed]
    topic = desk.topic(session.last_topic) if session.last_topic else None
    if topic is not None and session.last_route in ANSWERED:
        named += (fact for one in desk.criteria_of(topic) for fact in one.facts)
    valued = {spec.name for spec in desk.pack.schema.facts if spec.type == "date"}
    valued |= _counted_in(desk.cues, topic.title) if topic is not None else set()
    return tuple(dict.fromkeys(name for name in named if name in valued and name not in session.facts))


def _counted_in(cues: FactCues, title: str) -> set[str]:
    """The one sum or count that a topic's title names; of several none is meant."""
    words = {cue.fact: cue.words for cue in (*cues.counts, *((cues.amount,) if cues.amount else ()))}
    named = {fact for fact, told in words.items() if told.search(title)}
    return named if len(named) == 1 else set()


def in_mind(session: Session) -> tuple[str, ...]:
    """What was asked for, and what was said last."""
    return (*session.asked, *session.told_last())
