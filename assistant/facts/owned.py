"""The values that a message mentions, each with how clearly it is a value of which fact, as was learned."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from assistant.facts.learned.mentions import Kind, Mention, find_mentions, masked
from assistant.facts.message.utterance import Phrase, letters
from assistant.facts.reading import Hearing
from assistant.facts.spoken.amounts import Amount

_FEWEST = 2
_MOST = 100
"""Values of one message that are looked at; each costs some milliseconds, and nobody tells so many of a firm."""


@dataclass(frozen=True, slots=True)
class Owned:
    """A mention with its phrase, and how clearly it is a value of each fact that it may be one of."""

    mention: Mention
    phrase: Phrase
    margins: dict[str, float]

    @property
    def start(self) -> int:
        """Where the mention begins in its phrase."""
        return self.mention.start - self.phrase.start

    @property
    def end(self) -> int:
        """Where the mention ends in its phrase."""
        return self.mention.end - self.phrase.start

    @property
    def explained(self) -> bool:
        """Whether there are words by which to tell, and a unit to a sum: 886 and 「2023年3月31日」 alone are not."""
        said = self.mention.said
        if isinstance(said, Amount) and not said.unit:
            return False
        words = self.phrase.words
        return letters(words[: self.start] + words[self.end :]) >= _FEWEST

    @property
    def likeliest(self) -> tuple[str, float]:
        """The fact that it is a value of most clearly, and how clearly."""
        return max(self.margins.items(), key=lambda item: item[1], default=("", float("-inf")))


def owned_mentions(hearing: Hearing) -> tuple[Owned, ...]:
    """All values of the message with their facts; none where nothing was learned. Found out once a message."""
    if hearing.statements is None:
        return ()
    if not hearing.owned:
        text = hearing.utterance.text
        mentions = find_mentions(text, hearing.as_of)
        within = [(mention, _phrase(hearing, mention)) for mention in mentions]
        placed = [(mention, phrase) for mention, phrase in within if phrase is not None][:_MOST]
        margins = hearing.statements.owners(
            [masked(text, mentions, mention) for mention, _ in placed],
            [mention.kind for mention, _ in placed],
        )
        owned = tuple(
            Owned(mention, phrase, _expecting(hearing, found))
            for (mention, phrase), found in zip(placed, margins, strict=True)
        )
        hearing.owned.append(owned)  # as one: none found is also found out once
    return hearing.owned[0]


def _phrase(hearing: Hearing, mention: Mention) -> Phrase | None:
    """The phrase in which the mention stands."""
    at = bisect_right(hearing.phrases, mention.start, key=lambda phrase: phrase.start) - 1
    if at < 0:
        return None
    phrase = hearing.phrases[at]
    return phrase if mention.end <= phrase.start + len(phrase.words) else None


def _expecting(hearing: Hearing, margins: dict[str, float]) -> dict[str, float]:
    """What was asked for or said last comes to mind first: 有一个才两个半月, after months of use were told."""
    assert hearing.statements is not None  # noqa: S101 - the caller has asked
    nearer = hearing.statements.tuning.expected
    return {fact: margin + nearer * (fact in hearing.expected) for fact, margin in margins.items()}


def level_owner(hearing: Hearing, start: int) -> str:
    """The fact of the level that begins at this offset of the message, `` where that is not clear."""
    for owned in owned_mentions(hearing):
        if owned.mention.start == start and owned.mention.kind is Kind.LEVEL:
            fact, margin = owned.likeliest
            return fact if hearing.statements and margin >= hearing.statements.tuning.clear else ""
    return ""
