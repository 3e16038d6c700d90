"""What a speaker takes back: another value in place of one just said, in the same breath or in the message before."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.facts.message.utterance import hear
from assistant.facts.put_right import (
    behind_looking_up,
    in_fact,
    is_slip,
    opening_slip,
    puts_right,
    told_anew,
    without_slips,
)

AS_OF = date(2023, 2, 20)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("噢，是五个月", "用了一年"),
        ("抱歉，应该是三个月", "用了10个月"),
        ("说错了，两个月", "云服务用了七个月"),
        ("不好意思，是2021年", "2019年成立"),
    ],
)
def test_a_value_of_the_same_kind_is_put_right(text: str, told: str) -> None:
    assert puts_right(hear(text, {}), told, AS_OF)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("五个月", "用了一年"),
        ("噢，是2019年", "用了一年"),
        ("哦，是五个月", "2019年成立"),
        ("哦，是苏州的", "用了一年"),
        ("公司三年了", "用了一年"),
    ],
)
def test_an_answer_or_another_kind_of_value_puts_nothing_right(text: str, told: str) -> None:
    assert not puts_right(hear(text, {}), told, AS_OF)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("投了2300万，说错了，1700万", "投了1700万"),
        ("证书2023年2月到期，哦看错了，是2025年2月", "证书2025年2月到期"),
        ("投入2.1个亿…哦不是2100万，够吗", "投入2100万，够吗"),
        ("我们2020年注册，啊不是，2022年注册", "我们2022年注册"),
        ("用了两个月，不对，是五个月，还在用", "用了五个月，还在用"),
        ("三星，哦不，四星，想报五星", "四星，想报五星"),
        ("企业2018年成立，不，2021年3月成立", "企业2021年3月成立"),
        ("投1900，呃，更正一下，2900", "投2900"),
    ],
)
def test_a_value_taken_back_gives_way_to_the_one_behind_it(text: str, meant: str) -> None:
    assert without_slips(text, AS_OF) == meant


@pytest.mark.parametrize(
    "text",
    [
        "投入2000万，不是1800万",
        "证书2024年1月到期，不是2023年1月",
        "投资2000万，不对外公布",
        "投入2000万，不，够吗",
        "2019年成立，对了，证书到2024年",
        "我们有三星，对不对不重要，想报四星",
        "投了2500万，用了两年",
    ],
)
def test_a_denial_and_a_second_value_take_nothing_back(text: str) -> None:
    assert without_slips(text, AS_OF) == text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("打错了，有的", "有的"),
        ("写错了，没有", "没有"),
        ("打错了是江苏", "是江苏"),
        ("不对不对 是12个月", "是12个月"),
        ("更正：有发票", "有发票"),
        ("就是过了的意思，证书到明年底", "过了，证书到明年底"),
    ],
)
def test_what_a_message_says_behind_its_slip(text: str, rest: str) -> None:
    assert opening_slip(text) == rest


@pytest.mark.parametrize(
    "text", ["不对外营业", "有的", "我们写错别字的情况", "等下再说", "没说错吧", "打错了"]
)
def test_a_message_that_takes_nothing_back_is_as_it_is(text: str) -> None:
    assert opening_slip(text) is None


@pytest.mark.parametrize(
    ("text", "rest"), [("查到了，没通过", "没通过"), ("刚查了，没过", "没过"), ("我问过了，有的", "有的")]
)
def test_what_was_looked_up_is_told_behind(text: str, rest: str) -> None:
    assert behind_looking_up(text) == rest


def test_an_audit_is_not_looked_up() -> None:
    assert behind_looking_up("查账的报告没有") is None


@pytest.mark.parametrize(
    ("text", "told", "anew"),
    [
        ("2022改成2020", ["公司2022年5月成立"], "公司2020年5月成立"),
        ("1500换成2500", ["标杆", "投入1500万"], "投入2500万"),
        ("制造改成3", ["制造2"], "制造3"),
        ("把发票改为有", ["发票没有"], "发票有"),
        ("改成股份公司了", ["2021年成立"], None),
        ("2019改成2020", ["公司2022年5月成立"], None),
        ("公司名改成新的", ["2021年成立"], None),
    ],
)
def test_one_value_changed_is_told_in_the_words_of_before(
    text: str, told: list[str], anew: str | None
) -> None:
    assert told_anew(text, told) == anew


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("那实际我们是2600万呢", "2600万"),
        ("其实是2018年", "2018年"),
        ("其实呢", None),
        ("实际情况怎么填", None),
    ],
)
def test_what_is_so_in_fact_behind_an_if(text: str, value: str | None) -> None:
    assert in_fact(text) == value


@pytest.mark.parametrize(
    ("words", "slip"), [("写错了", True), ("哦不对", True), ("没写错", False), ("有的", False)]
)
def test_words_that_only_take_back(words: str, slip: bool) -> None:
    assert is_slip(words) is slip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("那个也是3个月整，刚才两个半月记错了", "那个也是3个月整"),
        ("注册是2019年5月，之前2021年说错了", "注册是2019年5月"),
        ("投了2300万，前面1800万写错了", "投了2300万"),
        ("那个也是3个月整，刚才开户行记错了", "那个也是3个月整，刚才开户行记错了"),
        ("刚才两个半月记错了", "刚才两个半月记错了"),
    ],
)
def test_a_value_named_as_wrong_gives_way_to_the_other(text: str, told: str) -> None:
    assert without_slips(text, date(2023, 2, 20)) == told
