"""Follow-ups that name no subject of their own: what they are about is what was answered before."""

from collections.abc import Callable

import pytest

from assistant.reply import ChatReply

Talk = Callable[..., ChatReply]


@pytest.mark.parametrize(
    ("turns", "route", "category", "said"),
    [
        (["上云的电话是多少", "平台的也来一个"], "contact", "platform", "69652717"),
        (["上云的计算期到什么时候", "那从几月起"], "lookup", "star_cloud", "2022年1月1日"),
        (["平台的申报条件", "从什么时候开始"], "lookup", "platform", "2月6日"),
        (["16个集群是哪些", "去哪里看"], "unresolved", None, "集群"),
        (["平台什么时候截止", "超时呢"], "unresolved", "platform", "逾期"),
        (["上云的推荐材料什么时候交", "寄哪里"], "contact", "star_cloud", "苏兴大厦"),
        (
            ["标杆工厂要什么条件", "第一条啥意思，近三年从哪天起算", "第二条呢"],
            "lookup",
            "benchmark_factory",
            "贯标",
        ),
        (["有哪几类", "第三类的电话"], "contact", "star_cloud", "69652719"),
        (["标杆工厂几号截止", "前面你说的那个时间是几号"], "lookup", "benchmark_factory", "2月28日"),
        (["今年准备报五星", "得先评上四星吧？"], "lookup", "star_cloud", "申报五星级的须已评定为四星级"),
        (["上云要几年", "平台呢", "二者的门槛年限一样吗"], "lookup", None, "不少于1年"),
    ],
)
def test_it_goes_on_about_what_was_answered(
    talk: Talk, turns: list[str], route: str, category: str | None, said: str
) -> None:
    reply = talk(*turns)
    assert (reply.route, reply.category) == (route, category)
    assert said in reply.text


def test_the_sum_that_was_spoken_of_is_of_no_other_category(talk: Talk) -> None:
    reply = talk("标杆工厂投入要多少", "这笔钱从哪年算起")
    assert reply.category == "benchmark_factory"
    assert "近3年" in reply.text
    assert "2022年1月1日" not in reply.text


def test_another_categorys_topic_gives_way_to_the_one_discussed(talk: Talk) -> None:
    reply = talk("去年报标杆工厂没评上", "今年再申报有限制吗")
    assert reply.category == "benchmark_factory"
    assert "69652717" not in reply.text


def test_who_may_apply_is_told_the_rule(talk: Talk) -> None:
    reply = talk("谁可以报五星级")
    assert reply.route == "lookup"
    assert "四星级" in reply.text


@pytest.mark.parametrize("opening", ["刚刚提到的那个时间是哪天", "上面说的那条具体指什么"])
def test_what_refers_to_nothing_is_asked_back(talk: Talk, opening: str) -> None:
    reply = talk(opening)
    assert not reply.citations
    assert "前面还没有说到" in reply.text


def test_what_is_named_is_answered_whatever_it_refers_to(talk: Talk) -> None:
    assert talk("刚才说的那个贯标证书，有效期要到哪天").citations


@pytest.mark.parametrize(
    ("asked", "said", "star"),
    [
        ("四星是不是得先评上三星", "咱们公司还没有", 0),
        ("五星的前提是四星吗", "我们有", 4),
        ("五星的前提是四星吗", "我们没有", None),  # three may be held
        ("报三星要先有星级吗", "我们没有", None),
    ],
)
def test_the_level_that_another_needs_is_had_or_not(
    talk: Talk, asked: str, said: str, star: int | None
) -> None:
    facts = {fact.name: fact.value for fact in talk(asked, said).facts}
    assert facts.get("current_star") == star


@pytest.mark.parametrize(
    ("turns", "route", "category", "said"),
    [
        (["平台系统几号开", "关呢"], "lookup", "platform", "2月28日前"),
        (["标杆工厂什么时候开始报", "那什么时候关"], "lookup", "benchmark_factory", "2月28日前"),
        (["申报条件有哪些", "标杆的"], "lookup", "benchmark_factory", "2000万元"),
        (["有什么条件", "平台的呢"], "lookup", "platform", "未建或在建"),
        (["标杆工厂什么条件", "我问的是平台", "什么条件"], "lookup", "platform", "未建或在建"),
        (["申报条件有哪些", "平台的基本条件呢"], "lookup", "platform", "江苏省内注册"),
        (["报三星要贯标吗", "那标杆呢"], "lookup", "benchmark_factory", "标杆工厂要"),
        (["标杆工厂投入要多少", "要什么证明"], "lookup", "benchmark_factory", "专项审计报告、发票"),
        (["三星谁评", "评完要公示吗"], "lookup", "star_cloud", "公示"),
        (["星级上云有几档", "最高档谁评"], "lookup", "star_cloud", "五星级由各设区市工信局"),
        (["平台什么时候截止", "你确定？依据呢"], "lookup", "platform", "四、（一）1"),
        (["报平台要成立多久", "为什么"], "unresolved", "platform", "没有写明这样规定的理由"),
        (["报平台要成立多久", "为什么", "谁能解释下"], "contact", "platform", "69652717"),
        (["附件2是什么", "正文发我看看"], "unresolved", "benchmark_factory", "附件2"),
        (["附件5是什么", "里面写了什么"], "unresolved", "benchmark_factory", "申报书"),
        (["平台能重复报吗", "那升级申报需要什么材料"], "unresolved", "platform", "升级申报要什么材料"),
        (["浙江的怎么报", "那江苏的呢"], "lookup", None, "2月6日"),
    ],
)
def test_it_goes_on_to_what_is_asked_next(
    talk: Talk, turns: list[str], route: str, category: str | None, said: str
) -> None:
    reply = talk(*turns)
    assert (reply.route, reply.category) == (route, category)
    assert said in reply.text


@pytest.mark.parametrize("meant", ["我问的是平台", "不是标杆，我问的是平台", "不对，我说的是平台的"])
def test_the_category_that_was_meant_takes_the_place_of_the_one_answered(talk: Talk, meant: str) -> None:
    told = talk("标杆工厂什么条件", meant)
    assert told.category == "platform"
    assert "2000万元" not in told.text
    judged = talk("标杆工厂什么条件", meant, "那在建的行不行")
    assert judged.eligibility is not None
    assert judged.eligibility.category == "platform"


@pytest.mark.parametrize("by_when", ["什么时候前", "最晚几号", "哪天之前完成"])
def test_by_when_a_bureau_must_do_what_was_told_is_its_own_day(talk: Talk, by_when: str) -> None:
    assert "3月15日" in talk("市工信局要做什么", by_when).text


@pytest.mark.parametrize(
    "turns",
    [
        ["市工信局要做什么", "企业几号截止"],
        ["平台谁评审", "最晚几号报"],
        ["市工信局要做什么", "我们公司最晚几号"],
    ],
)
def test_an_applicants_day_is_not_taken_for_the_bureaus(talk: Talk, turns: list[str]) -> None:
    assert "2月28日" in talk(*turns).text


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("那4月1号到期的行吗", "met"),
        ("那3月30号到期的呢", "not_met"),
        ("那3月30号呢", "not_met"),
        ("那2023年5月到期的可以吗", "met"),
    ],
)
def test_a_day_that_is_supposed_is_of_what_was_just_asked(talk: Talk, text: str, status: str) -> None:
    reply = talk("贯标证书要有效到什么时候", text)
    assert reply.eligibility is not None
    assert reply.eligibility.hypothetical
    assert not reply.facts
    valid = [c for c in reply.eligibility.criteria if "certificate_valid_until" in c.facts]
    assert status in {criterion.status for criterion in valid}


def test_a_day_after_another_question_is_no_certificates(talk: Talk) -> None:
    reply = talk("平台什么时候截止", "那3月1号交的行吗")
    assert reply.eligibility is None


@pytest.mark.parametrize(
    ("text", "fact"),
    [("2022年3月中旬", "registered_on"), ("大概2022年2月中下旬吧", "registered_on")],
)
def test_a_part_of_a_month_answers_the_question_put_first(talk: Talk, text: str, fact: str) -> None:
    reply = talk("三星上云，看我们行不行，没评过星，江苏的，独立法人", text)
    told = {one.name for one in reply.facts}
    assert fact in told
    assert "min_months_of_each_service" not in told


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("差几天满3个月", "ineligible"), ("差2天满三个月", "ineligible"), ("还差两个月到期", None)],
)
def test_what_is_short_of_a_length_answers_how_long(talk: Talk, text: str, verdict: str | None) -> None:
    reply = talk("我们申报四星级，江苏的，目前是三星级，都还在使用，云服务能报吗", text)
    if verdict is None:
        assert "min_months_of_each_service" not in {one.name for one in reply.facts}
    else:
        assert reply.eligibility is not None
        assert reply.eligibility.verdict == verdict
