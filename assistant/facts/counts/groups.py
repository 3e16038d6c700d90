"""Counts told of several groups at once: 标杆能力和业态各一个, 四项能力都达标, 四项能力3、3、1、1."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.facts.counts.counted import ALL, EACH, MET, exactly
from assistant.facts.counts.subjects import Named
from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Find, Hearing
from knowledge.cues import CountCue
from knowledge.facts import NumberRange

_JOINED = re.compile("(?:能力)?(?:[和跟与及、]|以及)(?:企业)?")
_ONE_DENIED = re.compile("没|未|不|差|缺|除|只|部分")
_ROW = re.compile("(?<![0-9./])[0-9](?:(?:[、/]+| +)[0-9]){2,5}(?![0-9./]|[个万年月])")
_AROUND_A_ROW = re.compile(
    "我们|[四4](?:大|个|项|方面)?|能力|方面|分别|依次|满足|符合|达标|达到|覆盖|涉及|[是为有:都均也全了的 ]"
)


def read_shared(hearing: Hearing, phrase: Phrase, named: list[Named]) -> tuple[list[Find], list[Named]]:
    """标杆能力和业态各一个, 基础技术和制造系统都满足: what is said of the last groups, if joined, and the other groups."""
    first = len(named) - 1
    while first > 0 and _JOINED.fullmatch(phrase.text[named[first - 1][2] : named[first][1]]):
        first -= 1
    joined = named[first:]
    said = phrase.text[joined[-1][2] :]
    each = EACH.match(said)
    met = not each and ALL.match(said.removeprefix("能力")) and not _ONE_DENIED.search(said)
    if len(joined) < 2 or not (each or met):
        return [], named
    values = [(cue, exactly(cue, each) if each else _needed(cue)) for cue, _, _ in joined]
    begin = joined[0][1]
    return [hearing.find(cue.fact, v, phrase, begin, len(phrase.text)) for cue, v in values if v], named[
        :first
    ]


def read_in_order(hearing: Hearing) -> list[Find]:
    """四项能力3、3、1、1: one number for each group, in the order in which the notice has them."""
    cues = hearing.cues.counts
    if not cues:
        return []
    for phrase in hearing.phrases:
        told = _ROW.search(phrase.text)
        if told is None or not (hearing.category in cues[0].categories or "能力" in phrase.text):
            continue
        if _AROUND_A_ROW.sub("", phrase.text[: told.start()] + phrase.text[told.end() :]):
            continue
        numbers = [int(number) for number in re.findall("[0-9]", told.group())]
        if len(numbers) == len(cues) and all(n <= cue.total for n, cue in zip(numbers, cues, strict=True)):
            return [
                hearing.find(cue.fact, NumberRange.exactly(n), phrase, told.start(), told.end())
                for n, cue in zip(numbers, cues, strict=True)
            ]
    return []


def read_all_together(hearing: Hearing) -> list[Find]:
    """四项能力都达标: of each as many as are asked for, or more."""
    words = hearing.cues.counts_together
    for phrase in hearing.phrases:
        named = words.search(phrase.text)
        if named is None or not hearing.is_own(phrase, named.start(), named.end()):
            continue
        said = phrase.text[named.end() :]
        if (ALL.search(said) or MET.search(said)) and not _ONE_DENIED.search(phrase.text):
            return [
                hearing.find(cue.fact, _needed(cue), phrase, named.start(), len(phrase.text))
                for cue in hearing.cues.counts
                if cue.needed
            ]
    return []


def _needed(cue: CountCue) -> NumberRange:
    return NumberRange(Decimal(cue.needed), Decimal(cue.total))
