"""Fact cues: the words by which applicants speak of a pack's facts, as data (fact_cues.yaml of a pack).

The language itself (negation, amounts, dates, whose fact it is) is code in `assistant.facts`; which word signals
which fact is data here.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from pydantic import Field, model_validator

from knowledge.cue_words import NEVER, Words, by_group
from knowledge.gazetteer import Gazetteer, load_gazetteer
from knowledge.models import Frozen
from knowledge.strict_yaml import load_model


class FactCue(Frozen):
    """Base of all cues: the fact, the clause that the words come from, and when bare values mean the fact.

    `categories` are those under discussion in which a value without any of the words is still this fact.
    """

    fact: str
    clause: str = ""
    categories: tuple[str, ...] = ()


class StateCue(FactCue):
    """A yes-or-no fact. `topics` name it, and the language around says yes or no; `yes` and `no` say it outright.

    `events` are verbs that say yes unless negated or still to come (建成, 投产). With `context`, all this counts
    only where one of these words stands in the message, where one of `categories` is under discussion, or where
    this fact or one of `context_facts` was asked for. `pending`: whether "it is being done" means no, or nothing.
    `unsettled` are words of what the notice leaves open (a loss: is that no 运营状况良好?): they say neither yes nor
    no, and `unsettled_question` is put to whoever says them; a yes settles it where it holds one of `settles`.
    `unsettled_topic` is the topic that tells what is left open to who only asks of it (亏损影响申报吗).
    `mended` are words by which a no is past (停了又续上, 失信已移出); `not_this`: beside them another thing is spoken of.
    `listed` are items that say yes in a bare list of what the applicant is (江苏、法人、账清、诚信).
    """

    topics: Words = NEVER
    events: Words = NEVER
    yes: Words = NEVER
    no: Words = NEVER
    context: Words = NEVER
    context_facts: tuple[str, ...] = ()
    pending: bool = True
    unsettled: Words = NEVER
    unsettled_question: str = ""
    unsettled_topic: str = ""
    settles: Words = NEVER
    mended: Words = NEVER
    not_this: Words = NEVER
    listed: Words = NEVER

    @model_validator(mode="after")
    def _asked_what_is_open(self) -> StateCue:
        if (self.unsettled is NEVER) != (not self.unsettled_question):
            raise ValueError(f"{self.fact}：unsettled 和 unsettled_question 须一起给出")
        return self


class AmountCue(FactCue):
    """A sum of money: the words for it, its parts, what does not count, and other sums that are not it."""

    yuan_per_unit: Decimal = Decimal(10000)
    words: Words = Field(description="spending words: 投入, 花了")
    parts: Words = Field(description="nouns of parts that add up: 软件, 设备")
    excluded: Words = Field(default=NEVER, description="nouns of spending that does not count: 厂房")
    other: Words = Field(default=NEVER, description="nouns of other sums: 注册资本, 营收")
    not_categories: tuple[str, ...] = Field(
        default=(), description="categories in which spending is another matter"
    )
    context: Words = Field(default=NEVER, description="words that make it this sum whatever else is said")
    not_context: Words = Field(default=NEVER, description="words of another matter")
    years: int = Field(default=0, description="only spending of the last so many years counts; 0 for all")
    needed: Decimal | None = Field(default=None, description="how much is asked for, in the fact's unit")

    @cached_property
    def nouns(self) -> re.Pattern[str]:
        """Any noun before or after an amount, the groups naming what it is."""
        groups = {"other": self.other, "excluded": self.excluded, "part": self.parts, "word": self.words}
        return by_group(groups)


class SinceCue(FactCue):
    """A day in the past told by a date or an age: words such as 成立, and nouns that have an age (公司 三年了)."""

    words: Words
    nouns: Words = NEVER
    other: Words = Field(default=NEVER, description="other things that begin: 商标, 分公司")


class UntilCue(FactCue):
    """The last day of a validity: ending words, the thing that ends, and words of issue and of validity."""

    words: Words
    subjects: Words = Field(description="what ends: 证书")
    other: Words = Field(default=NEVER, description="other things that end: 合同")
    issue: Words = NEVER
    validity: Words = NEVER
    still_valid: Words = NEVER
    expired: Words = NEVER
    issued_fact: str = Field(
        default="", description="the fact that it was issued: its end says nothing of that"
    )
    asked_with: tuple[str, ...] = Field(
        default=(), description="facts after whose question the subject is plain"
    )


class CountCue(FactCue):
    """How many of a fixed number of things: `words` name the group, `units` what is counted, `total` how many."""

    words: Words
    units: Words
    total: int
    needed: int = Field(default=0, description="how many of them the notice asks for")
    members: Words = Field(default=NEVER, description="names of the things: two of them said is two")
    member_words: Words = Field(default=NEVER, description="words that must stand beside members")


class MeasureCue(FactCue):
    """A quantity with a unit of its own: 从业人员 20人, 研发投入占比 5%, 营业收入 3000万元.

    `words` are the nouns of what is measured; a number in `unit` beside one of them is the fact.
    """

    words: Words
    unit: str


class LevelCue(Frozen):
    """Stars: the fact applied for, the fact held, the levels, and words that are stars of another kind."""

    applying: str
    current: str
    clause: str = ""
    categories: tuple[str, ...] = ()
    levels: tuple[int, ...]
    none_held: Words = Field(description="said of an applicant that holds no level")
    other: Words = Field(default=NEVER, description="words in which a star is no level: 三星电子")
    which: str = Field(description="the question put to who names two levels to apply for")


class UsageCue(FactCue):
    """Months of use inside a counting period: words of use, of its start, and the things that are used, or `none` of them."""

    words: Words
    start: Words
    things: Words
    none: Words = Field(default=NEVER, description="said by an applicant that uses nothing of the kind")
    period_from: date
    period_to: date

    @model_validator(mode="after")
    def _in_order(self) -> UsageCue:
        if self.period_from > self.period_to:
            raise ValueError("period_from 不得晚于 period_to")
        return self


class PlaceCue(FactCue):
    """A fact that is true inside one province: its name as in places.yaml."""

    province: str


class FactCues(Frozen):
    """All cues of a pack: fact_cues.yaml. `misspellings` replace a slip by the word meant, of the same length."""

    misspellings: dict[str, str] = Field(default_factory=dict)
    states: tuple[StateCue, ...] = ()
    place: PlaceCue | None = None
    since: SinceCue | None = None
    until: UntilCue | None = None
    amount: AmountCue | None = None
    counts: tuple[CountCue, ...] = ()
    counts_together: Words = Field(
        default=NEVER, description="what names all groups of counts at once: 四项能力"
    )
    measures: tuple[MeasureCue, ...] = ()
    levels: LevelCue | None = None
    usage: UsageCue | None = None
    passing: Words = Field(default=NEVER, description="events whose dates belong to no fact: 验收, 认定")
    gazetteer: Gazetteer = Gazetteer()

    @model_validator(mode="after")
    def _misspellings_keep_length(self) -> FactCues:
        wrong = [slip for slip, word in self.misspellings.items() if len(slip) != len(word)]
        if wrong:
            raise ValueError(f"错别字与正字须等长：{'、'.join(wrong)}")
        return self

    @cached_property
    def time_words(self) -> re.Pattern[str]:
        """Words that own the dates and durations beside them; the groups name the kind."""
        since, until, usage = self.since, self.until, self.usage
        return by_group(
            {
                "since": since.words if since else NEVER,
                "issue": until.issue if until else NEVER,
                "until": until.words if until else NEVER,
                "validity": until.validity if until else NEVER,
                "start": usage.start if usage else NEVER,
                "use": usage.words if usage else NEVER,
                "passing": self.passing,
            }
        )

    def names_another_thing(self, text: str, fact: str | None = None) -> bool:
        """Whether a text names something else that begins or ends than what the fact's date is of; of any without one."""
        dated = (cue for cue in (self.since, self.until) if cue is not None and fact in (None, cue.fact))
        return any(cue.other.search(text) for cue in dated)

    def facts(self) -> tuple[str, ...]:
        """Names of all facts that these cues can read."""
        single = (self.place, self.since, self.until, self.amount, self.usage)
        names = [cue.fact for cue in (*self.states, *self.counts, *self.measures, *single) if cue is not None]
        return tuple(names + ([self.levels.applying, self.levels.current] if self.levels else []))


def load_fact_cues(file: Path, gazetteer: Gazetteer | None = None) -> FactCues:
    """The cues of a pack, none for a drafted one, with the gazetteer of the field. Raises PackError."""
    cues = load_model(file, FactCues) if file.exists() else FactCues()
    places = gazetteer or load_gazetteer()
    if cues.place is not None:
        places = places.seen_from(cues.place.province)
    return cues.model_copy(update={"gazetteer": places})
