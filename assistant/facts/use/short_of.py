"""Lengths of use that are short of another by so much: 差2天满3个月, 三个月还差半个月."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.facts.spoken.durations import Duration
from assistant.facts.times.read import Timed
from knowledge.facts import NumberRange

_LACKING = re.compile("(?:还)?[差缺少]$")
_UNTIL_FULL = re.compile("[就才]?(?:能|可以)?(?:满|到|够)?")
_STILL = re.compile("(?:了|整)?(?:还|就|只|仍)*[差缺少]")
_FIRM = (Decimal(0), Decimal(0))


def with_lacks(times: Sequence[Timed]) -> list[Timed]:
    """The times, each length and what it lacks taken together as the length that was reached."""
    kept: list[Timed] = []
    for timed in times:
        reached = _reached(kept[-1], timed) if kept and kept[-1].phrase is timed.phrase else None
        kept = [*kept[:-1], reached] if reached else [*kept, timed]
    return kept


def _reached(first: Timed, second: Timed) -> Timed | None:
    if not isinstance(first.time, Duration) or not isinstance(second.time, Duration):
        return None
    text = first.phrase.text
    between = text[first.time.end : second.time.start]
    lacking, start = _LACKING.search(text[: first.time.start]), first.time.start
    if lacking and _UNTIL_FULL.fullmatch(between):
        whole, lack, start = second, first, lacking.start()
    elif _STILL.fullmatch(between):
        whole, lack = first, second
    else:
        return None
    full, short = whole.time.months.lo, lack.time.months.exact  # type: ignore[union-attr]
    if full is None or short is None or short >= full:
        return None
    months = NumberRange.exactly(full - short)
    length = Duration(start, second.time.end, months, "exactly", _FIRM, ago=False, later=False)
    return replace(whole if whole.kind else lack, time=length)
