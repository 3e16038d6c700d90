import pytest

from assistant.understanding.follow_ups import (
    asks_by_when,
    asks_for_that_day,
    asks_if_enough,
    asks_if_it_applies,
    asks_plainly,
    asks_since_when,
    asks_to_explain,
    asks_to_go_through_it_again,
    asks_where_to_find,
    asks_which_else,
    claims_all,
    refers_back,
)


@pytest.mark.parametrize(
    "plain",
    [
        "为什么",
        "那为啥呢?",
        "到底咋回事",
        "结论呢",
        "所以现在结论是什么",
        "那我们呢",
        "所以呢?",
        "现在怎么样",
        "那呢",
    ],
)
def test_why_and_what_it_comes_to_refer_to_the_verdict(plain: str) -> None:
    assert asks_to_explain(plain)


@pytest.mark.parametrize(
    "plain",
    [
        "总结一下",
        "帮我归纳下目前情况",
        "最后给我汇总一下吧",
        "再算一遍",
        "那重新核对一下",
        "按这个再判断一次",
        "目前算啥结论",
        "那最后是什么结果呢",
    ],
)
def test_a_check_may_be_gone_through_again(plain: str) -> None:
    assert asks_to_go_through_it_again(plain)


@pytest.mark.parametrize(
    ("plain", "alone"),
    [
        ("什么时候前", True),
        ("最晚几号", True),
        ("那要在哪天之前完成", True),
        ("时间要求呢", True),
        ("几号截止", False),
        ("企业最晚几号", False),
        ("什么时候出结果", False),
    ],
)
def test_by_when_is_asked_of_whatever_was_told(plain: str, alone: bool) -> None:
    assert asks_by_when(plain) is alone


@pytest.mark.parametrize(
    "plain",
    ["总结报告要交吗", "再算上厂房够不够", "汇总表几份", "重新注册要多久", "什么结果", "现在评审什么情况"],
)
def test_other_words_of_summing_up_are_questions_of_their_own(plain: str) -> None:
    assert not asks_to_go_through_it_again(plain)


@pytest.mark.parametrize("plain", ["为什么要分三星四星五星", "为啥到2月28日", "评审结论什么时候出"])
def test_why_with_a_subject_is_a_question_of_its_own(plain: str) -> None:
    assert not asks_to_explain(plain)


@pytest.mark.parametrize(
    "plain",
    [
        "够数吗",
        "那不够了吧",
        "总额够2000万不",
        "我们年限够不够",
        "这样能报了吧",
        "等到什么时候满三年",
        "那算达标了?",
        "一共够不够?",
        "我们就差两个月",
        "还差一项呢",
        "不够是吧?还差多少",
        "那还差几个月",
        "加起来够了吧",
        "那岂不是报不成了",
        "这样就没戏了吗",
        "缺一个就不行?",
        "到现在算满三年了没",
        "那是不是在3月31日之后",
        "今天就交还是再等等",
        "那我们该报几星",
    ],
)
def test_whether_it_is_enough_is_asked_of_what_was_told(plain: str) -> None:
    assert asks_if_enough(plain)


@pytest.mark.parametrize(
    "plain",
    [
        "什么时候能报",
        "够评分标准的材料有哪些",
        "满三年的企业能报几类",
        "达标的依据是哪条",
        "能报了的话找谁",
        "报不了的能补报吗",
        "2月28日之后交行吗",
        "几星能报奖",
    ],
)
def test_a_whole_question_is_not_whether_it_is_enough(plain: str) -> None:
    assert not asks_if_enough(plain)


@pytest.mark.parametrize(
    "plain", ["不假设了，照实际情况算", "别假设了，就按目前的状况说吧", "还是按原来的情况看"]
)
def test_an_if_taken_back_asks_to_go_through_it_as_it_is(plain: str) -> None:
    assert asks_to_go_through_it_again(plain)


@pytest.mark.parametrize(
    "plain", ["还能申报吗", "这条算过了吗", "那项要求我们达标了吗", "岂不是没戏了？", "就报不了了吗？"]
)
def test_whether_it_still_holds_is_asked_of_the_check(plain: str) -> None:
    assert asks_if_enough(plain)


@pytest.mark.parametrize("plain", ["还能改材料吗", "这条怎么理解", "系统不行了怎么办", "还能报几天"])
def test_what_else_is_asked_of_the_rest_is_not(plain: str) -> None:
    assert not asks_if_enough(plain)


@pytest.mark.parametrize(
    ("plain", "asks"),
    [
        ("那还能报什么", True),
        ("所以我们能报哪一类呢？", True),
        ("那适合申报哪个", True),
        ("那能报哪个星级", False),
        ("能报哪些费用", False),
        ("哪个好报", False),
    ],
)
def test_which_else_may_be_applied_for(plain: str, asks: bool) -> None:
    assert asks_which_else(plain) is asks


@pytest.mark.parametrize(
    ("plain", "asks"),
    [
        ("那是从几月算起", True),
        ("从什么时候开始", True),
        ("自哪天起呢？", True),
        ("从哪天开始申报", False),
        ("到哪天止", False),
    ],
)
def test_since_when_without_a_subject(plain: str, asks: bool) -> None:
    assert asks_since_when(plain) is asks


@pytest.mark.parametrize(
    ("plain", "asks"), [("去哪里看", True), ("那在哪能查到", True), ("结果在哪查", False), ("在哪交", False)]
)
def test_where_to_find_it_without_a_subject(plain: str, asks: bool) -> None:
    assert asks_where_to_find(plain) is asks


@pytest.mark.parametrize(
    ("plain", "claims"),
    [
        ("各项条件都符合", True),
        ("其他情况我们全都满足", True),
        ("每一条都达到了", True),
        ("条件没有都满足", False),
        ("基本条件有哪些", False),
    ],
)
def test_all_conditions_said_to_be_met(plain: str, claims: bool) -> None:
    assert claims_all(plain) is claims


@pytest.mark.parametrize("plain", ["都符合", "我们真的都达标了，能报吗", "嗯，全都具备"])
def test_all_is_said_to_be_met_without_a_subject(plain: str) -> None:
    assert claims_all(plain)


@pytest.mark.parametrize("plain", ["云服务都满足3个月", "都不满足", "都满足吗", "三个方面都满足要求的两个"])
def test_what_is_met_by_name_or_in_question_is_no_claim_of_all(plain: str) -> None:
    assert not claims_all(plain)


@pytest.mark.parametrize("plain", ["算数吗", "那时候还有效，作数吗", "这样也算数不"])
def test_whether_it_counts_is_asked_of_what_was_told(plain: str) -> None:
    assert asks_if_enough(plain)


@pytest.mark.parametrize("plain", ["试用期算数吗", "国外的发票算数吗"])
def test_whether_a_thing_counts_is_a_question_of_its_own(plain: str) -> None:
    assert not asks_if_enough(plain)


@pytest.mark.parametrize(
    ("plain", "asks"),
    [
        ("有效期的要求还卡我们吗", True),
        ("那到期日还看不看", True),
        ("年限那条对我们适用吗", True),
        ("证书有效期要到哪天", False),
        ("还要看哪些条件", False),
        ("这事归谁管", False),
    ],
)
def test_whether_a_condition_still_applies(plain: str, asks: bool) -> None:
    assert asks_if_it_applies(plain) is asks


@pytest.mark.parametrize(
    ("plain", "asks"),
    [
        ("那我们能报吗", True),
        ("可不可以申报", True),
        ("符合条件吗", True),
        ("私有云能报吗", False),
        ("能报几个", False),
    ],
)
def test_whether_one_may_apply_is_asked_and_nothing_else(plain: str, asks: bool) -> None:
    assert asks_plainly(plain) is asks


@pytest.mark.parametrize(
    ("plain", "refers", "day"),
    [
        ("前面你讲的那个时间是哪天", True, True),
        ("刚刚提到的这条怎么理解", True, False),
        ("之前申报过的那个项目", False, False),
        ("截止日期是几号", False, False),
    ],
)
def test_what_was_said_before_is_referred_to(plain: str, refers: bool, day: bool) -> None:
    assert refers_back(plain) is refers
    assert asks_for_that_day(plain) is day
