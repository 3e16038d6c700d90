from typing import Any

import pytest

from assistant.understanding.categories import CategoryNames
from assistant.understanding.follow_ups import (
    asks_if_enough,
    asks_of_the_year_of_asking,
    asks_to_explain,
    asks_to_go_through_it_again,
    has_a_year_of_its_own,
    names_a_year_alone,
    without_own_year,
)
from assistant.understanding.message import read_message


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
    "plain", ["2021年12月开通的呢", "都是2017年付的钱", "续到2027年就可以了吧", "那22年呢"]
)
def test_a_year_in_passing_is_no_other_years_notice(plain: str) -> None:
    assert has_a_year_of_its_own(plain)


@pytest.mark.parametrize(
    "plain", ["2024年的申报什么时候开始", "2022年度的名单有吗", "明年还有吗", "2025年那个文"]
)
def test_a_year_of_applications_is_that_of_a_notice(plain: str) -> None:
    assert not has_a_year_of_its_own(plain)


@pytest.mark.parametrize(
    ("plain", "alone"),
    [("2026年的呢", True), ("那2024年呢?", True), ("2021年成立的呢", False), ("那今年的呢", False)],
)
def test_a_year_alone_is_told_from_a_year_of_something(plain: str, alone: bool) -> None:
    assert names_a_year_alone(plain) is alone


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("2023年度平台认定了多少家", "平台认定了多少家"),
        ("2023年标杆工厂的申报条件", "标杆工厂的申报条件"),
        ("2023年江苏省重点平台怎么报", "江苏省重点平台怎么报"),
        ("2023年的评审结果在哪查", "评审结果在哪查"),
        ("当年标杆工厂哪天截止", "标杆工厂哪天截止"),
        ("2023年成立的能报吗", "2023年成立的能报吗"),
        ("23年那批标杆截止是几号", "那批标杆截止是几号"),
        ("证书2023年3月到期行吗", "证书2023年3月到期行吗"),
        ("2024年度平台什么时候报", "2024年度平台什么时候报"),
    ],
)
def test_the_notices_own_year_is_no_other_years(pack: Any, said: str, asked: str) -> None:
    names = CategoryNames(pack.notice.categories)
    assert without_own_year(read_message(said), 2023, 2024, names).plain == asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("今年标杆工厂投入要多少", "标杆工厂投入要多少"),
        ("今年还能报平台吗", "还能报平台吗"),
        ("本年度申报条件是啥", "申报条件是啥"),
        ("去年评过三星今年还能报吗", "去年评过三星今年还能报吗"),
        ("今年3月成立的能报吗", "今年3月成立的能报吗"),
        ("明年和今年标杆条件一样吗", "明年和今年标杆条件一样吗"),
    ],
)
def test_this_year_is_the_notices_own_while_it_lasts(pack: Any, said: str, asked: str) -> None:
    names = CategoryNames(pack.notice.categories)
    assert without_own_year(read_message(said), 2023, 2023, names).plain == asked
    assert without_own_year(read_message(said), 2023, 2024, names).plain == said


@pytest.mark.parametrize(
    "plain",
    ["今年标杆工厂几月份开始申报", "今年还能报吗", "明年的通知什么时候出", "本年度平台申报条件变了吗"],
)
def test_the_round_of_this_year_may_be_asked_for(plain: str) -> None:
    assert asks_of_the_year_of_asking(plain)


@pytest.mark.parametrize(
    "plain", ["我们今年3月成立的，能报平台吗", "证书明年到期，行不行", "标杆工厂截止哪天", "今年投了500万"]
)
def test_a_year_of_which_something_is_told_is_no_round(plain: str) -> None:
    assert not asks_of_the_year_of_asking(plain)
