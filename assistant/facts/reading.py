"""What a message says about its applicant: the result types, and what every reader works on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.facts.learned.model import StatementModel
from assistant.facts.message.utterance import Phrase, Utterance
from knowledge.cues import FactCues
from knowledge.facts import FactSchema, FactValue

if TYPE_CHECKING:
    from assistant.facts.owned import Owned

LONGEST_QUOTE = 200
TELLING = 2
"""Facts in one message from which it is a list of what the applicant is."""
_NEAR = 8
"""How many phrases on either side count as the same sentence."""


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact as stated: `quote` is the verbatim piece of the message; `hypothetical`: said under an if;
    `correction`: said to replace what was said before; `in_passing`: named in a question that says nothing of its
    asker (贯标证书过期了还能报吗), who may have told or may only wonder."""

    name: str
    value: FactValue
    quote: str
    hypothetical: bool = False
    correction: bool = False
    in_passing: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A fact of which two things were said at once; `question` asks the applicant which.

    `topic` is what tells that the notice leaves it open, where it was said in such words.
    """

    name: str
    quote: str
    question: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class FactsRead:
    """All that one message states. `withdrawn` are facts taken back; with `new_applicant` the message turns to
    another applicant, of whom the facts are."""

    facts: tuple[StatedFact, ...] = ()
    new_applicant: bool = False
    ambiguous: tuple[Ambiguity, ...] = ()
    withdrawn: tuple[str, ...] = ()

    def quoting(self, words: str) -> FactsRead:
        """The same, each fact quoted by these words: what was read is not as the applicant wrote it."""
        return replace(self, facts=tuple(replace(fact, quote=words[:LONGEST_QUOTE]) for fact in self.facts))


@dataclass(frozen=True, slots=True)
class Find:
    """A value found for a fact, with its place in the message; `weak` gives way to any other of the fact."""

    name: str
    value: FactValue
    start: int
    end: int
    phrase: Phrase
    weak: bool = False


@dataclass(frozen=True)
class Hearing:
    """A message in its circumstances: the day, the fact asked for last, the category under discussion.

    `statements` tell what no pattern does; without them only patterns are read.
    `within_if`: an if taken apart, where a bare 建成 is what is supposed; `expected` are the facts
    asked for or said last, of which a value is most likely one, `known` what was said before and `told` the words in
    which it was; `last_day` is the last day of applying; `owned` is filled by `owned_mentions`.
    """

    utterance: Utterance
    as_of: date
    schema: FactSchema
    cues: FactCues
    asked: str | None = None
    category: str | None = None
    statements: StatementModel | None = None
    within_if: bool = False
    expected: tuple[str, ...] = ()
    known: Mapping[str, FactValue] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    last_day: date | None = None
    owned: list[tuple[Owned, ...]] = field(default_factory=list)
    _mentioned: dict[re.Pattern[str], bool] = field(default_factory=dict)

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The message's phrases in order."""
        return self.utterance.phrases

    def is_own(self, phrase: Phrase, start: int, end: int) -> bool:
        """Whether what stands at these offsets of the phrase is said of the applicant."""
        return self.utterance.owners.is_applicant(phrase.start + start, phrase.start + end)

    def is_wholly_own(self, phrase: Phrase) -> bool:
        """Whether all of the phrase is said of the applicant."""
        end = len(phrase.words)
        another = self.utterance.owners.names_another(phrase.start, phrase.start + end)
        return self.is_own(phrase, 0, end) and not another

    def find(
        self, name: str, value: FactValue, phrase: Phrase, start: int, end: int, weak: bool = False
    ) -> Find:
        """A find at these offsets of the phrase."""
        return Find(name, value, phrase.start + start, phrase.start + end, phrase, weak)

    def mentions(self, words: re.Pattern[str]) -> bool:
        """Whether one of the words stands anywhere in the message."""
        if words not in self._mentioned:
            self._mentioned[words] = bool(words.search(self.utterance.text))
        return self._mentioned[words]

    def sentence(self, phrase: Phrase) -> str:
        """The words of the sentence around the phrase, its questions too; of a very long one the near part."""
        near = self.phrases[max(0, phrase.position - _NEAR) : phrase.position + _NEAR + 1]
        return " ".join(p.words for p in near if p.sentence == phrase.sentence)
