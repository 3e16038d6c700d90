"""What is said in the middle of a check: how it stands, the other categories, a look-up in between."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.reply import ChatReply

Talk = Callable[..., ChatReply]


@pytest.mark.parametrize("asked", ["够数吗", "那够不够", "总额够2000万吗"])
def test_whether_it_is_enough_is_answered_by_what_was_told_last(talk: Talk, asked: str) -> None:
    reply = talk("我们是标杆工厂方向，2015年注册", "近三年设备投了1300万，系统开发投了900万", asked)
    assert (reply.route, reply.category) == ("eligibility", "benchmark_factory")
    assert reply.text.index("2200万元") < reply.text.index("附件2")


@pytest.mark.parametrize("asked", ["那算不够了？", "所以呢？", "等到什么时候满三年", "那就别想了对吧"])
def test_how_a_check_stands_is_said_again(talk: Talk, asked: str) -> None:
    reply = talk("想报标杆，公司2021年6月成立", asked)
    assert reply.eligibility is not None
    assert reply.eligibility.verdict == "ineligible"
    assert "2024年6月" in reply.text


def test_what_comes_of_it_gets_no_remark_on_something_else(talk: Talk) -> None:
    reply = talk("想报四星，三星已经有了", "云服务都在用，最短的用了八个月", "那现在呢")
    assert reply.route == "eligibility"
    assert "没有写明" not in reply.text.replace("附件正文不在现有材料之内", "")


def test_several_categories_stay_under_check_with_what_is_told_next(talk: Talk) -> None:
    reply = talk("上云和标杆能不能都报？我们在常州", "2021年9月注册的")
    assert {r.category: r.verdict for r in reply.reports} == {
        "star_cloud": "needs_info",
        "benchmark_factory": "ineligible",
    }


def test_the_other_categories_are_checked_by_the_same_facts(talk: Talk) -> None:
    reply = talk("我们盐城的，2021年3月成立", "想报标杆", "那另外两个呢")
    assert {r.category: r.verdict for r in reply.reports} == {
        "platform": "needs_info",
        "star_cloud": "needs_info",
    }


def test_a_look_up_of_another_category_in_between_leaves_the_check_its_own(talk: Talk) -> None:
    reply = talk("报标杆，近三年投入2600万", "预付款怎么算", "我们投入够不够")
    assert reply.category == "benchmark_factory"
    assert "2600万元" in reply.text


def test_a_category_told_to_the_check_that_asked_for_it_is_no_question(talk: Talk) -> None:
    reply = talk("我们在南通，做五金的", "财务怎样才算健全", "星级上云企业")
    assert (reply.route, reply.category) == ("eligibility", "star_cloud")


def test_a_condition_of_one_category_asked_of_another_finds_its_own(talk: Talk) -> None:
    reply = talk("平台在建的能不能报", "那标杆呢")
    assert "3.3.1" in {citation.clause_id for citation in reply.citations}
    assert "最相关的条款" not in reply.text


@pytest.mark.parametrize("asked", ["标杆的话年限够吧", "平台的话年限够不够"])
def test_a_category_set_first_is_no_if(talk: Talk, asked: str) -> None:
    reply = talk("我们在泰兴，2020年1月10号登记的", asked)
    assert reply.route == "eligibility"
    assert "没有听明白" not in reply.text


@pytest.mark.parametrize("told", ["没有单独的财务科，账找代账公司记的", "我们没有专职会计"])
def test_who_keeps_its_books_outside_is_asked_back_and_not_refused(talk: Talk, told: str) -> None:
    reply = talk("昆山的印刷厂，想报上云", told)
    assert reply.eligibility is not None
    assert reply.eligibility.verdict == "needs_info"
    assert "由别人代账" in reply.text


def test_services_that_are_listed_are_not_said_to_be_stopped(talk: Talk) -> None:
    reply = talk("想报三星，上云买了ERP、CRM两套")
    assert "services_still_in_use" not in {fact.name for fact in reply.facts}


def test_who_says_that_nothing_else_is_wanted_takes_leave(talk: Talk) -> None:
    assert talk("平台类邮寄地址在哪", "没有别的了").route == "smalltalk"


def test_services_left_in_an_if_are_of_this_notice(talk: Talk) -> None:
    reply = talk("OA用了10个月，MES才用1个月，想报三星", "MES不报，只报OA呢")
    assert (reply.route, reply.category) == ("eligibility", "star_cloud")


def test_the_year_of_a_loss_is_no_year_of_registration(talk: Talk) -> None:
    reply = talk("昆山的印刷厂，想报上云，独立法人", "去年我们亏了一点")
    assert "registered_on" not in {fact.name for fact in reply.facts}
    assert "没有写明亏损" in reply.text


@pytest.mark.parametrize("told", ["去年批下来的", "2022年评上的", "前年认定的"])
def test_the_year_of_an_award_is_no_year_of_registration(talk: Talk, told: str) -> None:
    reply = talk("我们想报上云", "三星报过了", told)
    assert "registered_on" not in {fact.name for fact in reply.facts}


def test_a_year_by_itself_still_answers_when_the_firm_was_registered(talk: Talk) -> None:
    reply = talk("我们在南通，想报上云，独立法人", "前年办下来的")
    assert "registered_on" in {fact.name for fact in reply.facts}


@pytest.mark.parametrize("said", ["标杆工厂吧", "哦类别啊，标杆工厂", "噢标杆的", "想报标杆"])
def test_the_category_that_a_check_asked_for_may_be_said_in_any_form(talk: Talk, said: str) -> None:
    reply = talk("我们是宜兴的，2016年成立", said)
    assert (reply.route, reply.category) == ("eligibility", "benchmark_factory")


def test_a_belief_about_a_day_is_no_answer_to_which_category(talk: Talk) -> None:
    reply = talk("我们是宜兴的，2016年成立", "平台类截止是3月15日吧")
    assert reply.route == "lookup"
    assert reply.text.startswith("平台类须于2月28日前")


@pytest.mark.parametrize("asked", ["企业推给市局以后县里是不是就不用管了", "纸质材料是不是不用管了"])
def test_what_need_not_be_cared_for_takes_nothing_back_where_nothing_was_told(talk: Talk, asked: str) -> None:
    assert talk(asked).route != "eligibility"


def test_a_friends_firm_spoken_of_first_is_no_other_applicant(talk: Talk) -> None:
    reply = talk("帮朋友的厂问问，他们扬州的，2015年开的，标杆能报不")
    assert "先前的情况" not in reply.text


@pytest.mark.parametrize("asked", ["总结一下", "再核对一遍"])
def test_a_check_is_gone_through_again_after_a_look_up_too(talk: Talk, asked: str) -> None:
    reply = talk("想报四星，现在是三星", "江苏的公司，2020年成立", "什么时候截止", asked)
    assert (reply.route, reply.category) == ("eligibility", "star_cloud")
    assert "已满足：三、（一）1 省内注册、注册时间" in reply.text


def test_what_is_just_told_is_not_listed_again_among_what_is_met(talk: Talk) -> None:
    reply = talk("想报四星，现在是三星")
    assert "目前为三星级，符合要求" in reply.text
    assert "已满足" not in reply.text


def test_a_refusal_names_what_is_still_to_be_learned(talk: Talk) -> None:
    reply = talk("想报标杆，2015年成立的苏州公司", "没有审计报告", "还缺什么，列一下")
    assert reply.eligibility is not None
    assert reply.eligibility.verdict == "ineligible"
    assert "待了解：三、（一）1 独立法人、财务与运营、影响力与信用" in reply.text


def test_the_day_of_an_award_is_no_beginning_of_use(talk: Talk) -> None:
    reply = talk("想报四星，现在是三星", "江苏的独立法人，2020年成立，财务规范信用好，有技术团队", "去年批的")
    assert "min_months_of_each_service" not in {fact.name for fact in reply.facts}


def test_a_day_said_to_be_the_exact_one_narrows_the_registration(talk: Talk) -> None:
    reply = talk("想报三星上云", "去年3月中旬成立的", "具体日子是3月15号")
    assert {fact.name: str(fact.value) for fact in reply.facts}["registered_on"] == "2022-03-15"


def facts(reply: ChatReply) -> dict[str, Any]:
    return {fact.name: fact.value for fact in reply.facts}


def test_a_yes_to_all_answers_each_question_that_was_put(talk: Talk) -> None:
    asked = ("报星级上云，我们在盐城，独立法人，2018年成立",)
    for yes in ("都好", "嗯，都没问题"):
        told = facts(talk(*asked, yes))
        assert {told.get(name) for name in ("sound_finance", "good_credit", "professional_team")} == {True}
    assert facts(talk(*asked, "都好，就是团队还缺人")).get("professional_team") is not True


def test_another_customer_is_another_applicant(talk: Talk) -> None:
    before = ("帮客户问星级上云，客户在苏州，目前三星", "云服务最短用了五个月，都在用")
    told = facts(talk(*before, "另一个客户还没评过星，能报四星吗"))
    assert told == {"current_star": 0, "applying_star": 4}


def test_the_guideline_of_one_category_is_not_that_of_another(talk: Talk) -> None:
    before = ("我们在扬州，独立法人，平台已建成，能报省重点平台吗", "建设指南的要求我们对照过，都符合")
    assert facts(talk(*before))["meets_guideline"] is True
    assert "meets_guideline" in facts(talk(*before, "团队有，财务健全"))
    assert "meets_guideline" not in facts(talk(*before, "那报标杆工厂还差什么"))


def test_a_closing_date_is_no_end_of_the_services(talk: Talk) -> None:
    assert facts(talk("报名都已经截止了，明年还有吗")) == {}


def test_a_fine_told_of_the_credit_leaves_it_open(talk: Talk) -> None:
    reply = talk("报平台，我们在镇江", "信用方面前年被处罚过一次")
    assert "good_credit" not in facts(reply)


def test_a_level_by_itself_tells_what_to_apply_for_where_that_was_asked(talk: Talk) -> None:
    firm = "泰州的公司，2018年注册，独立法人，财务健全运营良好，信用好有影响力，有团队"
    assert facts(talk(firm, "四星")).get("applying_star") == 4


def test_ifs_are_put_on_top_of_one_another(talk: Talk) -> None:
    reply = talk("假如我们注册满了两年，能报平台吗", "再假设平台已经建成")
    assert reply.eligibility is not None
    assert {c.id: c.status for c in reply.eligibility.criteria}["registration_age"] == "met"


def test_years_asked_for_of_this_round_tell_no_day_of_registration(talk: Talk) -> None:
    reply = talk("标杆工厂，2018年注册的常州公司", "今年平台和标杆的注册年限分别要求多少")
    assert reply.route == "lookup"
    assert "2018" in str({fact.name: fact.value for fact in reply.facts}["registered_on"])


@pytest.mark.parametrize("asked", ["还能申报吗", "那标杆没戏了吗？", "标杆工厂这条算过了吗"])
def test_whether_it_still_goes_is_asked_of_the_check(talk: Talk, asked: str) -> None:
    reply = talk("审计报告没做，想报标杆", asked)
    assert (reply.route, reply.category) == ("eligibility", "benchmark_factory")
    assert reply.eligibility is not None
    assert reply.eligibility.verdict == "ineligible"


def test_what_else_may_be_applied_for_is_asked_of_the_others(talk: Talk) -> None:
    reply = talk("南通的，2021年3月注册，能报标杆吗", "那还能报什么")
    assert [report.category for report in reply.reports] == ["platform", "star_cloud"]


def test_a_category_with_nothing_to_apply_with_is_checked_no_more(talk: Talk) -> None:
    reply = talk("平台、标杆、上云哪个能报？2018年3月成立，独立法人", "平台没有，只有一条产线改造，完工了")
    assert [report.category for report in reply.reports] == ["benchmark_factory", "star_cloud"]


@pytest.mark.parametrize(
    ("told", "supposed", "verdict"),
    [
        ("标杆工厂的基础技术能力要几个方面", "要是只达到两个呢", "ineligible"),
        ("标杆，业态模式创新一个都没成熟", "一个就够了吗", "needs_info"),
        ("想报标杆，投入2300万", "那发票没有呢", "ineligible"),
        ("想报标杆", "假如年底贯标通过，现在能先报吗", "ineligible"),
    ],
)
def test_what_is_only_supposed_is_judged_and_not_kept(
    talk: Talk, told: str, supposed: str, verdict: str
) -> None:
    before = {fact.name: fact.value for fact in talk(told).facts}
    reply = talk(told, supposed)
    assert reply.eligibility is not None
    assert (reply.eligibility.verdict, reply.eligibility.hypothetical) == (verdict, True)
    assert {fact.name: fact.value for fact in reply.facts} == before


def test_these_mended_are_those_that_failed_and_no_others(talk: Talk) -> None:
    reply = talk("标杆工厂，发票没有，审计没做，贯标没过", "要是这些全都补齐呢")
    assert reply.eligibility is not None
    met = {name for c in reply.eligibility.criteria if c.status == "met" for name in c.facts}
    assert "foundation_aspects_met" not in met
    assert {"has_invoices", "has_audit_report"} <= met


def test_an_if_that_is_taken_back_is_no_if(talk: Talk) -> None:
    reply = talk("想报标杆，贯标没过", "假设贯标过了呢", "不假设了，照目前情况算")
    assert reply.eligibility is not None
    assert (reply.eligibility.verdict, reply.eligibility.hypothetical) == ("ineligible", False)
    assert "假设" not in reply.text


def test_an_if_that_changes_the_category_alone_is_understood(talk: Talk) -> None:
    reply = talk("2021年6月注册的，做平台", "那如果改报标杆年限够吗")
    assert reply.eligibility is not None
    assert reply.eligibility.verdict == "ineligible"
    assert "没有听明白" not in reply.text


@pytest.mark.parametrize("said", ["以前没拿过什么荣誉", "没评过任何称号"])
def test_who_holds_no_title_at_all_is_no_recognised_platform(talk: Talk, said: str) -> None:
    reply = talk("南京的，平台已经上线", said)
    assert {fact.name: fact.value for fact in reply.facts}["already_recognized_platform"] is False


def test_a_claim_that_all_is_met_goes_on_with_the_check(talk: Talk) -> None:
    reply = talk("想报平台，苏州的，独立法人", "情况跟去年一样，基本条件全都符合")
    assert (reply.route, reply.category) == ("eligibility", "platform")


def test_who_says_for_what_it_goes_in_is_checked_for_that(talk: Talk) -> None:
    reply = talk("我们是集团的一个事业部，不是法人", "打算以事业部的名义报标杆工厂")
    assert reply.eligibility is not None
    assert (reply.category, reply.eligibility.verdict) == ("benchmark_factory", "ineligible")


def value(reply: ChatReply, name: str) -> Any:
    return next((fact.value for fact in reply.facts if fact.name == name), None)


@pytest.mark.parametrize(
    "remark", ["今年想再冲一次", "今年准备报平台", "去年厂里换了新设备", "今年先报平台看看"]
)
def test_a_remark_with_a_year_leaves_the_day_of_registration_as_it_was_told(talk: Talk, remark: str) -> None:
    reply = talk("我们公司2017年在常州注册，想报平台", remark)
    assert value(reply, "registered_on") == {"from": "2017-01-01", "to": "2017-12-31"}


@pytest.mark.parametrize("remark", ["抱歉，是2021年", "说错了，2021年成立的", "不对，应该是2021年"])
def test_the_day_of_registration_is_put_right(talk: Talk, remark: str) -> None:
    reply = talk("我们公司2017年在常州注册，想报平台", remark)
    assert value(reply, "registered_on") == {"from": "2021-01-01", "to": "2021-12-31"}


@pytest.mark.parametrize("remark", ["噢，是五个月", "不好意思，是五个月，说错了", "抱歉，应该是五个月"])
def test_a_length_put_right_is_that_told_just_before(talk: Talk, remark: str) -> None:
    reply = talk("报星级上云，钉钉用了一年", remark)
    assert value(reply, "min_months_of_each_service") == 5
    assert value(reply, "registered_on") is None


def test_what_was_asked_is_still_answered_by_a_year_alone(talk: Talk) -> None:
    reply = talk("报星级上云，钉钉用了一年", "2017年")
    assert value(reply, "registered_on") == {"from": "2017-01-01", "to": "2017-12-31"}


@pytest.mark.parametrize("remark", ["今年打算报标杆", "今年准备再来一次", "这回想再冲一把"])
def test_who_goes_in_for_it_is_checked_with_what_was_told(talk: Talk, remark: str) -> None:
    reply = talk("平台，2017年在常州注册的", remark)
    assert reply.route == "eligibility"
    assert value(reply, "registered_on") == {"from": "2017-01-01", "to": "2017-12-31"}


def test_a_step_up_is_the_next_star(talk: Talk) -> None:
    assert value(talk("我们三星，2019年成立", "今年还想再往上走一步"), "applying_star") == 4


def test_whether_a_condition_still_applies_is_checked_of_who_told_of_it(talk: Talk) -> None:
    told = "想报标杆，贯标已经通过，证书还没发，有公示截图"
    reply = talk(told, "那有效期的要求还卡我们吗")
    assert reply.route == "eligibility"
    assert "证书尚未下发，有相关佐证材料" in reply.text
    assert "有效期须在" not in reply.text
    assert talk(told, "证书有效期须到哪天").route == "lookup"
    assert talk("想报标杆，公司在苏州", "证书有效期的要求还卡我们吗").route == "lookup"


def test_whether_what_was_told_counts_is_answered_by_the_check(talk: Talk) -> None:
    reply = talk("贯标证书到2023年5月为止", "那时候还有效，作数吗")
    assert reply.eligibility is not None
    assert reply.text.index("在2023年3月31日之后") < reply.text.index("附件2")


def test_a_claim_that_all_is_met_is_told_why_it_does_not_do(talk: Talk) -> None:
    reply = talk("标杆工厂要什么条件", "其实全都满足，给个准话能不能报")
    assert reply.facts == ()
    assert "逐项说明" in reply.text
    assert "逐项说明" not in talk("标杆工厂要什么条件", "我们能报吗").text


@pytest.mark.parametrize("asked", ["那这笔投入够吗", "这些钱够不够", "达标吗"])
def test_a_sum_for_which_the_category_has_no_condition_is_left_to_the_desk(talk: Talk, asked: str) -> None:
    reply = talk("我们的平台已经建成，花了600万", asked)
    assert (reply.route, reply.category) == ("unresolved", "platform")
    assert "没有写明平台的投入" in reply.text


@pytest.mark.parametrize("asked", ["年限够吗", "那不行了？", "还差多少"])
def test_what_else_is_asked_after_such_a_sum_is_asked_of_the_check(talk: Talk, asked: str) -> None:
    assert talk("我们的平台已经建成，花了600万", asked).route == "eligibility"


def test_the_same_sum_is_judged_where_there_is_a_condition(talk: Talk) -> None:
    assert "2000万元" in talk("想报标杆，投了600万", "这些钱够不够").text


@pytest.mark.parametrize("remark", ["今年刚换了会计", "今年新招了二十个人", "去年老板换了人，不要紧吧"])
def test_a_remark_with_a_year_is_no_certificates_last_day(talk: Talk, remark: str) -> None:
    assert value(talk("标杆工厂，2018年在无锡注册", remark), "certificate_valid_until") is None


def test_a_day_alone_is_the_certificates_of_which_was_asked(talk: Talk) -> None:
    reply = talk("标杆工厂，贯标过了，证书也发了", "是2026年8月底")
    assert value(reply, "certificate_valid_until") is not None


@pytest.mark.parametrize("then", ["不对，是8月", "说错了，8月到期", "我看错了，是8月底"])
def test_a_day_put_right_without_its_year_is_of_the_year_told_before(talk: Talk, then: str) -> None:
    until = value(talk("我们想报标杆，贯标证2025年6月到期", then), "certificate_valid_until")
    assert isinstance(until, dict)
    assert until["to"] == "2025-08-31"


@pytest.mark.parametrize(
    ("renewed", "last"), [("后来续上了，到12月底", "2023-12-31"), ("续上了，新证到2025年12月", "2025-12-31")]
)
def test_a_renewed_certificate_ends_after_the_one_before(talk: Talk, renewed: str, last: str) -> None:
    until = value(talk("标杆工厂，贯标证2022年12月到期", renewed), "certificate_valid_until")
    assert isinstance(until, dict)
    assert until["to"] == last


@pytest.mark.parametrize(
    "said",
    [
        ("标杆，我们三年投了1800万，加上今年的300万呢",),
        ("标杆，投了1800万，加上今年300万够了吗",),
        ("标杆，投了1800万，如果加上今年的300万呢",),
        ("标杆，投了1800万，算上今年的300万行吗",),
        ("标杆，投了1800万", "那算上今年刚买的300万设备够不够"),
    ],
)
def test_what_is_asked_on_top_of_a_sum_is_supposed(talk: Talk, said: tuple[str, ...]) -> None:
    reply = talk(*said)
    assert value(reply, "investment_3y_wan") == 1800
    assert reply.eligibility is not None
    assert reply.eligibility.hypothetical
    assert "2100万元" in reply.text


def test_what_need_not_count_leaves_the_sum_open_when_counted_in(talk: Talk) -> None:
    reply = talk("标杆，投了1800万", "算上厂房500万呢")
    assert "1800至2300万元" in reply.text


FULL = (
    "标杆工厂能报吗：在江苏省内注册，独立法人，2015年6月1日注册，有专业化团队，项目已建成，近三年投入2600万元，有专项审计报告，有发票，"
    "已通过贯标，证书有效期到2024年12月31日，基础技术能力满足3个方面，制造系统能力涉及3个方向，企业标杆能力涉及2个方向，"
)


@pytest.mark.parametrize(
    ("turns", "fact", "expected"),
    [
        (("平台能报么我们", "1是 2是 3 2016年"), "independent_legal_person", True),
        (("平台能报么我们", "前两个是，第三个不记得了"), "independent_legal_person", True),
        (("平台能报么我们", "是，不是，2018年"), "independent_legal_person", False),
        (("想报标杆工厂，苏州2014年注册", "过了，证书有效到2025年8月"), "independent_legal_person", None),
        (("想报标杆工厂，苏州注册的", "有的，审计报告和发票都有"), "independent_legal_person", None),
        (("平台能报么我们", "过了"), "registered_in_jiangsu", None),
        (("标杆工厂要投入多少", "我们刚好2000"), "investment_3y_wan", 2000),
        (("制造系统能力要涉及几个方向", "我们涉及3个"), "manufacturing_directions_covered", 3),
        (("三类各有几个方向", "我们涉及3个"), "foundation_aspects_met", None),
        (("上云", "三星吧，啥星都没有"), "applying_star", 3),
        (
            ("平台", "嗯 建好了", "没有评过", "南京 19年"),
            "registered_on",
            {"from": "2019-01-01", "to": "2019-12-31"},
        ),
        ((FULL + "业态模式创新成熟1个方向，影响力和信用良好", "没啥问题"), "sound_finance", True),
        ((FULL + "业态模式创新成熟1个方向，财务健全运营良好", "被罚过一次"), "foundation_aspects_met", 3),
        ((FULL + "财务健全运营良好，信用良好", "还谈不上成熟"), "innovation_directions_mature", 0),
        (("三星上云，没评过星，2019年5月注册", "有专门财务，公司运转正常"), "professional_team", None),
    ],
)
def test_a_short_answer_tells_of_what_was_asked_and_of_nothing_else(
    talk: Talk, turns: tuple[str, ...], fact: str, expected: Any
) -> None:
    reply = talk(*turns)
    assert reply.route == "eligibility"
    assert {f.name: f.value for f in reply.facts}.get(fact) == expected


@pytest.mark.parametrize("hedged", ["应该是吧", "可能是吧", "大概是吧"])
def test_a_hedged_answer_is_asked_back(talk: Talk, hedged: str) -> None:
    reply = talk("想报标杆工厂，江苏的", hedged)
    assert reply.eligibility is not None
    assert "独立法人" in reply.text
    assert "independent_legal_person" not in {fact.name for fact in reply.facts}


@pytest.mark.parametrize("thanks", ["好的", "好的，谢谢", "没别的问题了"])
def test_what_takes_note_answers_no_question(talk: Talk, thanks: str) -> None:
    reply = talk("三星上云，没评过星，江苏的独立法人，2019年5月注册，能报不", thanks)
    assert reply.route == "smalltalk"
    assert "sound_finance" not in {fact.name for fact in reply.facts}
