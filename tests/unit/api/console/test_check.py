from __future__ import annotations

import re

import pytest

from api.console.fact_form import Filled, fields, raw_value, read
from knowledge.facts import FactSchema, FactSpec


def spec(kind, **more):
    return FactSpec(name="f", type=kind, categories=("kite",), meaning="情况", question="？", **more)


NUMBER, DATE, BOOL = spec("number", minimum=0), spec("date"), spec("bool")
CHOICE, WHOLE = spec("choice", choices=(3, 4), labels={3: "三星级"}), spec("int", minimum=0, maximum=3)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (BOOL, "true", True),
        (BOOL, "false", False),
        (CHOICE, "3", 3),
        (WHOLE, "2", 2),
        (NUMBER, "2000", 2000),
        (NUMBER, "1,999.99", 1999.99),
        (NUMBER, "1500~1800", {"from": 1500, "to": 1800}),
        (NUMBER, "1500 至 1800", {"from": 1500, "to": 1800}),
        (NUMBER, "<2000", {"from": None, "to": 2000, "open": True}),
        (NUMBER, "≥ 3", {"from": 3, "to": None}),
        (NUMBER, "~5", {"from": None, "to": 5}),
        (DATE, "2021-06", "2021-06"),
        (DATE, "2021", "2021"),
        (DATE, "2019-01~2019-03", {"from": "2019-01", "to": "2019-03"}),
    ],
)
def test_what_is_typed_becomes_the_value_that_the_checker_takes(kind, text, value):
    raw = raw_value(kind, text)
    assert raw == value
    assert type(raw) is type(value)
    kind.parse(raw)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (NUMBER, "很多"),
        (NUMBER, "-1"),
        (NUMBER, "1e9"),
        (NUMBER, "nan"),
        (NUMBER, "5~3"),
        (NUMBER, "9" * 50),
        (NUMBER, "~a"),
        (DATE, "2021-13"),
        (DATE, "去年"),
        (DATE, "1899"),
        (DATE, "2020~2019"),
        (BOOL, "是"),
        (CHOICE, "5"),
        (WHOLE, "4"),
    ],
)
def test_what_cannot_be_taken_is_told_and_left_unknown(kind, text):
    filled = read(FactSchema(facts=(kind,)), {"f": text})
    assert filled.facts == {}
    assert filled.problems["f"].startswith("应为")
    assert filled.given["f"] == text[:60]


def test_an_empty_field_is_unknown_never_false():
    filled = read(FactSchema(facts=(BOOL,)), {"f": " "})
    assert (filled.facts, filled.problems) == ({}, {})


def test_a_fact_is_chosen_where_it_has_few_values_and_typed_elsewhere():
    empty = Filled({}, {}, {})

    def options(kind):
        return [value for value, _ in fields(FactSchema(facts=(kind,)), "kite", empty)[0].options]

    assert options(BOOL) == ["", "true", "false"]
    assert options(CHOICE) == ["", "3", "4"]
    assert options(WHOLE) == ["", "0", "1", "2", "3"]
    assert options(NUMBER) == options(DATE) == []
    assert options(spec("int", minimum=0)) == []


def test_the_form_comes_from_the_fact_schema_with_the_verdict_beside_it(staff, desk):
    page = staff.get("/check").text
    assert page.count('id="fact-') == len(desk.packs["kites"].schema.facts)
    assert "还要问" in page
    assert 'data-live="verdict"' in page
    assert desk.checked == [{}]


def test_the_verdict_follows_the_facts(staff, desk):
    page = staff.post("/check", category="kite", handmade="false", span_cm="30", as_of="2023-02-20").text
    assert desk.checked[-1] == {"handmade": False, "span_cm": 30}
    assert 'class="verdict ineligible"' in page
    assert "不满足，及补救" in page
    assert re.search(r'name="handmade" value="false" checked', page)
    assert 'name="span_cm" value="30"' in page


def test_a_wrong_fact_is_told_beside_its_field_and_the_others_still_count(staff, desk):
    page = staff.post("/check", category="kite", handmade="true", span_cm="-5").text
    assert desk.checked[-1] == {"handmade": True}
    assert 'aria-invalid="true" aria-describedby="wrong-span_cm"' in page
    assert 'id="wrong-span_cm"' in page


def test_a_wrong_day_is_told_and_what_was_filled_in_stays(staff):
    page = staff.post("/check", category="kite", handmade="true", as_of="2023-02-30").text
    assert "2023-02-30 不能用" in page
    assert re.search(r'name="handmade" value="true" checked', page)


def test_checking_keeps_nothing(staff, records):
    before = records.audit.count()
    staff.post("/check", category="kite", handmade="true")
    assert records.audit.count() == before
    assert records.conversations.count() == 0
