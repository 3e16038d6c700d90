from __future__ import annotations

import pytest

from assistant.understanding.askers import (
    as_a_bureau_asks,
    asks_for_a_bureau,
    goes_over_to_the_bureau,
    introduces_a_bureau,
    is_a_bureau,
    with_bureau_parts,
    without_introduction,
)
from assistant.understanding.candidates import Part
from assistant.understanding.intent import Candidate
from assistant.understanding.message import read_message
from assistant.understanding.recognise import Recognised
from knowledge.models import Topic

LATE = Topic(id="late", route="unresolved", title="逾期", from_bureau="bureau-late", questions=("晚了",))
MISSED = Topic(id="missed", route="unresolved", title="错过", from_bureau="bureau-late", questions=("错过",))
BUREAU_LATE = Topic(
    id="bureau-late", route="unresolved", title="推荐逾期", for_bureaus=True, questions=("补推",)
)
PHONE = Topic(id="phone", route="contact", title="电话", questions=("电话",))


def by_id(topic_id: str) -> Topic | None:
    return BUREAU_LATE if topic_id == BUREAU_LATE.id else None


@pytest.mark.parametrize(
    "plain",
    [
        "我是淮安市工信局的，平台几号前弄完",
        "我们是县科技局装备科的，想问寄哪",
        "我这边是开发区管委会的，星级怎么评",
        "我是镇里的，要做什么",
        "区局想问几份",
        "宿迁市局：几号前",
        "来电 县工信局 标杆怎么报",
        "我局三类都有，怎么写",
        "我们科室新接手，几号前审完",
        "我是镇里经信科的，报告几号前交",
    ],
)
def test_a_bureau_is_known_by_how_it_introduces_itself(plain: str) -> None:
    assert introduces_a_bureau(plain)
    assert is_a_bureau(plain, before=False)


@pytest.mark.parametrize(
    "plain",
    [
        "我们是市局推荐过来的企业",
        "市局让我们交三套纸的，要吗",
        "市局问我们要发票",
        "苏州工信局电话多少",
        "企业来电：市局几号前推荐",
        "当地工信局要审核吗",
        "我们公司归区局管，几号截止",
        "你还能推荐几家软件公司吗",
        "市局漏推我们了怎么办",
    ],
)
def test_who_speaks_of_a_bureau_is_none(plain: str) -> None:
    assert not is_a_bureau(plain, before=False)


@pytest.mark.parametrize(
    "plain",
    [
        "有家企业漏推了",
        "标杆忘记审核了咋办",
        "我们几号前要推荐完",
        "我们市定在3月5日开始填可以吗",
    ],
)
def test_a_bureau_is_known_by_what_only_bureaus_do(plain: str) -> None:
    assert is_a_bureau(plain, before=False)


def test_a_bureau_is_remembered_until_an_enterprise_speaks() -> None:
    assert is_a_bureau("几份", before=True)
    assert is_a_bureau("那漏了一家企业呢", before=True)
    assert not is_a_bureau("我们公司几号截止", before=True)
    assert not is_a_bureau("我司呢", before=True)


def test_what_a_bureau_asks_for_its_enterprises_is_not_for_itself() -> None:
    assert not asks_for_a_bureau("企业几号截止", bureau=True)
    assert asks_for_a_bureau("还有企业没审完，几号前推荐", bureau=True)
    assert asks_for_a_bureau("几号截止", bureau=True)


@pytest.mark.parametrize("plain", ["市局今天还能推荐吗", "平台推荐已经过期了"])
def test_a_bureaus_work_may_be_asked_of_by_an_applicant(plain: str) -> None:
    assert asks_for_a_bureau(plain, bureau=False)
    assert not is_a_bureau(plain, before=False)


def test_our_own_bureau_is_heard_for_one_question_only() -> None:
    assert asks_for_a_bureau("我们市局几号前报", bureau=False)
    assert not is_a_bureau("我们市局几号前报", before=False)
    assert not asks_for_a_bureau("我们市局要求交纸质，几份", bureau=False)


@pytest.mark.parametrize(
    ("plain", "goes_over"),
    [
        ("那工信局呢", True),
        ("区里局自己那边呢", True),
        ("各地工信部门的呢?", True),
        ("市里呢", True),
        ("那地方上呢?", True),
        ("县里头呢", False),
        ("市里有奖励呢", False),
        ("市局电话呢", False),
        ("那企业呢", False),
    ],
)
def test_a_bureau_alone_is_asked_the_same_of(plain: str, goes_over: bool) -> None:
    assert goes_over_to_the_bureau(plain) is goes_over


def test_topics_are_answered_by_those_of_bureaus_with_their_probabilities_added() -> None:
    whole = (Candidate(PHONE, 0.4), Candidate(LATE, 0.3), Candidate(MISSED, 0.3))
    read = as_a_bureau_asks(Recognised(whole, parts=(Part("晚了呢", (Candidate(LATE, 0.9),)),)), by_id)
    assert [(c.topic.id, c.probability) for c in read.whole] == [("bureau-late", 0.6), ("phone", 0.4)]
    assert read.parts[0].read[0].topic is BUREAU_LATE


def test_a_part_that_goes_over_to_the_bureau_is_the_question_before_asked_of_it() -> None:
    late, then, phone = (
        Part(text, (Candidate(t, 0.9),))
        for text, t in [("晚了呢", LATE), ("市里呢?", PHONE), ("市里呢", PHONE)]
    )
    read = with_bureau_parts(Recognised((), parts=(late, then, phone)), by_id)
    assert [part.read[0].topic for part in read.parts] == [LATE, BUREAU_LATE, PHONE]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("我是淮安市工信局的，平台几号截止", "平台几号截止"),
        ("宿迁市局：上云几号截止", "上云几号截止"),
        ("我是淮安市工信局的", "我是淮安市工信局的"),
        ("平台几号截止", "平台几号截止"),
    ],
)
def test_an_introduction_before_a_question_is_left_out(said: str, asked: str) -> None:
    assert without_introduction(read_message(said)).plain == asked
