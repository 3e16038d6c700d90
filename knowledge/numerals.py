"""Chinese and Arabic numerals ↔ numbers: 两千三百万, 1.5个亿, 3,000, 3200w, 一千五, 二〇二三, 廿一.

Reading is strict: a string is one numeral as a whole or it is none, and approximate numbers (两三千, 十几)
are none, so that nothing in running text is read as a number that it is not (统一, 万一, 千万别).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {
    c: v
    for v, chars in enumerate(
        ["〇零○", "一壹", "二两贰貳俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"]
    )
    for c in chars
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000, "K": 1000}
_LARGE = {
    "万": 10**4,
    "萬": 10**4,
    "w": 10**4,
    "W": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "万亿": 10**12,
    "萬億": 10**12,
}
_TWENTIES = {"廿": 20, "卅": 30}
_UNIT = "(?:万亿|萬億|[十拾百佰千仟万萬亿億]|[wWkK](?![A-Za-z0-9]))"
_HAN_DIGIT = "[〇零○一壹二两贰貳俩三叁仨四肆五伍六陆七柒八捌九玖]"
_ARABIC = r"(?:[0-9]{1,3}(?:[,，'\u2009\u00a0 ][0-9]{3})++(?![0-9])|[0-9]++)(?:\.[0-9]++)?"
_TOKEN = re.compile(
    rf"(?P<arabic>{_ARABIC})|(?P<point>{_HAN_DIGIT}点{_HAN_DIGIT}+)|(?P<digit>{_HAN_DIGIT})|(?P<tens>[廿卅])"
    rf"|(?P<unit>[ \u00a0]?(?:个(?=[百千万萬亿億]))?[ \u00a0]?{_UNIT})"
)
_RUN = re.compile(
    r"(?P<skip>[A-Za-z_][A-Za-z0-9_]*+|[0-9]+(?:\.[0-9]+){2,}"
    r"|[统唯万同惟]一|一[样起定般些下直旦切边共致会向再律经并贯时]|[专单]一|第[一二三四五六七八九十]+|百分之|十分|十足|一点(?!"
    + _HAN_DIGIT
    + r")|千万(?=[别不要得记请注])|[一大过多]半|半(?=[天途路成数])|百[姓度货]|[三四五]星(?=电子))"
    rf"|(?P<run>(?<![A-Za-z0-9_.])(?:{re.sub('[?]P<[a-z]+>', '?:', _TOKEN.pattern)})++|半)"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．ｗＷｋＫ", "0123456789.wWkK")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral found in a text: characters `start` to `end` of it say `value`."""

    start: int
    end: int
    value: Decimal


def parse_numeral(text: str) -> Decimal | None:
    """The number that `text`, as a whole, says; None where it is not exactly one numeral."""
    text = text.strip().translate(_FULL_WIDTH)
    if text == "半":
        return Decimal("0.5")
    if re.fullmatch(f"{_HAN_DIGIT}{{2,}}", text):
        return None if re.search("[两俩仨]", text) or _is_guess(text) else Decimal(_as_digits(text))
    total = _Total()
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None or not total.take(token):
            return None
        position = token.end()
    return total.value()


def find_numerals(text: str) -> list[Numeral]:
    """All numerals of a running text, in order; runs of them that say no one number are skipped."""
    found = []
    for match in _RUN.finditer(text.translate(_FULL_WIDTH)):
        run = match.group("run")
        value = parse_numeral(run) if run else None
        if value is not None:
            start = match.start() + len(run) - len(run.lstrip())
            found.append(Numeral(start, match.end(), value))
    return found


def _as_digits(text: str) -> str:
    return "".join(str(_DIGITS[c]) for c in text)


def _is_guess(text: str) -> bool:
    """Two neighbouring digits said for "about": 三四 is three or four, 一九 and 二〇二三 are figures."""
    return (
        len(text) == 2
        and _as_digits(text)[0] >= "1"
        and int(_as_digits(text)[1]) - int(_as_digits(text)[0]) == 1
    )


class _Total:
    """Adds up the tokens of one numeral from left to right; units must fall within each other's order."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.section = Decimal(0)
        self.pending: Decimal | None = None
        self.pending_is_digit = False
        self.small = self.large = self.last = Decimal("Infinity")
        self.zero = self.any = False

    def take(self, token: re.Match[str]) -> bool:
        """Add one token; False where it cannot stand here."""
        self.any = True
        kind, text = token.lastgroup, token.group().replace("个", "").replace("\u00a0", "").replace(" ", "")
        if kind == "unit":
            return self._take_unit(text)
        if kind == "tens":
            if self.pending is not None or self.small <= 10:
                return False
            self.section, self.small, self.last = self.section + _TWENTIES[text], Decimal(10), Decimal(10)
            return True
        if self.pending is not None:
            return False
        if kind == "digit" and _DIGITS[text] == 0 and (self.section or self.total):
            self.zero = True
            return True
        if kind == "arabic":
            self.pending = Decimal(re.sub(r"[,，'\u2009]", "", text))
        elif kind == "point":
            whole, fraction = text.split("点")
            self.pending = Decimal(f"{_as_digits(whole)}.{_as_digits(fraction)}")
        else:
            self.pending = Decimal(_DIGITS[text])
        self.pending_is_digit = len(text) == 1
        return True

    def _take_unit(self, text: str) -> bool:
        if text in _SMALL:
            unit = Decimal(_SMALL[text])
            if self.pending is None and unit > 10:
                return False
            of_thousands = unit == 1000 and not self.section and not self.total  # 19,800K, 19800千
            if unit >= self.small or (self.pending is not None and self.pending >= 1000 and not of_thousands):
                return False
            self.section += (Decimal(1) if self.pending is None else self.pending) * unit
            self.small = self.last = unit
        else:
            unit = Decimal(_LARGE[text])
            amount = self._close_section()
            if not amount or unit >= self.large:
                return False
            self.total += amount * unit
            self.section, self.small, self.large, self.last = Decimal(0), Decimal("Infinity"), unit, unit
        self.pending, self.zero = None, self.pending == 0  # 2千0百50
        return True

    def _close_section(self) -> Decimal | None:
        """What was counted since the last large unit; None where the units and digits do not fit together."""
        if self.pending is None:
            return None if self.zero else self.section
        written_out = not self.pending_is_digit and self.pending < self.last  # 2千50万; 2千5万 is none
        if self.section and self.last != 10 and not self.zero and not written_out:
            return None
        return self.section + self.pending

    def value(self) -> Decimal | None:
        """The number of all tokens taken."""
        if not self.any or (self.zero and self.pending is None):
            return None
        if self.pending is None:
            return self.total + self.section
        if self.last.is_infinite() or self.zero:
            return self.total + self.section + self.pending
        if self.pending_is_digit and self.pending:
            return self.total + self.section + self.pending * self.last / 10  # 一千五 is 1500
        if (
            self.last >= 10**4
            and self.pending < self.last
            and self.pending == self.pending.to_integral_value()
        ):
            return self.total + self.pending  # 1万5000
        return None
