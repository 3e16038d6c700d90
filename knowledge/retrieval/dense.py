"""The dense leg: one Chroma collection, embedded and persistent, written through LangChain.

Questions ask the collection for identifiers and distances alone, in one call: what an entry says is known
from the pack, and LangChain's documents would cost more than the search itself.
"""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from knowledge.errors import IndexUnavailable, ShenbaoError, StorageUnavailable
from knowledge.retrieval.entries import Entry
from knowledge.retrieval.place import disk_full, plain_name, read_only, storage_errors

if TYPE_CHECKING:
    from langchain_chroma import Chroma

    from knowledge.retrieval.encoder import Encoder, Vectors

NEIGHBOURS = {"max_neighbors": 16, "ef_construction": 200, "ef_search": 200}
"""HNSW settings. Among the first pack's 18,000 entries they find all of the ten nearest and 99.4 % of the
hundred nearest in 2.0 ms; Chroma's own (16, 100, 100) 99.3 % and 97.6 % in 1.6 ms. With 50,000 near-duplicates
either misses about a third of the ten: hence a collection a pack, and no more than its own texts in it."""

_FULL = ("(code: 13)", "os error 28", "os error 122", "disk is full", "No space left")
_NO_ROOM = 256 * 1024
"""With fewer bytes free, whatever Chroma complains of is the disk."""
_READ_ONLY = ("(code: 8)", "(code: 14)", "os error 30", "os error 13", "readonly database", "Read-only file")


class DenseLeg:
    """The entries' vectors in a Chroma collection."""

    there = True

    def __init__(self, folder: Path, pack: str) -> None:
        """Open the collection in `folder`. Raises IndexUnavailable or StorageUnavailable."""
        self._folder, self._name = folder, plain_name(pack)
        with chroma_errors(folder):
            self._client = _client(folder)
            self._collection = self._client.get_collection(self._name, embedding_function=None)
            self.size: int = self._collection.count()
        # Chroma holds on to every client until it is told otherwise; whoever drops the leg has told it.
        self._closing = weakref.finalize(self, self._client.close)

    @classmethod
    def build(cls, folder: Path, pack: str, entries: Sequence[Entry], encoder: Encoder) -> None:
        """Write a collection into `folder`. Raises IndexUnavailable or StorageUnavailable."""
        from langchain_chroma import Chroma  # noqa: PLC0415 - heavy

        # Chroma writes its graph each `sync_threshold` additions and replays the rest at every start.
        sync = max(2, min(len(entries), 50_000))
        configuration: Any = {
            "hnsw": {"space": "cosine", "sync_threshold": sync, "batch_size": min(100, sync), **NEIGHBOURS}
        }
        with chroma_errors(folder), storage_errors(folder):
            folder.mkdir()
            client = _client(folder)
            try:
                store = Chroma(
                    plain_name(pack),
                    client=client,
                    embedding_function=cast(Any, encoder),
                    collection_configuration=configuration,
                )
                batch = client.get_max_batch_size()
                for start in range(0, len(entries), batch):
                    part = entries[start : start + batch]
                    store.add_texts(
                        [entry.text for entry in part],
                        metadatas=[entry_metadata(entry) for entry in part],
                        ids=[entry.id for entry in part],
                    )
            finally:
                client.close()

    def nearest(
        self, vectors: Vectors, count: int, category: str | None = None
    ) -> list[list[tuple[str, float]]]:
        """For each vector the `count` nearest entries' ids and cosine similarities, nearest first.

        Raises IndexUnavailable or StorageUnavailable.
        """
        with chroma_errors(self._folder):
            found = self._collection.query(
                query_embeddings=vectors,
                n_results=max(1, min(count, self.size)),
                where=None if category is None else {flag(category): True},
                include=["distances"],
            )
        return [
            [(id_, 1.0 - distance) for id_, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def flaw(self, count: int, known: Sequence[Entry], encoder: Encoder) -> str | None:
        """Why this collection does not hold `count` entries, None when it does: a few `known` ones are looked up.

        Chroma opens damaged files without complaint and then finds nothing, or too little.
        """
        if self.size != count:
            return f"{self.size} of {count} entries"
        wanted = min(10, count)
        for found in self.nearest(encoder.encode([entry.text for entry in known]), wanted):
            if len(found) < wanted or found[0][1] < 0.999:
                return "entries are not found by their own text"
        return None

    def store(self, encoder: Encoder) -> Chroma:
        """The collection as LangChain's vector store, e.g. to make a retriever of it."""
        from langchain_chroma import Chroma  # noqa: PLC0415 - heavy

        return Chroma(
            self._name,
            client=self._client,
            embedding_function=cast(Any, encoder),
            create_collection_if_not_exists=False,
        )

    def close(self) -> None:
        """Let go of the files."""
        self._closing()


@contextmanager
def chroma_errors(place: Path) -> Iterator[None]:
    """Turn what Chroma raises into this project's errors; a panic of its native part too."""
    try:
        yield
    except (ShenbaoError, OSError):
        raise
    except Exception as error:
        raise _translated(error, place) from error
    except BaseException as error:
        # PyO3's PanicException stands beside Exception, so that nobody swallows it unawares.
        if type(error).__name__ != "PanicException":
            raise
        raise _translated(error, place) from error


def _translated(error: BaseException, place: Path) -> IndexUnavailable | StorageUnavailable:
    message = " ".join(str(error).split())
    if any(sign in message for sign in _FULL) or shutil.disk_usage(place).free < _NO_ROOM:
        return disk_full(place)
    if any(sign in message for sign in _READ_ONLY):
        return read_only(place)
    return IndexUnavailable(f"索引 {place} 无法使用（{message[:200]}）：请删除该目录后重新启动以重建")


def _client(folder: Path) -> Any:
    import chromadb  # noqa: PLC0415 - heavy
    from chromadb.config import Settings  # noqa: PLC0415 - heavy

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def entry_metadata(entry: Entry) -> dict[str, Any]:
    """What Chroma keeps beside a vector: which categories it binds, and whence it comes."""
    kind = "clause" if entry.topic is None else "exemplar"
    of_topic = {} if entry.topic is None else {"topic": entry.topic}
    clauses = " ".join(clause for clause, _ in entry.links)
    flags = {flag(category): True for category in entry.categories}
    return flags | of_topic | {"kind": kind, "heading": entry.heading, "clauses": clauses}


def flag(category: str) -> str:
    """The metadata that says that a category is bound."""
    return f"binds_{category}"
