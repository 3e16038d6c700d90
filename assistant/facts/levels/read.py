"""Star levels: the one held today and the one applied for. 现在三星想报四星, 去年评上三星, 没评过, 三星升四星, ★★★."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.facts.levels.roles import Place, Role, is_aside, role_of
from assistant.facts.levels.together import (
    JOIN,
    decides,
)
from assistant.facts.levels.words import (
    BUT,
    GENERAL,
    HAVE_NONE,
    NONE_WON,
    WON_IN,
    WON_OR_NOT,
    WON_SINCE,
)
from assistant.facts.message.polarity import Polarity, find_markers, read_answer
from assistant.facts.message.utterance import Phrase
from assistant.facts.owned import level_owner
from assistant.facts.reading import Ambiguity, Find, Hearing
from assistant.facts.spoken.stars import STAR, figure, names_only
from knowledge.cues import LevelCue
from knowledge.facts import FactValue


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    end: int
    level: int
    role: Role


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
    finds = finds if not unclear else [f for f in finds if f.name != cue.applying]
    finds = _highest_held(cue, finds, hearing.known.get(cue.current))
    text = hearing.utterance.text
    none = read_answer(text) is False or NONE_WON.fullmatch(text.strip(" ，。,.!！~"))
    if not finds and hearing.asked == cue.current and none:
        first = hearing.phrases[0]
        finds.append(hearing.find(cue.current, 0, first, 0, len(first.text)))
    return finds, unclear


def _highest_held(cue: LevelCue, finds: list[Find], known: FactValue | None) -> list[Find]:
    """2021年获评三星，2022年获评四星: of several levels won the highest is the one held, unless one is put right.

    So it is of one told before: when the three stars of a firm of four were won takes nothing from it.
    """
    if isinstance(known, int):
        finds = [f for f in finds if f.name != cue.current or not _was_won_before(f, known)]
    held = [f for f in finds if f.name == cue.current and isinstance(f.value, int) and f.value]
    if len(held) < 2 or any(f.phrase.correction or f.phrase.hypothetical for f in held):
        return finds
    highest = max(f.value for f in held if isinstance(f.value, int))
    return [f for f in finds if f not in held or f.value == highest]


def _was_won_before(find: Find, known: int) -> bool:
    """Whether a level below the one held is only told with the year in which it was won."""
    lower = isinstance(find.value, int) and 0 < find.value < known
    return lower and not find.phrase.correction and WON_IN.search(find.phrase.words) is not None


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
        place = Place(
            words,
            len(phrase.text),
            match.start(),
            match.end(),
            words[begin : match.start()].rstrip(),
            words[match.end() : upto],
            position == 0,
            position + 1 == len(matches),
        )
        role = role_of(hearing, cue, phrase, match, place)
        if not role and said is not None and not is_aside(hearing, phrase, place):
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


def _learned(hearing: Hearing, cue: LevelCue, phrase: Phrase, match: re.Match[str], place: Place) -> Role:
    """What people mean who put it like this, where no pattern tells."""
    if hearing.statements is None or place.general or names_only(place.words, place.start, place.end):
        return ""  # 报上云，三星，行吗: of the level alone no words tell what it is
    name = level_owner(hearing, phrase.start + match.start())
    if name == cue.current and place.in_statement and not hearing.mentions(cue.none_held):
        return "current"  # 四星呢 asks of a level that nobody has yet
    return "applying" if name == cue.applying else ""


def _none(hearing: Hearing, cue: LevelCue, phrase: Phrase, told: bool) -> list[Find]:
    """没评过, 首次评星: no level is held. Without the word 星 only where stars are the subject."""
    match = cue.none_held.search(phrase.text)
    if not told and match is None and _lacks_what_was_named(hearing, cue, phrase):
        return [hearing.find(cue.current, 0, phrase, 0, len(phrase.text))]
    if told or match is None or not hearing.is_own(phrase, match.start(), match.end()):
        return []
    if WON_OR_NOT.search(phrase.text[: match.end()]):
        return []  # 评没评过星记不清了
    if any(m.polarity is Polarity.UNSURE and m.end > match.end() for m in find_markers(phrase.words)):
        return []  # 到期了还是没评过都不清楚
    if WON_SINCE.search(hearing.utterance.text, phrase.start + match.end()):
        return []  # 前年没评上，去年评上了
    before = STAR.search(phrase.text, max(0, match.start() - 6), match.start())
    if before is not None and figure(before) != min(cue.levels):
        return []  # 四星没评上: one of the others may be held; who has not won the lowest holds none
    if (set_aside := BUT.search(phrase.text[: match.start()])) and figure(set_aside) in cue.levels:
        return [hearing.find(cue.current, figure(set_aside), phrase, set_aside.start(), match.end())]
    subject = "星" in hearing.utterance.text or hearing.category in cue.categories
    if subject or hearing.asked in {cue.current, cue.applying}:
        return [hearing.find(cue.current, 0, phrase, match.start(), match.end())]
    return []


def _lacks_what_was_named(hearing: Hearing, cue: LevelCue, phrase: Phrase) -> bool:
    """三星是母公司拿的，本公司没有: whether nothing is said but that the lowest level, named just before, is lacking."""
    before = hearing.phrases[phrase.position - 1] if phrase.position else None
    if before is None or before.sentence != phrase.sentence or not HAVE_NONE.fullmatch(phrase.text.strip()):
        return False
    named = [
        match for match in STAR.finditer(before.words) if not cue.other.match(before.words, match.start())
    ]
    return bool(named) and figure(named[-1]) == min(cue.levels) and hearing.is_wholly_own(phrase)
