from typing import Any

import pytest

from assistant.understanding.categories import CategoryNames
from assistant.understanding.named_clauses import listed_in, named_clauses


@pytest.fixture(scope="module")
def names(pack: Any) -> CategoryNames:
    return CategoryNames(pack.notice.categories)


@pytest.mark.parametrize(
    ("plain", "clauses"),
    [
        ("把第三条第三款第二点原文发我", ["3.3.2"]),
        ("三（三）2", ["3.3.2"]),
        ("请原文引用3.3.2那条", ["3.3.2"]),
        ("把3.3.2的原文逐字列出来", ["3.3.2"]),
        ("附上3.2.2的原文", ["3.2.2"]),
        ("照抄一下三（三）2", ["3.3.2"]),
        ("麻烦念一下三、(三)2", ["3.3.2"]),
        ("3.3.2 怎么写的", ["3.3.2"]),
        ("第3.3.2条", ["3.3.2"]),
        ("what does clause 3.3.2 say", ["3.3.2"]),
        ("第四条第（二）款第2项是怎么规定的?", ["4.2.2"]),
        ("四（二）2.", ["4.2.2"]),
        ("第二部分第三点讲的啥", ["2.3"]),
        ("三（一）1和三（一）2的原文", ["3.1.1", "3.1.2"]),
        ("3.3条款原文", ["3.3.1", "3.3.2", "3.3.3"]),
        ("标杆工厂的第二条条件是什么", ["3.3.2"]),
        ("五、2", ["5.2"]),
        ("三四1", ["3.4.1"]),
        ("三.一.3", ["3.1.3"]),
        ("三（四）1、2都念一下", ["3.4.1", "3.4.2"]),
        ("五、相关事项 原文", ["5.1", "5.2", "5.3"]),
        ("五、相关事项第2条原文", ["5.2"]),
        ("五、3写的什么", ["5.3"]),
        ("五、2是什么内容", ["5.2"]),
        ("六里面写了啥", ["6"]),
        ("五、2 全文发我", ["5.2"]),
        ("麻烦念念二、3", ["2.3"]),
        ("三（二）2讲的什么，念给来电的听听", ["3.2.2"]),
        ("四（二）1里面有哪些步骤，分别谁来做", ["4.2.1"]),
        ("三（三）1括号里写的什么", ["3.3.1"]),
        ("四（二）2后半句是什么", ["4.2.2"]),
        ("三（四）1与2对比一下", ["3.4.1", "3.4.2"]),
        ("三（三）1和四（一）1有什么区别", ["3.3.1", "4.1.1"]),
        ("三（四）1里对四星是怎么要求的", ["3.4.1"]),
        ("五、1中关于推荐报告怎么说的", ["5.1"]),
        ("请教一下，贵通知第三条第（二）款第1项怎么写的", ["3.2.1"]),
    ],
)
def test_clauses_are_named_by_their_numbers_in_whatever_form(
    pack: Any, names: CategoryNames, plain: str, clauses: list[str]
) -> None:
    named = named_clauses(plain, pack.tree, names)
    assert named is not None
    assert [clause.id for clause in named.clauses] == clauses


def test_a_point_after_a_clause_is_the_one_beside_it(pack: Any, names: CategoryNames) -> None:
    beside = named_clauses("第三点呢", pack.tree, names, quoted="5.2")
    assert beside is not None
    assert [clause.id for clause in beside.clauses] == ["5.3"]
    none = named_clauses("第四点呢", pack.tree, names, quoted="5.2")
    assert none is not None
    assert not none.clauses


@pytest.mark.parametrize(
    ("plain", "listed", "clauses"),
    [
        ("第二条", "3.1", ["3.1.2"]),
        ("第3条具体怎么写的", "3.3", ["3.3.3"]),
        ("那第一条展开讲讲", "3.2", ["3.2.1"]),
        ("第二个多说点", "2", ["2.2"]),
        ("最后一项呢", "3.4", ["3.4.2"]),
        ("标杆工厂第二条", "3.1", ["3.3.2"]),
        ("五、2原文", "3.1", ["5.2"]),
        ("第二条", "", ["2.1", "2.2", "2.3"]),
        ("第五条", "3.1", ["5.1", "5.2", "5.3"]),
    ],
)
def test_a_number_after_a_list_counts_what_was_listed(
    pack: Any, names: CategoryNames, plain: str, listed: str, clauses: list[str]
) -> None:
    named = named_clauses(plain, pack.tree, names, listed=listed)
    assert named is not None
    assert [clause.id for clause in named.clauses] == clauses


@pytest.mark.parametrize(
    "plain", ["第二条不满足咋办", "第二个月付的钱算吗", "我们第三条没做到", "第二批什么时候"]
)
def test_more_than_a_number_after_a_list_is_a_question(pack: Any, names: CategoryNames, plain: str) -> None:
    assert named_clauses(plain, pack.tree, names, listed="3.1") is None


@pytest.mark.parametrize(
    ("told", "listed"),
    [
        (["3.1.1", "3.1.2", "3.1.3"], "3.1"),
        (["3.3.1", "3.3.2", "3.3.3", "3.1.1"], "3.3"),
        (["2.1", "2.2", "2.3"], "2"),
        (["3.1.1", "3.1.1"], ""),
        (["3.1.1", "5.1"], ""),
        (["4.1", "4.2"], "4"),
        (["annexes"], ""),
        ([], ""),
    ],
)
def test_a_list_is_what_tells_several_parts_of_a_clause(pack: Any, told: list[str], listed: str) -> None:
    assert listed_in(pack.tree, told) == listed


@pytest.mark.parametrize("plain", ["第九条原文", "三、（三）9写了什么", "星级上云企业第七条"])
def test_a_number_that_the_notice_has_not_names_no_clause(
    pack: Any, names: CategoryNames, plain: str
) -> None:
    named = named_clauses(plain, pack.tree, names)
    assert named is not None
    assert not named.clauses


@pytest.mark.parametrize(
    "plain",
    [
        "第三条不满足怎么办",
        "三（三）2里的证书没下来能报吗",
        "三（三）2里证书没下来怎么办",
        "三（三）2对别的认证认不认",
        "我们第一个条件满足，第二条不满足",
        "23.3.1",
        "3.3",
        "3.3亿",
        "附件2",
        "附件2第三条怎么写的",
        "第一批",
        "三星级第2年",
        "第一年投入500万",
        "第三部分",
        "三、4星都能报吗",
        "五3年前成立",
        "五、1里的日期过了还能报吗",
    ],
)
def test_days_sums_and_questions_about_a_clause_name_none(
    pack: Any, names: CategoryNames, plain: str
) -> None:
    assert named_clauses(plain, pack.tree, names) is None
