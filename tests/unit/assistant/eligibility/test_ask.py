"""What is asked next: shared and decisive facts first, easy ones before hard ones, nothing useless."""

from datetime import date

import pytest

from assistant.eligibility import check

AS_OF = date(2023, 2, 10)


def asked(pack, category, facts, as_of=AS_OF):
    return [each.name for each in check(pack, category, pack.schema.parse(facts), as_of).missing_facts]


@pytest.mark.parametrize("category", ["platform", "benchmark_factory", "star_cloud"])
def test_what_all_categories_share_comes_first_and_the_easy_before_the_hard(pack, category):
    names = asked(pack, category, {})
    shared = [name for name in names if len(pack.schema.spec(name).categories) == 3]
    assert names[: len(shared)] == shared
    assert len(shared) == 6
    effort = [pack.schema.spec(name).ease for name in shared]
    assert effort == sorted(effort)
    assert "meets_guideline" not in names


def test_whether_a_certificate_was_issued_is_asked_before_its_validity_and_the_evidence(pack):
    names = asked(pack, "benchmark_factory", {})
    places = [
        names.index(n)
        for n in ("certificate_issued", "certificate_valid_until", "has_certification_evidence")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("said", "wanted", "needless"),
    [
        ({"certificate_issued": True}, "certificate_valid_until", "has_certification_evidence"),
        ({"certificate_issued": True}, "certificate_valid_until", "integration_certified"),
        ({"certificate_issued": False}, "has_certification_evidence", "certificate_valid_until"),
        ({"certificate_valid_until": "2025"}, "investment_3y_wan", "certificate_issued"),
    ],
)
def test_what_can_no_longer_change_anything_is_not_asked(pack, said, wanted, needless):
    names = asked(pack, "benchmark_factory", said)
    assert wanted in names
    assert needless not in names


def test_an_upgrade_is_asked_about_only_where_it_matters(pack):
    assert "significant_upgrade" not in asked(pack, "platform", {"already_recognized_platform": False})
    assert "significant_upgrade" in asked(pack, "platform", {"already_recognized_platform": True})


def test_the_highest_star_needs_no_question_about_the_star_applied_for(pack):
    assert "applying_star" not in asked(pack, "star_cloud", {"current_star": 5})
    assert "applying_star" in asked(pack, "star_cloud", {"current_star": 4})


def test_a_vague_date_or_number_is_asked_for_exactly(pack):
    facts = {"registered_on": "2020-02", "investment_3y_wan": {"from": 1500, "to": None}}
    report = check(pack, "benchmark_factory", pack.schema.parse(facts), AS_OF)
    questions = {each.name: each.question for each in report.missing_facts}
    assert "2020年2月" in questions["registered_on"]
    assert "哪天" in questions["registered_on"]
    assert "不少于1500万元" in questions["investment_3y_wan"]


@pytest.mark.parametrize(
    ("words", "told_back"),
    [
        ("两千左右", "“两千左右”（按1800至2200万元理解）"),
        ("投入(两千左右", "您说的是1800至2200万元"),
        ("", "您说的是1800至2200万元"),
        ("1800至2200万元", "您说的是1800至2200万元"),
        ("他说“两千左右”", "您说的是1800至2200万元"),
    ],
)
def test_what_was_said_roughly_is_told_back_in_its_own_words(pack, words, told_back):
    facts = pack.schema.parse({"investment_3y_wan": {"from": 1800, "to": 2200}})
    report = check(pack, "benchmark_factory", facts, AS_OF, words={"investment_3y_wan": words})
    question = next(m.question for m in report.missing_facts if m.name == "investment_3y_wan")
    assert told_back in question


def test_a_vague_date_that_decides_is_not_asked_about(pack):
    assert "registered_on" not in asked(pack, "benchmark_factory", {"registered_on": "2019"})


def test_a_question_speaks_of_its_own_category(pack):
    own = {}
    for category in ("platform", "benchmark_factory"):
        report = check(pack, category, {}, AS_OF)
        own[category] = next(each.question for each in report.missing_facts if each.name == "project_built")
    assert "平台" in own["platform"]
    assert "标杆工厂" in own["benchmark_factory"]


def test_without_a_category_only_what_all_share_is_asked(pack):
    names = asked(pack, None, {})
    assert all(len(pack.schema.spec(name).categories) == 3 for name in names)
    assert asked(pack, None, {"registered_on": "2020-02-20"}).count("registered_on") == 0
