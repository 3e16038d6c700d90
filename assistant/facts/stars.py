"""Star levels: the one held today and the one applied for. 现在三星想报四星, 去年评上三星, 没评过, 三星升四星, ★★★."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.facts.levels import NEXT_YEAR, STAR, figure, names_only
from assistant.facts.levels_together import (
    JOIN,
    decides,
    is_a_condition,
    may_be_first,
    takes_another,
    without_proposals,
)
from assistant.facts.polarity import read_answer
from assistant.facts.reading import Ambiguity, Find, Hearing
from assistant.facts.utterance import Phrase
from assistant.facts.valued import level_owner
from knowledge.cues import LevelCue

Role = Literal["applying", "current", "none", ""]

_WILL = "都|一起|同时|想|要|准备|打算|计划|拟|能不能|可不可以|能否|可否|能|可以|可|直接|今年|这次|这回|重新|再|继续|一次性|就|也|还|去|来|一步到位|直|改|换|争取|考虑|尝试|试试"
_TRY = "申报|申(?![请诉明报城])|报名|申请|冲(?:一)?冲?刺?|升级?(?:到|成|为)?|晋(?:升|级)(?:到|为)?|报(?!告)|(?<![获已参测])评(?!上|为|过|了|定为|到|的)|争取|拿(?!到|了|过|下|的)|提升到|升到|创建|创|(?<![以评拿获考手])上(?![海云市年次过了面报])"
_APPLY = re.compile(
    f"(?:{_WILL})*(?:{_TRY})(?:到|为|成|上|一下|一次|一回|一遍|一趟|个|一个|省|省级|江苏省|星级上云|星级|的是|的)*[:=]?$"
)
_WANT = re.compile(
    "(?:想要|想|目标(?:是|为)?|要的是|要报|选|改成|改为|换成|争取|奔着|勾(?:选)?(?:的是|了)?|填的是|定(?:在|的是)|瞄准|(?:申报|报)的?(?:类别|星级|等级)?(?:是|为|:))(?:个|一个)?$"
)
_TRIED_BEHIND = re.compile(
    f"^(?:的)?(?:开始|起)?(?:{_WILL})*(?:一起|同时|都|一块|也)?(?:(?:申报?|报)(?=$|[吗么不吧呢行可能了，, ])|冲(?:不冲)?(?=得[了上]|[吗么不吧]|$)|(?:搞|弄|拿)得[了下到]|(?:提出|进行|作出)?申[请报](?=$|[，。,吗么不]))"
)
_RAISED = re.compile(f"^(?:的)?(?:{_WILL})*(?:{_TRY})[^，。]{{0,5}}$")
HOLD = re.compile(
    "(?:评上|评为|评定(?:为|了|过)?|评(?:过|了|到|的)|获评|获(?:得|批)?|认定(?:为|了|过|的)?|拿(?:到|了|过|下|的)|取得|通过|入选|持有|(?<!报)(?<!评)得(?:了|过|到)|有(?!没有)|(?<![还对])是|(?:去年|前年|今年|上一?年|20[0-9]{2}年?)的|属于|挂牌|达到|升到了|授予|(?:已有|现有|已获评?|已评定?)(?:的)?(?:星级|等级)?[:=为是]?|评定等级[:=为是]?|手[上里](?:头|边)?|手头|[捏攥握挂拿顶]着)(?:了|的|过|是|省|省级|江苏省|一个|个)*$"
)
_WHEN = re.compile(
    "现在|目前|当前|已|去年|前年|今年|早|之前|以前|上次|原来|(?:19|20)[0-9]{2}年|刚|上一?年|上个月|[0-9]{2}年"
)
_BUT = re.compile(f"除(?:了|去)?(?:{STAR.pattern})")
"""除了三星别的没评过."""
_NOW = re.compile(
    "(?:现在|目前|当前|现状|现|已经|已|眼下|如今|原来|之前|本来)(?:就|都|才|只|是|有|我们|公司|的|还)*[:=]?$"
)
_WHETHER = re.compile("能不能|可不可以|是不是|要不要|行不行")
_OF_LAST_YEAR = re.compile("(?:去年|前年|大前年|上一?年|上[一1]?[批次届])(?:的|就|已经?|刚)*$")
_THIS_YEAR = re.compile("(?:今年|本年度?|这次|这回)(?:先|就|要是|如果|能)*$|^(?:级|企业)*(?:今年|这次)")
DENIED = re.compile(
    "(?:没有?|未|不是|还没|尚未|没能|并非|无|也不是|不算)(?:被|能|有|有过|获|获得|评|评定|拿|得|达到|取得|参评|申报|报)?(?:过|到|上|为|成)?(?:任何)?$"
)
NOT_MEANT = re.compile(
    "(?:不|没|没有|不再)(?:想|打算|准备|考虑|要|会)*(?:申?报|申请|冲|评)(?!过|上)[^，。]{0,2}$"
)
_BEHIND_HELD = re.compile(
    "^(?:企业|了|的)?(?:我们|我司|咱们?|公司|我厂)?(?:早就|早|已经?|在)*(?:是(?:去年|前年|今年|20)|(?:是)?(?:刚|去年|前年|今年|20[0-9]{2}年?)?(?:就|已经?|刚)*(?:评的|拿的|评上|评过|拿到|到手|在手|有了|已)|在手|到手|挂着|证书|牌子)"
)
GENERAL = re.compile(
    "需要?|必须|先(?:评|有|拿|是|报)|条件|要求|标准|区别|是不是要|材料|流程|步骤|奖|补|好处|差别|不同|规定|时间|截止|什么|啥|哪|怎么|如何|多少|多久|谁|几[号点个本份]|网站|是指|所谓|编号|附件|复核"
)
MEANT = re.compile("想|准备|打算|这次|今年|我们|我司|公司|我(?!省|市|国)|咱|本(?!地|市|省)")
_LEAVE_BEHIND = re.compile(
    "^(?:行|可以|能行|成|有戏|够格|合适|够)(?:不|吗|么|吧|嘛)|^(?:没毛病|没问题|合规|合格|受理|收不收|收吗|给不给|让不让|准不准|来事|妥|通得过|合要求|合不合)"
)
_JUST_SAID = re.compile(
    "^(?:上云|级|企业)*[，, ]+(?:是)?(?:去年|前年|今年|刚|已|(?:19|20)?[0-9]{2}年)[^，。]{0,4}(?:评|拿|获|认定)"
)
_SELF = re.compile(
    "(?:我们|我司|咱们?|本公司|我)(?:公司|企业|厂)?(?:的)?[|][^，。]{2,8}企业|[|][^，。]{2,8}企业(?:、.*)"
    "|(?:我们|我司|咱们?|本公司|本企业|本厂|我厂|我公司|我单位)(?:公司|企业|厂)?[|].星级?"
)
_OF_ANOTHER = re.compile("[呢咧呐嘞哩][?？]?$")
"""四星呢 asks of another level, and answers nothing."""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    end: int
    level: int
    role: Role


@dataclass(frozen=True, slots=True)
class _Place:
    """A level's place among the words of its phrase, of which the first `stated` state something."""

    words: str
    stated: int
    start: int
    end: int
    before: str
    after: str
    first: bool
    last: bool

    @property
    def in_statement(self) -> bool:
        """Whether the level stands in what is stated, not in what is asked."""
        return self.start < self.stated

    @property
    def general(self) -> bool:
        """A question or word about the rule, by nobody in particular: 报四星要什么条件."""
        return bool(GENERAL.search(without_proposals(self.words))) and not MEANT.search(self.words)

    @property
    def is_a_condition(self) -> bool:
        """Whether the level is one that somebody needs: 有四星就可以报了吧."""
        return is_a_condition(self.before, self.after)


def read_levels(hearing: Hearing) -> tuple[list[Find], list[Ambiguity]]:
    """Levels held and applied for; two applied for at once are asked back."""
    cue = hearing.cues.levels
    if cue is None:
        return [], []
    finds: list[Find] = []
    unclear: list[Ambiguity] = []
    said = [level for phrase in hearing.phrases for level in _levels(hearing, cue, phrase)]
    for phrase in hearing.phrases:
        levels = _levels(hearing, cue, phrase, said)
        applying = [s for s in levels if s.role == "applying"]
        held = [s for s in levels if s.role in {"current", "none"}]
        if len({s.level for s in applying}) > 1:
            if not GENERAL.search(phrase.words):
                begin, end = phrase.start + applying[0].start, phrase.start + applying[-1].end
                unclear.append(Ambiguity(cue.applying, hearing.utterance.quote(begin, end), cue.which))
        elif applying:
            unclear = [] if decides(phrase.words) else unclear  # 三星四星都想报，那就先报三星
            end = max(applying[-1].end, len(phrase.text))
            finds.append(hearing.find(cue.applying, applying[-1].level, phrase, 0, end))
        for level in sorted(held, key=lambda s: -s.level)[:1]:  # 2021年三星，2022年四星: the higher is held
            end = max(level.end, len(phrase.text))
            finds.append(hearing.find(cue.current, level.level, phrase, 0, end))
        finds += _none(hearing, cue, phrase, bool(held))
    finds = _highest_held(cue, finds if not unclear else [f for f in finds if f.name != cue.applying])
    if not finds and hearing.asked == cue.current and read_answer(hearing.utterance.text) is False:
        first = hearing.phrases[0]
        finds.append(hearing.find(cue.current, 0, first, 0, len(first.text)))
    return finds, unclear


def _highest_held(cue: LevelCue, finds: list[Find]) -> list[Find]:
    """2021年获评三星，2022年获评四星: of several levels won the highest is the one held, unless one is put right."""
    held = [f for f in finds if f.name == cue.current and isinstance(f.value, int) and f.value]
    if len(held) < 2 or any(f.phrase.correction or f.phrase.hypothetical for f in held):
        return finds
    highest = max(f.value for f in held if isinstance(f.value, int))
    return [f for f in finds if f not in held or f.value == highest]


def _levels(
    hearing: Hearing, cue: LevelCue, phrase: Phrase, said: Sequence[_Level] | None = None
) -> list[_Level]:
    """Levels of the phrase with their roles; the role of one passes on to those joined to it.

    By the patterns alone, unless it is known what these `said` of the whole message, which then has no second
    level of the same role.
    """
    words = phrase.words
    matches = [
        m for m in STAR.finditer(words) if not cue.other.match(words, m.start()) and figure(m) in cue.levels
    ]
    roles: list[_Level] = []
    for position, match in enumerate(matches):
        begin = matches[position - 1].end() if position else 0
        upto = matches[position + 1].start() if position + 1 < len(matches) else len(words)
        place = _Place(
            words,
            len(phrase.text),
            match.start(),
            match.end(),
            words[begin : match.start()].rstrip(),
            words[match.end() : upto],
            position == 0,
            position + 1 == len(matches),
        )
        role = _role(hearing, cue, phrase, match, place)
        aside = place.is_a_condition or _is_of_next_year(hearing, place)
        if not role and said is not None and not aside:
            learned = _learned(hearing, cue, phrase, match, place)
            role = "" if any(s.role == learned and s.level != figure(match) for s in said) else learned
        if not role and roles and JOIN.fullmatch(place.before):
            role = roles[-1].role
        level = 0 if role == "none" else figure(match)
        roles.append(_Level(match.start(), match.end(), level, role))
    for position in range(len(roles) - 2, -1, -1):  # 四星、五星一起报: the verb behind serves both
        this, following = roles[position], roles[position + 1]
        if not this.role and following.role and JOIN.fullmatch(words[this.end : following.start]):
            roles[position] = _Level(this.start, this.end, this.level, following.role)
    return [r for r in roles if r.role and hearing.is_own(phrase, r.start, r.end)]


def _learned(hearing: Hearing, cue: LevelCue, phrase: Phrase, match: re.Match[str], place: _Place) -> Role:
    """What people mean who put it like this, where no pattern tells."""
    if hearing.statements is None or place.general or names_only(place.words, place.start, place.end):
        return ""  # 报上云，三星，行吗: of the level alone no words tell what it is
    name = level_owner(hearing, phrase.start + match.start())
    if name == cue.current and place.in_statement and not hearing.mentions(cue.none_held):
        return "current"  # 四星呢 asks of a level that nobody has yet
    return "applying" if name == cue.applying else ""


def _role(hearing: Hearing, cue: LevelCue, phrase: Phrase, match: re.Match[str], place: _Place) -> Role:
    before = place.before
    if NOT_MEANT.search(before) or place.is_a_condition or _is_of_next_year(hearing, place):
        return ""
    denied = DENIED.search(_WHETHER.sub("能", before))
    if denied:
        if "是" in denied.group() and not place.last:
            return ""  # 不是三星，是四星
        # Who lacks the lowest level holds none; who lacks a higher one may hold a lower.
        return "none" if place.start <= place.stated and figure(match) == min(cue.levels) else ""
    if re.search("(?:跳过|越过|不经|先不|绕过)$", before):
        return ""
    if match["from"] or (not place.last and _RAISED.match(place.after)):
        return "" if place.general else "current"  # 三星升四星, 三星能报五星吗
    if match["short"]:
        return "" if place.general else "applying"
    first = re.search("(?:要|需|必须|得)?先(?:要|得)?(?:评|有|拿|是|报|成为)", before)
    if first and not place.in_statement and not may_be_first(before):
        return ""
    if (
        _APPLY.search(before)
        or _WANT.search(before)
        or (place.last and _TRIED_BEHIND.match(place.after.lstrip()))
    ):
        return "applying" if _is_meant(place) else ""
    if _is_held(hearing, cue, phrase, place):
        return "current"
    short_answer = (
        place.first and len(place.words) <= 12 and place.in_statement and not _OF_ANOTHER.search(place.words)
    )
    if hearing.asked in {cue.applying, cue.current} and short_answer:
        # 就三星 may answer what is held; 那就四星 takes another one.
        return "applying" if hearing.asked == cue.applying or takes_another(place.words) else "current"
    return ""


def _is_of_next_year(hearing: Hearing, place: _Place) -> bool:
    """三星今年评上，明年直接报四星: what is meant for another year is neither held nor applied for today."""
    if NEXT_YEAR.search(place.words[: place.start]):
        return True
    this = _THIS_YEAR.search(place.before) or _THIS_YEAR.match(place.after)
    return bool(this) and hearing.mentions(NEXT_YEAR)


def _is_meant(place: _Place) -> bool:
    """Whether who speaks of applying means itself: not 「报四星要什么条件」, but 「能直接报五星吗」."""
    if place.general:
        return False
    bare = re.fullmatch("(?:申报|申请|报|评)?", place.before.strip()) and place.first
    asked = len(place.words) > place.stated and not MEANT.search(place.words)
    leave = re.search("(?:能|可以|可|行|直接)[^，。]{0,4}$", place.before) or _LEAVE_BEHIND.match(place.after)
    behind = re.search("能|可以|行", place.after) and _TRIED_BEHIND.match(place.after.lstrip())
    return not (bare and asked and not leave and not behind) or bool(
        re.search("[不吗]$", place.words) and bare
    )


def _is_held(hearing: Hearing, cue: LevelCue, phrase: Phrase, place: _Place) -> bool:
    """Whether the level is one that the applicant has: 去年评上三星, 目前四星, 三星企业还能报吗."""
    now = _NOW.search(place.before)
    if not place.in_statement and not now:
        return False
    if _OF_LAST_YEAR.search(place.before):
        return not re.match("(?:级|企业|上云)*(?:都|也|还|是)*(?:没|未|不|想|要|落)", place.after)
    if HOLD.search(place.before):
        timed = _WHEN.search(place.words[: place.start])
        weak = re.fullmatch("(?:有|是|通过)", place.before.strip()) and not place.first
        told = MEANT.search(place.words[: place.start]) or timed or hearing.asked == cue.current
        return bool(told) or (not weak and not place.general)
    if now or (_BEHIND_HELD.match(place.after) and not place.general):
        return True
    if place.first and _SELF.fullmatch(place.before + "|" + place.words[place.start :]) and not place.general:
        return True
    rest = place.words[place.end :].removeprefix("企业")
    still = re.match("(?:还)?(?:能|可以)(?:再|不能再|继续|直接)", rest) and not place.general
    after = hearing.utterance.text[phrase.start + place.end :]
    just = place.first and not place.after and _JUST_SAID.match(after)
    return bool(still or (just and re.fullmatch("(?:我们|我司|是)*", place.before)))


def _none(hearing: Hearing, cue: LevelCue, phrase: Phrase, told: bool) -> list[Find]:
    """没评过, 首次评星: no level is held. Without the word 星 only where stars are the subject."""
    match = cue.none_held.search(phrase.text)
    if told or match is None or not hearing.is_own(phrase, match.start(), match.end()):
        return []
    before = STAR.search(phrase.text, max(0, match.start() - 6), match.start())
    if before is not None and figure(before) != min(cue.levels):
        return []  # 四星没评上: one of the others may be held; who has not won the lowest holds none
    if (set_aside := _BUT.search(phrase.text[: match.start()])) and figure(set_aside) in cue.levels:
        return [hearing.find(cue.current, figure(set_aside), phrase, set_aside.start(), match.end())]
    subject = "星" in hearing.utterance.text or hearing.category in cue.categories
    if subject or hearing.asked in {cue.current, cue.applying}:
        return [hearing.find(cue.current, 0, phrase, match.start(), match.end())]
    return []
