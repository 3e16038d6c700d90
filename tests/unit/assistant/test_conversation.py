from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assistant.conversation import hear, intersection
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


def test_a_withdrawn_fact_is_unknown_again() -> None:
    heard = hear(session(integration_certified=True), FactsRead((), withdrawn=("integration_certified",)))
    assert not heard.session.facts
    assert heard.withdrawn == ("integration_certified",)


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
