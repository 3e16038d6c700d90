"""Printed markers ↔ ordinals and levels: 第一章 第一条 第二款 一、 Ⅰ.（一） 1. 1.1 （1） 1） ① a., full or half width.

A marker stands at the start of a line. Sums, dates, phones and addresses are none: `2.5亿`, `2023.3.31`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

HIGHEST = 199
"""The highest ordinal that is still taken for a number of a paragraph in Chinese numerals."""

_HAN = "零〇一二三四五六七八九十百"
_DIGITS = "0-9０-９"
_OPEN, _CLOSE = r"[（(]\s*", r"\s*[）)]"
_DOT = r"\s?[.．、]"
# 1.2024年度… and 5.5G应用… are numbers before a year and before 5G; other digits behind the point make a decimal.
_NO_DECIMAL = rf"(?!(?!20[0-9]{{2}}\s*年|[0-9]{{1,2}}[GDK](?![A-Za-z0-9]))[{_DIGITS}])"
# What stands behind a quantity, never behind a number of a paragraph: 2.5亿, 1.1%, 3.15前.
_MEASURED = "(?!\\s*(?:[亿万千百元%％‰倍个年月日号天家人名项米平吨公度级版折分后前至到—~～:：/-]|以[上下前后]|之[前后]|[A-Za-z]))"


class Kind(IntEnum):
    """Kinds of markers, from the outermost level of an official document to the innermost."""

    PART = 1
    CHAPTER = 2
    SECTION = 3
    ARTICLE = 4
    HAN = 5
    ROMAN = 6
    HAN_PAREN = 7
    PARAGRAPH = 8
    ARABIC = 9
    DECIMAL = 10
    DECIMAL_3 = 11
    ARABIC_PAREN = 12
    ARABIC_HALF = 13
    CIRCLED = 14
    LETTER = 15


_FORMS: dict[Kind, str] = {
    Kind.PART: "第{}部分",
    Kind.CHAPTER: "第{}章",
    Kind.SECTION: "第{}节",
    Kind.ARTICLE: "第{}条",
    Kind.HAN: "{}、",
    Kind.ROMAN: "{}.",
    Kind.HAN_PAREN: "（{}）",
    Kind.PARAGRAPH: "第{}款",
    Kind.ARABIC: "{}.",
    Kind.ARABIC_PAREN: "（{}）",
    Kind.ARABIC_HALF: "{}）",
    Kind.CIRCLED: "{}",
    Kind.LETTER: "{}.",
}
_UNITS = {
    "部分": Kind.PART,
    "编": Kind.PART,
    "章": Kind.CHAPTER,
    "节": Kind.SECTION,
    "条": Kind.ARTICLE,
    "款": Kind.PARAGRAPH,
}
_IN_CHINESE = frozenset({*_UNITS.values(), Kind.HAN, Kind.HAN_PAREN})
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_DECIMAL_DEPTH = {Kind.DECIMAL: 1, Kind.DECIMAL_3: 2}

# Behind each form: what makes it doubtful, e.g. 「三、四星级」, 「（一）项规定」, 「1. 5」, 「第三条规定」.
_PATTERN = re.compile(
    rf"""
      第\s*(?P<unit_ordinal>[{_HAN}]+|[{_DIGITS}]{{1,3}})\s*(?P<unit>部分|[编章节条款])(?P<unit_doubt>[规之的所第、，])?
    | (?P<han>[{_HAN}]+){_DOT}(?P<han_doubt>\s*[{_HAN}两])?
    | (?P<han_sign>[㈠-㈩])
    | {_OPEN}(?P<han_paren>[{_HAN}]+){_CLOSE}(?P<han_paren_doubt>[款点、，]|项(?!目)|至)?
    | (?P<arabic>[{_DIGITS}]{{1,2}}){_DOT}{_NO_DECIMAL}(?P<arabic_doubt>\s+[{_DIGITS}]+(?![A-Za-z{_DIGITS}]))?
    | (?P<arabic_sign>[⒈-⒛])
    | {_OPEN}(?P<arabic_paren>[{_DIGITS}]{{1,2}}){_CLOSE}(?P<arabic_paren_doubt>[款点、，]|项(?!目)|至)?
    | (?P<arabic_paren_sign>[⑴-⒇])
    | (?P<arabic_half>[{_DIGITS}]{{1,2}}){_CLOSE}
    | (?P<circled>[①-⑳㉑-㉟])
    | (?P<decimal>[1-9][0-9]?(?:[.．][1-9][0-9]?){{1,2}})(?![{_DIGITS}]|[.．][{_DIGITS}]){_MEASURED}[.．、]?(?P<decimal_doubt>\s*$)?
    | (?P<roman>[IVX]{{1,4}}|[Ⅰ-Ⅻ]){_DOT}(?![A-Za-z{_DIGITS}])
    | (?:{_OPEN}(?P<letter_paren>[a-z]){_CLOSE}|(?P<letter>[A-Za-z])(?:{_DOT}|{_CLOSE}))(?![A-Za-z{_DIGITS}])
    """,
    re.VERBOSE,
)
_KINDS = {
    "han": Kind.HAN,
    "han_sign": Kind.HAN_PAREN,
    "han_paren": Kind.HAN_PAREN,
    "arabic": Kind.ARABIC,
    "arabic_sign": Kind.ARABIC,
    "arabic_paren": Kind.ARABIC_PAREN,
    "arabic_paren_sign": Kind.ARABIC_PAREN,
    "arabic_half": Kind.ARABIC_HALF,
    "circled": Kind.CIRCLED,
    "roman": Kind.ROMAN,
    "letter": Kind.LETTER,
    "letter_paren": Kind.LETTER,
}
_SIGNS = {"han_sign": "㈠", "arabic_sign": "⒈", "arabic_paren_sign": "⑴"}


@dataclass(frozen=True, slots=True)
class Marker:
    """A printed number: its kind and value, as printed, and whether it may be part of a sentence.

    `above` are the numbers that it repeats from the levels above: (3, 1) of 3.1.2.
    """

    kind: Kind
    ordinal: int
    printed: str
    doubtful: bool = False
    above: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """The number as a person names it: 三、 （三） 1 3.1.2 ."""
        return print_marker(self.kind, self.ordinal, self.above).rstrip(".")


def read_marker(line: str) -> Marker | None:
    """The marker at the start of a line, if there is one."""
    match = _PATTERN.match(line)
    if match is None:
        return None
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    doubt = next((name for name in groups if name.endswith("_doubt")), None)
    end = match.start(doubt) if doubt else match.end()
    above: tuple[int, ...] = ()
    if "decimal" in groups:
        *above, ordinal = (int(part) for part in re.split("[.．]", groups["decimal"]))  # type: ignore[assignment]
        above = tuple(above)
        kind = Kind.DECIMAL if len(above) == 1 else Kind.DECIMAL_3
    elif "unit" in groups:
        kind, ordinal = _UNITS[groups["unit"]], _ordinal(groups["unit_ordinal"])
    else:
        name = next(name for name in groups if name in _KINDS)
        kind, ordinal = _KINDS[name], _value(name, groups[name])
    if not ordinal:
        return None
    return Marker(kind, ordinal, line[:end].rstrip(), doubt is not None, above)


def print_marker(kind: Kind, ordinal: int, above: tuple[int, ...] = ()) -> str:
    """The marker as official documents print it. Raises ValueError for an ordinal that it cannot express.

    A decimal repeats the numbers `above`, as many as its depth asks for.
    """
    if kind in _DECIMAL_DEPTH:
        if len(above) != _DECIMAL_DEPTH[kind] or not all(1 <= n <= 99 for n in (*above, ordinal)):
            raise ValueError(f"no decimal for {(*above, ordinal)}")
        return ".".join(map(str, (*above, ordinal)))
    if kind in (Kind.ROMAN, Kind.LETTER):
        letters = _ROMAN if kind is Kind.ROMAN else "abcdefghijklmnopqrstuvwxyz"
        if not 1 <= ordinal <= len(letters):
            raise ValueError(f"no marker for {ordinal}")
        return _FORMS[kind].format(letters[ordinal - 1])
    if kind is Kind.CIRCLED:
        return _circled(ordinal)
    if not 1 <= ordinal <= HIGHEST:
        raise ValueError(f"no marker for {ordinal}")
    return _FORMS[kind].format(print_han(ordinal) if kind in _IN_CHINESE else ordinal)


def print_han(number: int) -> str:
    """A number from 1 to 199 in Chinese numerals: 十、二十一、一百零三."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = digits[hundreds] + "百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


@cache
def _han_ordinals() -> dict[str, int]:
    return {print_han(number): number for number in range(1, HIGHEST + 1)}


def _ordinal(text: str) -> int:
    """The ordinal of a numeral, 0 for what no document numbers with (〇三, 一二)."""
    return int(text) if text.isdecimal() else _han_ordinals().get(text.replace("〇", "零"), 0)


def _value(name: str, text: str) -> int:
    if name in _SIGNS:
        return ord(text) - ord(_SIGNS[name]) + 1
    if name == "roman":
        return _ROMAN.index(text) + 1 if text in _ROMAN else _roman_sign(text)
    if name in ("letter", "letter_paren"):
        return ord(text.lower()) - ord("a") + 1
    if name == "circled":
        return ord(text) - ord("①") + 1 if text <= "⑳" else ord(text) - ord("㉑") + 21
    return _ordinal(text)


def _roman_sign(text: str) -> int:
    return ord(text) - ord("Ⅰ") + 1 if len(text) == 1 and "Ⅰ" <= text <= "Ⅻ" else 0


def _circled(ordinal: int) -> str:
    if 1 <= ordinal <= 20:
        return chr(ord("①") + ordinal - 1)
    if 21 <= ordinal <= 35:
        return chr(ord("㉑") + ordinal - 21)
    raise ValueError(f"no circled {ordinal}")
