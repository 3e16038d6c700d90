import pytest

from assistant.understanding.speech_acts import (
    about_the_rule,
    asks_for_a_phone,
    asks_if_it_matters,
    asks_if_it_will_do,
    asks_of_any_firm,
    asks_something,
    asks_who_may,
    asks_why,
    looked_up_since,
    supposes,
)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("原文怎么说的", True),
        ("哪一条规定的", True),
        ("我们2年能报吗", False),
        ("什么时候截止", False),
        ("写在哪条里", True),
        ("成立十年，还缺哪条", False),
        ("会卡在哪条", False),
        ("上云要求云服务用满两个月就可以吧", True),
        ("要求的我们都有，就行了吧", False),
    ],
)
def test_questions_for_the_wording_are_recognised(text: str, asked: bool) -> None:
    assert about_the_rule(text) is asked


@pytest.mark.parametrize(
    "text",
    [
        "翻出营业执照看了",
        "财务刚说合计0.18亿",
        "现在移出来了",
        "才发现是2020年的",
        "核实过了，有发票",
        "我记错了",
    ],
)
def test_what_was_looked_up_since_is_recognised(text: str) -> None:
    assert looked_up_since(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("我们是做阀门的，搞了两年数字化，哪个号码能打通", True),
        ("报这个要填表，联系电话给我一个", True),
        ("联系电话填错了能改吗", False),
        ("我没要电话，问的是材料报到哪一级", False),
        ("别光给电话，条件讲一下", False),
        ("别给电话，几号截止", False),
        ("我们公司不想要电话，就问2月28含不含当天", False),
        ("几号截止，电话不用给我了", False),
        ("不想打电话，网址是多少", False),
        ("不用给我联系方式", False),
        ("要不要给个电话", True),
        ("别给平台的网址，给个电话", True),
        ("电话一直打不通怎么办", False),
        ("礼拜天打咨询电话有人理吗", False),
        ("节假日能打电话吗", False),
        ("什么时候打电话合适", False),
        ("周末了，给我个电话", True),
        ("打这个号码还管用不", False),
        ("假期里电话有没有人接", False),
        ("联系电话有没有", True),
        ("想打电话问问，哪个号", True),
        ("我们扬州要找市里哪个电话", False),
        ("投诉的热线电话给一个", False),
        ("系统技术支持电话是多少", False),
        ("市里让我来要个联系电话", True),
        ("主任的手机号给我一个", True),
        ("座机没人接，有其他的联系方式吗", False),
    ],
)
def test_who_asks_for_a_phone_is_heard_behind_a_story(text: str, asked: bool) -> None:
    assert asks_for_a_phone(text) is asked


@pytest.mark.parametrize("text", ["贯标三类都要有，还是就一类要", "三星是市里评还是省里评", "是这个意思吧"])
def test_either_or_and_a_tag_are_questions(text: str) -> None:
    assert asks_something(text)


@pytest.mark.parametrize("text", ["什么时候截止", "我们2019年成立", "我们有审计报告", "三年", "贯标通过了"])
def test_a_plain_statement_was_not_looked_up(text: str) -> None:
    assert not looked_up_since(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("该找区局还是找省厅", True),
        ("合同交正本还是复印的", True),
        ("材料报市里还是省里", True),
        ("跟隔壁市的流程差不多吧", True),
        ("我们最后还是报四星", False),
        ("要报的还是标杆", False),
        ("找了半天还是没找到", False),
    ],
)
def test_a_choice_between_two_is_a_question(text: str, asked: bool) -> None:
    assert asks_something(text) is asked


@pytest.mark.parametrize(
    ("plain", "asks"),
    [("谁可以报四星", True), ("什么样的企业能申报", True), ("我们谁能去报名", False), ("谁来评审", False)],
)
def test_who_may_apply_is_asked_of_nobody_in_particular(plain: str, asks: bool) -> None:
    assert asks_who_may(plain) is asks


@pytest.mark.parametrize(
    ("plain", "does"), [("假设证下来了", True), ("不假设了", False), ("别假设了，说现在", False)]
)
def test_an_if_that_is_taken_back_supposes_nothing(plain: str, does: bool) -> None:
    assert supposes(plain) is does


@pytest.mark.parametrize(
    ("plain", "asks"),
    [
        ("凭啥要开满三年", True),
        ("为什么门槛定两千万", True),
        ("五星要省里评是什么道理", True),
        ("why does a factory need three years", True),
        ("为什么外省公司不行，文件哪句话说的", False),
        ("标杆为啥要贯标，条款在哪", False),
        ("没建的为啥不给报，哪条规定的", False),
        ("为啥有的一年有的三年？哪些一年", False),
        ("凭什么文件搞这个", False),
        ("为何时候交", False),
        ("要几年", False),
    ],
)
def test_a_reason_is_asked_for_and_not_the_wording(plain: str, asks: bool) -> None:
    assert asks_why(plain) is asks


@pytest.mark.parametrize(
    ("text", "any_firm"),
    [
        ("失信企业能申报吗", True),
        ("在建项目可以报平台吗", True),
        ("分公司能报三星吗", True),
        ("没贯标的企业能报标杆吗？", True),
        ("没贯标也能报标杆吗", True),
        ("平台是不是还没建完也可以", True),
        ("我们是失信企业能报吗", False),
        ("2021年成立的公司能报吗", False),
        ("苏州一家企业能报吗", False),
        ("没贯标能报标杆吗", False),
        ("失信企业怎么申报", False),
        ("企业也可以", False),
    ],
)
def test_questions_of_any_firm_are_told_from_those_of_ones_own(text: str, any_firm: bool) -> None:
    assert asks_of_any_firm(text) is any_firm


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("去年亏损影响申报吗", True),
        ("有过处罚能报标杆吗", True),
        ("被罚过款，要不要紧", True),
        ("我们去年亏损影响申报吗", False),
        ("去年亏损，能报平台吗", False),
        ("去年亏损", False),
    ],
)
def test_whether_a_thing_matters_is_asked_of_nobody(text: str, asked: bool) -> None:
    assert asks_if_it_matters(text) is asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("只涉及两个方向，可以吗", True),
        ("投了1800万，这样行不行", True),
        ("可以网上报吗", False),
        ("能不能报", False),
    ],
)
def test_whether_what_was_told_will_do(text: str, asked: bool) -> None:
    assert asks_if_it_will_do(text) is asked
