"""An idea: what a piece of a condition would become as a rule, before it is numbered and kept as a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.drafting.field import Field
from knowledge.drafting.naming import Names
from knowledge.drafting.proposal import Pattern
from knowledge.facts import FactSpec
from knowledge.rules import Change, ReasonText, Remedy, Status

LONGEST_TITLE = 14
LONGEST_QUOTED = 60
"""Characters of a condition that a question or reason repeats."""


@dataclass(frozen=True, slots=True)
class Idea:
    """A rule as data with the facts that it needs and how an outcome is told; `quote` is verbatim in the clause."""

    pattern: Pattern
    confidence: float
    quote: str
    title: str
    facts: tuple[FactSpec, ...]
    rule: dict[str, Any]
    reasons: tuple[ReasonText, ...]
    remedy: Remedy
    cues: dict[str, Any] = field(default_factory=dict)
    start: int = 0


@dataclass(frozen=True)
class Workshop:
    """What all recognisers share: the field's knowledge, names given so far, the notice's province."""

    field: Field
    names: Names
    province: str = ""

    def texts(self, kind: str, **slots: object) -> dict[str, str]:
        """The wording of a kind with its slots filled; `{{fact}}` stays a slot of the checker."""
        return {key: _filled(text, slots) for key, text in self.field.wording[kind].items()}


def _filled(text: str, slots: Mapping[str, object]) -> str:
    """Fill what is known; a text whose slots are not all given is left for another use."""
    try:
        return text.format(**slots, phone="{phone}")
    except KeyError:
        return text


def reasons(
    texts: Mapping[str, str], fact: str = "", statuses: tuple[Status, ...] = ("met", "not_met", "unknown")
) -> tuple[ReasonText, ...]:
    """A reason for each status; of a number, an absent one is told apart from one that is known as a range only."""
    found = []
    for status in statuses:
        if status == "unknown" and "absent" in texts and fact:
            found.append(ReasonText(status="unknown", given={fact: "absent"}, text=texts["absent"]))
        found.append(ReasonText(status=status, text=texts[status]))
    return tuple(found)


def remedy(texts: Mapping[str, str], fact: str = "") -> Remedy:
    """What an applicant can change, as far as the wording of this kind knows of something."""
    if fact and "change" in texts:
        return Remedy(change=(Change(fact=fact, how=texts["change"]),))
    return Remedy(otherwise=texts.get("otherwise", ""))


def shortened(words: str, longest: int = LONGEST_QUOTED) -> str:
    """The first words, as many as a reason can hold, cut at a comma where there is one."""
    if len(words) <= longest:
        return words
    kept = words[:longest]
    comma = max(kept.rfind(mark) for mark in "，、（：")
    return kept[:comma] if comma > longest // 3 else kept
