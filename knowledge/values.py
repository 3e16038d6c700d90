"""Typed values in a text: what a sentence claims that can be held against its source.

Amounts, dates, durations, counts, stars, percentages, phones, URLs, annex numbers and bare numbers, each with the
sense in which it stands (不少于, 之后, 前). Two notations of one value are equal: 2000万元 = 两千万 = 0.2亿.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from knowledge.numerals import parse_numeral

ValueKind = Literal[
    "url", "phone", "document", "date", "amount", "percent", "duration", "star", "annex", "count", "number"
]
Sense = Literal["at_least", "at_most", "above", "below", "before", "after"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value: `key` is equal for equal values of a kind; `unit` is the measure word of durations and counts."""

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


Reader = Callable[[re.Match[str]], tuple[object, ...] | None]

_CN = "零〇一二两三四五六七八九十百千万亿"
# Bounded, from the first digit on and without second thoughts: a text of thousands of digits or blanks is read in
# time that grows with its length. No number has more than 24 characters or eight groups of thousands.
_ARABIC = r"(?<!\d)\d++(?:[,，]\d{3}){0,8}(?:\.\d++)?"
_NUM = rf"(?:{_ARABIC}|[{_CN}]{{1,24}})"
# After these, 一 is no number: 哪一天, 同一类别, 每一项.
_NOT_A_NUMBER = "同哪任每某另唯统这那"
_MEASURES = "个|大类|大|类|项|家|份|方面|方向|次|种|条|级|名|人|套|号|室|批|件|期|步|关|道|款|部|页|倍|章|轮"


def _number(text: str) -> Decimal | None:
    return parse_numeral(re.sub(r"[\s,，]", "", text))


def _url(match: re.Match[str]) -> tuple[object, ...] | None:
    address = re.sub(r"^https?://", "", match.group().lower()).rstrip("/.")
    return (address.removeprefix("www."),)


def _phone(match: re.Match[str]) -> tuple[object, ...] | None:
    return (re.sub(r"\D", "", match.group()),)


def _document(match: re.Match[str]) -> tuple[object, ...] | None:
    return (int(match["year"]), int(match["no"]))


def _date(match: re.Match[str]) -> tuple[object, ...] | None:
    parts = match.groupdict()
    year = _year(parts.get("y"))
    month = _small(parts.get("m"))
    day = _small(parts.get("d"))
    if parts.get("y") and year is None:
        return None
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    return (year, month, day)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    if text.isdigit():
        return int(text)
    digits = "".join(str("〇一二三四五六七八九".find(c.replace("零", "〇"))) for c in text)
    return int(digits) if "-" not in digits else None


def _small(text: str | None) -> int | None:
    number = _number(text) if text else None
    return int(number) if number is not None else None


def _amount(match: re.Match[str]) -> tuple[object, ...] | None:
    scale = {"亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2, "w": 10**4, "": 1}
    number = _number(match["n"])
    if number is None:
        return None
    unit = (match["u"] or "").lower()
    for character in unit:
        number *= scale.get(character, 1)
    return (number.normalize(),)


def _percent(match: re.Match[str]) -> tuple[object, ...] | None:
    number = _number(match["n"])
    return None if number is None else (number.normalize(),)


def _duration(match: re.Match[str]) -> tuple[object, ...] | None:
    names = {
        "年": "year",
        "周年": "year",
        "月": "month",
        "天": "day",
        "日": "day",
        "周": "week",
        "小时": "hour",
    }
    unit = names[match["u"] or match["m"]]
    number = Decimal("0.5") if match["n"] == "半" else _number(match["n"])
    if number is None:
        return None
    if match["half"] or match["tail"]:
        number += Decimal("0.5")
    if unit == "year":
        number, unit = number * 12, "month"
    return (number.normalize(), unit)


def _star(match: re.Match[str]) -> tuple[object, ...] | None:
    number = _number(match["n"])
    return None if number is None else (number.normalize(),)


def _count(match: re.Match[str]) -> tuple[object, ...] | None:
    number = _number(match["n"])
    return None if number is None else (number.normalize(),)


def _bare(match: re.Match[str]) -> tuple[object, ...] | None:
    return (Decimal(match.group().replace(",", "")).normalize(),)


_Y = r"(?P<y>(?:19|20)\d{2}|[〇零一二三四五六七八九]{4})"
_M = r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_D = r"(?P<d>3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"

_READERS: tuple[tuple[ValueKind, re.Pattern[str], Reader], ...] = (
    ("url", re.compile(r"https?://[A-Za-z0-9./_-]+|(?<![A-Za-z0-9@.-])(?:[A-Za-z0-9-]+\.)+(?:com|cn|gov|org|net)\b"
                       r"(?:/[A-Za-z0-9./_-]*)?", re.A), _url),
    ("phone", re.compile(r"(?<!\d)(?:0\d{2,3}\s?[-—–]?\s?\d{7,8}|1[3-9]\d{9}|400-?\d{3}-?\d{4})(?!\d)"), _phone),
    ("document", re.compile(r"[〔\[（(](?P<year>\d{4})[〕\]）)]\s*(?P<no>\d+)\s*号"), _document),
    ("date", re.compile(rf"(?<!\d){_Y}\s*[-/.]\s*{_M}\s*[-/.]\s*{_D}(?!\d)"), _date),
    ("date", re.compile(rf"(?<!\d){_Y}\s*年\s*{_M}\s*月(?:\s*份)?(?:\s*{_D}\s*[日号])?"), _date),
    ("date", re.compile(rf"(?<![\d个{_CN}]){_M}\s*月\s*{_D}\s*[日号]"), _date),
    ("date", re.compile(rf"(?<![\d{_CN}]){_Y}\s*年(?!\d*\s*[之来期内间])"), _date),
    ("date", re.compile(rf"(?<![\d个{_CN}]){_M}\s*月(?:份|底|初|中旬|上旬|下旬)"), _date),
    ("percent", re.compile(rf"(?P<n>{_NUM})\s*[%％]"), _percent),
    ("star", re.compile(r"(?P<n>[一二三四五六1-6])\s*(?=(?:[、，,/和及或与至到]\s*[一二三四五六1-6]){1,8}\s*星)"), _star),
    ("star", re.compile(r"(?P<n>[一二三四五六1-6])\s*(?:颗|个)?星"), _star),
    ("annex", re.compile(r"附件\s*\d+(?:\s*[、，,和及至]\s*\d+)*"), lambda _: ()),
    ("amount", re.compile(rf"(?P<n>{_NUM})\s*+(?:(?P<u>亿|万|千|百|[wW](?![A-Za-z]))\s*+)?(?:[余多来]\s*+)?元"), _amount),
    ("amount", re.compile(rf"(?P<n>{_ARABIC})\s*(?:个)?(?P<u>亿|万|千万|百万|[wW](?![A-Za-z]))"
                          r"(?!\s*(?:家|人|户|台|个|次|件|条|项))"), _amount),
    ("amount", re.compile(rf"(?P<n>[{_CN}]{{0,24}}[一二两三四五六七八九十百千][万亿])(?P<u>)(?![{_CN}一家人户台个次件条项能])"), _amount),
    ("duration", re.compile(rf"(?!(?<=[{_NOT_A_NUMBER}])一)(?P<n>{_NUM}|半)\s*+(?:个\s*+(?:(?P<half>半)\s*+)?(?:自然|完整)?(?P<m>月|周|小时)"
                            rf"|(?:个\s*+)?(?P<u>周年|年|天|日|周|小时)(?!\s*[份底初])(?P<tail>半)?)"), _duration),
    ("count", re.compile(rf"(?!(?<=[{_NOT_A_NUMBER}])一)(?!一(?:部分|类人))(?P<n>{_NUM})\s*(?:{_MEASURES})"), _count),
    ("number", re.compile(r"(?<![A-Za-z\d.])\d+(?:,\d{3})*(?:\.\d+)?(?![A-Za-z\d])"), _bare),
)  # fmt: skip

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
    masked = _fold(text)
    found: list[Value] = []
    for kind, pattern, read in _READERS:
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


def _fold(text: str) -> str:
    """Full-width digits, letters and signs as half-width ones, length kept."""
    return "".join(chr(ord(c) - 0xFEE0) if "\uff10" <= c <= "\uff5a" else c for c in text)


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
