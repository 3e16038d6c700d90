"""Values as an applicant reads them: 2000万元, 2020年2月20日, 四星级; and slots of texts filled with them."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.eligibility.decide import BY_ANNEX, Step, Years
from knowledge.errors import PackError
from knowledge.facts import DateRange, FactSchema, FactSpec, FactValue, NumberRange, dump_value
from knowledge.models import Notice
from knowledge.rules import SLOT

_MONTHS = "个月"


def show_value(spec: FactSpec, value: FactValue) -> str:
    """A fact's value with its unit or label."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return spec.labels.get(value, f"{value}{spec.unit}")
    return show_date(value) if isinstance(value, DateRange) else show_number(value, spec.unit)


def show_number(value: NumberRange, unit: str) -> str:
    """A number or range: 1999.99万元, 不到2000万元, 超过1000万元, 1000至2000万元; months as people count them."""
    if (
        unit == _MONTHS
        and None not in (value.lo, value.hi)
        and not all(map(_is_spoken, (value.lo, value.hi)))
    ):
        return "至".join(
            dict.fromkeys(_spoken_months(end) for end in (value.lo, value.hi) if end is not None)
        )
    if value.exact is not None:
        return plain_number(value.exact) + unit
    if value.lo is None and value.hi is None:
        return "未知"
    if value.lo is None or value.hi is None:
        end = value.hi if value.lo is None else value.lo
        word = (
            ("不到" if value.open else "不超过") if value.lo is None else ("超过" if value.open else "不少于")
        )
        return f"{word}{plain_number(end or Decimal(0))}{unit}"
    return f"{plain_number(value.lo)}至{plain_number(value.hi)}{unit}{'（不含两端）' if value.open else ''}"


def _is_spoken(months: Decimal | None) -> bool:
    """Whether people count so: whole months and halves."""
    return months is not None and months * 2 == int(months * 2)


def _spoken_months(months: Decimal) -> str:
    """Months reckoned from days, which nobody says to the hundredth: 5.03 are 5个多月."""
    if _is_spoken(months):
        return plain_number(months) + _MONTHS
    return f"{int(months)}个多月" if months >= 1 else "不到1个月"


def plain_number(number: Decimal) -> str:
    """Digits without exponent or trailing zeros; beyond sixteen digits the exponent is shorter."""
    if abs(number) >= Decimal(10) ** 16:
        return f"{number.normalize():E}"
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def show_day(day: date) -> str:
    """2020年2月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def show_date(value: DateRange) -> str:
    """A day, a whole month or year, or any other range of days."""
    lo, hi = value.lo, value.hi
    if lo is None or hi is None:
        if lo is None and hi is None:
            return "未知"
        return f"{show_day(lo)}或以后" if lo is not None else f"{show_day(hi or date.max)}或以前"
    if lo == hi:
        return show_day(lo)
    if lo.year == hi.year and (lo.month, lo.day, hi.month, hi.day) == (1, 1, 12, 31):
        return f"{lo.year}年"
    whole_month = lo.day == 1 and hi.day == calendar.monthrange(hi.year, hi.month)[1]
    if whole_month and (lo.year, lo.month) == (hi.year, hi.month):
        return f"{lo.year}年{lo.month}月"
    return f"{show_day(lo)}至{show_day(hi)}之间"


def show_annex(notice: Notice, number: int) -> str:
    """附件1《…建设指南》."""
    for annex in notice.annexes:
        if annex.number == number:
            return f"附件{number}《{annex.title}》"
    return f"附件{number}"


def show_threshold(step: Step, spec: FactSpec, notice: Notice) -> str:
    """What a step held its fact against, in the fact's own terms; empty where there is nothing to say."""
    threshold = step.threshold
    if isinstance(threshold, Years):
        return f"{threshold.years}年"
    if isinstance(threshold, Decimal):
        return plain_number(threshold) + spec.unit
    if isinstance(threshold, date):
        return show_day(threshold)
    if step.comparison in ("annex", BY_ANNEX):
        return show_annex(notice, threshold)
    if isinstance(threshold, tuple):
        return "、".join(show_value(spec, choice) for choice in threshold)
    return "" if threshold is None else show_value(spec, threshold)


def slots_of(steps: Iterable[Step], schema: FactSchema, notice: Notice) -> dict[str, str]:
    """The slots that a trace fills: value, threshold and completion of each fact; several are joined."""
    found: dict[str, dict[str, None]] = {}
    for step in steps:
        if step.fact is None:
            continue
        spec = schema.spec(step.fact)
        if step.value is not None:
            found.setdefault(step.fact, {})[show_value(spec, step.value)] = None
        if text := show_threshold(step, spec, notice):
            found.setdefault(f"{step.fact}.threshold", {})[text] = None
        if isinstance(step.threshold, Years) and step.threshold.complete_on is not None:
            found.setdefault(f"{step.fact}.complete_on", {})[show_date(step.threshold.complete_on)] = None
    return {name: "、".join(texts) for name, texts in found.items()}


def fill(text: str, slots: Mapping[str, str], where: str) -> str:
    """The text with its slots filled. Raises PackError naming `where` for a slot that has no value."""
    for name in SLOT.findall(text):
        if name not in slots:
            raise PackError(where, 0, f"说法中的空位 {{{name}}} 没有可填的值", "请改用该情形下已知的空位")
    return SLOT.sub(lambda match: slots[match[1]], text)


def dump_threshold(threshold: Any) -> Any:
    """A threshold as JSON."""
    if isinstance(threshold, Years):
        complete = threshold.complete_on
        return {
            "years": threshold.years,
            "complete_on": None if complete is None else dump_value(complete),
            "earliest": threshold.earliest.isoformat(),
            "last": threshold.last.isoformat(),
        }
    if isinstance(threshold, Decimal):
        return dump_value(NumberRange.exactly(threshold))
    if isinstance(threshold, date):
        return threshold.isoformat()
    return list(threshold) if isinstance(threshold, tuple) else threshold
