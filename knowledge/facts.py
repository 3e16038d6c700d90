"""Facts: what an applicant states about itself, as typed values, and the schema that a pack declares.

A value is never guessed: an absent fact is unknown. Numbers and dates may be ranges, so that 「2019年8月」 or
「不到2000万」 keep exactly what was said.
"""

from __future__ import annotations

import calendar
import re
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.errors import FactError

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class NumberRange:
    """All numbers between `lo` and `hi`; `None` is an open end; `open` excludes both ends themselves."""

    lo: Decimal | None
    hi: Decimal | None
    open: bool = False

    @classmethod
    def exactly(cls, value: Decimal | int | str) -> NumberRange:
        """The range that holds one number."""
        number = Decimal(value)
        return cls(number, number)

    @property
    def exact(self) -> Decimal | None:
        """The number, when there is only one."""
        return self.lo if self.lo is not None and self.lo == self.hi else None


@dataclass(frozen=True, slots=True)
class DateRange:
    """All days from `lo` to `hi`, both included; `None` is an open end."""

    lo: date | None
    hi: date | None

    @classmethod
    def exactly(cls, day: date) -> DateRange:
        """The range that holds one day."""
        return cls(day, day)

    @property
    def exact(self) -> date | None:
        """The day, when there is only one."""
        return self.lo if self.lo == self.hi else None


FactValue = bool | int | NumberRange | DateRange
"""bool facts, choice facts (int), number and int facts (NumberRange), date facts (DateRange)."""

FactType = Literal["bool", "number", "int", "date", "choice"]


class FactSpec(BaseModel):
    """One fact of a pack's schema (facts.yaml): its type, bounds, and how to ask for it in Chinese."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    type: FactType
    categories: tuple[str, ...]
    meaning: str
    short: str = Field(default="", description="its name in a list of what is still to be learned")
    question: str
    unit: str = ""
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[int, ...] = ()
    labels: dict[int, str] = Field(default={}, description="how a choice is called in Chinese")
    of_category: bool = Field(
        default=False,
        description="told of the category under discussion, and of no other: its own guideline is met",
    )
    ease: int = Field(
        default=2, ge=1, le=3, description="1 everybody knows it at once, 3 it must be looked up"
    )

    @model_validator(mode="after")
    def _choices_only_for_choice(self) -> FactSpec:
        if (self.type == "choice") != bool(self.choices):
            raise ValueError("choices belong to facts of type choice, and only to them")
        if set(self.labels) - set(self.choices):
            raise ValueError("labels name choices, and nothing else")
        return self

    @property
    def allowed(self) -> str:
        """What the fact may be, in Chinese, for error messages."""
        if self.type == "bool":
            return "true 或 false"
        if self.type == "choice":
            return "、".join(map(str, self.choices)) + " 之一"
        if self.type == "date":
            return f"日期（YYYY、YYYY-MM 或 YYYY-MM-DD，{EARLIEST} 至 {LATEST}），或含 from、to 的区间"
        kind = "整数" if self.type == "int" else "数字"
        ends = (f"不小于 {self.minimum}" if self.minimum is not None else "") + (
            f"、不大于 {self.maximum}" if self.maximum is not None else ""
        )
        return f"{ends}的有限{kind}{'，单位' + self.unit if self.unit else ''}，或含 from、to 的区间"

    def parse(self, raw: Any) -> FactValue | None:
        """Turn a JSON value into a typed one; `None` stays unknown. Raises FactError."""
        if raw is None:
            return None
        if self.type == "bool":
            if isinstance(raw, bool):
                return raw
            raise self._refused(raw)
        if self.type == "choice":
            if isinstance(raw, int | float) and not isinstance(raw, bool) and raw in self.choices:
                return int(raw)
            raise self._refused(raw)
        if isinstance(raw, dict):
            return self._parse_range(raw)
        return self._parse_date(raw) if self.type == "date" else self._parse_number(raw)

    def admits(self, value: object) -> bool:
        """Whether a typed value is one of this fact: its type, and its bounds as far as it reaches."""
        if self.type == "bool":
            return isinstance(value, bool)
        if self.type == "choice":
            return not isinstance(value, bool) and value in self.choices
        if self.type == "date":
            return isinstance(value, DateRange) and all(
                end is None or EARLIEST <= end <= LATEST for end in (value.lo, value.hi)
            )
        return isinstance(value, NumberRange) and all(
            end is None or self._within_bounds(end) for end in (value.lo, value.hi)
        )

    def _within_bounds(self, number: Decimal) -> bool:
        return (self.minimum is None or number >= self.minimum) and (
            self.maximum is None or number <= self.maximum
        )

    def _refused(self, raw: Any) -> FactError:
        oversized = isinstance(raw, int) and abs(raw) > sys.float_info.max  # too long to be printed in full
        return FactError(self.name, "过大的整数" if oversized else raw, self.allowed)

    def _number(self, raw: Any) -> Decimal:
        if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
            raise self._refused(raw)
        # Whatever a JSON reader with double precision would take for infinity is infinite.
        if not Decimal(raw).is_finite() or abs(Decimal(raw)) > Decimal(sys.float_info.max):
            raise self._refused(raw)
        number = Decimal(str(raw))
        if self.type == "int" and number != number.to_integral_value():
            raise self._refused(raw)
        if not self._within_bounds(number):
            raise self._refused(raw)
        return number

    def _parse_number(self, raw: Any) -> NumberRange:
        number = self._number(raw)
        return NumberRange(number, number)

    def _parse_date(self, raw: Any) -> DateRange:
        span = parse_iso_span(raw) if isinstance(raw, str) else None
        if span is None or span[0] < EARLIEST or span[1] > LATEST:
            raise self._refused(raw)
        return DateRange(*span)

    def _parse_range(self, raw: dict[str, Any]) -> NumberRange | DateRange | None:
        """A range; None where both ends are open, which says nothing."""
        is_open = raw.get("open", False)
        if (
            set(raw) - {"from", "to", "open"}
            or not {"from", "to"} <= set(raw)
            or not isinstance(is_open, bool)
        ):
            raise self._refused(raw)
        if self.type == "date":
            lo = None if raw["from"] is None else self._parse_date(raw["from"])
            hi = None if raw["to"] is None else self._parse_date(raw["to"])
            first = None if lo is None or lo.lo is None else lo.lo
            last = None if hi is None or hi.hi is None else hi.hi
            if is_open:
                # An excluded year or month is excluded whole: after "2019" begins on 2020-01-01.
                first = None if lo is None or lo.hi is None else lo.hi + timedelta(days=1)
                last = None if hi is None or hi.lo is None else hi.lo - timedelta(days=1)
            if (first or EARLIEST) > (last or LATEST) or (first or LATEST) > LATEST:
                raise self._refused(raw)
            return None if first is None and last is None else DateRange(first, last)
        low = None if raw["from"] is None else self._number(raw["from"])
        high = None if raw["to"] is None else self._number(raw["to"])
        if self.type == "int" and is_open:  # whole numbers strictly between are whole numbers from … to …
            low, high, is_open = None if low is None else low + 1, None if high is None else high - 1, False
        floor, ceiling = _either(low, self.minimum), _either(high, self.maximum)
        if floor is not None and ceiling is not None and (floor > ceiling or (is_open and floor == ceiling)):
            raise self._refused(raw)
        return None if low is None and high is None else NumberRange(low, high, is_open)


def _either(said: Decimal | None, declared: int | None) -> Decimal | int | None:
    return declared if said is None else said


def parse_iso_span(text: str) -> tuple[date, date] | None:
    """First and last day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None for anything else."""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None  # noqa: S101 - the pattern requires it
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        return None


def dump_value(value: FactValue) -> Any:
    """The JSON form of the contract: scalars where exact, `{"from", "to"[, "open"]}` otherwise."""
    if isinstance(value, bool | int):
        return value
    if isinstance(value, DateRange):
        if value.exact:
            return value.exact.isoformat()
        return {
            "from": value.lo.isoformat() if value.lo else None,
            "to": value.hi.isoformat() if value.hi else None,
        }
    if value.exact is not None:
        return _plain(value.exact)
    ends: dict[str, Any] = {
        "from": None if value.lo is None else _plain(value.lo),
        "to": None if value.hi is None else _plain(value.hi),
    }
    return ends | {"open": True} if value.open else ends


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


class FactSchema(BaseModel):
    """All facts a pack knows, in the order in which they are declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    facts: tuple[FactSpec, ...]

    def spec(self, name: str) -> FactSpec:
        """The fact of this name. Raises FactError for an unknown one."""
        for spec in self.facts:
            if spec.name == name:
                return spec
        raise FactError(name, name, "已声明的事实之一：" + "、".join(s.name for s in self.facts))

    def parse(self, raw: dict[str, Any]) -> dict[str, FactValue]:
        """Parse a JSON object of facts, leaving out the unknown (null) ones. Raises FactError."""
        parsed = {name: self.spec(name).parse(value) for name, value in raw.items()}
        return {name: value for name, value in parsed.items() if value is not None}
