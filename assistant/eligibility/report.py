"""The whole report: criteria with reasons and remedies, what to ask, alternatives, notes, window, desks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from assistant.eligibility.ask import missing_facts
from assistant.eligibility.evaluate import Decision, Evaluation, evaluate
from assistant.eligibility.phrases import ALTERNATIVES, AND_MORE, STILL_OPEN
from assistant.eligibility.reason import desks, phones, reason
from assistant.eligibility.remedy import nothing_helps, remedy
from assistant.eligibility.window import window_status
from assistant.eligibility.wording import dump_threshold, fill
from assistant.reply import (
    Alternative,
    CriterionResult,
    EligibilityReport,
    Note,
    ShownContact,
    ShownWindow,
    TraceStep,
)
from knowledge.errors import FactError
from knowledge.facts import FactValue, dump_value
from knowledge.pack import Pack

_LISTED = 5  # titles named in a sentence


def check(
    pack: Pack,
    category: str | None,
    facts: Mapping[str, FactValue],
    as_of: date,
    *,
    hypothetical: bool = False,
    words: Mapping[str, str] = MappingProxyType({}),
) -> EligibilityReport:
    """Hold an applicant's facts against the criteria of a category, or of all three where none is named.

    `words` are those in which facts were told, for questions. Same input, same report, same digest. Raises UnknownCategory and FactError.
    """
    for name, value in facts.items():
        spec = pack.schema.spec(name)
        if not spec.admits(value):
            raise FactError(name, value, spec.allowed)
    evaluation = evaluate(pack, category, facts, as_of)
    others = tuple(
        evaluate(pack, each.id, facts, as_of) for each in pack.notice.categories if each.id != category
    )
    everyone = others if category is None else (evaluation, *others)
    report = EligibilityReport(
        category=category,
        as_of=as_of,
        verdict=evaluation.verdict,
        hypothetical=hypothetical,
        criteria=tuple(_result(pack, evaluation, facts, decision) for decision in evaluation.decisions),
        missing_facts=missing_facts(pack, evaluation, everyone, words),
        alternatives=tuple(_alternative(other) for other in others),
        notes=_notes(pack, evaluation),
        window=_window(pack, category, as_of),
        contacts=tuple(
            ShownContact(category=desk.category, label=desk.label, phone=desk.phone)
            for desk in desks(pack, category)
        ),
        trace=tuple(_trace(evaluation)),
        pack=pack.notice.id,
        pack_version=pack.notice.version,
        pack_digest=pack.digest,
        digest="",
    )
    return report.model_copy(update={"digest": digest_of(report)})


def digest_of(report: EligibilityReport) -> str:
    """SHA-256 of the report's canonical JSON, its digest left out."""
    content: Any = report.model_dump(mode="json", exclude={"digest"})
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _result(
    pack: Pack, evaluation: Evaluation, stated: Mapping[str, FactValue], decision: Decision
) -> CriterionResult:
    criterion = decision.criterion
    found = remedy(pack, evaluation, stated, decision)
    return CriterionResult(
        id=criterion.id,
        clause_id=criterion.clause,
        label=pack.tree.get(criterion.clause).label,
        quote=criterion.quote,
        status=decision.status,
        reason=reason(pack, evaluation, decision),
        facts=criterion.facts,
        remedy=found.text if found else nothing_helps(pack, evaluation, decision),
    )


def _alternative(other: Evaluation) -> Alternative:
    status, sentence = ALTERNATIVES[other.verdict]
    titles = [d.criterion.title for d in other.decisions if d.status == status]
    listed = "、".join(titles[:_LISTED]) + (AND_MORE if len(titles) > _LISTED else "")
    return Alternative(
        category=other.category or "", verdict=other.verdict, reason=sentence.format(titles=listed)
    )


def _notes(pack: Pack, evaluation: Evaluation) -> tuple[Note, ...]:
    """What else would be needed once a certain failure stands; then the pack's remarks and preferences."""
    notes = []
    if evaluation.verdict == "ineligible":
        unknown: dict[str, list[str]] = {}
        for decision in evaluation.decisions:
            if decision.status == "unknown":
                unknown.setdefault(decision.criterion.clause, []).append(decision.criterion.title)
        notes = [(clause, STILL_OPEN.format(titles="、".join(titles))) for clause, titles in unknown.items()]
    slots = {"phone": phones(pack, evaluation.category)}
    for note in pack.rules.notes:
        if _concerns(pack, evaluation, note.categories) and (
            note.when == "always" or _is_last_day(pack, evaluation)
        ):
            notes.append((note.clause, fill(note.text, slots, note.clause)))
    return tuple(
        Note(clause_id=clause, label=pack.tree.get(clause).label, text=text) for clause, text in notes
    )


def _concerns(pack: Pack, evaluation: Evaluation, categories: tuple[str, ...]) -> bool:
    if evaluation.category is None:
        return all(each.id in categories for each in pack.notice.categories)
    return evaluation.category in categories


def _is_last_day(pack: Pack, evaluation: Evaluation) -> bool:
    window = pack.notice.window(evaluation.category) if evaluation.category else None
    return window is not None and evaluation.as_of == window.last_day


def _window(pack: Pack, category: str | None, as_of: date) -> ShownWindow | None:
    window = pack.notice.window(category) if category else None
    status = window_status(pack.notice, category, as_of) if category else None
    if window is None or status is None:
        return None
    return ShownWindow(status=status, opens_on=window.opens_on, closes_on=window.closes_on)


def _trace(evaluation: Evaluation) -> list[TraceStep]:
    presumed = {presumption.fact: presumption.because for presumption in evaluation.presumed}
    steps = []
    for decision in evaluation.decisions:
        criterion = decision.criterion
        looked_at = {step.fact for step in decision.steps}
        steps += [
            TraceStep(
                criterion=criterion.id,
                clause_id=criterion.clause,
                fact=fact,
                value=True,
                comparison="presumed from",
                threshold=because,
                outcome="presumed",
            )
            for fact, because in presumed.items()
            if fact in looked_at
        ]
        steps += [
            TraceStep(
                criterion=criterion.id,
                clause_id=criterion.clause,
                fact=step.fact,
                value=None if step.value is None else dump_value(step.value),
                comparison=step.comparison,
                threshold=dump_threshold(step.threshold),
                outcome=step.outcome,
            )
            for step in decision.steps
        ]
    return steps
