"""How many of a fixed number of things: 7个方向占了2个, 三个方面都满足, 一个都没有; the subject tells which fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.facts.counts.counted import (
    ALL_BUT,
    ALONE,
    BARE,
    EVERY_ONE,
    NUMBER,
    count_ahead,
    exactly,
    is_of_another_thing,
    members_named,
    number_said,
    says_there_is_none,
    told_ahead,
    written,
)
from assistant.facts.counts.groups import read_all_together, read_in_order, read_shared
from assistant.facts.counts.subjects import Named, recalled_by, subjects
from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Find, Hearing
from knowledge.cues import CountCue
from knowledge.facts import NumberRange
from knowledge.numerals import parse_numeral

_OF_THE_REST = re.compile("(?:但是?|不过)?(?:其他|其它|其余|别的|剩下|另外)")
_ANNEX = re.compile("附件[0-9一二三四五六七]")
_MADE_UP = re.compile("补(?:上|齐|全|好|足)|做齐|(?:现在|如今|目前)[^，。]{0,4}(?:都|全|齐)|齐了")
"""补上了，三个都有: what was lacking is not lacking any more."""
_PAPERS_COMPLETE = re.compile("(?<=[一-龥])(?<![我们都全方面向个项也是很])齐全")
"""证照齐全 is said of papers, whatever was asked; 都齐全 may be said of anything."""
_OURS = re.compile("^(?:我们?|咱们?|我司|我厂|公司)(?=[就只有才大]|[0-9一二两三])")
_TRAILING = re.compile("(?:能力)?[的了上里面中]*(?:要求|方向|方面)?")


def read_counts(hearing: Hearing) -> list[Find]:
    """Counts of the message, each by its subject, by its total, or as the answer to what was asked."""
    finds: list[Find] = []
    subject: tuple[int, CountCue] | None = None
    for phrase in hearing.phrases:
        named = list(subjects(hearing, phrase))
        if named:
            subject = (phrase.sentence, named[-1][0])
            finds += _of_named(hearing, phrase, named)
        elif recalled := recalled_by(hearing, phrase):
            subject = recalled
        elif subject and subject[0] == phrase.sentence and not _is_of_something_else(hearing, phrase):
            finds += _counted(hearing, subject[1], phrase, 0, len(phrase.text), 0)
    if finds:
        finds += _listed(hearing, {find.name for find in finds})
    return finds or read_in_order(hearing) or read_all_together(hearing) or _asked(hearing)


def _is_of_something_else(hearing: Hearing, phrase: Phrase) -> bool:
    """Whether a phrase behind a group speaks of other things: 其余没做; 财务信用团队都没问题."""
    named = any(cue.topics.search(phrase.text) for cue in hearing.cues.states)
    return named or _OF_THE_REST.match(phrase.text) is not None


def _of_named(hearing: Hearing, phrase: Phrase, named: list[Named]) -> list[Find]:
    """What the phrase says of the groups that it names: of the last ones together, of each before them by itself."""
    finds, named = read_shared(hearing, phrase, named)
    last = finds[0].start - phrase.start if finds else len(phrase.text)
    ahead = [told_ahead(phrase.text, start) for _, start, _ in named]
    begins = [before.start() if before else at for before, (_, at, _) in zip(ahead, named, strict=True)]
    bounds = [*begins[1:], last][: len(named)]
    listed = sum(before is not None for before in ahead) > 1
    begin = 0
    for (cue, _, end), number, upto in zip(named, ahead, bounds, strict=True):
        told = count_ahead(cue, number, phrase.text[end:upto], listed)
        finds += (
            [hearing.find(cue.fact, told, phrase, begin, upto)]
            if told
            else _counted(hearing, cue, phrase, min(begin, end), upto, end)
        )
        begin = upto
    return finds


def _listed(hearing: Hearing, known: set[str]) -> Iterator[Find]:
    """制造系统3个方向，标杆能力2个: beside another count the total by itself is one, too."""
    for phrase in hearing.phrases:
        named = list(subjects(hearing, phrase))
        if phrase.asking or len(named) != 1 or named[0][0].fact in known:
            continue
        cue, start, end = named[0]
        number = ALONE.fullmatch(phrase.text, end)
        if start == 0 and number is not None and parse_numeral(number["number"]) == cue.total:
            yield hearing.find(cue.fact, NumberRange.exactly(cue.total), phrase, start, len(phrase.text))


def _counted(
    hearing: Hearing, cue: CountCue, phrase: Phrase, begin: int, upto: int, after: int
) -> list[Find]:
    """What is said of the subject between `begin` and `upto`; the total itself is no count."""
    piece = _ANNEX.sub("＿＿＿", phrase.text[begin:upto])  # 附件2满足 counts nothing
    if not piece or re.search("不(?:清楚|确定|知道|懂|了解)|可能|好像|估计", piece):
        return []
    total = re.search(
        f"(?<!涉及)(?<!满足)(?<!覆盖)(?<!达到)(?<![占沾过了])(?:{'|'.join(written(cue.total))})(?:个|大|项)?(?:方向|方面|领域|维度|能力|业态|模式)",
        piece,
    )
    behind = piece[max(after - begin, total.end() if total else 0, 0) :] if after > begin or total else piece
    value = number_said(cue, behind, bool(total))
    if value is None and after > begin and _TRAILING.fullmatch(behind):
        value = number_said(cue, piece[: max(0, after - begin)], False)
    members = members_named(cue, piece)
    if members is not None and (value is None or not re.search(NUMBER, behind)):
        value = members  # 网络化协同和个性化定制都成熟 are two, not all
    return [] if value is None else [hearing.find(cue.fact, value, phrase, begin, upto)]


def _asked(hearing: Hearing) -> list[Find]:
    """3个, 都满足, 一个都没有: as the answer to the count asked for last."""
    cue = next((c for c in hearing.cues.counts if c.fact == hearing.asked), None)
    if cue is None or not hearing.phrases:
        return _told_again(hearing)
    first = hearing.phrases[0]
    text = _OURS.sub("", first.text.strip())
    if _PAPERS_COMPLETE.search(text) or is_of_another_thing(text, cue):
        return []
    bare = BARE.fullmatch(text)
    value = (
        exactly(cue, bare)
        if bare and not ALL_BUT.search(text)
        else number_said(cue, text, False)
        if len(text) <= 16
        else None
    )
    if bare and value is not None and re.search("至少|起码", text):
        value = NumberRange(value.lo, Decimal(cue.total))
    denied = len(text) <= 5 and re.fullmatch("没有?|没|无|零|0|都没有?", text)
    if value is None and (denied or says_there_is_none(text)):
        value = NumberRange.exactly(0)
    return [] if value is None else [hearing.find(cue.fact, value, first, 0, len(first.text))]


def _told_again(hearing: Hearing) -> list[Find]:
    """三个都涉及了, after a count of three such things was told last."""
    last = [c for c in hearing.cues.counts if c.fact in hearing.expected and c.fact in hearing.known]
    for phrase in hearing.phrases:
        every = EVERY_ONE.search(phrase.text)
        if every is None or phrase.asking:
            continue
        of = [cue for cue in last if exactly(cue, every) == NumberRange.exactly(cue.total)]
        if len(of) == 1:
            value = NumberRange.exactly(of[0].total)
            said = replace(phrase, correction=phrase.correction or hearing.mentions(_MADE_UP))
            return [hearing.find(of[0].fact, value, said, every.start(), len(phrase.text))]
    return []
