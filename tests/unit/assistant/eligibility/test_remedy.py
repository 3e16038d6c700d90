"""A remedy, applied, removes the failure; the least comes first; what cannot be changed is said so."""

import random
from datetime import date

import profiles
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility import check, evaluate, remedies

CATEGORIES = ("platform", "benchmark_factory", "star_cloud")
AS_OF = date(2023, 2, 10)


def found(pack, category, facts, as_of=AS_OF):
    typed = pack.schema.parse(facts)
    return {each.criterion: each for each in remedies(pack, evaluate(pack, category, typed, as_of), typed)}


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from((*CATEGORIES, None)))
def test_remedies_applied_remove_the_failures(pack, seed, category):
    rng = random.Random(seed)
    typed, as_of = pack.schema.parse(profiles.profile(rng, category)), profiles.as_of(rng)
    before = evaluate(pack, category, typed, as_of)
    together, from_day = dict(typed), as_of
    for remedy in remedies(pack, before, typed):
        after = evaluate(pack, category, {**typed, **remedy.changes}, remedy.from_day or as_of)
        if remedy.from_day:
            assert after.statuses[remedy.criterion] == "met"
        else:
            assert after.statuses[remedy.criterion] != "not_met"
        assert failing(after) <= failing(before) - {remedy.criterion}
        together.update(remedy.changes)
        from_day = max(from_day, remedy.from_day or from_day)
    cannot = {
        result.id for result in check(pack, category, typed, as_of).criteria if result.status == "not_met"
    }
    cannot -= {remedy.criterion for remedy in remedies(pack, before, typed)}
    assert failing(evaluate(pack, category, together, from_day)) == cannot


def failing(evaluation):
    return {name for name, status in evaluation.statuses.items() if status == "not_met"}


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from((*CATEGORIES, None)))
def test_every_failure_says_what_can_be_done_or_that_nothing_can(pack, seed, category):
    rng = random.Random(seed)
    typed, as_of = pack.schema.parse(profiles.profile(rng, category)), profiles.as_of(rng)
    for result in check(pack, category, typed, as_of).criteria:
        if result.status == "not_met":
            assert result.remedy
        elif result.status != "needs_confirmation":
            assert result.remedy is None


@pytest.mark.parametrize(("applying", "current", "instead"), [(5, 0, 3), (4, 0, 3), (5, 3, 4)])
def test_the_star_that_is_within_reach_is_offered(pack, applying, current, instead):
    remedy = found(pack, "star_cloud", {"applying_star": applying, "current_star": current})["star_level"]
    assert remedy.changes == {"applying_star": instead}


def test_missing_evidence_is_cured_by_one_fact_and_not_by_a_new_certificate(pack):
    facts = {"certificate_issued": False, "has_certification_evidence": False, "integration_certified": True}
    assert found(pack, "benchmark_factory", facts)["certificate"].changes == {
        "has_certification_evidence": True
    }


def test_an_expired_certificate_has_to_be_renewed(pack):
    remedy = found(pack, "benchmark_factory", {"certificate_valid_until": "2023-03-30"})["certificate"]
    assert list(remedy.changes) == ["certificate_valid_until"]
    assert remedy.changes["certificate_valid_until"].lo == date(2023, 4, 1)


def test_the_amount_that_suffices_is_named(pack):
    remedy = found(pack, "benchmark_factory", {"investment_3y_wan": 1999.99})["investment"]
    assert remedy.changes["investment_3y_wan"].exact == 2000
    assert "2000万元" in remedy.text


def test_waiting_is_a_remedy_only_inside_the_window(pack):
    waiting = found(pack, "benchmark_factory", {"registered_on": "2020-02-20"})["registration_age"]
    assert (waiting.changes, waiting.from_day) == ({}, date(2023, 2, 20))
    assert "registration_age" not in found(pack, "benchmark_factory", {"registered_on": "2020-03-01"})


def test_what_time_brings_too_late_is_said_with_its_day(pack):
    report = check(pack, "benchmark_factory", pack.schema.parse({"registered_on": "2020-03-01"}), AS_OF)
    result = next(each for each in report.criteria if each.id == "registration_age")
    assert "2023年3月1日" in result.remedy
    assert "本次不能满足" in result.remedy


def test_a_seat_outside_the_province_cannot_be_changed(pack):
    report = check(pack, "platform", {"registered_in_jiangsu": False}, AS_OF)
    assert "不能" in report.criteria[0].remedy
    assert found(pack, "platform", {"registered_in_jiangsu": False}) == {}
