"""A clause cut into sentences, and these into pieces between commas, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。；;\n！？]+")
_PIECE = re.compile(
    r"(?:[^，,：:（）()]|(?<=[0-9]),(?=[0-9]{3})|(?<=[0-9]):(?=[0-9]{2})|[（(][^（）()]*[）)])+"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """The words between two commas; `start` is their offset in the clause's text."""

    text: str
    start: int
    sentence: int

    @property
    def end(self) -> int:
        """Offset just behind the last character."""
        return self.start + len(self.text)


def pieces_of(text: str) -> list[Piece]:
    """The pieces of a clause's text in order, white space around them left out."""
    found = []
    for number, sentence in enumerate(_SENTENCE.finditer(text)):
        for match in _PIECE.finditer(sentence.group()):
            words = match.group().strip()
            if words:
                start = sentence.start() + match.start() + match.group().index(words)
                found.append(Piece(words, start, number))
    return found


def located(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with their offsets."""
    return ((match.start(), match.group()) for match in _SENTENCE.finditer(text))


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text without the stops behind them."""
    return (match.group().strip() for match in _SENTENCE.finditer(text) if match.group().strip())
