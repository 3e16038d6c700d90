"""Fact cues: the words by which applicants speak of a pack's facts, as data (fact_cues.yaml of a pack).

The language itself (negation, amounts, dates, whose fact it is) is code in `assistant.facts`; which word signals
which fact is data here. Words are regular expressions over simplified, half-width text, tried longest first.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from knowledge.models import Frozen
from knowledge.strict_yaml import load_model

PLACES_FILE = Path(__file__).parent / "field" / "places.yaml"


def _compilable(words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        try:
            re.compile(word)
        except re.error as error:
            raise ValueError(f"正则表达式 {word!r} 无效：{error}") from error
        if re.search(word, ""):
            raise ValueError(f"正则表达式 {word!r} 不得匹配空串")
    return words


Words = Annotated[tuple[str, ...], AfterValidator(_compilable)]


def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for any of the words, the longest first; for no words, a pattern that never matches."""
    return re.compile("|".join(sorted(words, key=len, reverse=True)) or r"(?!)")


class FactCue(Frozen):
    """Base of all cues: the fact, the clause that the words come from, and when bare values mean the fact.

    `categories` are those under discussion in which a value without any of the words is still this fact.
    """

    fact: str
    clause: str = ""
    categories: tuple[str, ...] = ()


class StateCue(FactCue):
    """A yes-or-no fact. `topics` name it, and the language around says yes or no; `yes` and `no` say it outright.

    `events` are verbs that say yes unless negated or still to come (建成, 投产). With `context`, all this counts only
    where one of these words stands in the message, where one of `categories` is under discussion, or where this
    fact or one of `context_facts` was asked for. `pending`: whether "it is being done" means no, or nothing.
    """

    topics: Words = ()
    events: Words = ()
    yes: Words = ()
    no: Words = ()
    context: Words = ()
    context_facts: tuple[str, ...] = ()
    pending: bool = True

    @cached_property
    def topic_pattern(self) -> re.Pattern[str]:
        return pattern(self.topics)

    @cached_property
    def event_pattern(self) -> re.Pattern[str]:
        return pattern(self.events)

    @cached_property
    def yes_pattern(self) -> re.Pattern[str]:
        return pattern(self.yes)

    @cached_property
    def no_pattern(self) -> re.Pattern[str]:
        return pattern(self.no)

    @cached_property
    def context_pattern(self) -> re.Pattern[str]:
        return pattern(self.context)


class AmountCue(FactCue):
    """A sum of money: the words for it, its parts, what does not count, and other sums that are not it."""

    yuan_per_unit: Decimal = Decimal(10000)
    words: Words = Field(description="spending words: 投入, 花了")
    parts: Words = Field(description="nouns of parts that add up: 软件, 设备")
    excluded: Words = Field(default=(), description="nouns of spending that does not count: 厂房")
    other: Words = Field(default=(), description="nouns of other sums: 注册资本, 营收")
    not_categories: tuple[str, ...] = Field(default=(), description="categories in which spending is another matter")
    years: int = Field(default=0, description="only spending of the last so many years counts; 0 for all")

    @cached_property
    def noun_pattern(self) -> re.Pattern[str]:
        """Any noun before or after an amount, the groups naming what it is."""
        groups = {"other": self.other, "excluded": self.excluded, "part": self.parts, "word": self.words}
        return re.compile("|".join(f"(?P<{name}>{pattern(w).pattern})" for name, w in groups.items() if w))


class SinceCue(FactCue):
    """A day in the past told by a date or an age: words such as 成立, and nouns that have an age (公司 三年了)."""

    words: Words
    nouns: Words = ()

    @cached_property
    def word_pattern(self) -> re.Pattern[str]:
        return pattern(self.words)

    @cached_property
    def noun_pattern(self) -> re.Pattern[str]:
        return pattern(self.nouns)


class UntilCue(FactCue):
    """The last day of a validity: ending words, the thing that ends, and words of issue and of validity."""

    words: Words
    subjects: Words
    other: Words = ()
    issue: Words = ()
    validity: Words = ()
    still_valid: Words = ()
    expired: Words = ()

    @cached_property
    def word_pattern(self) -> re.Pattern[str]:
        return pattern(self.words)

    @cached_property
    def subject_pattern(self) -> re.Pattern[str]:
        return pattern(self.subjects)

    @cached_property
    def other_pattern(self) -> re.Pattern[str]:
        return pattern(self.other)

    @cached_property
    def issue_pattern(self) -> re.Pattern[str]:
        return pattern(self.issue)

    @cached_property
    def validity_pattern(self) -> re.Pattern[str]:
        return pattern(self.validity)

    @cached_property
    def valid_pattern(self) -> re.Pattern[str]:
        return pattern(self.still_valid)

    @cached_property
    def expired_pattern(self) -> re.Pattern[str]:
        return pattern(self.expired)


class CountCue(FactCue):
    """How many of a fixed number of things: `words` name the group, `units` what is counted, `total` how many."""

    words: Words
    units: Words
    total: int
    members: Words = Field(default=(), description="names of the things: two of them said is two")
    member_words: Words = Field(default=(), description="words that must stand beside members to count them")

    @cached_property
    def word_pattern(self) -> re.Pattern[str]:
        return pattern(self.words)

    @cached_property
    def unit_pattern(self) -> re.Pattern[str]:
        return pattern(self.units)

    @cached_property
    def member_pattern(self) -> re.Pattern[str]:
        return pattern(self.members)

    @cached_property
    def member_word_pattern(self) -> re.Pattern[str]:
        return pattern(self.member_words)


class LevelCue(Frozen):
    """Stars: the fact applied for, the fact held, the levels, and words that are stars of another kind."""

    applying: str
    current: str
    clause: str = ""
    categories: tuple[str, ...] = ()
    levels: tuple[int, ...]
    none_held: Words = Field(description="said of an applicant that holds no level")
    other: Words = Field(default=(), description="words in which a star is no level: 三星电子")
    which: str = Field(description="the question put to who names two levels to apply for")

    @cached_property
    def none_pattern(self) -> re.Pattern[str]:
        return pattern(self.none_held)

    @cached_property
    def other_pattern(self) -> re.Pattern[str]:
        return pattern(self.other)


class UsageCue(FactCue):
    """Months of use inside a counting period: words of use, of its start, and the things that are used."""

    words: Words
    start: Words
    things: Words
    not_categories: tuple[str, ...] = ()
    period_from: date
    period_to: date

    @model_validator(mode="after")
    def _in_order(self) -> UsageCue:
        if self.period_from > self.period_to:
            raise ValueError("period_from 不得晚于 period_to")
        return self

    @cached_property
    def word_pattern(self) -> re.Pattern[str]:
        return pattern(self.words)

    @cached_property
    def start_pattern(self) -> re.Pattern[str]:
        return pattern(self.start)

    @cached_property
    def thing_pattern(self) -> re.Pattern[str]:
        return pattern(self.things)


class PlaceCue(FactCue):
    """A fact that is true inside one province: its name as in places.yaml."""

    province: str


class Region(Frozen):
    """A province with its cities, and with their districts and counties where these are wanted."""

    name: str
    aliases: tuple[str, ...] = ()
    cities: tuple[City, ...] = ()


class City(Frozen):
    """A city and the names of its districts, counties and parks as people say them."""

    name: str
    districts: tuple[str, ...] = ()


class Gazetteer(Frozen):
    """Places by province; `ambiguous` names stand in several provinces and say nothing alone."""

    provinces: tuple[Region, ...] = ()
    ambiguous: tuple[str, ...] = ()

    @cached_property
    def province_of(self) -> dict[str, str]:
        """Name of a place → name of its province."""
        owners: dict[str, str] = {}
        for province in self.provinces:
            names = [province.name, *province.aliases]
            names += [n for city in province.cities for n in (city.name, *city.districts)]
            owners.update({name: province.name for name in names if name not in self.ambiguous})
        return owners

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return pattern(tuple(map(re.escape, self.province_of)))


class FactCues(Frozen):
    """All cues of a pack: fact_cues.yaml. `misspellings` replace a slip by the word meant, of the same length."""

    misspellings: dict[str, str] = {}
    states: tuple[StateCue, ...] = ()
    place: PlaceCue | None = None
    since: SinceCue | None = None
    until: UntilCue | None = None
    amount: AmountCue | None = None
    counts: tuple[CountCue, ...] = ()
    levels: LevelCue | None = None
    usage: UsageCue | None = None
    passing: Words = Field(default=(), description="events whose dates belong to no fact: 验收, 认定")
    gazetteer: Gazetteer = Gazetteer()

    @model_validator(mode="after")
    def _misspellings_keep_length(self) -> FactCues:
        wrong = [slip for slip, word in self.misspellings.items() if len(slip) != len(word)]
        if wrong:
            raise ValueError(f"错别字与正字须等长：{'、'.join(wrong)}")
        return self

    @cached_property
    def passing_pattern(self) -> re.Pattern[str]:
        return pattern(self.passing)

    def facts(self) -> tuple[str, ...]:
        """Names of all facts that these cues can read."""
        single = (self.place, self.since, self.until, self.amount, self.usage)
        names = [cue.fact for cue in (*self.states, *self.counts, *single) if cue is not None]
        return tuple(names + ([self.levels.applying, self.levels.current] if self.levels else []))


def load_fact_cues(file: Path, places: Path = PLACES_FILE) -> FactCues:
    """The cues of a pack with the gazetteer of the field. Raises PackError."""
    return load_model(file, FactCues).model_copy(update={"gazetteer": load_model(places, Gazetteer)})
