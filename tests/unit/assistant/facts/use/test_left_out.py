"""Services that an applicant leaves out: the shortest use of the others counts, or is asked for anew."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import FactsRead, read_facts
from knowledge.cues import FactCues, load_fact_cues
from knowledge.facts import FactSchema, FactValue, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES: FactCues = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)
SHORTEST, IN_USE = "min_months_of_each_service", "services_still_in_use"
THREE = "ERP用了8个月，OA用了两个月，视频会议用了一年"


def heard(text: str, before: str = "") -> FactsRead:
    """What `text` tells after `before` was told."""
    known: dict[str, FactValue] = {}
    told: dict[str, str] = {}
    if before:
        for fact in heard(before).facts:
            known[fact.name], told[fact.name] = fact.value, fact.quote
    return read_facts(
        text,
        as_of=date(2023, 2, 20),
        schema=SCHEMA,
        cues=CUES,
        category="star_cloud",
        known=known,
        told=told,
    )


def values(read: FactsRead) -> dict[str, Any]:
    return {fact.name: dump_value(fact.value) for fact in read.facts}


def test_the_shortest_use_is_quoted_with_the_services_it_was_told_beside() -> None:
    (fact,) = heard(THREE).facts
    assert (dump_value(fact.value), fact.quote) == (2, THREE)


@pytest.mark.parametrize(
    ("before", "text", "months"),
    [
        (THREE, "那OA不算进去，只拿ERP和视频会议两个报", 8),
        (THREE, "把OA去掉", 8),
        (THREE, "那就不报OA了", 8),
        (THREE, "那视频会议不报", 2),
        (THREE, "最短的那个不报", 8),
        ("ERP用了8个月、MES才2个月", "MES能不能不报", 8),
        ("用友用了两个月，钉钉用了5个月", "用友那个不报，只报钉钉", 5),
        ("ERP和CRM用了一年，OA用了两个月", "CRM不报了", 2),
        ("", "ERP用了8个月，OA用了两个月，OA不报", 8),
        ("三个云服务分别用了9个月、7个月、2个月", "那2个月的那个就不报了", 7),
        ("四个云服务分别用了9个月、7个月、半个月", "那半个月的那个不报了呢", 7),
        (THREE, "两个月的那项去掉", 8),
        ("", "ERP用了8个月，OA用了2个月，后一个不报了", 8),
        ("", "一项用了8个月，另一项用了2个月停了，只报前面那项", 8),
        ("", "ERP用了10个月，OA停用了，停用的那项不报", 10),
    ],
)
def test_the_shortest_of_the_services_that_are_left_counts(before: str, text: str, months: int) -> None:
    read = heard(text, before)
    assert values(read) == {SHORTEST: months}
    assert read.facts[0].correction
    assert read.withdrawn == ()


@pytest.mark.parametrize("text", ["那把MES去掉", "OA不报了", "最短的那个不报行不行"])
def test_where_the_rest_is_not_told_the_fact_is_taken_back(text: str) -> None:
    read = heard(text, "最短的用了两个月")
    assert (values(read), read.withdrawn) == ({}, (SHORTEST,))


@pytest.mark.parametrize("text", ["停用的那项能不能不报", "停了的那个不报了"])
def test_a_stopped_service_left_out_leaves_open_whether_the_others_are_in_use(text: str) -> None:
    assert heard(text, "最短的用了6个月，OA已经停了").withdrawn == (IN_USE,)


def test_a_service_left_out_under_an_if_is_supposed_only() -> None:
    read = heard("要是不报OA呢", THREE)
    assert [(fact.name, fact.hypothetical) for fact in read.facts] == [(SHORTEST, True)]
    assert read.withdrawn == ()


def test_the_shortest_use_told_anew_replaces_the_one_before() -> None:
    read = heard("就是说最短的那个用了8个月，都还在用", THREE)
    assert values(read) == {SHORTEST: 8, IN_USE: True}
    assert [fact.correction for fact in read.facts if fact.name == SHORTEST] == [True]


@pytest.mark.parametrize("text", ["三星不报了，报四星", "OA算不算云服务", "OA不算云服务吗", "云服务要不要报"])
def test_what_leaves_no_service_out_changes_nothing(text: str) -> None:
    read = heard(text, THREE)
    assert SHORTEST not in values(read)
    assert read.withdrawn == ()


def test_long_lists_of_services_take_linear_time() -> None:
    began = time.thread_time()
    heard("不报，ERP用了8个月，" * 660)
    assert time.thread_time() - began < 6


def test_the_use_of_the_rest_takes_the_place_of_what_was_told_with_the_service_left_out() -> None:
    read = heard("停用的那个不算，剩下的都用了大半年", "上云服务用了俩月就停了")
    assert read.withdrawn == (IN_USE,)
    assert [(f.name, f.correction) for f in read.facts] == [(SHORTEST, True)]


@pytest.mark.parametrize("text", ["那项不报可以吗", "这个服务就不算了", "那个不要了"])
def test_the_one_told_last_is_left_out_and_the_others_are_asked_for(text: str) -> None:
    read = heard(text, "有一项服务才用了两个月")
    assert (values(read), read.withdrawn) == ({}, (SHORTEST,))


def test_what_the_others_come_to_stands_in_its_place() -> None:
    read = heard("那项不报了，其他的都用了一年", "有一项服务才用了两个月")
    assert values(read) == {SHORTEST: 12}


def test_a_service_told_by_itself_is_left_out_by_its_name() -> None:
    read = heard("把网盘剔掉再看看", "网盘是去年12月10号才开通的")
    assert (values(read), read.withdrawn) == ({}, (SHORTEST,))


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("我司有两项云服务，一项用了2个月停了，另一项用了10个月在用，只报后一项", 10),
        ("两个云服务，第一个用了8个月还在用，第二个用了1个月，只申报第一个", 8),
        ("两项云服务，一项用了10个月在用，一项停用了，后一项不报", 10),
    ],
)
def test_of_two_one_is_claimed_with_what_was_told_of_it(text: str, months: int) -> None:
    assert values(heard(text)) == {SHORTEST: months, IN_USE: True}


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("用了10个月，只报后一项", 10),
        ("ERP用了8个月，OA用了6个月，后一项要报吗", 6),
        ("三个服务用了8个月、5个月、2个月，只报第一个", 2),
    ],
)
def test_a_place_that_is_not_plain_leaves_out_nothing(text: str, months: int) -> None:
    assert values(heard(text)) == {SHORTEST: months}
