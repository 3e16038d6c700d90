"""Sentences around the pack's own texts, in Chinese; what a criterion says stands in the pack's rules.yaml."""

from __future__ import annotations

from assistant.reply import Verdict
from knowledge.rules import Status

STATUS_WORDS: dict[Status, str] = {
    "met": "符合",
    "not_met": "不符合",
    "unknown": "还不能判断",
    "needs_confirmation": "需确认",
    "not_applicable": "不涉及",
}

ALTERNATIVES: dict[Verdict, tuple[Status, str]] = {
    "eligible": ("met", "按现有情况，各项条件都符合。"),
    "ineligible": ("not_met", "不符合的条件：{titles}。"),
    "needs_info": ("unknown", "没有发现不符，还要了解：{titles}。"),
    "needs_confirmation": ("needs_confirmation", "没有发现不符，有待确认：{titles}。"),
}
"""Why another category stands as it does: the criteria of which status are named, and in which words."""

BY_ANNEX_WORDS: dict[Status, str] = {
    "met": "按{annex}逐条判定，各项条件都满足。",
    "not_met": "按{annex}逐条判定，有条件不满足。",
    "unknown": "要按{annex}逐条判定，还缺几项情况。",
    "needs_confirmation": "按{annex}逐条判定，没有发现不满足的，但附件中有要求须由您对照并确认，可致电{phone}。",
}
"""Why a criterion that is left to an annex stands as it does, where the annex's own criteria decide it."""

AND_MORE = "等"
STILL_OPEN = "还没有判断，不符合的条件改变之后仍要了解：{titles}。"
EXACT_DATE = "{meaning}：您说的是{value}，请问确切是哪天？"
EXACT_NUMBER = "{meaning}：您说的是{value}，请问确切是多少？"
AS_UNDERSTOOD = "“{words}”（按{value}理解）"
"""What an applicant said roughly, in its own words, and the range in which it is taken."""
