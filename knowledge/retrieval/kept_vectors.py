"""Vectors of texts that come again, kept so that no text is embedded twice: the encoder `KeepingEncoder`.

    <index_root>/vectors.sqlite3    digest of model and text → vector, shared by all packs and processes

The index, the topics and the statements of a pack embed mostly the same texts, and so does each build after a
change. What is embedded is kept batch by batch, so that an interrupted build goes on where it was. The file may
be deleted at any time; where it cannot be read or written, texts are embedded as if it were not there.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import structlog

from knowledge.retrieval.encoder import Encoder, load_encoder

if TYPE_CHECKING:
    from knowledge.retrieval.encoder import Vectors
    from knowledge.retrieval.settings import IndexSettings

KEPT_FILE = "vectors.sqlite3"
BATCH = 1_024
"""Texts embedded between two commits: about a second's work is lost when a build is killed."""
_ASKED_AT_ONCE = 500
_WAITS_SECONDS = 30.0

Item = TypeVar("Item")
Embedded = Callable[[int], None]
"""Told how many texts have got their vectors since it was last called."""

_log = structlog.get_logger(__name__)


class KeptVectors:
    """The file of vectors. Safe to share between threads and processes."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def find(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The vectors that are kept, by key; none where the file cannot be read."""
        found: dict[bytes, bytes] = {}
        if not self._file.exists():
            return found
        with suppress(sqlite3.Error, OSError), self._open() as connection:
            for some in _batches(keys, _ASKED_AT_ONCE):
                marks = ",".join("?" * len(some))
                rows = connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", some)  # noqa: S608 - marks alone
                found.update(rows)
        return found

    def keep(self, vectors: dict[bytes, bytes]) -> bool:
        """Keep these; whether that was possible."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._open() as connection:
                connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", vectors.items())
        except sqlite3.OperationalError as error:
            _log.warning("vectors_not_kept", file=str(self._file), cause=str(error))
            return False
        except sqlite3.DatabaseError as error:
            # No database any more: what it held is embedded anew.
            _log.warning("kept_vectors_damaged", file=str(self._file), cause=str(error))
            self._discard()
            return False
        except OSError as error:
            _log.warning("vectors_not_kept", file=str(self._file), cause=str(error))
            return False
        return True

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._file, timeout=_WAITS_SECONDS)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            # A vector lost with the power is embedded again.
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
            )
            with connection:
                yield connection
        finally:
            connection.close()

    def _discard(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)


class KeepingEncoder(Encoder):
    """An encoder that keeps the vectors of texts that stay; questions pass through."""

    def __init__(self, encoder: Encoder, kept: KeptVectors, embedded: Embedded | None = None) -> None:
        self._encoder, self._kept = encoder, kept
        self._embedded = embedded or (lambda _: None)

    @property
    def digest(self) -> str:
        """That of the encoder: the vectors are the same."""
        return self._encoder.digest

    def encode(self, texts: list[str]) -> Vectors:
        """One unit vector (a row) a text; nothing is kept."""
        return self._encoder.encode(texts)

    def encode_kept(self, texts: Sequence[str]) -> Vectors:
        """One unit vector (a row) a text; those embedded before are read, the others kept for the next time."""
        model, reading = self.digest, self._encoder.reading
        keys = [_key(model, reading(text)) for text in texts]
        known = self._kept.find(list(dict.fromkeys(keys)))
        self._embedded(sum(key in known for key in keys))
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        keeps = True
        for some in _batches(list(new.items()), BATCH):
            rows = self._encoder.encode([text for _, text in some])
            vectors = {key: row.tobytes() for (key, _), row in zip(some, rows, strict=True)}
            keeps = keeps and self._kept.keep(vectors)
            known |= vectors
            self._embedded(len(some))
        if not keys:
            return self._encoder.encode([])
        return np.frombuffer(b"".join(known[key] for key in keys), np.float32).reshape(len(keys), -1)


def keeping_encoder(settings: IndexSettings, embedded: Embedded | None = None) -> KeepingEncoder:
    """The encoder that the settings name, with what is kept below their index root. Raises as `load_encoder`."""
    return KeepingEncoder(load_encoder(settings), KeptVectors(settings.index_root / KEPT_FILE), embedded)


def _key(model: str, text: str) -> bytes:
    return hashlib.blake2b(f"{model}\0{text}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _batches(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
