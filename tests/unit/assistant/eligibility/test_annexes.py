"""What an annex decides once its criteria were accepted: Readings 5 and 14."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.eligibility import check, evaluate
from knowledge.annexes import AddedAnnex, AnnexRecord, with_criteria, with_facts
from knowledge.facts import FactSpec, NumberRange
from knowledge.rules import Change, Comparison, Criterion, ReasonText, Remedy

DAY = date(2023, 2, 20)
QUOTE = "申报项目应满足相关建设指南要求"


def criterion(name: str, threshold: int) -> Criterion:
    text = "{" + name + "}"
    return Criterion(
        id=name,
        title=name,
        clause="3.1.2",  # stands for a clause of the annex: only the rules are tried here
        quote=QUOTE,
        categories=("platform",),
        rule=Comparison(kind="comparison", fact=name, operator=">=", threshold=threshold),
        reasons=(
            ReasonText(status="met", text=f"{text}够了。"),
            ReasonText(status="not_met", text=f"{text}不够。"),
            ReasonText(status="unknown", text="还不知道。"),
        ),
        remedy=Remedy(change=(Change(fact=name, how="须达到{" + name + ".to}。"),)),
    )


def spec(name: str) -> FactSpec:
    return FactSpec(
        name=name,
        type="number",
        categories=("platform",),
        meaning=name,
        question=f"{name}是多少台？",
        unit="台",
    )


def with_annex(pack: Any, *, partial: bool = False, criteria: bool = True, number: int = 1) -> Any:
    record = AnnexRecord(
        number=number,
        file="附件.docx",
        sha256="x",
        added_on=DAY,
        partial=partial,
        facts=(spec("devices"), spec("models")) if criteria else (),
        criteria=(criterion("devices", 100), criterion("models", 20)) if criteria else (),
    )
    added = (AddedAnnex(record, (), Path("annexes")),)
    annexes = tuple(
        annex.model_copy(update={"loaded": annex.number == number}) for annex in pack.notice.annexes
    )
    return replace(
        pack,
        notice=pack.notice.model_copy(update={"annexes": annexes}),
        schema=with_facts(pack.schema, added),
        rules=with_criteria(pack.rules, added),
        annexes=added,
    )


def number(value: int) -> NumberRange:
    return NumberRange.exactly(value)


@pytest.mark.parametrize(
    ("facts", "status", "missing"),
    [
        ({}, "unknown", ("devices", "models")),
        ({"devices": number(100)}, "unknown", ("models",)),
        ({"devices": number(99)}, "not_met", ()),
        ({"devices": number(100), "models": number(20)}, "met", ()),
        ({"meets_guideline": True}, "unknown", ("devices", "models")),
        ({"meets_guideline": True, "devices": number(99)}, "not_met", ()),
        ({"meets_guideline": False, "devices": number(100), "models": number(20)}, "not_met", ()),
    ],
)
def test_the_accepted_criteria_decide_whatever_is_claimed_as_a_whole(
    pack: Any, facts: dict[str, Any], status: str, missing: tuple[str, ...]
) -> None:
    decision = evaluate(with_annex(pack), "platform", facts, DAY).of("guideline")
    assert (decision.status, decision.missing) == (status, missing)


@pytest.mark.parametrize(
    ("claimed", "status"), [(None, "needs_confirmation"), (True, "met"), (False, "not_met")]
)
def test_what_a_partly_read_annex_asks_for_besides_is_confirmed(
    pack: Any, claimed: bool | None, status: str
) -> None:
    facts = {"devices": number(100), "models": number(20)} | (
        {} if claimed is None else {"meets_guideline": claimed}
    )
    assert evaluate(with_annex(pack, partial=True), "platform", facts, DAY).of("guideline").status == status


@pytest.mark.parametrize(("claimed", "status"), [(None, "unknown"), (True, "met"), (False, "not_met")])
def test_without_accepted_criteria_the_applicants_word_decides(
    pack: Any, claimed: bool | None, status: str
) -> None:
    facts = {} if claimed is None else {"meets_guideline": claimed}
    decision = evaluate(with_annex(pack, criteria=False), "platform", facts, DAY).of("guideline")
    assert decision.status == status


def test_another_category_is_left_as_it_was(pack: Any) -> None:
    for category in ("benchmark_factory", "star_cloud"):
        assert (
            evaluate(with_annex(pack), category, {}, DAY).statuses
            == evaluate(pack, category, {}, DAY).statuses
        )


def test_facts_of_one_category_are_not_asked_before_a_category_is_known(pack: Any) -> None:
    report = check(with_annex(pack), None, {}, DAY)
    assert not {"devices", "models"} & {missing.name for missing in report.missing_facts}


def test_the_report_tells_what_decided_and_what_would_help(pack: Any) -> None:
    report = check(with_annex(pack), "platform", {"devices": number(99), "models": number(20)}, DAY)
    by_id = {result.id: result for result in report.criteria}
    assert report.verdict == "ineligible"
    assert by_id["guideline"].reason == "按附件1《江苏省重点工业互联网平台建设指南》逐条判定，有条件不满足。"
    assert by_id["devices"].remedy == "须达到100台。"
    assert by_id["guideline"].remedy is None
    asked = check(with_annex(pack), "platform", {}, DAY)
    assert {"devices", "models"} <= {missing.name for missing in asked.missing_facts}
    assert "meets_guideline" not in {missing.name for missing in asked.missing_facts}


def test_a_denial_in_own_words_is_told_as_such(pack: Any) -> None:
    facts = {"devices": number(100), "models": number(20), "meets_guideline": False}
    report = check(with_annex(pack), "platform", facts, DAY)
    result = next(result for result in report.criteria if result.id == "guideline")
    assert result.reason.startswith("按您所说")
    assert result.remedy
