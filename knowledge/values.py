"""Typed values in a text: what a sentence claims that can be held against its source.

Amounts, dates, durations, counts, stars, percentages, phones, URLs, annex numbers and bare numbers, each with the
sense in which it stands (不少于, 之后, 前). Two notations of one value are equal: 2000万元 = 两千万 = 0.2亿.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from knowledge.notations import NOTATIONS, Reader, ValueKind
from knowledge.script import half_width

Sense = Literal["at_least", "at_most", "above", "below", "before", "after"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value: `key` is equal for equal values of a kind; `start` and `end` are offsets in the text."""

    kind: ValueKind
    key: tuple[object, ...]
    text: str
    start: int
    end: int
    sense: Sense | None = None

    def claims(self, source: Value, year: int | UndatedYear | None = None) -> bool:
        """Whether `source` says this value, in this sense or a plain one.

        `year` is the notice's own: a date that the notice prints without a year stands in that year.
        """
        if self.kind == source.kind == "date":
            same = _same_date(self.key, source.key, year)
        else:
            same = self.kind == source.kind and self.key == source.key
        return same and (self.sense is None or self.sense == source.sense)


@dataclass(frozen=True, slots=True)
class UndatedYear:
    """The year of dates printed without one: `year` from the month `turn` on, the year after it before.

    A notice of December that asks for papers by 1月15日 means the next January.
    """

    year: int
    turn: int = 1

    def of(self, month: int) -> int:
        """The year of a date in this month."""
        return self.year + (month < self.turn)


_BEFORE: tuple[tuple[Sense, re.Pattern[str]], ...] = (
    (
        "at_least",
        re.compile(
            r"(?:不(?:得|能|可|应)?(?:少|低|小|短)于|(?:至少|最少|起码)(?:要|须|应|得)?(?:涉及|满足|覆盖|包括|有)?|满|≥|>=)"
            r"\s*(?:为|是)?\s*$"
        ),
    ),
    ("at_most", re.compile(r"(?:不(?:得|能|可|应)?(?:多|高|大|超)[于过]|不超过|至多|最多|≤|<=)\s*$")),
    ("above", re.compile(r"(?:超过|大于|多于|高于|超出|晚于|>)\s*$")),
    ("below", re.compile(r"(?:少于|低于|小于|不足|不到|不满|未满|未达|早于|<)\s*$")),
)
_AFTER: tuple[tuple[Sense, re.Pattern[str]], ...] = (
    ("at_least", re.compile(r"^\s*(?:及|或)?以上")),
    ("at_most", re.compile(r"^\s*(?:及|或)?(?:以内|之内|以下)")),
    ("after", re.compile(r"^\s*(?:之后|以后|后(?![面续台]))")),
    ("before", re.compile(r"^\s*(?:之前|以前|前(?![面期台述]))")),
)


_LONG = 1_000
"""Characters of a text that is not kept."""


def find_values(text: str) -> tuple[Value, ...]:
    """All typed values of `text`, in the order in which they stand; spans never overlap.

    Clauses and the sentences of a pack come again with every answer: what was found in the last of them is kept.
    """
    return _kept(text) if len(text) <= _LONG else _found(text)


@lru_cache(maxsize=1024)
def _kept(text: str) -> tuple[Value, ...]:
    return _found(text)


def _found(text: str) -> tuple[Value, ...]:
    masked = half_width(text)
    found: list[Value] = []
    for kind, pattern, read in NOTATIONS:
        matches = list(pattern.finditer(masked))
        if not matches:
            continue
        for match in matches:
            key = read(match)
            if key is None:
                continue
            start, end = match.span()
            if kind == "annex":
                found.extend(_annexes(text, masked, start, end))
            else:
                found.append(Value(kind, key, text[start:end], start, end, _sense(masked, start, end)))
        masked = _without(masked, pattern, read)
    return tuple(sorted(found, key=lambda value: value.start))


def _without(text: str, pattern: re.Pattern[str], read: Reader) -> str:
    """A value found is taken out, so that no later reader finds a part of it; length kept."""

    def blank(match: re.Match[str]) -> str:
        return match.group() if read(match) is None else "\x00" * len(match.group())

    return pattern.sub(blank, text)


def unsupported(
    claimed: Iterable[Value], sources: Iterable[Value], year: int | UndatedYear | None = None
) -> Iterator[Value]:
    """The claimed values that no source says."""
    known = tuple(sources)
    return (value for value in claimed if not any(value.claims(source, year) for source in known))


def _annexes(text: str, folded: str, start: int, end: int) -> Iterator[Value]:
    for number in re.finditer(r"\d+", folded[start:end]):
        yield Value(
            "annex", (int(number.group()),), text[start:end], start + number.start(), start + number.end()
        )


def _sense(text: str, start: int, end: int) -> Sense | None:
    head, tail = text[max(0, start - 8) : start], text[end : end + 4]
    for sense, pattern in _BEFORE:
        if pattern.search(head):
            return sense
    for sense, pattern in _AFTER:
        if pattern.match(tail):
            return sense
    return None


def _same_date(claim: tuple[object, ...], source: tuple[object, ...], year: int | UndatedYear | None) -> bool:
    """A claim may be coarser than its source (2023年 of 2023年2月), never finer."""

    def dated(key: tuple[object, ...]) -> tuple[object, ...]:
        if key[0] is not None:
            return key
        if isinstance(year, UndatedYear):
            return (year.of(key[1]) if isinstance(key[1], int) else year.year, *key[1:])
        return (year, *key[1:])

    claimed, said = dated(claim), dated(source)
    return all(c is None or c == s for c, s in zip(claimed, said, strict=True))
