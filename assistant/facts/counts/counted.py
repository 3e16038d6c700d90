"""What is said of one group of things as a number: 涉及2个, 三个都满足, 一个都没有, 2/4, 两三个方向."""

from __future__ import annotations

import re
from decimal import Decimal

from knowledge.cues import CountCue
from knowledge.facts import NumberRange
from knowledge.numerals import parse_numeral

NUMBER = "[0-9]|[一二两三四五六七八九俩]"
_FULL = {"俩": "二", "仨": "三"}
NONE = re.compile(
    "一[个项种条样](?:(?:[^，。没不]{0,6}的)?[都也]没有?|没有)$|没有?一[个项种条样](?=[^，。没不]{0,6}(?:成熟|满足|涉及|覆盖|达|符合|够|用|做))|(?:一个|一项|一样|一条|哪个|任何一个|全|都|也)?(?:都|也)?(?:没有?(?:满足|涉及|覆盖|占|达到|符合|做|沾|碰|过|成熟|一个)?|未(?:涉及|覆盖|满足)|不(?:沾|占|涉及|满足|符合|达标|具备|成熟)|够不上|达不到|谈不上|算不上|称不上|零个|0个)"
)
ALL = re.compile(
    "(?:都|全部?|均|全都|个个|样样|统统)(?:已经?|是|有|能|给)?(?:沾|碰|满足|涉及|覆盖|占|达到|符合|具备|有|做|达标|没问题|ok|OK|了|包含|齐|成熟|用上|中)|全满足|全覆盖|全占|全部|全都|都(?:行|可以)|一个不(?:少|落|差)|齐全|全的"
)
GOT = re.compile(
    f"(?:只|就|仅|才|至少|起码|大概|有|已|能|我们|其中|里面?|中|的)*(?:占|涉及|满足|覆盖|符合|达到|有|做|具备|沾|中|做到|成熟|应用|实现|包含|用|搞|够|上|完成|达标|过)(?:成熟|到)?(?:了|的|上|到)?(?:的)?(?:方向|方面)?(?:有|是)?(?:其中的?|里面的?)?(?P<bound>至少|起码|不止|大概|差不多)?(?P<number>{NUMBER})(?:个|项|条|种)?(?!半|大|月|年|星|级|百|千|万|十|家|人|名|台|套|亿|次|回|趟|遍|张|份|款|笔|位|起|件|w|[0-9]|，|,|[./%])"
)
_BACK = re.compile(
    f"(?P<number>{NUMBER})(?:个|项|种|向)?(?:方向|方面|领域|维度|模式)?(?:上|的)?(?:已经?|能|也|是|我们)*(?:应用)?(?:满足|涉及|覆盖|成熟|占|达到|符合|达标|做到|有|没问题|ok)"
)
BARE = re.compile(
    f"(?:大概|至少|起码|就|只|有|才|应该|差不多|占了?|满足|涉及|覆盖)*(?P<number>{NUMBER})(?:个|项|种|条)?(?:方向|方面|领域)?(?:了|吧|的|左右|满足|成熟|涉及)*"
)
_WANTING = "(?:还|也|都|一直|暂时)*(?:不|没有?|未)(?:有|能|太|去)?(?:满足|涉及|达标|达到|到位|符合|覆盖|成熟|碰|沾|占|做|搞|弄|够|过|行)"
ALL_BUT = re.compile(f"(?:只有|就|仅有?|有)(?P<number>{NUMBER})(?:个|项)?(?:方向|方面)?{_WANTING}")
_ONLY = re.compile(f"^[的里中 ]*(?:就|只有?|仅有?|才|有)(?P<number>{NUMBER})(?:个|项)(?!月|年|多)")
_THING = (
    "(?!(?:也|都|全部?|一|任何|其他|其它|根本|完全|现在|目前|暂时|还|基本|实在)+(?:[没不未]|$))"
    "[^，。、和跟与及没不未都我们方向域0-9一二两三四五六七八九十个]{2,8}"
)
_ONE_WANTING = re.compile(
    f"(?:就|只有?|仅有?|唯独|除了?)(?:差|缺|剩|是)?(?:了|下)?{_THING}(?:一?块|方面|方向)?{_WANTING}"
)
"""就差能耗那块没涉及: all the others are there."""
_ANOTHER_WANTING = re.compile(f"(?:{_THING}[、和与及跟]){{0,3}}{_THING}{_WANTING}(?:到|的|了)*$")
"""能耗没涉及, 物流和能耗没涉及: that is not there, and of the others nothing is told."""
_NONE_LACKING = re.compile(
    "一[个项样]?(?:也|都)?没(?:有)?(?:缺|漏|落|少|差)|(?:短板|缺口|缺项)(?:一[个项])?(?:也|都)?没有(?=$|[的了， ])|没有?(?:什么|任何|一[个项])?(?:短板|缺口|缺项)"
)
"""三项一项没缺, 一个短板没有."""
_SHARE = re.compile(f"(?P<number>{NUMBER})/(?P<total>{NUMBER})(?![0-9/])")
"""企业标杆2/4."""
_LACKING = re.compile(
    f"(?:差|缺|(?<!至)(?<!最)少|除了)(?:了)?(?P<number>{NUMBER})(?![0-9一二三四五六七八九十]|个?多?[年月天日周季])个?"
)
"""业态差一个; not 就差一个月, of an age."""
ALONE = re.compile(
    f"[: 是有占就只才的了涉及满足覆盖共能力]*(?P<number>{NUMBER})(?:个|项|条|种)?(?:方向|方面|领域|维度|模式)?(?:上|的)?(?:满足|涉及|覆盖|成熟|达标|达到|符合|应用成熟|有)?(?:了|的|吧)?[ 、✓√]*"
)
"""Nothing but the number after the subject: 标杆能力一个方向, 基础3."""
MET = re.compile(
    "(?:上|的)?(?:都|全|均|也|已经?)*(?:满足|涉及|覆盖|成熟|达标|达到|符合|过关?|齐|够)(?:了|的)?(?:要求)?"
)
EACH = re.compile(
    f"(?:能力|也|都|全|均|是|[ ])*各(?:自|有|占|涉及|满足|覆盖|沾|达到|成熟|了)*(?P<number>{NUMBER})(?:个|项|种|条)?(?:方向|方面|领域)?"
)
"""标杆能力和业态各一个."""
EVERY_ONE = re.compile(
    f"(?P<number>{NUMBER})(?:个|项)?(?:方向|方面)?(?:都|全|均)(?:已经?|是|有)?(?:有|齐|够(?!不)|行|沾|碰|满足|涉及|覆盖|占|达到|符合|具备|做|达标|成熟)"
)
_BETWEEN = re.compile("(?P<low>[一二两三四五])(?P<high>[二三四五六])(?:个|项)(?!月|年)")
"""有两三个方向."""
_NAMED_AND_COUNTED = re.compile(
    f"(?:搞|做|涉及|覆盖|占|沾|有)了?{_THING}(?:[、和与及跟]{_THING}){{1,3}}(?P<number>[俩仨]|(?:{NUMBER})[个项])(?:方向|方面|领域)?"
)
"""搞了质量和能耗俩方向: named, and how many they are."""
_SOME_NOT = re.compile(f"(?:中|里面?|有)(?P<number>{NUMBER})(?:个|项)(?:方向|方面)?{_WANTING}")
"""七个方向中五个不成熟."""
_UNDER_WAY = re.compile(
    "(?:个|项|种)?(?:方向|方面|领域|模式)?(?:我们|目前|现在|都|也|还|是|只|正|才|刚)*(?:在(?:试|做|建|推|探索|开发|弄|搞|培育|规划|摸索)|正在|试点|试运行|准备|计划|打算|规划|刚(?:开始|起步|启动)|起步)"
)
"""三个方向在试点: how many are begun is not how many there are."""
_OF_ANOTHER_THING = re.compile(
    f"(?:{NUMBER})[个项条种](?!(?:大|小)?(?:方[向面]|领域|维度|能力|业态|模式|创新|要求|指标)|[的了吧呢啊都也全均还已是在有可能会达符满涉覆占沾做具合过行里中左以多没未不够差缺成应])(?=[一-龥]{{2}})"
)
"""有一条失信还没消: a number of something else."""
_NOT_THERE_YET = re.compile(
    "(?:还|都|也|目前|现在|暂时|真的?|确实|其实|根本|，)*(?:[谈算说称]不上(?:什么|有|是)?(?:成熟|满足|涉及|达标|覆盖)?|(?:都|全)?不成熟|没有?(?:一[个项])?成熟的?|没(?:有)?到[那这]?个?(?:程度|份上|地步)|(?:哪|哪一?个)都不成熟)[的了呢啊呀吧]*"
)
"""还谈不上成熟, of directions that were asked for: there is none."""
_AHEAD = re.compile(
    f"(?<![第附件0-9.])(?P<number>{NUMBER})(?:个|项|种)(?:应用|已经)?(?:成熟|满足|涉及|覆盖|达标)?的?$"
)
_NOTHING_ELSE = re.compile(
    "(?:能力|创新|方向|方面|领域|模式)*(?:也|都|全|均|已经?|应用)*(?P<told>有|满足|涉及|覆盖|成熟|达标|达到|符合)?(?:了|的)?[ 、，。和及与跟]*"
)


def is_of_another_thing(said: str, cue: CountCue) -> bool:
    """Whether an answer counts something that is none of the group: 有一条失信还没消."""
    other = _OF_ANOTHER_THING.search(said)
    return other is not None and not cue.members.match(said, other.end())


def says_there_is_none(said: str) -> bool:
    """Whether an answer says of what was asked for that it is not there yet: 还谈不上成熟."""
    return _NOT_THERE_YET.fullmatch(said) is not None


def told_ahead(text: str, start: int) -> re.Match[str] | None:
    """The number right before a group that begins at `start`: 2个标杆方向, 1个成熟业态."""
    return _AHEAD.search(text[:start])


def count_ahead(cue: CountCue, ahead: re.Match[str] | None, behind: str, listed: bool) -> NumberRange | None:
    """How many of a group the number before it says there are, unless what stands behind it says otherwise.

    七种业态模式 by itself is how many the notice has; in a list of such groups (`listed`) it is a count.
    """
    verb = _NOTHING_ELSE.fullmatch(behind)
    value = exactly(cue, ahead) if ahead and verb else None
    told = listed or (verb and verb["told"])
    return value if value and (told or value.exact != cue.total) else None


def written(total: int) -> tuple[str, str]:
    """The total in figures and as a word."""
    return str(total), "零一二三四五六七八九"[total]


def number_said(cue: CountCue, said: str, total_told: bool) -> NumberRange | None:
    """How many of the group a piece of speech says there are, None for nothing; `total_told`: the total stood before it."""
    if re.match("(?:那里|这里)?(?:写)?的?是", said):
        return None  # told of the rule: 企业标杆是全部
    said = said.replace(" ", "")
    if (told := _put_otherwise(cue, said, total_told)) is not None:
        return told
    if total_told and MET.fullmatch(said):
        return NumberRange.exactly(cue.total)  # 基础技术三个方面满足
    if not total_told and (alone := ALONE.fullmatch(said)):
        return exactly(cue, alone)
    if _NONE_LACKING.search(said):
        return NumberRange.exactly(cue.total)
    share = _SHARE.search(said)
    if share and parse_numeral(share["total"]) == cue.total:
        return exactly(cue, share)
    lacking = _LACKING.search(said)
    if lacking and not re.search("不差|不缺|不少", said):
        return exactly(cue, lacking, of_total=True)
    one_out = ALL_BUT.search(said)
    if one_out:
        return exactly(cue, one_out, of_total=True)
    if (got := _got(cue, said, total_told)) is not None:
        return got
    if NONE.search(said) and not re.search("没(?:什么)?问题|不是没", said):
        whole = re.search(
            "一[个项样条种]|都|全|完全|根本|完全|零个|0个|没有?(?:涉及|覆盖)|不(?:涉及|沾)|未", said
        )
        return (
            NumberRange.exactly(0)
            if whole and not re.search("没有?(?:全|都)|不(?:全|都)|没全", said)
            else None
        )
    return NumberRange.exactly(cue.total) if ALL.search(said) else None


def _got(cue: CountCue, said: str, total_told: bool) -> NumberRange | None:
    """涉及2个, 只有一个, 2个满足: the number that is there, unless it is denied behind, or only under way."""
    got = (
        GOT.search(said)
        or _ONLY.search(said)
        or _BACK.search(said)
        or (BARE.fullmatch(said.strip(": 是的")) if total_told else None)
    )
    if (
        got is None
        or re.match("[^，。没不]{0,6}[都也][^，。没不]{0,2}(?:没|不|未)", said[got.end() :])
        or re.search("没|未|不", said[max(0, got.start() - 1) : got.end()])
        or _UNDER_WAY.match(said, got.end("number"))
    ):
        return None
    found = exactly(cue, got)
    if found is None or (found.exact == cue.total and total_told and cue.total >= 4):
        return None  # the total named once more
    at_least = re.search("至少|起码|不止", said[: got.end()])
    return NumberRange(found.lo, Decimal(cue.total)) if at_least else found


def _put_otherwise(cue: CountCue, said: str, total_told: bool) -> NumberRange | None:
    """Two numbers side by side, how many or which are not, and all of fewer than there are."""
    between = _BETWEEN.search(said)
    if between is not None:
        low, high = (parse_numeral(between[name]) for name in ("low", "high"))
        if low is not None and high == low + 1 and high <= cue.total:
            return NumberRange(Decimal(low), Decimal(high))
    if _ONE_WANTING.search(said):
        return NumberRange.exactly(cue.total - 1)
    if _ANOTHER_WANTING.match(said):
        return NumberRange(Decimal(0), Decimal(cue.total - 1))
    some = _SOME_NOT.search(said)
    if some is not None and total_told:
        return exactly(cue, some, of_total=True)
    counted = _NAMED_AND_COUNTED.match(said)
    if counted is not None and not total_told:
        return NumberRange.exactly(parse_numeral(_FULL.get(counted["number"][0], counted["number"][0])) or 0)
    every = EVERY_ONE.search(said)
    return None if every is None else exactly(cue, every)  # 六个方向都成熟, of seven


def exactly(cue: CountCue, match: re.Match[str], of_total: bool = False) -> NumberRange | None:
    """The number of a match, or what is left of the total without it; None where it is more than there are."""
    number = parse_numeral(_FULL.get(match["number"], match["number"]))
    if number is None or number > cue.total:
        return None
    return NumberRange.exactly(cue.total - number if of_total else number)


def members_named(cue: CountCue, piece: str) -> NumberRange | None:
    """Directions told by name: 网络化协同和个性化定制应用成熟 are two."""
    names = {m.group() for m in cue.members.finditer(piece)}
    if (
        not names
        or not cue.member_words.search(piece)
        or re.search("没|未|不|想|打算|计划|哪|包括|包含|分别|指", piece)
    ):
        return None
    return NumberRange.exactly(min(len(names), cue.total))
