"""Yes/no checks of the rule, and categories set against each other: answered from the pack's data, first yes or no."""

from collections.abc import Callable

import pytest

from assistant.reply import ChatReply

Talk = Callable[..., ChatReply]


@pytest.mark.parametrize(
    ("question", "begins", "holds"),
    [
        (
            "附件5是平台的申报书对吗",
            "不是。附件5是《江苏省工业互联网标杆工厂申报书》",
            "附件4是《江苏省重点工业互联网平台申报书》",
        ),
        ("附件2是星级上云的指南？", "不是。附件2是《江苏省工业互联网标杆工厂建设指南》", "附件3是"),
        ("汇总表是附件6对吗", "不是。附件6是", "附件7是《推荐项目汇总表》"),
        ("附件4是平台的申报书吧", "是。附件4是", ""),
        ("附件9是汇总表吗", "没有附件9。", "附件7是"),
        ("上云的联系电话是025-69652603对吗", "不是025-69652603。", "025-69652719"),
        ("标杆工厂的电话是025-69652603对吗", "是。", "025-69652603"),
        ("标杆工厂投入要3000万对吧", "不是3000万。", "不低于2000万元"),
        ("标杆工厂投入不低于2000万元对吧", "是。", "2000万元"),
        (
            "平台和标杆工厂类审核推荐截止是4月17日对吧",
            "不是4月17日。平台、标杆工厂类由各地工信局",
            "3月15日前",
        ),
        ("7大方向里有没有“绿色制造”", "没有列出“绿色制造”。", "网络化协同"),
        ("7大方向里有没有“网络化协同”", "有“网络化协同”。", "网络化协同"),
        ("二星三星四星五星都能报对吧", "没有写二星。", "三星级、四星级、五星级"),
        ("平台化设计属于平台类吗", "不是。“平台化设计”写在标杆工厂的方向里", "综合型、特色型、专业型"),
        ("平台分星级吗", "没有。“星级”写在星级上云企业的方向里", "综合型"),
    ],
)
def test_what_is_taken_for_the_rule_is_first_said_to_be_so_or_not(
    talk: Talk, question: str, begins: str, holds: str
) -> None:
    reply = talk(question)
    assert reply.route in ("lookup", "contact")
    assert reply.text.startswith(begins)
    assert holds in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "上云截止是2月28日对吗",
        "标杆工厂投入2000万够吗",
        "平台什么时候截止",
        "智能制造在不在7大方向里",
        "标杆工厂投入不超过2000万对吗",
        "申报书是附件几",
        "标杆工厂的电话是多少",
        "7大方向是哪些",
        "三项费用各要到2000万吗",
        "每年投入是2000万对吗",
        "设备投入要500万对吗",
    ],
)
def test_what_is_not_certain_is_neither_confirmed_nor_denied(talk: Talk, question: str) -> None:
    assert not talk(question).text.startswith(("是。", "不是", "没有列出", "有“"))


@pytest.mark.parametrize(
    "question",
    [
        "哪些企业不用提供贯标证书",
        "哪些不用贯标",
        "哪些企业不用交审计报告",
        "哪类要审计报告 哪类不要",
        "哪类企业不需要投入门槛",
    ],
)
def test_a_condition_of_one_category_is_told_with_those_that_have_it_not(talk: Talk, question: str) -> None:
    reply = talk(question)
    assert (reply.route, reply.category) == ("lookup", "benchmark_factory")
    assert "标杆工厂的条件写有「" in reply.text
    assert "平台、星级上云企业的条件没有写这一条" in reply.text


def test_a_condition_of_two_categories_is_told_of_each(talk: Talk) -> None:
    reply = talk("项目必须建成吗 三类都一样？")
    assert "平台的条件写有「未建或在建项目不得申报」" in reply.text
    assert "星级上云企业的条件没有写这一条" in reply.text
    assert "贯标" not in reply.text


@pytest.mark.parametrize("question", ["独立法人是三类都要求还是只有平台", "优先认定是只对平台还是三类都有"])
def test_what_binds_all_is_said_to_be_alike(talk: Talk, question: str) -> None:
    reply = talk(question)
    assert reply.category is None
    assert reply.text.startswith("不分类别，")


@pytest.mark.parametrize("question", ["三类注册年限都一样吗", "三类的电话都一样吗"])
def test_what_differs_is_not_said_to_be_alike(talk: Talk, question: str) -> None:
    assert "不分类别" not in talk(question).text


@pytest.mark.parametrize(
    ("question", "clause"),
    [("哪一条说了要盖章", "5.1"), ("公示那句在第几条", "4.2.1"), ("升级申报在哪条规定的", "3.2.2")],
)
def test_words_are_answered_by_their_clause(talk: Talk, question: str, clause: str) -> None:
    reply = talk(question)
    assert reply.route == "lookup"
    assert [citation.clause_id for citation in reply.citations] == [clause]


def test_the_wording_asked_for_is_the_whole_clause(talk: Talk) -> None:
    assert "证书有效期须在2023年3月31日之后" in talk("请原文引用3.3.2那条").text
    assert "证书有效期须在2023年3月31日之后" in talk("贯标证书那条的原文").text


@pytest.mark.parametrize(
    ("question", "without"),
    [("标杆工厂和星级上云的区别", "未建或在建"), ("平台和标杆工厂条件有啥区别 只说这两类", "云服务")],
)
def test_two_categories_are_compared_without_the_third(talk: Talk, question: str, without: str) -> None:
    reply = talk(question)
    assert without not in reply.text
    assert len(reply.text) < 700


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("是三年累计两千万还是每年两千万", "投入总计不低于2000万元"),
        ("三项费用各要到2000万吗", "投入总计不低于2000万元"),
        ("云服务是要每一项都满3个月还是合计", "没有写几项的时间可以合计"),
        ("三类里门槛最低的是哪个", "没有给各类的条件排高低"),
        ("2月28号是周几来着", "没有写是星期几"),
    ],
)
def test_what_is_asked_besides_the_rule_is_answered(talk: Talk, question: str, said: str) -> None:
    assert said in talk(question).text


def test_a_phone_that_is_told_stands_in_the_quote(talk: Talk) -> None:
    reply = talk("要不要纸质材料")
    assert any("025-69652717" in citation.quote for citation in reply.citations)


@pytest.mark.parametrize("question", ["标杆", "标杆工厂的条件一共几条 全列出来"])
def test_the_conditions_of_a_benchmark_factory_stay_short(talk: Talk, question: str) -> None:
    assert len(talk(question).text) <= 700
