"""What a level is to whoever names it: applied for, held, or neither.

「去年评上三星」 and 「三星企业还能报吗」 hold it, 「能直接报五星吗」 applies for it, 「报四星要什么条件」 asks of the rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.facts.levels.together import (
    is_a_condition,
    may_be_first,
    takes_another,
    without_proposals,
)
from assistant.facts.levels.words import (
    APPLY,
    BEHIND_HELD,
    DENIED,
    FAILED_BEHIND,
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
    ONCE,
    RAISED,
    REVOKED_BEHIND,
    SELF,
    STILL_PENDING,
    THIS_YEAR,
    TRIED_BEHIND,
    UNSURE_BEHIND,
    WANT,
    WHEN,
    WHETHER,
    WISHED,
    WON_IN,
    WON_SINCE,
)
from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing
from assistant.facts.spoken.stars import NEXT_YEAR, STAR, figure
from knowledge.cues import LevelCue

_SKIPPED = re.compile("(?:跳过|越过|不经|先不|绕过)$")
_PUT_RIGHT = re.compile("(?:而|应该|其实|实际|我们?)*是(?:要|想)?")
_MEANT_ANOTHER = re.compile("(?:说|讲|问|指|要|报|选|评|申请|申报)的(?:并|可|真)?不是")
_SPEAKS_OF_APPLYING = re.compile(
    "(?:想|要|准备|打算|计划|能|可以)[^，。]{0,4}(?:申?报(?!告)|申请|评(?!上|过))|[报评申]的"
)

Role = Literal["applying", "current", "none", ""]


@dataclass(frozen=True, slots=True)
class Place:
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

    @property
    def came_to_nothing(self) -> bool:
        """Whether the level was applied for once, and not granted: 去年申报三星没通过."""
        failed = FAILED_BEHIND.match(self.after)
        return self.in_statement and failed is not None and ONCE.search(self.before) is not None


def is_aside(hearing: Hearing, phrase: Phrase, place: Place) -> bool:
    """Whether a level is neither held nor applied for, whatever else is said of it: a condition, lost, pending, next year's."""
    waits = _pending(hearing, phrase, place) is not None
    put_right = _puts_right(hearing, phrase, place)
    lost = place.is_lost or place.came_to_nothing or UNSURE_BEHIND.search(place.after) is not None
    return place.is_a_condition or lost or waits or put_right or _is_of_next_year(hearing, place)


def role_of(hearing: Hearing, cue: LevelCue, phrase: Phrase, match: re.Match[str], place: Place) -> Role:
    """What the patterns make of the level of `match`; empty where they cannot tell."""
    before = place.before
    if (
        UNSURE_BEHIND.search(place.after)
        or _is_passed_over(before)
        or place.is_a_condition
        or _is_of_next_year(hearing, place)
    ):
        return ""
    denied = DENIED.search(WHETHER.sub("能", before))
    if denied:
        if "是" in denied.group() and not place.last:
            return ""  # 不是三星，是四星
        # Who lacks the lowest level holds none; who lacks a higher one may hold a lower.
        return "none" if place.start <= place.stated and figure(match) == min(cue.levels) else ""
    pending = _pending(hearing, phrase, place)
    if pending or place.is_lost or place.came_to_nothing:
        lowest = figure(match) == min(cue.levels) and place.in_statement
        won = place.came_to_nothing and hearing.mentions(WON_SINCE)  # 前年报三星没评上，去年评上了
        return "none" if lowest and not won and not (pending and pending["shown"]) else ""
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
        or WISHED.search(before)
        or (place.last and TRIED_BEHIND.match(place.after.lstrip()))
    ):
        return "applying" if _is_meant(place) else ""
    if _puts_right(hearing, phrase, place):
        return _put_right(hearing, cue)
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


def _is_passed_over(before: str) -> bool:
    """Whether a level is not gone in for, or was only wished for once: 先不报四星, 跳过三星, 去年想评上三星."""
    once_wished = WISHED.search(before) and ONCE.search(before)
    return bool(NOT_MEANT.search(before) or _SKIPPED.search(before) or once_wished)


def _puts_right(hearing: Hearing, phrase: Phrase, place: Place) -> bool:
    """我说的不是四星，是三星: whether the phrase before says which level was not meant, and this one which was."""
    if not place.in_statement or not _PUT_RIGHT.fullmatch(place.before.strip()):
        return False
    before = hearing.phrases[phrase.position - 1] if phrase.position else None
    denied = _MEANT_ANOTHER.search(before.words) if before else None
    return before is not None and denied is not None and STAR.search(before.words, denied.end()) is not None


def _put_right(hearing: Hearing, cue: LevelCue) -> Role:
    """What a level put in place of another is: what the other was, or what the message speaks of."""
    if cue.current in hearing.known and cue.applying not in hearing.known:
        return "current"
    applies = cue.applying in hearing.known or hearing.mentions(_SPEAKS_OF_APPLYING)
    return "applying" if applies else ""


def _pending(hearing: Hearing, phrase: Phrase, place: Place) -> re.Match[str] | None:
    return STILL_PENDING.match(hearing.utterance.text[phrase.start + place.end :])


def _is_of_next_year(hearing: Hearing, place: Place) -> bool:
    """三星今年评上，明年直接报四星: what is meant for another year is neither held nor applied for today."""
    if NEXT_YEAR.search(place.words[: place.start]):
        return True
    this = THIS_YEAR.search(place.before) or THIS_YEAR.match(place.after)
    return bool(this) and hearing.mentions(NEXT_YEAR)


def _is_meant(place: Place) -> bool:
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


def _is_held(hearing: Hearing, cue: LevelCue, phrase: Phrase, place: Place) -> bool:
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
    just = place.first and place.after[:1] in {"", " "} and JUST_SAID.match(after)
    return bool(still or (just and re.fullmatch("(?:.* )?(?:我们|我司|是|上云)*[ ]?", place.before)))


def _after_a_won_one(hearing: Hearing, phrase: Phrase) -> bool:
    """三星是2020年评的，四星2021年: whether the phrase before tells when a level was won."""
    before = hearing.phrases[phrase.position - 1] if phrase.position else None
    won = STAR.search(before.words) if before and before.sentence == phrase.sentence else None
    return before is not None and won is not None and WON_IN.search(before.words, won.end()) is not None
