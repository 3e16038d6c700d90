from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from api.tools.catalogue import TOOLS, input_schema, load_wording

WORDING = load_wording()


def schema(scripted, tool, packs=None):
    return input_schema(TOOLS[tool], packs or scripted.packs, WORDING)


def test_every_tool_and_argument_has_its_words(scripted):
    assert set(WORDING.tools) == set(TOOLS) == {"search_clauses", "check_eligibility", "get_contacts"}
    two = {"kites": scripted.packs["kites"], "other": scripted.packs["kites"]}
    for tool in TOOLS:
        told = schema(scripted, tool, two)
        Draft202012Validator.check_schema(told)
        assert all(
            any("\u4e00" <= c <= "\u9fff" for c in f["description"]) for f in told["properties"].values()
        )


def test_where_there_is_one_pack_none_need_be_named(scripted):
    assert "pack" not in schema(scripted, "search_clauses")["properties"]
    two = {"kites": scripted.packs["kites"], "other": scripted.packs["kites"]}
    assert "pack" in schema(scripted, "search_clauses", two)["properties"]


@pytest.mark.parametrize(
    ("facts", "fits"),
    [
        ({}, True),
        ({"handmade": True, "span_cm": 3.5}, True),
        ({"handmade": None, "span_cm": {"from": 1, "to": None, "open": True}}, True),
        ({"handmade": "是"}, False),
        ({"span_cm": -1}, False),
        ({"span_cm": {"between": 1}}, False),
        ({"colour": "red"}, False),
    ],
)
def test_the_schema_admits_what_the_checker_takes(scripted, facts, fits):
    told = Draft202012Validator(schema(scripted, "check_eligibility"))
    arguments = {"category": "kite", "facts": facts}
    assert told.is_valid(arguments) is fits
    if fits:
        tool = TOOLS["check_eligibility"]
        assert tool.work(scripted, tool.arguments.model_validate(arguments)).category == "kite"
    assert not told.is_valid({"category": "balloon", "facts": {}})


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("search_clauses", {}),
        ("search_clauses", {"query": " "}),
        ("search_clauses", {"query": "x", "k": 51}),
        ("search_clauses", {"query": "x", "k": "5"}),
        ("check_eligibility", {"category": "kite", "facts": {}, "as_of": 5}),
        ("get_contacts", {"extra": 1}),
    ],
)
def test_other_arguments_are_refused(tool, arguments):
    with pytest.raises(ValidationError):
        TOOLS[tool].arguments.model_validate(arguments)
