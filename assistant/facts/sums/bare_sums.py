"""Numbers that are sums without saying so: behind a spending word, in a list of sums, or told closer (接近两千万，差不多1980)."""

from __future__ import annotations

import re

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing
from assistant.facts.spoken.amounts import Amount, find_amounts, scale
from knowledge.cues import AmountCue
from knowledge.facts import NumberRange

TARGET = re.compile("(?:才|就)?(?:到|够|满|达到|凑够|凑到|凑齐)$")
FAR_FROM = re.compile("(?:离|距离?)$")
_LIST_MARK = re.compile("[、，,；; ]")
_LONGEST_LIST = 4
_LEAST_IN_YUAN = 10**6
_SPENT_ON_IT = re.compile("[费投入采购是花用了: ]*")
_ADDED_TO = re.compile(
    "[0-9][万wW](?: ?[+＋加] ?[^，。.0-9+＋加 ]{0,6}[0-9.]+)* ?[+＋加] ?[^，。.0-9+＋加 ]{0,6}$"
)
_ADDED_BEHIND = re.compile("(?: ?[+＋加] ?[^，。.0-9+＋加 ]{0,6}[0-9.]+)+ ?[万wW]")
_WAN = 10**4
_ABOUT = re.compile("差不多|大概|大约|应该|估计|准确|具体|左右|样子|[约是在有就也吧的来了说 ]")


def may_be_a_sum(hearing: Hearing, cue: AmountCue, phrase: Phrase, amount: Amount) -> bool:
    """A number without a unit is a sum only where the sum was asked for, or right behind a spending word."""
    if amount.unit:
        return True
    lead = phrase.text[max(0, amount.core - 6) : amount.core]
    number = amount.yuan.lo if amount.yuan.lo is not None else amount.yuan.hi
    if number is not None and number >= 10 and _is_next_of_a_list(hearing, cue, phrase, amount):
        return True
    if _is_told_closer(hearing, phrase, amount) or _is_added_up(phrase, amount):
        return True
    if (
        number is None
        or number < 100
        or re.search("年$", phrase.text[: amount.core])
        or phrase.text[amount.end : amount.end + 1] == "年"
    ):
        return False
    spending = any(m.lastgroup == "word" and m.end() >= len(lead) - 2 for m in cue.nouns.finditer(lead))
    behind = cue.nouns.match(phrase.text, amount.end)
    return (
        hearing.asked == cue.fact
        or spending
        or (behind is not None and behind.lastgroup == "part")  # 1500软件600设备
        or (bool(TARGET.search(lead) or FAR_FROM.search(lead)) and bool(re.search("[差缺离]", phrase.text)))
    )


def _is_next_of_a_list(hearing: Hearing, cue: AmountCue, phrase: Phrase, amount: Amount) -> bool:
    """设备1200万、软件七百五、咨询80: behind a thing of its own in a list of sums, the first of which has its unit."""
    piece = _LIST_MARK.split(phrase.text[: amount.core])[-1]
    thing = cue.nouns.match(piece.strip())
    if (
        thing is None
        or thing.lastgroup not in {"part", "excluded"}
        or not _SPENT_ON_IT.fullmatch(piece.strip(), thing.end())
    ):
        return False
    near = hearing.phrases[max(0, phrase.position - _LONGEST_LIST) : phrase.position]
    listed = [find_amounts(p.text) for p in (*near, phrase) if p.sentence == phrase.sentence]
    last = not phrase.text[amount.end :].strip() or _LIST_MARK.match(phrase.text, amount.end)
    beside = piece != phrase.text[: amount.core] or (len(listed) > 1 and listed[-2])
    return bool(last and beside) and any(other.unit for amounts in listed for other in amounts)


def _is_added_up(phrase: Phrase, amount: Amount) -> bool:
    """800+1100+150万: added to others, one of which has the unit."""
    before, behind = phrase.text[: amount.core], phrase.text[amount.end :]
    return bool(_ADDED_TO.search(before) or _ADDED_BEHIND.match(behind))


def _is_told_closer(hearing: Hearing, phrase: Phrase, amount: Amount) -> bool:
    """差不多1980的样子, after 接近两千万: nothing but a number, inside the sum that the phrase before bounds."""
    if _ABOUT.sub("", phrase.text[: amount.core] + phrase.text[amount.end :]) or not phrase.position:
        return False
    before = [a.yuan for a in find_amounts(hearing.phrases[phrase.position - 1].text) if a.unit]
    if len(before) != 1 or amount.yuan.exact is None:
        return False
    (vague,), closer = before, amount.yuan.exact * _WAN
    return vague.exact is None and None not in (vague.lo, vague.hi) and vague.lo <= closer <= vague.hi  # type: ignore[operator]


def in_the_unit(amount: Amount, cue: AmountCue) -> NumberRange:
    """A sum in the fact's own unit, in which a number without one counts; one too large for that was meant in yuan."""
    figure = amount.yuan.lo if amount.yuan.lo is not None else amount.yuan.hi
    in_yuan = amount.unit or (figure is not None and figure >= _LEAST_IN_YUAN)
    return scale(amount.yuan, cue.yuan_per_unit) if in_yuan else amount.yuan
