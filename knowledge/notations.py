"""How values are written: a pattern for each notation, and what the value is that it writes.

Two notations of one value have one key: 2000万元 = 两千万 = 0.2亿. No unit of money is kept (amounts are in yuan), years are
counted in months, and a measure word is not part of a count.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from knowledge.numerals import parse_numeral

ValueKind = Literal[
    "url", "phone", "document", "date", "amount", "percent", "duration", "star", "annex", "count", "number"
]
Reader = Callable[[re.Match[str]], tuple[object, ...] | None]
"""What makes of a match the key that equal values of a kind share; None where it writes no value."""

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


def _figure(match: re.Match[str]) -> tuple[object, ...] | None:
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


def _bare(match: re.Match[str]) -> tuple[object, ...] | None:
    return (Decimal(match.group().replace(",", "")).normalize(),)


_Y = r"(?P<y>(?:19|20)\d{2}|[〇零一二三四五六七八九]{4})"
_M = r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_D = r"(?P<d>3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"

NOTATIONS: tuple[tuple[ValueKind, re.Pattern[str], Reader], ...] = (
    ("url", re.compile(r"https?://[A-Za-z0-9./_-]+|(?<![A-Za-z0-9@.-])(?:[A-Za-z0-9-]+\.)+(?:com|cn|gov|org|net)\b"
                       r"(?:/[A-Za-z0-9./_-]*)?", re.A), _url),
    ("phone", re.compile(r"(?<!\d)(?:0\d{2,3}\s?[-—–]?\s?\d{7,8}|1[3-9]\d{9}|400-?\d{3}-?\d{4})(?!\d)"), _phone),
    ("document", re.compile(r"[〔\[（(](?P<year>\d{4})[〕\]）)]\s*(?P<no>\d+)\s*号"), _document),
    ("date", re.compile(rf"(?<!\d){_Y}\s*[-/.]\s*{_M}\s*[-/.]\s*{_D}(?!\d)"), _date),
    ("date", re.compile(rf"(?<!\d){_Y}\s*年\s*{_M}\s*月(?:\s*份)?(?:\s*{_D}\s*[日号])?"), _date),
    ("date", re.compile(rf"(?<![\d个{_CN}]){_M}\s*月\s*{_D}\s*[日号]"), _date),
    ("date", re.compile(rf"(?<![\d{_CN}]){_Y}\s*年(?!\d*\s*[之来期内间])"), _date),
    ("date", re.compile(rf"(?<![\d个{_CN}]){_M}\s*月(?:份|底|初|中旬|上旬|下旬)"), _date),
    ("percent", re.compile(rf"(?P<n>{_NUM})\s*[%％]"), _figure),
    ("star", re.compile(r"(?P<n>[一二三四五六1-6])\s*(?=(?:[、，,/和及或与至到]\s*[一二三四五六1-6]){1,8}\s*星)"), _figure),
    ("star", re.compile(r"(?P<n>[一二三四五六1-6])\s*(?:颗|个)?星"), _figure),
    ("annex", re.compile(r"附件\s*\d+(?:\s*[、，,和及至]\s*\d+)*"), lambda _: ()),
    ("amount", re.compile(rf"(?P<n>{_NUM})\s*+(?:(?P<u>亿|万|千|百|[wW](?![A-Za-z]))\s*+)?(?:[余多来]\s*+)?元"), _amount),
    ("amount", re.compile(rf"(?P<n>{_ARABIC})\s*(?:个)?(?P<u>亿|万|千万|百万|[wW](?![A-Za-z]))"
                          r"(?!\s*(?:家|人|户|台|个|次|件|条|项))"), _amount),
    ("amount", re.compile(rf"(?P<n>[{_CN}]{{0,24}}[一二两三四五六七八九十百千][万亿])(?P<u>)(?![{_CN}一家人户台个次件条项能])"), _amount),
    ("duration", re.compile(rf"(?!(?<=[{_NOT_A_NUMBER}])一)(?P<n>{_NUM}|半)\s*+(?:个\s*+(?:(?P<half>半)\s*+)?(?:自然|完整)?(?P<m>月|周|小时)"
                            rf"|(?:个\s*+)?(?P<u>周年|年|天|日|周|小时)(?!\s*[份底初])(?P<tail>半)?)"), _duration),
    ("count", re.compile(rf"(?!(?<=[{_NOT_A_NUMBER}])一)(?!一(?:部分|类人))(?P<n>{_NUM})\s*(?:{_MEASURES})"), _figure),
    ("number", re.compile(r"(?<![A-Za-z\d.])\d+(?:,\d{3})*(?:\.\d+)?(?![A-Za-z\d])"), _bare),
)  # fmt: skip
"""In the order in which they are looked for: what one finds is out of reach of the next."""
