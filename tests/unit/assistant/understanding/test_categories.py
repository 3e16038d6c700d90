from typing import Any

import pytest

from assistant.understanding.categories import CategoryNames


@pytest.fixture(scope="module")
def names(pack: Any) -> CategoryNames:
    return CategoryNames(pack.notice.categories)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("标杆工厂什么时候截止", ("benchmark_factory",)),
        ("平台和标杆哪个好报", ("platform", "benchmark_factory")),
        ("我们想报四星", ("star_cloud",)),
        ("在哪个申报平台上填", ()),
        ("三星电子是我们客户", ()),
        ("is the benchmark factory window open", ("benchmark_factory",)),
        ("邮寄地址", ()),
    ],
)
def test_the_longest_name_at_a_place_counts(names: CategoryNames, text: str, named: tuple[str, ...]) -> None:
    assert names.named(text) == named


@pytest.mark.parametrize(
    ("text", "named"), [("平太截止", ("platform",)), ("标干工厂电话", ("benchmark_factory",))]
)
def test_names_that_sound_alike_are_heard(names: CategoryNames, text: str, named: tuple[str, ...]) -> None:
    assert names.named(text) == named


@pytest.mark.parametrize(
    ("text", "implied"),
    [("贯标证书没下来", "benchmark_factory"), ("云服务用几个月", "star_cloud"), ("什么时候截止", None)],
)
def test_words_of_one_category_imply_it(names: CategoryNames, text: str, implied: str | None) -> None:
    assert names.implied(text) == implied


@pytest.mark.parametrize(
    ("text", "only"), [("那星级的呢", True), ("换成平台呢？", True), ("标杆要几年", False)]
)
def test_a_bare_change_of_category_is_recognised(names: CategoryNames, text: str, only: bool) -> None:
    assert names.only_names(text) is only
