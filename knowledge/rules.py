"""Rules as data: the conditions of a notice as typed nodes, read from a pack's rules.yaml.

A rule holds no expression string, no code and no clock: facts, category and the day of asking come in from
outside. Clauses: 三 of the notice; how each word is read is said beside the node that carries it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, model_validator

from knowledge.models import Frozen

Status = Literal["met", "not_met", "unknown", "needs_confirmation", "not_applicable"]
Operator = Literal[">=", ">", "<=", "<", "=="]
Given = bool | int | Literal["absent", "range"]

Bound = TypeVar("Bound")
SLOT = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z_]+)?)\}")


class Flag(Frozen):
    """Met when a bool fact is true, not met when it is false."""

    kind: Literal["flag"]
    fact: str


class Judgement(Frozen):
    """A matter of judgement (显著): a claim is for a person to confirm, its denial is not met."""

    kind: Literal["judgement"]
    fact: str


class AnnexNode(Frozen):
    """What an annex alone decides. While the annex is not loaded, silence is for a person to confirm."""

    kind: Literal["annex"]
    fact: str
    annex: int | dict[str, int] = Field(description="number of the annex, or one for each category")


class Comparison(Frozen):
    """A number held against a threshold; 不少于, 不低于 and 不得少于 are `>=`."""

    kind: Literal["comparison"]
    fact: str
    operator: Operator
    threshold: Decimal | dict[str, Decimal] = Field(
        description="in the fact's unit, or one for each category"
    )


class Tenure(Frozen):
    """Full years since a date, complete on the day of application."""

    kind: Literal["tenure"]
    fact: str
    years: int | dict[str, int] = Field(description="full years, or one number for each category")


class DateAfter(Frozen):
    """A date after a day; `on_the_day` is the status where the words leave that day itself open."""

    kind: Literal["date_after"]
    fact: str
    day: date
    on_the_day: Status


class OneOf(Frozen):
    """A choice that must be one of some values."""

    kind: Literal["one_of"]
    fact: str
    values: tuple[int, ...] = Field(min_length=1)


class PrerequisiteLevel(Frozen):
    """A level that may be applied for only from the level just named, and not again.

    `requires` gives for a level applied for the lowest level to be held today (absent: none). Holding the
    level applied for or a higher one gives `when_held`.
    """

    kind: Literal["prerequisite_level"]
    applying: str
    held: str
    requires: dict[int, int]
    when_held: Status


class All(Frozen):
    """Every part is met."""

    kind: Literal["all"]
    of: tuple[Node, ...] = Field(min_length=1)


class Any_(Frozen):  # noqa: N801 - `Any` is taken by typing, the kind is `any`
    """Some part is met."""

    kind: Literal["any"]
    of: tuple[Node, ...] = Field(min_length=1)


class AtLeast(Frozen):
    """At least `count` of the parts are met."""

    kind: Literal["at_least"]
    count: int = Field(ge=0)
    of: tuple[Node, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _count_within_parts(self) -> AtLeast:
        if self.count > len(self.of):
            raise ValueError("count exceeds the number of parts")
        return self


class Not(Frozen):
    """The part is not met."""

    kind: Literal["not"]
    of: Node


Leaf = Flag | Judgement | AnnexNode | Comparison | Tenure | DateAfter | OneOf | PrerequisiteLevel
Node = Annotated[Leaf | All | Any_ | AtLeast | Not, Field(discriminator="kind")]


def bound(value: Bound | dict[str, Bound], category: str) -> Bound:
    """The threshold that binds `category`. Raises KeyError where a per-category one leaves it out."""
    return value[category] if isinstance(value, dict) else value


def leaves(node: Node) -> Iterator[Leaf]:
    """The parts of a rule that look at facts, in their order."""
    if isinstance(node, Not):
        yield from leaves(node.of)
    elif isinstance(node, All | Any_ | AtLeast):
        for part in node.of:
            yield from leaves(part)
    else:
        yield node


def facts_of(node: Node) -> tuple[str, ...]:
    """Names of the facts that a rule looks at, each once."""
    names: list[str] = []
    for leaf in leaves(node):
        names += [leaf.applying, leaf.held] if isinstance(leaf, PrerequisiteLevel) else [leaf.fact]
    return tuple(dict.fromkeys(names))


class ReasonText(Frozen):
    """Why a status holds, in Chinese: the first text whose status and given facts fit is said.

    Slots: `{fact}` its value, `{fact.threshold}` what it was held against, `{fact.complete_on}` the day from
    which a tenure is complete, `{phone}` the desk's phone, `{each}` the statuses of the categories.
    """

    status: Status
    given: dict[str, Given] = Field(default={}, description="facts of this case: a value, absent, or range")
    across: bool = Field(default=False, description="said only when no category is named")
    categories: tuple[str, ...] = Field(default=(), description="said only for these, for all when empty")
    text: str


class Change(Frozen):
    """A fact that an applicant can change, and how; `{fact.to}` is the value that suffices."""

    fact: str
    how: str


class Remedy(Frozen):
    """What an applicant can do about a criterion that is not met."""

    change: tuple[Change, ...] = Field(default=(), description="what the applicant can change")
    wait: str = Field(default="", description="said where time alone helps, before the window closes")
    otherwise: str = Field(default="", description="said where nothing helps this time")


class Criterion(Frozen):
    """A condition of the notice, stated once and bound to the categories that it governs."""

    id: str
    title: str = Field(description="a few words that name it in a list")
    clause: str
    quote: str = Field(description="verbatim in the clause, white space aside")
    categories: tuple[str, ...] = Field(min_length=1)
    rule: Node
    questions: dict[str, str] = Field(
        default={}, description="by fact, where the schema's question is not apt"
    )
    reasons: tuple[ReasonText, ...] = Field(min_length=1)
    remedy: Remedy

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Names of the facts it looks at."""
        return facts_of(self.rule)


class Presumption(Frozen):
    """A fact presumed true because another was stated, unless it is stated itself."""

    fact: str
    because: str = Field(description="the stated fact: a bool that is true, or any value of another type")
    text: str = Field(description="added to a reason that stands on it")


class RuleNote(Frozen):
    """A remark or preference beside the criteria; it never changes a verdict."""

    clause: str
    categories: tuple[str, ...]
    when: Literal["always", "last_day"] = Field(
        default="always", description="last_day: only on the last day of the window"
    )
    text: str


class NotModelled(Frozen):
    """Words of a clause that no criterion decides, and why."""

    clause: str
    words: str = Field(description="verbatim in the clause")
    reason: str


class RuleBook(Frozen):
    """A pack's rules.yaml."""

    scope: str = Field(description="the clause below which every clause is a criterion's or not modelled")
    presumptions: tuple[Presumption, ...] = ()
    criteria: tuple[Criterion, ...]
    notes: tuple[RuleNote, ...] = ()
    not_modelled: tuple[NotModelled, ...] = ()

    @model_validator(mode="after")
    def _ids_are_distinct(self) -> RuleBook:
        ids = [criterion.id for criterion in self.criteria]
        if len(ids) != len(set(ids)):
            raise ValueError("criterion ids must be distinct")
        return self

    def of(self, category: str) -> tuple[Criterion, ...]:
        """The criteria that bind a category, in the order of the rules."""
        return tuple(criterion for criterion in self.criteria if category in criterion.categories)


def rules_schema() -> dict[str, Any]:
    """JSON Schema of rules.yaml, for editors and for review."""
    return RuleBook.model_json_schema()
