"""The verifier: a sentence leaves the house only with values that stand in the clauses it cites.

Held against the source: every number with its unit and sense, date, amount, phone, URL and quoted phrase.
Allowed besides are the applicant's own values and those of the derivations below, each tested by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.compose.sentences import Sentence
from knowledge.annexes import is_background
from knowledge.clauses import ClauseTree
from knowledge.models import Notice
from knowledge.values import Value, find_values, unsupported

DERIVATIONS = {
    "notice_year": "a date that the notice prints without a year stands in the notice's own year",
    "as_of": "the day of asking",
    "own_words": "the applicant's own values, shown as theirs",
    "anniversary": "registration day plus the years that a clause asks for",
    "days": "days from the day of asking to a day that the clause prints, or between two of its days",
    "window": "first and last day of the window, in the clause of its dates",
    "registry": "numbers and titles of the annexes, as the list of annexes prints them",
    "metadata": "title, number, issuer and day of the notice, as its head and foot print them",
}

_QUOTED = re.compile(r"「([^」]+)」|“([^”]+)”")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Rejection:
    """A sentence held back, and what of it is not in its clauses."""

    sentence: Sentence
    unsupported: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """The sentences that may be said and those that were held back."""

    kept: tuple[Sentence, ...]
    rejected: tuple[Rejection, ...]


class Grounding:
    """Holds sentences against one pack's clauses. Values of a clause are found once and kept."""

    def __init__(self, tree: ClauseTree, notice: Notice) -> None:
        self._tree, self._notice = tree, notice
        self._values: dict[str, tuple[Value, ...]] = {}
        self.source = _SPACES.sub("", "".join(clause.text for clause in tree if not is_background(clause.id)))
        registry = "、".join(f"附件{annex.number}" for annex in notice.annexes)
        self._always = find_values(f"{registry} {notice.year}年 {notice.document_number}")

    def verify(self, sentences: Iterable[Sentence], own_words: Sequence[str] = ()) -> Verified:
        """Split into what may be said and what not; `own_words` are the applicant's quotes."""
        kept, rejected = [], []
        own = tuple(value for quote in own_words for value in find_values(quote))
        for sentence in sentences:
            missing = self._missing(sentence, own, own_words)
            if missing:
                rejected.append(Rejection(sentence, missing))
            else:
                kept.append(sentence)
        return Verified(tuple(kept), tuple(rejected))

    def _missing(
        self, sentence: Sentence, own: tuple[Value, ...], own_words: Sequence[str]
    ) -> tuple[str, ...]:
        sources = [value for clause in sentence.clauses for value in self.values_of(clause)]
        allowed = (*sources, *self._always, *own, *sentence.derived)
        claims = find_values(_without_title(sentence.text, self._notice))
        missing = [value.text for value in unsupported(claims, allowed, self._notice.undated)]
        # A text of another edition bears out nothing, whatever it says.
        missing += [self._tree.get(c).label for c in sentence.clauses if is_background(c)]
        text = _SPACES.sub("", "".join(self._tree.get(c).text for c in sentence.clauses))
        heard = _SPACES.sub("", "".join(own_words))
        for groups in _QUOTED.findall(sentence.text):
            quote = _SPACES.sub("", groups[0] or groups[1])
            if quote not in text and quote not in heard and quote not in _SPACES.sub("", self._notice.title):
                missing.append(quote)
        return tuple(missing)

    def values_of(self, clause_id: str) -> tuple[Value, ...]:
        """The typed values of one clause."""
        if clause_id not in self._values:
            self._values[clause_id] = find_values(self._tree.get(clause_id).text)
        return self._values[clause_id]

    def quoted(self, clause_id: str, quote: str) -> bool:
        """Whether `quote` is a verbatim piece of the clause, white space aside."""
        return _SPACES.sub("", quote) in _SPACES.sub("", self._tree.get(clause_id).text)


def _without_title(text: str, notice: Notice) -> str:
    for name in filter(None, (notice.title, notice.document_number)):
        text = text.replace(name, " ")
    return text
