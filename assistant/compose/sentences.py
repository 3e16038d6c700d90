"""Sentences and the clauses they stand on, read from pack text such as `……2月28日前完成[4.1.1]。`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.values import Value

MARK = re.compile(
    r"\[((?:(?:annex|background)-\d+:?)?(?:t?[0-9]+(?:[.~](?:t?[0-9]+|after))*|annexes|colophon)?)\]"
)
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？]|\n|$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence without its marks; `clauses` are what it stands on.

    `lead` is layout before it (✗ 三、（三）1), which claims nothing; `derived` are values that a named rule (see grounding.DERIVATIONS) lets it say besides.
    """

    text: str
    clauses: tuple[str, ...] = ()
    derived: tuple[Value, ...] = ()
    breaks: bool = False
    lead: str = ""


def read_sentences(marked: str) -> tuple[Sentence, ...]:
    """Split marked text into sentences. A line break ends a sentence and is kept as `breaks`."""
    sentences = []
    for line in marked.strip().split("\n"):
        pieces = [piece for piece in _SENTENCE.findall(line) if piece.strip()]
        for number, piece in enumerate(pieces, 1):
            clauses = tuple(dict.fromkeys(mark for mark in MARK.findall(piece) if mark))
            sentences.append(Sentence(MARK.sub("", piece).strip(), clauses, breaks=number == len(pieces)))
    return tuple(sentences)
