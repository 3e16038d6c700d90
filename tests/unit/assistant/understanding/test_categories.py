from typing import Any

import pytest

from assistant.understanding.categories import CategoryNames
from assistant.understanding.follow_ups import asks_for_the_others
from knowledge.gazetteer import load_gazetteer


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
    "text", ["账务交给外面的公司行不行", "服务型的方向归哪里", "系统运行及维护的钱", "第四行填什么"]
)
def test_other_words_of_the_same_sound_name_nothing(names: CategoryNames, text: str) -> None:
    assert names.named(text) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("号码按上云、工厂、平台的顺序给我", ("star_cloud", "benchmark_factory", "platform")),
        ("能报一个平台一个工厂吗", ("platform", "benchmark_factory")),
        ("这句话讲的是工厂还是上云企业", ("benchmark_factory", "star_cloud")),
        ("我们工厂和平台有合作", ("platform",)),
        ("智能制造示范工厂、平台都能报吗", ("platform",)),
        ("工厂几年能报", ()),
    ],
)
def test_a_short_word_names_a_category_beside_another(
    names: CategoryNames, text: str, named: tuple[str, ...]
) -> None:
    assert names.named(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("拨025-69652717一直占线", ("platform",)),
        ("69652719那边不接", ("star_cloud",)),
        ("标杆的问题打69652717对吗", ("benchmark_factory",)),
    ],
)
def test_a_phone_names_its_category_where_none_is_written(
    pack: Any, text: str, named: tuple[str, ...]
) -> None:
    names = CategoryNames(pack.notice.categories, phones=pack.notice.phones_of_one)
    assert names.named(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("申报平台同样要满一年吗", ("platform",)),
        ("申报平台要具备什么", ("platform",)),
        ("申报平台也要注册吗", ()),
    ],
)
def test_the_site_is_no_category_to_apply_for(
    names: CategoryNames, text: str, named: tuple[str, ...]
) -> None:
    assert names.named(text) == named


@pytest.mark.parametrize(
    ("text", "implied"),
    [("贯标证书没下来", "benchmark_factory"), ("云服务用几个月", "star_cloud"), ("什么时候截止", None)],
)
def test_words_of_one_category_imply_it(names: CategoryNames, text: str, implied: str | None) -> None:
    assert names.implied(text) == implied


@pytest.mark.parametrize(
    ("text", "only"),
    [("那星级的呢", True), ("换成平台呢？", True), ("上云的也来一份", True), ("标杆要几年", False)],
)
def test_a_bare_change_of_category_is_recognised(names: CategoryNames, text: str, only: bool) -> None:
    assert names.only_names(text) is only


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("标杆算了换平台", ("platform",)),
        ("我们没搞过什么平台，是问标杆工厂", ("benchmark_factory",)),
        ("不报标杆工厂了，报平台", ("platform",)),
        ("不想报标杆，平台要什么条件", ("platform",)),
        ("标杆先放放，上云什么时候截止", ("star_cloud",)),
        ("除了平台，标杆工厂要什么", ("benchmark_factory",)),
        ("不是平台，是上云", ("star_cloud",)),
        ("我们不准备申报上云，就看标杆工厂", ("benchmark_factory",)),
        ("在建的能报吗？没说过是平台，是标杆", ("benchmark_factory",)),
        ("想报平台，啊不对，应该是标杆工厂", ("benchmark_factory",)),
        ("报上云，算了，还是报平台吧", ("platform",)),
        ("上回问的平台，这回想问星级", ("star_cloud",)),
        ("平台，不是标杆，什么时候截止", ("platform",)),
    ],
)
def test_what_is_set_aside_gives_way_to_what_is_meant(
    names: CategoryNames, text: str, named: tuple[str, ...]
) -> None:
    assert names.named(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("上次问过平台和标杆的区别，还是没懂", ("platform", "benchmark_factory")),
        ("平台行不行，不行还是报标杆", ("platform", "benchmark_factory")),
        ("报平台还是报标杆", ("platform", "benchmark_factory")),
    ],
)
def test_two_between_which_nothing_is_decided_are_both_named(
    names: CategoryNames, text: str, named: tuple[str, ...]
) -> None:
    assert names.named(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("自研的能耗管理平台去年上线，想冲标杆工厂", ("benchmark_factory",)),
        ("搭建了WMS和物流调度平台，花了九百万。标杆工厂这笔能算吗", ("benchmark_factory",)),
        ("工业互联网平台还在建，标杆工厂的条件我们够吗", ("benchmark_factory",)),
        ("平台已建成，标杆工厂没建成，分别能报吗", ("platform", "benchmark_factory")),
        ("平台建好了能报吗？标杆工厂呢", ("platform", "benchmark_factory")),
        ("想报标杆工厂，平台也建好了，能一起报吗", ("benchmark_factory", "platform")),
        ("MES和平台都投用了，企业标杆能力有两个方向。能报标杆工厂吗", ("benchmark_factory",)),
        ("平台建好了，能报吗", ("platform",)),
    ],
)
def test_what_was_built_gives_way_to_what_is_asked_for(
    names: CategoryNames, text: str, named: tuple[str, ...]
) -> None:
    assert names.named(text) == named


@pytest.mark.parametrize(
    ("text", "named", "denied"),
    [
        ("平台没有，只有一条改造好的产线", (), ("platform",)),
        ("平台我们没建，标杆有一个", ("benchmark_factory",), ("platform",)),
        ("平台没有注册时间要求吗", ("platform",), ()),
        ("评过平台没有，我忘了", ("platform",), ()),
    ],
)
def test_what_is_not_there_is_not_applied_for(
    names: CategoryNames, text: str, named: tuple[str, ...], denied: tuple[str, ...]
) -> None:
    assert (names.named(text), names.denied(text)) == (named, denied)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("第三类什么时候截止", ("star_cloud",)),
        ("最后一类的电话", ("star_cloud",)),
        ("前两类要注册几年", ("platform", "benchmark_factory")),
        ("第二类型的设备", ()),
        ("第三类里标杆的呢", ("benchmark_factory",)),
    ],
)
def test_a_category_is_named_by_its_place(names: CategoryNames, text: str, named: tuple[str, ...]) -> None:
    assert names.named(text) == named


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("二者的截止日一样吗", "平台和标杆工厂的截止日一样吗"),
        ("这两类都要贯标吗", "平台和标杆工厂都要贯标吗"),
        ("这两个证都要吗", "这两个证都要吗"),
        ("二者和星级上云一样吗", "二者和星级上云一样吗"),
    ],
)
def test_the_word_for_both_stands_for_the_two_spoken_of(
    names: CategoryNames, text: str, written: str
) -> None:
    assert names.with_both_named(text, ("platform", "benchmark_factory")) == written


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("那如果改报标杆年限够吗", "那年限够吗"),
        ("要是换成平台呢", "呢"),
        ("如果改了名称呢", "如果改了名称呢"),
    ],
)
def test_an_if_that_changes_the_category_alone_is_taken_out(
    names: CategoryNames, text: str, left: str
) -> None:
    assert names.without_change(text) == left


@pytest.mark.parametrize(
    ("text", "named"), [("标杆算了", ("benchmark_factory",)), ("平台不报了", ("platform",))]
)
def test_what_is_set_aside_alone_is_still_named(
    names: CategoryNames, text: str, named: tuple[str, ...]
) -> None:
    assert names.named(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("平台的截止跟上云一样吗", ("platform",)),
        ("标杆工厂也像平台那样一样要注册吗", ("benchmark_factory",)),
        ("平台跟上云都要注册吗", ("platform", "star_cloud")),
        ("跟上云一样吗", ("star_cloud",)),
    ],
)
def test_what_is_only_compared_with_is_not_asked_about(
    names: CategoryNames, text: str, named: tuple[str, ...]
) -> None:
    assert names.named(text) == named


@pytest.mark.parametrize("text", ["还能申报平台吗", "我们想申报平台", "要申报平台准备什么", "能不能申报平台"])
def test_to_apply_for_a_platform_names_it(names: CategoryNames, text: str) -> None:
    assert names.named(text) == ("platform",)


@pytest.mark.parametrize("text", ["申报平台网址", "申报平台怎么登录", "在申报平台上填完了", "上报平台打不开"])
def test_the_site_to_apply_on_names_nothing(names: CategoryNames, text: str) -> None:
    assert names.named(text) == ()


def test_a_confusable_that_is_no_site_stays_one_when_applied_for(names: CategoryNames) -> None:
    assert names.named("我们想报云平台") == ()


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("那另外两个呢", ("platform", "star_cloud")),
        ("其他两类能报吗", ("platform", "star_cloud")),
        ("剩下的呢", ("platform", "star_cloud")),
        ("另外两个方向呢", ()),
        ("其他材料呢", ()),
    ],
)
def test_the_categories_beside_the_one_discussed(
    names: CategoryNames, text: str, others: tuple[str, ...]
) -> None:
    found = names.besides("benchmark_factory") if asks_for_the_others(text) else ()
    assert found == others


@pytest.mark.parametrize(
    ("text", "at_home"),
    [
        ("常熟那边也是这个系统吗", True),
        ("我们泰州和扬州的流程一样吗", True),
        ("江苏的企业怎么报", True),
        ("杭州那边也是这个系统吗", False),
        ("我们在苏州，合肥的子公司怎么报", False),
        ("苏州的企业去外省怎么报", False),
        ("也是这个系统吗", False),
    ],
)
def test_places_of_the_notices_own_province_are_at_home(pack: Any, text: str, at_home: bool) -> None:
    places = load_gazetteer()
    names = CategoryNames(
        pack.notice.categories, places=places.names, at_home=places.places_of(places.province_in("江苏省"))
    )
    assert names.at_home(text) is at_home


@pytest.mark.parametrize(
    ("text", "implied"),
    [
        ("附件3里写了啥", "star_cloud"),
        ("附件五怎么填", "benchmark_factory"),
        ("附件1和4各是什么", "platform"),
        ("附件4、5在哪", None),
        ("附件7要盖章吗", None),
        ("一共几个附件", None),
    ],
)
def test_an_annex_of_one_category_implies_it(pack: Any, text: str, implied: str | None) -> None:
    names = CategoryNames(pack.notice.categories, annexes=pack.notice.annexes)
    assert names.implied(text) == implied
