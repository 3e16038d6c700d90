"""Sums told beside the sum itself: what papers show of it (发票只开了1500万), and what it does not hold (不含厂房500万)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.facts.sums.shares import Share
from knowledge.facts import NumberRange

_SHOWN = re.compile(
    "(?:(?P<report>审计(?:报告|结果)?|审定)|发票|票据|开票)"
    "(?:上|里|写|显示|审|定|的|是|金额|总额|数|确认|出来|(?P<only>[只就才仅差缺少]|还?剩下?)|有|开|了|拿到|收到|凑|目前|一共|总共|合计|大概|[: ]){0,8}$"
)
_NOT_HELD = re.compile("(?:不含|不包括|不包含|未含)[^，。0-9]*$")
_OUTRIGHT = frozenset({"spent", "part", "total"})
_SMALL = 2
"""总共2600万，不含厂房500万: what would be left of a total is no sum of which that much more than half was no part."""


def without_asides(said: Sequence[Share], known: bool) -> list[Share]:
    """The shares without those that are no sums of their own; `known`: a sum was told before.

    Of a sum of which the audit shows less, what counts lies between the two.
    """
    papers = {share: shown for share in said if (shown := _shown(share))}
    kept = [share for share in said if share not in papers and not _is_not_held(share, said)]
    wholes = [share for share in kept if share.role in _OUTRIGHT]
    for share, shown in papers.items():
        if shown["report"] and len(wholes) == 1:
            (whole,) = wholes
            kept[kept.index(whole)] = _at_least(whole, share.value)
        elif not wholes and (shown["report"] or not (known or shown["only"])):
            kept.append(share)
    return kept


def _shown(share: Share) -> re.Match[str] | None:
    """The words by which a paper is said to show the sum, or by which that is said to be lacking there."""
    told = share.role in _OUTRIGHT or share.role == "net"
    return _SHOWN.search(share.phrase.text[: share.amount.core]) if told else None


def _at_least(whole: Share, shown: NumberRange) -> Share:
    if shown.lo is None or whole.value.lo is None or shown.lo >= whole.value.lo:
        return whole
    return replace(whole, value=NumberRange(shown.lo, whole.value.hi))


def _is_not_held(share: Share, said: Sequence[Share]) -> bool:
    """Whether a sum is what a far greater one, told before, does not hold."""
    if share.role != "net" or not _NOT_HELD.search(share.phrase.text[: share.amount.core]):
        return False
    before = [s.value.lo for s in said if s.role in _OUTRIGHT and s.start < share.start]
    most = share.value.hi
    return most is not None and any(lo is not None and lo > _SMALL * most for lo in before)
