"""What an applicant is, told as a bare list: 江苏、法人、8年老企业、账清、诚信、有队伍.

No item of it is a statement; the list is one, where its first item and most of the others are a place, an age or a
word by which a fact is listed, and nothing in the message speaks of conditions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Find, Hearing
from assistant.facts.spoken.dates import find_dates
from assistant.facts.spoken.durations import find_durations, since

_ITEM = re.compile("[^、]+")
_LEAD = re.compile(
    "(?:[^:、，。]{1,12}:)?(?:已知|情况|现状|如下|我们?|我司|公司|企业|单位|本公司|都?是|在|属于|[: ])*"
)
_FEWEST = 3
"""Items that have to be known for a list to be one of what the applicant is."""
_OF_THE_RULE = re.compile("条件|要求|规定|标准|必须|须|需|要满足|只要|材料|门槛|证件|哪些|通知")
_BEHIND_A_PLACE = re.compile("(?:省|市|区|县)?(?:省?内|本地|境内|的|企业|公司)*")
_BEHIND_AN_AGE = re.compile("(?:的|了|成立|注册|老|企业|公司|工厂|厂子?|单位|[ ])*")


def with_listed(hearing: Hearing, finds: Sequence[Find]) -> list[Find]:
    """The finds with the facts of bare lists; 独立法人、没认定过 denies no item but its own."""
    if hearing.mentions(_OF_THE_RULE):
        return list(finds)
    listed = [find for phrase in hearing.phrases for find in _of(hearing, phrase)]
    items = {(find.name, find.phrase.position) for find in listed}
    kept = [find for find in finds if (find.name, find.phrase.position) not in items]
    read = {find.name for find in kept}
    return [*kept, *(find for find in listed if find.name not in read)]


def _of(hearing: Hearing, phrase: Phrase) -> list[Find]:
    """The facts of a phrase that is a list; none where what is asked belongs to it."""
    items = list(_ITEM.finditer(phrase.text)) if not phrase.asking.strip() else []
    lead = _LEAD.match(phrase.text)
    found: list[Find] = []
    for position, item in enumerate(items):
        start = lead.end() if lead and not position else item.start()
        told = list(_told(hearing, phrase, start, item.end()))
        if not told and not position:
            return []
        found += told
    return found if len(found) >= _FEWEST else []


def _told(hearing: Hearing, phrase: Phrase, start: int, end: int) -> Iterator[Find]:
    """What one item tells."""
    text, cues = phrase.text[start:end].rstrip(), hearing.cues
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
