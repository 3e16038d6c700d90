"""The nouns of an official notice: Clause, Annex, Contact, Window, Category, Notice, Topic.

Frozen pydantic models; unknown keys are refused, so that a misspelt key in a pack never passes silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.values import UndatedYear

Route = Literal["eligibility", "lookup", "contact", "unresolved", "smalltalk", "out_of_scope"]
WindowStatus = Literal["not_open", "open", "closed", "set_locally"]


class Frozen(BaseModel):
    """Base of all pack data: immutable, and no key beyond the declared ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Clause(Frozen):
    """One node of the clause tree.

    `text` is the clause's own text with wrapped lines joined (its heading included for a bare heading);
    `spans` are (start, end) character offsets into the source file, in order, that hold this text;
    `categories` are the categories it binds, all of the pack's when nothing narrows it.
    """

    id: str
    label: str
    marker: str = Field(
        description="the number as printed, e.g. （三） or 1. or 【表1 第2行】; empty for 0, annexes, colophon"
    )
    heading: str = Field(
        description="the heading's words without the marker, empty where the clause is a paragraph"
    )
    heading_path: tuple[str, ...] = Field(description="headings above, outermost first")
    text: str
    bare: bool = Field(description="a heading with no text of its own")
    parent: str | None
    categories: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    extent: tuple[int, int] = Field(
        default=(0, 0), description="where the clause stands in the source, its marker and heading included"
    )


class Category(Frozen):
    """A category of the notice: its official name and the words by which people and headings name it."""

    id: str
    name: str
    short: str
    aliases: tuple[str, ...]
    confusables: tuple[str, ...] = Field(
        default=(), description="longer words that hold an alias and yet do not name the category (申报平台)"
    )
    implied_by: tuple[str, ...] = Field(
        default=(), description="words that only this category's clauses use (贯标, 云服务)"
    )
    named_beside: tuple[str, ...] = Field(
        default=(), description="words that name it only beside another category's name (平台、工厂、上云)"
    )
    clause: str


class Annex(Frozen):
    """An annex of the notice, in the registry whether its text is at hand (`loaded`) or not."""

    number: int
    title: str
    kind: Literal["guideline", "application_form", "summary_sheet", "other"]
    categories: tuple[str, ...]
    clause: str
    loaded: bool = False


class Contact(Frozen):
    """A desk's phone, as printed in the clause."""

    category: str
    label: str
    phone: str
    clause: str


class Window(Frozen):
    """When a category may be applied for, and by when the city bureaus pass the applications on.

    `closes_on` is the last day for applicants, None where each locality sets its own (`set_locally`);
    `bureau_deadline` is the bureaus' last day and the outer bound of Reading 2 for `set_locally`. What a notice
    does not say is None or empty. `clause` says by when, `opens_clause` and `system_clause` from when and where,
    as far as they are other clauses.
    """

    category: str
    opens_on: date | None
    closes_on: date | None
    set_locally: bool
    bureau_deadline: date | None
    system_url: str
    clause: str
    bureau_clause: str
    opens_clause: str = ""
    system_clause: str = ""
    quotes: tuple[str, ...] = Field(description="verbatim pieces of these clauses that carry the dates")

    @property
    def last_day(self) -> date | None:
        """The last possible day of application; the bureaus' own where there is none for applicants."""
        return self.closes_on or self.bureau_deadline


class Notice(Frozen):
    """A pack's metadata: pack.yaml."""

    id: str
    version: str
    title: str
    document: str = Field(description="how a citation names the document, e.g. 苏工信融合〔2023〕27号")
    document_number: str
    issuing_authority: str
    issued_on: date | None = Field(description="None where the text does not say")
    year: int = Field(description="the year of the dates that the notice prints without one")
    year_turns: int = Field(
        default=1, description="month before which such dates lie in the year after (a notice of December)"
    )
    text_file: str
    mailing_address: str
    mailing_clause: str
    categories: tuple[Category, ...]
    annexes: tuple[Annex, ...]
    contacts: tuple[Contact, ...]
    windows: tuple[Window, ...]
    valid_from: date | None = Field(
        default=None, description="first day on which questions are answered from this version"
    )
    valid_until: date | None = Field(default=None, description="last day of that")
    superseded_by: str = Field(
        default="", description="name of the pack that took its place: an id, or `id@version` (see catalogue)"
    )
    suggested: dict[Route, tuple[str, ...]] = Field(
        default={}, description="ids of topics worth suggesting after an answer on a route"
    )

    @property
    def undated(self) -> UndatedYear:
        """The year of dates printed without one."""
        return UndatedYear(self.year, self.year_turns)

    def category(self, category_id: str) -> Category:
        """The category of this id. Raises KeyError."""
        for category in self.categories:
            if category.id == category_id:
                return category
        raise KeyError(category_id)

    def window(self, category_id: str) -> Window | None:
        """The category's window, if the notice gives one."""
        return next((w for w in self.windows if w.category == category_id), None)

    def contact(self, category_id: str) -> Contact | None:
        """The category's desk."""
        return next((c for c in self.contacts if c.category == category_id), None)

    @property
    def phones_of_one(self) -> dict[str, str]:
        """The numbers, without area codes, that belong to one category alone."""
        own = {
            c.phone.rpartition("-")[2]: {o.category for o in self.contacts if o.phone == c.phone}
            for c in self.contacts
        }
        return {number: categories.pop() for number, categories in own.items() if len(categories) == 1}

    def desks(self, categories: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """The phones of some categories, each once, with whose it is: the categories' short names, and the desk's
        own label where a category has several phones."""
        own = [contact for contact in self.contacts if contact.category in categories]
        served: dict[str, list[Contact]] = {}
        for contact in own:
            served.setdefault(contact.phone, []).append(contact)
        alone = len({contact.category for contact in own}) == len(own)
        return tuple(
            (
                "、".join(self.category(c.category).short for c in desks) if alone else desks[0].label,
                phone,
            )
            for phone, desks in served.items()
        )


class Citation(Frozen):
    """A clause and the verbatim piece of it that carries a sentence (whole clause when `quote` is empty)."""

    clause: str
    quote: str = ""


class Aside(Frozen):
    """A sentence that an answer adds where the question has one of the words `when` in it.

    It names the other thing where people mix two up: who asks whether 3月15日 is the deadline is told whose it is.
    """

    when: tuple[str, ...] = Field(min_length=1)
    text: str


class Kind(Frozen):
    """One kind of thing that a topic is about, by the words `when` that ask of it."""

    name: str
    when: tuple[str, ...] = Field(min_length=1)


class Asked(Frozen):
    """What an answer says that the notice leaves open, in the kind that was asked of: `{asked}` in its text.

    `otherwise` stands where a question has none of the words. Who asks of 民办非企业单位 is not told of 个体户.
    """

    otherwise: str
    kinds: tuple[Kind, ...] = Field(min_length=1)

    def by(self, question: str) -> str:
        """The names of the kinds that a question asks of."""
        asked = [kind.name for kind in self.kinds if any(word in question for word in kind.when)]
        return "、".join(asked) or self.otherwise


class TopicAnswer(Frozen):
    """The direct answer to a topic, for one category or (category null) for any.

    `text` is one to four Chinese sentences; each ends with the clause ids it stands on in square brackets,
    e.g. `平台和标杆工厂于2月28日前完成申报[4.1.1]。`, replaced by citation markers when composed. It may hold
    slots that are filled by category (knowledge/slots.py), and `{asked}`, filled by the question.
    """

    category: str | None = None
    text: str
    asked: Asked | None = None
    asides: tuple[Aside, ...] = ()
    citations: tuple[Citation, ...] = ()


class Topic(Frozen):
    """A question people ask (问点): its route, its answers, and exemplar questions that lead to it."""

    id: str
    route: Route
    title: str
    category: str | None = Field(default=None, description="the one category whose clauses alone speak of it")
    suggestion: str = Field(default="", description="how an applicant would click it, at most 18 characters")
    follow_ups: tuple[str, ...] = Field(default=(), description="ids of topics worth suggesting next")
    criteria: tuple[str, ...] = Field(default=(), description="criterion ids an eligibility topic asks about")
    outlines: Literal["guideline", "application_form"] | None = Field(
        default=None, description="asks what annexes of this kind say as a whole; told once they are loaded"
    )
    titles: bool = Field(
        default=False, description="asks which annexes there are; of one named by number, its title"
    )
    without_place: str = Field(
        default="", description="id of the topic that answers instead where a question names no locality"
    )
    of_others: str = Field(
        default="",
        description="id of the topic that answers instead where only categories without this condition are named",
    )
    of_one: str = Field(
        default="",
        description="how it is asked of one category alone, which has a topic of its own for it (申报条件)",
    )
    reasons: str = Field(
        default="", description="id of the topic that answers instead where the reason of the rule is asked"
    )
    from_bureau: str = Field(
        default="", description="id of the topic that answers instead where a bureau asks, not an applicant"
    )
    for_bureaus: bool = Field(
        default=False,
        description="asked by bureaus: what is told first is how their own last day stands, not the applicants'",
    )
    compares: bool = Field(
        default=False,
        description="sets categories against each other: two that are named have their own answers, else the common one",
    )
    answers: tuple[TopicAnswer, ...] = ()
    questions: tuple[str, ...] = Field(description="exemplar questions, in the registers of real applicants")
