"""Conditions become proposed rules, each on its clause and in its words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.clauses import ClauseTree, parse_notice
from knowledge.cues import FactCues
from knowledge.drafting.proposal import Proposal
from knowledge.drafting.recognise import propose
from knowledge.models import Category
from knowledge.normalise import squeeze
from knowledge.rules import AtLeast, Comparison, DateAfter, Not, Tenure

CATEGORY = (Category(id="one", name="绿色工厂", short="绿色工厂", aliases=("绿色工厂",), clause="1"),)


def tree_of(*conditions: str) -> ClauseTree:
    lines = "\n".join(f"{n}.{words}" for n, words in enumerate(conditions, 1))
    return parse_notice(
        f"关于申报绿色工厂的通知\n\n一、申报条件\n\n{lines}\n\n二、申报材料\n\n申报书不少于2份。\n", CATEGORY
    )


def proposed(*conditions: str) -> list[Proposal]:
    return list(propose(tree_of(*conditions), CATEGORY, province="江苏"))


@pytest.mark.parametrize(
    ("condition", "pattern", "rule"),
    [
        ("申报单位注册时间不少于2年。", "tenure", {"years": 2}),
        ("上年度营业收入不低于5000万元。", "measure", {"operator": ">=", "threshold": 5000}),
        ("研发投入占营业收入的比例不低于3%。", "measure", {"threshold": 3}),
        ("资产负债率不超过70%。", "measure", {"operator": "<=", "threshold": 70}),
        ("拥有专职技术人员20人以上。", "measure", {"threshold": 20}),
        ("在“节能降耗”4个方面中至少涉及2个方面。", "directions", {"operator": ">=", "threshold": 2}),
        ("贯标证书有效期须在2024年3月31日之后。", "validity", {"on_the_day": "needs_confirmation"}),
        ("每家企业限报1项。", "limit", {"operator": "<=", "threshold": 1}),
        ("在江苏省内注册，具有独立法人资格。", "place", {"kind": "flag"}),
        ("近三年无重大安全、环保事故。", "known", {"kind": "not"}),
        ("同一项目已获国家资金支持的不得申报。", "forbidden", {"kind": "not"}),
        ("申报单位须建立能源管理体系。", "required", {"kind": "flag"}),
    ],
)  # fmt: skip
def test_each_pattern_becomes_a_typed_rule(condition: str, pattern: str, rule: dict[str, Any]) -> None:
    first = proposed(condition)[0]
    assert first.pattern == pattern
    told = first.criterion.rule.model_dump()
    assert {key: told[key] for key in rule} == rule


def test_every_proposal_stands_on_its_clause_in_its_words() -> None:
    tree = tree_of(
        "申报单位注册满1年，近三年无失信行为；营业收入1亿元以上，设备数控化率达到60%。",
        "须通过能源管理体系认证。",
    )
    found = propose(tree, CATEGORY, province="江苏")
    assert len(found) >= 5
    for proposal in found:
        assert squeeze(proposal.quote) in squeeze(tree.get(proposal.clause).text)
        assert proposal.clause.startswith("1")
        assert proposal.status == "open"
        FactCues.model_validate(proposal.cues)


def test_what_no_condition_says_is_not_proposed() -> None:
    assert {p.clause for p in proposed("申报单位注册满1年。")} == {"1.1"}  # 申报书不少于2份 is no condition


def test_some_of_several_counts_its_parts() -> None:
    (found,) = propose(
        parse_notice("一、申报条件\n\n（一）至少满足以下条件中的2项：\n\n1.营业收入5000万元以上。\n\n2.拥有发明专利3项以上。\n\n3.员工不少于50人。\n",
                     CATEGORY), CATEGORY)  # fmt: skip
    assert found.pattern == "some_of"
    assert isinstance(found.criterion.rule, AtLeast)
    assert found.criterion.rule.count == 2
    assert [part.threshold for part in found.criterion.rule.of if isinstance(part, Comparison)] == [
        5000,
        3,
        50,
    ]


def test_items_below_a_ban_are_what_must_not_be() -> None:
    found = propose(
        parse_notice("一、申报条件\n\n（一）有下列情形之一的，不得申报：\n\n1.近三年偷税漏税的；\n\n2.已获国家级认定的；\n", CATEGORY), CATEGORY
    )  # fmt: skip
    assert [p.clause for p in found] == ["1.1.1", "1.1.2"]
    assert all(isinstance(p.criterion.rule, Not) for p in found)


def test_the_jiangsu_notice_gives_its_numbers(pack: Any) -> None:
    found = propose(pack.tree, pack.notice.categories, province="江苏")
    rules = {p.clause: p.criterion.rule for p in found if p.confidence >= 0.75}
    assert isinstance(rules["3.3.2"], DateAfter)
    tenure = next(p.criterion.rule for p in found if isinstance(p.criterion.rule, Tenure))
    assert tenure.years == {"platform": 1, "star_cloud": 1, "benchmark_factory": 3}
    sums = [p.criterion.rule.threshold for p in found if isinstance(p.criterion.rule, Comparison)]
    assert {2000, 3, 1} <= set(sums)


def test_names_that_a_pack_has_are_not_given_again() -> None:
    taken = {fact.name for p in proposed("营业收入1亿元以上。") for fact in p.facts}
    again = propose(tree_of("营业收入1亿元以上。"), CATEGORY, taken=taken, first=7)
    assert not taken & {fact.name for p in again for fact in p.facts}
    assert again[0].number == 7


@given(st.text("不少于低满足须应得申报条件一二三、（）1290年万元%项之近，。；：\n 注册", max_size=80))
def test_any_text_gives_proposals_in_its_own_words(text: str) -> None:
    tree = parse_notice(f"一、申报条件\n\n1.{text}", CATEGORY)
    for proposal in propose(tree, CATEGORY):
        assert squeeze(proposal.quote) in squeeze(tree.get(proposal.clause).text)
