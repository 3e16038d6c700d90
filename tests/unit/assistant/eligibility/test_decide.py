"""Each kind of rule by itself."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from assistant.eligibility.decide import AnnexRules, Case, decide, number_status
from knowledge.facts import DateRange, FactSchema, NumberRange
from knowledge.rules import Node

SCHEMA = FactSchema.model_validate(
    {
        "facts": [
            {"name": name, "type": kind, "categories": ["c"], "meaning": name, "question": name, **more}
            for name, kind, more in [
                ("flag", "bool", {}),
                ("other", "bool", {}),
                ("number", "number", {}),
                ("day", "date", {}),
                ("wanted", "choice", {"choices": [1, 2]}),
                ("held", "choice", {"choices": [0, 1, 2]}),
            ]
        ]
    }
)
NODES = TypeAdapter(Node)


def finding(node, facts, **more):
    case = Case("c", facts, SCHEMA, more.get("loaded", {}), date(2023, 1, 1), date(2023, 2, 1))
    return decide(NODES.validate_python(node), case), case.steps


def status(node, facts, **more):
    return finding(node, facts, **more)[0].status


def exactly(number):
    return NumberRange.exactly(str(number))


@pytest.mark.parametrize(
    ("kind", "true", "false", "absent"),
    [
        ({"kind": "flag"}, "met", "not_met", "unknown"),
        ({"kind": "judgement"}, "needs_confirmation", "not_met", "unknown"),
        ({"kind": "annex", "annex": 1}, "met", "not_met", "needs_confirmation"),
    ],
)
def test_kinds_of_yes_and_no(kind, true, false, absent):
    node = {**kind, "fact": "flag"}
    assert [status(node, facts) for facts in ({"flag": True}, {"flag": False}, {})] == [true, false, absent]


def test_a_loaded_annex_is_asked_about():
    node = {"kind": "annex", "fact": "flag", "annex": 1}
    result, _ = finding(node, {}, loaded={1: AnnexRules((), partial=False)})
    assert (result.status, result.missing) == ("unknown", ("flag",))


@pytest.mark.parametrize(
    ("operator", "below", "at", "above"),
    [
        (">=", "not_met", "met", "met"),
        (">", "not_met", "not_met", "met"),
        ("<=", "met", "met", "not_met"),
        ("<", "met", "not_met", "not_met"),
        ("==", "not_met", "met", "not_met"),
    ],
)
def test_comparison_at_and_beside_the_threshold(operator, below, at, above):
    node = {"kind": "comparison", "fact": "number", "operator": operator, "threshold": 2000}
    assert [status(node, {"number": exactly(n)}) for n in (1999.99, 2000, 2000.01)] == [below, at, above]
    assert status(node, {}) == "unknown"


HOLDS = {
    ">=": lambda n: n >= 5,
    ">": lambda n: n > 5,
    "<=": lambda n: n <= 5,
    "<": lambda n: n < 5,
    "==": lambda n: n == 5,
}


@given(
    st.sampled_from(sorted(HOLDS)),
    st.one_of(st.none(), st.integers(2, 8)),
    st.one_of(st.none(), st.integers(2, 8)),
    st.booleans(),
)
def test_a_range_is_decided_exactly_when_all_its_numbers_agree(operator, lo, hi, excluded):
    halves = [Decimal(n) / 4 for n in range(-40, 80)]
    inside = [
        n
        for n in halves
        if (lo is None or (n > lo if excluded else n >= lo))
        and (hi is None or (n < hi if excluded else n <= hi))
    ]
    if not inside:
        return
    value = NumberRange(None if lo is None else Decimal(lo), None if hi is None else Decimal(hi), excluded)
    each = {HOLDS[operator](n) for n in inside}
    expected = "unknown" if len(each) == 2 else "met" if each == {True} else "not_met"
    assert number_status(value, operator, Decimal(5)) == expected


@pytest.mark.parametrize(
    ("lo", "hi", "expected"),
    [
        (date(2023, 4, 1), date(2023, 4, 1), "met"),
        (date(2023, 3, 31), date(2023, 3, 31), "needs_confirmation"),
        (date(2023, 3, 30), date(2023, 3, 30), "not_met"),
        (date(2023, 3, 1), date(2023, 3, 31), "unknown"),
        (date(2023, 3, 31), date(2023, 4, 30), "unknown"),
        (date(2023, 4, 1), None, "met"),
        (None, date(2023, 3, 30), "not_met"),
        (None, date(2023, 3, 31), "unknown"),
        (date(2023, 3, 31), None, "unknown"),
    ],
)
def test_a_date_after_a_day(lo, hi, expected):
    node = {"kind": "date_after", "fact": "day", "day": "2023-03-31", "on_the_day": "needs_confirmation"}
    assert status(node, {"day": DateRange(lo, hi)}) == expected


def test_one_of_some_values():
    node = {"kind": "one_of", "fact": "wanted", "values": [2]}
    assert [status(node, facts) for facts in ({"wanted": 2}, {"wanted": 1}, {})] == [
        "met",
        "not_met",
        "unknown",
    ]


LEVELS = {
    "kind": "prerequisite_level",
    "applying": "wanted",
    "held": "held",
    "requires": {2: 1},
    "when_held": "needs_confirmation",
}


@pytest.mark.parametrize(
    ("wanted", "held", "expected", "missing"),
    [
        (1, 0, "met", ()),
        (1, 1, "needs_confirmation", ()),
        (2, 0, "not_met", ()),
        (2, 1, "met", ()),
        (2, 2, "needs_confirmation", ()),
        (None, 2, "needs_confirmation", ()),
        (None, 0, "unknown", ("wanted",)),
        (2, None, "unknown", ("held",)),
        (None, None, "unknown", ("wanted", "held")),
    ],
)
def test_a_level_that_presupposes_another(wanted, held, expected, missing):
    facts = {name: value for name, value in (("wanted", wanted), ("held", held)) if value is not None}
    result, _ = finding(LEVELS, facts)
    assert (result.status, result.missing) == (expected, missing)


def test_parts_name_only_the_facts_that_leave_them_open():
    flag, other = {"kind": "flag", "fact": "flag"}, {"kind": "flag", "fact": "other"}
    gate = {
        "kind": "any",
        "of": [{"kind": "all", "of": [flag, other]}, {"kind": "not", "of": flag}],
    }
    assert finding(gate, {})[0].missing == ("flag", "other")
    assert finding(gate, {"flag": True})[0].missing == ("other",)
    assert finding(gate, {"flag": False})[0] == ("met", ())
    two = {"kind": "at_least", "count": 2, "of": [flag, other]}
    assert status(two, {"flag": True, "other": True}) == "met"
    assert status(two, {"flag": False}) == "not_met"


def test_every_comparison_and_every_whole_is_recorded_in_the_order_of_deciding():
    flag = {"kind": "flag", "fact": "flag"}
    _, steps = finding(
        {"kind": "any", "of": [{"kind": "not", "of": flag}, {**flag, "fact": "other"}]}, {"flag": True}
    )
    assert [(s.fact, s.comparison, s.outcome) for s in steps] == [
        ("flag", "==", "met"),
        (None, "not", "not_met"),
        ("other", "==", "unknown"),
        (None, "any", "unknown"),
    ]
