"""How the networks of topics learn: stochastic gradients over the exemplars, the same in every run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.understanding.networks import Matrix, Network, NetworkTuning


def trained(
    dense: Matrix, sparse: Any, labels: npt.NDArray[np.int64], topics: int, tuning: NetworkTuning
) -> tuple[Network, ...]:
    """`tuning.count` networks over exemplars: `dense` (n, dimensions), `sparse` CSR (n, features), `labels` (n,).

    None where there are fewer exemplars than `tuning.enough`.
    """
    if len(labels) < tuning.enough:
        return ()
    import torch  # noqa: PLC0415 - heavy, only to train

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # a network a core: small products gain nothing from several threads
    try:
        with ThreadPoolExecutor(min(tuning.count, cpu_count() or 1)) as pool:
            training = [
                pool.submit(_Training(dense, sparse, labels, topics, tuning, seed).run)
                for seed in range(tuning.count)
            ]
            return tuple(one.result() for one in training)
    finally:
        torch.set_num_threads(threads)


class _Training:
    """One network in training. Its random numbers are its own, so that threads do not disturb each other."""

    def __init__(
        self,
        dense: Matrix,
        sparse: Any,
        labels: npt.NDArray[np.int64],
        topics: int,
        tuning: NetworkTuning,
        seed: int,
    ) -> None:
        import torch  # noqa: PLC0415 - heavy, only to train

        self.torch, self.tuning = torch, tuning
        self.chance = torch.Generator().manual_seed(seed)
        self.dense, self.labels = torch.from_numpy(dense * np.float32(tuning.scale)), torch.from_numpy(labels)
        self.values = torch.from_numpy(sparse.data)
        self.columns = torch.from_numpy(sparse.indices.astype(np.int64))
        self.ends = sparse.indptr.astype(np.int64)
        dimensions, features = dense.shape[1], sparse.shape[1]
        self.words = _Words(self.chance, features, tuning)
        self.rest = {
            "dense": self._begun((dimensions, tuning.hidden), dimensions**-0.5),
            "sparse": self._begun((tuning.width, tuning.hidden), tuning.width**-0.5),
            "hidden_bias": self._begun((tuning.hidden,), 0.0),
            "topics": self._begun((tuning.hidden, topics), tuning.hidden**-0.5),
            "topics_bias": self._begun((topics,), 0.0),
        }

    def run(self) -> Network:
        """Train for all rounds."""
        torch, tuning = self.torch, self.tuning
        steps = tuning.rounds * -(-len(self.labels) // tuning.batch)
        of_rest = torch.optim.AdamW(
            list(self.rest.values()), lr=tuning.rate, weight_decay=tuning.decay, fused=True
        )
        rates = torch.optim.lr_scheduler.OneCycleLR(
            of_rest, tuning.rate, total_steps=steps + 1, pct_start=0.1, cycle_momentum=False
        )
        for _ in range(tuning.rounds):
            for rows in torch.randperm(len(self.labels), generator=self.chance).split(tuning.batch):
                scores = self._scores(rows)
                loss = torch.nn.functional.cross_entropy(
                    scores, self.labels[rows], label_smoothing=tuning.smoothing
                )
                of_rest.zero_grad()
                loss.backward()
                self.words.step(rates.get_last_lr()[0])
                of_rest.step()
                rates.step()
        return self._network()

    def _scores(self, rows: Any) -> Any:
        torch, tuning, rest = self.torch, self.tuning, self.rest
        columns, values, begins = self._features(rows.numpy())
        words, places = self.words.of(columns)
        read = torch.nn.functional.embedding_bag(
            places,
            words,
            begins,
            mode="sum",
            per_sample_weights=self._dropped(values, tuning.dropped_features),
        )
        hidden = torch.relu(
            self._dropped(self.dense[rows], tuning.dropped_inputs) @ rest["dense"]
            + self._dropped(read, tuning.dropped_inputs) @ rest["sparse"]
            + rest["hidden_bias"]
        )
        return self._dropped(hidden, tuning.dropped_hidden) @ rest["topics"] + rest["topics_bias"]

    def _features(self, rows: npt.NDArray[np.int64]) -> tuple[Any, Any, Any]:
        """Columns and values of these exemplars' sparse features one after another, and where each begins."""
        lengths = self.ends[rows + 1] - self.ends[rows]
        begins = np.cumsum(lengths) - lengths
        places = self.torch.from_numpy(
            np.repeat(self.ends[rows] - begins, lengths) + np.arange(lengths.sum())
        )
        return self.columns[places], self.values[places], self.torch.from_numpy(begins)

    def _dropped(self, values: Any, share: float) -> Any:
        kept = self.torch.rand(values.shape, generator=self.chance) >= share
        return values * kept / (1.0 - share)

    def _begun(self, shape: tuple[int, ...], spread: float) -> Any:
        return (self.torch.randn(shape, generator=self.chance) * spread).requires_grad_()

    def _network(self) -> Network:
        rest = {name: value.detach().numpy() for name, value in self.rest.items()}
        rest["dense"] = rest["dense"] * np.float32(self.tuning.scale)
        return Network(words=self.words.weights.numpy().astype(np.float16), **rest)


class _Words:
    """The weights of the sparse features, (features, width), and Adam over those alone that a batch touches.

    A batch has some two thousand of a hundred thousand features; torch's own SparseAdam takes three times as long.
    """

    BETAS = (0.9, 0.999)
    TINY = 1e-8

    def __init__(self, chance: Any, features: int, tuning: NetworkTuning) -> None:
        import torch  # noqa: PLC0415 - heavy, only to train

        self.torch = torch
        self.weights = torch.randn((features, tuning.width), generator=chance) * 0.05
        self.means, self.squares = torch.zeros_like(self.weights), torch.zeros_like(self.weights)
        self.steps = 0

    def of(self, columns: Any) -> tuple[Any, Any]:
        """The weights of these features, each once, to be learned; and at which of them each column stands."""
        self.touched, places = self.torch.unique(columns, return_inverse=True)
        self.learned = self.weights.index_select(0, self.touched).requires_grad_()
        return self.learned, places

    def step(self, rate: float) -> None:
        """Adam's step (Kingma and Ba, 2015) for the features touched last, by their gradient."""
        self.steps += 1
        first, second = self.BETAS
        gradient = self.learned.grad
        mean = self.means.index_select(0, self.touched).lerp_(gradient, 1 - first)
        square = self.squares.index_select(0, self.touched).mul_(second)
        square.addcmul_(gradient, gradient, value=1 - second)
        by = rate * (1 - second**self.steps) ** 0.5 / (1 - first**self.steps)
        learned = self.learned.detach().addcdiv_(mean, square.sqrt().add_(self.TINY), value=-by)
        for kept, rows in ((self.means, mean), (self.squares, square), (self.weights, learned)):
            kept.index_copy_(0, self.touched, rows)
