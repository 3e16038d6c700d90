"""What would have to change for a criterion that fails, found by running the checker again.

Fewest facts first, then the order of the rules; a remedy, applied, removes the failure and adds none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, product

from assistant.eligibility.decide import Years
from assistant.eligibility.evaluate import Decision, Evaluation, evaluate
from assistant.eligibility.reason import criterion_slots
from assistant.eligibility.wording import fill, show_value
from knowledge.facts import DateRange, FactValue, NumberRange
from knowledge.pack import Pack
from knowledge.rules import (
    Change,
    Comparison,
    DateAfter,
    Leaf,
    OneOf,
    PrerequisiteLevel,
    Status,
    bound,
    leaves,
)

_PREFERENCE: tuple[Status, ...] = ("met", "needs_confirmation", "unknown")


@dataclass(frozen=True, slots=True)
class Remedy:
    """What removes a failure: changed facts, or no change but a day from which to apply; and how it is said."""

    criterion: str
    text: str
    changes: Mapping[str, FactValue] = field(default_factory=dict)
    from_day: date | None = None


def remedies(pack: Pack, evaluation: Evaluation, stated: Mapping[str, FactValue]) -> tuple[Remedy, ...]:
    """A remedy for each criterion that fails or waits for a day, as far as there is one."""
    found = (remedy(pack, evaluation, stated, decision) for decision in evaluation.decisions)
    return tuple(each for each in found if each is not None)


def remedy(
    pack: Pack, evaluation: Evaluation, stated: Mapping[str, FactValue], decision: Decision
) -> Remedy | None:
    """The least that would have to change for one criterion; None where nothing helps or nothing fails."""
    if decision.status == "needs_confirmation":
        return _waiting(pack, evaluation, decision)
    if decision.status != "not_met":
        return None
    allowed = decision.criterion.remedy.change
    for size in range(1, len(allowed) + 1):
        ranked = [
            (_PREFERENCE.index(status), changed, values)
            for changed in combinations(allowed, size)
            for values in targets(pack, evaluation, decision, [change.fact for change in changed])
            if (status := outcome(pack, evaluation, decision, {**stated, **values})) in _PREFERENCE
        ]
        if ranked:
            _, changed, values = min(ranked, key=lambda each: each[0])
            return Remedy(decision.criterion.id, _how(pack, evaluation, decision, changed, values), values)
    return None


def nothing_helps(pack: Pack, evaluation: Evaluation, decision: Decision) -> str | None:
    """What is said where a criterion fails and the applicant cannot change it this time."""
    text = decision.criterion.remedy.otherwise
    if decision.status != "not_met" or not text:
        return None
    return fill(text, criterion_slots(pack, evaluation.category, decision), decision.criterion.id)


def _waiting(pack: Pack, evaluation: Evaluation, decision: Decision) -> Remedy | None:
    days = [
        step.threshold.complete_on.hi
        for step in decision.steps
        if isinstance(step.threshold, Years) and step.threshold.complete_on is not None
    ]
    text = decision.criterion.remedy.wait
    known = [day for day in days if day is not None]
    if not text or not known or evaluation.category is None:
        return None
    slots = criterion_slots(pack, evaluation.category, decision)
    return Remedy(decision.criterion.id, fill(text, slots, decision.criterion.id), from_day=max(known))


def outcome(pack: Pack, evaluation: Evaluation, decision: Decision, facts: Mapping[str, FactValue]) -> Status:
    """The criterion's status under changed facts; `not_met` too where the change makes another one fail."""
    again = evaluate(pack, evaluation.category, facts, evaluation.as_of)
    before = evaluation.statuses
    if any(now == "not_met" and before[name] != "not_met" for name, now in again.statuses.items()):
        return "not_met"
    return again.statuses[decision.criterion.id]


def targets(
    pack: Pack, evaluation: Evaluation, decision: Decision, names: Sequence[str]
) -> Iterator[dict[str, FactValue]]:
    """Values worth trying for some facts: those at which the rule's parts turn."""
    named = evaluation.category
    categories = [c.id for c in pack.notice.categories] if named is None else [named]
    tried = []
    for name in names:
        turning = (
            value
            for leaf in leaves(decision.criterion.rule)
            for category in categories
            for value in _turning(leaf, name, pack, category)
        )
        now = evaluation.facts.get(name)
        tried.append([value for value in dict.fromkeys(turning) if value != now])
    for combination in product(*tried):
        yield dict(zip(names, combination, strict=True))


def _turning(leaf: Leaf, fact: str, pack: Pack, category: str) -> tuple[FactValue, ...]:
    """The values of `fact` at which a part of a rule may turn to the better."""
    if isinstance(leaf, PrerequisiteLevel):
        return pack.schema.spec(fact).choices if fact in (leaf.applying, leaf.held) else ()
    if leaf.fact != fact:
        return ()
    if isinstance(leaf, Comparison):
        threshold, step = bound(leaf.threshold, category), Decimal(1)
        shift = {">": step, "<": -step}.get(leaf.operator, Decimal(0))
        return (NumberRange.exactly(threshold + shift),)
    if isinstance(leaf, DateAfter):
        return (DateRange.exactly(leaf.day + timedelta(days=1)),)
    if isinstance(leaf, OneOf):
        return leaf.values
    return (True, False) if leaf.kind in ("flag", "judgement", "annex") else ()


def _how(
    pack: Pack,
    evaluation: Evaluation,
    decision: Decision,
    changed: tuple[Change, ...],
    values: Mapping[str, FactValue],
) -> str:
    slots = criterion_slots(pack, evaluation.category, decision)
    slots |= {f"{name}.to": show_value(pack.schema.spec(name), value) for name, value in values.items()}
    return "".join(fill(change.how, slots, decision.criterion.id) for change in changed)
