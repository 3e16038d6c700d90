"""A sum told now beside one told before: on top of it, a part of it, that of another year, or what alone counts of it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.facts.reading import Find, Hearing
from assistant.facts.spoken.amounts import add, find_amounts, subtract
from assistant.facts.spoken.dates import find_dates
from assistant.facts.sums.bare_sums import in_the_unit
from assistant.facts.sums.roles import APART, WITHIN, is_counted_in
from assistant.facts.sums.shares import INSTALMENT, RECENT, Share
from assistant.facts.sums.years_spent import in_part_of_the_years
from knowledge.cues import AmountCue
from knowledge.facts import NumberRange

_PART_OF_IT = re.compile(
    "(?:总共|一共|合计|总计|共计|拢共|加起来)(?:也|都|其实|实际)*(?:就|才|只)|(?:是|包含在|包括在|算在|含在)[^，。]{0,12}(?:其中|里面|里头|之内|以内)"
)
"""总共就2300万, 1200是其中付掉的: who says what is part of it puts right what was added up."""
_YEAR = re.compile("(?<![0-9])(?:20)?[12][0-9]年|[今去前]年")
_NOT_COUNTED = re.compile(
    "(?:的|都|要是|如果|也|就)*(?:不(?:能|让|给)?(?:算|认|计)|算不(?:了|上|进)|扣掉|去掉|刨掉|剔除)"
)
_LEFT_OUT = re.compile(
    "(?:费|款|的?钱|那[块部笔]分?|这[块部笔]分?|部分|都|也|全|如果|要是)*(?:不(?:能)?算|不计|扣掉|扣除|去掉|刨掉|刨去|剔除|除掉|除去)(?!在)"
)
_APART_FROM_IT = re.compile(
    "(?:费|款|的?钱|那[块部笔]分?|这[块部笔]分?|部分|其实|都|也|本来|就)*(?:是)?(?:另外的?|单独的?|额外的?|另算|另计|不在(?!内)|没(?:有)?(?:含|算|包)(?:在|进)?)"
)
_ON_TOP = re.compile(
    "(?:又|再|追|另外?(?=[又再投补花砸买]))(?:再|能|会|可以|要)*(?:[加追增补]?投|补|追?加|花|凑|砸|买)(?:进去|个)?(?P<spent>[了过])?(?:个|差不多|大概|约)?$"
)
"""又投了600万, 再补两百万: on top of what was told."""


def beside_what_was_told(
    hearing: Hearing, cue: AmountCue, told: NumberRange, said: list[Share], finds: list[Find]
) -> list[Find]:
    """The finds of a message's sums as they stand beside `told`, the sum of a message before."""
    if on_top := _on_top(hearing, cue, told, said):
        return [on_top]
    if put_right := _part_put_right(hearing, cue, told, said):
        return [put_right]
    if of_another := _of_another_year(hearing, cue, told, said):
        return [of_another]
    if hearing.mentions(_PART_OF_IT) or _is_what_counts(hearing, cue, told, finds):
        finds = [replace(find, phrase=replace(find.phrase, correction=True)) for find in finds]
    return finds or _of_what_was_told(cue, told, said) or _of_what_was_named(hearing, cue, told)


def of_part_of_the_years(share: Share) -> bool:
    """Whether a sum is that of one year, and the others may have had more."""
    return share.role in {"spent", "part"} and in_part_of_the_years(share.phrase.words, share.amount.core)


def _on_top(hearing: Hearing, cue: AmountCue, told: NumberRange, said: list[Share]) -> Find | None:
    """The sum told before with what came on top of it, or would: 去年底又投了600万; 再补两百万够不够 is an if."""
    sums = [
        (p, amount)
        for p in hearing.phrases
        for amount in find_amounts(p.words)
        if amount.unit or _ON_TOP.search(p.words[: amount.core])
    ]
    if len(sums) != 1 or any(share.role in APART for share in said):
        return None
    ((phrase, amount),) = sums
    match = _ON_TOP.search(phrase.words[: amount.core])
    kinds = {noun.lastgroup for noun in cue.nouns.finditer(phrase.words)}
    if match is None or "excluded" in kinds or cue.other.search(phrase.words):
        return None
    supposed = phrase.hypothetical or not match["spent"] or phrase.asking != ""
    value = add(told, in_the_unit(amount, cue))
    end = phrase.start + amount.end
    return Find(
        cue.fact,
        value,
        phrase.start + match.start(),
        end,
        replace(phrase, hypothetical=supposed, correction=True),
    )


def _part_put_right(hearing: Hearing, cue: AmountCue, told: NumberRange, said: list[Share]) -> Find | None:
    """二期说错了，是700万, after 一期1200万，二期1000万: that part of the sum is another, and the others stay."""
    if len(said) != 1 or not said[0].phrase.correction:
        return None
    item = said[0]
    before = hearing.phrases[max(0, item.phrase.position - 1) : item.phrase.position]
    lead = "".join(p.words for p in before) + item.phrase.text[: item.amount.core]
    named = _things(cue, lead)
    words = hearing.told.get(cue.fact, "")
    amounts = [amount for amount in find_amounts(words) if amount.unit]
    begins = [0, *(amount.end for amount in amounts)]
    of_it = [
        amount
        for begin, amount in zip(begins, amounts, strict=False)
        if named & _things(cue, words[begin : amount.core])
    ]
    if len(amounts) < 2 or len(of_it) != 1:
        return None
    value = add(subtract(told, in_the_unit(of_it[0], cue)), item.value)
    return Find(cue.fact, value, item.start, item.phrase.start + item.amount.end, item.phrase)


def _things(cue: AmountCue, text: str) -> set[str]:
    """The instalments, years and things of which a piece of speech tells sums."""
    parts = {noun.group() for noun in cue.nouns.finditer(text) if noun.lastgroup == "part"}
    return parts | {one.group() for one in (*INSTALMENT.finditer(text), *_YEAR.finditer(text))}


def _of_another_year(hearing: Hearing, cue: AmountCue, told: NumberRange, said: list[Share]) -> Find | None:
    """前年投了1600万, after 去年投了500万: both were spent."""
    words = hearing.told.get(cue.fact, "")
    if told.hi is not None or len(said) != 1 or not of_part_of_the_years(said[0]):
        return None
    item = said[0]
    before, now = (find_dates(text, hearing.as_of) for text in (words, item.phrase.words))
    if not before or not now or before[0].days == now[0].days:
        return None
    value, end = add(told, item.value), item.phrase.start + item.amount.end
    return Find(cue.fact, value, item.start, end, replace(item.phrase, correction=True))


def _is_what_counts(hearing: Hearing, cue: AmountCue, told: NumberRange, finds: list[Find]) -> bool:
    """Whether a lower sum is that of the last years, after one that was told of no time: 近三年只有一千八."""
    if RECENT.search(hearing.told.get(cue.fact, "")):
        return False
    values = (find.value for find in finds if RECENT.search(find.phrase.words))
    return any(isinstance(v, NumberRange) and v.hi and told.lo and v.hi < told.lo for v in values)


def _of_what_was_told(cue: AmountCue, told: NumberRange, said: list[Share]) -> list[Find]:
    """Of a sum told before: 其中1500万是2016年投的 is taken off it, 还有50万没算进去 is added, 其中近三年的 counts alone."""
    if len(said) != 1:
        return []
    item = said[0]
    inside = WITHIN.search(item.phrase.text[: item.amount.core])
    if item.role == "added":
        value = add(told, item.value)
    elif item.role in APART and is_counted_in(item.lead):  # 算上厂房500万呢: what 等 adds is not said
        value = NumberRange(told.lo, add(told, item.value).hi, told.open)
    elif item.role == "doubtful" and inside:
        value = NumberRange(subtract(told, item.value).lo, told.hi, told.open)
    elif inside and (item.role in APART or _NOT_COUNTED.match(item.phrase.words, item.amount.end)):
        value = subtract(told, item.value)
    elif item.role == "within" and RECENT.search(item.phrase.text[: item.amount.core]):
        value = item.value
    else:
        return []
    end = item.phrase.start + item.amount.end
    return [Find(cue.fact, value, item.start, end, replace(item.phrase, correction=True))]


def _of_what_was_named(hearing: Hearing, cue: AmountCue, told: NumberRange) -> list[Find]:
    """土地不算的话呢, of 投入2600万（含土地500万）: the sum without it; 装修是另外的钱: all of what was told.

    Only of what leaves a sum that was told exactly between two values.
    """
    amounts = find_amounts(hearing.told.get(cue.fact, ""))
    vague = any(amount.yuan.exact is None for amount in amounts)
    if told.lo is None or told.hi is None or told.lo == told.hi or vague or not amounts:
        return []
    for phrase in hearing.phrases:
        for noun in cue.nouns.finditer(phrase.words):
            left_out = _LEFT_OUT.match(phrase.words, noun.end())
            apart = _APART_FROM_IT.match(phrase.words, noun.end())
            if noun.lastgroup != "excluded" or not (left_out or apart):
                continue
            supposed = bool(left_out) and (phrase.hypothetical or bool(phrase.asking))
            value = NumberRange.exactly(told.lo if left_out else told.hi)
            said = replace(phrase, hypothetical=supposed, correction=True)
            return [hearing.find(cue.fact, value, said, 0, len(phrase.words))]
    return []
