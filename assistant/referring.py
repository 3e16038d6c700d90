"""The steps that write out what a message only refers to: the two categories spoken of, a level, an annex."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.eligibility.wording import show_value
from assistant.facts.spoken.stars import STAR, figure
from assistant.turn import Turn
from assistant.understanding.message import split_questions
from assistant.understanding.speech_acts import asks_something
from knowledge.annexes import stem_of

_APPLIES_FOR = "申报{level}，"
_ENDS = "的啊呢呀哦，。！!"
_NEEDED_BEFORE = re.compile("先|前提|前置|得有|须|需要|要有|基础")
"""先要有三星对吧: the level that another one asks for."""

_HAS_OR_NOT = re.compile(
    "(?:可是|但是?|不过|那|，)*(?:[我咱]们?(?:公司|单位|厂里?)?|公司|单位)(?:目前|现在|也|都|是|还|倒|就){0,3}(?:没有?|有)"
    f"[{_ENDS}]*"
)
"""我们没有, after an answer of the level that is needed before another."""

_ITS_TEXT = re.compile(
    "(?:那么?|把|请|麻烦|能不能|能|可以|有没有|它|这个|附件|具体|的|，)*(?P<text>(?:内容|正文|全文|里[面头边])[^，。]{0,10})"
)
"""内容发我看看, after an annex was named."""
_OF_AN_ANNEX = "附件{number}的{text}"


def name_the_two(turn: Turn) -> Turn:
    """二者, 这两类: of which the talk was before, by their names."""
    assert turn.message is not None  # noqa: S101 - the step before
    session = turn.session
    two = session.side_by_side or tuple(c for c in (session.category_before, session.category) if c)
    return _written_out(turn, turn.desk.names.with_both_named(turn.message.plain, two))


def name_the_level(turn: Turn) -> Turn:
    """先要有三星对吧, of who told that it applies for four stars, with these: another level may be needed before."""
    assert turn.message is not None  # noqa: S101 - the first step
    session, plain, levels = turn.session, turn.message.plain, turn.desk.cues.levels
    short = len(plain) <= turn.desk.tuning.fragment and asks_something(plain)
    told = levels is not None and session.last_route == "eligibility" and session.facts.get(levels.applying)
    if levels is None or not told or not short or not _NEEDED_BEFORE.search(plain):
        return turn
    named = [figure(star) for star in STAR.finditer(plain)]
    if len(named) != 1 or named[0] == told.value:
        return turn
    level = show_value(turn.desk.pack.schema.spec(levels.applying), told.value)
    return _written_out(turn, _APPLIES_FOR.format(level=level) + plain)


def name_the_level_needed(turn: Turn) -> Turn:
    """我们没有, after it was said that four stars ask for three: the three."""
    assert turn.message is not None  # noqa: S101 - the first step
    session, message = turn.session, turn.message
    topic = turn.desk.topic(session.last_topic) if session.last_topic else None
    if topic is None or session.last_route != "lookup" or not _HAS_OR_NOT.fullmatch(message.plain):
        return turn
    named = [star.group() for star in STAR.finditer(topic.title)]
    if len(named) != 2:
        return turn
    had = message.plain.rstrip(_ENDS) + named[1]
    return replace(turn, message=replace(message, plain=had, told=had, segments=split_questions(had)))


def name_the_annex(turn: Turn) -> Turn:
    """内容发我看看, after it was asked what an annex is: of this annex."""
    assert turn.message is not None  # noqa: S101 - the first step
    asked = _ITS_TEXT.fullmatch(turn.message.plain)
    number = next(
        (
            a.number
            for a in turn.desk.pack.notice.annexes
            if stem_of(a.number, background=False) == turn.session.quoted
        ),
        None,
    )
    if asked is None or number is None:
        return turn
    return _written_out(turn, _OF_AN_ANNEX.format(number=number, text=asked["text"]))


def _written_out(turn: Turn, plain: str) -> Turn:
    """The turn with its message read as `plain`; what it tells is read in its own words."""
    if turn.message is None or plain == turn.message.plain:
        return turn
    return replace(turn, message=replace(turn.message, plain=plain, segments=split_questions(plain)))
