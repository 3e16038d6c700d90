"""Values that a text mentions, and the text around one of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts.learned.mentions import Kind, facts_of, find_mentions, masked, value_of
from knowledge.cues import FactCues, load_fact_cues
from knowledge.facts import DateRange, NumberRange

PACK = Path(__file__).parents[5] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES = load_fact_cues(PACK / "fact_cues.yaml")
AS_OF = date(2023, 2, 10)


def kinds(text: str) -> list[tuple[str, Kind]]:
    return [(text[m.start : m.end], m.kind) for m in find_mentions(text, AS_OF)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("阿里云七个月", [("七个月", Kind.SPAN)]),
        ("2019年8月办的照", [("2019年8月", Kind.DATE)]),
        ("投了2400万", [("2400万", Kind.SUM)]),
        ("三星升四星", [("三星", Kind.LEVEL), ("四星", Kind.LEVEL)]),
        ("四个方向占俩", [("四", Kind.COUNT), ("俩", Kind.COUNT)]),
        ("账目清楚", []),
    ],
)
def test_values_are_found_with_their_kinds(text: str, found: list[tuple[str, Kind]]) -> None:
    assert kinds(text) == found


def words(text: str) -> list[str]:
    mentions = find_mentions(text, AS_OF)
    return [masked(text, mentions, mention) for mention in mentions]


def test_one_value_is_marked_and_the_others_beside_it() -> None:
    assert words("阿里云七个月、华为云五个月") == ["阿里云甲时、华为云乙时", "阿里云乙时、华为云甲时"]


def test_which_value_it_is_tells_nothing() -> None:
    assert words("现在三星") == words("现在5星级")
    assert words("投了2400万") == words("投了三千万")


def test_a_level_is_judged_by_its_own_phrase() -> None:
    assert words("隔壁评上五星了，我们也想搞个三星，够资格不") == ["隔壁评上甲星了", "我们也想搞个甲星"]


def test_only_the_words_near_a_value_are_kept() -> None:
    (one,) = words("前" * 50 + "七个月" + "后" * 50)
    assert one == "前" * 18 + "甲时" + "后" * 14


def test_a_value_is_one_of_the_facts_of_its_kind() -> None:
    assert facts_of(Kind.LEVEL, CUES) == {"applying_star", "current_star"}
    assert facts_of(Kind.SUM, CUES) == {"investment_3y_wan"}
    assert facts_of(Kind.SPAN, FactCues()) == frozenset()


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("2019年8月", "registered_on", DateRange(date(2019, 8, 1), date(2019, 8, 31))),
        ("今年", "registered_on", DateRange(date(2023, 1, 1), AS_OF)),
        ("2023年6月30日", "certificate_valid_until", DateRange.exactly(date(2023, 6, 30))),
        ("2400万", "investment_3y_wan", NumberRange.exactly(2400)),
        ("四星", "applying_star", 4),
        ("二星", "applying_star", None),
        ("2个", "foundation_aspects_met", NumberRange.exactly(2)),
        ("5个", "foundation_aspects_met", None),
        ("七个月", "min_months_of_each_service", NumberRange(Decimal(7), Decimal(7))),
    ],
)
def test_a_mention_becomes_a_value_of_a_fact(text: str, fact: str, value: object) -> None:
    (mention,) = find_mentions(text, AS_OF)
    assert value_of(fact, mention, CUES, AS_OF) == value


@given(st.text(alphabet="年月日星万个三四2019.，云投了最短 ", max_size=60))
def test_mentions_never_overlap_and_every_one_can_be_masked(text: str) -> None:
    mentions = find_mentions(text, AS_OF)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    for mention in mentions:
        assert f"甲{mention.kind.value}" in masked(text, mentions, mention)
