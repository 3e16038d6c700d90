"""Exemplars as what topics' machines are trained on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from assistant.understanding.networks import Matrix

if TYPE_CHECKING:
    from assistant.understanding.intent import IntentTuning


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the machines are trained on: one row an exemplar, `labels` the number of its topic."""

    features: Any
    labels: npt.NDArray[np.int64]

    @classmethod
    def kept(cls, arrays: Mapping[str, npt.NDArray[Any]], features: int) -> Lessons:
        """Lessons that were kept as `arrays()`, of so many features."""
        from scipy.sparse import csr_matrix  # noqa: PLC0415 - heavy

        parts = (arrays["sample_values"], arrays["sample_columns"], arrays["sample_ends"])
        return cls(csr_matrix(parts, shape=(len(parts[2]) - 1, features)), arrays["sample_labels"])

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """The lessons as named arrays, to be kept."""
        rows = self.features
        return {
            "sample_values": rows.data.astype(np.float32),
            "sample_columns": rows.indices,
            "sample_ends": rows.indptr,
            "sample_labels": self.labels,
        }

    def some(self, each: int) -> Lessons:
        """At most `each` exemplars of a topic, evenly from all of them, in the order of the topics."""
        own = [np.flatnonzero(self.labels == topic) for topic in np.unique(self.labels)]
        rows = np.concatenate([some[:: max(1, len(some) // each)][:each] for some in own])
        return Lessons(self.features[rows], self.labels[rows])

    def joined(self, more: Lessons) -> Lessons:
        """These and more."""
        from scipy.sparse import vstack  # noqa: PLC0415 - heavy

        return Lessons(
            vstack([self.features, more.features]).tocsr(), np.concatenate([self.labels, more.labels])
        )

    def nearest(self, dense: Matrix, sparse: Any) -> list[tuple[int, float]]:
        """For each question the topic of the exemplar most like it, and the cosine between them."""
        from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - heavy

        asked = hstack([csr_matrix(dense), sparse]).tocsr()
        likeness = (asked @ self.features.T).toarray()
        lengths = [np.sqrt(np.asarray(m.multiply(m).sum(axis=1)).ravel()) for m in (asked, self.features)]
        likeness /= np.maximum(np.outer(*lengths), 1e-9)
        best = likeness.argmax(axis=1)
        return [(int(self.labels[n]), float(row[n])) for n, row in zip(best, likeness, strict=True)]

    def machine(self, topic: int, tuning: IntentTuning) -> npt.NDArray[np.float32]:
        """Weights and bias of one topic against its hardest strangers, shape (features + 1,)."""
        from sklearn.svm import LinearSVC  # noqa: PLC0415 - heavy

        own = self.labels == topic
        nearness = np.asarray(self.features @ self.features[own].sum(axis=0).T).ravel()
        strangers = np.flatnonzero(~own)
        by_nearness = strangers[np.argsort(-nearness[strangers], kind="stable")]
        hardest, rest = np.split(by_nearness, [tuning.hard_strangers])
        chosen = np.sort(np.concatenate([np.flatnonzero(own), hardest, rest[:: tuning.every_other]]))
        weight = max(1.0, tuning.few / max(1, int(own.sum())))
        machine = LinearSVC(C=tuning.cost, tol=1e-3, random_state=0, class_weight={True: weight, False: 1.0})
        machine.fit(self.features[chosen], own[chosen])
        return np.append(machine.coef_[0], machine.intercept_).astype(np.float32)
