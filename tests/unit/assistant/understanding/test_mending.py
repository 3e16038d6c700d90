import pytest

from assistant.understanding.mending import (
    adds_to_what_was_supposed,
    count_supposed,
    means_all,
    supposes_besides,
    supposes_mended,
)


@pytest.mark.parametrize(
    "plain",
    [
        "要是第三个方面补上呢",
        "补做一份专项审计，来得及的话呢",
        "按出来了算呢",
        "如果按新证呢",
        "财务整顿好了呢",
        "没有的都补上呢",
        "完工后呢",
        "证书换了新的会怎样",
    ],
)
def test_an_if_under_which_something_missing_is_there_supposes_it_mended(plain: str) -> None:
    assert supposes_mended(plain)


@pytest.mark.parametrize(
    "plain",
    [
        "审计报告25号之前能出来，那样行了吗",
        "审计报告这周就让事务所出，出了就行了吧",
        "月底前能上线，能报吗",
        "贯标下个月能过，那样可以吗",
        "补上发票是不是就能报了",
        "佐证材料让机构补开一份，行吗",
        "报告下周三拿得到，到时候能报吧",
    ],
)
def test_what_is_expected_is_supposed_where_the_verdict_under_it_is_asked_for(plain: str) -> None:
    assert supposes_mended(plain)


@pytest.mark.parametrize(
    "plain",
    [
        "要是补不上呢",
        "如果来不及出呢",
        "要是还没有办下来呢",
        "发票要是拿不到了呢",
        "要是一直没能修复呢",
        "七月份才建得完，那就是没希望对吧",
        "如果不换新证呢",
        "他们说这周能补，不过眼下确实没有",
    ],
)
def test_what_is_denied_is_not_mended(plain: str) -> None:
    assert not supposes_mended(plain)


@pytest.mark.parametrize(
    "plain",
    [
        "补上要多久",
        "怎么补上呢",
        "审计报告找谁出",
        "贯标要多久能过",
        "报告出来以后交到哪里",
        "缺的材料后补行吗",
        "还能怎么补救",
    ],
)
def test_how_to_mend_and_whether_it_may_be_handed_in_later_are_other_questions(plain: str) -> None:
    assert not supposes_mended(plain)


@pytest.mark.parametrize("plain", ["审计报告出来了", "发票都补齐了", "贯标过了", "审计报告下个月能出来"])
def test_what_is_only_told_is_not_supposed(plain: str) -> None:
    assert not supposes_mended(plain)


@pytest.mark.parametrize(
    "plain", ["那我要是都补齐了呢", "这些都解决了呢", "上面几项补好的话", "两项都满足呢"]
)
def test_all_that_is_missing_may_be_meant(plain: str) -> None:
    assert means_all(plain)


def test_one_thing_mended_is_not_all() -> None:
    assert not means_all("按出来了算呢")


def test_an_also_goes_on_with_what_was_supposed() -> None:
    assert adds_to_what_was_supposed("团队也配齐的话")
    assert not adds_to_what_was_supposed("团队配齐的话")


@pytest.mark.parametrize(
    ("said", "besides"),
    [("再假设发票也齐", True), ("要是再有审计报告呢", True), ("如果发票齐呢", False), ("再补一份呢", False)],
)
def test_another_if_is_put_on_top_of_the_one_before(said: str, besides: bool) -> None:
    assert supposes_besides(said) is besides


@pytest.mark.parametrize(
    ("plain", "number"),
    [
        ("要是只覆盖两个呢", 2),
        ("那满足3个方面就够了吗", 3),
        ("三个也行吗", 3),
        ("要两个服务吗", None),
        ("两个月呢", None),
        ("那两个下个月能补上", None),
    ],
)
def test_a_bare_number_that_is_supposed(plain: str, number: int | None) -> None:
    assert count_supposed(plain) == number
