"""Linear machines over character n-grams and sentence embeddings: one for every label that a text may bear."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Bag = Counter[str]
Label = TypeVar("Label", bound="str | tuple[str, bool | int]")


@dataclass(frozen=True, slots=True)
class Machines(Generic[Label]):
    """`weights` (grams + dimensions, labels), `bias` (labels,); `grams` gives a gram's row, `idf` its weight."""

    labels: tuple[Label, ...]
    grams: Mapping[str, int]
    idf: npt.NDArray[np.float64]
    weights: Matrix
    bias: Matrix

    def margins(self, bag: Bag, vector: Matrix) -> dict[Label, float]:
        """How clearly a text of these grams and this embedding bears each label; above zero it does."""
        margins = self.bias + vector @ self.weights[len(self.grams) :]
        known = [(self.grams[g], n) for g, n in bag.items() if g in self.grams]
        if known:
            rows = np.array([row for row, _ in known])
            values = np.array([1 + math.log(n) for _, n in known]) * self.idf[rows]
            values /= math.sqrt(float(values @ values))
            margins = margins + values.astype(np.float32) @ self.weights[rows]
        return {label: float(m) for label, m in zip(self.labels, margins, strict=True)}

    def arrays(self, prefix: str) -> dict[str, Any]:
        """The machines as named arrays, to be kept."""
        return {
            f"{prefix}labels": np.frombuffer(json.dumps(self.labels).encode(), np.uint8),
            f"{prefix}grams": np.frombuffer(json.dumps(list(self.grams)).encode(), np.uint8),
            f"{prefix}idf": self.idf,
            f"{prefix}weights": self.weights,
            f"{prefix}bias": self.bias,
        }


def from_arrays(kept: Mapping[str, Any], prefix: str) -> Machines[Any]:
    """Machines that were kept."""
    labels = json.loads(kept[f"{prefix}labels"].tobytes().decode())
    names = json.loads(kept[f"{prefix}grams"].tobytes().decode())
    return Machines(
        tuple(tuple(label) if isinstance(label, list) else label for label in labels),
        {gram: row for row, gram in enumerate(names)},
        kept[f"{prefix}idf"],
        kept[f"{prefix}weights"],
        kept[f"{prefix}bias"],
    )


def trained(
    bags: Sequence[Bag],
    dense: Matrix,
    own: Sequence[frozenset[Label]],
    *,
    cost: float,
    stated: float,
    concerns: Callable[[int, Label], bool] = lambda _row, _label: True,
) -> Machines[Label]:
    """One machine a label, over all grams that stand in two texts or more.

    `own` gives the labels that each text bears; `concerns` whether a text (its row) has a say about a label;
    `stated` weighs a text that bears a label over one that does not.
    """
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - heavy, only to train
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    frequencies = Counter(gram for bag in bags for gram in bag)
    names = sorted(gram for gram, count in frequencies.items() if count > 1)
    columns = {gram: n for n, gram in enumerate(names)}
    idf = np.array([1.0 + math.log((1 + len(bags)) / (1 + frequencies[gram])) for gram in names])
    rows, cols, values = [], [], []
    for row, bag in enumerate(bags):
        known = [(columns[g], (1 + math.log(n)) * idf[columns[g]]) for g, n in bag.items() if g in columns]
        norm = math.sqrt(sum(value * value for _, value in known)) or 1.0
        rows += [row] * len(known)
        cols += [column for column, _ in known]
        values += [value / norm for _, value in known]
    sparse: Any = csr_matrix((values, (rows, cols)), shape=(len(bags), len(names)))
    features = hstack([sparse, csr_matrix(dense)]).tocsr()
    labels = tuple(sorted(set().union(*own))) if own else ()
    learned = []
    for label in labels:
        machine = LinearSVC(C=cost, class_weight={True: stated, False: 1.0}, tol=1e-3, random_state=0)
        of = np.array([row for row in range(len(bags)) if concerns(row, label)])
        machine.fit(features[of], np.array([label in own[row] for row in of]))
        learned.append(np.append(machine.coef_[0], machine.intercept_))
    width = len(names) + dense.shape[1] + 1
    matrix = np.array(learned, np.float32).reshape(len(labels), width)
    return Machines(labels, columns, idf, matrix[:, :-1].T.copy(), matrix[:, -1].copy())
