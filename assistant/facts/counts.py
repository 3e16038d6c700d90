"""How many of a fixed number of things: 7个方向占了2个, 三个方面都满足, 一个都没有; the subject tells which fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.facts.reading import Find, Hearing
from assistant.facts.utterance import Phrase
from knowledge.cues import CountCue
from knowledge.facts import NumberRange
from knowledge.numerals import parse_numeral

_NUMBER = "[0-9]|[一二两三四五六七八九俩仨]"
_OF = re.compile(
    f"(?P<total>{_NUMBER})(?:个|大|项)?(?:业态|模式|创新|能力|技术|系统|标杆)*的?(?P<unit>方向|方面|领域|维度|模式)?(?P<rest>[^，。]{{0,8}})"
)
_NONE = re.compile(
    "一[个项种条样](?:[^，。没不]{0,6}的)?[都也]没有?$|没有?一[个项种条样](?=[^，。没不]{0,6}(?:成熟|满足|涉及|覆盖|达|符合|够|用|做))|(?:一个|一项|一样|一条|哪个|任何一个|全|都|也)?(?:都|也)?(?:没有?(?:满足|涉及|覆盖|占|达到|符合|做|沾|碰|过|成熟|一个)?|未(?:涉及|覆盖|满足)|不(?:沾|占|涉及|满足|符合|达标|具备)|够不上|达不到|谈不上|算不上|称不上|零个|0个)"
)
_ALL = re.compile(
    "(?:都|全部?|均|全都|个个|样样|统统)(?:已经?|是|有|能|给)?(?:沾|碰|满足|涉及|覆盖|占|达到|符合|具备|有|做|达标|没问题|ok|OK|了|包含|齐|成熟|用上|中)|全满足|全覆盖|全占|全部|全都|都(?:行|可以)|一个不(?:少|落|差)|齐全|全的"
)
_GOT = re.compile(
    f"(?:只|就|仅|才|至少|起码|大概|有|已|能|我们|其中|里面?|中|的)*(?:占|涉及|满足|覆盖|符合|达到|有|做|具备|沾|中|做到|成熟|应用|实现|包含|用|搞|够|上|完成|达标|过)(?:成熟|到)?(?:了|的|上|到)?(?:的)?(?:方向|方面)?(?:有|是)?(?:其中的?|里面的?)?(?P<bound>至少|起码|不止|大概|差不多)?(?P<number>{_NUMBER})(?:个|项|条|种)?(?!半|大|月|年|星|级|百|千|万|十|家|人|名|台|套|亿|w|[0-9]|，|,|[./%])"
)
_BACK = re.compile(
    f"(?P<number>{_NUMBER})(?:个|项|种)?(?:方向|方面|领域|维度|模式)?(?:上|的)?(?:已经?|能|也|是|我们)*(?:应用)?(?:满足|涉及|覆盖|成熟|占|达到|符合|达标|做到|有|没问题|ok)"
)
_BARE = re.compile(
    f"(?:大概|至少|起码|就|只|有|才|应该|差不多|占了?|满足|涉及|覆盖)*(?P<number>{_NUMBER})(?:个|项|种|条)?(?:方向|方面|领域)?(?:了|吧|的|左右|满足|成熟|涉及)*"
)
_ALL_BUT = re.compile(
    f"(?:只有|就|仅有?|有)(?P<number>{_NUMBER})(?:个|项)?(?:方向|方面)?(?:还)?(?:不|没有?|未)(?:满足|涉及|达标|达到|符合|覆盖|行)"
)
_ONLY = re.compile(f"^[的里中 ]*(?:就|只有?|仅有?|才|有)(?P<number>{_NUMBER})(?:个|项)(?!月|年|多)")
_NONE_LACKING = re.compile(
    "一[个项样]?(?:也|都)?没(?:有)?(?:缺|漏|落|少|差)|(?:短板|缺口|缺项)(?:一[个项])?(?:也|都)?没有(?=$|[的了， ])|没有?(?:什么|任何|一[个项])?(?:短板|缺口|缺项)"
)
"""三项一项没缺, 一个短板没有."""
_SHARE = re.compile(f"(?P<number>{_NUMBER})/(?P<total>{_NUMBER})(?![0-9/])")
"""企业标杆2/4."""
_LACKING = re.compile(f"(?:差|缺|(?<!至)(?<!最)少|除了)(?:了)?(?P<number>{_NUMBER})个?")

_ALONE = re.compile(
    f"[: 是有占就只才的了涉及满足覆盖共能力]*(?P<number>{_NUMBER})(?:个|项|条|种)?(?:方向|方面|领域|维度|模式)?(?:上|的)?(?:满足|涉及|覆盖|成熟|达标|达到|符合|应用成熟|有)?(?:了|的|吧)?[ 、✓√]*"
)
"""Nothing but the number after the subject: 标杆能力一个方向, 基础3."""
_MET = re.compile(
    "(?:上|的)?(?:都|全|均|也|已经?)*(?:满足|涉及|覆盖|成熟|达标|达到|符合|过关?|齐|够)(?:了|的)?(?:要求)?"
)

_OF_THE_REST = re.compile("(?:但是?|不过)?(?:其他|其它|其余|别的|剩下|另外)")
_EVERY_ONE = re.compile(
    f"(?P<number>{_NUMBER})(?:个|项)?(?:方向|方面)?(?:都|全|均)(?:已经?|是|有)?(?:有|齐|行|沾|碰|满足|涉及|覆盖|占|达到|符合|具备|做|达标|成熟)"
)
_BETWEEN = re.compile("(?P<low>[一二两三四五])(?P<high>[二三四五六])(?:个|项)(?!月|年)")
"""有两三个方向."""
_SOME_NOT = re.compile(
    f"(?:中|里面?|有)(?P<number>{_NUMBER})(?:个|项)(?:方向|方面)?(?:还)?(?:不|没有?|未)(?:成熟|满足|涉及|达标|达到|符合|覆盖)"
)
"""七个方向中五个不成熟."""
_RHETORICAL = re.compile("不是.*[吗么嘛]$")
_ONE_DENIED = re.compile("没|未|不|差|缺|除|只|部分")
_ANNEX = re.compile("附件[0-9一二三四五六七]")
_TRAILING = re.compile("(?:能力)?[的了上里面中]*(?:要求|方向|方面)?")


def read_counts(hearing: Hearing) -> list[Find]:
    """Counts of the message, each by its subject, by its total, or as the answer to what was asked."""
    finds: list[Find] = []
    subject: tuple[int, CountCue] | None = None
    for phrase in hearing.phrases:
        named = list(_subjects(hearing, phrase))
        if named:
            subject = (phrase.sentence, named[-1][0])
            bounds = [start for _, start, _ in named[1:]] + [len(phrase.text)]
            begin = 0
            for (cue, _, end), upto in zip(named, bounds, strict=True):
                finds += _counted(hearing, cue, phrase, min(begin, end), upto, end)
                begin = upto
        elif recalled := _recalled(hearing, phrase):
            subject = recalled
        elif subject and subject[0] == phrase.sentence and not _OF_THE_REST.match(phrase.text):
            finds += _counted(hearing, subject[1], phrase, 0, len(phrase.text), 0)
    if finds:
        finds += _listed(hearing, {find.name for find in finds})
    return finds or _all_together(hearing) or _asked(hearing)


def _listed(hearing: Hearing, known: set[str]) -> Iterator[Find]:
    """制造系统3个方向，标杆能力2个: beside another count the total by itself is one, too."""
    for phrase in hearing.phrases:
        named = list(_subjects(hearing, phrase))
        if phrase.asking or len(named) != 1 or named[0][0].fact in known:
            continue
        cue, start, end = named[0]
        number = _ALONE.fullmatch(phrase.text, end)
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
        if (_ALL.search(said) or _MET.search(said)) and not _ONE_DENIED.search(phrase.text):
            return [
                hearing.find(cue.fact, _needed(cue), phrase, named.start(), len(phrase.text))
                for cue in hearing.cues.counts
                if cue.needed
            ]
    return []


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
    return bool(_GOT.search(rest) or _ALL.search(rest) or _NONE.search(rest))


def _counted(
    hearing: Hearing, cue: CountCue, phrase: Phrase, begin: int, upto: int, after: int
) -> list[Find]:
    """What is said of the subject between `begin` and `upto`; the total itself is no count."""
    piece = _ANNEX.sub("＿＿＿", phrase.text[begin:upto])  # 附件2满足 counts nothing
    if not piece or re.search("不(?:清楚|确定|知道|懂|了解)|可能|好像|估计", piece):
        return []
    total = re.search(
        f"(?<!涉及)(?<!满足)(?<!覆盖)(?<!达到)(?<![占沾过了])(?:{'|'.join(_written(cue.total))})(?:个|大|项)?(?:方向|方面|领域|维度|能力|业态|模式)",
        piece,
    )
    behind = piece[max(after - begin, total.end() if total else 0, 0) :] if after > begin or total else piece
    value = _count(cue, behind, bool(total))
    if value is None and after > begin and _TRAILING.fullmatch(behind):
        value = _count(cue, piece[: max(0, after - begin)], False)
    if value is None:
        value = _members(cue, piece)
    return [] if value is None else [hearing.find(cue.fact, value, phrase, begin, upto)]


def _written(total: int) -> tuple[str, str]:
    return str(total), "零一二三四五六七八九"[total]


def _count(cue: CountCue, said: str, total_told: bool) -> NumberRange | None:
    if re.match("(?:那里|这里)?(?:写)?的?是", said):
        return None  # told of the rule: 企业标杆是全部
    said = said.replace(" ", "")
    if (told := _put_otherwise(cue, said, total_told)) is not None:
        return told
    if total_told and _MET.fullmatch(said):
        return NumberRange.exactly(cue.total)  # 基础技术三个方面满足
    if not total_told and (alone := _ALONE.fullmatch(said)):
        return _exactly(cue, alone)
    if _NONE_LACKING.search(said):
        return NumberRange.exactly(cue.total)
    share = _SHARE.search(said)
    if share and parse_numeral(share["total"]) == cue.total:
        return _exactly(cue, share)
    lacking = _LACKING.search(said)
    if lacking and not re.search("不差|不缺|不少", said):
        return _exactly(cue, lacking, of_total=True)
    one_out = _ALL_BUT.search(said)
    if one_out:
        return _exactly(cue, one_out, of_total=True)
    got = (
        _GOT.search(said)
        or _ONLY.search(said)
        or _BACK.search(said)
        or (_BARE.fullmatch(said.strip(": 是的")) if total_told else None)
    )
    if (
        got
        and not re.match("[^，。没不]{0,6}[都也][^，。没不]{0,2}(?:没|不|未)", said[got.end() :])
        and not re.search("没|未|不", said[max(0, got.start() - 1) : got.end()])
    ):
        found = _exactly(cue, got)
        if found is not None and (found.exact != cue.total or not total_told or cue.total < 4):
            return (
                NumberRange(found.lo, Decimal(cue.total))
                if re.search("至少|起码|不止", said[: got.end()])
                else found
            )
    if _NONE.search(said) and not re.search("没(?:什么)?问题|不是没", said):
        whole = re.search(
            "一[个项样条种]|都|全|完全|根本|完全|零个|0个|没有?(?:涉及|覆盖)|不(?:涉及|沾)|未", said
        )
        return (
            NumberRange.exactly(0)
            if whole and not re.search("没有?(?:全|都)|不(?:全|都)|没全", said)
            else None
        )
    return NumberRange.exactly(cue.total) if _ALL.search(said) else None


def _put_otherwise(cue: CountCue, said: str, total_told: bool) -> NumberRange | None:
    """Two numbers side by side, how many are not, and all of fewer than there are."""
    between = _BETWEEN.search(said)
    if between is not None:
        low, high = (parse_numeral(between[name]) for name in ("low", "high"))
        if low is not None and high == low + 1 and high <= cue.total:
            return NumberRange(Decimal(low), Decimal(high))
    some = _SOME_NOT.search(said)
    if some is not None and total_told:
        return _exactly(cue, some, of_total=True)
    every = _EVERY_ONE.search(said)
    return None if every is None else _exactly(cue, every)  # 六个方向都成熟, of seven


def _exactly(cue: CountCue, match: re.Match[str], of_total: bool = False) -> NumberRange | None:
    number = parse_numeral({"俩": "二", "仨": "三"}.get(match["number"], match["number"]))
    if number is None or number > cue.total:
        return None
    return NumberRange.exactly(cue.total - number if of_total else number)


def _members(cue: CountCue, piece: str) -> NumberRange | None:
    """Directions told by name: 网络化协同和个性化定制应用成熟 are two."""
    names = {m.group() for m in cue.members.finditer(piece)}
    if (
        not names
        or not cue.member_words.search(piece)
        or re.search("没|未|不|想|打算|计划|哪|包括|包含|分别|指", piece)
    ):
        return None
    return NumberRange.exactly(min(len(names), cue.total))


def _asked(hearing: Hearing) -> list[Find]:
    """3个, 都满足, 一个都没有: as the answer to the count asked for last."""
    cue = next((c for c in hearing.cues.counts if c.fact == hearing.asked), None)
    if cue is None or not hearing.phrases:
        return _told_again(hearing)
    first = hearing.phrases[0]
    text = first.text.strip()
    bare = _BARE.fullmatch(text)
    value = (
        _exactly(cue, bare)
        if bare and not _ALL_BUT.search(text)
        else _count(cue, text, False)
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
        every = _EVERY_ONE.search(phrase.text)
        total = (
            parse_numeral({"俩": "二", "仨": "三"}.get(every["number"], every["number"])) if every else None
        )
        of = [cue for cue in last if cue.total == total]
        if every is not None and len(of) == 1 and not phrase.asking:
            value = NumberRange.exactly(of[0].total)
            return [hearing.find(of[0].fact, value, phrase, every.start(), len(phrase.text))]
    return []
