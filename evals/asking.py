"""Asking the cases of a suite: one row a turn, whatever happens to it."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from evals.answer import Answer, Target
from evals.cases import Ask, Case, Split, in_split, load_cases
from evals.clause_checks import clause_rows
from evals.counterfactual import edited_desk, load_edited, load_edits
from evals.perturb import perturbations
from evals.ranking import DEPTH, ranking
from evals.scoring import Score, score
from evals.source import Source
from evals.statistics import Measured
from evals.suites import MAIN, Row, Suite, passes, row_of
from evals.targets import InProcess

Ticked = Callable[[], None]


class Asked:
    """Answers of targets, asked once and shared by all suites of a run."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[Answer, ...]] = {}

    def answers(self, target: Target, case: Case) -> tuple[Answer, ...]:
        """One answer a turn, all turns in one session of their own."""
        key = (target.name, case.model_dump_json())
        if key not in self._kept:
            session = uuid.uuid5(uuid.NAMESPACE_OID, "".join(key)).hex + uuid.uuid4().hex[:16]
            self._kept[key] = tuple(_answer(target, turn, case.day(turn), session) for turn in case.turns)
        return self._kept[key]


def _answer(target: Target, turn: Ask, day: Any, session: str) -> Answer:
    try:
        return target.ask(turn.question, day, session)
    except Exception as error:
        return Answer.crashed(error)


def suite_cases(suite: Suite, split: Split) -> tuple[Case, ...]:
    """The cases of a suite in a half. Raises CasesRefused."""
    kept = [
        case
        for case in in_split(load_cases(suite.case_file), split)
        if (len(case.turns) > 1 or suite.config.where.takes(case.turns[0]))
        and (suite.drawn is None or case.id in suite.drawn)
    ]
    if suite.config.sample is not None and suite.config.sample < len(kept):
        kept = random.Random(suite.config.seed).sample(kept, suite.config.sample)  # noqa: S311 - a seeded draw
    return tuple(kept)


def rows_of(
    suite: Suite, target: Target, source: Source, asked: Asked, split: Split, tick: Ticked
) -> Iterator[Row]:
    """The rows of a suite for one target."""
    if suite.config.run == "clauses":
        yield from clause_rows(suite, source)
    elif suite.config.run == "counterfactual":
        yield from _counterfactual(suite, target, split, tick)
    else:
        for case in suite_cases(suite, split):
            yield from case_rows(suite, target, source, asked, case)
            tick()


def case_rows(suite: Suite, target: Target, source: Source, asked: Asked, case: Case) -> Iterator[Row]:
    """The rows of one case."""
    if suite.config.run == "retrieval":
        yield _searched(suite, target, case)
    elif suite.config.run == "robustness":
        yield from _perturbed(suite, target, asked, case)
    else:
        yield from _answered(suite, target, source, case, asked.answers(target, case))


def _answered(
    suite: Suite, target: Target, source: Source, case: Case, answers: Sequence[Answer]
) -> Iterator[Row]:
    all_pass = True
    for number, (turn, answer) in enumerate(zip(case.turns, answers, strict=True)):
        scored = score(suite.config.scorers, turn, answer, source)
        if not any(name in scored.measures for name in suite.config.passes_on):
            continue  # said so that the talk goes on
        measures = dict(scored.measures)
        passed = passes(suite.config, measures, answer.empty)
        all_pass = all_pass and passed
        if len(case.turns) > 1 and number == len(case.turns) - 1:
            measures["whole dialogue"] = (float(all_pass), 1.0)
        row = _row(
            suite, target.name, case, number, answer, Score(measures, scored.lacks, scored.labels), passed
        )
        unreal = [c.clause_id for c in answer.citations if not source.quotes(c.clause_id, c.quote)]
        yield row.model_copy(update={"unreal": tuple(unreal)})


def _row(
    suite: Suite, target: str, case: Case, number: int, answer: Answer, scored: Score, passed: bool
) -> Row:
    turn = case.turns[number]
    expected = turn.model_dump(mode="json", exclude={"question", "as_of", "tags"}, exclude_unset=True)
    given = {
        "route": answer.route,
        "category": answer.category,
        "verdict": answer.verdict,
        "failed": list(answer.failed),
        "facts": {fact.name: fact.value for fact in answer.facts},
    }
    return row_of(
        suite,
        target,
        case,
        number,
        question=turn.question,
        as_of=case.day(turn).isoformat(),
        expected={name: value for name, value in expected.items() if value not in (None, [], {}, False)},
        answer=answer.text,
        given={name: value for name, value in given.items() if value not in (None, [], {})},
        clauses=answer.cited,
        measures=dict(scored.measures),
        labels=dict(scored.labels),
        lacks=scored.lacks,
        passed=passed,
        seconds=answer.seconds,
        error=answer.error,
        composer=answer.composer,
        model_uses=answer.model_uses,
    )


def _searched(suite: Suite, target: Target, case: Case) -> Row:
    turn = case.turns[0]
    try:
        found, error = target.search(turn.question, DEPTH), None
    except Exception as raised:
        found, error = (), f"{type(raised).__name__}: {raised}"[:500]
    measures = ranking(turn.clauses, found)
    lacks = tuple(
        f"前五条里没有 {'或'.join(group)}" for group in turn.clauses if not set(found[:5]) & set(group)
    )
    return row_of(
        suite,
        target.name,
        case,
        0,
        question=turn.question,
        expected={"clauses": [list(group) for group in turn.clauses]},
        clauses=found[:5],
        measures=measures,
        lacks=lacks,
        passed=passes(suite.config, measures, not found),
        error=error,
    )


def _perturbed(suite: Suite, target: Target, asked: Asked, case: Case) -> Iterator[Row]:
    """Each kind of perturbation against the same question as it was."""
    before = asked.answers(target, case)[0]
    for kind, change in perturbations().items():
        rng = random.Random(f"{suite.config.seed} {case.id} {kind}")  # noqa: S311 - a seeded draw
        words = change(case.turns[0].question, rng)
        turn = case.turns[0].model_copy(update={"question": words})
        after = _answer(target, turn, case.day(turn), uuid.uuid4().hex)
        moved = _moved(before, after)
        unmoved: Measured = (float(not moved), 1.0)
        measures = {"unmoved": unmoved, f"unmoved, {kind}": unmoved}
        variant = case.model_copy(update={"id": f"{case.id}~{kind}", "turns": (turn,)})
        row = _row(suite, target.name, variant, 0, after, Score(measures, moved), not moved)
        # A variant stays in the half of the question that it was made of.
        yield row.model_copy(update={"half": case.half, "expected": _outcome(before)})


def _outcome(answer: Answer) -> dict[str, Any]:
    return {
        "route": answer.route,
        "category": answer.category,
        "verdict": answer.verdict,
        "clauses": sorted(answer.cited),
    }


def _moved(before: Answer, after: Answer) -> tuple[str, ...]:
    names = {"route": "去向", "category": "类别", "verdict": "判断", "clauses": "引用"}
    if after.empty:
        return (f"没有答复：{after.error or ''}",)
    old, new = _outcome(before), _outcome(after)
    return tuple(f"{names[name]}由 {old[name]} 变为 {new[name]}" for name in old if old[name] != new[name])


def _counterfactual(suite: Suite, target: Target, split: Split, tick: Ticked) -> Iterator[Row]:
    """The cases of each edit, asked of a desk for the edited notice. Only an assistant in this process can be
    edited; of any other target nothing is measured."""
    if not isinstance(target, InProcess):
        return
    edits = {edit.id: edit for edit in load_edits(suite.folder / "edits.yaml")}
    cases = [edited for edited in load_edited(suite.case_file) if split in ("all", edited.case.half)]
    for name in dict.fromkeys(edited.edit for edited in cases):
        desk = edited_desk(target.desk, edits[name])
        changed, source = InProcess(desk, target.name), Source(desk.pack)
        for edited in cases:
            if edited.edit == name:
                answers = tuple(
                    _answer(changed, turn, edited.case.day(turn), uuid.uuid4().hex)
                    for turn in edited.case.turns
                )
                yield from _answered(suite, target, source, edited.case, answers)
                tick()


def count_of(suite: Suite, split: Split) -> int:
    """How many cases a suite will ask, for the progress bar."""
    if suite.config.run == "clauses":
        return 0
    if suite.config.run == "counterfactual":
        return sum(split in ("all", edited.case.half) for edited in load_edited(suite.case_file))
    return len(suite_cases(suite, split))


def by_target(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    """Rows by the target that gave them, the main one first."""
    found: dict[str, list[Row]] = {MAIN: []}
    for row in rows:
        found.setdefault(row.target, []).append(row)
    return {name: own for name, own in found.items() if own}
