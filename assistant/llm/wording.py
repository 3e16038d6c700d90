"""What the model is told, and which words a text of its may change: templates/language_model.yaml, read once."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from pydantic import Field

from knowledge.facts import FactType
from knowledge.models import Frozen
from knowledge.strict_yaml import load_model

WORDING_FILE = Path(__file__).parents[1] / "templates" / "language_model.yaml"
_PAUSES = re.compile(r"[\s，。；：、！（）]+")
"""Pauses say nothing by themselves; a question mark does, and so does every sign of ASCII inside a value."""
_SIGNS = str.maketrans({"⟪": "〈", "⟫": "〉"})


class Tasks(Frozen):
    """The three tasks; `read` has a slot for the facts."""

    read: str
    rewrite: str
    phrase: str


class Wording(Frozen):
    """Tasks, lines and words. `equal` are groups of words that may stand for each other, `whole` words that hold one of
    them and are another, `empty` words that say nothing, `asking` those that a question may be completed with."""

    tasks: Tasks
    fact_line: str
    fact_types: dict[FactType, str]
    topic_line: str
    topics: str
    context: str
    no_topics: str
    no_category: str
    equal: tuple[tuple[str, ...], ...] = Field(description="groups, none of which shares a word with another")
    whole: tuple[str, ...]
    empty: tuple[str, ...]
    asking: tuple[str, ...]

    def bare(self, text: str) -> str:
        """What a text says, without its dress: pauses and empty words gone, equal words the first of their group.

        Two texts of the same bare form say the same. Words are found from left to right, the longest first, so that
        不须 is never taken for 不 with 须 behind it.
        """
        plain = _PAUSES.sub("", text).translate(_SIGNS)
        return self._words.sub(lambda match: self._stands_for[match.group()], plain)

    @cached_property
    def _stands_for(self) -> dict[str, str]:
        words = {word: word for word in self.whole} | dict.fromkeys(self.empty, "")
        # Signs that no text keeps mark a group, so that its words never run together with what stands beside.
        return words | {word: f"⟪{group[0]}⟫" for group in self.equal for word in group}

    @cached_property
    def _words(self) -> re.Pattern[str]:
        longest_first = sorted(self._stands_for, key=lambda word: (-len(word), word))
        return re.compile("|".join(map(re.escape, longest_first)))


def load_wording(file: Path = WORDING_FILE) -> Wording:
    """Read the wording. Raises PackError."""
    return load_model(file, Wording)
