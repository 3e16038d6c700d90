"""What applicants take back, put right, suppose and leave in a talk: slips, another firm, another category."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.reply import ChatReply

Talk = Callable[..., ChatReply]


def facts(reply: ChatReply) -> dict[str, Any]:
    return {fact.name: fact.value for fact in reply.facts}


@pytest.mark.parametrize(
    ("turns", "fact", "value"),
    [
        (("我们没有独立法人资格", "打错了，有的"), "independent_legal_person", True),
        (("想报标杆，没有审计报告", "写错了，有的"), "has_audit_report", True),
        (("报平台，我们有专业团队", "说错了，没有"), "professional_team", False),
        (("我们公司在江西", "打错了是江苏"), "registered_in_jiangsu", True),
        (("云服务用了2个月还在用，三星", "不对不对 是12个月"), "min_months_of_each_service", 12),
        (("标杆 基础3 制造2 标杆能力4 业态3", "制造改成3"), "manufacturing_directions_covered", 3),
        (("报标杆，投入1500万", "投入改成2500万"), "investment_3y_wan", 2500),
        (("标杆投入1500万够吗", "是漏算了设备800万"), "investment_3y_wan", 2300),
        (("如果我投入只有1500万能报标杆吗", "那实际我们是2600万呢"), "investment_3y_wan", 2600),
        (("标杆工厂，贯标我回头查下", "查到了，没通过"), "integration_certified", False),
        (("贯标没有没过", "就是过了的意思"), "integration_certified", True),
        (
            ("我们去年已经拿到省重点平台了", "拿的其实是市级的，不是省级的"),
            "already_recognized_platform",
            False,
        ),
    ],
)
def test_the_last_word_of_an_applicant_counts(
    talk: Talk, turns: tuple[str, ...], fact: str, value: bool | int
) -> None:
    reply = talk(*turns)
    assert reply.route == "eligibility"
    assert facts(reply)[fact] == value


def test_a_year_put_in_place_of_another_is_of_the_same_day(talk: Talk) -> None:
    reply = talk("报平台，公司2022年5月成立", "2022改成2020")
    assert facts(reply)["registered_on"] == {"from": "2020-05-01", "to": "2020-05-31"}


def test_a_date_that_was_another_certificates_is_put_right(talk: Talk) -> None:
    reply = talk("标杆，贯标证书下来了", "2023年2月到期", "看错了那是环保证书 贯标的是2025年2月")
    assert facts(reply)["certificate_valid_until"] == {"from": "2025-02-01", "to": "2025-02-28"}
    assert facts(reply).get("integration_certified") is not False


@pytest.mark.parametrize(
    "turns",
    [
        ("报标杆，2019年成立", "不对吗"),
        ("报标杆，2019年成立", "那什么时候截止"),
        ("报标杆，2019年成立", "改成股份公司了"),
        ("报标杆，2019年成立", "查了下没问题"),
    ],
)
def test_what_takes_nothing_back_leaves_what_was_told(talk: Talk, turns: tuple[str, ...]) -> None:
    assert facts(talk(*turns))["registered_on"] == {"from": "2019-01-01", "to": "2019-12-31"}


@pytest.mark.parametrize(
    ("turns", "inside"),
    [
        (("朋友公司在杭州能报吗", "我自己公司在常熟的呢，想报三星"), True),
        (("我们在杭州，能报吗", "常熟也有一家公司，用常熟的报呢"), True),
        (("我们在杭州，能报吗", "我们自己公司是2018年成立的"), False),
        (("我们在杭州，报平台", "那用母公司报呢"), None),
    ],
)
def test_another_firm_begins_anew(talk: Talk, turns: tuple[str, ...], inside: bool | None) -> None:
    reply = talk(*turns)
    assert reply.route == "eligibility"
    assert facts(reply).get("registered_in_jiangsu") is inside


@pytest.mark.parametrize(
    ("turns", "verdict", "failed"),
    [
        (("贯标证书2023年3月31日到期", "要是4月1日呢"), "needs_info", set()),
        (("假如我们公司是2021年成立的，标杆工厂能报吗", "假如是2019年1月呢"), "needs_info", set()),
        (("报标杆，投了2600万", "要是其中800万不算，还够吗"), "ineligible", {"3.3.1"}),
        (("报标杆，投入2600万（含土地500万）", "土地不算的话呢"), "needs_info", set()),
        (("标杆，专项审计报告没有", "要是补不上呢"), "ineligible", {"3.3.1"}),
        (("2月28日前能拿到贯标证书，报标杆", "拿不到呢"), "needs_info", set()),
        (("我们是个体工商户能报三星上云不", "那注册个公司再报呢，最快下月注册"), "ineligible", {"3.1.1"}),
    ],
)
def test_what_is_supposed_is_judged_and_not_kept(
    talk: Talk, turns: tuple[str, ...], verdict: str, failed: set[str]
) -> None:
    before, reply = talk(turns[0]), talk(*turns)
    assert reply.eligibility is not None
    assert reply.eligibility.hypothetical
    assert reply.eligibility.verdict == verdict
    assert {c.clause_id for c in reply.eligibility.criteria if c.status == "not_met"} == failed
    assert facts(reply) == facts(before)


@pytest.mark.parametrize(
    ("turns", "category"),
    [
        (("报标杆，我们没贯标", "好吧放弃标杆，星级上云我们没评过星"), "star_cloud"),
        (("我们不符合标杆，想看看平台，2020年成立",), "platform"),
        (("报平台，2019年成立", "放弃平台，改报上云"), "star_cloud"),
        (("标杆工厂，项目没完工", "那上云呢 我们不分项目的"), "star_cloud"),
        (("报标杆，2019年成立", "够不上标杆吗"), "benchmark_factory"),
    ],
)
def test_a_category_given_up_is_not_checked(talk: Talk, turns: tuple[str, ...], category: str) -> None:
    reply = talk(*turns)
    assert (reply.route, reply.category) == ("eligibility", category)


@pytest.mark.parametrize("asked", ["那我27号之后再交行吗", "27号以后提交行不行"])
def test_a_later_day_of_applying_is_answered_by_the_check(talk: Talk, asked: str) -> None:
    reply = talk("报标杆，2020年2月27日注册", asked)
    assert reply.route == "eligibility"
    assert "2023年2月27日起满3年" in reply.text
    assert "逾期" not in reply.text
