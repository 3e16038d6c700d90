from typing import Any

import pytest

from assistant.understanding.categories import CategoryNames
from assistant.understanding.listed import things_wanted


@pytest.fixture(scope="module")
def names(pack: Any) -> CategoryNames:
    return CategoryNames(pack.notice.categories)


@pytest.mark.parametrize(
    ("plain", "things"),
    [
        ("来电：标杆，问网址+截止日", ["问网址", "截止日"]),
        ("平台类，一问截止二问系统三问电话", ["截止", "系统", "电话"]),
        ("星级上云企业的申报条件、报送材料、咨询电话", ["星级上云企业的申报条件", "报送材料", "咨询电话"]),
        ("平台的电话邮编地址都发我", ["平台的电话", "邮编", "地址都发我"]),
        ("三件事：标杆要哪些条件；系统网址；审核到哪天", ["标杆要哪些条件", "系统网址", "审核到哪天"]),
    ],
)
def test_things_that_are_only_named_are_wanted_like_those_asked(
    names: CategoryNames, plain: str, things: list[str]
) -> None:
    assert things_wanted(plain, names) == things


@pytest.mark.parametrize("plain", ["我们是南京的，平台还没建好", "今天交不完", "标杆工厂"])
def test_what_tells_something_names_nothing_wanted(names: CategoryNames, plain: str) -> None:
    assert not things_wanted(plain, names)
