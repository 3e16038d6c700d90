"""The vocabulary of a notice's field: words kept whole, and what people say for the notice's terms."""

from __future__ import annotations

import re
from functools import cached_property

from pydantic import Field, field_validator

from knowledge.models import Frozen


class Vocabulary(Frozen):
    """Words of the field and the everyday words that stand for its terms (vocabulary.yaml).

    `synonyms` maps a term as the notice prints it to what people say instead; one saying may stand for
    several terms. Sayings are matched without regard to letter case.
    """

    words: tuple[str, ...] = Field(default=(), description="kept whole when a text is cut into words")
    synonyms: dict[str, tuple[str, ...]] = Field(default={}, description="term → what people say")

    @field_validator("words")
    @classmethod
    def _no_blank_word(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        if any(not word.strip() for word in words):
            raise ValueError("空白的词")
        return words

    @field_validator("synonyms")
    @classmethod
    def _no_blank_saying(cls, synonyms: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for term, sayings in synonyms.items():
            if not term.strip() or not sayings or any(not saying.strip() for saying in sayings):
                raise ValueError(f"{term}: 空白的说法")
            if term in sayings:
                raise ValueError(f"{term}: 说法与词条相同")
        return synonyms

    @cached_property
    def terms_of(self) -> dict[str, tuple[str, ...]]:
        """Saying, in lower case → the terms it stands for, in the order of the file."""
        found: dict[str, list[str]] = {}
        for term, sayings in self.synonyms.items():
            for saying in dict.fromkeys(s.lower() for s in sayings):
                found.setdefault(saying, []).append(term)
        return {saying: tuple(terms) for saying, terms in found.items()}

    @cached_property
    def _sayings(self) -> re.Pattern[str]:
        # The longest saying first, so that 「贯标认证」 is not read as 「认证」.
        longest_first = sorted(self.terms_of, key=lambda saying: (-len(saying), saying))
        return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def terms_in(self, text: str) -> tuple[str, ...]:
        """The terms that `text` speaks of in other words, each once, in the order in which they appear.

        A term that the text already holds as printed is not repeated.
        """
        lower = text.lower()
        found = (term for match in self._sayings.finditer(lower) for term in self.terms_of[match.group()])
        return tuple(dict.fromkeys(term for term in found if term.lower() not in lower))
