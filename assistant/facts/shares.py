"""The sums of money told in a phrase, and what each is to the whole: a part, a total, what does not count, what lacks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.facts.amounts import Amount, find_amounts
from assistant.facts.bare_sums import FAR_FROM, TARGET, in_the_unit, may_be_a_sum
from assistant.facts.dates import find_dates
from assistant.facts.mood import OWN
from assistant.facts.reading import Hearing
from assistant.facts.utterance import Phrase
from assistant.facts.years_spent import when_spent
from knowledge.cues import AmountCue
from knowledge.facts import NumberRange

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
_BESIDE = frozenset({"added", "within", *APART})
"""Roles of sums that are told beside another: 其中近三年的1500万 names no sum of before."""
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
    "(?:再|另外?|还|外)加上?|(?<![一合])加上|^加(?=[今去前后这那])|另有|(?:另外|此外|除此之?外)(?:还|也|又)?有|外带|连同|(?:后来|后面|随后|年底|年初|上个?月|上半年|下半年|又|还)(?:又|还)?(?:补|追加?)(?:的|了|过)?"
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
RECENT = re.compile("(?:最?近|过去|这|前)(?:的)?[一二两三123]年")
"""最近三年的是1900万: of what the notice counts, beside a sum of all that was ever spent."""
_NET = re.compile("剩|净|还有|实际|就是|等于|只有|余下|下来|后|之外|以外|不含|不包括|不算|未含")
_LACKING = re.compile("(?:还|就|只|仍)?(?:差|缺)(?:了|个|着|大概|约)?$")
_REACHED = re.compile(
    "(?:投|做|花|加|涨|增加)到$|(?:已经?|现在|目前|如今|后来|最后)[^，。]{0,4}(?:补|追加|提高|增)(?:足|齐)?到$"
)
INSTALMENT = re.compile(
    "第?[一二三四五123]期|第[一二三四123]年|第[一二三123][次批]|首期|前期|后期|[头前后]一[次批]"
)
_NAMED_BEFORE = re.compile("[那这](?:笔|个)?$|(?:那个|这个|所谓的?|规定的)[^，。]{0,6}$|的$")
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
_OTHER_AFTER = re.compile("^(?:元|块)?(?:的话|的|是|用于|用在|用来|拿去|做|买|花在|为|属于|了|,){0,3}")
_CLAUSE_REACH = 12
_WHETHER_IT_COUNTS = re.compile(
    "(?:算不算|能不能算|能否算|可不可以算|能算|可以算|算|计不计|要不要[扣减]|包不包括|含不含)"
)
_DOES_THAT_COUNT = re.compile(
    "(?:这个|这些|这块|这部分|这笔|这|那|它们?|也|都|到底|到时)*(?:能不能|能否|可不可以|是不是|是否|能|可以|应该)?"
    "(?:算不算|算作?|计入|计|纳入)(?:进|入|在|到)?(?:投入|投资|里面?|进去|在内|总投入|其中)(?:里|里面|内|额|的)?[吗么不嘛没]*[?？]?"
    "|(?:这个|这些|这块|这部分|这笔|这|那|也|都)*(?:算不算|能不能算|能算[吗么不]|可不可以算|能不能计入|可以算[吗么不])"
)
"""研发费用3000万，算投入吗: of a sum told right before."""
_ROUNDED_BEFORE = re.compile(
    "(?:四舍五入|约等于|≈|凑(?:个)?整|取整)(?:下来|一下|后|就|也|算|是|到|为|等于|有)*$"
)
_ROUNDED_BEHIND = re.compile("[(（]?(?:是)?四舍五入|[(（]?取整")
"""1999.8万，四舍五入2000万: the rounded figure is no other sum."""
PRICE = re.compile("总(?:价|款|金额)|造价|价款|全款|合同[^，。0-9]{0,4}$")
"""What something costs, which need not be what was spent on it yet."""
_INSIDE = re.compile("^(?:已经?|也|都|就|是|本来)*(?:(?:包含|包括|含|算)(?:在|进)|其中|在(?:里面|其中))")
_HOLDING = re.compile("(?:包含|包括|含|算)(?:在|进)$")
"""1200万包含在2300万里面: the first is inside the second."""
FILLER = re.compile(
    "我们|我司|公司|企业|一共|总共|合计|近|最近|这|过去|[一二两三0-9]+年|项目|大概|差不多|大约|左右|不到|超过|至少|现在|目前|已经|前前后后|前后|投入|投资|投|花费|花|用|了|的|是|有|在|都|也|就|才|只|约|快|要|够|达到|金额|费用|里面|其中"
)


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


def find_shares(hearing: Hearing, cue: AmountCue, phrase: Phrase) -> list[Share]:
    """The phrase's sums that belong to the fact, in order."""
    found: list[Share] = []
    if _RULE_CHANGED.search(phrase.words):
        return []
    amounts = [a for a in find_amounts(phrase.text) if may_be_a_sum(hearing, cue, phrase, a)]
    for position, amount in enumerate(amounts):
        begin = amounts[position - 1].end if position else 0
        if len(amounts) == 1:
            begin += phrase.text[: amount.core].rstrip().rfind(" ") + 1  # 07年的厂 投了2200万
        lead = phrase.text[begin : amount.core]
        upto = amounts[position + 1].start if position + 1 < len(amounts) else len(phrase.text)
        if position + 1 < len(amounts) and (nested := WITHIN.search(phrase.text, amount.end, upto)):
            upto = nested.start()  # 投了2300万其中2018年的400万
        tail = phrase.text[amount.end : min(upto, amount.end + _CLAUSE_REACH)]
        if re.search(
            "(?:不是|并非)(?:说)?$|(?:各|每[个家条])[^，。]{0,4}(?:投|花|有|是)*了?$",
            phrase.text[: amount.start],
        ):
            continue
        ahead = phrase.text[begin : max(amount.start, begin)]
        if _ROUNDED_BEFORE.search(ahead) or _ROUNDED_BEHIND.match(tail):
            continue
        if not _LACKING.search(ahead) and _is_added(hearing, cue, phrase, lead, tail):
            role: Role | None = when_spent(hearing, cue, lead, tail) or "added"
        else:
            role = _role(hearing, cue, phrase, lead, ahead, tail)
        if role not in _BESIDE and _NAMED_BEFORE.search(lead) and not OWN.search(phrase.words):
            continue  # 标杆工厂那个投入两千万
        of_the_rule = is_of_the_rule(phrase, amount.end) and not _HOLDING.search(lead)
        value = in_the_unit(amount, cue)
        of_the_rule = of_the_rule or (
            value.exact == cue.needed and bool(_HOW_COUNTED.search(phrase.words[amount.end :]))
        )
        if of_the_rule and not OWN.search(phrase.words):
            continue  # 2000万投入里人工费算不算
        if role is None or not hearing.is_own(phrase, amount.core, amount.end):
            continue
        dated = bool(find_dates(lead, hearing.as_of) or INSTALMENT.search(lead)) and role in {
            "spent",
            "part",
        }
        found.append(Share(amount, value, role, phrase, dated, names_a_thing(lead), phrase.start + begin))
    return found


def is_of_the_rule(phrase: Phrase, end: int) -> bool:
    """Whether the sum that ends here is the one that the notice asks for: 2000万里面能不能含税, asked by nobody in particular."""
    behind = phrase.text[end : end + _CLAUSE_REACH]
    asked_what = bool(phrase.asking) and _HOLDS_WHAT.match(behind) is not None
    return (asked_what or _OF_THE_RULE.match(behind) is not None) and not OWN.search(phrase.words)


def _role(hearing: Hearing, cue: AmountCue, phrase: Phrase, lead: str, ahead: str, tail: str) -> Role | None:
    """What the amount is to the sum; `lead` is what stands before its figures, `ahead` before its bounding words."""
    if _LACKING.search(ahead):
        return "lacking"
    noun = _noun(cue, lead, tail)
    if _OF_WHAT_IS_TO_COME.match(tail) and not WITHIN.search(lead):
        return None
    if noun == "other" or _MORE.search(lead) or (_PLANNED.search(lead) and not phrase.hypothetical):
        priced = noun == "other" and PRICE.search(lead) and not elsewhere(hearing, cue)
        return "price" if priced else None
    if (TARGET.search(ahead) and not _REACHED.search(ahead)) or FAR_FROM.search(ahead):
        supposed = phrase.hypothetical or hearing.within_if
        return "total" if supposed and not FAR_FROM.search(ahead) else "target"
    if beside := _beside(hearing, cue, phrase, noun, lead, tail):
        return beside
    known = noun or hearing.asked == cue.fact
    if not known and not _by_context(hearing, cue, phrase):
        return None
    if hearing.asked != cue.fact and elsewhere(hearing, cue):
        return None
    if _begins_a_list(cue, tail):
        return "part"
    if _TOTAL.search(lead) or re.match("^(?:是)?(?:总|全部)", tail):
        return "total"
    return "part" if noun == "part" else "spent"


def _beside(
    hearing: Hearing, cue: AmountCue, phrase: Phrase, noun: str | None, lead: str, tail: str
) -> Role | None:
    """What a sum is that is a part of another, does not count, or leaves another; None where it stands for itself."""
    without, outside = WITHOUT.search(lead), when_spent(hearing, cue, lead, tail)
    if without and not _NET.search(lead):
        return "within" if noun is None else "excluded" if noun == "excluded" else "outside"
    if noun == "excluded" and not without:
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


def is_counted_in(share: Share) -> bool:
    """Whether a sum is said to be counted in (算上今年的300万), be it on top of the other or inside it."""
    lead = share.phrase.text[share.start - share.phrase.start : share.amount.core]
    return _COUNTED_IN.match(lead.strip()) is not None


def names_a_thing(lead: str) -> bool:
    """Whether the words before a sum name something beside what sums are always told with."""
    return re.search("[A-Za-z一-龥]{2}", FILLER.sub("", lead)) is not None


def _is_added(hearing: Hearing, cue: AmountCue, phrase: Phrase, lead: str, tail: str) -> bool:
    """Whether a sum comes on top of one told before: 再加上咨询费600万, 还有50万没算进去; not 再加50万就到2000了."""
    if _noun(cue, lead, tail) in {"other", "excluded"}:
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


def elsewhere(hearing: Hearing, cue: AmountCue) -> bool:
    """Whether the talk is of another matter, where spending is another sum."""
    if hearing.category is not None:
        return hearing.category in cue.not_categories
    return hearing.mentions(cue.not_context) and not hearing.mentions(cue.context)


def _noun(cue: AmountCue, lead: str, tail: str) -> str | None:
    """What the amount is of: the last noun before it, unless a noun right behind it says more."""
    before = [m.lastgroup for m in cue.nouns.finditer(lead)]
    after = next((m for m in cue.nouns.finditer(tail) if m.lastgroup != "word"), cue.nouns.search(tail))
    near = after is not None and bool(_OTHER_AFTER.fullmatch(tail[: after.start()]))
    strong = [n for n in before if n != "word"]
    if after is not None and near and after.lastgroup in {"other", "excluded"} and not strong:
        return after.lastgroup
    if strong:
        return strong[-1]
    if after is not None and near and after.lastgroup == "part":
        return "part"
    return before[-1] if before else (after.lastgroup if after is not None and near else None)


def _by_context(hearing: Hearing, cue: AmountCue, phrase: Phrase) -> bool:
    """No noun at the amount itself: the category under discussion, or a spending word earlier in the sentence."""
    if hearing.category in cue.categories:
        return True
    near = hearing.phrases[max(0, phrase.position - 4) : phrase.position]
    earlier = [p.words for p in near if p.sentence == phrase.sentence or phrase.correction]
    nouns = [m.lastgroup for text in earlier for m in cue.nouns.finditer(text)]
    return bool(nouns) and nouns[-1] in {"word", "part"}
