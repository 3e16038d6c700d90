"""The whole report: verdict, clauses, alternatives, notes, window, desks, trace and digest."""

import hashlib
import json
from dataclasses import replace
from datetime import date

import pytest
from profiles import flawless

from assistant.eligibility import check, evaluate
from assistant.reply import EligibilityReport
from knowledge.errors import FactError, UnknownCategory
from knowledge.facts import DateRange, NumberRange
from knowledge.rules import RuleBook

CATEGORIES = ("platform", "benchmark_factory", "star_cloud")
AS_OF = date(2023, 2, 10)


def report_of(pack, category, facts, as_of=AS_OF, **more):
    return check(pack, category, pack.schema.parse(facts), as_of, **more)


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_flawless_applicant_is_eligible(pack, category):
    report = report_of(pack, category, flawless(category))
    assert report.verdict == "eligible"
    assert {result.status for result in report.criteria} == {"met"}
    assert report.missing_facts == ()


def test_three_years_complete_inside_the_window_need_confirmation(pack):
    facts = flawless("benchmark_factory") | {"registered_on": "2020-02-20"}
    report = report_of(pack, "benchmark_factory", facts)
    assert report.verdict == "needs_confirmation"
    open_points = [result for result in report.criteria if result.status == "needs_confirmation"]
    assert [result.id for result in open_points] == ["registration_age"]
    assert "2023年2月20日起满3年" in open_points[0].reason
    after = report_of(pack, "benchmark_factory", facts, date(2023, 2, 20))
    assert after.verdict == "eligible"


def test_silence_is_never_a_no(pack):
    for category in (*CATEGORIES, None):
        report = report_of(pack, category, {})
        assert report.verdict == "needs_info"
        assert {result.status for result in report.criteria} == {"unknown", "needs_confirmation"}


@pytest.mark.parametrize("category", CATEGORIES)
def test_criteria_stand_on_the_clauses_of_the_conditions_with_their_labels(pack, category):
    report = report_of(pack, category, {})
    for result in report.criteria:
        clause = pack.tree.get(result.clause_id)
        assert result.label == clause.label
        assert result.clause_id.startswith("3.")
        assert category in clause.categories
    own = {c.id for c in pack.tree.descendants("3") if category in c.categories and not c.bare}
    assert {result.clause_id for result in report.criteria} == own


def test_facts_of_another_category_serve_alternatives_only(pack):
    own = report_of(pack, "platform", flawless("platform"))
    more = report_of(pack, "platform", flawless("star_cloud") | flawless("platform"))
    assert (more.verdict, more.criteria) == (own.verdict, own.criteria)
    before = {each.category: each.verdict for each in own.alternatives}
    after = {each.category: each.verdict for each in more.alternatives}
    assert before == {"benchmark_factory": "needs_info", "star_cloud": "needs_info"}
    assert after == {"benchmark_factory": "needs_info", "star_cloud": "eligible"}


def test_an_alternative_says_in_one_sentence_why(pack):
    report = report_of(pack, "platform", flawless("platform") | {"investment_3y_wan": 100})
    reasons = {each.category: each.reason for each in report.alternatives}
    assert reasons["benchmark_factory"] == "不符合的条件：近3年投入。"
    assert reasons["star_cloud"] == "没有发现不符，还要了解：申报星级、云服务使用时间、云服务仍在使用。"
    for other in report.alternatives:
        assert (
            other.verdict
            == evaluate(
                pack,
                other.category,
                pack.schema.parse(flawless("platform") | {"investment_3y_wan": 100}),
                AS_OF,
            ).verdict
        )


def test_preferences_and_remarks_stand_in_the_notes_only(pack):
    report = report_of(pack, "star_cloud", {})
    assert [note.clause_id for note in report.notes] == ["5.2", "5.3", "3.4.2"]
    assert "没有规定最低金额" in report.notes[-1].text
    assert not {"5.2", "5.3"} & {result.clause_id for result in report.criteria}


@pytest.mark.parametrize(
    ("category", "as_of", "said"),
    [
        ("platform", date(2023, 2, 28), True),
        ("benchmark_factory", date(2023, 2, 28), True),
        ("platform", date(2023, 2, 27), False),
        ("platform", date(2023, 3, 1), False),
        ("star_cloud", date(2023, 4, 17), False),
    ],
)
def test_on_the_last_day_the_open_wording_is_pointed_out(pack, category, as_of, said):
    notes = [note for note in report_of(pack, category, {}, as_of).notes if note.clause_id == "4.1.1"]
    assert bool(notes) == said
    assert all("立即提交" in note.text and "025-" in note.text for note in notes)


def test_after_a_certain_failure_the_notes_say_what_else_would_be_needed(pack):
    facts = flawless("star_cloud") | {"min_months_of_each_service": 2, "services_still_in_use": None}
    report = report_of(pack, "star_cloud", facts)
    assert (report.verdict, report.missing_facts) == ("ineligible", ())
    assert report.notes[0].clause_id == "3.4.2"
    assert "云服务仍在使用" in report.notes[0].text


@pytest.mark.parametrize(
    ("category", "status", "closes_on"),
    [("platform", "open", date(2023, 2, 28)), ("star_cloud", "set_locally", None)],
)
def test_the_window_of_the_category_is_shown(pack, category, status, closes_on):
    window = report_of(pack, category, {}).window
    assert (window.status, window.opens_on, window.closes_on) == (status, date(2023, 2, 6), closes_on)


def test_deadlines_do_not_change_a_verdict(pack):
    late = report_of(pack, "platform", flawless("platform"), date(2026, 11, 22))
    assert (late.verdict, late.window.status) == ("eligible", "closed")


def test_without_a_category_only_what_all_share_is_held(pack):
    report = report_of(pack, None, flawless(None))
    assert report.verdict == "eligible"
    assert {result.clause_id for result in report.criteria} == {"3.1.1", "3.1.2", "3.1.3"}
    assert report.window is None
    assert [desk.category for desk in report.contacts] == list(CATEGORIES)
    assert [each.category for each in report.alternatives] == list(CATEGORIES)


def test_the_desk_of_the_category_is_given(pack):
    assert [desk.phone for desk in report_of(pack, "platform", {}).contacts] == ["025-69652717"]


def test_the_trace_holds_each_comparison_with_value_threshold_and_outcome(pack):
    report = report_of(pack, "benchmark_factory", {"investment_3y_wan": 1999.99, "registered_on": "2020-02"})
    by_fact = {step.fact: step for step in report.trace if step.fact}
    amount, age = by_fact["investment_3y_wan"], by_fact["registered_on"]
    assert (amount.value, amount.comparison, amount.threshold) == (1999.99, ">=", 2000)
    assert (amount.outcome, amount.clause_id) == ("not_met", "3.3.1")
    assert age.value == {"from": "2020-02-01", "to": "2020-02-29"}
    assert age.threshold["complete_on"] == {"from": "2023-02-01", "to": "2023-02-28"}
    assert (age.threshold["earliest"], age.threshold["last"]) == ("2023-02-10", "2023-02-28")


def test_what_was_presumed_stands_in_the_trace(pack):
    report = report_of(pack, "benchmark_factory", {"certificate_valid_until": "2025"})
    presumed = {(step.fact, step.threshold) for step in report.trace if step.outcome == "presumed"}
    assert presumed == {
        ("certificate_issued", "certificate_valid_until"),
        ("integration_certified", "certificate_issued"),
    }


def test_same_input_same_report_same_digest(pack):
    facts = flawless("platform")
    shuffled = dict(reversed(facts.items()))
    first, second = report_of(pack, "platform", facts), report_of(pack, "platform", shuffled)
    assert first == second
    assert len(first.digest) == 64
    others = [
        report_of(pack, "platform", facts, date(2023, 2, 11)),
        report_of(pack, "platform", facts | {"good_credit": False}),
        report_of(pack, "platform", facts, hypothetical=True),
        report_of(replace(pack, digest="other"), "platform", facts),
    ]
    assert len({first.digest, *(other.digest for other in others)}) == 5


def test_the_digest_is_that_of_the_canonical_json(pack):
    report = report_of(pack, "star_cloud", {"applying_star": 4})
    content = json.loads(report.model_dump_json(exclude={"digest"}))
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert report.digest == hashlib.sha256(canonical.encode()).hexdigest()
    assert EligibilityReport.model_validate_json(report.model_dump_json()) == report


def test_the_checker_is_told_the_day_and_never_reads_the_clock(pack):
    facts = flawless("platform") | {"registered_on": "2022-02-20"}
    verdicts = [report_of(pack, "platform", facts, date(2023, 2, day)).verdict for day in (1, 19, 20)]
    assert verdicts == ["needs_confirmation", "needs_confirmation", "eligible"]


def test_an_if_is_marked(pack):
    assert report_of(pack, "platform", {}, hypothetical=True).hypothetical
    assert not report_of(pack, "platform", {}).hypothetical


def test_an_unknown_category_is_refused(pack):
    with pytest.raises(UnknownCategory, match="platform"):
        report_of(pack, "robots", {})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colour", True),
        ("good_credit", 1),
        ("registered_on", NumberRange.exactly(3)),
        ("registered_on", DateRange(date(1899, 1, 1), None)),
        ("investment_3y_wan", 2000),
        ("investment_3y_wan", NumberRange.exactly(-5)),
        ("foundation_aspects_met", NumberRange.exactly(4)),
        ("applying_star", 6),
        ("applying_star", True),
    ],
)
def test_typed_facts_out_of_their_bounds_are_refused(pack, name, value):
    with pytest.raises(FactError) as refused:
        check(pack, "platform", {name: value}, AS_OF)
    assert refused.value.name == name


def test_a_pack_without_rules_decides_nothing(pack):
    empty = replace(pack, rules=RuleBook(scope="", criteria=()))
    for category in ("platform", None):
        report = check(empty, category, {}, AS_OF)
        assert (report.verdict, report.criteria) == ("needs_confirmation", ())
        assert report.contacts


def test_a_loaded_annex_turns_its_criterion_into_a_question(pack):
    annexes = tuple(annex.model_copy(update={"loaded": True}) for annex in pack.notice.annexes)
    loaded = replace(pack, notice=pack.notice.model_copy(update={"annexes": annexes}))
    report = report_of(loaded, "platform", flawless("platform") | {"meets_guideline": None})
    assert (report.verdict, [each.name for each in report.missing_facts]) == (
        "needs_info",
        ["meets_guideline"],
    )
