from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assistant.conversation import hear, intersection, supposing_in_passing
from assistant.facts import FactsRead, StatedFact
from assistant.sessions import Session
from knowledge.facts import DateRange, NumberRange

YEAR = DateRange(date(2019, 1, 1), date(2019, 12, 31))
MONTH = DateRange(date(2019, 8, 1), date(2019, 8, 31))
OTHER = DateRange.exactly(date(2018, 3, 1))


def stated(
    name: str, value: Any, quote: str = "原话", hypothetical: bool = False, correction: bool = False
) -> StatedFact:
    return StatedFact(name, value, quote, hypothetical, correction)


def session(**facts: Any) -> Session:
    kept = Session(id="s", pack="p", turn=1)
    for name, value in facts.items():
        kept = kept.with_fact(name, value, f"先前的{name}")
    return kept


def test_a_new_fact_is_kept_with_its_words_and_turn() -> None:
    heard = hear(session(), FactsRead((stated("registered_on", YEAR, "2019年成立"),)))
    kept = heard.session.facts["registered_on"]
    assert (kept.value, kept.quote, kept.turn) == (YEAR, "2019年成立", 1)


def test_a_closer_statement_narrows_what_is_known() -> None:
    heard = hear(session(registered_on=YEAR), FactsRead((stated("registered_on", MONTH, "8月"),)))
    assert heard.session.facts["registered_on"].value == MONTH
    assert not heard.contradictions


def test_a_vaguer_statement_takes_nothing_away() -> None:
    heard = hear(session(registered_on=MONTH), FactsRead((stated("registered_on", YEAR, "2019年"),)))
    assert heard.session.facts["registered_on"].value == MONTH


def test_a_contradiction_is_asked_about_and_the_fact_is_unknown() -> None:
    heard = hear(session(registered_on=YEAR), FactsRead((stated("registered_on", OTHER, "2018年3月1日"),)))
    assert "registered_on" not in heard.session.facts
    assert [(c.before, c.now) for c in heard.contradictions] == [("先前的registered_on", "2018年3月1日")]


def test_a_correction_replaces() -> None:
    heard = hear(session(registered_on=YEAR), FactsRead((stated("registered_on", OTHER, correction=True),)))
    assert heard.session.facts["registered_on"].value == OTHER
    assert not heard.contradictions


def test_the_answer_to_a_question_replaces() -> None:
    heard = hear(
        session(sound_finance=True).with_asked(("sound_finance",)),
        FactsRead((stated("sound_finance", False),)),
    )
    assert heard.session.facts["sound_finance"].value is False


def test_a_supposition_leaves_the_facts_as_they_were() -> None:
    heard = hear(session(registered_on=YEAR), FactsRead((stated("registered_on", OTHER, hypothetical=True),)))
    assert heard.session.facts["registered_on"].value == YEAR
    assert heard.session.supposed["registered_on"].value == OTHER


def test_another_applicant_begins_with_nothing() -> None:
    heard = hear(session(registered_on=YEAR), FactsRead((stated("sound_finance", True),), new_applicant=True))
    assert set(heard.session.facts) == {"sound_finance"}


def test_the_first_applicant_spoken_of_is_no_other() -> None:
    assert not hear(session(), FactsRead((stated("sound_finance", True),), new_applicant=True)).new_applicant


def test_a_withdrawn_fact_is_unknown_again() -> None:
    heard = hear(session(integration_certified=True), FactsRead((), withdrawn=("integration_certified",)))
    assert not heard.session.facts
    assert heard.withdrawn == ("integration_certified",)


def test_what_was_looked_up_since_replaces() -> None:
    read = FactsRead((stated("registered_on", OTHER, "执照上写的是2018年3月1日"),))
    heard = hear(session(registered_on=YEAR), read, updated=True)
    kept = heard.session.facts["registered_on"]
    assert (kept.value, kept.quote) == (OTHER, "执照上写的是2018年3月1日")
    assert not heard.contradictions


def test_what_was_looked_up_since_may_be_vaguer() -> None:
    read = FactsRead((stated("registered_on", YEAR),))
    assert hear(session(registered_on=MONTH), read, updated=True).session.facts["registered_on"].value == YEAR


def test_another_choice_replaces() -> None:
    read = FactsRead((stated("applying_star", 5, "那改报五星"), stated("sound_finance", False)))
    heard = hear(session(applying_star=4, sound_finance=True), read, choices=["applying_star"])
    assert heard.session.facts["applying_star"].value == 5
    assert [c.name for c in heard.contradictions] == ["sound_finance"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            DateRange(date(2023, 2, 1), date(2023, 2, 28)),
            DateRange(date(2019, 2, 1), date(2019, 2, 28)),
        ),
        (DateRange.exactly(date(2023, 8, 15)), DateRange.exactly(date(2019, 8, 15))),
    ],
)
def test_a_month_or_day_without_its_year_is_inside_the_year_known(said: DateRange, kept: DateRange) -> None:
    heard = hear(session(registered_on=YEAR), FactsRead((stated("registered_on", said, "2月份注册的"),)))
    assert heard.session.facts["registered_on"].value == kept
    assert (heard.stated, heard.contradictions) == (("registered_on",), ())


@pytest.mark.parametrize("asked", [(), ("registered_on",)])
def test_a_month_without_its_year_is_moved_where_it_was_asked_for_too(asked: tuple[str, ...]) -> None:
    said = DateRange(date(2023, 2, 1), date(2023, 2, 28))
    kept = hear(
        session(registered_on=YEAR).with_asked(asked),
        FactsRead((stated("registered_on", said, "2月份"),)),
    ).session.facts["registered_on"]
    assert kept.value == DateRange(date(2019, 2, 1), date(2019, 2, 28))


def test_a_month_cut_off_at_the_day_of_asking_is_whole_in_another_year() -> None:
    said = DateRange(date(2023, 2, 1), date(2023, 2, 10))
    heard = hear(session(registered_on=YEAR), FactsRead((stated("registered_on", said, "2月份注册的"),)))
    assert heard.session.facts["registered_on"].value == DateRange(date(2019, 2, 1), date(2019, 2, 28))


def test_february_said_in_a_leap_year_is_moved_as_a_month() -> None:
    said = DateRange(date(2024, 2, 1), date(2024, 2, 29))
    heard = hear(session(registered_on=YEAR), FactsRead((stated("registered_on", said, "2月份注册的"),)))
    assert not heard.contradictions
    assert heard.session.facts["registered_on"].value == DateRange(date(2019, 2, 1), date(2019, 2, 28))


def test_february_is_moved_into_a_leap_year_with_all_its_days() -> None:
    leap = DateRange(date(2020, 1, 1), date(2020, 12, 31))
    said = DateRange(date(2023, 2, 1), date(2023, 2, 28))
    heard = hear(session(registered_on=leap), FactsRead((stated("registered_on", said, "2月份注册的"),)))
    assert heard.session.facts["registered_on"].value == DateRange(date(2020, 2, 1), date(2020, 2, 29))


def test_a_month_with_its_year_is_never_moved() -> None:
    said = DateRange(date(2023, 2, 1), date(2023, 2, 28))
    heard = hear(session(registered_on=YEAR), FactsRead((stated("registered_on", said, "2023年2月"),)))
    assert [c.name for c in heard.contradictions] == ["registered_on"]


def test_a_month_outside_what_is_known_is_a_contradiction() -> None:
    said = DateRange(date(2023, 2, 1), date(2023, 2, 28))
    heard = hear(session(registered_on=MONTH), FactsRead((stated("registered_on", said, "2月份"),)))
    assert [c.name for c in heard.contradictions] == ["registered_on"]


def test_a_month_that_corrects_is_taken_as_said() -> None:
    said = DateRange(date(2023, 2, 1), date(2023, 2, 28))
    read = FactsRead((stated("registered_on", said, "不对，是今天2月", correction=True),))
    assert hear(session(registered_on=YEAR), read).session.facts["registered_on"].value == said


NUMBERS = NumberRange


@pytest.mark.parametrize(
    ("first", "second", "joint"),
    [
        (True, True, True),
        (True, False, None),
        (4, 4, 4),
        (NUMBERS(None, Decimal(2000), True), NUMBERS.exactly(1500), NUMBERS.exactly(1500)),
        (NUMBERS(None, Decimal(2000), True), NUMBERS.exactly(2000), None),
        (NUMBERS(Decimal(1000), Decimal(2000)), NUMBERS(Decimal(3000), None), None),
        (
            DateRange(None, date(2019, 1, 1)),
            DateRange(date(2019, 1, 1), None),
            DateRange.exactly(date(2019, 1, 1)),
        ),
    ],
)
def test_intersection_keeps_what_both_allow(first: Any, second: Any, joint: Any) -> None:
    assert intersection(first, second) == joint
    assert intersection(second, first) == joint


@pytest.mark.parametrize("now", ["发票开好了", "发票拿到了"])
def test_what_was_under_way_and_has_come_is_no_contradiction(now: str) -> None:
    kept = Session(id="s", pack="p", turn=1).with_fact("has_invoices", False, "发票还在开")
    heard = hear(kept, FactsRead((stated("has_invoices", True, now),)))
    assert heard.session.facts["has_invoices"].value is True
    assert not heard.contradictions


def in_passing(name: str, value: Any) -> StatedFact:
    return StatedFact(name, value, "两年前注册的能报吗", in_passing=True)


def test_what_is_told_outright_takes_the_place_of_what_a_question_named() -> None:
    wondered = hear(session(), FactsRead((in_passing("registered_on", YEAR),))).session
    heard = hear(wondered, FactsRead((stated("registered_on", OTHER, "我们是2018年3月的"),)))
    assert heard.session.facts["registered_on"].value == OTHER
    assert not heard.contradictions


def test_what_a_question_names_against_what_was_told_is_an_if() -> None:
    told = session(registered_on=YEAR)
    (fact,) = supposing_in_passing(told, FactsRead((in_passing("registered_on", OTHER),))).facts
    assert fact.hypothetical
    (closer,) = supposing_in_passing(told, FactsRead((in_passing("registered_on", MONTH),))).facts
    assert not closer.hypothetical
    (chosen,) = supposing_in_passing(
        told, FactsRead((in_passing("registered_on", OTHER),)), ["registered_on"]
    ).facts
    assert not chosen.hypothetical


def test_what_is_asked_of_any_firm_is_an_if_whatever_is_known() -> None:
    read = FactsRead((in_passing("registered_on", YEAR), stated("has_invoices", True, "发票有")))
    asked, told = supposing_in_passing(session(), read, of_any_firm=True).facts
    assert asked.hypothetical
    assert not told.hypothetical


@pytest.mark.parametrize("came", ["上线了，昨天刚上的", "上个月完工了", "已经投产了"])
def test_what_was_under_way_has_come(came: str) -> None:
    before = session().with_fact("project_built", False, "平台还在开发")
    heard = hear(before, FactsRead((stated("project_built", True, came),)))
    assert heard.session.facts["project_built"].value is True
    assert not heard.contradictions


def test_what_an_if_tells_of_another_firm_is_told_of_that_one() -> None:
    read = FactsRead((stated("registered_on", YEAR, hypothetical=True),), new_applicant=True)
    heard = hear(session(good_credit=True), read)
    assert list(heard.session.facts) == ["registered_on"]
    assert not heard.session.supposed
    assert list(hear(session(), read).session.supposed) == ["registered_on"]


def test_an_answer_that_bounds_one_side_narrows_what_was_asked_closer() -> None:
    before = replace(session(registered_on=YEAR), asked=("registered_on",))
    read = FactsRead((stated("registered_on", DateRange(None, date(2019, 8, 31)), "肯定过了三年半"),))
    kept = hear(before, read).session.facts["registered_on"]
    assert kept.value == DateRange(date(2019, 1, 1), date(2019, 8, 31))
