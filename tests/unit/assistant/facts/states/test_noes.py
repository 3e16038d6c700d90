"""A no that is none, a no that is denied, and a no that is of what stands behind alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import read_facts
from assistant.facts.message.polarity import without_seeming_noes
from knowledge.cues import FactCues, load_fact_cues
from knowledge.facts import FactSchema, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES: FactCues = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)


def stated(text: str, category: str | None = None) -> dict[str, Any]:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category=category)
    return {fact.name: dump_value(fact.value) for fact in read.facts}


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("平台被评为省重点平台了吗？没有", "already_recognized_platform", False),
        ("项目投产了吗？还没有", "project_built", False),
        ("贯标通过了吗？通过了", "integration_certified", True),
        ("财务规范吗？规范的", "sound_finance", True),
        ("需要独立法人吗？是", "independent_legal_person", None),
        ("财务规范吗？怎么证明", "sound_finance", None),
        ("平台可以重复申报吗？不", "already_recognized_platform", None),
    ],
)
def test_a_question_of_ones_own_is_answered_by_what_follows(text: str, fact: str, value: bool | None) -> None:
    assert stated(text).get(fact) is value


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("我们还没上云，能报三星吗", 0),
        ("老板想问：我们从没用过云服务，三星能报吗", 0),
        ("我们有两个系统没上云，其他用了一年", 12),
        ("没上云的设备算不算", None),
    ],
)
def test_who_uses_no_cloud_has_used_it_for_no_month(text: str, months: int | None) -> None:
    assert stated(text, "star_cloud").get("min_months_of_each_service") == months


@pytest.mark.parametrize("text", ["信用有点瑕疵，影响大吗", "我们信用上有小瑕疵"])
def test_a_flaw_is_asked_back(text: str) -> None:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES)
    assert (read.facts, [one.name for one in read.ambiguous]) == ((), ["good_credit"])


@pytest.mark.parametrize(
    ("text", "recognised"),
    [
        ("我们报过平台，2021年认定的", True),
        ("我们是省重点平台，去年评上的", True),
        ("我们报过市级平台，2021年认定的", None),
        ("我们三星，2020年认定的，也报过平台", None),
    ],
)
def test_a_platform_recognised_in_a_year_told_behind_it(text: str, recognised: bool | None) -> None:
    assert stated(text).get("already_recognized_platform") is recognised


@pytest.mark.parametrize(
    "text",
    [
        "我们是江苏无锡有独立法人资格的公司",
        "江苏无锡有独立法人资格的公司",
        "是无锡的一家独立法人",
        "无锡未来科技是独立法人",
        "无人机公司，有独立法人资格",
    ],
)
def test_a_no_inside_a_name_denies_nothing(text: str) -> None:
    assert stated(text)["independent_legal_person"] is True


@pytest.mark.parametrize("text", ["江苏无锡的独立法人", "江苏无锡独立法人，标杆工厂"])
def test_a_firm_of_a_place_with_a_no_in_its_name_is_not_denied_to_be_one(text: str) -> None:
    assert stated(text).get("independent_legal_person") is not False


@pytest.mark.parametrize(
    "text", ["无锡公司，无独立法人资格", "我们非独立法人", "没有独立法人资格", "无锡分公司"]
)
def test_a_no_beside_a_name_denies_all_the_same(text: str) -> None:
    assert stated(text)["independent_legal_person"] is False


def test_a_text_keeps_its_length_without_its_seeming_noes() -> None:
    names = CUES.gazetteer.names
    assert without_seeming_noes("无锡未来科技无独立法人", names) == "□锡□来科技无独立法人"


@pytest.mark.parametrize(
    ("text", "category", "expected"),
    [
        ("并非没有发票", "benchmark_factory", {"has_invoices": True}),
        ("不是没建成", "benchmark_factory", {"project_built": True}),
        ("不是没贯标", "benchmark_factory", {"integration_certified": True}),
    ],
)
def test_a_no_that_is_denied_is_a_yes(text: str, category: str, expected: dict[str, bool]) -> None:
    assert stated(text, category=category) == expected


@pytest.mark.parametrize(
    "text", ["不是没贯标，是贯标了证还没下，有公示文件", "贯标过但证书还没发，有公示文件"]
)
def test_what_is_done_is_not_denied_by_the_no_of_what_comes_of_it(text: str) -> None:
    assert stated(text, category="benchmark_factory") == {
        "integration_certified": True,
        "certificate_issued": False,
        "has_certification_evidence": True,
    }


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("原来没贯标，今年已经过了", "integration_certified", True),
        ("以前没过贯标，后来补上了", "integration_certified", True),
        ("之前没有审计报告，现在做好了", "has_audit_report", True),
        ("以前没贯标，现在也没做", "integration_certified", False),
        ("以前没贯标，去年没过", "integration_certified", False),
        ("我们平台没认定过，哦不对，2019年认定过一次", "already_recognized_platform", True),
    ],
)
def test_a_no_that_was_made_good_or_put_right_is_past(text: str, fact: str, value: bool) -> None:
    category = "platform" if "认定" in text else "benchmark_factory"
    assert stated(text, category)[fact] is value


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("平台已认定，没什么变化", {"already_recognized_platform": True, "significant_upgrade": False}),
        (
            "平台早就认定过了，能力大幅提升",
            {"already_recognized_platform": True, "significant_upgrade": True},
        ),
        ("前年认定过一次，提升得很一般", {"already_recognized_platform": True, "significant_upgrade": False}),
        (
            "去年被认定过了，算不上显著提升",
            {"already_recognized_platform": True, "significant_upgrade": False},
        ),
        ("平台认定过没有", {}),
        ("平台认定过的还能报吗", {}),
        ("市级平台已认定", {}),
        ("平台还没被认定过", {"already_recognized_platform": False}),
    ],
)
def test_a_platform_recognised_before_and_how_far_it_was_raised(text: str, facts: dict[str, bool]) -> None:
    assert stated(text, "platform") == facts


@pytest.mark.parametrize("text", ["我们没有独立财务部", "没有独立的财务部门，请代账公司做账"])
def test_books_kept_without_a_department_are_asked_back(text: str) -> None:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES)
    assert (read.facts, [one.name for one in read.ambiguous]) == ((), ["sound_finance"])


def test_without_rules_for_its_money_a_firm_is_not_sound() -> None:
    assert stated("没有独立的财务制度") == {"sound_finance": False}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("我们不存在没有发票的情况", "has_invoices"),
        ("谁说我们没有审计报告的", "has_audit_report"),
        ("未存在未开票的情形，发票都有", "has_invoices"),
        ("老李说我们贯标没过，其实过了", "integration_certified"),
        ("发票没有，说错了，有的", "has_invoices"),
    ],
)
def test_a_no_denied_or_taken_back_is_a_yes(text: str, fact: str) -> None:
    assert stated(text, "benchmark_factory") == {fact: True}


@pytest.mark.parametrize(
    ("text", "category", "fact"),
    [
        ("不能说没有团队吧", "platform", "professional_team"),
        ("不能说我们没贯标", "benchmark_factory", "integration_certified"),
        ("我们没有不贯标的理由", "benchmark_factory", "integration_certified"),
        ("我们没有被认定过是假的", "platform", "already_recognized_platform"),
        ("证书也没见过", "benchmark_factory", "certificate_issued"),
        ("听说好像拿到发票了，但我不确定", "benchmark_factory", "has_invoices"),
        ("平台一期建成，二期还在建", "platform", "project_built"),
        ("项目二期在建一期已建成", "platform", "project_built"),
    ],
)
def test_what_is_neither_yes_nor_no_is_not_told(text: str, category: str, fact: str) -> None:
    assert fact not in stated(text, category)


@pytest.mark.parametrize(
    ("text", "category", "fact", "value"),
    [
        ("没有发票，其实有收据", "benchmark_factory", "has_invoices", False),
        ("我们贯标没过，其实材料都交了", "benchmark_factory", "integration_certified", False),
        ("不是没有团队，是没有专业团队", "platform", "professional_team", False),
        ("我们的产线二期在建", "benchmark_factory", "project_built", False),
        ("项目一期已经建成", "benchmark_factory", "project_built", True),
        ("项目建成一半", "benchmark_factory", "project_built", False),
        ("我们准备在2023年投入2500万建智能工厂", "benchmark_factory", "project_built", False),
        ("我们准备用去年建成的平台申报", "platform", "project_built", True),
        ("不是省级的", "platform", "already_recognized_platform", False),
        ("我们没拿过省重点", "platform", "already_recognized_platform", False),
        ("我们有30人团队", "platform", "professional_team", True),
        ("我们贯标了肯定行吧", "benchmark_factory", "integration_certified", True),
    ],
)
def test_a_plain_yes_or_no_stays_one(text: str, category: str, fact: str, value: bool) -> None:
    assert stated(text, category)[fact] is value


@pytest.mark.parametrize("text", ["没通过", "没有", "还没办", "没拿到"])
def test_what_was_not_done_is_no_answer_to_what_one_is(text: str) -> None:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, asked="registered_in_jiangsu")
    assert read.facts == ()
