"""The keyword leg: BM25 over Chinese tokens, held in numpy arrays."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

K1, B = 0.9, 0.4
"""Short texts of one notice: a repeated word says little more, and length says little about relevance."""
IMPLIED_WEIGHT = 0.5
"""A word that only a synonym adds counts half, so that it never outweighs the words of the question."""
HALF_EVIDENCE = 4.0
"""BM25 sum that scores 0.5. About two rare words; measured flat between 2 and 8."""

_ARRAYS = ("data.csc.index.npy", "indices.csc.index.npy", "indptr.csc.index.npy")
_TOKENS = "vocab.index.json"
"""The names that bm25s gives its files, so that indexes of before are read as well."""

NO_WORD = "\0"
"""Stands in a text without words, since bm25s refuses a corpus without any; no question holds it."""


class KeywordLeg:
    """BM25 over the texts of one list; a text is named by its place in that list."""

    def __init__(
        self,
        weights: NDArray[np.float32],
        texts: NDArray[np.int32],
        starts: NDArray[np.int32],
        columns: dict[str, int],
        size: int,
    ) -> None:
        """BM25 weights by column, `starts` telling where each begins; `texts` whose they are, `columns` of which token."""
        self._weights, self._texts, self._starts, self._columns = weights, texts, starts, columns
        self.size = size

    @classmethod
    def build(cls, texts: Iterable[Sequence[str]]) -> KeywordLeg:
        """Index texts given as tokens."""
        from bm25s import BM25  # noqa: PLC0415 - loads scipy

        rows = [list(tokens) or [NO_WORD] for tokens in texts]
        model = BM25(k1=K1, b=B, method="lucene")
        model.index(rows or [[NO_WORD]], show_progress=False, leave_progress=False)
        scores = model.scores
        return cls(scores["data"], scores["indices"], scores["indptr"], model.vocab_dict, len(rows))

    @classmethod
    def load(cls, folder: Path, size: int) -> KeywordLeg:
        """Read what `save` wrote. Raises OSError, ValueError or KeyError for damaged files."""
        weights, texts, starts = (
            np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in _ARRAYS
        )
        columns = json.loads((folder / _TOKENS).read_text(encoding="utf-8"))
        return cls(weights, texts, starts, columns, size)

    def save(self, folder: Path) -> None:
        """Write the leg into `folder`. Raises OSError."""
        folder.mkdir(parents=True)
        for name, array in zip(_ARRAYS, (self._weights, self._texts, self._starts), strict=True):
            np.save(folder / name, array, allow_pickle=False)
        (folder / _TOKENS).write_text(json.dumps(self._columns, ensure_ascii=False), encoding="utf-8")

    def scores(self, asked: Sequence[str], implied: Sequence[str]) -> NDArray[np.float32]:
        """Evidence for each text in [0, 1), by the words asked for and those implied by synonyms."""
        total = np.zeros(self.size, dtype=np.float32)
        for tokens, weight in ((asked, 1.0), (implied, IMPLIED_WEIGHT)):
            for token in tokens:
                column = self._columns.get(token)
                if column is not None:
                    span = slice(self._starts[column], self._starts[column + 1])
                    total[self._texts[span]] += weight * self._weights[span]
        evidence: NDArray[np.float32] = total / (total + HALF_EVIDENCE)
        return evidence
