"""What a sum comes to once another beside it is considered: taken off, perhaps taken off, or perhaps added."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce

from assistant.facts.spoken.amounts import add, subtract
from assistant.facts.sums.payments import is_paid
from assistant.facts.sums.roles import APART, WITHIN, WITHOUT, is_counted_in
from assistant.facts.sums.shares import RECENT, Share
from knowledge.facts import NumberRange

OUTRIGHT = frozenset({"spent", "part", "total", "net"})
_BESIDE = re.compile("另外|另有|另[算计花付买投]|此外|除此之?外")
_MAY_BE_BESIDE = re.compile("(?<![里面头中])还有")
_OF_IT = re.compile("^(?:不过|但是?|可是?|只是|里头?|里面)*有$")
"""不过有700万是2015年的."""


def without(total: NumberRange, item: Share, whole: Share) -> NumberRange:
    """The sum once an item beside it is considered: deducted, perhaps deducted, or perhaps added."""
    if item.role == "doubtful":  # 已付1800万，还有300万没付: what is paid holds nothing that is not
        if _BESIDE.search(_before(item)):
            return NumberRange(total.lo, add(total, item.value).hi)
        return total if is_paid(whole) else NumberRange(subtract(total, item.value).lo, total.hi, total.open)
    apart = item.role in APART
    if apart and _is_left_before(item, whole):
        return NumberRange(subtract(total, item.value).lo if whole.role == "total" else total.lo, total.hi)
    if apart and _BESIDE.search(_before(item)):
        # 另外还有买地500万: outside the sum, where it may count or not.
        return NumberRange(total.lo, add(total, item.value).hi) if item.role == "excluded" else total
    if item.role == "excluded" and _is_within(item, whole) and not _set_aside(item):
        # 其中厂房500万: what 等 adds is not said, so it may count or not.
        return NumberRange(subtract(total, item.value).lo, total.hi, total.open)
    if apart and _is_within(item, whole):
        return subtract(total, item.value)
    if item.role == "excluded" and whole.role == "part" and not _set_aside(item):
        return NumberRange(total.lo, add(total, item.value).hi, total.open)
    if apart and whole.role in {"spent", "total"} and not _comes_first(item, whole):
        most = add(total, item.value) if _MAY_BE_BESIDE.search(_before(item)) else total
        return NumberRange(subtract(total, item.value).lo, most.hi, total.open)
    if item.role == "within" and is_counted_in(item.lead):
        return NumberRange(total.lo, add(total, item.value).hi, total.open)
    if item.role == "open_part" and not RECENT.search(whole.lead):
        hi = None if total.hi is None or item.value.hi is None else total.hi + item.value.hi
        return NumberRange(total.lo, hi)
    return total


def made_up(whole: Share, items: list[Share]) -> bool:
    """Whether a total is the sum of what was told before it: 2017年600万，后来1700万，合起来2300万."""
    if whole.role != "total":
        return False
    before = [item for item in items if item.role in {"spent", "part", *APART} and _comes_first(item, whole)]
    return len(before) > 1 and sum_of(before) == whole.value


def _set_aside(item: Share) -> bool:
    """Whether the applicant itself leaves the item out: 厂房900万不算."""
    return bool(
        WITHOUT.search(item.phrase.words) or re.search("没算|未计|不计|除外|不在内", item.phrase.words)
    )


def _is_within(item: Share, whole: Share) -> bool:
    before = _before(item)
    inside = bool(WITHIN.search(before) or WITHOUT.search(before) or _OF_IT.search(before))
    return inside or (whole.role == "total" and not _comes_first(item, whole))


def _before(item: Share) -> str:
    """The words of its phrase before a sum, another sum among them."""
    return item.phrase.text[: item.amount.core]


def _is_left_before(item: Share, whole: Share) -> bool:
    """除去厂房的500万，我们投了2300万: what was taken away before the sum was told is not in it."""
    return item.start < whole.start and WITHOUT.search(item.lead) is not None


def is_of_a_greater(item: Share, whole: Share, said: list[Share]) -> bool:
    """总投资8000万，其中土地5000万，设备和软件一共2300万: what is a part of a sum greater than the one that counts."""
    hi = whole.value.hi
    greater = (
        s for s in said if s.start < item.start < whole.start and s.role in OUTRIGHT and s is not whole
    )
    return WITHIN.search(_before(item)) is not None and any(
        hi is not None and s.value.lo is not None and s.value.lo > hi for s in greater
    )


def _comes_first(item: Share, whole: Share) -> bool:
    """Told before the sum itself, or beside a sum of the last years alone: then it was never in the sum."""
    recent = re.search("(?:近|最近|这|过去)(?:的)?[一二两三123]年", whole.phrase.text[: whole.amount.end])
    return item.start < whole.start or bool(recent)


def sum_of(shares: Iterable[Share]) -> NumberRange:
    """All of them together."""
    return reduce(add, (share.value for share in shares))
