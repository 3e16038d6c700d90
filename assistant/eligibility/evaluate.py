"""The cheap answer: verdict, status of each criterion and trace, without remedies or alternatives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from assistant.eligibility.decide import AnnexRules, Case, Step, decide
from assistant.eligibility.truth import verdict_of, worst
from assistant.eligibility.window import application_days
from assistant.reply import Verdict
from knowledge.errors import UnknownCategory
from knowledge.facts import FactValue
from knowledge.pack import Pack
from knowledge.rules import Criterion, Presumption, RuleBook, Status


class Decision(NamedTuple):
    """One criterion decided. `each` holds the categories' own decisions where none is named."""

    criterion: Criterion
    status: Status
    missing: tuple[str, ...]
    steps: tuple[Step, ...]
    each: tuple[tuple[str, Status], ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All criteria of a category (or those that all categories share) decided under some facts.

    `facts` are those stated and those presumed from them; `presumed` says which.
    """

    category: str | None
    as_of: date
    verdict: Verdict
    decisions: tuple[Decision, ...]
    facts: Mapping[str, FactValue]
    presumed: tuple[Presumption, ...] = ()

    @property
    def statuses(self) -> dict[str, Status]:
        """Status by criterion id."""
        return {decision.criterion.id: decision.status for decision in self.decisions}

    @property
    def clauses(self) -> dict[str, Status]:
        """Status by clause id, the worst of its criteria (Reading 12)."""
        by_clause: dict[str, list[Status]] = {}
        for decision in self.decisions:
            by_clause.setdefault(decision.criterion.clause, []).append(decision.status)
        return {clause: worst(statuses) for clause, statuses in by_clause.items()}

    def of(self, criterion_id: str) -> Decision:
        """The decision of one criterion. Raises KeyError."""
        for decision in self.decisions:
            if decision.criterion.id == criterion_id:
                return decision
        raise KeyError(criterion_id)


def evaluate(pack: Pack, category: str | None, facts: Mapping[str, FactValue], as_of: date) -> Evaluation:
    """Decide every criterion of `category`, or with None what all categories share. Raises UnknownCategory."""
    known, presumed = presume(pack.rules, facts)
    ids = tuple(c.id for c in pack.notice.categories)
    if category is not None and category not in ids:
        raise UnknownCategory(f"没有申报类别 {category[:80]!r}，应为{'、'.join(ids)}之一")
    if category is None:
        decisions = _shared(pack, ids, known, as_of)
    else:
        decisions = _decisions(pack, category, known, as_of)
    verdict = verdict_of([decision.status for decision in decisions])
    if verdict == "eligible" and pack.undecided:
        verdict = "needs_confirmation"  # what nobody has decided on may still stand against the applicant
    return Evaluation(category, as_of, verdict, decisions, known, presumed)


def presume(
    rules: RuleBook, facts: Mapping[str, FactValue]
) -> tuple[Mapping[str, FactValue], tuple[Presumption, ...]]:
    """The facts with what the stated ones imply (Reading 8), and the presumptions that were made."""
    known, made = facts, []
    for presumption in rules.presumptions:
        if presumption.fact not in known and known.get(presumption.because, False) is not False:
            known = {**known, presumption.fact: True}
            made.append(presumption)
    return known, tuple(made)


def _decisions(
    pack: Pack, category: str, facts: Mapping[str, FactValue], as_of: date
) -> tuple[Decision, ...]:
    earliest, last = application_days(pack.notice, category, as_of)
    case = Case(category, facts, pack.schema, _annexes(pack, category), earliest, last)
    decided = []
    for criterion in pack.rules.of(category):
        case.steps = []
        finding = decide(criterion.rule, case)
        decided.append(Decision(criterion, finding.status, finding.missing, tuple(case.steps)))
    return tuple(decided)


def _annexes(pack: Pack, category: str) -> dict[int, AnnexRules]:
    """The loaded annexes with what each decides for a category; one without criteria decides nothing."""
    loaded = {annex.number: AnnexRules((), partial=False) for annex in pack.notice.annexes if annex.loaded}
    for added in pack.annexes:
        if not added.record.background:
            rules = (one.rule for one in added.record.criteria if category in one.categories)
            loaded[added.record.number] = AnnexRules(tuple(rules), added.record.partial)
    return loaded


def _shared(
    pack: Pack, categories: tuple[str, ...], facts: Mapping[str, FactValue], as_of: date
) -> tuple[Decision, ...]:
    """What all categories share; a status stands where they all give it, else it is unknown."""
    each = [_decisions(pack, category, facts, as_of) for category in categories]
    by_id = [{d.criterion.id: d for d in decisions} for decisions in each]
    asked_of_all = {spec.name for spec in pack.schema.facts if set(spec.categories) >= set(categories)}
    shared = []
    for decision in each[0] if each else ():
        criterion = decision.criterion
        if not all(criterion.id in decided for decided in by_id):
            continue
        own = [decided[criterion.id] for decided in by_id]
        statuses = {d.status for d in own}
        # Where two categories already decide differently, no fact can bring them together.
        agreeable = len(statuses - {"unknown"}) < 2
        missing = dict.fromkeys(n for d in own for n in d.missing if agreeable and n in asked_of_all)
        shared.append(
            Decision(
                criterion,
                statuses.pop() if len(statuses) == 1 else "unknown",
                tuple(missing),
                tuple(step for d in own for step in d.steps),
                tuple((c, d.status) for c, d in zip(categories, own, strict=True)),
            )
        )
    return tuple(shared)
