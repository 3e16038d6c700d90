"""One rule decided under one applicant's facts, each comparison recorded while it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from assistant.eligibility.tenure import complete_on, tenure_status
from assistant.eligibility.truth import all_of, at_least, negate
from knowledge.facts import DateRange, FactSchema, FactValue, NumberRange
from knowledge.rules import (
    All,
    AnnexNode,
    Any_,
    AtLeast,
    Comparison,
    DateAfter,
    Flag,
    Judgement,
    Node,
    Not,
    OneOf,
    Operator,
    PrerequisiteLevel,
    Status,
    Tenure,
    bound,
)


class Years(NamedTuple):
    """What a tenure is held against: the years, the days on which they are complete, and those of applying."""

    years: int
    complete_on: DateRange | None
    earliest: date
    last: date


class Step(NamedTuple):
    """One comparison. `fact` is None for a whole made of parts."""

    fact: str | None
    value: FactValue | None
    comparison: str
    threshold: Any
    outcome: Status


class Finding(NamedTuple):
    """A rule's status and the facts, missing or too vague, that leave it unknown."""

    status: Status
    missing: tuple[str, ...] = ()


# A finding that lacks nothing is always one of these; the evaluator makes thousands of them.
_SETTLED: dict[Status, Finding] = {
    status: Finding(status) for status in ("met", "not_met", "needs_confirmation", "unknown")
}


BY_ANNEX = "annex criteria"
"""The comparison of a step in which an annex's own criteria decided."""


class AnnexRules(NamedTuple):
    """What a loaded annex decides: its criteria for one category; `partial`: it asks for more than these."""

    criteria: tuple[Node, ...]
    partial: bool


@dataclass(slots=True)
class Case:
    """What a rule is decided under: `annexes` are those that are loaded. `steps` grows while deciding."""

    category: str
    facts: Mapping[str, FactValue]
    schema: FactSchema
    annexes: Mapping[int, AnnexRules]
    earliest: date
    last: date
    steps: list[Step] = field(default_factory=list)

    def conclude(
        self, fact: str, value: FactValue | None, comparison: str, threshold: Any, status: Status
    ) -> Finding:
        """Record a comparison of one fact and give its finding."""
        self.steps.append(Step(fact, value, comparison, threshold, status))
        return Finding(status, (fact,)) if status == "unknown" else _SETTLED[status]


def decide(node: Node, case: Case) -> Finding:
    """The finding for a rule under a case."""
    return _DECIDERS[node.kind](node, case)


def _flag(node: Flag, case: Case) -> Finding:
    value = case.facts.get(node.fact)
    status: Status = "unknown" if value is None else "met" if value else "not_met"
    return case.conclude(node.fact, value, "==", True, status)


def _judgement(node: Judgement, case: Case) -> Finding:
    value = case.facts.get(node.fact)
    status: Status = "unknown" if value is None else "needs_confirmation" if value else "not_met"
    return case.conclude(node.fact, value, "judgement", True, status)


def _annex(node: AnnexNode, case: Case) -> Finding:
    """Reading 5. Where criteria of the annex were accepted they decide, whatever is claimed as a whole."""
    value = case.facts.get(node.fact)
    number = bound(node.annex, case.category)
    annex = case.annexes.get(number)
    if annex is not None and annex.criteria and value is not False:
        return _by_annex(node, number, annex, case)
    silent: Status = "needs_confirmation" if annex is None else "unknown"
    status: Status = silent if value is None else "met" if value else "not_met"
    return case.conclude(node.fact, value, "annex", number, status)


def _by_annex(node: AnnexNode, number: int, annex: AnnexRules, case: Case) -> Finding:
    """All criteria of the annex; what it asks for besides is the applicant's own word, else for a person."""
    value = case.facts.get(node.fact)
    apart = replace(case, steps=[])  # the criteria record their comparisons themselves
    findings = [decide(rule, apart) for rule in annex.criteria]
    statuses = [finding.status for finding in findings]
    if annex.partial and value is None:
        statuses.append("needs_confirmation")
    status = all_of(statuses)
    case.steps.append(Step(node.fact, value, BY_ANNEX, number, status))
    if status != "unknown":
        return _SETTLED[status]
    missing = [name for finding in findings if finding.status == "unknown" for name in finding.missing]
    return Finding(status, tuple(dict.fromkeys(missing)))


def _comparison(node: Comparison, case: Case) -> Finding:
    value = case.facts.get(node.fact)
    threshold = bound(node.threshold, case.category)
    status: Status = "unknown"
    if isinstance(value, NumberRange):
        status = number_status(value, node.operator, threshold)
    return case.conclude(node.fact, value, node.operator, threshold, status)


def number_status(value: NumberRange, operator: Operator, threshold: Decimal) -> Status:
    """A number or range against a threshold; unknown where the range holds numbers of both kinds."""
    if operator == "<":
        return negate(number_status(value, ">=", threshold))
    if operator == "<=":
        return negate(number_status(value, ">", threshold))
    below = value.lo is None or value.lo < threshold
    above = value.hi is None or value.hi > threshold
    at_low = value.lo == threshold and not value.open
    at_high = value.hi == threshold and not value.open
    if operator == ">=":
        can_hold, can_fail = above or at_high, below
    elif operator == ">":
        can_hold, can_fail = above, below or at_low
    else:
        can_hold = (below or at_low) and (above or at_high)
        can_fail = value.exact != threshold
    if can_hold and can_fail:
        return "unknown"
    return "met" if can_hold else "not_met"


def _tenure(node: Tenure, case: Case) -> Finding:
    value = case.facts.get(node.fact)
    years = bound(node.years, case.category)
    status: Status = "unknown"
    complete = None
    if isinstance(value, DateRange):
        complete = complete_on(value, years)
        status = tenure_status(complete, case.earliest, case.last)
    return case.conclude(
        node.fact, value, "years>=", Years(years, complete, case.earliest, case.last), status
    )


def _date_after(node: DateAfter, case: Case) -> Finding:
    value = case.facts.get(node.fact)
    possible: set[Status] = set()
    if isinstance(value, DateRange):
        before = value.lo is None or value.lo < node.day
        after = value.hi is None or value.hi > node.day
        if before:
            possible.add("not_met")
        if after:
            possible.add("met")
        if (before or value.lo == node.day) and (after or value.hi == node.day):
            possible.add(node.on_the_day)
    status: Status = possible.pop() if len(possible) == 1 else "unknown"
    return case.conclude(node.fact, value, ">", node.day, status)


def _one_of(node: OneOf, case: Case) -> Finding:
    value = case.facts.get(node.fact)
    status: Status = "unknown" if value is None else "met" if value in node.values else "not_met"
    return case.conclude(node.fact, value, "in", node.values, status)


def _prerequisite_level(node: PrerequisiteLevel, case: Case) -> Finding:
    """Reading 10: with a level unknown, every possible pair has to give the same."""
    applying, held = case.facts.get(node.applying), case.facts.get(node.held)
    possible = {
        _level(node, wanted, has)
        for wanted in _levels(applying, node.applying, case)
        for has in _levels(held, node.held, case)
    }
    status: Status = possible.pop() if len(possible) == 1 else "unknown"
    required = node.requires.get(applying) if isinstance(applying, int) else None
    case.steps.append(Step(node.applying, applying, "applies for", None, status))
    case.steps.append(Step(node.held, held, "level>=", required, status))
    if status != "unknown":
        return _SETTLED[status]
    absent = [name for name, value in ((node.applying, applying), (node.held, held)) if value is None]
    return Finding(status, tuple(absent))


def _levels(value: FactValue | None, name: str, case: Case) -> tuple[int, ...]:
    return (value,) if isinstance(value, int) else case.schema.spec(name).choices


def _level(node: PrerequisiteLevel, applying: int, held: int) -> Status:
    if held >= applying:
        return node.when_held
    required = node.requires.get(applying)
    return "met" if required is None or held >= required else "not_met"


def _parts(node: All | Any_ | AtLeast, case: Case) -> Finding:
    count = node.count if isinstance(node, AtLeast) else len(node.of) if isinstance(node, All) else 1
    findings = [decide(part, case) for part in node.of]
    status = at_least(count, [finding.status for finding in findings])
    case.steps.append(Step(None, None, node.kind, count, status))
    if status != "unknown":
        return _SETTLED[status]
    missing = [name for finding in findings if finding.status == "unknown" for name in finding.missing]
    return Finding(status, tuple(dict.fromkeys(missing)))


def _not(node: Not, case: Case) -> Finding:
    finding = decide(node.of, case)
    status = negate(finding.status)
    case.steps.append(Step(None, None, "not", None, status))
    return Finding(status, finding.missing)


_DECIDERS: dict[str, Callable[[Any, Case], Finding]] = {
    "flag": _flag,
    "judgement": _judgement,
    "annex": _annex,
    "comparison": _comparison,
    "tenure": _tenure,
    "date_after": _date_after,
    "one_of": _one_of,
    "prerequisite_level": _prerequisite_level,
    "all": _parts,
    "any": _parts,
    "at_least": _parts,
    "not": _not,
}
