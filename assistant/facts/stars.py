"""Star levels: the one held today and the one applied for. 现在三星想报四星, 去年评上三星, 没评过, 三星升四星, ★★★."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.facts.level_words import (
    APPLY,
    BEHIND_HELD,
    BUT,
    DENIED,
    GENERAL,
    HOLD,
    JUST_SAID,
    LACKED_BEHIND,
    LEAVE_BEHIND,
    MEANT,
    NOT_MEANT,
    NOW,
    OF_ANOTHER,
    OF_LAST_YEAR,
    RAISED,
    REVOKED_BEHIND,
    SELF,
    STILL_PENDING,
    THIS_YEAR,
    TRIED_BEHIND,
    WANT,
    WHEN,
    WHETHER,
    WON_IN,
    WON_OR_NOT,
)
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
from knowledge.facts import FactValue

Role = Literal["applying", "current", "none", ""]


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

    @property
    def is_lost(self) -> bool:
        """Whether the level is said, behind it, not to be held: never won, or taken away again."""
        lacked = LACKED_BEHIND.match(self.after) or REVOKED_BEHIND.match(self.after)
        return self.in_statement and lacked is not None


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
    if not finds and hearing.asked == cue.current and read_answer(hearing.utterance.text) is False:
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
        aside = place.is_a_condition or place.is_lost
        aside = aside or bool(_pending(hearing, phrase, place)) or _is_of_next_year(hearing, place)
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
    denied = DENIED.search(WHETHER.sub("能", before))
    if denied:
        if "是" in denied.group() and not place.last:
            return ""  # 不是三星，是四星
        # Who lacks the lowest level holds none; who lacks a higher one may hold a lower.
        return "none" if place.start <= place.stated and figure(match) == min(cue.levels) else ""
    pending = _pending(hearing, phrase, place)
    if pending or place.is_lost:
        lowest = figure(match) == min(cue.levels) and place.in_statement
        return "none" if lowest and not (pending and pending["shown"]) else ""
    if re.search("(?:跳过|越过|不经|先不|绕过)$", before):
        return ""
    if match["from"] or (not place.last and RAISED.match(place.after)):
        return "" if place.general else "current"  # 三星升四星, 三星能报五星吗
    if match["short"]:
        return "" if place.general else "applying"
    first = re.search("(?:要|需|必须|得)?先(?:要|得)?(?:评|有|拿|是|报|成为)", before)
    if first and not place.in_statement and not may_be_first(before):
        return ""
    if (
        APPLY.search(before)
        or WANT.search(before)
        or (place.last and TRIED_BEHIND.match(place.after.lstrip()))
    ):
        return "applying" if _is_meant(place) else ""
    if _is_held(hearing, cue, phrase, place):
        return "current"
    short_answer = (
        place.first and len(place.words) <= 12 and place.in_statement and not OF_ANOTHER.search(place.words)
    )
    if short_answer and cue.applying in hearing.known and takes_another(place.words):
        return "applying"  # 还是四星吧, of who applied for five
    if hearing.asked in {cue.applying, cue.current} and short_answer:
        # 就三星 may answer what is held; 那就四星 takes another one.
        return "applying" if hearing.asked == cue.applying or takes_another(place.words) else "current"
    return ""


def _pending(hearing: Hearing, phrase: Phrase, place: _Place) -> re.Match[str] | None:
    return STILL_PENDING.match(hearing.utterance.text[phrase.start + place.end :])


def _is_of_next_year(hearing: Hearing, place: _Place) -> bool:
    """三星今年评上，明年直接报四星: what is meant for another year is neither held nor applied for today."""
    if NEXT_YEAR.search(place.words[: place.start]):
        return True
    this = THIS_YEAR.search(place.before) or THIS_YEAR.match(place.after)
    return bool(this) and hearing.mentions(NEXT_YEAR)


def _is_meant(place: _Place) -> bool:
    """Whether who speaks of applying means itself: not 「报四星要什么条件」, but 「能直接报五星吗」."""
    if place.general:
        return False
    bare = re.fullmatch("(?:申报|申请|报|评)?", place.before.strip()) and place.first
    asked = len(place.words) > place.stated and not MEANT.search(place.words)
    leave = re.search("(?:能|可以|可|行|直接)[^，。]{0,4}$", place.before) or LEAVE_BEHIND.match(place.after)
    behind = re.search("能|可以|行", place.after) and TRIED_BEHIND.match(place.after.lstrip())
    return not (bare and asked and not leave and not behind) or bool(
        re.search("[不吗]$", place.words) and bare
    )


def _is_held(hearing: Hearing, cue: LevelCue, phrase: Phrase, place: _Place) -> bool:
    """Whether the level is one that the applicant has: 去年评上三星, 目前四星, 三星企业还能报吗."""
    now = NOW.search(place.before)
    if not place.in_statement and not now:
        return False
    if OF_LAST_YEAR.search(place.before):
        return not re.match("(?:级|企业|上云)*(?:都|也|还|是)*(?:没|未|不|想|要|落)", place.after)
    if HOLD.search(place.before):
        timed = WHEN.search(place.words[: place.start])
        weak = re.fullmatch("(?:有|是|通过)", place.before.strip()) and not place.first
        told = MEANT.search(place.words[: place.start]) or timed or hearing.asked == cue.current
        return bool(told) or (not weak and not place.general)
    if now or (BEHIND_HELD.match(place.after) and not place.general):
        return True
    if (
        place.first
        and not place.before
        and WON_IN.fullmatch(place.after)
        and _after_a_won_one(hearing, phrase)
    ):
        return True
    if place.first and SELF.fullmatch(place.before + "|" + place.words[place.start :]) and not place.general:
        return True
    rest = place.words[place.end :].removeprefix("企业")
    still = re.match("(?:还)?(?:能|可以)(?:再|不能再|继续|直接)", rest) and not place.general
    after = hearing.utterance.text[phrase.start + place.end :]
    just = place.first and not place.after and JUST_SAID.match(after)
    return bool(still or (just and re.fullmatch("(?:我们|我司|是)*", place.before)))


def _after_a_won_one(hearing: Hearing, phrase: Phrase) -> bool:
    """三星是2020年评的，四星2021年: whether the phrase before tells when a level was won."""
    before = hearing.phrases[phrase.position - 1] if phrase.position else None
    won = STAR.search(before.words) if before and before.sentence == phrase.sentence else None
    return before is not None and won is not None and WON_IN.search(before.words, won.end()) is not None


def _none(hearing: Hearing, cue: LevelCue, phrase: Phrase, told: bool) -> list[Find]:
    """没评过, 首次评星: no level is held. Without the word 星 only where stars are the subject."""
    match = cue.none_held.search(phrase.text)
    if told or match is None or not hearing.is_own(phrase, match.start(), match.end()):
        return []
    if WON_OR_NOT.search(phrase.text[: match.end()]):
        return []  # 评没评过星记不清了
    before = STAR.search(phrase.text, max(0, match.start() - 6), match.start())
    if before is not None and figure(before) != min(cue.levels):
        return []  # 四星没评上: one of the others may be held; who has not won the lowest holds none
    if (set_aside := BUT.search(phrase.text[: match.start()])) and figure(set_aside) in cue.levels:
        return [hearing.find(cue.current, figure(set_aside), phrase, set_aside.start(), match.end())]
    subject = "星" in hearing.utterance.text or hearing.category in cue.categories
    if subject or hearing.asked in {cue.current, cue.applying}:
        return [hearing.find(cue.current, 0, phrase, match.start(), match.end())]
    return []
