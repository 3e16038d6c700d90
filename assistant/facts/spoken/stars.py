"""Stars named in a text: 四星级, 4颗星, ★★★★."""

from __future__ import annotations

import re

from knowledge.numerals import parse_numeral

STAR = re.compile(
    r"(?P<figure>[0-9一二三四五])\s?(?:颗)?星(?:级)?(?:的?(?:上云)?企业)?|(?P<signs>[★☆⭐🌟]{1,5})|(?P<sign>[345三四五])\s?[★☆⭐🌟]"
    r"|(?P<short>(?<=升)[345三四五](?!星|年|个|月|[0-9]))|(?P<from>[345三四五](?=升[345三四五]))"
)

NEXT_YEAR = re.compile("(?:明|后|次|来)年|下一?年度|下[一1]?[批次届]")
"""What is meant for another year is neither held nor applied for today."""
NAMED_ONLY = re.compile("(?:级|上云|企业|类|的)*")


def figure(match: re.Match[str]) -> int:
    """How many stars were named."""
    if match["signs"]:
        return len(match["signs"])
    return int(parse_numeral(match["figure"] or match["sign"] or match["short"] or match["from"]) or 0)


def names_only(words: str, start: int, end: int) -> bool:
    """Whether nothing but the kind of enterprise stands beside a level in a phrase: 上云五星."""
    return not NAMED_ONLY.sub("", words[:start] + words[end:]).strip()
