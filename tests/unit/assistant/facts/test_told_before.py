"""Facts that lean on what was told before: use from the day of registration, a place put right by that of registration."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import FactsRead, read_facts
from knowledge.cues import FactCues, load_fact_cues
from knowledge.facts import DateRange, FactSchema, FactValue, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[4] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES: FactCues = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)
USE, PLACE = "min_months_of_each_service", "registered_in_jiangsu"


def heard(text: str, before: str = "", category: str | None = None) -> FactsRead:
    """What `text` tells after `before` was told."""
    known: dict[str, FactValue] = {}
    told: dict[str, str] = {}
    if before:
        for fact in heard(before, category=category).facts:
            known[fact.name], told[fact.name] = fact.value, fact.quote
    return read_facts(
        text,
        as_of=date(2023, 2, 20),
        schema=SCHEMA,
        cues=CUES,
        category=category,
        known=known,
        told=told,
    )


def values(read: FactsRead) -> dict[str, Any]:
    return {fact.name: dump_value(fact.value) for fact in read.facts}


@pytest.mark.parametrize(
    ("before", "text", "months"),
    [
        ("2020年5月8日注册", "我们注册那天就开始用云了", 14),
        ("2022年10月8日注册", "开业那天就用上了", 4.77),
        ("2022年10月8日注册", "公司一成立就上云了", 4.77),
        ("2022年10月8日注册", "成立以来一直用着阿里云", 4.77),
        ("", "2022年10月8日注册，注册当天就开始用云了", 4.77),
    ],
)
def test_what_was_used_from_registration_on_is_counted_from_that_day(
    before: str, text: str, months: float
) -> None:
    assert values(heard(text, before, "star_cloud"))[USE] == months


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("", "我们注册那天就开始用云了"),
        ("2022年10月8日注册", "注册那天还没用云"),
        ("2022年10月8日注册", "注册后一直没用云"),
    ],
)
def test_without_that_day_or_any_use_nothing_is_counted(before: str, text: str) -> None:
    assert USE not in values(heard(text, before, "star_cloud"))


@pytest.mark.parametrize(
    "text", ["公司注册地上海", "厂在南京，公司注册地上海", "营业执照是上海的，注册在上海"]
)
def test_the_place_of_registration_puts_a_mere_location_right(text: str) -> None:
    read = heard(text, "项目在安徽，公司在南京")
    assert [(fact.name, fact.value, fact.correction) for fact in read.facts] == [(PLACE, False, True)]


def test_two_places_of_registration_are_left_to_be_asked_back() -> None:
    assert [fact.correction for fact in heard("公司注册地上海", "注册在南京").facts] == [False]


@pytest.mark.parametrize(
    "text", ["合作社有营业执照，算法人的", "合作社法人", "是法人单位", "我们合作社是法人", "我们是法人单位"]
)
def test_who_is_a_legal_person_by_another_word_is_one(text: str) -> None:
    assert values(heard(text)) == {"independent_legal_person": True}


@pytest.mark.parametrize("text", ["法人是张总", "我是法人，手机号变了", "算法人员有几个", "母公司是法人单位"])
def test_who_the_representative_is_tells_nothing_of_the_firm(text: str) -> None:
    assert values(heard(text)) == {}


@pytest.mark.parametrize("text", ["IT部12人", "信息科6个人", "技术部有三十来个人", "研发中心一共15名工程师"])
def test_a_department_of_several_people_is_a_team(text: str) -> None:
    assert values(heard(text)) == {"professional_team": True}


SUM = "investment_3y_wan"


def changed(text: str, before: str, category: str, name: str) -> tuple[Any, bool, bool] | None:
    """The value that `text` gives the fact after `before`, whether it replaces, and whether it is only supposed."""
    fact = next((f for f in heard(text, before, category).facts if f.name == name), None)
    return fact and (dump_value(fact.value), fact.correction, fact.hypothetical)


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("近三年投入1600万", "去年下半年又投了500万", (2100, True, False)),
        ("近三年投入1600万", "2022年底又买了500万呢", (2100, True, True)),
        ("近三年投入1600万", "再投四百万够不够", (2000, True, True)),
        ("近三年投入1600万", "要是再追加300万呢", (1900, True, True)),
        ("我们投了8000万", "其中近三年的只有1700万", (1700, True, False)),
        ("我们投了8000万", "近三年才投了1700万", (1700, True, False)),
        ("近三年投入1600", "如果再投500呢", (2100, True, True)),
        ("近三年投入1600万", "还有一套300万的软件，漏算了", (1900, True, False)),
        ("软件900万，设备1300万", "设备说错了，是1000万", (1900, True, False)),
        ("一期投了900万，二期投了1300万", "一期记错了，应该是600万", (1900, True, False)),
        ("软件900万，设备1300万", "说错了，总共是1700万", (1700, True, False)),
        ("近三年投入2300万", "近三年投入1700万", (1700, False, False)),
        ("近三年投入1600万", "一共投了2300万", (2300, False, False)),
    ],
)
def test_a_sum_on_top_of_what_was_told_or_the_part_that_counts(
    before: str, text: str, expected: tuple[Any, bool, bool]
) -> None:
    assert changed(text, before, "benchmark_factory", SUM) == expected


@pytest.mark.parametrize("text", ["再盖500万的厂房够不够", "又融资了500万"])
def test_what_is_no_such_spending_is_not_added(text: str) -> None:
    assert changed(text, "近三年投入1600万", "benchmark_factory", SUM) is None


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("云服务用了五个月", "有一个才用了七十天", (2.33, True, False)),
        ("云服务用了五个月", "其中一项只用了两个月", (2, True, False)),
        ("云服务用了五个月", "OA才用了两个月", (2, True, False)),
        ("云服务用了五个月", "最短的两个月", (2, True, False)),
        ("云服务用了五个月", "另外一个用了八个月", None),
        ("云服务用了五个月", "前两个月是试用没付钱", None),
        ("云服务用了五个月", "云服务用了两个月", (2, False, False)),
    ],
)
def test_one_more_service_lowers_the_shortest_use_or_leaves_it(
    before: str, text: str, expected: tuple[Any, bool, bool] | None
) -> None:
    assert changed(text, before, "star_cloud", USE) == expected


@pytest.mark.parametrize("text", ["具体是2020年3月9号", "执照上是2020年3月9日"])
def test_a_day_inside_the_time_told_before_is_that_time_told_closer(text: str) -> None:
    known = {fact.name: fact.value for fact in heard("2020年3月成立的").facts}
    read = read_facts(
        text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES, asked="registered_on", known=known
    )
    assert values(read) == {"registered_on": "2020-03-09"}


def test_the_level_applied_for_is_changed_by_who_takes_another() -> None:
    assert values(heard("还是四星吧，我们够条件么", "申报五星", "star_cloud")) == {"applying_star": 4}


@pytest.mark.parametrize("text", ["四星我们有", "四星级早就有了", "四星公司都有的"])
def test_a_level_that_we_have_is_held_and_not_applied_for(text: str) -> None:
    assert values(heard(text, "申报五星", "star_cloud")) == {"current_star": 4}


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("近三年投入1600万", "另外还有200万的检测", (1800, True, False)),
        ("近三年投入1600万", "此外还有软件300万", (1900, True, False)),
        ("近三年投入1600万", "上个月又追投了450万", (2050, True, False)),
        ("近三年投入1600万", "另外还有500万贷款", None),
        ("", "自己再加900万", None),
    ],
)
def test_a_sum_beside_what_was_told_is_added_and_is_none_by_itself(
    before: str, text: str, expected: tuple[Any, bool, bool] | None
) -> None:
    assert changed(text, before, "benchmark_factory", SUM) == expected


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("其余的都是2022年6月的", None),
        ("别的服务都用了一年", None),
        ("其他的只用了一个月", 1),
    ],
)
def test_what_the_other_services_come_to_contradicts_nothing(text: str, use: int | None) -> None:
    told = changed(text, "有一项服务才用了两个月", "star_cloud", USE)
    assert (told and told[0]) == use


@pytest.mark.parametrize(
    ("before", "text", "levels"),
    [
        ("目前四星", "三星是2019年评的", {}),
        ("目前四星", "去年评上三星", {}),
        ("目前四星", "说错了，目前是三星", {"current_star": 3}),
        ("目前三星", "去年评上四星", {"current_star": 4}),
    ],
)
def test_when_a_lower_level_was_won_takes_nothing_from_the_one_held(
    before: str, text: str, levels: dict[str, int]
) -> None:
    assert values(heard(text, before, "star_cloud")) == levels


def test_the_party_of_which_was_told_is_the_applicant_beside_another() -> None:
    read = heard("母公司是省重点平台，子公司还不是", "子公司在无锡", "platform")
    assert values(read).get("already_recognized_platform") is not True
    told = heard("母公司前年认定过省重点平台，子公司没有", "子公司在无锡", "platform")
    assert values(told) == {"already_recognized_platform": False}
    assert values(heard("母公司前年认定过省重点平台，子公司没有", "", "platform")) == {}


@pytest.mark.parametrize(
    ("text", "known", "since"),
    [
        ("好像是3月", ("2020-01-01", "2020-04-30"), {"from": "2020-03-01", "to": "2020-03-31"}),
        ("应该是2月份", ("2020-01-01", "2020-03-31"), {"from": "2020-02-01", "to": "2020-02-29"}),
    ],
)
def test_a_month_without_its_year_is_inside_the_time_told_before(
    text: str, known: tuple[str, str], since: dict[str, str]
) -> None:
    before = DateRange(date.fromisoformat(known[0]), date.fromisoformat(known[1]))
    read = read_facts(
        text,
        as_of=date(2023, 3, 20),
        schema=SCHEMA,
        cues=CUES,
        asked="registered_on",
        known={"registered_on": before},
    )
    assert values(read) == {"registered_on": since}


@pytest.mark.parametrize(
    "text", ["前面都是假设，我实际是2017年的，在连云港", "那只是假设，公司实际是2017年的"]
)
def test_what_is_so_in_truth_is_told_after_ifs(text: str) -> None:
    told = {fact.name: (dump_value(fact.value), fact.hypothetical) for fact in heard(text).facts}
    assert told["registered_on"] == ({"from": "2017-01-01", "to": "2017-12-31"}, False)


def test_his_firm_is_another_beside_ours_alone() -> None:
    assert "registered_on" not in values(heard("他那个公司2009年注册的，我们是独立法人"))
    assert "registered_on" in values(heard("替我舅舅问，他那个公司2009年注册的，能报吗"))


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("原来在杭州注册，现在搬到苏州，注册地还没迁", False),
        ("以前在上海注册的，工商变更还没办", None),
        ("以前在上海注册", None),
        ("税务登记在南通，营业执照注册在宁波", False),
        ("公司注册在南通，税务登记在宁波", True),
    ],
)
def test_where_a_firm_was_registered_it_is_until_it_has_moved(text: str, inside: bool | None) -> None:
    read = read_facts(text, as_of=date(2023, 2, 20), schema=SCHEMA, cues=CUES)
    assert {fact.name: fact.value for fact in read.facts}.get("registered_in_jiangsu") is inside
