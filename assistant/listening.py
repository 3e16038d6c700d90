"""The step that reads what a message tells of the applicant, by the conversation it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from assistant.conversation import QUESTIONS_AT_ONCE, intersection, supposing_in_passing
from assistant.facts import FactsRead, StatedFact, read_facts
from assistant.facts.context import in_known_year, read_in_context
from assistant.facts.dates import SpokenDate, find_dates
from assistant.facts.english import with_english
from assistant.facts.levels_together import decides
from assistant.facts.polarity import affirms_all, read_answer
from assistant.facts.put_right import puts_right
from assistant.facts.utterance import hear
from assistant.sessions import Session
from assistant.turn import Turn
from assistant.understanding.courtesies import takes_leave
from assistant.understanding.listed import ANSWERED
from assistant.understanding.message import without_quotations
from assistant.understanding.questions import repeats
from assistant.understanding.recognise import tells_of_itself
from assistant.understanding.speech_acts import (
    about_the_rule,
    asks_something,
    asks_whether,
    speaks_of_itself,
    supposes,
)
from assistant.understanding.weighing import foreign_without_place
from knowledge.cues import FactCues
from knowledge.facts import FactValue
from knowledge.models import Notice

LONGEST_ANSWER = 20
"""Characters up to which a message may be a bare answer to what was asked."""
LONGEST_BARE = 12
"""Characters up to which a day or a sum is taken for what was asked, whatever else it looks like."""
_SETTLED = re.compile(r"以(.{1,16}?)为准")


def listen(turn: Turn) -> Turn:
    """Facts from speech."""
    assert turn.message is not None  # noqa: S101 - the step before
    plain = turn.message.plain
    read = _heard(turn)
    if about_the_rule(plain) and not speaks_of_itself(plain):
        # The notice's own words read back (「未建或在建」怎么规定的) are no facts of an applicant.
        read = FactsRead()
    choices = {spec.name for spec in turn.desk.pack.schema.facts if spec.type == "choice"}
    if _asks_the_same_of_a_level(turn):
        read = replace(read, facts=tuple(f for f in read.facts if f.name not in choices))
    if _is_foreign(turn):
        read = _without_days_and_sums(read, turn.desk.cues)
    if turn.message.told != turn.message.original:
        read = read.quoting(turn.message.original)
    return replace(turn, read=supposing_in_passing(turn.session, read, choices))


def _heard(turn: Turn) -> FactsRead:
    """What the message tells by itself, as an answer to what was asked, or by the conversation alone."""
    assert turn.message is not None and turn.recognised is not None  # noqa: S101, PT018
    message, session, desk = turn.message, turn.session, turn.desk
    words = without_quotations(message.told, desk.grounding.source)
    settled = _SETTLED.search(words)
    named = desk.names.named(message.plain)
    category = named[0] if len(named) == 1 else None if named else session.category
    category = category or desk.names.implied(message.plain)
    spoken_of = _spoken_of(turn)
    read_as = partial(
        read_facts,
        settled[1] if settled else words,
        as_of=turn.as_of,
        schema=desk.pack.schema,
        cues=desk.cues,
        category=category,
        expected=(*spoken_of, *_in_mind(session)),
        known=session.values,
        told={name: fact.quote for name, fact in session.facts.items()},
        last_day=_last_day(desk.pack.notice, category),
    )
    another = _is_another_matter(turn)
    again = _put_right(turn)
    open_to = (*spoken_of, *_may_answer(turn, again))
    may_answer = open_to if len(message.plain) <= LONGEST_ANSWER and not another else (None,)
    tells = tells_of_itself(message, session, turn.recognised, desk.tuning)
    read, asked = _as_an_answer(turn, read_as, () if tells and may_answer == (None,) else may_answer)
    if tells:
        # What is only learned counts where the applicant is the subject, not in a question about the notice.
        read = read_as(asked=asked if read.facts else None, statements=desk.statements)
        if message.in_english:
            read = with_english(
                read,
                message.original,
                as_of=turn.as_of,
                schema=desk.pack.schema,
                cues=desk.cues,
                category=category,
                statements=desk.statements,
            )
    read = replace(
        read, facts=tuple(replace(f, correction=f.correction or f.name in again) for f in read.facts)
    )
    if may_answer != (None,):
        read = replace(read, facts=(*read.facts, *_all_asked(turn, read, read_as)))
    heard = read.facts or read.withdrawn or read.ambiguous or read.new_applicant
    if heard or another or session.last_route != "eligibility":
        return read
    return read_in_context(
        words,
        as_of=turn.as_of,
        schema=desk.pack.schema,
        cues=desk.cues,
        candidates=[name for name in open_to if name],
        known=session.values,
    )


def _last_day(notice: Notice, category: str | None) -> date | None:
    """The last day of applying for the category; where none is meant, the first on which any closes."""
    days = [w.last_day for w in notice.windows if w.last_day and category in (None, w.category)]
    return min(days, default=None)


def _as_an_answer(
    turn: Turn, read_as: Callable[..., FactsRead], may_answer: Sequence[str | None]
) -> tuple[FactsRead, str | None]:
    """The message read as the answer to the first of the facts that it answers, and that fact."""
    assert turn.message is not None  # noqa: S101 - the step before
    read, asked = FactsRead(), None
    for asked in may_answer:
        read = read_as(asked=asked)
        of_state = asked is not None and turn.desk.pack.schema.spec(asked).type == "bool"
        if read.facts or (of_state and read_answer(turn.message.plain) is not None):
            break  # a bare yes or no answers the first question that may be so answered, or none
    return read, asked


def _all_asked(turn: Turn, read: FactsRead, read_as: Callable[..., FactsRead]) -> tuple[StatedFact, ...]:
    """What a yes to all (都有) answers besides: each of the questions that the last reply put at once."""
    assert turn.message is not None  # noqa: S101 - the step before
    told, schema = {fact.name for fact in read.facts}, turn.desk.pack.schema
    if not affirms_all(turn.message.plain):
        return ()
    put = turn.session.asked[:QUESTIONS_AT_ONCE]
    open_now = [name for name in put if name not in told and schema.spec(name).type == "bool"]
    return tuple(fact for name in open_now for fact in read_as(asked=name).facts if fact.name == name)


def _is_another_matter(turn: Turn) -> bool:
    """Whether the message answers nothing: 「对了截止是哪天」 and 「行，谢谢」 only begin like an answer."""
    assert turn.message is not None  # noqa: S101 - the step before
    plain = turn.message.plain
    asks = asks_something(plain) or asks_whether(plain)
    return takes_leave(plain) or (asks and not supposes(plain)) or _is_foreign(turn)


def _asks_the_same_of_a_level(turn: Turn) -> bool:
    """「那五星呢」 after a question about the notice asks it again, and applies for nothing; 「那就五星」 has decided."""
    assert turn.message is not None  # noqa: S101 - the step before
    looked_up = turn.session.last_route in ANSWERED
    if decides(turn.message.plain) and not asks_something(turn.message.plain):
        return False
    return looked_up and repeats(turn.message, turn.desk.names)


def _is_foreign(turn: Turn) -> bool:
    """Whether the message is hardly about the notice (编个段子：昨天钓了条大鱼); a bare answer is whatever it looks like."""
    assert turn.message is not None and turn.recognised is not None  # noqa: S101, PT018
    share = foreign_without_place(turn.recognised.whole)
    return len(turn.message.plain) > LONGEST_BARE and share >= turn.desk.tuning.foreign


def _without_days_and_sums(read: FactsRead, cues: FactCues) -> FactsRead:
    """Days and sums of another matter (房贷一百万) are no applicant's; what is named or put right stays."""
    loose = {cue.fact for cue in (cues.since, cues.until, cues.amount) if cue}
    return replace(read, facts=tuple(f for f in read.facts if f.correction or f.name not in loose))


def _may_answer(turn: Turn, put_right: tuple[str, ...]) -> tuple[str | None, ...]:
    """What a bare 「2500万」 or 「有」 may mean: the open questions in order, then what was said last (是308万).

    A day inside a time that was told before is first of all that time, told closer; what is supposed (3月30号呢) first
    stands in place of what was supposed or said, and what is `put_right` (哦，是四个月) of what was told just before.
    """
    assert turn.message is not None  # noqa: S101 - the step before
    session, plain = turn.session, turn.message.plain
    said_last = sorted(session.facts, key=lambda name: -session.facts[name].turn)
    if supposes(plain):
        return (*session.supposed, *said_last, *session.asked) or (None,)
    if put_right:
        return (*put_right, *session.asked)
    dates = find_dates(plain, turn.as_of)
    closer = [n for n in said_last for date in dates if _lies_within(date, session.facts[n].value)]
    return (*closer, *session.asked, *_of_the_category_asked(turn), *said_last) or (None,)


def _put_right(turn: Turn) -> tuple[str, ...]:
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


def _spoken_of(turn: Turn) -> tuple[str, ...]:
    """The days that the last answer was about, of who goes on with its own: 证书有效期要求, and then 我们的到4月30日.

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
    dates = {spec.name for spec in desk.pack.schema.facts if spec.type == "date"}
    return tuple(dict.fromkeys(name for name in named if name in dates and name not in session.facts))


def _in_mind(session: Session) -> tuple[str, ...]:
    """What was asked for, and what was said last."""
    return (*session.asked, *session.told_last())
