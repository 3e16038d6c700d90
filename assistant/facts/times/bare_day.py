"""A day by itself, in a list of what the applicant is or right behind the firm: 独立法人，2010年，财务规范; 老家具厂，宿迁，04年的."""

from __future__ import annotations

import re
from datetime import date

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import TELLING, Find, Hearing
from assistant.facts.spoken.dates import SpokenDate, bare_year, find_dates
from knowledge.cues import SinceCue

_SINCE_THEN = re.compile("年?(?:的|(?:就|已经?)[有在开办]的?了?)")
_OLD_FIRM = re.compile("(?:我们|我司|公司|是|家|一|的){0,4}老(?:厂子?|工厂|企业|公司|字号|牌子|店)(?:了|啦)?")
"""06年的老厂: the firm itself, and since when."""
_PARTICLES = re.compile("[啦的了呀啊哦 ]")
_AROUND_A_DATE = re.compile("[的嘛吧呀 、]|年|成立|注册")


def read_bare_day(hearing: Hearing, finds: list[Find]) -> list[Find]:
    """The one day told by itself as the day of registration, where nothing else was read of it."""
    since = hearing.cues.since
    if since is None or any(find.name == since.fact for find in finds):
        return []
    asked_for = since.fact in hearing.expected and since.fact not in hearing.known
    introduced = hearing.utterance.owners.new_applicant_at is not None
    listed = len(finds) >= TELLING or hearing.mentions(since.words) or asked_for or introduced
    bare = [
        (phrase, spoken)
        for phrase in hearing.phrases
        for said in [phrase.text.strip()]
        for text in [_behind_the_place(hearing, said) if asked_for else said]
        for at in [phrase.text.rfind(text)]
        for spoken in _dates(text, hearing.as_of, year_alone=asked_for)
        if spoken.dated
        and hearing.is_own(phrase, at + spoken.start, at + spoken.end)
        and (
            (listed and _is_alone(text, spoken))
            or _OLD_FIRM.fullmatch(text[: spoken.start] + text[spoken.end :])
            or (
                (_is_alone(text, spoken) or _is_since_then(text, spoken))
                and _is_of_the_firm(hearing, since, phrase, finds)
            )
        )
    ]
    if len(bare) != 1:
        return []
    phrase, spoken = bare[0]
    return [hearing.find(since.fact, spoken.days, phrase, 0, len(phrase.text))]


def _behind_the_place(hearing: Hearing, text: str) -> str:
    """The words without the place they begin with: 南京 19年, of who was asked for both."""
    place = hearing.cues.gazetteer.names.match(text)
    return text[place.end() :].strip() if place and text[place.end() :].startswith(" ") else text


def _is_alone(text: str, spoken: SpokenDate) -> bool:
    return not _AROUND_A_DATE.sub("", text[: spoken.start] + text[spoken.end :])


def _is_since_then(text: str, spoken: SpokenDate) -> bool:
    """04年的, 八几年就有了: nothing but since when."""
    end = spoken.end - text[spoken.start : spoken.end].endswith("的")
    return _SINCE_THEN.fullmatch(text[: spoken.start] + text[end:]) is not None


def _is_of_the_firm(hearing: Hearing, cue: SinceCue, phrase: Phrase, finds: list[Find]) -> bool:
    """老家具厂，宿迁，04年的: whether nothing but the firm and its place is named right before, in the same sentence."""
    before = hearing.phrases[phrase.position - 1] if phrase.position else None
    if before is None or before.sentence != phrase.sentence or before.asking:
        return False
    named = list(cue.nouns.finditer(before.text))
    ends_with_it = bool(named) and not _PARTICLES.sub("", before.text[named[-1].end() :])
    place = hearing.cues.place
    is_place = any(f.phrase is before and place is not None and f.name == place.fact for f in finds)
    return ends_with_it or is_place


def _dates(text: str, as_of: date, *, year_alone: bool) -> list[SpokenDate]:
    """The dates of a phrase; of one that is nothing but 19年 that year, where a day was asked for."""
    year = bare_year(text, as_of) if year_alone else None
    return find_dates(text, as_of) or ([year] if year else [])
