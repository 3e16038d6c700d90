"""What to ask next: the facts that can still change the verdict, most decisive first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from assistant.eligibility.evaluate import Decision, Evaluation
from assistant.eligibility.phrases import AS_UNDERSTOOD, EXACT_DATE, EXACT_NUMBER
from assistant.eligibility.wording import show_value
from assistant.reply import MissingFact
from knowledge.facts import DateRange
from knowledge.pack import Pack

LONGEST_WORDS = 24
"""Characters of the applicant's own words that are told back in a question."""
_QUOTATION = re.compile('[“”「」()（）"]')
_REACHES = "至"
"""What a range is shown with that was reckoned from the words; 2022年 and 不到2000万元 were said so."""


def missing_facts(
    pack: Pack,
    evaluation: Evaluation,
    others: Iterable[Evaluation],
    words: Mapping[str, str] = MappingProxyType({}),
) -> tuple[MissingFact, ...]:
    """The facts to ask for. None once a certain failure stands, since no fact can change the verdict then.

    First those that decide something in most categories still open, then in most criteria of this one, then
    those that are easiest to know, then in the order of the schema. `words` are those in which facts were told.
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
        MissingFact(
            name=name, question=question(pack, evaluation, wanted[name][0], name, words.get(name, ""))
        )
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


def question(pack: Pack, evaluation: Evaluation, decision: Decision, name: str, words: str = "") -> str:
    """The question for one fact; for a range, told in these words, the exact value is asked for (Reading 3)."""
    spec = pack.schema.spec(name)
    value = evaluation.facts.get(name)
    if value is None:
        return decision.criterion.questions.get(name, spec.question)
    template = EXACT_DATE if isinstance(value, DateRange) else EXACT_NUMBER
    shown = show_value(spec, value)
    told_roughly = _REACHES in shown and shown not in words
    if told_roughly and 0 < len(words) <= LONGEST_WORDS and not _QUOTATION.search(words):
        shown = AS_UNDERSTOOD.format(words=words, value=shown)
    return template.format(meaning=spec.meaning, value=shown)
