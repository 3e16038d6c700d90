import pytest

from assistant.understanding.follow_ups import (
    asks_if_enough,
    asks_to_explain,
    asks_to_go_through_it_again,
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
