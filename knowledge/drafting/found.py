"""What a text says of itself, each value with its verbatim quote and the clause it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

Of = TypeVar("Of")
DayRole = Literal["opens", "closes", "bureau"]


@dataclass(frozen=True, slots=True)
class Found(Generic[Of]):
    """A value with its evidence."""

    value: Of
    clause: str
    quote: str


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day on which something opens or is due: for applicants (`opens`, `closes`) or for those who pass on (`bureau`).

    `time` is printed beside it (17:00), empty where nothing is; `from_issue`: 即日起.
    """

    role: DayRole
    day: date
    time: str
    categories: tuple[str, ...]
    clause: str
    quote: str
    from_issue: bool = False


@dataclass(frozen=True, slots=True)
class FoundContact:
    """A phone or e-mail address, with whose it is as far as the text says: department or matter, and person."""

    label: str
    person: str
    phone: str
    email: str
    categories: tuple[str, ...]
    clause: str
    quote: str


@dataclass(frozen=True, slots=True)
class FoundAnnex:
    """An annex of the list: number (1 where the only one has none), title, what it is for."""

    number: int
    title: str
    kind: Literal["guideline", "application_form", "summary_sheet", "other"]
    categories: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class FoundCategory:
    """What may be applied for: its name as printed in the clause, a short name, and other names for it."""

    id: str
    name: str
    short: str
    aliases: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Head:
    """Title, number, authority, day of issue and addressees; what was not found is None."""

    title: Found[str] | None
    number: Found[str] | None
    authority: Found[str] | None
    issued_on: Found[date] | None
    addressees: Found[str] | None
