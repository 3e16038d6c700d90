"""Why a criterion stands as it does: the pack's text for the case, filled from the trace."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.eligibility.decide import BY_ANNEX
from assistant.eligibility.evaluate import Decision, Evaluation
from assistant.eligibility.phrases import BY_ANNEX_WORDS, STATUS_WORDS
from assistant.eligibility.wording import fill, show_annex, slots_of
from knowledge.errors import PackError
from knowledge.facts import DateRange, FactValue, NumberRange
from knowledge.models import Contact
from knowledge.pack import Pack
from knowledge.rules import Criterion, Given, ReasonText, Status


def desks(pack: Pack, category: str | None) -> tuple[Contact, ...]:
    """The desk of a category; all of them where none is named (Reading 16)."""
    if category is None:
        return pack.notice.contacts
    contact = pack.notice.contact(category)
    return () if contact is None else (contact,)


def phones(pack: Pack, category: str | None) -> str:
    """The phones to ring, each with its desk where there are several."""
    contacts = desks(pack, category)
    if len(contacts) == 1:
        return contacts[0].phone
    return "、".join(f"{contact.label}{contact.phone}" for contact in contacts)


def criterion_slots(pack: Pack, category: str | None, decision: Decision) -> dict[str, str]:
    """All that a text about this decision may name."""
    names = {c.id: c.short for c in pack.notice.categories}
    return slots_of(decision.steps, pack.schema, pack.notice) | {
        "phone": phones(pack, category),
        "each": "，".join(f"{names[each]}{STATUS_WORDS[status]}" for each, status in decision.each),
    }


def reason(pack: Pack, evaluation: Evaluation, decision: Decision) -> str:
    """The reason in Chinese, with what was presumed. Raises PackError where the pack has none for the case."""
    criterion = decision.criterion
    by_annex = next((step for step in decision.steps if step.comparison == BY_ANNEX), None)
    if by_annex and evaluation.category is not None and decision.status in BY_ANNEX_WORDS:
        annex = show_annex(pack.notice, by_annex.threshold)
        return BY_ANNEX_WORDS[decision.status].format(annex=annex, phone=phones(pack, evaluation.category))
    chosen = _chosen(criterion, decision.status, evaluation.facts, evaluation.category)
    text = fill(chosen.text, criterion_slots(pack, evaluation.category, decision), criterion.id)
    looked_at = {step.fact for step in decision.steps}
    return text + "".join(p.text for p in evaluation.presumed if p.fact in looked_at)


def _chosen(
    criterion: Criterion, status: Status, facts: Mapping[str, FactValue], category: str | None
) -> ReasonText:
    for candidate in criterion.reasons:
        if candidate.status != status or (candidate.across and category is not None):
            continue
        if candidate.categories and category not in candidate.categories:
            continue
        if all(_is(facts.get(name), given) for name, given in candidate.given.items()):
            return candidate
    raise PackError(criterion.id, 0, f"状态 {status} 没有对应的说法", "请在 reasons 中补上这一情形")


def _is(value: FactValue | None, given: Given) -> bool:
    if given == "absent":
        return value is None
    if given == "range":
        return isinstance(value, NumberRange | DateRange) and value.exact is None
    return type(value) is type(given) and value == given
