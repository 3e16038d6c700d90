"""The level held where no verb says so: the one left beside the one applied for, and both where one becomes the other.

「三星，想报四星」, 「俺厂四星，想整五星」, 「3→4」, 「拟由四星级提升至五星级」, 「现三拟四」.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts.levels.words import (
    DENIED,
    FAILED_BEHIND,
    GENERAL,
    NOT_MEANT,
    ONCE,
    REVOKED_BEHIND,
    STILL_PENDING,
    UNSURE_BEHIND,
)
from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Find, Hearing
from assistant.facts.spoken.stars import STAR, figure
from knowledge.numerals import parse_numeral

_LEVEL = "[345三四五]"
_BECOMES = re.compile(
    f"(?P<held>{_LEVEL}|[0零](?=[ →>-]))(?:颗?星级?)?(?:上云)?(?:企业)?(?: ?(?:→|->|>|—>|=>) ?|(?:提升?|升级?|晋级|进|转)(?:至|到|为|成)?|[变到]成?)(?P<next>{_LEVEL})(?![0-9个年月万号日])"
    f"|[现持](?:有|为|是)?(?P<held_short>{_LEVEL})星?[，、 ]?(?:拟|想|冲|申|报)(?P<next_short>{_LEVEL})(?![0-9个年月万号日])"
)
_FORM_HELD = re.compile(
    "(?:现有?|已有|已获|目前|当前|持有)(?:持有)?(?:的)?(?:星级|级别|等级)[】]?[ =:为是]*(?P<level>[0345三四五无]|没有)(?![0-9])"
)
_FORM_APPLIED = re.compile(
    "(?:(?:申报|申请|报)(?:的)?(?:星级|级别|等级)[】]?[ =:为是]*|拟申报[=:])(?P<level>[345三四五])(?![0-9月日号个.])"
)
_ITSELF = re.compile("(?:我们|我司|我公司|公司|是|一家|省|的)*[345三四五]星级?(?:上云)?企业")
_NOT_GOT = re.compile("(?:级|企业|上云)*(?:都|也|还|是)*(?:没|未|不)")
_ONCE_WANTED = re.compile("原(?:计划|想|打算|定)|本来(?:想|要|打算)|先前想|起初")
_AT_LEAST = re.compile("(?:级|企业|上云)*(?:及|或)?以[上下]")
_PUT_RIGHT = re.compile("^(?:哦|噢|啊)?(?:是|应该是|应为|改成|改为)$")


def read_becoming(hearing: Hearing) -> list[Find]:
    """The level held and the one applied for, where one is said to become the other, or a form has both."""
    cue, text = hearing.cues.levels, hearing.utterance.text
    if cue is None or not ("星" in text or hearing.category in cue.categories):
        return []
    for phrase in hearing.phrases:
        became = _BECOMES.search(phrase.words)
        if became is None or GENERAL.search(phrase.words):
            continue
        held, wanted = (
            int(parse_numeral(became[name] or became[f"{name}_short"]) or 0) for name in ("held", "next")
        )
        if held < wanted and hearing.is_own(phrase, became.start(), became.end()):
            return [
                hearing.find(cue.current, held, phrase, became.start(), became.end()),
                hearing.find(cue.applying, wanted, phrase, became.start(), became.end()),
            ]
    forms = ((cue.current, _FORM_HELD), (cue.applying, _FORM_APPLIED))
    return [
        hearing.find(name, _in_form(told), phrase, told.start(), told.end())
        for phrase in hearing.phrases
        for name, form in forms
        for told in form.finditer(phrase.text)
    ]


def read_held_level(hearing: Hearing, finds: Sequence[Find]) -> list[Find]:
    """Beside the level applied for the one other that is stated is the one held, or what that is put right to."""
    cue = hearing.cues.levels
    applied = [find for find in finds if cue is not None and find.name == cue.applying]
    if cue is None or len({find.value for find in applied}) != 1 or _known(finds, cue.current):
        return []
    places = [
        (phrase, match) for phrase in hearing.phrases for match in _stated(hearing, phrase, applied[0].value)
    ]
    if len({figure(match) for _, match in places}) != 1:
        return []
    phrase, match = places[-1]
    level = figure(match)
    if phrase.correction and _PUT_RIGHT.match(phrase.words[: match.start()].strip()):
        return [hearing.find(cue.applying, level, phrase, match.start(), match.end())]
    if isinstance(applied[0].value, int) and level > applied[0].value:
        return []  # who applies for less than is named here may hold it, or may have wanted it
    return [hearing.find(cue.current, level, phrase, match.start(), match.end())]


def read_level_named_first(hearing: Hearing, finds: Sequence[Find]) -> list[Find]:
    """三星企业，今年四星还是五星都能报吗: what a firm calls itself, before it asks for the higher levels, it holds."""
    cue = hearing.cues.levels
    if cue is None or _known(finds, cue.current):
        return []
    first = next(iter(hearing.phrases))
    itself = _ITSELF.fullmatch(first.text.strip())
    named = STAR.search(first.text) if itself else None
    others = [figure(match) for p in hearing.phrases[1:] for match in STAR.finditer(p.words)]
    if named is None or figure(named) not in cue.levels or not others or min(others) <= figure(named):
        return []
    return [hearing.find(cue.current, figure(named), first, named.start(), named.end())]


def _in_form(told: re.Match[str]) -> int:
    return 0 if told["level"] in {"无", "没有"} else int(parse_numeral(told["level"]) or 0)


def _known(finds: Sequence[Find], name: str) -> bool:
    return any(find.name == name for find in finds)


def _stated(hearing: Hearing, phrase: Phrase, applied: object) -> list[re.Match[str]]:
    """The other levels that a phrase states of the applicant."""
    cue = hearing.cues.levels
    assert cue is not None  # noqa: S101 - the caller has asked
    if phrase.hypothetical or GENERAL.search(phrase.words) or _ONCE_WANTED.search(phrase.words):
        return []
    return [
        match
        for match in STAR.finditer(phrase.text)
        if figure(match) in cue.levels
        and figure(match) != applied
        and not cue.other.match(phrase.text, match.start())
        and not DENIED.search(phrase.text[: match.start()])
        and not NOT_MEANT.search(phrase.text[: match.start()])
        and not _NOT_GOT.match(phrase.text, match.end())
        and not REVOKED_BEHIND.match(phrase.text[match.end() :])
        and not UNSURE_BEHIND.search(phrase.words[match.end() :])
        and not (
            FAILED_BEHIND.match(phrase.text[match.end() :]) and ONCE.search(phrase.text[: match.start()])
        )
        and not STILL_PENDING.match(hearing.utterance.text[phrase.start + match.end() :])
        and not _AT_LEAST.match(phrase.text, match.end())
        and hearing.is_own(phrase, match.start(), match.end())
    ]
