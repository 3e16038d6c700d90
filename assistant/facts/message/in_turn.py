"""Answers to several questions at once, one each, in the order in which these were put: 1是 2是 3 2016年; 有 没有; 前两个是."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.facts.message.polarity import read_answer
from knowledge.numerals import parse_numeral

_NUMBERED = re.compile(
    "(?:^|(?<=[，,。；;、 ]))第?(?P<number>[1-9])(?:[个条项])?(?:[.、:：)）] *|(?=[是有否没无对不])| +(?=(?:19|20)[0-9]{2}年))(?P<said>[^，,。；; ]+)"
)
_ORDINAL = re.compile(
    "第(?P<number>[一二三1-3])[个条项样]?(?P<said>不是|没有|是|有|没|符合|满足)(?=$|[的，,。；; ])"
)
_FIRST_FEW = re.compile(
    "(?:前面?|头)(?P<number>[两二三23])[个条项样](?:都|全|均|也)*(?P<said>不是|没有|是|有|符合|满足|没问题)(?=$|[的了，,。；; ])"
)
_ALL_OF_THEM = re.compile(
    "(?:这|以上|上面)?(?P<number>[两二三23])[个条项样](?:问题)?(?:都|全|均)(?P<said>是|有|符合|满足|没问题)[的了啊呀]*"
)
_SEPARATOR = re.compile("[，,、；; ]+")
_VALUE = re.compile("[0-9年月日号.个万元/-]{2,}")
_LONGEST = 4
"""Characters of a bare yes or no among others."""
ASKED_TO_BE = re.compile("^(?:贵单位|贵公司|贵企业)?是[^，？?]+吗")
"""是独立法人吗: what the applicant is asked to be, and not to have."""
_CLASSES = (("有", re.compile("有[^，？?]+吗")), ("是", ASKED_TO_BE))
"""有 and 没有 answer what is asked with 有, 是 and 不是 what is asked with 是."""


def answers_in_turn(said: str, questions: Sequence[str]) -> Mapping[int, str]:
    """Which of the questions, by place from 0, are answered with which piece of the words; nothing where that is not clear."""
    said = said.strip(" 。.!！")
    count = len(questions)
    if count < 2:
        return {}
    if everything := _ALL_OF_THEM.fullmatch(said):
        many = _number(everything)
        return dict.fromkeys(range(count), everything["said"]) if many == count else {}
    placed = _numbered(said, count) or _by_ordinals(said, count)
    return placed or _one_after_another(said, questions)


def _number(match: re.Match[str]) -> int:
    return int(parse_numeral(match["number"]) or 0)


def _numbered(said: str, count: int) -> dict[int, str]:
    """1是 2是 3 2016年: numbers from one on."""
    found = list(_NUMBERED.finditer(said))
    numbers = [_number(match) for match in found]
    if (
        not found
        or found[0].start()
        or not 2 <= len(found) <= count
        or numbers != [*range(1, len(found) + 1)]
    ):
        return {}
    return {number - 1: match["said"] for number, match in zip(numbers, found, strict=True)}


def _by_ordinals(said: str, count: int) -> dict[int, str]:
    """前两个是，第三个不是."""
    placed: dict[int, str] = {}
    first = _FIRST_FEW.match(said)
    if first is not None and _number(first) <= count:
        placed |= dict.fromkeys(range(_number(first)), first["said"])
    for match in _ORDINAL.finditer(said):
        if _number(match) <= count:
            placed[_number(match) - 1] = match["said"]
    return placed


def _one_after_another(said: str, questions: Sequence[str]) -> dict[int, str]:
    """有 没有: as many bare answers as questions, or as there are questions of their kind; 是，不是，2018年."""
    pieces = _SEPARATOR.split(said)
    bare = [piece for piece in pieces if len(piece) <= _LONGEST and read_answer(piece) is not None]
    values = [piece for piece in pieces if _VALUE.fullmatch(piece)]
    places = [*range(len(questions))]
    if len(bare) < 2 or len(bare) + len(values) != len(pieces):
        return {}
    if len(pieces) != len(questions):
        if values:
            return {}
        places = [
            place
            for place, question in enumerate(questions)
            if any(
                all(word in piece for piece in pieces) and asked.search(question) for word, asked in _CLASSES
            )
        ]
    return dict(zip(places, pieces, strict=True)) if len(places) == len(pieces) else {}
