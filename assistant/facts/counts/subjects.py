"""Which groups of things a phrase names, by their words or by how many of them the notice has (7个方向)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.facts.counts.counted import ALL, GOT, NONE, NUMBER
from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing
from knowledge.cues import CountCue
from knowledge.numerals import parse_numeral

Named = tuple[CountCue, int, int]
"""A group, and from where to where the phrase names it."""

_OF = re.compile(
    f"(?P<total>{NUMBER})(?:个|大|项)?(?:业态|模式|创新|能力|技术|系统|标杆)*的?(?P<unit>方向|方面|领域|维度|模式)?(?P<rest>[^，。]{{0,8}})"
)
_RHETORICAL = re.compile("不是.*[吗么嘛]$")


def subjects(hearing: Hearing, phrase: Phrase) -> Iterator[Named]:
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
    return bool(GOT.search(rest) or ALL.search(rest) or NONE.search(rest))


def recalled_by(hearing: Hearing, phrase: Phrase) -> tuple[int, CountCue] | None:
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
