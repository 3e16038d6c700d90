"""The dense leg in a Chroma server that several machines share.

A collection's name says what it was made of, so that each process finds the one it needs or makes it. It is filled
under another name and renamed when it is whole: nobody reads half of one. The server may be away at any time: no
request waits longer than `PATIENCE` for it, a thread looks for it until it is back, and meanwhile there are no
neighbours, only keywords.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import secrets
import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import structlog

from knowledge.errors import IndexUnavailable
from knowledge.retrieval.dense import NEIGHBOURS, entry_metadata, flag
from knowledge.retrieval.entries import Entry
from knowledge.retrieval.place import plain_name

if TYPE_CHECKING:
    from langchain_chroma import Chroma

    from knowledge.retrieval.encoder import Encoder, Vectors
    from knowledge.retrieval.manifest import Sources

PATIENCE = 0.8
"""Seconds that a question waits for the server; a search there takes 10 ms."""
_BUILDING_PATIENCE = 60.0
_PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds between attempts to find the server again; the last one from then on."""
_FIRST_WAIT = 600.0
_BATCH = 500
_LEFT_BEHIND = 86_400.0
_log = structlog.get_logger(__name__)


class ServerLeg:
    """The entries' vectors in a collection of the server at `url`."""

    def __init__(
        self,
        url: str,
        sources: Sources,
        entries: Sequence[Entry],
        encoder: Encoder,
        *,
        patience: float = PATIENCE,
    ) -> None:
        """Find the collection or make it; where the server does not answer, go on looking in the background."""
        self._url, self._entries, self._encoder, self._patience = url, entries, encoder, patience
        self._pack = plain_name(sources.pack)
        content = hashlib.sha256(sources.model_dump_json().encode()).hexdigest()
        self.name = f"{self._pack}--{content[:24]}"
        self.size = len(entries)
        self._collection: Any = None
        self._client: Any = None
        self._guard, self._closed, self._settled = threading.Lock(), threading.Event(), threading.Event()
        self._looking = False
        self._look()
        # The first time there may be all to embed; that the server is away is known sooner.
        self._settled.wait(_FIRST_WAIT)

    @property
    def there(self) -> bool:
        """Whether the server answered when it was last asked."""
        return self._collection is not None

    def nearest(
        self, vectors: Vectors, count: int, category: str | None = None
    ) -> list[list[tuple[str, float]]]:
        """As `DenseLeg.nearest`. Raises IndexUnavailable while the server is away, without asking it."""
        collection = self._collection
        if collection is None:
            raise IndexUnavailable(f"向量服务器 {self._url} 暂时连不上，只按关键词检索")
        try:
            found = collection.query(
                query_embeddings=vectors,
                n_results=max(1, min(count, self.size)),
                where=None if category is None else {flag(category): True},
                include=["distances"],
            )
        except Exception as error:  # the edge to the server: whatever happened, keywords answer
            self._lost(error)
            raise IndexUnavailable(f"向量服务器 {self._url} 没有答复，只按关键词检索") from error
        return [
            [(id_, 1.0 - distance) for id_, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def store(self, encoder: Encoder) -> Chroma:
        """The collection as LangChain's vector store. Raises IndexUnavailable while the server is away."""
        from langchain_chroma import Chroma  # noqa: PLC0415 - heavy

        if self._client is None:
            raise IndexUnavailable(f"向量服务器 {self._url} 暂时连不上")
        return Chroma(
            self.name, client=self._client, embedding_function=encoder, create_collection_if_not_exists=False
        )

    def close(self) -> None:
        """Look for the server no longer."""
        self._closed.set()
        self._collection = None

    def _lost(self, error: Exception) -> None:
        with self._guard:
            self._collection = None
        _log.warning("chroma_server_away", pack=self._pack, cause=f"{type(error).__name__}: {error}"[:200])
        self._look()

    def _look(self) -> None:
        with self._guard:
            if self._looking or self._closed.is_set():
                return
            self._looking = True
        threading.Thread(target=self._find, name="chroma-server", daemon=True).start()

    def _find(self) -> None:
        attempt = 0
        try:
            while not self._closed.is_set():
                try:
                    self._connect()
                except Exception as error:  # the thread's edge: the next attempt may go well
                    if attempt == 0:
                        _log.warning("chroma_server_away", pack=self._pack, cause=str(error)[:200])
                    self._settled.set()
                    self._closed.wait(_PAUSES[min(attempt, len(_PAUSES) - 1)])
                    attempt += 1
                else:
                    _log.info("chroma_server_there", pack=self._pack, collection=self.name)
                    return
        finally:
            with self._guard:
                self._looking = False
            self._settled.set()

    def _connect(self) -> None:
        client = _client(self._url, _BUILDING_PATIENCE)
        collection = self._whole(client)
        if collection is None:
            self._build(client)
        asking = _client(self._url, self._patience)
        found = asking.get_collection(self.name, embedding_function=None)
        with self._guard:
            self._client, self._collection = asking, found

    def _whole(self, client: Any) -> Any:
        """The collection, None where there is none; one that lost entries is thrown away."""
        from chromadb.errors import NotFoundError  # noqa: PLC0415 - heavy

        try:
            collection = client.get_collection(self.name, embedding_function=None)
        except NotFoundError:
            return None
        if collection.count() == self.size:
            return collection
        _log.warning("chroma_collection_damaged", collection=self.name, entries=collection.count())
        client.delete_collection(self.name)
        return None

    def _build(self, client: Any) -> None:
        started = time.perf_counter()
        name = f"{self._pack}--building-{secrets.token_hex(8)}"
        configuration: Any = {"hnsw": {"space": "cosine", **NEIGHBOURS}}
        collection = client.create_collection(
            name,
            configuration=configuration,
            embedding_function=None,
            metadata={"built_at": time.time()},
        )
        for start in range(0, self.size, _BATCH):
            part = self._entries[start : start + _BATCH]
            collection.add(
                ids=[entry.id for entry in part],
                embeddings=self._encoder.encode_kept([entry.text for entry in part]),
                documents=[entry.text for entry in part],
                metadatas=[entry_metadata(entry) for entry in part],
            )
        self._name_it(client, collection)
        self._sweep(client)
        seconds = round(time.perf_counter() - started, 2)
        _log.info("chroma_collection_built", collection=self.name, entries=self.size, seconds=seconds)

    def _name_it(self, client: Any, built: Any) -> None:
        """Give what was built its name, unless another process was faster: then theirs stays."""
        try:
            if self._whole(client) is None:
                built.modify(name=self.name)
                return
        except Exception:  # what the server says of a name that is taken differs between versions
            if self._whole(client) is None:
                raise
        client.delete_collection(built.name)

    def _sweep(self, client: Any) -> None:
        """Delete what is left of builds that broke off, and collections older than the one before this."""
        from chromadb.errors import NotFoundError  # noqa: PLC0415 - heavy

        own = re.compile(re.escape(self._pack) + "--(?:[0-9a-f]{24}|building-[0-9a-f]{16})")
        found = [
            one for one in client.list_collections() if own.fullmatch(one.name) and one.name != self.name
        ]
        found.sort(key=_built_at, reverse=True)
        whole = [one for one in found if "--building-" not in one.name]
        broken = [one for one in found if "--building-" in one.name]
        old = [one for one in broken if _built_at(one) < time.time() - _LEFT_BEHIND]
        for one in (*whole[1:], *old):
            with contextlib.suppress(NotFoundError):  # another process sweeps too
                client.delete_collection(one.name)


def _built_at(collection: Any) -> float:
    return float((collection.metadata or {}).get("built_at", 0))


def _client(url: str, patience: float) -> Any:
    """A client that waits no longer than `patience` for an answer. Raises what httpx and Chroma raise."""
    import chromadb  # noqa: PLC0415 - heavy
    import httpx  # noqa: PLC0415 - heavy
    from chromadb.config import Settings  # noqa: PLC0415 - heavy

    # Asked first, within a bound: Chroma's client waits for ever when it is made.
    httpx.get(f"{url}/api/v2/heartbeat", timeout=2.0).raise_for_status()
    parts = httpx.URL(url)
    secure = parts.scheme == "https"
    client = chromadb.HttpClient(
        host=parts.host,
        port=parts.port or (443 if secure else 8000),
        ssl=secure,
        settings=Settings(anonymized_telemetry=False),
    )
    client._server._session.timeout = httpx.Timeout(patience, connect=min(patience, 0.5))
    return client
