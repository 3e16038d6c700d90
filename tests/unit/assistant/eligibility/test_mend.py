"""What an if supposes where it names no value: the least under which a criterion is met."""

import random
from datetime import date

import profiles
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility import evaluate
from assistant.eligibility.mend import mended
from knowledge.facts import DateRange, dump_value

AS_OF = date(2023, 2, 10)


def mend(pack, category, facts, criterion, names=None):
    typed = pack.schema.parse(facts)
    evaluation = evaluate(pack, category, typed, AS_OF)
    decision = evaluation.of(criterion)
    values = mended(pack, evaluation, typed, decision, names or decision.criterion.facts)
    return {name: dump_value(value) for name, value in values.items()}


@pytest.mark.parametrize(
    ("category", "facts", "criterion", "supposed"),
    [
        ("benchmark_factory", {"has_audit_report": False}, "audit_report", {"has_audit_report": True}),
        ("benchmark_factory", {"investment_3y_wan": 1500}, "investment", {"investment_3y_wan": 2000}),
        ("benchmark_factory", {"foundation_aspects_met": 2}, "foundation", {"foundation_aspects_met": 3}),
        ("platform", {"project_built": False}, "platform_built", {"project_built": True}),
        ("platform", {}, "professional_team", {"professional_team": True}),
    ],
)
def test_the_least_that_is_enough_is_supposed(pack, category, facts, criterion, supposed):
    assert mend(pack, category, facts, criterion) == supposed


def test_a_day_is_supposed_only_as_far_as_it_is_asked_for(pack):
    expired = {"integration_certified": True, "certificate_valid_until": "2022-12-31"}
    supposed = mend(pack, "benchmark_factory", expired, "certificate")
    assert supposed == {"certificate_valid_until": {"from": "2023-04-01", "to": None}}


def test_the_level_held_is_supposed_and_the_level_applied_for_stays(pack):
    asked = {"applying_star": 4, "current_star": 0}
    assert mend(pack, "star_cloud", asked, "star_level") == {"current_star": 3}


def test_a_day_of_registration_is_never_supposed(pack):
    young = {"registered_on": "2022-06-01"}
    assert mend(pack, "benchmark_factory", young, "registration_age") == {}


def test_facts_that_cannot_mend_a_criterion_are_left_alone(pack):
    none = {"certificate_issued": False, "has_certification_evidence": False}
    assert mend(pack, "benchmark_factory", none, "certificate", ["integration_certified"]) == {}


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(("platform", "benchmark_factory", "star_cloud")))
def test_what_is_supposed_removes_the_failure_and_adds_none(pack, seed, category):
    rng = random.Random(seed)
    typed, as_of = pack.schema.parse(profiles.profile(rng, category)), profiles.as_of(rng)
    before = evaluate(pack, category, typed, as_of)
    failing = {d.criterion.id for d in before.decisions if d.status == "not_met"}
    for decision in before.decisions:
        values = mended(pack, before, typed, decision, decision.criterion.facts)
        if decision.status == "not_met" and values:
            after = evaluate(pack, category, {**typed, **values}, as_of)
            still = {d.criterion.id for d in after.decisions if d.status == "not_met"}
            assert still <= failing - {decision.criterion.id}
            assert not any(isinstance(v, DateRange) and v.lo == v.hi for v in values.values())


def test_what_was_told_to_be_so_is_not_undone(pack):
    no_upgrade = {"already_recognized_platform": True, "significant_upgrade": False}
    assert mend(pack, "platform", no_upgrade, "platform_not_repeated") == {"significant_upgrade": True}
