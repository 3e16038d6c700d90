"""What a message says about its applicant: the result types, and what every reader works on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.facts.utterance import Phrase, Utterance
from knowledge.cues import FactCues
from knowledge.facts import FactSchema, FactValue


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact as stated: `quote` is the verbatim piece of the message; `hypothetical`: said under an if;
    `correction`: said to replace what was said before."""

    name: str
    value: FactValue
    quote: str
    hypothetical: bool = False
    correction: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A fact of which two things were said at once; `question` asks the applicant which."""

    name: str
    quote: str
    question: str


@dataclass(frozen=True, slots=True)
class FactsRead:
    """All that one message states. `withdrawn` are facts taken back; with `new_applicant` the message turns to
    another applicant, of whom the facts are."""

    facts: tuple[StatedFact, ...] = ()
    new_applicant: bool = False
    ambiguous: tuple[Ambiguity, ...] = ()
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Find:
    """A value found for a fact, with its place in the message; `weak` gives way to any other of the fact."""

    name: str
    value: FactValue
    start: int
    end: int
    phrase: Phrase
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Hearing:
    """A message in its circumstances: the day, the fact asked for last, the category under discussion."""

    utterance: Utterance
    as_of: date
    schema: FactSchema
    cues: FactCues
    asked: str | None = None
    category: str | None = None

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return self.utterance.phrases

    def is_own(self, phrase: Phrase, start: int, end: int) -> bool:
        """Whether what stands at these offsets of the phrase is said of the applicant."""
        return self.utterance.owners.is_applicant(phrase.start + start, phrase.start + end)

    def find(
        self, name: str, value: FactValue, phrase: Phrase, start: int, end: int, weak: bool = False
    ) -> Find:
        """A find at these offsets of the phrase."""
        return Find(name, value, phrase.start + start, phrase.start + end, phrase, weak)

    def sentence(self, phrase: Phrase) -> str:
        """All words of the sentence that the phrase belongs to, its questions too."""
        return " ".join(p.text + p.asking for p in self.phrases if p.sentence == phrase.sentence)
