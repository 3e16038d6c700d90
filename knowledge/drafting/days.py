"""Days in a notice's text, with years inferred: 2月6日, 2024年3月1日—31日 17:00, 2024-03-31, 即日起."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?P<{p}y>(?:19|20)[0-9]{{2}}|[二〇零○]{{4}}|二[〇零○][一二三四五六七八九〇零○]{{2}})\s*年\s*"
_CLOCK = r"(?:\s*[（(]?(?:(?:上午|下午|晚上?|中午|夜间|早上)?\s*[0-9]{1,2}\s*(?:[:：][0-9]{2}|[点时](?:整|半|[0-9]{1,2}分)?))[)）]?)"
_DAY = (
    rf"(?:{_YEAR.format(p='')})?(?P<m>1[0-2]|0?[1-9])\s*月\s*(?P<d>3[01]|[12][0-9]|0?[1-9])\s*(?:[日号]|(?![0-9]))"
    r"|(?P<iy>20[0-9]{2})\s*[-/.]\s*(?P<im>1[0-2]|0?[1-9])\s*[-/.]\s*(?P<id>3[01]|[12][0-9]|0?[1-9])(?![0-9])"
    r"|(?:(?P<ey>(?:19|20)[0-9]{2})\s*年\s*)?(?P<em>1[0-2]|0?[1-9])\s*月(?P<end>底|末)"
)
_FOUND = re.compile(
    rf"(?<![0-9.])(?:{_DAY})(?:\s*[（(](?:星期|周|礼拜)[一二三四五六日天][)）])?(?P<clock>{_CLOCK})?"
)
_SHORT = re.compile(
    rf"\s*(?P<link>至|到|[-—–~～－―]+)\s*(?P<d>3[01]|[12][0-9]|0?[1-9])\s*[日号](?P<clock>{_CLOCK})?"
)
_LINK = re.compile(r"\s*(?:起|开始|开放)?\s*(?:至|到|[-—–~～－―]+)\s*(?:次年|当年)?$")
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DIGITS = {
    c: str(n)
    for n, chars in enumerate(("〇零○", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for c in chars
}


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day at `start` to `end` of a text, its clock time included; `ranged`: the end of a stretch from the day before it.

    `year` is None where none is printed.
    """

    year: int | None
    month: int
    day: int
    time: str
    start: int
    end: int
    ranged: bool = False

    def in_year(self, year: int) -> date | None:
        """The day, in its own year or else in this one; None for 2月30日."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


def find_days(text: str) -> list[PrintedDay]:
    """All days of a text in order; the end of a stretch takes its month and year from the beginning."""
    return list(_days(text))


def _days(text: str) -> Iterator[PrintedDay]:
    last: PrintedDay | None = None
    for match in _FOUND.finditer(text):
        month = int(match["m"] or match["im"] or match["em"])
        year = _year(match["y"] or match["iy"] or match["ey"])
        day = _LAST_DAYS[month - 1] if match["end"] else int(match["d"] or match["id"])
        ranged = last is not None and bool(
            _LINK.match(text[last.end : match.start()]) and match.start() - last.end < 12
        )
        if ranged and year is None and last is not None and last.year:
            year = last.year + (month < last.month)
        last = PrintedDay(year, month, day, _clock(match["clock"]), match.start(), match.end(), ranged)
        yield last
        short = _SHORT.match(text, match.end())
        if short:
            last = PrintedDay(
                year,
                month,
                int(short["d"]),
                _clock(short["clock"]),
                short.start("d"),
                short.end(),
                ranged=True,
            )
            yield last


def _clock(words: str | None) -> str:
    return re.sub(r"[\s（）()]", "", words or "")


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdecimal() else int("".join(_DIGITS[c] for c in text))


def undated_from(issued: date | None, days: list[PrintedDay]) -> int:
    """From which month on a day without a year lies in the year of issue; those before it lie in the next.

    Only a notice of the last months of a year reaches into the next without saying so.
    """
    if issued is None or issued.month < 9:
        return 1
    early = [day.month for day in days if day.year is None and day.month <= issued.month - 6]
    return max(early) + 1 if early else 1
