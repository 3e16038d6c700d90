"""When what was learned is believed, beside what the patterns read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.facts import read_facts
from assistant.facts.learned.lessons import State
from assistant.facts.learned.mentions import Kind
from assistant.facts.learned.model import StatementTuning
from assistant.facts.message.utterance import hear
from assistant.facts.reading import Hearing
from assistant.facts.stated import read_stated
from knowledge.cues import load_fact_cues
from knowledge.facts import FactSchema, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[4] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)
AS_OF = date(2023, 2, 10)
TUNING = StatementTuning()
SOUND, INVOICES = "sound_finance", "has_invoices"


class Scripted:
    """States of phrases, told beforehand; other phrases state nothing."""

    tuning = TUNING

    def __init__(self, states: Mapping[str, Mapping[State, float]]) -> None:
        self.states, self.asked = states, []

    def read(self, phrases: Sequence[str]) -> list[dict[State, float]]:
        self.asked += phrases
        return [dict(self.states.get(phrase, {})) for phrase in phrases]

    def owners(self, words: Sequence[str], kinds: Sequence[Kind]) -> list[dict[str, float]]:
        return [{} for _ in words]


def believed(text: str, margins: Mapping[State, float], category: str | None = None) -> dict[str, Any]:
    hearing = Hearing(hear(text, {}), AS_OF, SCHEMA, CUES, category=category)
    return {find.name: find.value for find in read_stated(hearing, [], Scripted({text: margins}))}


def read(text: str, states: Mapping[str, Mapping[State, float]], category: str | None = None) -> Any:
    return read_facts(
        text, as_of=AS_OF, schema=SCHEMA, cues=CUES, category=category, statements=Scripted(states)
    )


def values(said: Any) -> dict[str, Any]:
    return {fact.name: dump_value(fact.value) for fact in said.facts}


def test_a_clear_statement_is_believed() -> None:
    assert believed("钱上没毛病", {(SOUND, True): TUNING.clear}) == {SOUND: True}
    assert believed("钱上没毛病", {(SOUND, True): TUNING.clear - 0.01}) == {}


def test_more_is_asked_of_a_no_than_of_a_yes() -> None:
    between = (TUNING.clear + TUNING.clear_no) / 2
    assert believed("钱上不大行", {(SOUND, False): between}) == {}
    assert believed("钱上没毛病", {(SOUND, True): between}) == {SOUND: True}
    assert believed("钱上不大行", {(SOUND, False): TUNING.clear_no}) == {SOUND: False}


@pytest.mark.parametrize(("yes", "no"), [(0.9, 0.9), (1.0, 1.0 - 0.9 * TUNING.apart), (0.6, 0.8)])
def test_nothing_is_believed_where_yes_and_no_are_about_as_clear(yes: float, no: float) -> None:
    assert believed("钱上有点说不清", {(SOUND, True): yes, (SOUND, False): no}) == {}


def test_the_much_clearer_of_yes_and_no_is_believed() -> None:
    margins = {(SOUND, True): 1.0, (SOUND, False): 0.9 - TUNING.apart}
    assert believed("钱上没毛病", margins) == {SOUND: True}


def test_more_is_asked_of_a_fact_of_another_category() -> None:
    margin = {(INVOICES, True): (TUNING.clear + TUNING.elsewhere) / 2}
    assert believed("票据一张不少", margin, "benchmark_factory") == {INVOICES: True}
    assert believed("票据一张不少", margin) == {INVOICES: True}
    assert believed("票据一张不少", margin, "star_cloud") == {}
    assert believed("票据一张不少", {(INVOICES, True): TUNING.elsewhere}, "star_cloud") == {INVOICES: True}


def test_one_character_is_no_statement() -> None:
    statements = Scripted({})
    hearing = Hearing(hear("好，钱上没毛病", {}), AS_OF, SCHEMA, CUES)
    read_stated(hearing, [], statements)
    assert statements.asked == ["钱上没毛病"]


def test_what_is_said_of_somebody_else_is_not_believed() -> None:
    margins = {(SOUND, True): 2.0}
    said = read("我们隔壁那家公司钱上没毛病", {"我们隔壁那家公司钱上没毛病": margins})
    assert SOUND not in values(said)


def test_what_was_learned_is_quoted_as_it_was_said() -> None:
    said = read("我们厂呢，钱上没毛病，还有啥", {"钱上没毛病": {(SOUND, True): 1.0}})
    assert [(fact.name, fact.quote) for fact in said.facts] == [(SOUND, "钱上没毛病")]


def test_against_the_patterns_only_what_is_beyond_doubt_is_believed() -> None:
    text = "我们有发票"
    assert values(read(text, {})) == {INVOICES: True}
    below, from_there = TUNING.beyond_doubt - 0.01, TUNING.beyond_doubt
    assert values(read(text, {text: {(INVOICES, False): below}})) == {INVOICES: True}
    assert values(read(text, {text: {(INVOICES, False): from_there}})) == {INVOICES: False}


def test_what_the_patterns_read_stays_beside_what_is_learned() -> None:
    said = read("我们有发票，钱上没毛病", {"钱上没毛病": {(SOUND, True): 1.0}})
    assert values(said) == {INVOICES: True, SOUND: True}


def test_what_the_patterns_read_of_another_phrase_stands() -> None:
    said = read("我们有发票，票据那块别提了", {"票据那块别提了": {(INVOICES, False): 2.0}})
    assert values(said) == {INVOICES: True}


@pytest.mark.parametrize(
    "text",
    [
        "浙江的企业上云补贴",
        "上海标杆工厂名单",
        "地址就是上海中山东路吧",
        "邮寄地址是上海",
        "你们的地址在上海",
    ],
)
def test_a_place_of_a_programme_or_of_letters_is_nobodys_seat(text: str) -> None:
    assert believed(text, {("registered_in_jiangsu", False): 2.0}) == {}


def test_an_answer_to_what_was_asked_states_nothing_else() -> None:
    states = {"没问题的": {(SOUND, True): 2.0, (INVOICES, True): 2.0}}
    told = read_facts(
        "没问题的", as_of=AS_OF, schema=SCHEMA, cues=CUES, asked=SOUND, statements=Scripted(states)
    )
    assert values(told) == {SOUND: True}


def test_a_no_to_what_nobody_spoke_of_is_not_believed() -> None:
    stopped = {("services_still_in_use", False): TUNING.elsewhere + 1}
    assert believed("报名已经关了", stopped) == {}
    assert believed("报名已经关了", stopped, category="star_cloud") == {"services_still_in_use": False}
    assert believed("云那边已经关了", stopped) == {"services_still_in_use": False}


def test_a_bare_name_with_a_particle_says_neither_yes_nor_no() -> None:
    no = {("integration_certified", False): 1.5}
    assert believed("贯标么", no, "benchmark_factory") == {}
    assert believed("贯标没做成", no, "benchmark_factory") == {"integration_certified": False}


def test_what_is_asked_to_count_is_not_denied() -> None:
    said = {"团队就两个人": {("professional_team", False): 1.5}}
    assert values(read("团队就两个人，算不算专业团队", said)) == {}
    assert values(read("团队就两个人，能报吗", said)) == {"professional_team": False}


def test_a_phrase_that_names_another_firm_is_not_learned_from() -> None:
    said = {"这边A厂贯标都办了": {("integration_certified", True): 1.5}}
    assert values(read("这边A厂贯标都办了，B厂没有贯标", said, "benchmark_factory")) == {}


@pytest.mark.parametrize("text", ["有专门的财务部和专职出纳", "有专门财务", "有专职会计"])
def test_who_keeps_the_books_is_no_professional_team(text: str) -> None:
    states = {text: {("professional_team", True): TUNING.beyond_doubt, (SOUND, True): TUNING.beyond_doubt}}
    assert values(read(text, states)) == {SOUND: True}


def test_a_team_beside_the_books_is_one() -> None:
    text = "有专职的信息化团队和财务"
    assert values(read(text, {text: {("professional_team", True): TUNING.beyond_doubt}})) == {
        "professional_team": True
    }
