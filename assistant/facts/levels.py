"""Stars named in a phrase, and the phrase with one of them marked, by which it is learned whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.numerals import parse_numeral
from knowledge.said import Said

STAR = re.compile(
    r"(?P<figure>[0-9一二三四五])\s?(?:颗)?星(?:级)?(?:的?(?:上云)?企业)?|(?P<signs>[★☆⭐🌟]{1,5})|(?P<sign>[345三四五])\s?[★☆⭐🌟]"
    r"|(?P<short>(?<=升)[345三四五](?!星|年|个|月|[0-9]))|(?P<from>[345三四五](?=升[345三四五]))"
)
_THIS, _OTHER = "甲星", "乙星"


def figure(match: re.Match[str]) -> int:
    """How many stars were named."""
    if match["signs"]:
        return len(match["signs"])
    return int(parse_numeral(match["figure"] or match["sign"] or match["short"] or match["from"]) or 0)


def marked(words: str, start: int, end: int) -> str:
    """The phrase with the level from `start` to `end` as 甲星, higher and lower ones beside it as 乙星.

    Which level it is tells nothing of whether it is held or applied for.
    """
    before = STAR.sub(_OTHER, words[:start])
    return before[-20:] + _THIS + STAR.sub(_OTHER, words[end:])[:20]


def marked_levels(said: Iterable[Said]) -> list[tuple[str, str]]:
    """Lessons: a phrase with a level marked, and the fact that it is a value of, `` for none."""
    lessons = []
    for one in said:
        values = {name: value for name, value in one.facts.items() if name.endswith("_star") and value}
        matches = list(STAR.finditer(one.text))
        taken: set[str] = set()
        for match in matches:
            owners = [name for name in sorted(values, reverse=True) if values[name] == figure(match)]
            # 四星再报一遍四星: the first is held, the second applied for.
            owner = next((name for name in owners if name not in taken), owners[0] if owners else "")
            taken.add(owner)
            lessons.append((marked(one.text, match.start(), match.end()), owner))
    return lessons
