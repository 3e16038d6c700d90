"""What the notice leaves open is said to be left open, beside what is written; what is near it keeps its answer."""

from collections.abc import Callable

import pytest

from assistant.reply import ChatReply

Talk = Callable[..., ChatReply]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("凭啥厂子要开满三年才让报", "理由"),
        ("平台为什么不收在建的", "未建或在建项目不得申报"),
        ("企业追问为啥必须要贯标，我怎么回", "理由"),
        ("为何四星归市里，五星归省厅", "理由"),
        ("凭什么外地公司不能报", "应在江苏省内注册"),
    ],
)
def test_no_reason_is_given_where_the_notice_gives_none(talk: Talk, asked: str, written: str) -> None:
    reply = talk(asked)
    assert reply.route == "unresolved"
    assert "没有写明这样规定的理由" in reply.text
    assert written in reply.text
    assert "025-" in reply.text


@pytest.mark.parametrize(
    ("asked", "route", "said"),
    [
        ("标杆工厂注册要几年", "lookup", "不少于3年"),
        ("为什么要组织这次申报", "lookup", "高质量发展"),
        ("为什么系统登不上", "unresolved", "jssys.caiiclovd.com"),
        ("为什么各市上云时间不一样", "lookup", "由各地定"),
        ("在建项目能不能报，依据哪条", "lookup", "未建或在建项目不得申报"),
    ],
)
def test_a_rule_asked_for_is_told(talk: Talk, asked: str, route: str, said: str) -> None:
    reply = talk(asked)
    assert reply.route == route
    assert said in reply.text
    assert "理由" not in reply.text


@pytest.mark.parametrize("why", ["为什么不行", "凭什么说我们不符合", "标杆工厂为什么不行", "标杆为啥报不了"])
def test_why_somebody_fails_is_told_by_the_check(talk: Talk, why: str) -> None:
    reply = talk("我们成立两年，江苏注册，想报标杆", why)
    assert reply.route == "eligibility"
    assert reply.eligibility is not None
    assert reply.eligibility.verdict == "ineligible"


@pytest.mark.parametrize(
    ("asked", "left_open"),
    [
        ("什么是核心业务上云", "没有解释核心业务上云"),
        ("数据加模型是个啥", "没有解释“数据+模型”"),
        ("同等条件怎么认定", "同等条件"),
        ("531企业能加几分", "加几分"),
        ("账号忘记了", "找回"),
        ("密码丢了怎么弄", "找回"),
        ("平台标杆共用账号可以不", "合用"),
        ("申报资料需要公证吗", "公证"),
        ("市级审核没过咋整", "不予推荐"),
        ("平台服务器得放江苏吗", "服务器"),
        ("哪个类别最好过", "哪一类更容易"),
        ("2019年评的省平台需要复审吗", "复核"),
        ("认定证书能管几年", "称号的有效期"),
        ("两化证书一般几年有效", "管几年"),
        ("升级申报交什么申报书", "单独的申报书"),
        ("欧元买的设备按什么汇率算投入", "外币"),
        ("买MES软件的费用算投入吗", "未列出的费用"),
        ("研发人工算上云投入吗", "算进上云的投入金额"),
        ("补贴怎么申领", "申领"),
        ("换了一个平台项目再申报算不算重复", "换项目"),
        ("通知里工业互联平台是不是印错了", "照原样引用"),
        ("三类推荐报告写成一份可以吗", "合写"),
    ],
)
def test_what_is_not_written_is_said_so_with_whom_to_ring(talk: Talk, asked: str, left_open: str) -> None:
    reply = talk(asked)
    assert reply.route == "unresolved"
    assert left_open in reply.text
    assert "025-" in reply.text


@pytest.mark.parametrize(
    ("asked", "route", "said"),
    [
        ("三大方向有哪些", "lookup", "核心业务上云、设备和数据上云"),
        ("集群企业有什么优先", "lookup", "予以优先认定"),
        ("申报系统怎么注册", "lookup", "2月28日前"),
        ("已认定的平台能再报吗", "lookup", "原则上不再重复申报"),
        ("贯标证书有效期要求", "lookup", "2023年3月31日"),
        ("五星要先有四星吗", "lookup", "须已评定为四星级"),
        ("申报书用哪个附件", "lookup", "附件4"),
        ("我们公司成立五年，平台和标杆报哪个容易", "eligibility", "还差"),
    ],
)
def test_what_is_written_keeps_its_answer(talk: Talk, asked: str, route: str, said: str) -> None:
    reply = talk(asked)
    assert reply.route == route
    assert said in reply.text


@pytest.mark.parametrize("star", ["三星级要满足什么条件", "四星级需要什么条件", "申报五星都有什么条件"])
def test_conditions_of_a_star_are_all_told(talk: Talk, star: str) -> None:
    reply = talk(star)
    assert (reply.route, reply.category) == ("lookup", "star_cloud")
    assert {"3.4.1", "3.4.2", "3.1.1"} <= {citation.clause_id for citation in reply.citations}


@pytest.mark.parametrize(
    ("asked", "clauses"),
    [
        ("1月19日是什么日子", {"colophon"}),
        ("2023年1月19日指的是啥", {"colophon"}),
        ("3月31号是什么日期", {"3.3.2"}),
        ("2月28日是什么意思", {"3.4.2", "4.1.1"}),
        ("2023年2月6日是干什么的", {"4.1.1", "4.1.2"}),
    ],
)
def test_of_a_day_all_that_is_written_is_told(talk: Talk, asked: str, clauses: set[str]) -> None:
    reply = talk(asked)
    assert reply.route == "lookup"
    assert {citation.clause_id for citation in reply.citations} == clauses


@pytest.mark.parametrize("asked", ["通知里写了哪几个日期", "文件里所有日期列一下"])
def test_all_the_days_of_the_notice_are_listed(talk: Talk, asked: str) -> None:
    text = talk(asked).text
    for day in ("2月6日", "2月28日前", "3月15日前", "4月17日前", "3月31日", "1月19日", "2022年1月1日"):
        assert day in text
