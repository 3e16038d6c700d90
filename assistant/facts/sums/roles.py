"""What a sum is to the whole: a part, a total, what comes on top, what does not count, what lacks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing
from assistant.facts.spoken.amounts import Amount
from assistant.facts.sums.bare_sums import FAR_FROM, TARGET
from assistant.facts.sums.kinds import elsewhere, is_by_context, kind_of, names_a_thing
from assistant.facts.sums.years_spent import when_spent
from knowledge.cues import AmountCue

Role = Literal[
    "spent",
    "part",
    "total",
    "net",
    "excluded",
    "outside",
    "within",
    "lacking",
    "target",
    "open_part",
    "added",
    "price",
    "doubtful",
]

APART = frozenset({"excluded", "outside"})
"""Roles of sums that do not count."""
_TOTAL = re.compile(
    "一共|总共|合计|总计|共计|共投|总投|总额|加起来|全部|总的|累计|总数|(?:加|合|拢)(?:在)?一[块道起]|合起来|拢共|总和|前前后后|里外里|加总|一起|共(?=花|有|是)"
)
WITHIN = re.compile(
    "其中|(?<!年)里面|(?<!年)里头|(?<![不未没])(?:包含|包括)(?!在)|内含|(?<![不未没])含(?![税在])|算上|当中|这里"
)
WITHOUT = re.compile(
    "扣(?:掉|除|去)|除(?:掉|去|开)|刨(?:去|掉|除)|去掉|减(?:去|掉)|不含|不包括|不包含|不算|未含|剔除|抛开|剥离|撇开"
)
_ADDED_BEFORE = re.compile(
    "(?:漏|忘|少)(?:了)?(?:算|计|加|报|列|记|统计)(?:进|上)?了?|漏(?:了|掉了?)|(?:再|另外?|还|外)加上?|(?<![一合])加上|^加(?=[今去前后这那])|另有|(?:另外|此外|除此之?外)(?:还|也|又)?有|外带|连同|(?:后来|后面|随后|年底|年初|上个?月|上半年|下半年|又|还)(?:又|还)?(?:补|追加?)(?:的|了|过)?"
)
_COUNTED_IN = re.compile("^(?:那么?|再|要是|如果|我们|把)*(?:算上|连上|带上|加进|补上)")
"""算上今年的300万: inside what was told or on top of it; as a question (算上300万够不够), on top."""
_ADDED_BEHIND = re.compile(
    "^[^，。0-9]{0,10}?(?:没有?|未|不曾|忘了?|漏了?)(?:算|计|加|统计|列|报|包括|包含)(?:进|入|到|上|在)?(?:去|来|内|里面?)?"
)
_NOT_COUNTED_IN = re.compile(
    "(?:也|还|都|之前|刚才?|当时|这个|这笔|一直|、)*(?:没有?|未|不曾|忘了?|漏了?)(?:算|计|加|统计|列|报|包括|包含)(?:进|入|到|上|在)?(?:去|来|内|里面?)?(?:的|呢|了)?"
)
"""还有一台200万的设备，没算进去."""
_TO_REACH = re.compile("^[^，。0-9]{0,6}(?:就|才|便)")
_NET = re.compile("剩|净|还有|实际|就是|等于|只有|余下|下来|后|之外|以外|不含|不包括|不算|未含")
_BUT_FOR = re.compile("除了")
_WAS_SPENT = re.compile(
    "(?:我们|我司|公司|咱们?|近[一二两三123]年|还|又|也|一共|总共|实际|纯|净|其[他余]的?|光)(?:也|还|又|已经?|都|就|大概|差不多)*"
    "(?:投|花|用|砸)(?:入|资|了|掉|进去|去|下去)*(?:大概|差不多|约)?$|的?总?(?:投入|投资)(?:额|金额)?(?:是|有|为|共)(?:大概|差不多|约)?$"
)
"""除去厂房我们还投了2300万: the sum without what is named; not 扣掉厂房花的500万."""
_LACKING = re.compile("(?:还|就|只|仍)?(?:差|缺)(?:了|个|着|大概|约)?$")
_REACHED = re.compile(
    "(?:投|做|花|加|涨|增加)到$|(?:已经?|现在|目前|如今|后来|最后)[^，。]{0,4}(?:补|追加|提高|增)(?:足|齐)?到$"
)
_MORE = re.compile("再(?:投|花|追|加|补|买|凑)|追加|(?<![不主])要(?:花|投|付)|还(?:要|会|得)(?:再)?投")
_DUE = re.compile("(?<![不主需])要(?:花|投|付|给)|还没(?:有)?付|未付|待付|应付")
"""加上今年要付的300万: what is still to be paid comes on top of nothing."""
_PLANNED = re.compile(
    "打算|计划|准备|预计|拟投|将投|明年|后续|后面|下一步|想投|争取|预算|估算|也许|似乎|兴许|没准|凑"
)
_OF_WHAT_IS_TO_COME = re.compile(
    "^的?(?:里面?)?(?:是|算|都是)?(?:(?:含|包含|包括|算上|加上)(?:了|着|上)?)?(?:今后|明年|后年|下一?期|后续|以后|计划|预算)"
)
"""三千万是含明年预算的: a sum of which some is not spent yet."""
_UNPAID = re.compile("(?:没有?|未|待|应)(?:付|结)|尾款|欠着")
_STILL_THERE = re.compile("还有|另有|还欠|剩|余下")
"""设备1700万，还有300万没付: perhaps part of what was told, perhaps not."""
_WHETHER_IT_COUNTS = re.compile(
    "(?:算不算|能不能算|能否算|可不可以算|能算|可以算|算|计不计|要不要[扣减]|包不包括|含不含)"
)
_DOES_THAT_COUNT = re.compile(
    "(?:这个|这些|这块|这部分|这笔|这|那|它们?|也|都|到底|到时)*(?:能不能|能否|可不可以|是不是|是否|能|可以|应该)?"
    "(?:算不算|算作?|计入|计|纳入)(?:进|入|在|到)?(?:投入|投资|里面?|进去|在内|总投入|其中)(?:里|里面|内|额|的)?[吗么不嘛没]*[?？]?"
    "|(?:这个|这些|这块|这部分|这笔|这|那|也|都)*(?:算不算|能不能算|能算[吗么不]|可不可以算|能不能计入|可以算[吗么不])"
)
"""研发费用3000万，算投入吗: of a sum told right before."""
PRICE = re.compile("总(?:价|款|金额)|造价|价款|全款|合同[^，。0-9]{0,4}$")
"""What something costs, which need not be what was spent on it yet."""
_INSIDE = re.compile("^(?:已经?|也|都|就|是|本来)*(?:(?:包含|包括|含|算)(?:在|进)|其中|在(?:里面|其中))")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sum stands in its phrase: `lead` is what stands before its figures, from the offset `begin` of the phrase
    on, `ahead` what stands before its bounding words, `tail` what stands behind it."""

    phrase: Phrase
    amount: Amount
    begin: int
    lead: str
    ahead: str
    tail: str


def role_of(hearing: Hearing, cue: AmountCue, place: Place) -> Role | None:
    """What the sum at this place is to the whole; None for a sum of something else."""
    if not _LACKING.search(place.ahead) and _is_added(hearing, cue, place):
        if _UNPAID.search(place.tail) and _STILL_THERE.search(place.lead):
            return "doubtful"
        return when_spent(hearing, cue, place.lead, place.tail) or "added"
    return _role(hearing, cue, place)


def is_counted_in(lead: str) -> bool:
    """Whether the words before a sum count it in (算上今年的300万), be it on top of the other or inside it."""
    return _COUNTED_IN.match(lead.strip()) is not None


def _role(hearing: Hearing, cue: AmountCue, place: Place) -> Role | None:
    """What a sum is that comes on top of no other."""
    phrase, lead, ahead, tail = place.phrase, place.lead, place.ahead, place.tail
    if _LACKING.search(ahead):
        return "lacking"
    noun = kind_of(cue, lead, tail)
    if _OF_WHAT_IS_TO_COME.match(tail) and not WITHIN.search(lead):
        return None
    if noun == "other" or _MORE.search(lead) or (_PLANNED.search(lead) and not phrase.hypothetical):
        priced = noun == "other" and PRICE.search(lead) and not elsewhere(hearing, cue)
        return "price" if priced else None
    if (TARGET.search(ahead) and not _REACHED.search(ahead)) or FAR_FROM.search(ahead):
        supposed = phrase.hypothetical or hearing.within_if
        return "total" if supposed and not FAR_FROM.search(ahead) else "target"
    if beside := _beside(hearing, cue, place, noun):
        return beside
    known = noun or hearing.asked == cue.fact
    if not known and not is_by_context(hearing, cue, phrase):
        return None
    if hearing.asked != cue.fact and elsewhere(hearing, cue):
        return None
    if _begins_a_list(cue, tail):
        return "part"
    if _TOTAL.search(lead) or re.match("^(?:是)?(?:总|全部)", tail):
        return "total"
    return "part" if noun == "part" else "spent"


def _beside(hearing: Hearing, cue: AmountCue, place: Place, noun: str | None) -> Role | None:
    """What a sum is that is a part of another, does not count, or leaves another; None where it stands for itself."""
    phrase, lead, tail = place.phrase, place.lead, place.tail
    without, outside = WITHOUT.search(lead), when_spent(hearing, cue, lead, tail)
    if (without or _BUT_FOR.search(lead)) and noun == "excluded" and _WAS_SPENT.search(lead):
        return "net"
    if without and not _NET.search(lead):
        return "within" if noun is None else "excluded" if noun == "excluded" else "outside"
    if noun == "excluded" and not without:
        if outside == "outside":
            return outside
        return "doubtful" if _WHETHER_IT_COUNTS.match(phrase.asking) else "excluded"
    of_a_thing = noun == "part" or (noun is None and names_a_thing(lead))
    if of_a_thing and _told_next(hearing, phrase, _DOES_THAT_COUNT):
        return "excluded"
    if outside is not None:
        return outside
    within = (WITHIN.search(lead) and not _TOTAL.search(lead)) or _INSIDE.match(tail)
    if within and _OF_WHAT_IS_TO_COME.match(tail):
        return "outside"
    if _UNPAID.search(tail) and (within or _STILL_THERE.search(lead)):
        return "doubtful"
    if within:
        return "within"
    decided = re.search("以$", lead) and re.match("(?:这个数?)?为准", tail)
    return "net" if decided or without or re.search("剩|净|扣完|扣下来", lead) else None


def _is_added(hearing: Hearing, cue: AmountCue, place: Place) -> bool:
    """Whether a sum comes on top of one told before: 再加上咨询费600万, 还有50万没算进去; not 再加50万就到2000了."""
    phrase, lead, tail = place.phrase, place.lead, place.tail
    if kind_of(cue, lead, tail) in {"other", "excluded"}:
        return False
    left_out = _ADDED_BEHIND.match(tail) or _told_next(hearing, phrase, _NOT_COUNTED_IN)
    if left_out and not WITHOUT.search(lead):
        return True
    first = not lead.strip() or phrase.text.lstrip().startswith(lead.strip())
    planned = (_PLANNED.search(lead) or _DUE.search(lead)) and not phrase.hypothetical
    if planned or (first and cue.fact not in hearing.known and not phrase.position):
        return False
    counted_in = _COUNTED_IN.match(lead.strip()) if phrase.hypothetical else None
    before = _ADDED_BEFORE.search(lead) or counted_in
    if before is None or _TOTAL.search(lead) or "其中" in lead or _TO_REACH.match(tail):
        return False
    return cue.nouns.search(lead[: before.start()]) is None  # 软件硬件加上咨询费花了2100万 is all of it


def _told_next(hearing: Hearing, phrase: Phrase, words: re.Pattern[str]) -> bool:
    """Whether the phrase behind this one is nothing but these words."""
    behind = hearing.phrases[phrase.position + 1 : phrase.position + 2]
    return bool(behind) and words.fullmatch(behind[0].words.strip()) is not None


def _begins_a_list(cue: AmountCue, tail: str) -> bool:
    """Whether a part stands right behind the amount, and another amount behind that: 总共1500软件600设备."""
    part = cue.nouns.match(tail)
    return (
        part is not None
        and part.lastgroup == "part"
        and bool(re.match("[、 ]?(?:[0-9]|$)", tail[part.end() :]))
    )
