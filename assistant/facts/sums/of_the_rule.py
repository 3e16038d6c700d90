"""Sums that the notice asks for, named by whoever asks of it: 2000万里面能不能含税, 把2000万改成1000万."""

from __future__ import annotations

import re

from assistant.facts.message.mood import OWN
from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing
from knowledge.cues import AmountCue
from knowledge.facts import NumberRange

_REACH = 12
"""Characters behind a sum in which its rule is spoken of."""
_OF_THE_RULE = re.compile("(?:的)?(?:投入|投资)?(?:里头?|中(?!标)|门槛|这条|的?要求|的?标准)")
_HOLDS_WHAT = re.compile(
    "(?:的)?(?:投入|投资|总额|金额|费用|门槛)?(?:都|具体|主要|一般|需要|要|得|应该?|里面?|中)*(?:包括|包含|含|涵盖|指|计入)"
)
"""2000万都包括哪些费用."""
_RULE_CHANGED = re.compile(
    "[把将][^，。]{0,8}(?:通知|文件|门槛|标准|要求|条件|规定)[^，。]{0,16}(?:改|换|当|算|看)"
)
"""把通知里的2000万改成1000万: sums of the rule, whoever wants it to be another."""
_HOW_COUNTED = re.compile(
    "(?:要不要|是不是|是否|[要得须需是])[^，。]{0,4}(?:[含扣]税|税前|税后|一次性|分[期年批])|口径|怎么(?:算|统计|认定)|分期|分(?:几|三)年"
)
"""投入2000万要不要含税: of the sum that the notice asks for, how it is to be counted."""
_HOLDS_IT = re.compile(
    "(?:含不含|包不包[括含]|算不算|计不计)|(?:是不是|是否|能不能|可不可以|要不要)[^，。]{0,3}(?:包[括含]|含|算|计)|(?:包[括含]|含|算|计入?)(?:在内|在里面|里面|进去|进来|在其中)?(?:的)?[吗么不]"
)
"""标杆投2000，设备包含在内吗, 投入2000含不含设备: of the sum that the notice asks for, what it holds."""
_SPENT = re.compile("[投花用付]了|已|实际|去年|今年|一共|总共|合计")


def would_change_the_rule(phrase: Phrase) -> bool:
    """Whether the phrase wants the rule to be another, so that none of its sums is anybody's."""
    return _RULE_CHANGED.search(phrase.words) is not None


def is_asked_for(hearing: Hearing, cue: AmountCue, phrase: Phrase, end: int, value: NumberRange) -> bool:
    """Whether the sum of this value that ends here is the one asked for, and how it is counted or what it holds the question."""
    if value.exact != cue.needed:
        return False
    if _HOW_COUNTED.search(phrase.words[end:]):
        return True
    behind = hearing.phrases[phrase.position + 1 : phrase.position + 2]
    asked = " ".join([phrase.words[end:], *(p.words for p in behind)])
    own = hearing.mentions(OWN) or _SPENT.search(phrase.words)
    return not own and _HOLDS_IT.search(asked) is not None


def is_of_the_rule(phrase: Phrase, end: int) -> bool:
    """Whether the sum that ends here is the one that the notice asks for: 2000万里面能不能含税, asked by nobody in particular."""
    behind = phrase.text[end : end + _REACH]
    asked_what = bool(phrase.asking) and _HOLDS_WHAT.match(behind) is not None
    return (asked_what or _OF_THE_RULE.match(behind) is not None) and not OWN.search(phrase.words)
