"""When a value that no pattern reads is taken for that of a fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import read_facts
from assistant.facts.learned.lessons import State
from assistant.facts.learned.mentions import Kind, Mention
from assistant.facts.learned.model import StatementTuning
from knowledge.cues import load_fact_cues
from knowledge.facts import FactSchema, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[4] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)
TUNING = StatementTuning()
SINCE, USE, STAR = "registered_on", "min_months_of_each_service", "applying_star"


class Scripted:
    """Owners of values, told beforehand by a piece of their masked words."""

    tuning = TUNING

    def __init__(self, owners: Mapping[str, Mapping[str, float]]) -> None:
        self.known = owners

    def read(self, phrases: Sequence[str]) -> list[dict[State, float]]:
        return [{} for _ in phrases]

    def owners(self, words: Sequence[str], kinds: Sequence[Kind]) -> list[dict[str, float]]:
        assert len(words) == len(kinds)
        return [next((dict(o) for piece, o in self.known.items() if piece in text), {}) for text in words]


def read(text: str, owners: Mapping[str, Mapping[str, float]], **more: Any) -> dict[str, Any]:
    statements = Scripted(owners)
    said = read_facts(text, as_of=date(2023, 2, 10), schema=SCHEMA, cues=CUES, statements=statements, **more)
    return {fact.name: dump_value(fact.value) for fact in said.facts}


def test_a_clear_value_is_taken() -> None:
    assert read("本子是2019年8月12日到手的", {"甲日": {SINCE: TUNING.valued}}) == {SINCE: "2019-08-12"}
    assert read("本子是2019年8月12日到手的", {"甲日": {SINCE: TUNING.valued - 0.01}}) == {}


def test_what_was_asked_for_or_said_last_is_taken_sooner() -> None:
    nearly = {"甲时": {USE: TUNING.valued - TUNING.expected / 2}}
    assert read("有一个才两个半月", nearly) == {}
    assert read("有一个才两个半月", nearly, expected=(USE,)) == {USE: 2.5}


def test_that_a_message_mentions_nothing_is_found_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def counted(text: str, as_of: date) -> list[Mention]:
        looked.append(text)
        return []

    monkeypatch.setattr("assistant.facts.owned.find_mentions", counted)
    read("财务健全，信用良好，有专业团队，独立法人", {})
    assert len(looked) == 1


def test_a_value_alone_is_left_to_the_conversation() -> None:
    assert read("2019年8月12日", {"甲日": {SINCE: 2.0}}) == {}
    assert read("先这样，886", {"甲钱": {"investment_3y_wan": 2.0}}) == {}


def test_the_shortest_of_several_uses_counts() -> None:
    owners = {"甲时": {USE: 1.0}}
    assert read("这个七个月那个五个月", owners) == {USE: 5}


def test_what_is_asked_states_nothing() -> None:
    assert read("可以拖到2019年8月12日吗", {"甲日": {SINCE: 2.0}}) == {}


def test_a_value_that_is_clearly_another_s_is_taken_from_no_pattern() -> None:
    text = "社团2013年成立的"
    assert SINCE in read(text, {})
    assert read(text, {"甲日": {SINCE: TUNING.disowned - 0.01}}) == {}
    assert SINCE in read(text, {"甲日": {SINCE: TUNING.disowned + 0.01}})


def test_more_is_asked_of_a_fact_of_another_category() -> None:
    between = {"甲时": {USE: (TUNING.valued + TUNING.elsewhere) / 2}}
    assert read("那头跑了七个月", between, category="star_cloud") == {USE: 7}
    assert read("那头跑了七个月", between, category="platform") == {}


def test_a_sum_that_the_patterns_set_apart_is_not_learned_to_be_the_one_that_counts() -> None:
    owners = {"甲钱": {"investment_3y_wan": 2.0}}
    assert read("2016年花了3000万做车间", owners, category="benchmark_factory") == {}
    assert read("2021年花了3000万做车间", owners, category="benchmark_factory") == {"investment_3y_wan": 3000}


def test_a_day_still_to_come_is_not_learned_to_be_that_of_registration() -> None:
    owners = {"甲日": {SINCE: TUNING.valued}}
    assert read("本子明年到手", owners) == {}
    assert read("本子前年到手", owners) == {SINCE: {"from": "2021-01-01", "to": "2021-12-31"}}


def test_when_a_certificate_was_renewed_is_not_learned_to_be_its_last_day() -> None:
    owners = {"甲日": {"certificate_valid_until": TUNING.valued}}
    assert read("证前年换的", owners, category="benchmark_factory") == {}


@pytest.mark.parametrize("said", ["我们四星前年给摘牌了", "我们四星还没拿到", "我们四星公示还没结束"])
def test_a_level_lost_or_not_yet_won_is_not_learned_to_be_held(said: str) -> None:
    owners = {"甲星": {"current_star": TUNING.valued}}
    assert read(said, owners, category="star_cloud") == {}


def test_the_sum_of_the_rule_is_not_learned_to_be_the_applicant_s() -> None:
    owners = {"甲钱": {"investment_3y_wan": 2.0}}
    assert read("帮我看看2000万里面能不能含税", owners, category="benchmark_factory") == {}
