"""pack.yaml and facts.yaml held against the notice."""

from __future__ import annotations

from datetime import date

from knowledge.cues import FactCues
from knowledge.facts import FactSchema
from knowledge.lint.sheet import Path_, Sheet
from knowledge.models import Annex, Category, Contact, Notice, Window
from knowledge.outline import COLOPHON, OPENING


def check_notice(sheet: Sheet, notice: Notice) -> None:
    """Every name, phone, address, day and quote of pack.yaml stands in the clause it names."""
    sheet.check_said(("title",), notice.title, OPENING)
    sheet.check_said(("document_number",), notice.document_number, OPENING)
    sheet.check_said(("issuing_authority",), notice.issuing_authority, OPENING, COLOPHON)
    _check_day(sheet, ("issued_on",), notice.issued_on, COLOPHON)
    if sheet.check_clause(("mailing_clause",), notice.mailing_clause):
        sheet.check_said(("mailing_address",), notice.mailing_address, notice.mailing_clause)
    sheet.check_distinct(("categories",), "id", [category.id for category in notice.categories])
    sheet.check_distinct(("annexes",), "number", [annex.number for annex in notice.annexes])
    sheet.check_distinct(("contacts",), "category", [contact.category for contact in notice.contacts])
    sheet.check_distinct(("windows",), "category", [window.category for window in notice.windows])
    for place, category in enumerate(notice.categories):
        _check_category(sheet, ("categories", place), category, notice)
    for place, annex in enumerate(notice.annexes):
        _check_annex(sheet, ("annexes", place), annex)
    for place, contact in enumerate(notice.contacts):
        _check_contact(sheet, ("contacts", place), contact)
    for place, window in enumerate(notice.windows):
        _check_window(sheet, ("windows", place), window)


def check_facts(sheet: Sheet, schema: FactSchema) -> None:
    """Facts have names of their own and are asked of categories that exist."""
    sheet.check_distinct(("facts",), "name", [spec.name for spec in schema.facts])
    for place, spec in enumerate(schema.facts):
        sheet.check_categories(("facts", place, "categories"), spec.categories)


def check_cues(sheet: Sheet, cues: FactCues, schema: FactSchema) -> None:
    """Whatever is read from a message is a fact that the schema declares."""
    declared = {spec.name for spec in schema.facts}
    for fact in sorted(set(cues.facts()) - declared):
        sheet.report((), f"facts.yaml 没有声明事实 {fact}", "请改正事实名，或在 facts.yaml 中声明它")


def _check_category(sheet: Sheet, at: Path_, category: Category, notice: Notice) -> None:
    if sheet.check_clause((*at, "clause"), category.clause):
        sheet.check_said((*at, "name"), category.name, category.clause)
    others = {
        alias.lower(): other.id
        for other in notice.categories
        if other.id != category.id
        for alias in other.aliases
    }
    for place, alias in enumerate(category.aliases):
        if alias.lower() in others:
            cause = f"别名“{alias}”同时属于 {category.id} 和 {others[alias.lower()]}"
            sheet.report((*at, "aliases", place), cause, "一个别名只能指一个类别，请删去其中一个")


def _check_annex(sheet: Sheet, at: Path_, annex: Annex) -> None:
    sheet.check_categories((*at, "categories"), annex.categories)
    if sheet.check_clause((*at, "clause"), annex.clause):
        sheet.check_said((*at, "title"), f"{annex.number}.{annex.title}", annex.clause)


def _check_contact(sheet: Sheet, at: Path_, contact: Contact) -> None:
    sheet.check_categories((*at, "category"), (contact.category,))
    if sheet.check_clause((*at, "clause"), contact.clause):
        sheet.check_said((*at, "phone"), f"{contact.label}：{contact.phone}", contact.clause)


def _check_window(sheet: Sheet, at: Path_, window: Window) -> None:
    sheet.check_categories((*at, "category"), (window.category,))
    if (window.closes_on is None) != window.set_locally:
        sheet.report(
            (*at, "set_locally"), "closes_on 与 set_locally 不一致", "各地自定截止日时 closes_on 为 null"
        )
    if sheet.check_clause((*at, "clause"), window.clause):
        sheet.check_said((*at, "system_url"), window.system_url, window.clause)
        _check_day(sheet, (*at, "opens_on"), window.opens_on, window.clause)
        if window.closes_on:
            _check_day(sheet, (*at, "closes_on"), window.closes_on, window.clause)
    if sheet.check_clause((*at, "bureau_clause"), window.bureau_clause):
        _check_day(sheet, (*at, "bureau_deadline"), window.bureau_deadline, window.bureau_clause)
    for place, quote in enumerate(window.quotes):
        sheet.check_said((*at, "quotes", place), quote, window.clause, window.bureau_clause)


def _check_day(sheet: Sheet, at: Path_, day: date, clause_id: str) -> None:
    if clause_id in sheet.held.tree and not sheet.held.says_day(clause_id, day):
        sheet.report(at, f"条款 {clause_id} 中没有日期 {day.isoformat()}", "请按通知改正日期或条款编号")
