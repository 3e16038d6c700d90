"""The level applied for where no verb says so: one named in a question, the one above that held, a heading.

「四星到手，五星我们够不够资格」, 「想再升一级」, 「四星上云，现在没有星级」: who speaks of applying means the level that is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.facts.levels.words import DENIED, GENERAL, HOLD, MEANT, NOT_MEANT
from assistant.facts.reading import TELLING, Find, Hearing
from assistant.facts.spoken.stars import NAMED_ONLY, STAR, figure

_APPLYING = re.compile(
    "(?:能不能|能否|可不可以|可以|还能|能|想|要)[^，。]{0,3}(?:申?报|申(?=[吗不么嘛]|$)|参评|(?:弄|搞|整|试)(?=[吗么不嘛]|一[下个]|$))|够[吗不格]|符合[吗么条不]"
    "|[赶够]得[上着及]|[上进]得去|来得及|冲[得不]|有(?:没有)?(?:戏|可能|指望|希望)|够(?:资格|线|条件)|资格|(?:能|可以|行|成|中|ok|OK)(?:不|吗|么|嘛)?(?=[?？])|(?:能|可以|行|成|中)(?:不|吗|么|嘛)(?=$|[，,。?？!！ ])"
)
_MAY = re.compile(
    "(?:ok|OK|行|可以)[?？]|(?:能|可以|可|行|够|成|中)(?:不|吗|么|嘛|否)|能不能|可不可以|行不行|够不够|成不成|资格|够格|有戏|符合|冲|[赶上报得][得不][上了成去]|来得及|星级?(?:上云|企业|的)*呢"
)
_APPLIES_FOR = re.compile(
    "(?:我们?|我司|公司|今年|这次|准备|打算|想|要|来|去)*(?:申?报|申请|评)(?:的是|个|一个|省|省级)*(?:星级)?(?:上云)(?:企业)?(?:类|的)?"
)
_ONE_UP = re.compile(
    "(?:再|往上|还想|想)[^，。]{0,4}(?:升|上|进|提|够|冲|走|迈)(?:一|个|1)(?:一?[级星档格步]|颗星|层楼?|够)|更(?:上一层楼?|进一步)"
)
_HOW = "(?:到底|应?该|还|要|又|再|的话|去)*(?:怎么|如何|怎样|咋)(?:去|来|个|样|才能|能)?(?:申?报(?!告)|申请|评(?![分审])|冲|升|弄|搞)"
_HOW_BEHIND = re.compile(f"(?:级|上云|企业|的|我们?|[ ])*{_HOW}")
_HOW_BEFORE = re.compile(f"{_HOW}(?:到|成|上|个|一个)?$")
_CHOSEN = re.compile("(?:那么?|我们|就|先|还是|选|报|冲){0,4}[三四五345]星(?:级)?(?:吧|好了|算了)[，。!！ ]*")
"""三星吧: a choice."""
_CATEGORY = re.compile("上云")
_OF_A_LEVEL_ALONE = re.compile(
    "(?:那么?|如果|要是|假如|换(?:成|个)?|改(?:成|为)?|直接|我们?|想|去?报|申报|冲|上|的话|评)*[|](?:级|上云|企业|类|的|话|申?报|行|可以|能|成|中|够|符合|有戏|[不吗么嘛呢吧]|怎么样|怎样|如何|[?？])*"
)


def read_applied_level(hearing: Hearing, finds: Sequence[Find], levels: Sequence[Find]) -> list[Find]:
    """The level that the applicant wants, unless it was told among `finds`; `levels` are those of the patterns."""
    cue = hearing.cues.levels
    if cue is None or any(find.name == cue.applying for find in finds):
        return []
    held = {find.value for find in levels if isinstance(find.value, int) and find.value}
    if next_up := _next_level(hearing, held) or _way_up(hearing, held):
        return next_up
    if held:
        return _headed_by_next(hearing, held) or _remaining_level(
            hearing, held, lists_itself=len(finds) > TELLING
        )
    applies = len(finds) >= TELLING or _APPLYING.search(hearing.utterance.text) or _asks_of_another(hearing)
    applies = applies or _is_named_behind(hearing) or any(_CHOSEN.fullmatch(p.words) for p in hearing.phrases)
    return _named_level(hearing) if applies or (levels and _headed_by_level(hearing)) else []


def _named_level(hearing: Hearing) -> list[Find]:
    """三星级上云能不能报: the one level named, in whatever place, is the one applied for.

    Only for who speaks of applying; where a level is held or two are named, it is left open.
    """
    cue = hearing.cues.levels
    if cue is None:
        return []
    places = [
        (p, m)
        for p in hearing.phrases
        for m in STAR.finditer(p.words)
        if figure(m) in cue.levels and not cue.other.match(p.words, m.start())
    ]
    named = {figure(m) for _, m in places}
    if len(named) != 1:
        return []
    phrase, match = places[0]
    if any(
        GENERAL.search(p.words) or HOLD.search(p.words[: m.start()]) or DENIED.search(p.words[: m.start()])
        for p, m in places
    ):
        return []
    return [hearing.find(cue.applying, named.pop(), phrase, match.start(), match.end())]


def _remaining_level(hearing: Hearing, held: set[int], *, lists_itself: bool) -> list[Find]:
    """四星到手，五星我们够不够资格: of who asks whether it may, the one level named besides the one held.

    `lists_itself`: the message tells much else of the applicant, as who applies does.
    """
    cue = hearing.cues.levels
    if cue is None or not (lists_itself or _MAY.search(hearing.utterance.text)):
        return []
    places = [
        (phrase, match)
        for phrase in hearing.phrases
        for match in STAR.finditer(phrase.words)
        if figure(match) in cue.levels
        and figure(match) not in held
        and not cue.other.match(phrase.words, match.start())
        and hearing.is_own(phrase, match.start(), match.end())
        and not NOT_MEANT.search(phrase.words[: match.start()])
        and not (GENERAL.search(phrase.words) and not MEANT.search(phrase.words))
    ]
    if len({figure(match) for _, match in places}) != 1:
        return []
    phrase, match = places[-1]
    return [hearing.find(cue.applying, figure(match), phrase, match.start(), match.end())]


def _headed_by_level(hearing: Hearing) -> bool:
    """Whether a phrase is nothing but a level, as the heading of what follows: 四星上云，现在没有星级."""
    spoken = (phrase.words.strip() for phrase in hearing.phrases)
    named = ((words, STAR.match(words)) for words in spoken)
    return any(match and NAMED_ONLY.fullmatch(words, match.end()) for words, match in named)


def _headed_by_next(hearing: Hearing, held: set[int]) -> list[Find]:
    """四星，之前评过三星了: a level by itself, above the one that is held, at the head or behind the category."""
    cue = hearing.cues.levels
    if cue is None:
        return []
    for phrase in hearing.phrases:
        words, before = phrase.words.strip(), hearing.phrases[phrase.position - 1].words.strip()
        named = STAR.match(words)
        if named is None or not NAMED_ONLY.fullmatch(words, named.end()) or phrase.hypothetical:
            continue
        at_head = not phrase.position or _APPLIES_FOR.fullmatch(before)
        if at_head and figure(named) in cue.levels and figure(named) > max(held):
            return [hearing.find(cue.applying, figure(named), phrase, 0, len(phrase.text))]
    return []


def _is_named_behind(hearing: Hearing) -> bool:
    """报上云，三星: whether a level by itself stands behind the category that is applied for."""
    pairs = pairwise(phrase.words.strip() for phrase in hearing.phrases)
    return any(
        _APPLIES_FOR.fullmatch(category)
        and (level := STAR.match(words))
        and NAMED_ONLY.fullmatch(words, level.end())
        for category, words in pairs
    )


def _asks_of_another(hearing: Hearing) -> bool:
    """Whether who applies for a level, or told of itself for another category, asks of one alone: 那五星呢, 那三星上云呢."""
    cue, text = hearing.cues.levels, hearing.utterance.text
    if cue is None or (match := STAR.search(text)) is None:
        return False
    if cue.applying not in hearing.known and not (hearing.known and _CATEGORY.search(text)):
        return False
    return _OF_A_LEVEL_ALONE.fullmatch(f"{text[: match.start()]}|{text[match.end() :]}") is not None


def _way_up(hearing: Hearing, held: set[int]) -> list[Find]:
    """三星是2020年评的，四星要怎么报: who tells the level held and asks how to apply for the next one wants that."""
    cue = hearing.cues.levels
    if cue is None or len(held) != 1 or (level := min(held) + 1) not in cue.levels:
        return []
    return [
        hearing.find(cue.applying, level, phrase, match.start(), match.end())
        for phrase in hearing.phrases
        for match in STAR.finditer(phrase.words)
        if figure(match) == level
        and not cue.other.match(phrase.words, match.start())
        and (
            _HOW_BEHIND.match(phrase.words, match.end()) or _HOW_BEFORE.search(phrase.words[: match.start()])
        )
    ][:1]


def _next_level(hearing: Hearing, held: set[int]) -> list[Find]:
    """三星证书两年了，想再升一级: the level above the one that is held, by this message or as was known."""
    cue = hearing.cues.levels
    if cue is None:
        return []
    known = hearing.known.get(cue.current)
    held = held or ({known} if isinstance(known, int) else set())
    up = next((p for p in hearing.phrases if _ONE_UP.search(p.words)), None)
    if (
        up is None
        or len(held) != 1
        or (level := min(held) + 1) not in cue.levels
        or min(held) not in cue.levels
    ):
        return []
    return [hearing.find(cue.applying, level, up, 0, len(up.words))]
