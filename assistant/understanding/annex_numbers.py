"""The numbers of the annexes that a message names: 附件1, 附件一、二, 附件4 5 6, 附件1到3."""

from __future__ import annotations

import re

from knowledge.numerals import parse_numeral

ANNEX_NUMBER = "(?!一[共些样])(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_NO_UNIT = r"(?![0-9.年月日号天星万元份页个项家类张级点])"
_JOINT = "(?: ?[、,，/和及与跟] ?| ?(?:[-~～至到]|—{1,2}) ?| )(?:附件 ?)?"
_TO = re.compile("[-~～至到—]")
_ANNEXES = re.compile(rf"附件 ?{ANNEX_NUMBER}(?:{_JOINT}{ANNEX_NUMBER}{_NO_UNIT})*")
"""附件4 5 6; not 附件3 2月28日前交."""
_NUMBER = re.compile(rf"(?P<joint>{_JOINT}|附件 ?)(?P<number>{ANNEX_NUMBER})")
_MOST = 30
"""Annexes in a range."""


def named_annexes(plain: str) -> set[int]:
    """The numbers of the annexes that a message names."""
    named: set[int] = set()
    for found in _ANNEXES.finditer(plain):
        last = 0
        for each in _NUMBER.finditer(found.group()):
            number = annex_number(each["number"])
            to = last and _TO.search(each["joint"]) and last < number <= last + _MOST
            named.update(range(last, number + 1) if to else (number,))
            last = number
    return named


def annex_number(written: str) -> int:
    """The number that is written; 0 where it is none."""
    return int(parse_numeral(written) or 0)
