"""One time told as either of two that follow each other: 2、3月份, 二三月份, 2月或3月, 2019年底2020年初."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

from knowledge.facts import DateRange
from knowledge.numerals import parse_numeral

_MONTHS = list(enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1))
_OR = "或者?|还是"
_BETWEEN = f"[、,，/~到至-]|(?:月份?)?(?:{_OR})"
TWO_MONTHS = "|".join(
    f"(?:0?{number}|{han})(?:{_BETWEEN})(?:0?{next_number}|{next_han})(?=月)"
    + (f"|{han}{next_han[-1]}(?=月)" if number not in {9, 10} else "")
    for (number, han), (next_number, next_han) in pairwise(_MONTHS)
)
"""十一月 is November and 九十月 hardly said: the others are two months where nothing stands between them."""
_MARK = re.compile(f" ?(?:{_OR})? ?")


def months_of(said: str) -> tuple[int, int]:
    """The first and the last of the one or two months said."""
    if said in {"元", "正"}:
        return 1, 1
    parts = [part for part in re.split(_BETWEEN, said) if part]
    number = parse_numeral(parts[0]) if said not in _SIDE_BY_SIDE else None
    first = int(number or _SIDE_BY_SIDE.get(said, 0))
    return first, first + 1 if len(parts) > 1 or number is None else first


_SIDE_BY_SIDE = {
    f"{han}{next_han[-1]}": number
    for (number, han), (_, next_han) in pairwise(_MONTHS)
    if number not in {9, 10}
}


def either_of(first: DateRange, second: DateRange, between: str) -> DateRange | None:
    """Both times as one, where nothing but an or stands between them and the second follows the first at once."""
    if first.hi is None or second.lo is None or first.exact or second.exact or not _MARK.fullmatch(between):
        return None
    return DateRange(first.lo, second.hi) if first.hi + timedelta(days=1) == second.lo else None
