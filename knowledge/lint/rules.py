"""rules.yaml held against the notice and the fact schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from knowledge.annexes import AnnexRecord
from knowledge.facts import FactSchema
from knowledge.lint.sheet import Path_, Sheet
from knowledge.normalise import squeeze
from knowledge.numbering import print_han
from knowledge.rules import SLOT, Comparison, Criterion, DateAfter, Leaf, RuleBook, Tenure, leaves

_QUOTED = re.compile(r"“([^“”]*)”")
_OWN_SLOTS = {"phone", "each"}


def check_rules(sheet: Sheet, rules: RuleBook, schema: FactSchema) -> None:
    """Quotes and thresholds stand in their clauses, facts exist, and no clause of the scope is left out."""
    facts = {spec.name for spec in schema.facts}
    if rules.criteria:
        sheet.check_clause(("scope",), rules.scope)
    for place, criterion in enumerate(rules.criteria):
        _check_criterion(sheet, ("criteria", place), criterion, facts)
    for place, presumption in enumerate(rules.presumptions):
        for key in ("fact", "because"):
            _check_fact(sheet, ("presumptions", place, key), getattr(presumption, key), facts)
    for place, note in enumerate(rules.notes):
        at: Path_ = ("notes", place)
        sheet.check_categories((*at, "categories"), note.categories)
        if sheet.check_clause((*at, "clause"), note.clause):
            _check_quotes(sheet, (*at, "text"), note.text, note.clause)
    for place, left_out in enumerate(rules.not_modelled):
        at = ("not_modelled", place)
        if sheet.check_clause((*at, "clause"), left_out.clause):
            sheet.check_said((*at, "words"), left_out.words, left_out.clause)
    _check_coverage(sheet, rules)


def check_annex(sheet: Sheet, record: AnnexRecord, facts: set[str]) -> None:
    """The criteria of an annex stand in its clauses, and look at facts that it or the pack declares."""
    known = facts | {spec.name for spec in record.facts}
    for place, criterion in enumerate(record.criteria):
        _check_criterion(sheet, ("criteria", place), criterion, known)


def _check_criterion(sheet: Sheet, at: Path_, criterion: Criterion, facts: set[str]) -> None:
    sheet.check_categories((*at, "categories"), criterion.categories)
    for fact in (*criterion.facts, *criterion.questions, *(c.fact for c in criterion.remedy.change)):
        _check_fact(sheet, (*at, "rule"), fact, facts)
    if not sheet.check_clause((*at, "clause"), criterion.clause):
        return
    sheet.check_said((*at, "quote"), criterion.quote, criterion.clause)
    unbound = set(criterion.categories) - set(sheet.held.tree.get(criterion.clause).categories)
    if unbound:
        cause = f"条款 {criterion.clause} 不约束类别 {'、'.join(sorted(unbound))}"
        sheet.report((*at, "categories"), cause, "请改正类别或条款编号")
    for leaf in leaves(criterion.rule):
        _check_threshold(sheet, (*at, "rule"), leaf, criterion.clause)
    for place, reason in enumerate(criterion.reasons):
        _check_text(sheet, (*at, "reasons", place, "text"), reason.text, criterion)
    for place, change in enumerate(criterion.remedy.change):
        _check_text(sheet, (*at, "remedy", "change", place, "how"), change.how, criterion)
    for key in ("wait", "otherwise"):
        _check_text(sheet, (*at, "remedy", key), getattr(criterion.remedy, key), criterion)


def _check_text(sheet: Sheet, at: Path_, text: str, criterion: Criterion) -> None:
    for slot in SLOT.findall(text):
        name = slot.split(".")[0]
        if name not in _OWN_SLOTS and name not in criterion.facts:
            sheet.report(at, f"占位符 {{{slot}}} 不是该条件的事实", "请改为该条件所用的事实名")
    _check_quotes(sheet, at, text, criterion.clause)


def _check_quotes(sheet: Sheet, at: Path_, text: str, clause_id: str) -> None:
    """Words in quotation marks are the clause's own; a slot in them may stand for anything."""
    clause = sheet.held.text(clause_id)
    for quote in _QUOTED.findall(text):
        parts = (re.escape(squeeze(part)) for part in re.split(r"\{[^{}]*\}", quote))
        if not re.search(".+?".join(parts), clause):
            sheet.report(at, f"条款 {clause_id} 中没有“{quote}”", "引号内须逐字照录通知，否则请去掉引号")


def _check_fact(sheet: Sheet, at: Path_, fact: str, facts: set[str]) -> None:
    if fact not in facts:
        sheet.report(at, f"facts.yaml 没有声明事实 {fact}", "请改正事实名，或在 facts.yaml 中声明它")


def _check_threshold(sheet: Sheet, at: Path_, leaf: Leaf, clause_id: str) -> None:
    held = sheet.held
    if isinstance(leaf, DateAfter):
        if not held.says_day(clause_id, leaf.day):
            sheet.report(at, f"条款 {clause_id} 中没有日期 {leaf.day.isoformat()}", "请按通知改正日期")
        return
    for number in _thresholds(leaf):
        below = (each.id for each in held.tree.descendants(clause_id))
        if not any(_says_number(held.text(clause), number) for clause in (clause_id, *below)):
            sheet.report(at, f"条款 {clause_id} 中没有数字 {number}", "请按通知改正阈值")


def _thresholds(leaf: Leaf) -> Iterator[Decimal]:
    value: Decimal | int | dict[str, Decimal] | dict[str, int]
    if isinstance(leaf, Comparison):
        value = leaf.threshold
    elif isinstance(leaf, Tenure):
        value = leaf.years
    else:
        return
    yield from (Decimal(number) for number in (value.values() if isinstance(value, dict) else (value,)))


def _says_number(text: str, number: Decimal) -> bool:
    if re.search(rf"(?<![0-9.]){re.escape(f'{number.normalize():f}')}(?![0-9.]*[0-9])", text):
        return True
    whole = number == number.to_integral_value() and 1 <= number <= 199
    return whole and print_han(int(number)) in text


def _check_coverage(sheet: Sheet, rules: RuleBook) -> None:
    """Every clause below the scope is a criterion's or is said not to be modelled."""
    if rules.scope not in sheet.held.tree:
        return
    mapped = {criterion.clause for criterion in rules.criteria} | {left.clause for left in rules.not_modelled}
    tree = sheet.held.tree
    for clause in (tree.get(rules.scope), *tree.descendants(rules.scope)):
        if clause.id not in mapped and not (clause.bare and sheet.drafted):
            sheet.leave_open(
                ("scope",),
                f"条款 {clause.id} 没有对应的条件",
                "请为它写一个条件，或列入 not_modelled 并说明理由",
            )
