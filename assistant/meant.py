"""What of a message is read for facts: not the slips that it takes back; and whether it turns from another's firm to its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.facts import FactsRead
from assistant.facts.message.utterance import fold
from assistant.facts.put_right import behind_looking_up, in_fact, opening_slip, told_anew, without_slips
from assistant.turn import Turn
from assistant.understanding.message import without_quotations

_ANOTHERS = re.compile("朋友|亲戚|同学|哥们|邻居|隔壁")
_ITSELF = re.compile("(?:我们?|咱们?)(?:自己|自家|自个儿?)(?:的|家)?(?:公司|企业|厂|单位|这边)?")
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


def meant_of(turn: Turn) -> Meant:
    """The words of the message that tell, without slips of the tongue (投2100，错了，1800; 打错了，有的)."""
    assert turn.message is not None  # noqa: S101 - the step before
    session = turn.session
    written = without_quotations(turn.message.told, turn.desk.grounding.source)
    folded = fold(written, turn.desk.cues.misspellings)
    if _turns_to_itself(turn):
        return Meant(_THEN_OURS.sub("", folded, count=1), written, False)
    told = [fact.quote for fact in sorted(session.facts.values(), key=lambda fact: -fact.turn)]
    if told and (anew := told_anew(folded, told)) is not None:
        return Meant(anew, written, True)
    if session.supposed and (fact := in_fact(folded)) is not None:
        return Meant(fact, written, False, tuple(session.supposed))
    words = without_slips(folded, turn.as_of)
    if (rest := opening_slip(words)) is not None:
        return Meant(rest, written, bool(told))
    if session.last_route == "eligibility" and (rest := behind_looking_up(words)) is not None:
        return Meant(rest, written, False)
    return Meant(words if words != folded else written, written, words != folded)


def turning_to_itself(turn: Turn, read: FactsRead) -> FactsRead:
    """我自己公司在常熟的呢, after a friend's firm was asked for: another applicant."""
    assert turn.message is not None  # noqa: S101 - the step before
    if read.new_applicant and _ANOTHERS.search(turn.message.plain):
        return read.quoting(turn.message.original)  # by which the next message may know whose it is
    return replace(read, new_applicant=True) if _turns_to_itself(turn) else read


def _turns_to_itself(turn: Turn) -> bool:
    assert turn.message is not None  # noqa: S101 - the step before
    plain = turn.message.plain
    of_another = any(_ANOTHERS.search(fact.quote) for fact in turn.session.facts.values())
    return of_another and _ITSELF.search(plain) is not None and _ANOTHERS.search(plain) is None
