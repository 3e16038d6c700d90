"""A small notice and a scripted assistant, so that the ways in are tested without the house behind them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.reply import (
    ChatReply,
    CriterionResult,
    EligibilityReport,
    MissingFact,
    ShownCitation,
    ShownContact,
    ShownFact,
    ShownWindow,
)
from assistant.session_store import Asker
from knowledge.clauses import ClauseTree
from knowledge.errors import InputRefused, UnknownCategory, UnknownPack
from knowledge.facts import FactSchema, FactSpec
from knowledge.models import Annex, Category, Clause, Contact, Notice, Window

NOBODY = Asker()
TODAY = date(2023, 2, 10)
CONTACT = ShownContact(category="kite", label="风筝类", phone="000-1111")
QUOTE = "风筝须为手工制作。"


def _clause(clause_id: str, text: str, parent: str | None = None) -> Clause:
    return Clause(
        id=clause_id,
        label=f"第{clause_id}条",
        marker="",
        heading="",
        heading_path=("一、风筝",) if parent else (),
        text=text,
        bare=False,
        parent=parent,
        categories=("kite",),
        spans=(),
    )


CLAUSES = (
    _clause("1", "一、风筝"),
    _clause("1.1", QUOTE, parent="1"),
    _clause("1.2", "线长不限。", parent="1"),
)
NOTICE = Notice(
    id="kites",
    version="1",
    title="风筝通知",
    document="风筝〔2023〕1号",
    document_number="风筝〔2023〕1号",
    issuing_authority="风筝局",
    issued_on=TODAY,
    year=2023,
    text_file="notice.txt",
    mailing_address="风筝路1号",
    mailing_clause="1",
    categories=(Category(id="kite", name="手工风筝", short="风筝", aliases=(), clause="1"),),
    annexes=(Annex(number=1, title="指南", kind="guideline", categories=("kite",), clause="annexes"),),
    contacts=(Contact(category="kite", label="风筝类", phone="000-1111", clause="1"),),
    windows=(
        Window(
            category="kite",
            opens_on=date(2023, 2, 6),
            closes_on=date(2023, 2, 28),
            set_locally=False,
            bureau_deadline=date(2023, 3, 15),
            system_url="kites.example",
            clause="1",
            bureau_clause="1",
            quotes=(),
        ),
    ),
)
SCHEMA = FactSchema(
    facts=(
        FactSpec(
            name="handmade", type="bool", categories=("kite",), meaning="手工制作", question="是手工吗？"
        ),
        FactSpec(
            name="span_cm",
            type="number",
            categories=("kite",),
            meaning="翼展",
            question="翼展多少？",
            unit="厘米",
            minimum=0,
        ),
    )
)


class ScriptedAssistant:
    """Answers about kites, remembers what it was asked, and raises what it is told to."""

    def __init__(self) -> None:
        self.packs: dict[str, Any] = {
            "kites": SimpleNamespace(notice=NOTICE, tree=ClauseTree(CLAUSES), schema=SCHEMA, digest="d1")
        }
        self.default_pack = "kites"
        self.calls: list[tuple[Any, ...]] = []
        self.facts: dict[str, dict[str, Any]] = {}
        self.failure: Exception | None = None
        self.text = "风筝须手工制作[1]。\n可致电风筝类 000-1111。"
        self.parts = {"index": True, "packs": True}

    def reply(
        self,
        message: str,
        *,
        session_id: str | None = None,
        pack: str | None = None,
        as_of: date | None = None,
        asker: Asker = NOBODY,
    ) -> ChatReply:
        self.calls.append(("reply", message, session_id, pack, as_of))
        self._fail_if_told()
        self._known(pack)
        if "\u200b" in message:
            raise InputRefused("没有读到文字")
        return ChatReply(
            session_id=session_id or "new-session",
            message_id="m1",
            as_of=as_of or TODAY,
            route="lookup",
            category="kite",
            text=self.text,
            citations=(
                ShownCitation(
                    marker=1,
                    pack="kites",
                    document=NOTICE.document,
                    clause_id="1.1",
                    label="第1.1条",
                    quote=QUOTE,
                ),
            ),
            contacts=(CONTACT,),
            suggestions=("线多长？",),
        )

    def reply_after(
        self,
        earlier: list[str],
        message: str,
        *,
        pack: str | None = None,
        as_of: date | None = None,
        asker: Asker = NOBODY,
    ) -> ChatReply:
        self.calls.append(("earlier", *earlier))
        return self.reply(message, pack=pack, as_of=as_of, asker=asker)

    def check(
        self,
        category: str,
        facts: dict[str, Any],
        *,
        as_of: date | None = None,
        pack: str | None = None,
        asker: Asker = NOBODY,
    ) -> EligibilityReport:
        self.calls.append(("check", category, facts, as_of, pack))
        self._fail_if_told()
        self._known(pack)
        if category != "kite":
            raise UnknownCategory(f"没有类别 {category}；可用：kite")
        parsed = SCHEMA.parse(facts)
        unknown = "handmade" not in parsed
        met = parsed.get("handmade") is True
        return EligibilityReport(
            category=category,
            as_of=as_of or TODAY,
            verdict="needs_info" if unknown else "eligible" if met else "ineligible",
            criteria=(
                CriterionResult(
                    id="c1",
                    clause_id="1.1",
                    label="第1.1条",
                    quote=QUOTE,
                    status="unknown" if unknown else "met" if met else "not_met",
                    reason="须为手工制作",
                    facts=("handmade",),
                    remedy=None if met or unknown else "改为手工制作",
                ),
            ),
            missing_facts=(MissingFact(name="handmade", question="是手工吗？"),) if unknown else (),
            alternatives=(),
            window=ShownWindow(status="open", opens_on=date(2023, 2, 6), closes_on=date(2023, 2, 28)),
            contacts=(CONTACT,),
            pack="kites",
            pack_version="1",
            pack_digest="d1",
            digest="r1",
        )

    def search(self, query: str, *, k: int = 5, pack: str | None = None) -> tuple[Any, ...]:
        self.calls.append(("search", query, k, pack))
        self._known(pack)
        hits = (
            SimpleNamespace(
                document=NOTICE.document, clause_id=c.id, label=c.label, text=c.text, score=1.0 / rank
            )
            for rank, c in enumerate(CLAUSES, 1)
        )
        return tuple(hits)[:k]

    def session_facts(self, session_id: str, *, asker: Asker = NOBODY) -> tuple[ShownFact, ...]:
        known = self.facts.get(session_id, {})
        return tuple(ShownFact(name=n, value=v, quote="原话", turn=1) for n, v in known.items())

    def change_facts(
        self,
        session_id: str,
        changes: dict[str, Any],
        *,
        as_of: date | None = None,
        pack: str | None = None,
        asker: Asker = NOBODY,
    ) -> EligibilityReport | None:
        SCHEMA.parse(changes)
        known = self.facts.setdefault(session_id, {})
        known.update(changes)
        for name in [n for n, v in known.items() if v is None]:
            del known[name]
        return self.check("kite", known, as_of=as_of)

    def legs(self) -> dict[str, bool]:
        return {"kites": True}

    def readiness(self) -> dict[str, bool]:
        return self.parts

    def _known(self, pack: str | None) -> None:
        if pack not in {None, "kites"}:
            raise UnknownPack(f"没有知识包 {pack}")

    def _fail_if_told(self) -> None:
        if self.failure:
            raise self.failure


@pytest.fixture
def scripted() -> ScriptedAssistant:
    """A fresh scripted assistant."""
    return ScriptedAssistant()


@pytest.fixture
def small_notice() -> Notice:
    """The notice of the scripted assistant."""
    return NOTICE


@pytest.fixture
def report_on(scripted: ScriptedAssistant) -> Callable[[dict[str, Any]], EligibilityReport]:
    """The scripted verdict on facts."""
    return lambda facts: scripted.check("kite", facts)
