"""Feasts by which people date things: 去年国庆后, 元旦, 双十一; each a range of days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from knowledge.facts import DateRange

_FEASTS = {
    "元旦": ((1, 1), (1, 1)),
    "春节|过年(?!检|审)|除夕|年三十|大年(?:初一|三十)": ((1, 20), (2, 20)),
    "元宵节?": ((2, 3), (3, 6)),
    "清明节?": ((4, 4), (4, 6)),
    "五一(?!年)|劳动节": ((5, 1), (5, 1)),
    "端午节?": ((5, 28), (6, 26)),
    "六一儿童节|六一|儿童节": ((6, 1), (6, 1)),
    "中秋节?": ((9, 7), (10, 8)),
    "教师节": ((9, 10), (9, 10)),
    "国庆节?": ((10, 1), (10, 1)),
    "双十一|双11": ((11, 11), (11, 11)),
    "双十二|双12": ((12, 12), (12, 12)),
    "平安夜": ((12, 24), (12, 24)),
    "圣诞节?": ((12, 25), (12, 25)),
}
"""The first and last (month, day) on which each may fall: some move with the moon."""
FEAST = f"(?:{'|'.join(_FEASTS)})(?:(?:之|过)?[前后])?"
"""A feast, with the side of it that is meant."""
BARE_FEAST = "元旦|春节|劳动节|端午节?|中秋节?|国庆节?|双十[一二]|双1[12]|圣诞节?"
"""Those that date a thing without a year being told."""
_WEEKS = timedelta(weeks=5)


def around_feast(said: str, year: int) -> DateRange | None:
    """The days of the feast in that year; 国庆前, 国庆后 are the weeks on that side of it."""
    name = re.sub("[之过]?[前后]$", "", said)
    days = next((days for words, days in _FEASTS.items() if re.fullmatch(words, name)), None)
    if days is None:
        return None
    lo, hi = (date(year, *day) for day in days)
    if said.endswith("后"):
        return DateRange(lo, hi + _WEEKS)
    return DateRange(lo - _WEEKS, hi) if said.endswith("前") else DateRange(lo, hi)


def last_feast(said: str, as_of: date) -> DateRange | None:
    """The last such feast, of this year or of the year before."""
    found = around_feast(said, as_of.year)
    if found is not None and found.lo is not None and found.lo > as_of:
        return around_feast(said, as_of.year - 1)
    return found
