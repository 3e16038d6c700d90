"""What to ask next: the facts that can still change the verdict, most decisive first."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.eligibility.evaluate import Decision, Evaluation
from assistant.eligibility.phrases import EXACT_DATE, EXACT_NUMBER
from assistant.eligibility.wording import show_value
from assistant.reply import MissingFact
from knowledge.facts import DateRange
from knowledge.pack import Pack


def missing_facts(
    pack: Pack, evaluation: Evaluation, others: Iterable[Evaluation]
) -> tuple[MissingFact, ...]:
    """The facts to ask for. None once a certain failure stands, since no fact can change the verdict then.

    First those that decide something in most categories still open, then in most criteria of this one, then
    those that are easiest to know, then in the order of the schema.
    """
    if evaluation.verdict != "needs_info":
        return ()
    wanted = open_facts(evaluation)
    open_elsewhere = [open_facts(other) for other in others if other.verdict == "needs_info"]
    order = {spec.name: place for place, spec in enumerate(pack.schema.facts)}

    def decisiveness(name: str) -> tuple[int, int, int, int]:
        reach = sum(name in facts for facts in open_elsewhere)
        return -reach, -len(wanted[name]), pack.schema.spec(name).ease, order[name]

    return tuple(
        MissingFact(name=name, question=question(pack, evaluation, wanted[name][0], name))
        for name in sorted(wanted, key=decisiveness)
    )


def open_facts(evaluation: Evaluation) -> dict[str, list[Decision]]:
    """The facts that leave criteria unknown, and which."""
    wanted: dict[str, list[Decision]] = {}
    for decision in evaluation.decisions:
        if decision.status == "unknown":
            for name in decision.missing:
                wanted.setdefault(name, []).append(decision)
    return wanted


def question(pack: Pack, evaluation: Evaluation, decision: Decision, name: str) -> str:
    """The question for one fact; for a range the exact value is asked for (Reading 3)."""
    spec = pack.schema.spec(name)
    value = evaluation.facts.get(name)
    if value is None:
        return decision.criterion.questions.get(name, spec.question)
    template = EXACT_DATE if isinstance(value, DateRange) else EXACT_NUMBER
    return template.format(meaning=spec.meaning, value=show_value(spec, value))
