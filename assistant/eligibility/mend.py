"""What an if supposes where it names no value (要是审计报告补上呢): the least at which a criterion is met.

A day is supposed only as far as the criterion asks for it, never as a certain day: 有效期 after 31 March 2023.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from assistant.eligibility.evaluate import Decision, Evaluation
from assistant.eligibility.remedy import outcome, targets
from knowledge.facts import DateRange, FactValue
from knowledge.pack import Pack
from knowledge.rules import PrerequisiteLevel, Status, leaves

_MENDED: tuple[Status, ...] = ("met", "needs_confirmation")


def mended(
    pack: Pack,
    evaluation: Evaluation,
    stated: Mapping[str, FactValue],
    decision: Decision,
    names: Sequence[str],
) -> Mapping[str, FactValue]:
    """The fewest of these facts, with values, under which the criterion holds; empty where they cannot mend it.

    A level applied for stays as it is: who is awarded three stars first still applies for four. No more is undone what
    was told to be so: who has been recognised has been.
    """
    applied_for = {
        leaf.applying for leaf in leaves(decision.criterion.rule) if isinstance(leaf, PrerequisiteLevel)
    }
    open_to_change = [name for name in names if name not in applied_for]
    for size in range(1, len(open_to_change) + 1):
        found = [
            (_MENDED.index(status), values)
            for changed in combinations(open_to_change, size)
            for told in targets(pack, evaluation, decision, changed)
            for values in [{name: _as_far_as_asked(value) for name, value in told.items()}]
            if not any(stated.get(name) is True for name, value in values.items() if value is False)
            if (status := outcome(pack, evaluation, decision, {**stated, **values})) in _MENDED
        ]
        if found:
            return min(found, key=lambda each: each[0])[1]
    return {}


def _as_far_as_asked(value: FactValue) -> FactValue:
    return DateRange(value.lo, None) if isinstance(value, DateRange) else value
