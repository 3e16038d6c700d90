"""The sums of money told in a phrase, each with its role in the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.facts.message.mood import OWN
from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing
from assistant.facts.spoken.amounts import Amount, find_amounts
from assistant.facts.sums.bare_sums import in_the_unit, may_be_a_sum
from assistant.facts.sums.kinds import names_a_thing
from assistant.facts.sums.of_the_rule import is_asked_for, is_of_the_rule, would_change_the_rule
from assistant.facts.sums.roles import APART, WITHIN, Place, Role, role_of
from assistant.facts.sums.years_spent import dates_before
from knowledge.cues import AmountCue
from knowledge.facts import NumberRange

_BESIDE = frozenset({"added", "within", *APART})
"""Roles of sums that are told beside another: 其中近三年的1500万 names no sum of before."""
RECENT = re.compile("(?:最?近|过去|这|前)(?:的)?[一二两三123]年")
"""最近三年的是1900万: of what the notice counts, beside a sum of all that was ever spent."""
INSTALMENT = re.compile(
    "第?[一二三四五123]期|第[一二三四123]年|第[一二三123][次批]|首期|前期|后期|[头前后]一[次批]"
)
_NAMED_BEFORE = re.compile("[那这](?:笔|个)?$|(?:那个|这个|所谓的?|规定的)[^，。]{0,6}$|的$")
_CLAUSE_REACH = 12
_NO_SUM_YET = re.compile("(?:不是|并非)(?:说)?$|(?:各|每[个家条])[^，。]{0,4}(?:投|花|有|是)*了?$")
"""不是2000万, 每个厂投了500万."""
_ROUNDED_BEFORE = re.compile(
    "(?:四舍五入|约等于|≈|凑(?:个)?整|取整)(?:下来|一下|后|就|也|算|是|到|为|等于|有)*$"
)
_ROUNDED_BEHIND = re.compile("[(（]?(?:是)?四舍五入|[(（]?取整")
"""1999.8万，四舍五入2000万: the rounded figure is no other sum."""
_HOLDING = re.compile("(?:包含|包括|含|算)(?:在|进)$")
"""1200万包含在2300万里面: the first is inside the second."""


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """A sum told from `start` of the message, in the fact's unit, with its role.

    `dated`: of a year or an instalment of its own; `named`: of a thing that the cues do not know.
    """

    amount: Amount
    value: NumberRange
    role: Role
    phrase: Phrase
    dated: bool
    named: bool
    start: int

    @property
    def lead(self) -> str:
        """The words of its phrase before its figures."""
        return self.phrase.text[self.start - self.phrase.start : self.amount.core]


def find_shares(hearing: Hearing, cue: AmountCue, phrase: Phrase) -> list[Share]:
    """The phrase's sums that belong to the fact, in order."""
    if would_change_the_rule(phrase):
        return []
    found: list[Share] = []
    for place in _places(hearing, cue, phrase):
        if _NO_SUM_YET.search(phrase.text[: place.amount.start]) or _is_rounded(place):
            continue
        role, value = role_of(hearing, cue, place), in_the_unit(place.amount, cue)
        if role is None or not _is_told_of_itself(hearing, cue, place, role, value):
            continue
        dated = bool(dates_before(place.lead, hearing.as_of) or INSTALMENT.search(place.lead))
        dated = dated and role in {"spent", "part"}
        named, start = names_a_thing(place.lead), phrase.start + place.begin
        found.append(Share(place.amount, value, role, phrase, dated, named, start))
    return found


def _places(hearing: Hearing, cue: AmountCue, phrase: Phrase) -> Iterator[Place]:
    """The amounts of the phrase that may be sums, each with the words up to its neighbours."""
    amounts = [a for a in find_amounts(phrase.text) if may_be_a_sum(hearing, cue, phrase, a)]
    for position, amount in enumerate(amounts):
        begin = amounts[position - 1].end if position else 0
        if len(amounts) == 1:
            begin += phrase.text[: amount.core].rstrip().rfind(" ") + 1  # 07年的厂 投了2200万
        upto = amounts[position + 1].start if position + 1 < len(amounts) else len(phrase.text)
        if position + 1 < len(amounts) and (nested := WITHIN.search(phrase.text, amount.end, upto)):
            upto = nested.start()  # 投了2300万其中2018年的400万
        lead = phrase.text[begin : amount.core]
        ahead = phrase.text[begin : max(amount.start, begin)]
        tail = phrase.text[amount.end : min(upto, amount.end + _CLAUSE_REACH)]
        yield Place(phrase, amount, begin, lead, ahead, tail)


def _is_rounded(place: Place) -> bool:
    return bool(_ROUNDED_BEFORE.search(place.ahead) or _ROUNDED_BEHIND.match(place.tail))


def _is_told_of_itself(
    hearing: Hearing, cue: AmountCue, place: Place, role: Role, value: NumberRange
) -> bool:
    """Whether the sum is the applicant's, not one of the rule (标杆工厂那个投入两千万, 2000万投入里人工费算不算)."""
    phrase, amount = place.phrase, place.amount
    named_before = role not in _BESIDE and _NAMED_BEFORE.search(place.lead)
    of_the_rule = is_of_the_rule(phrase, amount.end) and not _HOLDING.search(place.lead)
    of_the_rule = of_the_rule or is_asked_for(hearing, cue, phrase, amount.end, value)
    if (named_before or of_the_rule) and not OWN.search(phrase.words):
        return False
    return hearing.is_own(phrase, amount.core, amount.end)
