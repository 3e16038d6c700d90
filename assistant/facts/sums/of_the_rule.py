"""Sums that the notice asks for, named by whoever asks of it: 2000万里面能不能含税, 把2000万改成1000万."""

from __future__ import annotations

import re

from assistant.facts.message.mood import OWN
from assistant.facts.message.utterance import Phrase
from knowledge.cues import AmountCue
from knowledge.facts import NumberRange

_REACH = 12
"""Characters behind a sum in which its rule is spoken of."""
_OF_THE_RULE = re.compile("(?:的)?(?:投入|投资)?(?:里头?|中(?!标)|门槛|这条|的?要求|的?标准)")
_HOLDS_WHAT = re.compile("(?:都|具体|主要|一般|需要|要|得|应该?|里面?|中)*(?:包括|包含|含|涵盖|指|计入)")
"""2000万都包括哪些费用."""
_RULE_CHANGED = re.compile(
    "[把将][^，。]{0,8}(?:通知|文件|门槛|标准|要求|条件|规定)[^，。]{0,16}(?:改|换|当|算|看)"
)
"""把通知里的2000万改成1000万: sums of the rule, whoever wants it to be another."""
_HOW_COUNTED = re.compile(
    "(?:要不要|是不是|是否|[要得须需是])[^，。]{0,4}(?:[含扣]税|税前|税后|一次性|分[期年批])|口径|怎么(?:算|统计|认定)|分期|分(?:几|三)年"
)
"""投入2000万要不要含税: of the sum that the notice asks for, how it is to be counted."""


def would_change_the_rule(phrase: Phrase) -> bool:
    """Whether the phrase wants the rule to be another, so that none of its sums is anybody's."""
    return _RULE_CHANGED.search(phrase.words) is not None


def is_asked_for(cue: AmountCue, phrase: Phrase, end: int, value: NumberRange) -> bool:
    """Whether the sum of this value that ends here is the one asked for, and how it is counted the question."""
    return value.exact == cue.needed and _HOW_COUNTED.search(phrase.words[end:]) is not None


def is_of_the_rule(phrase: Phrase, end: int) -> bool:
    """Whether the sum that ends here is the one that the notice asks for: 2000万里面能不能含税, asked by nobody in particular."""
    behind = phrase.text[end : end + _REACH]
    asked_what = bool(phrase.asking) and _HOLDS_WHAT.match(behind) is not None
    return (asked_what or _OF_THE_RULE.match(behind) is not None) and not OWN.search(phrase.words)
