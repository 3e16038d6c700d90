from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.facts import FactsRead, read_facts
from knowledge.cues import FactCues, load_fact_cues
from knowledge.facts import FactSchema, dump_value
from knowledge.strict_yaml import load_model

ROOT = Path(__file__).parents[4]
PACK = ROOT / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
TABLE = ROOT / "tests" / "fixtures" / "spoken_values.jsonl"
AS_OF = date(2023, 2, 6)
ROWS = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
CUES: FactCues = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)


def read(text: str, as_of: date = AS_OF, asked: str | None = None, category: str | None = None) -> FactsRead:
    return read_facts(text, as_of=as_of, schema=SCHEMA, cues=CUES, asked=asked, category=category)


def stated(text: str, **circumstances: Any) -> dict[str, Any]:
    return {f.name: dump_value(f.value) for f in read(text, **circumstances).facts if not f.hypothetical}


@pytest.mark.parametrize(
    "row", ROWS, ids=[f"{number}-{row['text'][:24]}" for number, row in enumerate(ROWS, 1)]
)
def test_spoken_values(row: dict[str, Any]) -> None:
    as_of = date.fromisoformat(row.get("as_of", AS_OF.isoformat()))
    said = read(row["text"], as_of, row.get("asked"), row.get("category"))
    assert {f.name: dump_value(f.value) for f in said.facts if not f.hypothetical} == row["facts"]
    assert {f.name: dump_value(f.value) for f in said.facts if f.hypothetical} == row.get("hypothetical", {})
    assert [a.name for a in said.ambiguous] == row.get("ambiguous", [])
    assert list(said.withdrawn) == row.get("withdrawn", [])
    assert said.new_applicant is row.get("new_applicant", False)
    if "corrections" in row:
        assert [f.name for f in said.facts if f.correction] == row["corrections"]


@pytest.mark.parametrize(
    "row", ROWS, ids=[f"{number}-{row['text'][:24]}" for number, row in enumerate(ROWS, 1)]
)
def test_every_quote_is_a_piece_of_the_message(row: dict[str, Any]) -> None:
    said = read(row["text"], asked=row.get("asked"), category=row.get("category"))
    assert all(f.quote and f.quote in row["text"] for f in said.facts)
    assert all(a.quote in row["text"] and a.question for a in said.ambiguous)


def test_every_fact_of_the_schema_can_be_read() -> None:
    assert set(CUES.facts()) == {spec.name for spec in SCHEMA.facts}
    assert {name for row in ROWS for name in row["facts"]} == set(CUES.facts())


def test_values_are_of_the_types_that_the_schema_accepts() -> None:
    for row in ROWS:
        facts = stated(row["text"], asked=row.get("asked"), category=row.get("category"))
        SCHEMA.parse(facts)


def test_quotes_keep_the_original_script_and_width() -> None:
    said = read("我們公司２０１９年８月成立，已經貫標")
    assert [f.quote for f in said.facts] == ["２０１９年８月成立", "已經貫標"]


def test_a_correction_is_marked_and_replaces_within_the_message() -> None:
    said = read("投了2500万，不对，应该是2600万", category="benchmark_factory")
    assert [(f.name, dump_value(f.value), f.correction) for f in said.facts] == [
        ("investment_3y_wan", 2600, True)
    ]


def test_two_statements_that_contradict_each_other_are_asked_back() -> None:
    said = read("我们2016年成立的。公司是2019年成立的。")
    assert said.facts == ()
    assert [(a.name, a.question) for a in said.ambiguous] == [
        ("registered_on", SCHEMA.spec("registered_on").question)
    ]


def test_of_two_statements_that_agree_the_closer_one_is_kept() -> None:
    assert stated("成立三年多了，2019年8月15日注册的") == {"registered_on": "2019-08-15"}


def test_stated_and_supposed_are_kept_apart() -> None:
    said = read("我们投了1500万。如果再算上，假如投了2100万，够吗？", category="benchmark_factory")
    assert [(dump_value(f.value), f.hypothetical) for f in said.facts] == [(1500, False), (2100, True)]


def supposed(text: str, **circumstances: Any) -> dict[str, Any]:
    said = read(text, **circumstances)
    assert all(fact.hypothetical for fact in said.facts)
    return {fact.name: dump_value(fact.value) for fact in said.facts}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("要是项目月底前能建成呢", {"project_built": True}),
        ("如果平台3月前能建成呢？", {"project_built": True}),
        ("要是项目下个月能建成呢", {"project_built": True}),
        ("要是没有审计报告呢", {"has_audit_report": False}),
    ],
)
def test_what_an_if_comes_to_is_supposed(text: str, facts: dict[str, Any]) -> None:
    assert supposed(text, category="benchmark_factory") == facts


def test_what_an_if_comes_to_is_supposed_without_its_subject_too() -> None:
    assert supposed("要是月底前能建成呢", category="platform") == {"project_built": True}


@pytest.mark.parametrize("text", ["要是项目月底前能建成，能报吗", "要是月底前能建成，能报吗"])
def test_a_question_behind_an_if_does_not_turn_it_around(text: str) -> None:
    assert supposed(text, category="platform") == {"project_built": True}


def test_what_an_if_comes_to_is_quoted_with_the_if() -> None:
    (fact,) = read("我们想问下，要是项目月底前能建成呢？", category="platform").facts
    assert fact.quote == "要是项目月底前能建成呢"


def test_an_if_leaves_what_is_told_beside_it_as_it_is() -> None:
    said = read("项目还没建成。要是项目月底前能建成呢？", category="platform")
    assert [(f.name, f.value, f.hypothetical) for f in said.facts] == [
        ("project_built", False, False),
        ("project_built", True, True),
    ]


@pytest.mark.parametrize("text", ["项目月底前能建成吗", "要是月底呢", "如果的话呢", "要是"])
def test_without_an_if_or_anything_in_it_nothing_is_supposed(text: str) -> None:
    assert not any(fact.hypothetical for fact in read(text, category="platform").facts)


@pytest.mark.parametrize(
    ("as_of", "months"),
    [
        (date(2023, 2, 6), {"from": 3.03, "to": 4}),
        (date(2023, 2, 28), {"from": 3.03, "to": 4}),
        (date(2023, 4, 1), {"from": 3.03, "to": 4}),
    ],
)
def test_months_of_use_are_counted_inside_the_period_only(as_of: date, months: Any) -> None:
    said = stated("云服务2022年11月开始用", as_of=as_of)
    assert said == {"min_months_of_each_service": months}


def test_use_from_before_the_period_is_the_whole_period() -> None:
    assert stated("云服务2021年就开始用了", as_of=date(2023, 3, 20)) == {"min_months_of_each_service": 14}


@pytest.mark.parametrize("when", [date(2022, 12, 30), date(2023, 2, 28), date(2024, 2, 29)])
def test_relative_dates_follow_the_day_of_asking(when: date) -> None:
    assert stated("去年三月注册的", as_of=when)["registered_on"] == {
        "from": f"{when.year - 1}-03-01",
        "to": f"{when.year - 1}-03-31",
    }


@given(st.text("我们没有贯标审计报告发票都过了2019年8月成立投了3000万三星四如果，。？吗 \n", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_message_is_read_and_quoted_verbatim(text: str) -> None:
    said = read(text)
    assert all(f.quote in text for f in said.facts)


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_any_characters_are_read_without_failing(text: str) -> None:
    read(text, asked="registered_on", category="star_cloud")


@given(st.integers(1, 99_999), st.sampled_from(["近三年投了{}万", "投入{}万元，够吗", "我们一共花了{} 万"]))
@settings(max_examples=100, deadline=None)
def test_a_sum_in_ten_thousands_is_read_as_said(wan: int, sentence: str) -> None:
    assert stated(sentence.format(wan))["investment_3y_wan"] == wan


@pytest.mark.parametrize(
    "piece",
    ["贯标", "一", "2000万", "三星", "审计报告、", "没有", "2019年", "其中", "用了3个月，", "，", "苏州成立"],
)
def test_long_messages_take_linear_time(piece: str) -> None:
    text = (piece * 8000)[:8000]
    start = time.process_time()  # of this process alone: other work on the machine does not count
    read(text, category="benchmark_factory")
    assert time.process_time() - start < 3
