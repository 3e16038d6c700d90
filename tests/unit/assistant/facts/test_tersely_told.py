"""Telegrams, and short ways of saying what is held, done or left as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import read_facts
from knowledge.cues import FactCues, load_fact_cues
from knowledge.facts import FactSchema, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[4] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES: FactCues = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)


def told(text: str, category: str | None = None, asked: str | None = None) -> dict[str, Any]:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, category=category, asked=asked)
    return {fact.name: dump_value(fact.value) for fact in read.facts}


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("2020年3月1日注册 标杆 年限?", "registered_on", "2020-03-01"),
        ("2021年5月注册 平台 可报?", "registered_on", {"from": "2021-05-01", "to": "2021-05-31"}),
        ("证书到23.3.20 标杆?", "certificate_valid_until", "2023-03-20"),
        ("贯标有证 到23年5月", "certificate_valid_until", {"from": "2023-05-01", "to": "2023-05-31"}),
        ("投入2200 建成", "project_built", True),
    ],
)
def test_a_telegram_tells_what_its_first_word_dates(text: str, fact: str, value: Any) -> None:
    assert told(text, "benchmark_factory")[fact] == value


@pytest.mark.parametrize("text", ["上云2022年1月1日 起算?", "建成 时间?", "证书有效期2023年3月31日 要求?"])
def test_a_telegram_about_the_rule_tells_nothing(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去年申报过三星没评上", {"current_star": 0}),
        ("三星企业，今年四星还是五星都能报吗", {"current_star": 3}),
        ("上云始于2022年8月，现在还用", {"min_months_of_each_service": {"from": 6, "to": 7}}),
    ],
)
def test_what_a_firm_of_stars_tells_shortly(text: str, expected: dict[str, Any]) -> None:
    assert told(text, "star_cloud").items() >= expected.items()


def test_a_form_filled_in_with_dashes_is_read_as_one_with_colons() -> None:
    form = told("贯标——没做；审计报告——有；发票——齐", "benchmark_factory")
    assert form == {"integration_certified": False, "has_audit_report": True, "has_invoices": True}
    assert told("我们没有发票——审计报告有", "benchmark_factory") == {
        "has_invoices": False,
        "has_audit_report": True,
    }


def test_who_failed_at_a_higher_level_may_hold_a_lower_one() -> None:
    assert "current_star" not in told("去年申报过四星没评上", "star_cloud")
    assert told("我们是三星，去年申报过四星没评上", "star_cloud")["current_star"] == 3


def test_what_is_broken_off_for_a_while_is_not_stopped() -> None:
    assert "services_still_in_use" not in told("中间停了一个月，总共用了四个月", "star_cloud")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "平台被认定过，能力也没显著提升",
            {"already_recognized_platform": True, "significant_upgrade": False},
        ),
        (
            "已经是省重点平台，今年功能跟去年差不多",
            {"already_recognized_platform": True, "significant_upgrade": False},
        ),
        ("今年营收跟去年差不多", {}),
    ],
)
def test_a_platform_left_as_it_was_is_not_raised(text: str, expected: dict[str, Any]) -> None:
    assert told(text, "platform") == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [("什么证明都没有", False), ("有专家评审意见可以证明", True), ("有审核报告能证明", True)],
)
def test_what_proves_a_certification_is_evidence_once_asked_for(text: str, value: bool) -> None:
    asked = "has_certification_evidence"
    assert told(text, "benchmark_factory", asked)[asked] is value


def test_a_firm_of_another_province_is_not_registered_here() -> None:
    assert told("安徽注册的法人")["registered_in_jiangsu"] is False


@pytest.mark.parametrize("asked", ["sound_finance", "independent_legal_person", "good_credit"])
def test_what_tells_of_another_thing_answers_no_question_besides(asked: str) -> None:
    assert told("都在用", "star_cloud", asked) == {"services_still_in_use": True}


def test_no_evidence_at_all_is_heard_without_having_been_asked_for() -> None:
    assert told("什么证明都没有", "benchmark_factory") == {"has_certification_evidence": False}


@pytest.mark.parametrize("text", ["比去年多500万", "跟去年差不多", "投入2500万我们工厂近三年"])
def test_a_year_compared_with_or_told_of_is_no_day_of_registration(text: str) -> None:
    assert "registered_on" not in told(text, "benchmark_factory", "registered_on" if "去年" in text else None)


def test_an_age_of_nearly_so_many_years_is_still_one() -> None:
    assert "registered_on" in told("我们公司近三年了", "benchmark_factory")
    assert "registered_on" in told("公司成立近三年", "benchmark_factory")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "情况如下:苏州、独立法人、2016年、账目清楚、守信、有专业团队",
            {
                "registered_in_jiangsu": True,
                "independent_legal_person": True,
                "registered_on": {"from": "2016-01-01", "to": "2016-12-31"},
                "sound_finance": True,
                "good_credit": True,
                "professional_team": True,
            },
        ),
        (
            "无锡的、法人、自有团队、设备没联网",
            {"registered_in_jiangsu": True, "independent_legal_person": True},
        ),
        ("我们2018年、常州、独立法人、没认定过", {"independent_legal_person": True}),
        ("财务、法人、信用、人才这几条都没问题", {"independent_legal_person": True}),
    ],
)
def test_a_bare_list_tells_what_the_applicant_is(text: str, expected: dict[str, Any]) -> None:
    assert told(text, "platform").items() >= expected.items()


@pytest.mark.parametrize(
    "text",
    [
        "基本条件：江苏、法人、满1年、诚信",
        "要求是江苏、法人、1年、有团队",
        "江苏、浙江、安徽",
        "法人、股东、监事是同一个人",
        "法人、财务负责人都换过",
        "客户南京、法人、2013年",
        "江苏、法人、诚信这三项怎么证明",
    ],
)
def test_other_lists_tell_nothing_of_the_applicant(text: str) -> None:
    assert not told(text, "platform").keys() & {
        "registered_in_jiangsu",
        "independent_legal_person",
        "registered_on",
    }


PLACE, LEGAL, SINCE = "registered_in_jiangsu", "independent_legal_person", "registered_on"


def _year(year: int) -> dict[str, str]:
    return {"from": f"{year}-01-01", "to": f"{year}-12-31"}


@pytest.mark.parametrize(
    ("text", "category", "expected"),
    [
        (
            "直说：苏州、2021年、独立法人、标杆",
            "benchmark_factory",
            {PLACE: True, SINCE: _year(2021), LEGAL: True},
        ),
        (
            "标杆 1）南京 2）2013年 3）独立法人 4）建成 5）2400万 6）审计+发票",
            "benchmark_factory",
            {
                PLACE: True,
                SINCE: _year(2013),
                LEGAL: True,
                "project_built": True,
                "investment_3y_wan": 2400,
                "has_audit_report": True,
                "has_invoices": True,
            },
        ),
        ("在苏州 2016 独立法人", "star_cloud", {PLACE: True, SINCE: _year(2016), LEGAL: True}),
        (
            "2019年5月 宿迁 平台 建成 未认定 能报?",
            "platform",
            {
                PLACE: True,
                SINCE: {"from": "2019-05-01", "to": "2019-05-31"},
                "already_recognized_platform": False,
            },
        ),
        ("法人 财务 信用 团队 都ok", "platform", {LEGAL: True, "professional_team": True}),
    ],
)
def test_a_list_of_what_a_firm_is_tells_each_of_its_items(
    text: str, category: str, expected: dict[str, Any]
) -> None:
    assert told(text, category).items() >= expected.items()


@pytest.mark.parametrize(
    "text",
    [
        "1）申报条件 2）截止时间 3）联系电话",
        "南京 2016",
        "审计、发票、贯标",
        "材料：审计+发票+贯标证书",
        "独立法人、2016、条件有哪些",
    ],
)
def test_a_list_of_other_things_tells_nothing(text: str) -> None:
    assert told(text, "benchmark_factory") == {}


@pytest.mark.parametrize(
    ("text", "category", "expected"),
    [
        (
            "是否建成：是。是否获认定：否。",
            "platform",
            {"project_built": True, "already_recognized_platform": False},
        ),
        (
            "4.已建成：是 5.已认定：否",
            "platform",
            {"project_built": True, "already_recognized_platform": False},
        ),
        ("是否建成改为：否", "platform", {"project_built": False}),
        ("是否独立法人：是；是否建成：否", "benchmark_factory", {LEGAL: True, "project_built": False}),
        ("是否通过贯标：是", "benchmark_factory", {"integration_certified": True}),
        ("财务：健全。团队：有。", "platform", {"sound_finance": True, "professional_team": True}),
        ("是否建成？", "platform", {}),
        ("是否必须建成：标杆工厂？", "benchmark_factory", {}),
    ],
)
def test_an_entry_of_a_form_asks_nothing(text: str, category: str, expected: dict[str, Any]) -> None:
    assert told(text, category) == expected


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("没拿过省重点", "already_recognized_platform", False),
        ("平台以前没获过省重点", "already_recognized_platform", False),
        ("平台建好没拿过认定", "already_recognized_platform", False),
        ("建好了没认定过", "already_recognized_platform", False),
        ("平台评过省重点", "already_recognized_platform", True),
        ("去年拿到省重点了", "already_recognized_platform", True),
        ("想评上省重点", "already_recognized_platform", None),
        ("争取拿到省重点", "already_recognized_platform", None),
        ("信誉没得说", "good_credit", True),
        ("业内前三", "good_credit", True),
        ("我们是行业龙头", "good_credit", True),
        ("业内前三年的数据", "good_credit", None),
        ("技术队伍二十来号人", "professional_team", True),
        ("信用好、团队强", "professional_team", True),
        ("外资企业独立法人", LEGAL, True),
        ("有限公司，独立法人", LEGAL, True),
        ("独立法人要吗", LEGAL, None),
        ("独立法人必须吗", LEGAL, None),
        ("06年的老厂", SINCE, _year(2006)),
        ("注册一年零三天", SINCE, "2022-02-17"),
        ("2020年2月10日成立的报平台年限满足吗", SINCE, "2020-02-10"),
        ("2019年成立的公司报平台够年限吗", SINCE, _year(2019)),
        ("成立三年的才能报吗", SINCE, None),
        ("2019年成立的才能报吗", SINCE, None),
    ],
)
def test_what_a_firm_tells_in_few_words(text: str, fact: str, value: Any) -> None:
    assert told(text, "platform").get(fact) == value


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("项目建成一半", "project_built", False),
        ("平台建成了一多半", "project_built", False),
        ("车间建成七成了", "project_built", False),
        ("项目建成了", "project_built", True),
        ("只做了两化融合评估，没做贯标", "integration_certified", False),
        ("做了两化融合自评估", "integration_certified", None),
        ("两化融合水平诊断过了", "integration_certified", None),
        ("两化融合评定过了", "integration_certified", True),
        ("证书没下来，但评定机构出了证明", "has_certification_evidence", True),
        ("证书还没拿到手，有通过通知", "has_certification_evidence", True),
    ],
)
def test_what_only_resembles_a_fact_is_none(text: str, fact: str, value: bool | None) -> None:
    assert told(text, "benchmark_factory").get(fact) == value


def test_a_year_in_a_list_is_no_sum_besides() -> None:
    assert set(told("南京 2016 独立法人 平台 能报吗", "benchmark_factory")) >= {"registered_on"}
    assert "investment_3y_wan" not in told("南京 2016 独立法人 平台 能报吗", "benchmark_factory")


def test_a_place_stays_beside_what_ends_where_it_does() -> None:
    read = told("常州注册、独立法人、2017年6月8日成立，财务健全，平台已经建成，能报吗", "platform")
    assert read["registered_in_jiangsu"] is True
