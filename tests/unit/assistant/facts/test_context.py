"""A value said alone, given its meaning by what the conversation is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts import FactsRead
from assistant.facts.context import read_in_context
from knowledge.cues import load_fact_cues
from knowledge.facts import DateRange, FactSchema, FactValue, NumberRange, dump_value
from knowledge.strict_yaml import load_model

PACK = Path(__file__).parents[4] / "knowledge" / "packs" / "jiangsu-2023-industrial-internet"
CUES = load_fact_cues(PACK / "fact_cues.yaml")
SCHEMA = load_model(PACK / "facts.yaml", FactSchema)
AS_OF = date(2023, 2, 10)
REGISTERED, VALID, SUM = "registered_on", "certificate_valid_until", "investment_3y_wan"
MONTHS, APPLYING, CURRENT = "min_months_of_each_service", "applying_star", "current_star"
YEAR = DateRange(date(2020, 1, 1), date(2020, 12, 31))


def read(text: str, candidates: Sequence[str], **known: FactValue) -> FactsRead:
    return read_in_context(text, as_of=AS_OF, schema=SCHEMA, cues=CUES, candidates=candidates, known=known)


def told(text: str, *candidates: str, **known: FactValue) -> dict[str, Any]:
    return {fact.name: dump_value(fact.value) for fact in read(text, candidates, **known).facts}


def test_a_date_looked_up_answers_the_open_question() -> None:
    text = "翻出营业执照看了，写的是2020年2月20日"
    (fact,) = read(text, [REGISTERED]).facts
    assert (fact.name, dump_value(fact.value)) == (REGISTERED, "2020-02-20")
    assert (fact.quote, fact.hypothetical, fact.correction) == (text, False, True)


def test_the_value_goes_to_the_first_candidate_that_it_fits() -> None:
    assert told("写的是2020年2月20日", SUM, "sound_finance", REGISTERED, VALID) == {REGISTERED: "2020-02-20"}
    assert told("合计2500万", REGISTERED, SUM) == {SUM: 2500}


@pytest.mark.parametrize(
    ("text", "months"),
    [("到2月底能满3个月", None), ("报的时候会用到3个月", None), ("翻了合同是5个月", 5)],
)
def test_a_use_that_is_still_to_come_is_none(text: str, months: int | None) -> None:
    assert told(text, MONTHS).get(MONTHS) == months


@pytest.mark.parametrize("text", ["证书有效期写的是2024年5月1日", "贯标证书到2024年5月1日到期"])
def test_a_date_that_another_word_owns_is_left(text: str) -> None:
    assert told(text, REGISTERED) == {}
    assert told(text, REGISTERED, VALID) == {VALID: "2024-05-01"}


@pytest.mark.parametrize("text", ["认定是2021年5月1日", "验收是2021年5月1日"])
def test_a_date_of_an_event_of_no_fact_is_left(text: str) -> None:
    assert told(text, REGISTERED, VALID) == {}


def test_a_date_of_registration_is_no_date_of_expiry() -> None:
    assert told("执照上的成立日期是2020年2月20日", VALID) == {}


def test_a_day_without_its_year_is_inside_the_year_known() -> None:
    assert told("具体是2月18号", REGISTERED, registered_on=YEAR) == {REGISTERED: "2020-02-18"}


def test_a_day_without_its_year_is_left_where_no_year_is_known() -> None:
    assert told("具体是2月18号", REGISTERED) == {}
    assert told("具体是2月18号", REGISTERED, registered_on=DateRange(date(2020, 1, 1), None)) == {}


def test_a_day_outside_what_is_known_is_left() -> None:
    autumn = DateRange(date(2020, 9, 1), date(2020, 11, 30))
    assert told("具体是2月18号", REGISTERED, registered_on=autumn) == {}


def test_a_bare_day_is_of_the_one_month_known() -> None:
    april = DateRange(date(2022, 4, 1), date(2022, 4, 30))
    assert told("是20号", REGISTERED, registered_on=april) == {REGISTERED: "2022-04-20"}
    assert told("是31号", REGISTERED, registered_on=april) == {}
    assert told("是20号", REGISTERED, registered_on=YEAR) == {}
    assert told("是20号", REGISTERED) == {}


def test_two_dates_or_sums_are_left() -> None:
    assert told("2020年2月20日或者2021年3月1日", REGISTERED) == {}
    assert told("2500万和2600万", SUM) == {}


@pytest.mark.parametrize(
    ("text", "wan"), [("2500", 2500), ("财务说合计0.18亿", 1800), ("一共308万", 308), ("三千万", 3000)]
)
def test_a_sum_alone_is_in_the_facts_unit(text: str, wan: int) -> None:
    assert told(text, SUM) == {SUM: wan}


def test_a_small_bare_number_is_no_sum() -> None:
    assert told("25", SUM) == {}
    assert told("25万", SUM) == {SUM: 25}


@pytest.mark.parametrize(("text", "months"), [("六个月", 6), ("查了，用了8个月", 8)])
def test_a_length_answers_how_long_services_were_used(text: str, months: int) -> None:
    assert told(text, MONTHS) == {MONTHS: months}


def test_a_level_answers_which_star() -> None:
    assert told("看了是四星", APPLYING) == {APPLYING: 4}
    assert told("现在是3星", CURRENT) == {CURRENT: 3}
    assert told("三星或者四星", APPLYING) == {}
    assert told("六星", APPLYING) == {}


@pytest.mark.parametrize(
    "text", ["2500万够吗？", "2020年2月20日注册的能报吗", "截止是2月28日吗", "四星要几个月"]
)
def test_what_asks_states_nothing(text: str) -> None:
    assert read(text, [REGISTERED, SUM, APPLYING, MONTHS]) == FactsRead()


def test_a_value_under_an_if_is_supposed() -> None:
    (fact,) = read("如果是2020年2月20日", [REGISTERED]).facts
    assert fact.hypothetical


def test_without_candidates_or_a_value_nothing_is_read() -> None:
    assert read("2500万", []) == FactsRead()
    assert read("翻出来看了", [REGISTERED, SUM]) == FactsRead()


def test_a_yes_or_no_fact_is_never_given_a_value() -> None:
    assert read("2020年2月20日", ["sound_finance"]) == FactsRead()


@given(st.integers(100, 99_999))
def test_any_bare_sum_is_read_as_said(wan: int) -> None:
    (fact,) = read(str(wan), [SUM]).facts
    assert fact.value == NumberRange.exactly(Decimal(wan))


@given(st.text("翻出执照写的是2020年月日万亿三星个，。 ", max_size=40))
def test_any_message_is_read_with_its_own_words(text: str) -> None:
    said = read(text, [REGISTERED, SUM, MONTHS, APPLYING])
    assert len(said.facts) <= 1
    assert all(fact.quote in text for fact in said.facts)


@pytest.mark.parametrize("text", ["如果26号去报呢", "那25日提交呢", "要是22号再申报呢"])
def test_the_day_of_applying_is_no_other_day(text: str) -> None:
    february = DateRange(date(2022, 2, 1), date(2022, 2, 28))
    assert told(text, REGISTERED, registered_on=february) == {}
    assert told("要是22号呢", REGISTERED, registered_on=february) == {REGISTERED: "2022-02-22"}


@pytest.mark.parametrize("text", ["母公司是2009年的", "集团那边2011年", "被收购的那家是2012年的"])
def test_what_is_said_of_another_firm_is_not_the_applicants(text: str) -> None:
    assert told(text, REGISTERED) == {}


def test_what_a_customer_hands_on_is_the_applicants() -> None:
    assert told("客户刚把账理出来，总数是3100万", SUM) == {SUM: 3100}


@pytest.mark.parametrize(
    "text", ["今年准备再申请一回", "去年厂里装了新产线", "今年我们打算冲一冲", "前年生意最好"]
)
def test_a_day_of_another_matter_answers_nothing(text: str) -> None:
    assert told(text, REGISTERED, VALID) == {}
    assert told(text, REGISTERED, registered_on=YEAR) == {}


@pytest.mark.parametrize(
    "text",
    ["查了下是2021年", "翻箱倒柜找出来看是2021年", "应该是2021年吧", "2021年办下来的", "2021年老板自己创办"],
)
def test_a_day_told_by_itself_replaces_what_was_told(text: str) -> None:
    assert told(text, REGISTERED, registered_on=YEAR) == {
        REGISTERED: {"from": "2021-01-01", "to": "2021-12-31"}
    }


@pytest.mark.parametrize("text", ["还差两个月到期", "还剩一个月", "还有两个月"])
def test_what_is_still_lacking_is_no_length_of_use(text: str) -> None:
    assert told(text, MONTHS) == {}
