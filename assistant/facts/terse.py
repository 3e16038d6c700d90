"""What an applicant is, told as a bare list: 江苏、法人、8年老企业、账清、诚信、有队伍; 1）南京 2）2013年 3）独立法人; 苏州 2016 独立法人.

No item of it is a statement; the list is one, where its first item and most of the others are a place, an age or a
word by which a fact is listed, or tell a fact by themselves, and nothing in the message speaks of conditions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.facts.message.utterance import Phrase, is_marked
from assistant.facts.reading import Find, Hearing
from assistant.facts.spoken.dates import bare_year, find_dates
from assistant.facts.spoken.durations import find_durations, since

_ITEM = re.compile("[^、 +]+")
_LEAD = re.compile(
    "(?:[^:、，。]{1,12}:)?(?:已知|情况|现状|如下|我们?|我司|公司|企业|单位|本公司|都?是|在|属于|[: ])*"
)
_FEWEST = 3
"""Items that have to be known for a list to be one of what the applicant is."""
_OF_THE_RULE = re.compile("条件|要求|规定|标准|必须|须|需|要满足|只要|材料|门槛|证件|哪些|通知")
_VERDICT = re.compile(
    "(?:那么?|这样|我们|现在|今年)*(?:能不能|可不可以|能否|可否|能|可以?)(?:申?报|申请)[不吗么嘛？? ]*"
)
"""能报?, behind a list: what it asks is of the whole."""
_BEHIND_A_PLACE = re.compile("(?:省|市|区|县)?(?:省?内|本地|境内|的|企业|公司)*")
_BEHIND_AN_AGE = re.compile("(?:的|了|成立|注册|老|企业|公司|工厂|厂子?|单位|[ ])*")
_YEAR = re.compile("(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Item:
    """A piece of a list, from `start` to `end` of its phrase."""

    phrase: Phrase
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.phrase.text[self.start : self.end].rstrip()


def with_listed(hearing: Hearing, finds: Sequence[Find]) -> list[Find]:
    """The finds with the facts of bare lists; 独立法人、没认定过 denies no item but its own."""
    if hearing.mentions(_OF_THE_RULE):
        return list(finds)
    listed = [find for items in _lists(hearing) for find in _of(hearing, items, finds)]
    places = {(find.name, find.phrase.position) for find in listed}
    since, amount = hearing.cues.since, hearing.cues.amount
    years = {find.end for find in listed if since and find.name == since.fact}

    def gives_way(find: Find) -> bool:
        # 南京 2016 独立法人: a year there is no sum besides.
        is_a_year = amount is not None and find.name == amount.fact and find.end in years
        return is_a_year or (find.name, find.phrase.position) in places

    kept = [find for find in finds if not gives_way(find)]
    read = {find.name for find in kept}
    return [*kept, *(find for find in listed if find.name not in read)]


def _lists(hearing: Hearing) -> Iterator[list[_Item]]:
    """The items of each phrase, and those of numbered ones together; none where what is asked belongs to them."""
    numbered: list[_Item] = []
    for phrase in hearing.phrases:
        asking = phrase.asking.strip()
        if asking and not _VERDICT.fullmatch(asking):
            continue
        items = [_Item(phrase, item.start(), item.end()) for item in _ITEM.finditer(phrase.text)]
        if is_marked(hearing.utterance.text, phrase.start):
            numbered += items
        elif items:
            lead = _LEAD.match(phrase.text)
            start = min(lead.end(), items[0].end) if lead else 0
            yield [_Item(phrase, start, items[0].end) if start > items[0].start else items[0], *items[1:]]
    yield numbered


def _of(hearing: Hearing, items: Sequence[_Item], finds: Sequence[Find]) -> list[Find]:
    """The facts of a list; nothing where too few of its items are known."""
    found: list[Find] = []
    known = 0
    for position, item in enumerate(items):
        told = list(_told(hearing, item))
        read = [find for find in finds if _stands_in(find, item)]
        if not told and not read and not position:
            return []
        known += bool(told or read or _YEAR.fullmatch(item.text))
        found += told
    if known < _FEWEST:
        return []
    return [*found, *_years(hearing, items, [*found, *finds]), *_named(hearing, items, found, known)]


def _stands_in(find: Find, item: _Item) -> bool:
    begin = item.phrase.start
    return find.start < begin + item.end and begin + item.start < find.end


def _told(hearing: Hearing, item: _Item) -> Iterator[Find]:
    """What one item tells."""
    text, cues, phrase, start, end = item.text, hearing.cues, item.phrase, item.start, item.end
    if not text or not hearing.is_own(phrase, start, end):
        return
    for cue in cues.states:
        if cue.listed.fullmatch(text):
            yield hearing.find(cue.fact, True, phrase, start, end)
    place = cues.gazetteer.names.match(text)
    # A place outside the province is left to be asked about: a list so short says too little to shut out.
    inside = (
        place is not None and cues.place and cues.gazetteer.province_of[place.group()] == cues.place.province
    )
    if place and cues.place and inside and _BEHIND_A_PLACE.fullmatch(text, place.end()):
        yield hearing.find(cues.place.fact, True, phrase, start, end)
    if cues.since is None:
        return
    for day in find_dates(text, hearing.as_of):
        if day.dated and not day.start and _BEHIND_AN_AGE.fullmatch(text, day.end):
            yield hearing.find(cues.since.fact, day.days, phrase, start, end)
    for age in find_durations(text):
        if not age.start and "年" in text and _BEHIND_AN_AGE.fullmatch(text, age.end):
            yield hearing.find(cues.since.fact, since(age, hearing.as_of), phrase, start, end)


def _years(hearing: Hearing, items: Sequence[_Item], told: Sequence[Find]) -> Iterator[Find]:
    """苏州 2016 独立法人: a bare year beside the place or what the firm is."""
    cue, place = hearing.cues.since, hearing.cues.place
    if cue is None or any(find.name == cue.fact for find in told):
        return
    years = [(at, item) for at, item in enumerate(items) if _YEAR.fullmatch(item.text)]
    if len(years) != 1:
        return
    at, item = years[0]
    beside = (*items[max(0, at - 1) : at], *items[at + 1 : at + 2])
    of_the_firm = {place.fact} if place else set()
    of_the_firm |= {state.fact for state in hearing.cues.states if state.clause == cue.clause}
    of_a_neighbour = any(f.name in of_the_firm and _stands_in(f, one) for f in told for one in beside)
    if of_a_neighbour and (year := bare_year(item.text, hearing.as_of)):
        yield hearing.find(cue.fact, year.days, item.phrase, item.start, item.end)


def _named(hearing: Hearing, items: Sequence[_Item], found: Sequence[Find], known: int) -> Iterator[Find]:
    """审计+发票, in a list of what the firm is and has: what is only named there is had."""
    cues = hearing.cues
    of_the_firm = {cue.fact for cue in (cues.place, cues.since) if cue is not None}
    if known <= _FEWEST or not of_the_firm & {find.name for find in found}:
        return
    for item in items:
        for cue in cues.states:
            asked_of = hearing.schema.spec(cue.fact).categories
            if cue.topics.fullmatch(item.text) and hearing.category in asked_of:
                yield hearing.find(cue.fact, True, item.phrase, item.start, item.end)
