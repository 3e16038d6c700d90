"""Every reason and remedy is read by the public: whole, true to its clause, and free of invented figures."""

import random
import re
from datetime import date
from decimal import Decimal

import profiles
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility import check, evaluate
from assistant.eligibility.decide import Years
from assistant.eligibility.wording import fill, plain_number, show_date, show_number, show_value
from knowledge.errors import PackError
from knowledge.facts import DateRange, NumberRange
from knowledge.values import find_values, unsupported

CATEGORIES = ("platform", "benchmark_factory", "star_cloud", None)
AS_OF = date(2023, 2, 10)
QUOTED = re.compile(r"“([^”]+)”")


def squeezed(text):
    return re.sub(r"\s", "", text)


def own_words(pack, evaluation, decision):
    """The applicant's values, and the days on which its years are complete."""
    said = [
        show_value(pack.schema.spec(name), evaluation.facts[name])
        for name in decision.criterion.facts
        if name in evaluation.facts
    ]
    completed = [
        show_date(step.threshold.complete_on)
        for step in decision.steps
        if isinstance(step.threshold, Years) and step.threshold.complete_on
    ]
    return said + completed


@settings(max_examples=300)
@given(st.integers(0, 2**32), st.sampled_from(CATEGORIES))
def test_every_value_and_quotation_has_its_source(pack, seed, category):
    rng = random.Random(seed)
    facts, as_of = profiles.profile(rng, category), profiles.as_of(rng)
    typed = pack.schema.parse(facts)
    evaluation = evaluate(pack, category, typed, as_of)
    report = check(pack, category, typed, as_of)
    common = [pack.tree.get(clause).text for clause in ("6", "annexes")]
    said = []
    for result in report.criteria:
        own = own_words(pack, evaluation, evaluation.of(result.id))
        texts = [text for text in (result.reason, result.remedy) if text]
        said += [(result.clause_id, text, own) for text in texts]
        assert squeezed(result.quote) in squeezed(pack.tree.get(result.clause_id).text)
    said += [(note.clause_id, note.text, []) for note in report.notes]
    for clause_id, text, own in said:
        clause = pack.tree.get(clause_id).text
        allowed = [value for source in (clause, *common, *own) for value in find_values(source)]
        assert not list(unsupported(find_values(text), allowed, pack.notice.year)), text
        assert not set("{}") & set(text)
        assert text[-1] in "。）"
        for words in QUOTED.findall(text):
            assert squeezed(words) in squeezed(clause), words


def result_of(pack, category, criterion, facts, as_of=AS_OF):
    report = check(pack, category, pack.schema.parse(facts), as_of)
    return next(each for each in report.criteria if each.id == criterion)


@pytest.mark.parametrize(
    ("category", "criterion", "facts", "word"),
    [
        (
            "platform",
            "platform_not_repeated",
            {"already_recognized_platform": True, "significant_upgrade": True},
            "原则上",
        ),
        (
            "platform",
            "platform_not_repeated",
            {"already_recognized_platform": True, "significant_upgrade": False},
            "原则上",
        ),
        ("benchmark_factory", "audit_report", {"has_audit_report": False}, "须提供"),
        ("benchmark_factory", "invoices", {"has_invoices": False}, "须提供"),
        ("star_cloud", "star_level", {"applying_star": 3, "current_star": 4}, "不须"),
        ("star_cloud", "star_level", {"current_star": 5}, "不须"),
        ("benchmark_factory", "investment", {"investment_3y_wan": 2000}, "近3年"),
        ("benchmark_factory", "investment", {"investment_3y_wan": 1999.99}, "近3年"),
    ],
)
def test_where_a_reading_is_ours_the_word_is_repeated_with_the_phone(pack, category, criterion, facts, word):
    reason = result_of(pack, category, criterion, facts).reason
    assert word in reason
    assert pack.notice.contact(category).phone in reason


@pytest.mark.parametrize("category", CATEGORIES[:3])
def test_whatever_needs_confirmation_gives_the_phone(pack, category):
    for seed in range(150):
        rng = random.Random(seed)
        report = check(
            pack, category, pack.schema.parse(profiles.profile(rng, category)), profiles.as_of(rng)
        )
        for result in report.criteria:
            if result.status == "needs_confirmation":
                assert pack.notice.contact(category).phone in result.reason


@pytest.mark.parametrize(
    ("category", "annex"), [("platform", 1), ("benchmark_factory", 2), ("star_cloud", 3)]
)
def test_the_guideline_is_named_by_its_annex(pack, category, annex):
    title = next(a.title for a in pack.notice.annexes if a.number == annex)
    for facts in ({}, {"meets_guideline": True}, {"meets_guideline": False}):
        assert f"附件{annex}《{title}》" in result_of(pack, category, "guideline", facts).reason


def test_three_years_complete_inside_the_window_are_named(pack):
    result = result_of(pack, "benchmark_factory", "registration_age", {"registered_on": "2020-02-20"})
    assert result.status == "needs_confirmation"
    assert "2023年2月20日起满3年" in result.reason
    assert "申报期之内" in result.reason
    assert "2023年2月20日" in result.remedy


def test_a_locally_set_end_is_not_promised(pack):
    facts = {"registered_on": "2022-04-10"}
    result = result_of(pack, "star_cloud", "registration_age", facts, date(2023, 3, 1))
    assert result.status == "needs_confirmation"
    assert "2023年4月10日起满1年" in result.reason
    assert "由各地设置" in result.reason


def test_without_a_category_differing_years_are_told_apart(pack):
    result = result_of(pack, None, "registration_age", {"registered_on": "2021-05-01"})
    assert result.status == "unknown"
    assert "平台符合" in result.reason
    assert "标杆工厂不符合" in result.reason


def test_a_slot_without_a_value_is_a_fault_of_the_pack():
    with pytest.raises(PackError, match="investment"):
        fill("共{amount}", {}, "investment")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("2000", "2000"),
        ("1999.990", "1999.99"),
        ("0.0", "0"),
        ("-0.0", "0"),
        ("1E+3", "1000"),
        ("1E+300", "1E+300"),
    ],
)
def test_numbers_without_trailing_zeros(number, text):
    assert plain_number(Decimal(number)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (NumberRange(Decimal(2000), Decimal(2000)), "2000万元"),
        (NumberRange(None, Decimal(2000), True), "不到2000万元"),
        (NumberRange(None, Decimal(2000)), "不超过2000万元"),
        (NumberRange(Decimal(1500), None, True), "超过1500万元"),
        (NumberRange(Decimal(1500), None), "不少于1500万元"),
        (NumberRange(Decimal(1000), Decimal(2000)), "1000至2000万元"),
        (NumberRange(Decimal(0), None), "不少于0万元"),
    ],
)
def test_amounts_and_their_ranges(value, text):
    assert show_number(value, "万元") == text


@pytest.mark.parametrize(
    ("lo", "hi", "text"),
    [
        (date(2020, 2, 20), date(2020, 2, 20), "2020年2月20日"),
        (date(2020, 2, 1), date(2020, 2, 29), "2020年2月"),
        (date(2020, 1, 1), date(2020, 12, 31), "2020年"),
        (date(2020, 1, 1), date(2020, 2, 29), "2020年1月1日至2020年2月29日之间"),
        (None, date(2020, 2, 29), "2020年2月29日或以前"),
        (date(2020, 3, 1), None, "2020年3月1日或以后"),
    ],
)
def test_days_months_years_and_ranges(lo, hi, text):
    assert show_date(DateRange(lo, hi)) == text


def test_choices_are_called_by_their_labels(pack):
    assert show_value(pack.schema.spec("current_star"), 0) == "尚未获评星级"
    assert show_value(pack.schema.spec("applying_star"), 4) == "四星级"
    assert show_value(pack.schema.spec("good_credit"), True) == "是"


@pytest.mark.parametrize(
    ("lo", "hi", "shown"),
    [
        ("5.03", "6", "5个多月至6个月"),
        ("2.07", "2.93", "2个多月"),
        ("1.66", "1.66", "1个多月"),
        ("0.4", "0.4", "不到1个月"),
        ("1.5", "2.5", "1.5至2.5个月"),
        ("3", "3", "3个月"),
    ],
)
def test_months_are_shown_as_people_count_them(pack, lo, hi, shown):
    spec = pack.schema.spec("min_months_of_each_service")
    assert show_value(spec, NumberRange(Decimal(lo), Decimal(hi))) == shown
