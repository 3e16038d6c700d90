"""Fact values as JSON that tells a date from a number and a range from its ends, for sessions that are kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator

from knowledge.facts import DateRange, FactValue, NumberRange


def dump(value: FactValue) -> dict[str, Any]:
    """The value under the name of its kind."""
    if isinstance(value, NumberRange):
        return {"number": [_text(value.lo), _text(value.hi), value.open]}
    if isinstance(value, DateRange):
        return {"date": [_text(value.lo), _text(value.hi)]}
    return {"plain": value}


def load(kept: Any) -> FactValue:
    """The value of what `dump` made. Raises ValueError."""
    if isinstance(kept, bool | int | NumberRange | DateRange):
        return kept
    match kept:
        case {"number": [lo, hi, bool(is_open)]}:
            return NumberRange(_number(lo), _number(hi), is_open)
        case {"date": [lo, hi]}:
            return DateRange(_day(lo), _day(hi))
        case {"plain": bool() | int() as value}:
            return value
    raise ValueError("not a kept fact value")


KeptValue = Annotated[FactValue, PlainSerializer(dump), PlainValidator(load)]
"""A fact's value where it is part of a kept session."""


def _text(end: Decimal | date | None) -> str | None:
    return None if end is None else str(end)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
