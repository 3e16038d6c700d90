"""What a message only asks of, the notice's own requirements above all, is no fact of who asks it."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.reply import ChatReply

Talk = Callable[..., ChatReply]


def facts(reply: ChatReply) -> dict[str, Any]:
    return {fact.name: fact.value for fact in reply.facts}


@pytest.mark.parametrize(
    "asked",
    [
        "业态的七个是哪些",
        "业态模式七个方向分别叫啥",
        "外省企业能报吗",
        "平台在建的能报吗",
        "在建项目能申报标杆工厂吗",
        "个体户可以报上云企业吗",
        "基础技术能力是全部满足还是满足其一",
        "运营状况良好看哪些指标",
        "注册满一年是按提交那天算还是截止那天",
        "2000w的投入包括哪些费用",
        "标杆投2000，设备包含在内吗",
        "贯标证书丢了能补吗",
        "27号文什么时候失效",
    ],
)
def test_what_is_looked_up_is_no_fact_of_the_asker(talk: Talk, asked: str) -> None:
    reply = talk(asked)
    assert reply.route in {"lookup", "unresolved"}
    assert facts(reply) == {}


@pytest.mark.parametrize(
    "asked",
    [
        "失信企业能申报吗",
        "外省企业能报平台吗",
        "没贯标的企业能报标杆吗",
        "没审计报告也行吗",
    ],
)
def test_what_is_asked_of_any_firm_is_an_if(talk: Talk, asked: str) -> None:
    reply = talk(asked)
    assert reply.eligibility is not None
    assert reply.eligibility.hypothetical
    assert reply.eligibility.verdict == "ineligible"
    assert facts(reply) == {}


@pytest.mark.parametrize(
    "asked",
    [
        "失信企业能申报吗",
        "外省企业能报吗",
        "平台在建的能报吗",
        "个体户能申报平台吗",
        "平台是不是还没建完也可以",
    ],
)
def test_a_general_question_shuts_nobody_out_later(talk: Talk, asked: str) -> None:
    reply = talk(asked, "我们想报平台，还缺什么")
    assert reply.eligibility is not None
    assert reply.eligibility.verdict == "needs_info"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("没贯标能报标杆吗", {"integration_certified": False}),
        ("我们平台还没建完是不是也可以报", {"project_built": False}),
        ("我们是失信企业，能报平台吗", {"good_credit": False}),
        ("两年前注册的能报标杆吗", {"registered_on": {"from": "2020-11-20", "to": "2021-05-20"}}),
        ("制造系统能力只涉及两个方向，可以吗", {"manufacturing_directions_covered": 2}),
    ],
)
def test_what_is_told_to_be_judged_is_kept(talk: Talk, asked: str, told: dict[str, Any]) -> None:
    reply = talk(asked)
    assert reply.route == "eligibility"
    assert facts(reply).keys() == told.keys()


def test_a_choice_made_in_a_question_is_kept(talk: Talk) -> None:
    assert facts(talk("三星的要求是什么，我们想直接报四星行不行"))["applying_star"] == 4


@pytest.mark.parametrize("asked", ["贯标过了没", "贯标过了吗"])
def test_whether_it_is_done_is_asked_back_and_not_told(talk: Talk, asked: str) -> None:
    assert "integration_certified" not in facts(talk("想报标杆工厂，苏州2014年注册", asked))


@pytest.mark.parametrize(
    ("asked", "category"),
    [
        ("去年亏损影响申报平台吗", "platform"),
        ("有行政处罚记录影响申报吗", None),
        ("有过环保处罚能报标杆工厂吗", "benchmark_factory"),
        ("企业亏损算不算运营状况不好", None),
        ("被罚过款要不要紧", None),
    ],
)
def test_whether_a_loss_or_a_fine_matters_is_not_said(talk: Talk, asked: str, category: str | None) -> None:
    reply = talk(asked)
    assert (reply.route, reply.category) == ("unresolved", category)
    assert "没有写明" in reply.text


@pytest.mark.parametrize(
    "asked", ["我们去年亏损，能报平台吗", "去年亏损，能报平台吗", "我司受过行政处罚，影响申报平台吗"]
)
def test_who_tells_of_its_own_loss_or_fine_is_judged(talk: Talk, asked: str) -> None:
    assert talk(asked).route == "eligibility"


@pytest.mark.parametrize(
    "said", ["上云企业昨天在dxplat注册好了，还要交啥", "系统昨天刚注册完", "我们昨天注册成功了，材料怎么交"]
)
def test_an_account_is_no_registration_of_the_firm(talk: Talk, said: str) -> None:
    reply = talk(said, "我们能报三星吗")
    assert "registered_on" not in facts(reply)
    assert reply.eligibility is not None
    assert reply.eligibility.verdict == "needs_info"


@pytest.mark.parametrize(
    "lost", ["贯标证书丢了怎么办", "贯标证书遗失了能补吗", "两化融合证书找不到了，怎么交"]
)
def test_a_lost_certificate_is_left_open(talk: Talk, lost: str) -> None:
    reply = talk(lost)
    assert (reply.route, reply.category) == ("unresolved", "benchmark_factory")
    assert "牌匾" not in reply.text


def test_a_certificate_that_will_not_come_in_time_is_supposed_with_its_evidence(talk: Talk) -> None:
    reply = talk("如果贯标证书月底前拿不到但有公示截图行不行")
    assert reply.eligibility is not None
    assert reply.eligibility.hypothetical
    assert "证书尚未下发，有相关佐证材料" in reply.text


@pytest.mark.parametrize("then", ["5月完工", "要到六月才建成", "那今年是没戏了？"])
def test_an_unfinished_project_stays_judged(talk: Talk, then: str) -> None:
    reply = talk("标杆工厂，项目没完工", then)
    assert reply.eligibility is not None
    assert reply.eligibility.verdict == "ineligible"
