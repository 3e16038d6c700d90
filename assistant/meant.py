"""The words of a message that tell: without slips of the tongue, what only says that it was looked up, what it turns to.

「投2100，错了，1800」 is 投1800, 「打错了，有的」 is 有的 in place of what was told before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.facts.message.mood import OWN
from assistant.facts.message.utterance import fold
from assistant.facts.put_right import behind_looking_up, in_fact, opening_slip, told_anew, without_slips
from assistant.turn import Turn
from assistant.understanding.message import without_quotations

_ANOTHERS = re.compile("朋友|亲戚|同学|哥们|邻居|隔壁")
_ITSELF = re.compile("(?:我们?|咱们?)(?:自己|自家|自个儿?)(?:的|家)?(?:公司|企业|厂|单位|这边|(?=呢))")
_THEN_OURS = re.compile("(?<=[的了])呢(?=[，,。？?]|$)")
"""我自己公司在常熟的呢 tells what is asked of."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What of a message is read for facts: `words`, where they are not all that was `written`, without what it takes back.

    `slipped`: the message puts right what was told before; `about`: what was supposed, of which it tells what is so in fact.
    """

    words: str
    written: str
    slipped: bool
    about: tuple[str, ...] = ()


def as_meant(turn: Turn) -> Meant:
    """The words of the message that tell, without slips of the tongue (投2100，错了，1800; 打错了，有的)."""
    assert turn.message is not None  # noqa: S101 - the step before
    session = turn.session
    written = without_quotations(turn.message.told, turn.desk.grounding.source)
    folded = fold(written, turn.desk.cues.misspellings)
    if turns_to_itself(turn):
        return Meant(_THEN_OURS.sub("", folded, count=1), written, False)
    told = [fact.quote for fact in sorted(session.facts.values(), key=lambda fact: -fact.turn)]
    if told and (anew := told_anew(folded, told)) is not None:
        return Meant(anew, written, True)
    if session.supposed and (fact := in_fact(folded)) is not None:
        return Meant(fact, written, False, tuple(session.supposed))
    words = without_slips(folded, turn.as_of)
    if (rest := opening_slip(words)) is not None:
        return Meant(_as_written(rest, folded, written), written, bool(told))
    if session.last_route == "eligibility" and (rest := behind_looking_up(words)) is not None:
        return Meant(_as_written(rest, folded, written), written, False)
    return Meant(words if words != folded else written, written, words != folded)


def _as_written(rest: str, folded: str, written: str) -> str:
    """A piece of the folded words as it was written, so that it is quoted so; as it is where it is no piece of them."""
    at = folded.rfind(rest)
    return rest if at < 0 else written[at : at + len(rest)]


def turns_to_itself(turn: Turn) -> bool:
    """我自己公司在常熟的呢, after a friend's firm was asked for: whether the message goes over to its writer's own."""
    assert turn.message is not None  # noqa: S101 - the step before
    plain = turn.message.plain
    told = [fact.quote for fact in turn.session.facts.values()]
    of_another = any(map(_ANOTHERS.search, told)) and not any(map(OWN.search, told))
    return of_another and _ITSELF.search(plain) is not None and _ANOTHERS.search(plain) is None


def asks_for_another(plain: str) -> bool:
    """Whether a message speaks of a friend's or a neighbour's firm."""
    return _ANOTHERS.search(plain) is not None
