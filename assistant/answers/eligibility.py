"""The checker's report in words: window, verdict, each clause with its sign, what to change, what to ask, desks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from assistant.answers.common import chinese_date, contact_sentence, window_sentences
from assistant.compose.draft import Draft
from assistant.compose.join import joined_quotes
from assistant.compose.sentences import Sentence
from assistant.conversation import QUESTIONS_AT_ONCE, Contradiction
from assistant.eligibility import check
from assistant.eligibility.wording import show_value
from assistant.facts import Ambiguity
from assistant.phrases import Phrases
from assistant.reply import CriterionResult, EligibilityReport, MissingFact, Status
from knowledge.facts import FactSchema, FactValue, parse_iso_span
from knowledge.pack import Pack
from knowledge.values import Value, find_values

MOST_TOLD = 4
_SHOWN_FULLY: tuple[Status, ...] = ("not_met", "needs_confirmation")


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged: the facts as stated or supposed, the day, and what has to be cleared up first.

    `told` are the facts of this very message: what they decide is answered in full, met or not; `words` are those
    in which each fact was told.
    """

    facts: Mapping[str, FactValue]
    as_of: date
    hypothetical: bool = False
    contradictions: tuple[Contradiction, ...] = ()
    to_clear_up: tuple[Ambiguity, ...] = ()
    own_words: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()


def eligibility_draft(pack: Pack, category: str | None, case: Case, phrases: Phrases) -> Draft:
    """One category judged, or what all share where none is named."""
    report = check(pack, category, case.facts, case.as_of, hypothetical=case.hypothetical, words=case.words)
    about = (category,) if category else ()
    sentences = [
        *window_sentences(pack.notice, about, case.as_of, phrases),
        *_verdict(pack, report, phrases),
        *_criteria(pack, report, case, phrases),
        *_questions(report, case, phrases),
    ]
    if pack.undecided:
        sentences.append(Sentence(phrases.undecided["some"], breaks=True))
    phones_said = all(contact.phone in "".join(s.text for s in sentences) for contact in report.contacts)
    if report.verdict != "eligible" and not phones_said:
        sentences.extend(contact_sentence(pack.notice, about, phrases.open_points, phrases))
    derived = derived_values(pack.schema, report)
    return Draft(
        route="eligibility",
        category=category,
        sentences=tuple(replace(s, derived=s.derived + derived) for s in sentences),
        basis=False,
        eligibility=report,
        contacts=report.contacts,
        window=report.window,
        quotes=_quotes(report),
        asked=_asked(report, case),
        own_words=case.own_words,
    )


def side_by_side_draft(pack: Pack, categories: Sequence[str], case: Case, phrases: Phrases) -> Draft:
    """Several categories judged under the same facts, each with its verdict and what stands against it."""
    drafts = [eligibility_draft(pack, category, case, phrases) for category in categories]
    reports = tuple(draft.eligibility for draft in drafts if draft.eligibility)
    sentences: list[Sentence] = []
    for report in reports:
        derived = derived_values(pack.schema, report)
        about = (report.category,) if report.category else ()
        lines = (
            *window_sentences(pack.notice, about, case.as_of, phrases),
            *_verdict(pack, report, phrases),
            *_criteria(pack, report, case, phrases),
        )
        sentences.extend(replace(line, derived=line.derived + derived) for line in lines)
    derived = derived_values(pack.schema, reports[0])
    sentences.extend(replace(line, derived=derived) for line in _questions(reports[0], case, phrases))
    sentences.extend(contact_sentence(pack.notice, categories, phrases.open_points, phrases))
    contacts = tuple(dict.fromkeys(contact for report in reports for contact in report.contacts))
    return replace(
        drafts[0],
        category=None,
        sentences=tuple(sentences),
        quotes=joined_quotes([draft.quotes for draft in drafts]),
        eligibility=None,
        reports=reports,
        contacts=contacts,
        window=None,
    )


def _quotes(report: EligibilityReport) -> dict[str, tuple[str, ...]]:
    """For each clause the piece of it in which all its criteria stand, so that the quote bears out every line."""
    return joined_quotes([{result.clause_id: (result.quote,)} for result in report.criteria])


def _verdict(pack: Pack, report: EligibilityReport, phrases: Phrases) -> tuple[Sentence, ...]:
    shorts = "、".join(category.short for category in pack.notice.categories)
    if report.category is None:
        text = phrases.verdict[f"common_{report.verdict}"].format(shorts=shorts)
    else:
        text = phrases.verdict[report.verdict].format(name=pack.notice.category(report.category).name)
    supposed = phrases.verdict["hypothetical"] if report.hypothetical else ""
    failed = [c.clause_id for c in report.criteria if c.status == "not_met"]
    return (Sentence(supposed + text, tuple(dict.fromkeys(failed)), breaks=True),)


def _criteria(pack: Pack, report: EligibilityReport, case: Case, phrases: Phrases) -> Iterable[Sentence]:
    # What was just told is answered in full, unless it was so much that the clauses alone say it better.
    in_full = set(case.told) if len(case.told) <= MOST_TOLD else set()
    in_short: list[CriterionResult] = []
    for result in sorted(report.criteria, key=lambda r: _in_answer(r, case.told)):
        answers = result.status in ("met", "unknown") and in_full & set(result.facts)
        if result.status not in _SHOWN_FULLY and not (answers and result.status == "met"):
            in_short.append(result)
        if result.status in _SHOWN_FULLY or answers:
            yield _line(pack, result, phrases)
            if result.status == "not_met" and result.remedy:
                yield _grounded(pack, result, phrases.remedy.format(remedy=result.remedy))
    missing = {one.name for one in report.missing_facts}
    wanted = {name for c in in_short for name in c.facts if name in missing or name not in case.facts}
    in_order = [result for result in report.criteria if result in in_short]
    yield from _in_short(pack, in_order, "unknown", wanted, phrases)
    yield from _in_short(pack, in_order, "met", set(case.facts), phrases)


def _in_short(
    pack: Pack, results: Sequence[CriterionResult], status: Status, named: Set[str], phrases: Phrases
) -> Iterable[Sentence]:
    """The clauses of criteria that stand so, in one line, each with those of the named facts on which it stands."""
    facts: dict[str, dict[str, None]] = {}
    for result in results:
        if result.status == status:
            of_it = [name for name in result.facts if name in named] or result.facts
            facts.setdefault(result.clause_id, {}).update(dict.fromkeys(of_it))
    for position, (clause, names) in enumerate(facts.items()):
        lead = "；" if position else phrases.criterion[f"{status}_line"]
        shorts = "、".join(short for fact in names if (short := pack.schema.spec(fact).short))
        label = f"{lead}{pack.tree.get(clause).label} {shorts}".rstrip()
        yield Sentence("", (clause,), lead=label, breaks=position == len(facts) - 1)


def _in_answer(result: CriterionResult, told: Sequence[str]) -> tuple[int, bool]:
    """What stands against the applicant first, then what it has just told, then what is to be confirmed."""
    if result.status == "not_met":
        return (0, False)
    return (1 if set(result.facts) & set(told) else 2, result.status == "met")


def _line(pack: Pack, result: CriterionResult, phrases: Phrases) -> Sentence:
    sign = phrases.criterion[result.status]
    return replace(_grounded(pack, result, result.reason), lead=f"{sign} {result.label} ")


def _grounded(pack: Pack, result: CriterionResult, text: str) -> Sentence:
    """The sentence on its clause, and on the clause of the desks where it names a phone."""
    clauses = [result.clause_id]
    clauses += [c.clause for c in pack.notice.contacts if c.phone in text and c.clause not in clauses]
    return Sentence(text, tuple(dict.fromkeys(clauses)), breaks=True)


def _questions(report: EligibilityReport, case: Case, phrases: Phrases) -> Iterable[Sentence]:
    pressing = [phrases.contradiction.format(before=c.before, now=c.now) for c in case.contradictions]
    pressing += [unclear.question for unclear in case.to_clear_up]
    pressed = {unclear.name for unclear in case.to_clear_up}
    further = [missing.question for missing in _missing(report, case) if missing.name not in pressed]
    asked = [*pressing, *further][:QUESTIONS_AT_ONCE]
    if not asked:
        return
    clause_of = {name: c.clause_id for c in reversed(report.criteria) for name in c.facts}
    by_question = {m.question: clause_of.get(m.name) for m in report.missing_facts}
    by_question |= {unclear.question: clause_of.get(unclear.name) for unclear in case.to_clear_up}
    yield Sentence(phrases.questions, breaks=True)
    for number, question in enumerate(asked, 1):
        clause = by_question.get(question)
        yield Sentence(
            question,
            (clause,) if clause else (),
            breaks=True,
            lead=phrases.question.format(number=number),
        )


def _asked(report: EligibilityReport, case: Case) -> tuple[str, ...]:
    contradicted = (contradiction.name for contradiction in case.contradictions)
    unclear = (one.name for one in case.to_clear_up)
    missing = (one.name for one in _missing(report, case))
    return tuple(dict.fromkeys((*contradicted, *unclear, *missing)))


def _missing(report: EligibilityReport, case: Case) -> list[MissingFact]:
    """What is missing, most decisive first; before that what belongs to what was just told (认定过 and 显著提升)."""
    told = set(case.told) if len(case.told) <= MOST_TOLD else set()
    open_now = {f for c in report.criteria if c.status == "unknown" and told & set(c.facts) for f in c.facts}
    return sorted(report.missing_facts, key=lambda missing: missing.name not in open_now)


def derived_values(schema: FactSchema, report: EligibilityReport) -> tuple[Value, ...]:
    """What the trace lets a reason say: the applicant's values, and days reckoned from them."""
    found: list[Value] = []
    for step in report.trace:
        unit = schema.spec(step.fact).unit if step.fact else ""
        if step.fact and (value := schema.spec(step.fact).parse(step.value)) is not None:
            found.extend(find_values(show_value(schema.spec(step.fact), value)))  # 1.5至2.5个月, 不到3个月
        for value in _leaves(step.threshold):
            span = parse_iso_span(value) if isinstance(value, str) else None
            if span:
                found.extend(find_values(" ".join(chinese_date(day) for day in span)))
                found.extend(find_values(f"{span[0].year}年{span[0].month}月"))
            elif isinstance(value, int | float) and not isinstance(value, bool):
                found.extend(find_values(f"{value}{unit} {value}个 {value}个月 {value}星"))
    return tuple(dict.fromkeys(found))


def _leaves(node: Any) -> Iterable[Any]:
    if isinstance(node, dict):
        for value in node.values():
            yield from _leaves(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _leaves(value)
    else:
        yield node
