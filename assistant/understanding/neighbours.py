"""The exemplars most like a question, and the topics that they speak for.

A machine draws one line between a topic and all others; the nearest exemplars keep what lies in small pockets on
either side. Only exemplars of topics that the machines find possible are looked at, so that a question stays cheap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Exemplars in the order of their topics: `dense` (n, dimensions); the sparse rows as `values`, `columns`, `ends`.

    `starts` (topics + 1,) tells where the exemplars of each topic begin.
    """

    dense: Matrix
    values: Matrix
    columns: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, dense: Matrix, sparse: Any, labels: npt.NDArray[np.int64], topics: int) -> Neighbours:
        """From the exemplars' readings, `sparse` a CSR matrix, and the numbers of their topics."""
        order = np.argsort(labels, kind="stable")
        rows = sparse[order].tocsr()
        starts = np.searchsorted(labels[order], np.arange(topics + 1)).astype(np.int64)
        return cls(
            np.ascontiguousarray(dense[order], np.float32),
            rows.data.astype(np.float32),
            rows.indices.astype(np.int32),
            rows.indptr.astype(np.int64),
            starts,
        )

    def votes(
        self, dense: Matrix, sparse: Matrix, topics: Sequence[int], nearest: int, sharpness: float
    ) -> dict[int, float]:
        """Shares of the `topics` among the `nearest` exemplars of a question, each by its likeness.

        `dense` (dimensions,) and `sparse` (features,) are the question's readings, both as full vectors.
        """
        known = [topic for topic in topics if topic + 1 < len(self.starts)]
        pieces = [self._likeness(dense, sparse, topic) for topic in known]
        if not any(len(piece) for piece in pieces):
            return {}
        owners = np.repeat(known, [len(piece) for piece in pieces])
        likeness = np.concatenate(pieces)
        best = np.argsort(-likeness)[:nearest]
        weights = np.exp((likeness[best] - likeness[best[0]]) * sharpness)
        shares: dict[int, float] = {}
        for owner, weight in zip(owners[best].tolist(), (weights / weights.sum()).tolist(), strict=True):
            shares[owner] = shares.get(owner, 0.0) + weight
        return shares

    def _likeness(self, dense: Matrix, sparse: Matrix, topic: int) -> Matrix:
        first, last = int(self.starts[topic]), int(self.starts[topic + 1])
        if first == last:
            return np.zeros(0, np.float32)
        begin, end = int(self.ends[first]), int(self.ends[last])
        alike: Matrix = self.dense[first:last] @ dense
        filled = self.ends[first:last] < self.ends[first + 1 : last + 1]  # the others have no known features
        if end > begin:
            products = np.take(sparse, self.columns[begin:end])
            products *= self.values[begin:end]
            alike[filled] += np.add.reduceat(products, (self.ends[first:last] - begin)[filled])
        return alike
