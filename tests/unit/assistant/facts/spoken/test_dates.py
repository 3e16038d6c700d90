from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_numerals import render_numeral

from assistant.facts.spoken.dates import find_dates
from knowledge.facts import DateRange

AS_OF = date(2023, 2, 6)
DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31))


def _han_year(year: int) -> str:
    return render_numeral(year, "digits")


def _han(number: int) -> str:
    return render_numeral(number, "chinese")


FORMS = {
    "年月日": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "号": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "点": lambda d: f"{d.year}.{d.month}.{d.day}",
    "斜线": lambda d: f"{d.year}/{d.month:02d}/{d.day:02d}",
    "连字符": lambda d: d.isoformat(),
    "八位": lambda d: f"{d:%Y%m%d}",
    "汉字": lambda d: f"{_han_year(d.year)}年{_han(d.month)}月{_han(d.day)}日",
    "混写": lambda d: f"{d.year}年{_han(d.month)}月{_han(d.day)}号",
}


@given(DAYS, st.sampled_from(sorted(FORMS)))
def test_a_full_date_reads_back_in_every_form(day: date, form: str) -> None:
    said = FORMS[form](day)
    found = find_dates(f"我们{said}成立", AS_OF)
    assert [(d.days, d.start, d.end) for d in found] == [(DateRange(day, day), 2, 2 + len(said))]


@given(DAYS, st.sampled_from(["{y}年{m}月", "{y}.{m}", "{y}/{m:02d}", "{y}-{m:02d}"]))
def test_a_month_is_kept_as_all_its_days(day: date, form: str) -> None:
    days = find_dates("于" + form.format(y=day.year, m=day.month) + "注册", AS_OF)[0].days
    assert days.lo == day.replace(day=1)
    assert days.hi is not None
    assert (days.hi + timedelta(days=1)).day == 1
    assert days.hi.month == day.month


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("去年三月", "2022-03-01", "2022-03-31"),
        ("前年底", "2021-11-01", "2021-12-31"),
        ("今年初", "2023-01-01", "2023-03-31"),
        ("上个月", "2023-01-01", "2023-01-31"),
        ("下个月20号", "2023-03-20", "2023-03-20"),
        ("2月底", "2022-02-21", "2022-02-28"),
        ("去年下半年", "2022-07-01", "2022-12-31"),
        ("2021年第三季度", "2021-07-01", "2021-09-30"),
        ("去年11月中旬", "2022-11-10", "2022-11-20"),
        ("08年成立", "2008-01-01", "2008-12-31"),
        ("一九年成立", "2019-01-01", "2019-12-31"),
        ("98年注册", "1998-01-01", "1998-12-31"),
        ("昨天", "2023-02-05", "2023-02-05"),
        ("上周", "2023-01-30", "2023-02-05"),
        ("2022年二季度", "2022-04-01", "2022-06-30"),
        ("2021年Q3", "2021-07-01", "2021-09-30"),
        ("去年圣诞节", "2022-12-25", "2022-12-25"),
        ("2021年春节", "2021-01-20", "2021-02-20"),
        ("去年国庆后", "2022-10-01", "2022-11-05"),
        ("2022年国庆节后10月12日", "2022-10-12", "2022-10-12"),
        ("国庆节", "2022-10-01", "2022-10-01"),
        ("去年今天", "2022-02-06", "2022-02-06"),
        ("前年这个时候", "2021-02-01", "2021-02-28"),
        ("〇八年", "2008-01-01", "2008-12-31"),
        ("两千零八年", "2008-01-01", "2008-12-31"),
        ("前个月", "2022-12-01", "2022-12-31"),
        ("二〇二〇年二月廿八，注册", "2020-02-28", "2020-02-28"),
        ("二〇二〇年三月一直在用", "2020-03-01", "2020-03-31"),
        ("24/3/31", "2024-03-31", "2024-03-31"),
        ("24.12.1到期", "2024-12-01", "2024-12-01"),
        ("三年前的3月2号", "2020-03-02", "2020-03-02"),
        ("21年8百万", "2021-01-01", "2021-12-31"),
        ("2022年3月中下旬", "2022-03-10", "2022-03-31"),
    ],
)
def test_dates_as_people_say_them(said: str, first: str, last: str) -> None:
    days = find_dates(said, AS_OF)[0].days
    assert days == DateRange(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "3个月",
        "18年了",
        "2020.5万",
        "2,345.67万",
        "2月30日",
        "10年前",
        "7个方向",
        "2020万",
        "531产业链",
        "一二年",
        "10年800万",
        "10.1.2条",
        "三年前的十月",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find_dates(text, AS_OF) == []


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("2020年2、3月份", "2020-02-01", "2020-03-31"),
        ("2020年2-3月", "2020-02-01", "2020-03-31"),
        ("去年二三月份", "2022-02-01", "2022-03-31"),
        ("2020年2月或者3月", "2020-02-01", "2020-03-31"),
        ("20年2、3月份成立", "2020-02-01", "2020-03-31"),
        ("十一二月注册", "2022-11-01", "2022-12-31"),
        ("2019年底2020年初", "2019-11-01", "2020-03-31"),
        ("2020年2月底3月初", "2020-02-21", "2020-03-10"),
        ("2020年2月底或3月初", "2020-02-21", "2020-03-10"),
    ],
)
def test_either_of_two_times_is_both_of_them(said: str, first: str, last: str) -> None:
    (spoken,) = find_dates(said, AS_OF)
    assert spoken.days == DateRange(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("2022年1月、3月、6月", 3),
        ("2022年3月到12月", 2),
        ("2022年3到12月", 2),
        ("2019年底到2020年初", 2),
        ("1月底，2月初", 2),
        ("2020年1月底，2月10号", 2),
        ("十一月", 1),
    ],
)
def test_times_of_their_own_stay_apart(said: str, number: int) -> None:
    assert len(find_dates(said, AS_OF)) == number
