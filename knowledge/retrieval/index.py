"""The index of a pack: opened when it is whole and up to date, built anew when it is not."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from knowledge.errors import IndexUnavailable
from knowledge.retrieval.bm25 import KeywordLeg
from knowledge.retrieval.dense import DenseLeg
from knowledge.retrieval.dense_server import ServerLeg
from knowledge.retrieval.entries import Entry, pack_entries
from knowledge.retrieval.manifest import Manifest, Sources
from knowledge.retrieval.place import IndexPlace, storage_errors
from knowledge.retrieval.search import ClauseIndex
from knowledge.retrieval.settings import IndexSettings
from knowledge.retrieval.tokens import Tokenizer

if TYPE_CHECKING:
    from knowledge.pack import Pack
    from knowledge.retrieval.encoder import Encoder

MISSING = "missing"
ROOM, ROOM_PER_VECTOR_BYTE = 1 << 20, 5
"""Bytes an empty index takes, and bytes for each byte of its vectors (measured: 3.6). Asked for beforehand,
since Chroma does not always say that it was the disk that was full."""

_log = structlog.get_logger(__name__)


def open_index(pack: Pack, settings: IndexSettings) -> ClauseIndex:
    """The pack's index, built first when it is missing, damaged or out of date.

    Several processes may call this at once: one builds, the others wait and read. Where Chroma itself
    does not work, the index answers by keywords alone. Raises StorageUnavailable for a full or read-only
    disk and IndexUnavailable for a missing model.
    """
    plan = _Plan.of(pack, settings)
    served = plan.open_served()
    if isinstance(served, ClauseIndex):
        return served
    with plan.place.locked():
        # Whoever held the lock may have built it meanwhile.
        served = plan.open_served()
        if isinstance(served, ClauseIndex):
            return served
        tell = _log.info if served == MISSING else _log.warning
        tell("index_building", pack=plan.pack, place=str(plan.place.folder), cause=served)
        return plan.build()


def build_index(pack: Pack, settings: IndexSettings, force: bool = False) -> ClauseIndex:
    """Build the pack's index, also when nothing changed if `force`; see `open_index`."""
    if not force:
        return open_index(pack, settings)
    plan = _Plan.of(pack, settings)
    with plan.place.locked():
        return plan.build()


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be indexed, with what, and where."""

    pack: str
    entries: tuple[Entry, ...]
    tokenizer: Tokenizer
    encoder: Encoder
    sources: Sources
    place: IndexPlace
    chroma: str | None

    @classmethod
    def of(cls, pack: Pack, settings: IndexSettings) -> _Plan:
        from knowledge.retrieval.kept_vectors import keeping_encoder  # noqa: PLC0415 - heavy

        tokenizer, encoder = Tokenizer(pack.vocabulary), keeping_encoder(settings)
        entries = pack_entries(pack, str)  # as printed: only what is written or compared is normalised
        if not entries:
            raise IndexUnavailable(f"知识包 {pack.id} 没有可检索的条款：请检查通知原文")
        return cls(
            pack=pack.id,
            entries=entries,
            tokenizer=tokenizer,
            encoder=encoder,
            sources=Sources.of(pack.id, pack.digest, encoder.digest, tokenizer.digest),
            place=IndexPlace(settings.index_root, pack.id),
            chroma=settings.chroma,
        )

    def open_served(self) -> ClauseIndex | str:
        """The index that is served, or why it must be built."""
        build = self.place.served()
        if build is None:
            return MISSING
        manifest = Manifest.read(build)
        if manifest is None:
            return "manifest damaged"
        if flaw := manifest.flaw(self.sources, len(self.entries), build):
            return flaw
        try:
            return self._open(build)
        except IndexUnavailable as error:
            return str(error)

    def build(self) -> ClauseIndex:
        """Build, serve and open. Hold the lock."""
        started = time.perf_counter()
        texts = self._normalised(self.entries)
        one = self.encoder.encode([texts[0].text])  # a missing model ends here, not as a missing leg
        self.place.require_room(ROOM + ROOM_PER_VECTOR_BYTE * one.nbytes * len(self.entries))
        build = self.place.new_build()
        try:
            with storage_errors(self.place.folder):
                for name, entries in _parts(texts).items():
                    KeywordLeg.build(self.tokenizer.tokens(entry.text) for entry in entries).save(
                        build / "bm25" / name
                    )
                dense = self._build_dense(build, texts)
                Manifest.of(self.sources, len(self.entries), build).write(build)
            index = self._open(build, dense=dense)
            self.place.publish(build)
        except BaseException:
            self.place.discard(build)
            raise
        seconds = round(time.perf_counter() - started, 2)
        _log.info("index_built", pack=self.pack, entries=len(self.entries), seconds=seconds)
        return index

    def _build_dense(self, build: Path, texts: Sequence[Entry]) -> bool:
        if self.chroma is not None:
            return True  # in the server, by whoever opens it first
        try:
            DenseLeg.build(build / "chroma", self.pack, texts, self.encoder)
        except (IndexUnavailable, ImportError) as error:
            _log.error("dense_leg_away", pack=self.pack, cause=str(error))
            return False
        return True

    def _open(self, build: Path, *, dense: bool = True) -> ClauseIndex:
        """Open a build. Raises IndexUnavailable when it is damaged."""
        parts = _parts(self.entries)
        try:
            clauses, exemplars = (
                KeywordLeg.load(build / "bm25" / name, len(entries)) for name, entries in parts.items()
            )
        except (OSError, ValueError, KeyError) as error:
            raise IndexUnavailable(f"索引 {build} 的关键词部分无法读取：将重建") from error
        self.tokenizer.tokens("")  # its dictionaries load now, not at the first question
        leg: DenseLeg | ServerLeg | None = None
        if self.chroma is not None:
            leg = ServerLeg(self.chroma, self.sources, self._normalised(self.entries), self.encoder)
        elif dense:
            leg = DenseLeg(build / "chroma", self.pack)
            known = [self.entries[0], self.entries[len(self.entries) // 2], self.entries[-1]]
            if flaw := leg.flaw(len(self.entries), self._normalised(known), self.encoder):
                leg.close()
                raise IndexUnavailable(f"索引 {build} 的向量部分不完整（{flaw}）：将重建")
        return ClauseIndex(self.entries, (clauses, exemplars), leg, self.encoder, self.tokenizer)

    def _normalised(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        return tuple(replace(entry, text=self.tokenizer.normalise(entry.text)) for entry in entries)


def _parts(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    return {
        "clauses": [entry for entry in entries if entry.topic is None],
        "exemplars": [entry for entry in entries if entry.topic is not None],
    }
