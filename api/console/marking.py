"""Texts cut into pieces that are marked and pieces that are not, so that templates need no markup in data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Piece(NamedTuple):
    """A piece of a text, and whether it is marked."""

    text: str
    hit: bool


def marked(text: str, words: Iterable[str]) -> list[Piece]:
    """The text with every word marked where it stands; neighbouring marks run together.

    A single Han character says too little to be marked; a digit or letter stands for itself.
    """
    useful = [word for word in dict.fromkeys(words) if len(word) > 1 or (word.isascii() and word.isalnum())]
    if not useful:
        return [Piece(text, False)] if text else []
    return _cut(text, _spans(text, useful))


def quoted(text: str, quote: str) -> list[Piece]:
    """The text with a quote marked: a verbatim piece of it once white space is left out of both."""
    sought = "".join(quote.split())
    places = [place for place, character in enumerate(text) if not character.isspace()]
    start = "".join(text[place] for place in places).find(sought) if sought else -1
    if start < 0:
        return [Piece(text, False)] if text else []
    return _cut(text, [(places[start], places[start + len(sought) - 1] + 1)])


def _spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    # Overlapping words count too (bigrams do overlap): a look-ahead finds them all.
    found: list[tuple[int, int]] = []
    lowered = text.lower() if len(text.lower()) == len(text) else text
    for word in words:
        # A number or a Latin word is marked whole or not at all: 1 is no part of 19.
        whole = rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])" if word.isascii() else re.escape(word)
        found += [(hit.start(), hit.start() + len(word)) for hit in re.finditer(f"(?={whole})", lowered)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _cut(text: str, spans: list[tuple[int, int]]) -> list[Piece]:
    pieces, place = [], 0
    for start, end in spans:
        pieces += [Piece(text[place:start], False), Piece(text[start:end], True)]
        place = end
    pieces.append(Piece(text[place:], False))
    return [piece for piece in pieces if piece.text]
