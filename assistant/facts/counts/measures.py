"""Numbers of named indicators, as annexes declare them: 设备连接数1.2万台, 数控化率到了85%, 连了12000台设备.

A number belongs to the name before it in its phrase, else to the name right behind it, and its unit must be the
indicator's. Where no name stands, a unit of its own and a word of the name do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Find, Hearing
from assistant.facts.spoken.amounts import AFTER, BEFORE, bounded, find_amounts, last_place, scale
from knowledge.cues import MeasureCue
from knowledge.facts import NumberRange
from knowledge.numerals import find_numerals, parse_numeral

_REACH_BEFORE, _REACH_BEHIND = 12, 4
_MONEY = {"元": Decimal(1), "万元": Decimal(10) ** 4, "亿元": Decimal(10) ** 8}
_PERCENT = ("%", "％")
_SOME_UNIT = re.compile(
    r"\s?(?:[%％年月日号天点台套个家人名户条次项件种款级星元块辆座亩吨层期届岁倍]|平米|小时|分钟)"
)
_FILL = r"(?:\s|是|有|了|也|就|在|为|总共|共|[:约]){0,3}"
_BOUND_BEFORE = re.compile(
    "(?:" + "|".join(f"(?P<b_{name}>{words})" for name, words in BEFORE.items()) + f"){_FILL}$"
)
_BOUND_AFTER = re.compile(
    "了?(?:" + "|".join(f"(?P<a_{name}>{words})" for name, words in AFTER.items()) + ")"
)
_MORE = re.compile(r"\s?[多余来]\s?(?!少)")
_PERCENTS = re.compile(
    "百分之(?P<percent>[〇零一二两三四五六七八九十百点0-9.]+)|(?P<tenths>[一二三四五六七八九])成(?P<half>半|[一二三四五六七八九])?"
)
_RULE = re.compile("要求|规定|标准|门槛|指标[是为]|须|应当?(?!用)|必须|不得|需要?达到|达标线")
_NONE = re.compile("(?:没有?|无|尚无|还没有?|一[个项台家]也?没有?)(?:任何|一[个项台家]|相关)?$")
_HAN = re.compile("[\u4e00-\u9fff]+")
_NO = re.compile("(?:没有?|无|零|还没有?|一[个项台家]也?没有?)[的了啊呢。 ]*")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number said from `start` to `end` of a phrase; `unit` is whether the indicator's own unit was said."""

    start: int
    end: int
    value: NumberRange
    unit: bool


def read_measures(hearing: Hearing) -> list[Find]:
    """The numbers of the pack's indicators, each by its name, or as the answer to what was asked."""
    cues = hearing.cues.measures
    finds = [find for phrase in hearing.phrases for find in _named(hearing, phrase, cues)] if cues else []
    asked = next((cue for cue in cues if cue.fact == hearing.asked), None)
    if asked is not None and not any(find.name == asked.fact for find in finds):
        finds += _answer(hearing, asked)
    return finds


def _named(hearing: Hearing, phrase: Phrase, cues: tuple[MeasureCue, ...]) -> Iterator[Find]:
    text = phrase.text
    if _RULE.search(text):
        return
    taken: list[tuple[int, int]] = []
    places = sorted(
        ((match.start(), match.end(), cue) for cue in cues for match in cue.words.finditer(text)),
        key=lambda place: (place[0], -place[1], hearing.category not in place[2].categories),
    )
    for at, (start, end, cue) in enumerate(places):
        if any(start < stop and begin < end for begin, stop in taken):
            continue  # part of a longer name
        until = min((begin for begin, *_ in places[at + 1 :] if begin >= end), default=len(text))
        spoken = _beside(text, cue, start, end, until)
        if spoken is None and _NONE.search(text[:start]):
            spoken = Spoken(start, end, NumberRange.exactly(0), unit=True)
        if spoken is not None and hearing.is_own(phrase, start, end):
            taken.append((start, end))
            first, last = min(start, spoken.start), max(end, spoken.end)
            yield hearing.find(cue.fact, spoken.value, phrase, first, last)
    if not places:
        yield from _by_unit(hearing, phrase, cues)


def _beside(text: str, cue: MeasureCue, start: int, end: int, until: int) -> Spoken | None:
    numbers = find_measures(text, cue.unit)
    behind = [n for n in numbers if end <= n.start < until and n.start - end <= _REACH_BEFORE]
    if behind:
        return behind[0]
    before = [n for n in numbers if n.unit and n.end <= start and start - n.end <= _REACH_BEHIND]
    return before[-1] if before else None


def _by_unit(hearing: Hearing, phrase: Phrase, cues: tuple[MeasureCue, ...]) -> Iterator[Find]:
    """连了12000台设备: the unit of one indicator alone, and a word of its name in the same phrase."""
    for cue in cues:
        if not cue.unit or cue.unit in _MONEY or cue.unit in _PERCENT:
            continue
        numbers = [n for n in find_measures(phrase.text, cue.unit) if n.unit]
        alike = [other for other in cues if _units(other.unit) & _units(cue.unit)]
        if len(numbers) != 1 or max(alike, key=lambda c: _shared(c, phrase.text)) is not cue:
            continue
        if _shared(cue, phrase.text) and hearing.is_own(phrase, numbers[0].start, numbers[0].end):
            yield hearing.find(cue.fact, numbers[0].value, phrase, 0, len(phrase.text))


def _shared(cue: MeasureCue, text: str) -> int:
    """How many pairs of characters of the indicator's words stand in the text."""
    words = _HAN.findall(cue.words.pattern)
    return len({name[i : i + 2] for name in words for i in range(len(name) - 1) if name[i : i + 2] in text})


def _answer(hearing: Hearing, cue: MeasureCue) -> list[Find]:
    """The one number of the message, or none at all, as the answer to the indicator asked for last."""
    found = [(phrase, n) for phrase in hearing.phrases for n in find_measures(phrase.text, cue.unit)]
    if len(found) == 1:
        phrase, spoken = found[0]
        return [hearing.find(cue.fact, spoken.value, phrase, spoken.start, spoken.end)]
    first = hearing.phrases[0] if hearing.phrases else None
    if not found and first is not None and _NO.fullmatch(first.text.strip()):
        return [hearing.find(cue.fact, NumberRange.exactly(0), first, 0, len(first.text))]
    return []


def find_measures(text: str, unit: str) -> list[Spoken]:
    """All numbers of a text that may be counted in `unit`, in order, as ranges in that unit."""
    if unit in _MONEY:
        return [
            Spoken(a.start, a.end, scale(a.yuan, _MONEY[unit]) if a.unit else a.yuan, a.unit)
            for a in find_amounts(text)
        ]
    if unit in _PERCENT and (match := _PERCENTS.search(text)):
        value = _percent(match)
        return [] if value is None else [_bound(text, match.start(), match.end(), value, unit=True)]
    found = []
    own = re.compile(r"\s?(?:" + "|".join(map(re.escape, sorted(_units(unit), key=len, reverse=True))) + ")")
    for numeral in find_numerals(text):
        end = more.end() if (more := _MORE.match(text, numeral.end)) else numeral.end
        match = own.match(text, end) if unit else None
        if match is None and _SOME_UNIT.match(text, end):
            continue
        span = NumberRange.exactly(numeral.value)
        if more:
            span = bounded(span, "around" if "来" in more.group() else "more", last_place(numeral.value))
        found.append(_bound(text, numeral.start, match.end() if match else end, span, unit=match is not None))
    return found


def _units(unit: str) -> set[str]:
    """The words that are the unit: 台（套） is 台, 套 and 台套; 个百分点 is %."""
    if unit in _PERCENT:
        return set(_PERCENT)
    return {word for word in (*re.split("[（()）/、或]", unit), re.sub("[（()）/、或]", "", unit)) if word}


def _percent(match: re.Match[str]) -> NumberRange | None:
    if match["tenths"]:
        tens, half = parse_numeral(match["tenths"]), match["half"]
        ones = Decimal(5) if half == "半" else parse_numeral(half) if half else Decimal(0)
        return None if tens is None or ones is None else NumberRange.exactly(tens * 10 + ones)
    number = parse_numeral(match["percent"])
    return None if number is None else NumberRange.exactly(number)


def _bound(text: str, start: int, end: int, span: NumberRange, *, unit: bool) -> Spoken:
    before, after = _BOUND_BEFORE.search(text[:start]), _BOUND_AFTER.match(text, end)
    names = [n[2:] for m in (before, after) if m for n, v in m.groupdict().items() if v]
    name = next((n for n in names if n != "around"), names[0] if names else "")
    value = bounded(span, name, last_place(span.exact)) if span.exact is not None else span
    return Spoken(before.start() if before else start, after.end() if after else end, value, unit)
