"""The facts of a pack as form fields, and a filled form as the facts that the checker takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.errors import FactError
from knowledge.facts import FactSchema, FactSpec

_MOST_OPTIONS = 12
"""Whole numbers with no more values than this are chosen, not typed."""
_RANGE = re.compile(r"(?P<low>[^~～至]*)[~～至](?P<high>[^~～至]*)")
_BOUND = re.compile(r"(?P<sign>≥|>=|>|≤|<=|<)(?P<end>.+)")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Field:
    """A fact on the form. `options` are value and label where it is chosen; `shown` is what was given, in words."""

    name: str
    meaning: str
    unit: str
    asked: bool
    options: tuple[tuple[str, str], ...]
    value: str
    shown: str
    hint: str
    number: bool
    problem: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form: the facts that can be taken, the texts as typed, and what is wrong with the others."""

    facts: Mapping[str, Any]
    given: Mapping[str, str]
    problems: Mapping[str, str]


def read(schema: FactSchema, form: Mapping[str, Any]) -> Filled:
    """The facts of a form; one that cannot be taken is told and left unknown."""
    facts: dict[str, Any] = {}
    problems: dict[str, str] = {}
    given = {spec.name: str(form.get(spec.name) or "").strip()[:60] for spec in schema.facts}
    for spec in schema.facts:
        if not given[spec.name]:
            continue
        raw = raw_value(spec, given[spec.name])
        try:
            spec.parse(raw)
        except FactError as error:
            problems[spec.name] = f"应为{error.allowed}"
        else:
            facts[spec.name] = raw
    return Filled(facts, given, problems)


def fields(schema: FactSchema, category: str, filled: Filled) -> tuple[Field, ...]:
    """The fields of all facts; `asked` are those that the category looks at."""
    return tuple(_field(spec, category, filled) for spec in schema.facts)


def raw_value(spec: FactSpec, text: str) -> Any:
    """The JSON value that a text stands for; a text that stands for none is handed on as it is, to be refused.

    `1500~1800`, `≥3`, `<2000` and `~2021-06` are ranges.
    """
    if spec.type == "bool":
        return {"true": True, "false": False}.get(text, text)
    compact = text.replace(" ", "").replace(",", "").replace("，", "")
    bound, span = _BOUND.fullmatch(compact), _RANGE.fullmatch(compact)
    if bound:
        end, lower = _scalar(spec, bound["end"]), bound["sign"] in {"≥", ">=", ">"}
        ends = {"from": end, "to": None} if lower else {"from": None, "to": end}
        return ends | ({"open": True} if bound["sign"] in {">", "<"} else {})
    if span and spec.type != "choice":
        return {"from": _scalar(spec, span["low"]), "to": _scalar(spec, span["high"])}
    return _scalar(spec, compact)


def _scalar(spec: FactSpec, text: str) -> Any:
    if not text:
        return None
    if spec.type == "date" or not _NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)


def _field(spec: FactSpec, category: str, filled: Filled) -> Field:
    options, value = _options(spec), filled.given.get(spec.name, "")
    return Field(
        name=spec.name,
        meaning=spec.meaning,
        unit=spec.unit,
        asked=category in spec.categories,
        options=options,
        value=value,
        shown=dict(options).get(value, value + (spec.unit if value and spec.type == "number" else "")),
        hint=_hint(spec),
        number=spec.type in {"number", "int"},
        problem=filled.problems.get(spec.name, ""),
    )


def _options(spec: FactSpec) -> tuple[tuple[str, str], ...]:
    """What is chosen rather than typed; the empty value is unknown."""
    unknown = ("", "未知")
    if spec.type == "bool":
        return (unknown, ("true", "是"), ("false", "否"))
    if spec.type == "choice":
        return (unknown, *((str(choice), spec.labels.get(choice, str(choice))) for choice in spec.choices))
    low, high = spec.minimum, spec.maximum
    if spec.type == "int" and low is not None and high is not None and high - low < _MOST_OPTIONS:
        return (unknown, *((str(number), str(number)) for number in range(low, high + 1)))
    return ()


def _hint(spec: FactSpec) -> str:
    if spec.type == "date":
        return "2021-06-18 或 2021-06"
    return "如 2000、1500~1800、<2000" if spec.type in {"number", "int"} else ""
