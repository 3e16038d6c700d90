"""Automatic numbering of .docx: the number stands in styles and numbering.xml and is printed by the reader.

ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats). What a paragraph's number is depends on all
paragraphs before it, so that a `Numbering` is read through once, in printed order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.numbering import Kind, print_han, print_marker

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST = 9
"""Levels that a list may have."""
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("零一二三四五六七八九十百", "零壹贰叁肆伍陆柒捌玖拾佰")


def _or_decimal(write: Callable[[int], str]) -> Callable[[int], str]:
    """The writer, and plain figures for what it has no sign for."""

    def written(number: int) -> str:
        try:
            return write(number)
        except (ValueError, IndexError):
            return str(number)

    return written


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        raise ValueError(number)
    text = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        text += sign * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    if not 0 < number <= 780:
        raise ValueError(number)
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _from(signs: str) -> Callable[[int], str]:
    def sign(number: int) -> str:
        if number < 1:
            raise IndexError(number)
        return signs[number - 1]

    return sign


def _han(number: int) -> str:
    if not 0 < number < 200:
        raise ValueError(number)
    return print_han(number)


def _figures_in_han(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


def _full_width(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "japaneseCounting",
        ),
        _han,
    ),
    **dict.fromkeys(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"), _figures_in_han),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        lambda number: _han(number).translate(_LEGAL),
    ),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"),
        lambda number: print_marker(Kind.CIRCLED, number),
    ),
    "ideographEnclosedCircle": _from("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "ideographTraditional": _from(_STEMS),
    "ideographZodiac": _from(_BRANCHES),
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalEnclosedParen": lambda number: f"（{number}）",
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), _full_width),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "bullet": lambda _: "",
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    """The level (counted from 1) whose number starts this one anew; 0 none does, None each of those above."""
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document and how far each has counted. `root` is that of numbering.xml, None without lists."""

    def __init__(self, root: _Element | None) -> None:
        self._abstract: dict[str, _List] = {}
        self._linked: dict[str, str] = {}
        self._nums: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._begun: set[tuple[str, int]] = set()
        for abstract in root.iterchildren(f"{W}abstractNum") if root is not None else ():
            key = abstract.get(f"{W}abstractNumId", "")
            self._abstract[key] = _List(_levels(abstract))
            if style := _value(abstract, "numStyleLink"):
                self._linked[key] = style
        for num in root.iterchildren(f"{W}num") if root is not None else ():
            self._nums[num.get(f"{W}numId", "")] = _num(num)

    def level_of_style(self, num: str, style: str) -> int | None:
        """The level that a list gives to paragraphs of a style."""
        found = self._list(num)
        return (
            next((at for at, level in found.levels.items() if level.style == style), None) if found else None
        )

    def style_behind(self, num: str) -> str | None:
        """The numbering style that a list only points to."""
        return self._linked.get(self._nums[num][0]) if num in self._nums else None

    def print_next(self, num: str, at: int) -> str:
        """The number of the next paragraph on level `at` (from 0) of a list, as it is printed; empty for a bullet."""
        found = self._list(num)
        if found is None:
            return ""
        _, overridden, starts = self._nums[num]
        levels = found.levels | overridden
        level = levels.get(at, _Level())
        if at in starts and (num, at) not in self._begun:
            found.counts.pop(at, None)
        self._begun.add((num, at))
        for above in range(at):  # a level that was left out counts as begun
            found.counts.setdefault(above, starts.get(above, levels.get(above, _Level()).start))
        found.counts[at] = found.counts[at] + 1 if at in found.counts else starts.get(at, level.start)
        for below in [deeper for deeper in found.counts if deeper > at]:
            restart = levels.get(below, _Level()).restart
            if restart is None or 0 < at + 1 <= restart:
                del found.counts[below]
        return self._written(level, levels, found.counts)

    def _list(self, num: str) -> _List | None:
        return self._abstract.get(self._nums[num][0]) if num in self._nums else None

    @staticmethod
    def _written(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        if level.format == "bullet":
            return ""
        text = level.text
        for at in range(DEEPEST):
            if f"%{at + 1}" in text:
                shown = levels.get(at, _Level())
                name = "decimal" if level.legal else shown.format
                write = _or_decimal(_FORMATS.get(name, str))
                text = text.replace(f"%{at + 1}", write(counts.get(at, shown.start)))
        return text


def _levels(element: _Element) -> dict[int, _Level]:
    found = {}
    for level in element.iterchildren(f"{W}lvl"):
        restart = _value(level, "lvlRestart")
        found[_number(level.get(f"{W}ilvl"), 0)] = _Level(
            format=_value(level, "numFmt") or "decimal",
            text=_value(level, "lvlText") or "",
            start=_number(_value(level, "start"), 0),
            restart=None if restart is None else _number(restart, 0),
            legal=level.find(f"{W}isLgl") is not None and _value(level, "isLgl") not in {"0", "false"},
            style=_value(level, "pStyle") or "",
        )
    return found


def _num(num: _Element) -> tuple[str, dict[int, _Level], dict[int, int]]:
    overridden: dict[int, _Level] = {}
    starts: dict[int, int] = {}
    for override in num.iterchildren(f"{W}lvlOverride"):
        overridden |= _levels(override)
        if (start := _value(override, "startOverride")) is not None:
            starts[_number(override.get(f"{W}ilvl"), 0)] = _number(start, 1)
    return _value(num, "abstractNumId") or "", overridden, starts


def _value(element: _Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val") if child is not None else None


def _number(text: str | None, default: int) -> int:
    """A figure of the file within reason."""
    return int(text) if text and text.isdecimal() and len(text) < 7 else default
