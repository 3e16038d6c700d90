"""Rules as data: what rules.yaml may hold, and this pack's rules held against their own notice."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from knowledge.clauses import parse_notice
from knowledge.errors import PackError
from knowledge.facts import FactSchema
from knowledge.models import Notice
from knowledge.rules import (
    SLOT,
    AnnexNode,
    Comparison,
    DateAfter,
    Flag,
    Judgement,
    OneOf,
    PrerequisiteLevel,
    RuleBook,
    Tenure,
    bound,
    leaves,
    rules_schema,
)
from knowledge.strict_yaml import load_model

ROOT = Path(__file__).resolve().parents[3]
PACK = ROOT / "knowledge/packs/jiangsu-2023-industrial-internet"
GOLDEN = ROOT / "tests/golden/rules.schema.json"
TYPE_OF = {
    Flag: "bool",
    Judgement: "bool",
    AnnexNode: "bool",
    Tenure: "date",
    DateAfter: "date",
    OneOf: "choice",
}
CRITERION = {
    "id": "a",
    "title": "甲",
    "clause": "3.1",
    "quote": "甲",
    "categories": ["platform"],
    "rule": {"kind": "flag", "fact": "f"},
    "reasons": [{"status": "met", "text": "甲。"}],
    "remedy": {},
}


@pytest.fixture(scope="module")
def rules():
    return load_model(PACK / "rules.yaml", RuleBook)


@pytest.fixture(scope="module")
def schema():
    return load_model(PACK / "facts.yaml", FactSchema)


@pytest.fixture(scope="module")
def notice():
    return load_model(PACK / "pack.yaml", Notice)


@pytest.fixture(scope="module")
def tree(notice):
    return parse_notice((PACK / "notice.txt").read_bytes().decode(), notice.categories)


def squeezed(text):
    return re.sub(r"\s", "", text)


def book(**changes):
    return RuleBook.model_validate({"scope": "3", "criteria": [CRITERION | changes]})


def test_the_json_schema_is_the_golden_one():
    assert rules_schema() == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_every_quotation_is_verbatim_in_its_clause(rules, tree):
    for criterion in rules.criteria:
        assert squeezed(criterion.quote) in squeezed(tree.get(criterion.clause).text), criterion.id
    for left_out in rules.not_modelled:
        assert squeezed(left_out.words) in squeezed(tree.get(left_out.clause).text), left_out.words


def test_every_clause_of_the_conditions_is_a_criterion_or_said_to_be_left_out(rules, tree):
    scope = {rules.scope} | {clause.id for clause in tree.descendants(rules.scope)}
    spoken_of = {criterion.clause for criterion in rules.criteria} | {
        each.clause for each in rules.not_modelled
    }
    assert spoken_of == scope
    assert all(left_out.reason for left_out in rules.not_modelled)


def test_a_criterion_binds_the_categories_of_its_clause(rules, tree):
    for criterion in rules.criteria:
        assert set(criterion.categories) == set(tree.get(criterion.clause).categories), criterion.id


def test_every_rule_looks_at_declared_facts_of_its_type_and_categories(rules, schema):
    for criterion in rules.criteria:
        for leaf in leaves(criterion.rule):
            if isinstance(leaf, PrerequisiteLevel):
                levels = set(schema.spec(leaf.held).choices)
                assert {*leaf.requires, *leaf.requires.values()} <= levels
                continue
            spec = schema.spec(leaf.fact)
            allowed = ("number", "int") if isinstance(leaf, Comparison) else (TYPE_OF[type(leaf)],)
            assert spec.type in allowed, criterion.id
        for name in criterion.facts:
            assert set(criterion.categories) <= set(schema.spec(name).categories), (criterion.id, name)


def test_every_declared_fact_is_looked_at_in_each_of_its_categories(rules, schema, notice):
    for category in notice.categories:
        looked_at = {name for criterion in rules.of(category.id) for name in criterion.facts}
        assert looked_at == {spec.name for spec in schema.facts if category.id in spec.categories}


def test_per_category_thresholds_cover_the_categories(rules):
    for criterion in rules.criteria:
        for leaf in leaves(criterion.rule):
            for name in ("threshold", "years", "annex"):
                value = getattr(leaf, name, 0)
                assert all(bound(value, category) is not None for category in criterion.categories)


def test_thresholds_stand_in_the_words_that_are_quoted(rules):
    words = {criterion.id: squeezed(criterion.quote) for criterion in rules.criteria}
    for criterion in rules.criteria:
        for leaf in leaves(criterion.rule):
            if isinstance(leaf, Comparison) and leaf.threshold != 1:
                assert str(leaf.threshold) in words[criterion.id]
            if isinstance(leaf, DateAfter):
                assert f"{leaf.day.year}年{leaf.day.month}月{leaf.day.day}日" in words[criterion.id]
            if isinstance(leaf, Tenure):
                assert all(f"不少于{years}年" in words[criterion.id] for years in leaf.years.values())


def test_texts_speak_only_of_facts_that_the_rule_looks_at(rules):
    for criterion in rules.criteria:
        remedy = criterion.remedy
        texts = [reason.text for reason in criterion.reasons]
        texts += [remedy.wait, remedy.otherwise, *(change.how for change in remedy.change)]
        for text in texts:
            for slot in SLOT.findall(text):
                assert slot.split(".")[0] in {*criterion.facts, "phone", "each"}, (criterion.id, slot)
            assert not set("{}") & set(SLOT.sub("", text))
        assert {change.fact for change in remedy.change} <= set(criterion.facts)
        assert set(criterion.questions) <= set(criterion.facts)


def test_whether_an_applicant_can_change_a_criterion_is_said(rules):
    fixed = {criterion.id for criterion in rules.criteria if not criterion.remedy.change}
    assert fixed == {"registered_in_jiangsu", "independent_legal_person", "registration_age"}
    assert all(criterion.remedy.change or criterion.remedy.otherwise for criterion in rules.criteria)


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "flag"},
        {"kind": "flag", "fact": "f", "expected": True},
        {"kind": "expression", "text": "f > 3"},
        {"fact": "f"},
        {"kind": "comparison", "fact": "f", "operator": "=>", "threshold": 3},
        {"kind": "comparison", "fact": "f", "operator": ">=", "threshold": "three"},
        {"kind": "tenure", "fact": "f", "years": 1.5},
        {"kind": "date_after", "fact": "f", "day": "2023-02-30", "on_the_day": "met"},
        {"kind": "date_after", "fact": "f", "day": "2023-03-31", "on_the_day": "perhaps"},
        {"kind": "one_of", "fact": "f", "values": []},
        {"kind": "all", "of": []},
        {"kind": "at_least", "count": 2, "of": [{"kind": "flag", "fact": "f"}]},
        {"kind": "at_least", "count": -1, "of": [{"kind": "flag", "fact": "f"}]},
        {"kind": "not", "of": [{"kind": "flag", "fact": "f"}]},
        "f >= 3",
    ],
)
def test_a_rule_that_is_no_node_is_refused(rule):
    with pytest.raises(ValidationError):
        book(rule=rule)


@pytest.mark.parametrize(
    "changes",
    [
        {"clauze": "3.1"},
        {"categories": []},
        {"reasons": []},
        {"reasons": [{"status": "maybe", "text": "甲。"}]},
        {"remedy": {"change": [{"fact": "f"}]}},
    ],
)
def test_a_misspelt_or_incomplete_criterion_is_refused(changes):
    with pytest.raises(ValidationError):
        book(**changes)


def test_ids_are_distinct():
    with pytest.raises(ValidationError, match="distinct"):
        RuleBook.model_validate({"scope": "3", "criteria": [CRITERION, CRITERION]})


def test_rules_are_immutable():
    with pytest.raises(ValidationError):
        book().criteria[0].rule.fact = "g"


def test_a_misspelt_key_is_reported_with_its_line(tmp_path):
    file = tmp_path / "rules.yaml"
    file.write_text('scope: "3"\ncriteria:\n  - id: a\n    claus: "3.1"\n', encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_model(file, RuleBook)
    assert refused.value.line in (3, 4)


def test_nested_rules_name_each_fact_once():
    flag = {"kind": "flag", "fact": "f"}
    number = {"kind": "comparison", "fact": "n", "operator": ">", "threshold": 1.5}
    criterion = book(
        rule={"kind": "any", "of": [flag, {"kind": "not", "of": {"kind": "all", "of": [number, flag]}}]}
    )
    assert criterion.criteria[0].facts == ("f", "n")
    assert [leaf.kind for leaf in leaves(criterion.criteria[0].rule)] == ["flag", "comparison", "flag"]


def test_a_threshold_is_one_for_all_or_one_for_each():
    assert bound(Decimal(3), "platform") == 3
    assert bound({"platform": 1, "star_cloud": 2}, "star_cloud") == 2
    with pytest.raises(KeyError):
        bound({"platform": 1}, "star_cloud")
