"""pack.yaml and facts.yaml held against the notice."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date

from knowledge.clause_drafts import COLOPHON, OPENING
from knowledge.cues import FactCues
from knowledge.facts import FactSchema
from knowledge.lint.sheet import Path_, Sheet
from knowledge.models import Annex, Category, Contact, Notice, Window
from knowledge.normalise import squeeze

_MARKS_OF_ANNEXES = (".", "．", "、", ":", "：", "")
_LONG_NUMBER = re.compile("[0-9]{7}")


def check_notice(sheet: Sheet, notice: Notice) -> None:
    """Every name, phone, address, day and quote of pack.yaml stands in the clause it names."""
    sheet.check_said(("title",), notice.title, OPENING)
    sheet.check_said(("document_number",), notice.document_number, OPENING)
    sheet.check_said(("issuing_authority",), notice.issuing_authority, OPENING, COLOPHON)
    if notice.issued_on:
        _check_day(sheet, ("issued_on",), notice.issued_on, COLOPHON, OPENING)
    if notice.mailing_address and sheet.check_clause(("mailing_clause",), notice.mailing_clause):
        sheet.check_said(("mailing_address",), notice.mailing_address, notice.mailing_clause)
    sheet.check_distinct(("categories",), "id", [category.id for category in notice.categories])
    sheet.check_distinct(("annexes",), "number", [annex.number for annex in notice.annexes])
    sheet.check_distinct(
        ("contacts",), "phone", [(contact.category, contact.phone) for contact in notice.contacts]
    )
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


def check_cue_topics(sheet: Sheet, cues: FactCues, topics: Container[str]) -> None:
    """What tells that the notice leaves a fact open is a topic of the pack."""
    for place, cue in enumerate(cues.states):
        if cue.unsettled_topic and cue.unsettled_topic not in topics:
            at = ("states", place, "unsettled_topic")
            sheet.report(at, f"没有问点 {cue.unsettled_topic}", "请改正问点编号，或删去这一行")


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
        text, title = sheet.held.text(annex.clause), squeeze(annex.title)
        numbered = any(f"{annex.number}{mark}{title}" in text for mark in _MARKS_OF_ANNEXES)
        alone = annex.number == 1 and re.search(rf"附件[:：]?{re.escape(title)}", text)
        if not numbered and not alone:
            sheet.check_said((*at, "title"), f"{annex.number}.{annex.title}", annex.clause)


def _check_contact(sheet: Sheet, at: Path_, contact: Contact) -> None:
    sheet.check_categories((*at, "category"), (contact.category,))
    if sheet.check_clause((*at, "clause"), contact.clause) and not _beside(sheet, contact):
        sheet.check_said((*at, "phone"), f"{contact.label}：{contact.phone}", contact.clause)


def _beside(sheet: Sheet, contact: Contact) -> bool:
    """Whether the phone stands in the line of its label, or below one that has no phone of its own."""
    if contact.clause not in sheet.held.tree:
        return True
    clause = sheet.held.tree.get(contact.clause)
    label, phone = squeeze(contact.label), squeeze(contact.phone)
    lines = [squeeze(line) for line in (clause.heading, *clause.text.split("\n"))]
    own = [line for line in lines if label in line]
    if any(phone in line for line in own):
        return True
    return (
        bool(own)
        and any(phone in line for line in lines)
        and not any(_LONG_NUMBER.search(line) for line in own)
    )


def _check_window(sheet: Sheet, at: Path_, window: Window) -> None:
    sheet.check_categories((*at, "category"), (window.category,))
    if window.closes_on is not None and window.set_locally:
        sheet.report(
            (*at, "set_locally"), "closes_on 与 set_locally 不一致", "各地自定截止日时 closes_on 为 null"
        )
    opening, system = window.opens_clause or window.clause, window.system_clause or window.clause
    named = [("clause", window.clause), ("opens_clause", opening), ("system_clause", system)]
    if window.bureau_deadline:
        named.append(("bureau_clause", window.bureau_clause))
    if not all([sheet.check_clause((*at, key), clause) for key, clause in named]):  # noqa: C419 - tell them all
        return
    sheet.check_said((*at, "system_url"), window.system_url, system)
    for key, day, clause in (
        ("opens_on", window.opens_on, opening),
        ("closes_on", window.closes_on, window.clause),
        ("bureau_deadline", window.bureau_deadline, window.bureau_clause),
    ):
        if day:
            _check_day(sheet, (*at, key), day, clause)
    for place, quote in enumerate(window.quotes):
        sheet.check_said((*at, "quotes", place), quote, window.clause, window.bureau_clause, opening, system)


def _check_day(sheet: Sheet, at: Path_, day: date, *clauses: str) -> None:
    known = [clause for clause in clauses if clause in sheet.held.tree]
    if known and not any(sheet.held.says_day(clause, day) for clause in known):
        cause = f"条款 {'、'.join(known)} 中没有日期 {day.isoformat()}"
        sheet.report(at, cause, "请按通知改正日期或条款编号")
