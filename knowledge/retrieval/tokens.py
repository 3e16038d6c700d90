"""Chinese text → the tokens that the keyword leg counts.

Traditional characters become simplified ones (OpenCC), full-width ones half-width (NFKC), letters lower
case. A run of Han characters gives its bigrams, which no wrong cut can spoil, and the longer words of the
field whole (rjieba with the pack's words added), so that a term weighs more than its bigrams by chance.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from functools import cached_property
from importlib.metadata import version
from typing import Any

from knowledge.script import simplified
from knowledge.vocabulary import Vocabulary

SCHEME = 1
"""Raised whenever the same text would give other tokens, so that indexes are built anew."""

_RUN = re.compile(r"[㐀-鿿豈-﫿]+|[a-z0-9]+")


class Tokenizer:
    """Cuts the texts and questions of one pack. Safe to share between threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    @cached_property
    def digest(self) -> str:
        """Changes whenever the same text might be cut differently."""
        parts = [SCHEME, version("rjieba"), version("opencc"), self.vocabulary.model_dump(mode="json")]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @cached_property
    def _words(self) -> Any:
        from rjieba import Jieba  # noqa: PLC0415 - loads its dictionary

        cutter = Jieba()
        for word in (*self.vocabulary.words, *self.vocabulary.synonyms):
            cutter.add_word(self.normalise(word), None, None)
        return cutter

    def normalise(self, text: str) -> str:
        """Simplified, half-width and lower-case, with white space run together."""
        return " ".join(simplified(unicodedata.normalize("NFKC", text)).lower().split())

    def tokens(self, text: str) -> list[str]:
        """Tokens of a text, in order, repeated as often as they occur."""
        normal = self.normalise(text)
        return [*_bigrams(normal), *(word for word in self._words.cut(normal) if _is_long_word(word))]

    def question_tokens(self, question: str) -> tuple[list[str], list[str]]:
        """Tokens of a question, and those that its synonyms add: (asked, implied), the second without the first."""
        normal = self.normalise(question)
        asked = self.tokens(normal)
        implied = (token for term in self.vocabulary.terms_in(normal) for token in self.tokens(term))
        said = set(asked)
        return asked, [token for token in dict.fromkeys(implied) if token not in said]


def _bigrams(normal: str) -> list[str]:
    found = []
    for run in _RUN.findall(normal):
        if run.isascii() or len(run) == 1:
            found.append(run)
        else:
            found += [run[i : i + 2] for i in range(len(run) - 1)]
    return found


def _is_long_word(word: str) -> bool:
    return len(word) > 2 and not word.isascii() and _RUN.fullmatch(word) is not None
