"""Scorers: what one answer adds to the figures of its suite, and what it lacks, in words.

A scorer is a pure function of a turn, its answer and the notice. None of them passes an empty answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from evals.answer import Answer
from evals.cases import Ask
from evals.saying import says
from evals.source import Source
from evals.statistics import Measured
from knowledge.errors import FactError
from knowledge.facts import FactValue

LONGEST = 700
"""Characters from which an answer is a lecture: three screens of a phone."""


@dataclass(frozen=True)
class Score:
    """What one answer adds to each figure; what it lacks; expected and given labels for confusion."""

    measures: Mapping[str, Measured] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __add__(self, other: Score) -> Score:
        return Score(
            {**self.measures, **other.measures}, self.lacks + other.lacks, {**self.labels, **other.labels}
        )


Scorer = Callable[[Ask, Answer, Source], Score]


def _share(right: bool) -> Measured:
    return (1.0 if right else 0.0, 1.0)


def routing(ask: Ask, answer: Answer, source: Source) -> Score:  # noqa: ARG001 - all scorers are called alike
    """Route, and category, as expected."""
    if not ask.states("route") or ask.route is None:
        return Score()
    given = "（无答复）" if answer.empty else str(answer.route)
    right = given == ask.route
    measures = {"route": _share(right)}
    lacks: tuple[str, ...] = () if right else (f"去向应为 {ask.route}，实为 {given}",)
    if ask.states("category"):
        same = answer.category == ask.category and not answer.empty
        measures["category"] = _share(same)
        lacks += () if same else (f"类别应为 {ask.category}，实为 {answer.category}",)
    return Score(measures, lacks, {"route": (ask.route, given)})


def facts(ask: Ask, answer: Answer, source: Source) -> Score:
    """Facts read, typed: true and false positives and false negatives over all facts of the turn."""
    if not ask.facts:
        return Score()
    expected = {name: _typed(source, name, value) for name, value in ask.facts.items()}
    given = {} if answer.empty else {f.name: _typed(source, f.name, f.value) for f in answer.facts}
    hits = {name for name, value in expected.items() if name in given and given[name] == value}
    lacks = tuple(
        [
            f"事实 {name} 应为 {ask.facts[name]}，{_heard(name, answer)}"
            for name in expected
            if name not in hits
        ]
        + [f"多读了事实 {name}：{_heard(name, answer)}" for name in given if name not in expected]
    )
    measures: dict[str, Measured] = {"fact recall": (len(hits), len(expected))}
    # An answer that reads nothing has no precision; it must not pass for a precise one.
    measures["fact precision"] = (len(hits), len(given) or 1)
    measures["fact F1"] = (2 * len(hits), len(expected) + len(given))
    for name in {**expected, **given}:
        own = (2.0 if name in hits else 0.0, float((name in expected) + (name in given)))
        measures[f"F1 {name}"] = own
    return Score(measures, lacks)


def facts_held(ask: Ask, answer: Answer, source: Source) -> Score:
    """The facts that a session must hold after a turn, and those that it must not; it may hold others."""
    if not ask.facts and not ask.facts_absent:
        return Score()
    given = {fact.name: _typed(source, fact.name, fact.value) for fact in answer.facts}
    lost = [n for n, value in ask.facts.items() if given.get(n) != _typed(source, n, value)]
    stray = [name for name in ask.facts_absent if name in given]
    total = len(ask.facts) + len(ask.facts_absent)
    held = 0 if answer.empty else total - len(lost) - len(stray)
    lacks = [f"事实 {name} 应为 {ask.facts[name]}，{_heard(name, answer)}" for name in lost]
    lacks += [f"不该记着事实 {name}：{_heard(name, answer)}" for name in stray]
    return Score({"facts held": (float(held), float(total))}, tuple(lacks))


def standing(ask: Ask, answer: Answer, source: Source) -> Score:  # noqa: ARG001 - all scorers are called alike
    """Whether the verdict is under an if, and the window on the day of asking."""
    measures, lacks = {}, []
    if ask.hypothetical is not None:
        given = answer.eligibility.hypothetical if answer.eligibility and not answer.empty else None
        measures["hypothetical"] = _share(given == ask.hypothetical)
        lacks += [] if given == ask.hypothetical else [f"假设应为 {ask.hypothetical}，实为 {given}"]
    if ask.window is not None:
        status = answer.window.status if answer.window and not answer.empty else None
        measures["window"] = _share(status == ask.window)
        lacks += [] if status == ask.window else [f"申报窗口应为 {ask.window}，实为 {status}"]
    return Score(measures, tuple(lacks))


def _typed(source: Source, name: str, value: object) -> FactValue | str | None:
    try:
        return source.pack.schema.spec(name).parse(value)
    except FactError as error:
        return f"refused: {error}"


def _heard(name: str, answer: Answer) -> str:
    value = next((fact.value for fact in answer.facts if fact.name == name), None)
    return "没有读到" if value is None else f"读成 {value}"


def verdicts(ask: Ask, answer: Answer, source: Source) -> Score:  # noqa: ARG001 - all scorers are called alike
    """Verdict and failed clauses. `wrong ineligible`: told that it may not apply although it may yet."""
    if ask.verdict is None:
        return Score()
    given = answer.verdict if answer.verdict and not answer.empty else "（无判断）"
    right = given == ask.verdict
    measures: dict[str, Measured] = {"verdict": _share(right)}
    if ask.verdict != "ineligible":
        measures["not wrongly refused"] = _share(not answer.empty and given != "ineligible")
    expected, found = set(ask.failed), set(() if answer.empty else answer.failed)
    if expected or found:
        measures["failed clause F1"] = (2.0 * len(expected & found), float(len(expected) + len(found)))
    lacks: tuple[str, ...] = () if right else (f"判断应为 {ask.verdict}，实为 {given}",)
    if expected != found:
        lacks += (f"不符合的条款应为 {sorted(expected)}，实为 {sorted(found)}",)
    return Score(measures, lacks, {"verdict": (ask.verdict, given)})


def content(ask: Ask, answer: Answer, source: Source) -> Score:
    """Values said, none of the wrong ones, clauses cited, quotes in their clauses, the right desk, length."""
    text = answer.text
    said = [value for value in ask.values if not answer.empty and says(value, text, source.year)]
    wrong = [value for value in ask.not_values if says(value, text, source.year)]
    measures: dict[str, Measured] = {}
    lacks = [f"没有说到 {value}" for value in ask.values if value not in said]
    lacks += [f"不该说 {value}" for value in wrong]
    if ask.values or ask.not_values:
        held = 0 if answer.empty else len(ask.not_values) - len(wrong)
        measures["values"] = (len(said) + held, len(ask.values) + len(ask.not_values))
    if ask.clauses:
        cited = set() if answer.empty else set(answer.cited)
        found = [group for group in ask.clauses if cited & set(group)]
        wanted = {clause for group in ask.clauses for clause in group}
        counted = cited - (source.contact_clauses - wanted)
        measures["citation recall"] = (len(found), len(ask.clauses))
        # An eligibility answer rightly cites every criterion left open, so that it is a figure of its own.
        of = "citation precision, eligibility" if ask.route == "eligibility" else "citation precision"
        measures[of] = (len(counted & wanted), len(counted) or 1)
        lacks += [f"没有引用 {'或'.join(group)}" for group in ask.clauses if group not in found]
    quotes = [(c, bool(source.quotes(c.clause_id, c.quote))) for c in answer.citations]
    if quotes or answer.empty:
        measures["quotes in source"] = (sum(right for _, right in quotes), len(quotes) or 1)
        lacks += [f"引文不在条款 {c.clause_id} 中：{c.quote[:40]}" for c, right in quotes if not right]
    strays = _strays(ask, answer, source)
    measures["right desk"] = _share(not strays and not answer.empty)
    measures["short enough"] = _share(0 < len(text.strip()) < LONGEST)
    lacks += [f"给了别的类别的电话 {phone}" for phone in strays]
    lacks += ["没有答复"] if answer.empty else []
    lacks += [f"答复过长（{len(text)} 字）"] if len(text) >= LONGEST else []
    return Score(measures, tuple(lacks))


def _strays(ask: Ask, answer: Answer, source: Source) -> list[str]:
    """Phones of other desks in an answer about one category."""
    if ask.category is None:
        return []
    own = source.desks.get(ask.category)
    others = [phone for phone in source.desks.values() if phone != own]
    return [p for p in others if not any(says(p, v) for v in ask.values) and says(p, answer.text)]


def correctness(ask: Ask, answer: Answer, source: Source) -> Score:
    """Whether the whole answer is right: all values, all clauses, no wrong word, the verdict where one is due.

    One yardstick for the assistant and for what only finds a clause: neither route nor length counts.
    """
    return Score({"right": _share(is_right(ask, answer, source))})


def is_right(ask: Ask, answer: Answer, source: Source) -> bool:
    """Whether an answer holds everything that its case asks for."""
    if answer.empty or (ask.verdict is not None and answer.verdict != ask.verdict):
        return False
    if ask.abstain and not answer.abstained:
        return False
    cited = set(answer.cited)
    return (
        all(says(value, answer.text, source.year) for value in ask.values)
        and not any(says(value, answer.text, source.year) for value in ask.not_values)
        and all(cited & set(group) for group in ask.clauses)
        and (set(ask.failed) <= set(answer.failed))
        and not _strays(ask, answer, source)
    )


def abstention(ask: Ask, answer: Answer, source: Source) -> Score:
    """CRAG's +1/0/−1, aware of answerability.

    On a question that the sources do not answer, leaving it open is +1 and answering −1; on one that they do,
    a right answer is +1, leaving it open 0, a wrong answer −1. No answer at all is −1 everywhere.
    """
    if ask.route is None or ask.route == "smalltalk":
        return Score()
    answerable = not ask.abstain and ask.route not in ("unresolved", "out_of_scope")
    did = answer.abstained and not answer.empty
    if answerable:
        points = 1.0 if is_right(ask, answer, source) else 0.0 if did else -1.0
    else:
        points = 1.0 if did else -1.0
    kind = "answerable" if answerable else "unanswerable"
    measures: dict[str, Measured] = {"score": (points, 1.0), f"score, {kind}": (points, 1.0)}
    if answerable:
        measures["answers what it can"] = _share(not did and not answer.empty)
    else:
        measures["leaves open what it must"] = _share(did)
    if "false_presupposition" in ask.tags:
        measures["score, false presupposition"] = (points, 1.0)
    lacks = () if points > 0 else (f"{'可答' if answerable else '通知未写明'}的问题，得 {points:+.0f}",)
    return Score(measures, lacks, {"answerability": (kind, "abstained" if did else "answered")})


SCORERS: Mapping[str, Scorer] = {
    "routing": routing,
    "facts": facts,
    "facts_held": facts_held,
    "standing": standing,
    "verdicts": verdicts,
    "content": content,
    "correctness": correctness,
    "abstention": abstention,
}


def score(names: tuple[str, ...], ask: Ask, answer: Answer, source: Source) -> Score:
    """The sum of several scorers; empty where none of them has anything to say of this turn."""
    total = Score()
    for name in names:
        total += SCORERS[name](ask, answer, source)
    if answer.error:
        total += Score(lacks=(f"出错：{answer.error}",))
    return total
