"""Which facts a message may tell of without naming them: asked for, told last, put right, or spoken of just now."""

from __future__ import annotations

from assistant.conversation import intersection
from assistant.facts.message.mood import A_VALUE_THEN, OF_A_KIND
from assistant.facts.message.polarity import read_answer
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


def put_right(turn: Turn, words: str, *, slipped: bool) -> tuple[str, ...]:
    """The facts told last of which these words give another value (哦，是四个月).

    `slipped`: the message began by taking back the one before (打错了，有的): a yes or no is of what was told otherwise.
    """
    session, told = turn.session, turn.session.told_last()
    said = hear(words, turn.desk.cues.misspellings) if told else None
    if said is None:
        return ()
    names = [n for n in told if puts_right(said, session.facts[n].quote, turn.as_of, slipped=slipped)]
    return tuple(names) or (_told_otherwise(turn, said.text) if slipped else ())


def _told_otherwise(turn: Turn, words: str) -> tuple[str, ...]:
    """Of what was told last, the place where one is named, or the one fact to which a bare yes or no is the contrary."""
    session, told, place = turn.session, turn.session.told_last(), turn.desk.cues.place
    if place and place.fact in told and turn.desk.cues.gazetteer.names.search(words):
        return (place.fact,)
    answer = read_answer(words)
    names = [n for n in told if answer is not None and session.facts[n].value is (not answer)]
    return tuple(names) if len(names) == 1 else ()


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

    What was supposed last is what was talked of, too: 假如注册才两年半, and then 我们自己是2010年的. So is a day that is only
    supposed: 那4月1号到期的行吗.
    """
    assert turn.message is not None  # noqa: S101 - the step before
    session, desk, plain = turn.session, turn.desk, turn.message.plain
    supposed = A_VALUE_THEN.fullmatch(plain) or OF_A_KIND.fullmatch(plain)
    if not supposed and (not speaks_of_itself(plain) or asks_something(plain)):
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
