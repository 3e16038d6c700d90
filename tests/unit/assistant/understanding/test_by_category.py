"""Questions that set the categories against each other."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answers.by_category import listed_by_category
from assistant.understanding.by_category import Belonging, asks_if_all, asks_which_category, belonging
from assistant.understanding.categories import CategoryNames

BENCHMARK, STAR = "benchmark_factory", "star_cloud"


@pytest.fixture(scope="module")
def names(pack: Any) -> CategoryNames:
    return CategoryNames(pack.notice.categories)


@pytest.mark.parametrize(
    "plain",
    [
        "哪些企业不用提供贯标证书",
        "哪些不用贯标",
        "哪类要审计报告 哪类不要",
        "哪类企业不需要投入门槛",
        "哪几类需要发票",
        "哪些企业必须贯标",
        "贯标是哪一类的要求",
        "独立法人是三类都要求还是只有平台",
        "项目必须建成吗 三类都一样?",
        "发票是每类都要交吗",
        "优先认定是只对平台还是三类都有",
    ],
)
def test_it_is_asked_which_categories_need_a_thing(names: CategoryNames, plain: str) -> None:
    assert asks_which_category(plain, names)


@pytest.mark.parametrize(
    "plain",
    [
        "没贯标能报哪类",
        "哪些材料要盖章",
        "我们没贯标，哪类不用贯标",
        "哪些费用要发票",
        "哪类符合我们的情况",
        "标杆工厂要贯标吗",
        "三类的电话是多少",
        "哪些企业可以报",
        "是按合同还是只按发票算",
        "“按实际付款”说的是哪一类的投入，标杆还是上云",
    ],
)
def test_it_is_asked_of_something_else(names: CategoryNames, plain: str) -> None:
    assert not asks_which_category(plain, names)


@pytest.mark.parametrize(
    ("plain", "alike"),
    [("优先认定是三类都有吗", True), ("贯标是哪一类的要求", False), ("申报书按合同还是只按发票填", False)],
)
def test_it_is_asked_if_a_thing_holds_of_all(names: CategoryNames, plain: str, alike: bool) -> None:
    assert asks_if_all(plain, names) is alike


@pytest.mark.parametrize(
    ("plain", "asked"),
    [
        ("平台化设计属于平台类吗", Belonging("平台化设计", BENCHMARK, ("platform",))),
        ("数字化管理是平台的方向吗", Belonging("数字化管理", BENCHMARK, ("platform",))),
        ("“个性化定制”归标杆工厂吗", Belonging("个性化定制", BENCHMARK, (BENCHMARK,))),
        ("综合型属于标杆工厂吗", Belonging("综合型", "platform", (BENCHMARK,))),
        ("平台化设计是报平台还是报标杆工厂", Belonging("平台化设计", BENCHMARK, ("platform", BENCHMARK))),
        ("网络化协同是归平台还是标杆", Belonging("网络化协同", BENCHMARK, ("platform", BENCHMARK))),
        ("五星是不是平台的等级", Belonging("五星", STAR, ("platform",))),
        ("平台分星级吗", Belonging("星级", STAR, ("platform",), had=True)),
        ("标杆工厂分不分星级", Belonging("星级", STAR, (BENCHMARK,), had=True)),
    ],
)
def test_a_direction_is_looked_for_in_a_category(
    pack: Any, names: CategoryNames, plain: str, asked: Belonging
) -> None:
    assert belonging(plain, names, listed_by_category(pack)) == asked


@pytest.mark.parametrize(
    "plain",
    [
        "五星是标杆工厂吗",
        "平台是标杆工厂吗",
        "云平台属于平台吗",
        "数字化属于平台吗",
        "报平台还是报标杆工厂",
        "我们的平台化设计属于平台类吗",
        "平台有发票吗",
        "标杆工厂有电话吗",
        "ERP系统属于平台吗",
        "平台化设计是什么意思",
    ],
)
def test_what_no_category_lists_is_looked_for_in_none(pack: Any, names: CategoryNames, plain: str) -> None:
    assert belonging(plain, names, listed_by_category(pack)) is None


def test_the_directions_are_those_that_the_categories_clauses_print(pack: Any) -> None:
    listed = listed_by_category(pack)
    assert [item for item, category in listed.items() if category == "platform"] == [
        "综合型",
        "特色型",
        "专业型",
    ]
    assert len([item for item, category in listed.items() if category == BENCHMARK]) == 7
