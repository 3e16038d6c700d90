"""What has been paid of a price is part of it, and never comes on top: 合同总额2600万，付了1800万 is one sum.

Whether the price or what is paid of it counts is not said in every notice, so the sum lies between the two; of a
total that the applicant itself states (一共投了2300万，付掉1200万) the total holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.facts.sums.kinds import FILLER
from assistant.facts.sums.roles import PRICE
from assistant.facts.sums.shares import Share
from knowledge.facts import NumberRange

_PAID = re.compile(
    "(?:已经?|先|才|只|实际|目前|现在|陆续)*(?:支付|付|打款|结算)(?:清|掉|出去|出|过)?(?:了|过)?(?:有|是)?$"
)
_STILL_DUE = re.compile("剩|余下|尾款|(?:没|未|待|还要)付")
_NEAR = 2
"""Phrases between a price and what has been paid of it."""


def with_payments(said: Sequence[Share]) -> list[Share]:
    """The shares, each price joined with what has been paid of it; prices of which nothing is told are no spending."""
    kept = list(said)
    joined = False
    for paid in [share for share in kept if is_paid(share)]:
        whole = _whole_of(paid, [share for share in kept if share is not paid])
        if whole is None:
            continue
        kept.remove(paid)
        kept[kept.index(whole)] = _between(paid, whole)
        joined = True
    if joined:
        kept = [share for share in kept if not _STILL_DUE.search(_around(share))]
    return [share for share in kept if share.role != "price"]


def is_paid(share: Share) -> bool:
    """Whether a sum is told as paid: 已付1800万."""
    return share.role == "spent" and _PAID.search(share.lead) is not None


def _whole_of(paid: Share, others: Sequence[Share]) -> Share | None:
    """The sum of which this was paid: a price near it, or what was told just before where it names nothing itself."""
    near = [s for s in others if abs(s.phrase.position - paid.phrase.position) <= _NEAR and _holds(s, paid)]
    before = [s for s in near if s.start < paid.start]
    prices = [s for s in (*reversed(before), *near) if s.role == "price" or PRICE.search(s.lead)]
    if prices:
        return prices[0]
    return before[-1] if before and not FILLER.sub("", _PAID.sub("", paid.lead)).strip() else None


def _holds(whole: Share, paid: Share) -> bool:
    sums = whole.role in {"price", "part", "spent", "total"} and not _PAID.search(whole.lead)
    return sums and None not in (whole.value.hi, paid.value.hi) and whole.value.hi >= paid.value.hi  # type: ignore[operator]


def _between(paid: Share, whole: Share) -> Share:
    """The whole once it is known what was paid of it; a total told as such stays."""
    if whole.role == "total" and not PRICE.search(whole.lead):
        return whole
    role = whole.role if whole.role == "part" else "spent"
    return replace(whole, role=role, value=NumberRange(paid.value.lo, whole.value.hi))


def _around(share: Share) -> str:
    return share.lead + share.phrase.words[share.amount.end : share.amount.end + 4]
