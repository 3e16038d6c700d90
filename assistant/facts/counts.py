"""How many of a fixed number of things: 7个方向占了2个, 三个方面都满足, 一个都没有; the subject tells which fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.facts.counted import (
    ALL,
    ALL_BUT,
    ALONE,
    BARE,
    EACH,
    EVERY_ONE,
    GOT,
    MET,
    NONE,
    NUMBER,
    count_ahead,
    exactly,
    members_named,
    number_said,
    told_ahead,
    written,
)
from assistant.facts.reading import Find, Hearing
from assistant.facts.utterance import Phrase
from knowledge.cues import CountCue
from knowledge.facts import NumberRange
from knowledge.numerals import parse_numeral

_OF = re.compile(
    f"(?P<total>{NUMBER})(?:个|大|项)?(?:业态|模式|创新|能力|技术|系统|标杆)*的?(?P<unit>方向|方面|领域|维度|模式)?(?P<rest>[^，。]{{0,8}})"
)


_Named = tuple[CountCue, int, int]
_JOINED = re.compile("(?:能力)?(?:[和跟与及、]|以及)(?:企业)?")
_OF_THE_REST = re.compile("(?:但是?|不过)?(?:其他|其它|其余|别的|剩下|另外)")
_RHETORICAL = re.compile("不是.*[吗么嘛]$")
_ONE_DENIED = re.compile("没|未|不|差|缺|除|只|部分")
_ANNEX = re.compile("附件[0-9一二三四五六七]")
_MADE_UP = re.compile("补(?:上|齐|全|好|足)|做齐|(?:现在|如今|目前)[^，。]{0,4}(?:都|全|齐)|齐了")
"""补上了，三个都有: what was lacking is not lacking any more."""
_ROW = re.compile("(?<![0-9./])[0-9](?:[、/]+[0-9]){2,5}(?![0-9./]|[个万年月])")
_AROUND_A_ROW = re.compile(
    "我们|[四4](?:大|个|项|方面)?|能力|方面|分别|依次|满足|符合|达标|达到|覆盖|涉及|[是为有:都均也全了的 ]"
)
_PAPERS_COMPLETE = re.compile("(?<=[一-龥])(?<![我们都全方面向个项也是很])齐全")
"""证照齐全 is said of papers, whatever was asked; 都齐全 may be said of anything."""
_TRAILING = re.compile("(?:能力)?[的了上里面中]*(?:要求|方向|方面)?")


def read_counts(hearing: Hearing) -> list[Find]:
    """Counts of the message, each by its subject, by its total, or as the answer to what was asked."""
    finds: list[Find] = []
    subject: tuple[int, CountCue] | None = None
    for phrase in hearing.phrases:
        named = list(_subjects(hearing, phrase))
        if named:
            subject = (phrase.sentence, named[-1][0])
            shared, named = _shared(hearing, phrase, named)
            finds += shared
            last = shared[0].start - phrase.start if shared else len(phrase.text)
            ahead = [told_ahead(phrase.text, start) for _, start, _ in named]
            begins = [
                before.start() if before else at for before, (_, at, _) in zip(ahead, named, strict=True)
            ]
            bounds = [*begins[1:], last][: len(named)]
            begin = 0
            for (cue, _, end), number, upto in zip(named, ahead, bounds, strict=True):
                listed = sum(before is not None for before in ahead) > 1
                told = count_ahead(cue, number, phrase.text[end:upto], listed)
                finds += (
                    [hearing.find(cue.fact, told, phrase, begin, upto)]
                    if told
                    else _counted(hearing, cue, phrase, min(begin, end), upto, end)
                )
                begin = upto
        elif recalled := _recalled(hearing, phrase):
            subject = recalled
        elif subject and subject[0] == phrase.sentence and not _OF_THE_REST.match(phrase.text):
            finds += _counted(hearing, subject[1], phrase, 0, len(phrase.text), 0)
    if finds:
        finds += _listed(hearing, {find.name for find in finds})
    return finds or _in_order(hearing) or _all_together(hearing) or _asked(hearing)


def _in_order(hearing: Hearing) -> list[Find]:
    """四项能力3、3、1、1: one number for each group, in the order in which the notice has them."""
    cues = hearing.cues.counts
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


def _listed(hearing: Hearing, known: set[str]) -> Iterator[Find]:
    """制造系统3个方向，标杆能力2个: beside another count the total by itself is one, too."""
    for phrase in hearing.phrases:
        named = list(_subjects(hearing, phrase))
        if phrase.asking or len(named) != 1 or named[0][0].fact in known:
            continue
        cue, start, end = named[0]
        number = ALONE.fullmatch(phrase.text, end)
        if start == 0 and number is not None and parse_numeral(number["number"]) == cue.total:
            yield hearing.find(cue.fact, NumberRange.exactly(cue.total), phrase, start, len(phrase.text))


def _recalled(hearing: Hearing, phrase: Phrase) -> tuple[int, CountCue] | None:
    """The subject of one's own question, and the sentence that tells of it.

    「制造系统能力不是三个方向吗，我厂涉及两个」, 「基础技术？三个都满足」.
    """
    words = phrase.words.strip(" ?？呢嘛么")
    for cue in hearing.cues.counts:
        if cue.words.fullmatch(words):
            after = hearing.phrases[phrase.position + 1 : phrase.position + 2]
            return (after[0].sentence if after else phrase.sentence), cue
        if _RHETORICAL.search(phrase.asking) and cue.words.search(phrase.words):
            return phrase.sentence, cue
    return None


def _all_together(hearing: Hearing) -> list[Find]:
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


def _shared(hearing: Hearing, phrase: Phrase, named: list[_Named]) -> tuple[list[Find], list[_Named]]:
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


def _needed(cue: CountCue) -> NumberRange:
    return NumberRange(Decimal(cue.needed), Decimal(cue.total))


def _subjects(hearing: Hearing, phrase: Phrase) -> Iterator[tuple[CountCue, int, int]]:
    """Cues named in the phrase: by their words, else by the total with its unit (7个方向)."""
    named = []
    for cue in hearing.cues.counts:
        named += [(cue, m.start(), m.end()) for m in cue.words.finditer(phrase.text)]
    if not named and (
        hearing.category is None or any(hearing.category in c.categories for c in hearing.cues.counts)
    ):
        for match in _OF.finditer(phrase.text):
            total = parse_numeral(match["total"])
            if match["unit"]:
                named += [
                    (cue, match.start(), match.end("unit"))
                    for cue in hearing.cues.counts
                    if cue.total == total
                    and cue.units.fullmatch(match["unit"])
                    and _counts_something(match["rest"])
                ]
    if not named:
        for cue in hearing.cues.counts:
            members = list(cue.members.finditer(phrase.text))
            if members and cue.member_words.search(phrase.text):
                named.append((cue, members[0].start(), members[-1].end()))
    named.sort(key=lambda n: n[1])
    last: CountCue | None = None
    for cue, start, end in named:
        if cue is not last and hearing.is_own(phrase, start, end):
            yield cue, start, end
        last = cue


def _counts_something(rest: str) -> bool:
    return bool(GOT.search(rest) or ALL.search(rest) or NONE.search(rest))


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
    text = first.text.strip()
    if _PAPERS_COMPLETE.search(text):
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
    if value is None and len(text) <= 5 and re.fullmatch("没有?|没|无|零|0|都没有?", text):
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
