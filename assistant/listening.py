"""The step that reads what a message tells of the applicant, by the conversation it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from assistant.awaited import in_mind, may_answer, put_right, spoken_of
from assistant.conversation import QUESTIONS_AT_ONCE, supposing_in_passing
from assistant.facts import FactsRead, StatedFact, read_facts
from assistant.facts.context import read_in_context
from assistant.facts.english import with_english
from assistant.facts.levels.together import decides
from assistant.facts.message.in_turn import answers_in_turn
from assistant.facts.message.polarity import affirms_all, read_answer
from assistant.facts.states.answered import fits
from assistant.meant import as_meant, asks_for_another, turns_to_itself
from assistant.turn import Turn
from assistant.understanding.courtesies import takes_leave
from assistant.understanding.listed import ANSWERED
from assistant.understanding.questions import repeats
from assistant.understanding.recognise import tells_of_itself
from assistant.understanding.speech_acts import (
    about_the_rule,
    asks_of_any_firm,
    asks_something,
    asks_whether,
    speaks_of_itself,
    supposes,
)
from assistant.understanding.weighing import foreign_without_place
from knowledge.cues import FactCues
from knowledge.facts import DateRange
from knowledge.models import Notice

LONGEST_ANSWER = 20
"""Characters up to which a message may be a bare answer to what was asked."""
LONGEST_BARE = 12
"""Characters up to which a day or a sum is taken for what was asked, whatever else it looks like."""
_PAUSE = re.compile("[，,。；;、 ]")
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
    read = _turning_to_itself(turn, _yet_to_come(turn, read))
    return replace(
        turn, read=supposing_in_passing(turn.session, read, choices, of_any_firm=asks_of_any_firm(plain))
    )


def _yet_to_come(turn: Turn, read: FactsRead) -> FactsRead:
    """最快下月注册: a firm that is still to be registered is only supposed."""
    since = turn.desk.cues.since

    def is_to_come(fact: StatedFact) -> bool:
        days = fact.value
        if since is None or fact.name != since.fact or not isinstance(days, DateRange):
            return False
        return days.lo is not None and days.lo > turn.as_of

    facts = (replace(fact, hypothetical=True) if is_to_come(fact) else fact for fact in read.facts)
    return replace(read, facts=tuple(facts))


def _turning_to_itself(turn: Turn, read: FactsRead) -> FactsRead:
    """我自己公司在常熟的呢, after a friend's firm was asked for: another applicant."""
    assert turn.message is not None  # noqa: S101 - the step before
    if read.new_applicant and asks_for_another(turn.message.plain):
        return read.quoting(turn.message.original)  # by which the next message may know whose it is
    return replace(read, new_applicant=True) if turns_to_itself(turn) else read


def _heard(turn: Turn) -> FactsRead:
    """What the message tells by itself, as an answer to what was asked, or by the conversation alone."""
    assert turn.message is not None and turn.recognised is not None  # noqa: S101, PT018
    message, session, desk = turn.message, turn.session, turn.desk
    meant = as_meant(turn)
    category, told_of = _category(turn), spoken_of(turn)
    read_as = _reader(turn, meant.words, category, told_of)
    another = _is_another_matter(turn)
    again = (*meant.about, *put_right(turn, meant.words, slipped=meant.slipped))
    open_to = (*told_of, *may_answer(turn, again))
    short = len(meant.words if meant.slipped else message.plain) <= LONGEST_ANSWER
    answers = open_to if short and (meant.about or not another) else (None,)
    tells = tells_of_itself(message, session, turn.recognised, desk.tuning)
    read, asked = _as_an_answer(meant.words, turn, read_as, () if tells and answers == (None,) else answers)
    if tells and not (session.asked and not read.facts and _is_bare(message.plain)):
        # What is only learned counts where the applicant is the subject, not in a question about the notice.
        read = read_as(asked=asked if read.facts else None, statements=desk.statements)
        read = _with_english(turn, read, category)
    if meant.words not in meant.written:
        read = read.quoting(message.original)
    read = replace(
        read,
        facts=tuple(
            replace(f, correction=f.correction or meant.slipped or f.name in again) for f in read.facts
        ),
    )
    if answers != (None,):
        read = _with_other_answers(turn, read, lambda said: _reader(turn, said, category, told_of))
    heard = read.facts or read.withdrawn or read.ambiguous or read.new_applicant
    if heard or another or (session.last_route != "eligibility" and not told_of):
        return read
    return read_in_context(
        meant.words,
        as_of=turn.as_of,
        schema=desk.pack.schema,
        cues=desk.cues,
        candidates=[name for name in open_to if name] if session.last_route == "eligibility" else told_of,
        known=session.values,
    )


def _category(turn: Turn) -> str | None:
    """The category of which the message tells: the one that it names or implies, else the conversation's."""
    assert turn.message is not None  # noqa: S101 - the step before
    names, plain = turn.desk.names, turn.message.plain
    named = names.named(plain)
    category = named[0] if len(named) == 1 else None if named else turn.session.category
    return category or names.implied(plain)


def _reader(turn: Turn, words: str, category: str | None, told_of: Sequence[str]) -> Callable[..., FactsRead]:
    """`read_facts` of the message's words, of this turn; what somebody settles on (以…为准) is all that is read."""
    session, desk = turn.session, turn.desk
    settled = _SETTLED.search(words)
    return partial(
        read_facts,
        settled[1] if settled else words,
        as_of=turn.as_of,
        schema=desk.pack.schema,
        cues=desk.cues,
        category=category,
        expected=(*told_of, *in_mind(session)),
        known=session.values,
        told={name: fact.quote for name, fact in session.facts.items()},
        last_day=_last_day(desk.pack.notice, category),
    )


def _with_english(turn: Turn, read: FactsRead, category: str | None) -> FactsRead:
    """What was read, and what the message states in English."""
    message, desk = turn.message, turn.desk
    assert message is not None  # noqa: S101 - the step before
    if not message.in_english:
        return read
    return with_english(
        read,
        message.original,
        as_of=turn.as_of,
        schema=desk.pack.schema,
        cues=desk.cues,
        category=category,
        statements=desk.statements,
    )


def _last_day(notice: Notice, category: str | None) -> date | None:
    """The last day of applying for the category; where none is meant, the first on which any closes."""
    days = [w.last_day for w in notice.windows if w.last_day and category in (None, w.category)]
    return min(days, default=None)


def _as_an_answer(
    words: str, turn: Turn, read_as: Callable[..., FactsRead], answers: Sequence[str | None]
) -> tuple[FactsRead, str | None]:
    """The message read as the answer to the first of the facts that it answers, and that fact."""
    read, asked = FactsRead(), None
    for asked in answers:
        read = read_as(asked=asked)
        if read.facts or (asked is not None and _is_answered(words, turn, asked)):
            break  # a bare yes or no answers the first question that may be so answered, or none
    return read, asked


def _is_bare(plain: str) -> bool:
    """Whether a message is a yes or no and nothing else; of none of the questions put, it says nothing."""
    return read_answer(plain) is not None and _PAUSE.search(plain.strip(" 。.!！~～")) is None


def _is_answered(words: str, turn: Turn, asked: str) -> bool:
    """Whether words that tell nothing begin with a yes or no that this question may have."""
    spec, answer = turn.desk.pack.schema.spec(asked), read_answer(words)
    return spec.type == "bool" and answer is not None and (not answer or fits(spec.question, words, answer))


def _with_other_answers(
    turn: Turn, read: FactsRead, reader: Callable[[str], Callable[..., FactsRead]]
) -> FactsRead:
    """The facts, with what answers the other questions that the last reply put at once: 都有; 有 没有; 1是 2是 3 2016年."""
    assert turn.message is not None  # noqa: S101 - the step before
    schema, told = turn.desk.pack.schema, turn.message.told
    put = turn.session.asked[:QUESTIONS_AT_ONCE]
    known = {fact.name for fact in read.facts}
    pieces: dict[str, str] = {}
    if affirms_all(turn.message.plain):
        pieces = {name: told for name in put if name not in known and schema.spec(name).type == "bool"}
    placed = answers_in_turn(told, [schema.spec(name).question for name in put])
    pieces |= {put[place]: said for place, said in placed.items()}
    answered = [f for name, said in pieces.items() for f in reader(said)(asked=name).facts if f.name == name]
    replaced = {fact.name for fact in answered}
    if placed and answered:  # a bare yes or no is then that of its place alone
        replaced |= {name for name in put if schema.spec(name).type == "bool"}
    return replace(read, facts=(*(fact for fact in read.facts if fact.name not in replaced), *answered))


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
