"""Sparse readings of a short text: character n-grams and toneless pinyin, tf-idf weighted.

Characters catch wording, pinyin catches homophones (年线 for 年限).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_PUNCTUATION = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each channel counts; the squares of the channels' norms add up to `chars + pinyin`."""

    chars: float = 0.6
    pinyin: float = 0.3


class LexicalSpace:
    """Maps texts to rows of one sparse matrix; each channel is scaled to its weight.

    `names` are the features in the order of the columns, `idf` their inverse document frequencies.
    """

    def __init__(self, names: Sequence[str], idf: Sequence[float], weights: Weights) -> None:
        self.names, self.idf = tuple(names), tuple(idf)
        self._columns = {name: column for column, name in enumerate(self.names)}
        self._weights = weights

    @classmethod
    def learned(cls, texts: Sequence[str], weights: Weights) -> tuple[LexicalSpace, csr_matrix]:
        """The space of all features that stand in two texts or more, and the texts' rows in it."""
        blank = cls((), (), weights)
        bags = [blank._bags(text) for text in texts]
        frequencies = Counter(name for bag in bags for channel in bag for name in channel)
        names = sorted(name for name, count in frequencies.items() if count > 1)
        idf = [1.0 + math.log((1 + len(texts)) / (1 + frequencies[name])) for name in names]
        space = cls(names, idf, weights)
        return space, space._rows(bags)

    def rows(self, texts: Iterable[str]) -> csr_matrix:
        """The texts as rows, shape (len(texts), features)."""
        return self._rows([self._bags(text) for text in texts])

    def _bags(self, text: str) -> tuple[Counter[str], Counter[str]]:
        tight = _PUNCTUATION.sub("", text)
        chars = Counter(f"c:{tight[i : i + n]}" for n in (1, 2, 3) for i in range(len(tight) - n + 1))
        syllables = pinyin(text)
        sounds = Counter(f"p:{a}" for a in syllables)
        sounds.update(f"p:{a} {b}" for a, b in pairwise(syllables))
        return chars, sounds

    def _rows(self, bags: Sequence[tuple[Counter[str], ...]]) -> csr_matrix:
        from scipy.sparse import csr_matrix  # noqa: PLC0415 - heavy, needed only here

        weights = (self._weights.chars, self._weights.pinyin)
        values: list[float] = []
        columns: list[int] = []
        ends = [0]
        for bag in bags:
            for channel, weight in zip(bag, weights, strict=True):
                known = [(self._columns[name], n) for name, n in channel.items() if name in self._columns]
                raw = [(1 + math.log(n)) * self.idf[column] for column, n in known]
                norm = math.sqrt(sum(value * value for value in raw)) or 1.0
                values.extend(math.sqrt(weight) * value / norm for value in raw)
                columns.extend(column for column, _ in known)
            ends.append(len(columns))
        shape = (len(bags), len(self._columns))
        return csr_matrix(
            (np.array(values, np.float32), np.array(columns, np.int32), np.array(ends, np.int32)), shape=shape
        )


def pinyin(text: str) -> tuple[str, ...]:
    """Toneless syllables of the Chinese characters; Latin words and numbers stay whole."""
    return tuple(syllable for _, syllable in spoken(text))


@lru_cache(maxsize=64)
def spoken(text: str) -> tuple[tuple[str, str], ...]:
    """The characters of a text, each with its toneless syllable; Latin words and numbers stay whole.

    The same message is read for its topics and, where it writes out no category, for names that sound alike.
    """
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - reads its dictionary on import

    pairs: list[tuple[str, str]] = []
    for piece in re.findall(r"[a-z]+|[\u4e00-\u9fff]+|\d+", text):
        pairs.extend([(piece, piece)] if piece.isascii() else zip(piece, lazy_pinyin(piece), strict=True))
    return tuple(pairs)
