"""What an English message tells of its applicant, put into Chinese for the readers of facts.

A glossary of phrases (knowledge/field/english.yaml), the numbers, stars, sums and dates of English, and the
places of the gazetteer; words that are in none of them are left out. It is no translation: the question itself
is classified in English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from knowledge.gazetteer import Gazetteer
from knowledge.models import Frozen
from knowledge.strict_yaml import load_model

ENGLISH_FILE = Path(__file__).resolve().parents[2] / "knowledge" / "field" / "english.yaml"

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_COUNTS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_COUNT = rf"(?:\d+(?:\.\d+)?|{'|'.join(_COUNTS)})"
_MONTH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS)
_SUM = re.compile(
    r"(?:(?:rmb|cny|yuan|¥)\s*)?(\d[\d,]*(?:\.\d+)?)\s*(million|mn|m|billion|bn|k|wan)?\b\s*(rmb|cny|yuan)?"
)
_SIZES: dict[str, Decimal | int] = {
    "million": 100,
    "mn": 100,
    "m": 100,
    "billion": 100_000,
    "bn": 100_000,
    "k": Decimal("0.1"),
    "wan": 1,
}
_DATES = (
    (re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b"), "mdy"),
    (re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\.?,?\s+((?:19|20)\d\d)\b"), "dmy"),
    (re.compile(rf"\b({_MONTH})\.?,?\s+(?:of\s+)?((?:19|20)\d\d)\b"), "my"),
)
_YEAR = re.compile(r"\b(?:in|since|during)\s+((?:19|20)\d\d)\b")
_STARS = re.compile(rf"\b({_COUNT})[\s-]*stars?\b|(?<![a-z])stars?[\s-]*({_COUNT})\b(?![\s-]*stars?)")
_AIMED_AT = re.compile(
    rf"\b(?:going for|go for|aiming for|aim for|apply(?:ing)?(?: for|(?=\s+(?:a\s+|the\s+)?{_COUNT}[\s-]*stars?\b))|upgrad\w+ to|move up to|get)\s+(?:a\s+|the\s+)?({_COUNT})\b(?:[\s-]*stars?)?"
)
_AGE = re.compile(rf"\b({_COUNT})[\s-]*(months?|years?)[\s-]+old\b")
_LENGTH = re.compile(rf"\b({_COUNT})[\s-]*(months?|years?)\b")
_USED = re.compile(
    rf"\b(?:been\s+)?used(?:\s+for)?(?=\s+(?:only\s+|just\s+|about\s+)?{_COUNT}[\s-]*(?:months?|years?)\b)"
)
_IN_USE_SINCE = re.compile(
    r"\b(?:cloud(?:-based)?|saas)\s+(?:\w+\s+){1,2}?(?:(?:has|have)\s+been\s+)?(?:in\s+use\s+|used\s+|running\s+)?since\s+((?:19|20)\d\d(?:年\d{1,2}月(?:\d{1,2}日)?)?)\b(?!年)"
)
"""Cloud ERP since May 2022, the date of which is in Chinese already."""
_MAY_A_FIRM = re.compile(
    r"\b(?:can|could|may|is|would)\s+an?\s+([a-z]{2,12})(?:-based)?\s+(?:company|firm|enterprise|business|manufacturer)(?=\s+(?:also\s+|still\s+|to\s+|be\s+)*(?:apply|applying|eligible|qualify|qualified|allowed|participate|declare|join|take\s+part))"
)
"""Can a Shanghai company apply: whose place is that of nobody else in the message."""
_CHINESE = re.compile(r"[\u4e00-\u9fff0-9０-９.%，。！？,.?!¥-]+|__\d+__")
_OF_NOTHING = re.compile(r"[。，,][.,?!，？！]+")
"""The mark of a sentence, or of a clause, of which no word is known (Good to go?): it makes no question of the one before."""
_LETTERS = re.compile(r"[a-z]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


class Glossary(Frozen):
    """English phrases and what they are in Chinese."""

    phrases: dict[str, str]


class English:
    """Reads English statements as Chinese ones."""

    def __init__(self, phrases: Mapping[str, str], places: Gazetteer) -> None:
        self._phrases, self._places = phrases, places

    @cached_property
    def _words(self) -> dict[str, str]:
        # Spelt out for the first English message: few are, and it takes a third of a second.
        return dict(self._phrases) | _spelled(self._places)

    @cached_property
    def _known(self) -> re.Pattern[str]:
        longest_first = sorted(self._words, key=lambda words: (-len(words), words))
        return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")

    def read(self, plain: str) -> str:
        """The statements of a message in Chinese; unchanged where it is not mostly English."""
        letters = len(_LETTERS.findall(plain))
        if letters < 3 * len(_HAN.findall(plain)) or letters < 10:
            return plain
        text = _AIMED_AT.sub(lambda m: f" 想报{_number(m[1])}星 ", plain.replace("’", "'"))
        text = _STARS.sub(lambda m: f" {_number(m[1] or m[2])}星 ", text)
        for pattern, order in _DATES:
            text = pattern.sub(lambda m, order=order: f" {_date(m, order)} ", text)  # type: ignore[misc]
        text = _IN_USE_SINCE.sub(lambda m: f" 云服务自{m[1]}{'' if '年' in m[1] else '年'}起在用 ", text)
        text = _MAY_A_FIRM.sub(self._firm, text)
        text = _YEAR.sub(r" \1年 ", text)
        text = _AGE.sub(lambda m: f" 成立{_length(m).strip()} ", text)
        text = _USED.sub(" 用了 ", text)
        text = _SUM.sub(_sum, text)
        text = self._known.sub(lambda m: f" {self._words[m.group()]} ", text)
        text = _LENGTH.sub(_length, text)
        kept = "".join(_CHINESE.findall(re.sub(r"([.?!;])\s", r"\1。", text)))
        kept = _OF_NOTHING.sub("。", kept)
        return re.sub(r"[.,]+(?=[。，]|$)", "，", kept)

    def _firm(self, match: re.Match[str]) -> str:
        """A firm of a place, as what is told; of any other word nothing is."""
        place = self._words.get(match[1], "")
        return f" {place}公司， " if place in self._places.province_of else match.group()


def load_english(places: Gazetteer, file: Path = ENGLISH_FILE) -> English:
    """The glossary of the field with the places. Raises PackError."""
    return English(load_model(file, Glossary).phrases, places)


def _spelled(places: Gazetteer) -> dict[str, str]:
    """Pinyin of a place → its name; a spelling shared by places of several provinces says nothing."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - reads its dictionary on import

    owners: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for name, province in places.province_of.items():
        if len(name) < 2:
            continue
        spelling = "".join(lazy_pinyin(name))
        owners.setdefault(spelling, set()).add(province)
        names.setdefault(spelling, name)
    return {spelling: names[spelling] for spelling, provinces in owners.items() if len(provinces) == 1}


def _number(said: str) -> str:
    return str(_COUNTS.index(said)) if said in _COUNTS else said


def _date(match: re.Match[str], order: str) -> str:
    part = dict(zip(order, match.groups(), strict=True))
    month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(part["m"][:3]))
    return f"{part['y']}年{month}月" + (f"{int(part['d'])}日" if "d" in part else "")


def _length(match: re.Match[str]) -> str:
    number, unit = _number(match[1]), "年" if match[2].startswith("year") else "个月"
    return f" {number}{unit} "


def _sum(match: re.Match[str]) -> str:
    digits, size, currency = match.groups()
    if not size and not currency and not match.group().startswith(("rmb", "cny", "¥")):
        return match.group()
    yuan_wan = Decimal(digits.replace(",", "")) * Decimal(_SIZES[size] if size else Decimal("0.0001"))
    return f" {yuan_wan.normalize():f}万元 "
