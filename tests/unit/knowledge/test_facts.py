"""Facts as typed values: the declared table, strict types, bounds, ranges, and their JSON forms."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.errors import FactError
from knowledge.facts import DateRange, FactSchema, FactSpec, NumberRange, dump_value
from knowledge.strict_yaml import load_model

FACTS = Path(__file__).resolve().parents[3] / "knowledge/packs/jiangsu-2023-industrial-internet/facts.yaml"
ALL = ("platform", "benchmark_factory", "star_cloud")
FACTORY, CLOUD = ("benchmark_factory",), ("star_cloud",)
TABLE = [
    ("registered_in_jiangsu", "bool", ALL),
    ("independent_legal_person", "bool", ALL),
    ("registered_on", "date", ALL),
    ("sound_finance", "bool", ALL),
    ("good_credit", "bool", ALL),
    ("professional_team", "bool", ALL),
    ("meets_guideline", "bool", ALL),
    ("project_built", "bool", ("platform", "benchmark_factory")),
    ("already_recognized_platform", "bool", ("platform",)),
    ("significant_upgrade", "bool", ("platform",)),
    ("investment_3y_wan", "number", FACTORY),
    ("has_audit_report", "bool", FACTORY),
    ("has_invoices", "bool", FACTORY),
    ("integration_certified", "bool", FACTORY),
    ("certificate_issued", "bool", FACTORY),
    ("certificate_valid_until", "date", FACTORY),
    ("has_certification_evidence", "bool", FACTORY),
    ("foundation_aspects_met", "int", FACTORY),
    ("manufacturing_directions_covered", "int", FACTORY),
    ("benchmark_directions_covered", "int", FACTORY),
    ("innovation_directions_mature", "int", FACTORY),
    ("applying_star", "choice", CLOUD),
    ("current_star", "choice", CLOUD),
    ("min_months_of_each_service", "number", CLOUD),
    ("services_still_in_use", "bool", CLOUD),
]
BOUNDS = {
    "investment_3y_wan": (0, None),
    "foundation_aspects_met": (0, 3),
    "manufacturing_directions_covered": (0, 3),
    "benchmark_directions_covered": (0, 4),
    "innovation_directions_mature": (0, 7),
    "min_months_of_each_service": (0, None),
}


@pytest.fixture(scope="module")
def schema():
    return load_model(FACTS, FactSchema)


def test_the_schema_is_the_declared_table(schema):
    assert [(spec.name, spec.type, spec.categories) for spec in schema.facts] == TABLE
    bounds = {
        spec.name: (spec.minimum, spec.maximum) for spec in schema.facts if spec.type in ("int", "number")
    }
    assert bounds == BOUNDS
    assert schema.spec("applying_star").choices == (3, 4, 5)
    assert schema.spec("current_star").choices == (0, 3, 4, 5)


def test_every_fact_has_a_meaning_and_a_question_and_every_choice_a_label(schema):
    for spec in schema.facts:
        assert spec.meaning
        assert spec.question.endswith("？")
        assert set(spec.labels) == set(spec.choices)
        assert bool(spec.unit) == (spec.type in ("number", "int"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("investment_3y_wan", -5),
        ("investment_3y_wan", "abc"),
        ("investment_3y_wan", "2000"),
        ("investment_3y_wan", float("1e400")),
        ("investment_3y_wan", float("nan")),
        ("investment_3y_wan", 10**400),
        pytest.param("investment_3y_wan", 10**5000, id="a number of five thousand digits"),
        ("investment_3y_wan", Decimal("sNaN")),
        ("investment_3y_wan", True),
        ("investment_3y_wan", []),
        ("investment_3y_wan", {"from": 1}),
        ("investment_3y_wan", {"from": 2, "to": 1}),
        ("investment_3y_wan", {"from": 1, "to": 1, "open": True}),
        ("investment_3y_wan", {"from": None, "to": 0, "open": True}),
        ("investment_3y_wan", {"from": 1, "to": 2, "open": 1}),
        ("investment_3y_wan", {"from": 1, "to": 2, "unit": "万元"}),
        ("investment_3y_wan", {"from": {"from": 1, "to": 2}, "to": 3}),
        ("applying_star", 6),
        ("applying_star", 0),
        ("applying_star", "4"),
        ("applying_star", True),
        ("applying_star", {"from": 3, "to": 4}),
        ("foundation_aspects_met", 4),
        ("foundation_aspects_met", 1.5),
        ("foundation_aspects_met", {"from": 2, "to": 3, "open": True}),
        ("foundation_aspects_met", {"from": 3, "to": None, "open": True}),
        ("registered_on", "3000"),
        ("registered_on", "1899-12-31"),
        ("registered_on", "2101-01-01"),
        ("registered_on", "2023-02-29"),
        ("registered_on", "2023-13"),
        ("registered_on", "0000"),
        ("registered_on", "２０２０"),
        ("registered_on", "2020-1-1"),
        ("registered_on", "2020-01-01\n"),
        ("registered_on", 2020),
        ("registered_on", {"from": "2020-02", "to": "2020-01"}),
        ("registered_on", {"from": "2020", "to": "2020", "open": True}),
        ("registered_on", {"from": "2100", "to": None, "open": True}),
        ("registered_on", {"from": None, "to": "1900", "open": True}),
        ("good_credit", 1),
        ("good_credit", 0),
        ("good_credit", "true"),
        ("good_credit", {"from": True, "to": True}),
    ],
)
def test_what_is_not_allowed_is_refused_with_field_value_and_what_is(schema, name, value):
    with pytest.raises(FactError) as refused:
        schema.parse({name: value})
    assert refused.value.name == name
    assert refused.value.allowed == schema.spec(name).allowed
    assert str(refused.value).startswith(f"{name}: 收到 ")


def test_an_unknown_fact_is_refused_with_the_known_ones(schema):
    with pytest.raises(FactError) as refused:
        schema.parse({"colour": "red"})
    assert "registered_on" in refused.value.allowed


@pytest.mark.parametrize(
    ("name", "value", "typed"),
    [
        ("investment_3y_wan", 1999.99, NumberRange(Decimal("1999.99"), Decimal("1999.99"))),
        (
            "investment_3y_wan",
            {"from": None, "to": 2000, "open": True},
            NumberRange(None, Decimal(2000), True),
        ),
        ("foundation_aspects_met", {"from": 1, "to": 3, "open": True}, NumberRange(Decimal(2), Decimal(2))),
        ("foundation_aspects_met", {"from": 1, "to": None, "open": True}, NumberRange(Decimal(2), None)),
        ("foundation_aspects_met", 2.0, NumberRange(Decimal(2), Decimal(2))),
        ("current_star", 0, 0),
        ("good_credit", False, False),
        ("registered_on", "2020", DateRange(date(2020, 1, 1), date(2020, 12, 31))),
        ("registered_on", "2020-02", DateRange(date(2020, 2, 1), date(2020, 2, 29))),
        ("registered_on", "2020-02-20", DateRange(date(2020, 2, 20), date(2020, 2, 20))),
        ("registered_on", {"from": "2019", "to": "2020-02"}, DateRange(date(2019, 1, 1), date(2020, 2, 29))),
        ("registered_on", {"from": "2019", "to": None, "open": True}, DateRange(date(2020, 1, 1), None)),
        ("registered_on", {"from": None, "to": "2020-02", "open": True}, DateRange(None, date(2020, 1, 31))),
    ],
)
def test_values_keep_exactly_what_was_said(schema, name, value, typed):
    assert schema.parse({name: value}) == {name: typed}


@pytest.mark.parametrize("silence", [None, {"from": None, "to": None}])
def test_null_and_a_range_without_ends_say_nothing(schema, silence):
    assert schema.parse({"investment_3y_wan": silence, "registered_on": silence}) == {}


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat)
AMOUNTS = st.one_of(st.integers(0, 10**9), st.decimals(0, 10**6, places=2).map(float))


def ranges(values):
    return st.tuples(values, values).map(sorted).map(lambda ends: {"from": ends[0], "to": ends[1]})


@given(
    st.one_of(
        st.tuples(st.just("registered_on"), st.one_of(DAYS, ranges(DAYS))),
        st.tuples(st.just("investment_3y_wan"), st.one_of(AMOUNTS, ranges(AMOUNTS))),
        st.tuples(st.just("foundation_aspects_met"), st.one_of(st.integers(0, 3), ranges(st.integers(0, 3)))),
    )
)
def test_a_value_shown_as_json_reads_back_the_same(schema, stated):
    name, raw = stated
    value = schema.parse({name: raw})[name]
    shown = json.loads(json.dumps(dump_value(value)))
    assert schema.parse({name: shown})[name] == value
    assert schema.spec(name).admits(value)


@given(st.sampled_from([name for name, *_ in TABLE]), st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["from", "to", "open"]), inner),
    max_leaves=4,
))  # fmt: skip
def test_any_json_is_either_taken_or_refused_as_a_fact(schema, name, value):
    try:
        parsed = schema.parse({name: value})
    except FactError:
        return
    assert all(schema.spec(name).admits(each) for each in parsed.values())


@pytest.mark.parametrize(
    "changes",
    [
        {"choices": (1,)},
        {"type": "choice"},
        {"labels": {1: "一"}},
        {"ease": 0},
        {"type": "text"},
        {"unknown": 1},
    ],
)
def test_a_wrong_declaration_is_refused(changes):
    plain = {"name": "n", "type": "bool", "categories": (), "meaning": "m", "question": "q"}
    with pytest.raises(ValidationError):
        FactSpec.model_validate(plain | changes)
