"""Annexes at the desk: read and shown first, then kept and served, or taken out again.

What waits for a yes lies in `<additions>/<pack>/pending/` beside the annexes that count, so that whoever answers
the next request finds it. Serving takes longer than a request may: it happens in a thread of its own, one pack at a
time, and what failed leaves files and answers as they were.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from knowledge.adding import (
    AnnexDraft,
    accepted,
    discard,
    draft_annex,
    keep,
    read_draft,
    undone_on_failure,
)
from knowledge.annexes import ANNEXES_FOLDER, AddedAnnex, read_annexes
from knowledge.documents import read_document
from knowledge.errors import PackError, ShenbaoError, StateConflict, UnknownPack, UnknownRecord
from knowledge.models import Annex
from knowledge.pack import Pack, additions_folder

if TYPE_CHECKING:
    from assistant.records.audit import Audit

PENDING_FOLDER = "pending"
LOAD, REMOVE = "annex.load", "annex.remove"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AnnexState:
    """An annex of the registry: what counts of it, what is there as background, and which of them waits for a yes."""

    annex: Annex
    added: AddedAnnex | None
    background: AddedAnnex | None
    pending: tuple[bool, ...]
    """For the annex itself (False) and as background (True), where a draft waits."""


class Annexes:
    """The annexes of the packs served. `packs` gives them as they are served, `refresh` serves one anew.

    `today` is the day on which something is added. Safe to share between threads.
    """

    def __init__(
        self,
        packs: Callable[[], Mapping[str, Pack]],
        refresh: Callable[[str], None],
        additions: Path,
        audit: Callable[[], Audit],
        today: Callable[[], date],
    ) -> None:
        self._packs, self._refresh, self._additions = packs, refresh, additions
        self._audit, self._today = audit, today
        self._working: dict[str, threading.Thread] = {}
        self._failures: dict[str, str] = {}
        self._guard = threading.Lock()

    def states(self, pack_id: str) -> tuple[AnnexState, ...]:
        """Every annex of the pack's registry. Raises UnknownPack."""
        pack = self._pack(pack_id)
        kept = {(one.record.number, one.record.background): one for one in pack.annexes}
        waiting = {(w.record.number, w.record.background) for w in self._waiting(pack)}
        return tuple(
            AnnexState(
                annex,
                kept.get((annex.number, False)),
                kept.get((annex.number, True)),
                tuple(side for side in (False, True) if (annex.number, side) in waiting),
            )
            for annex in pack.notice.annexes
        )

    def upload(self, pack_id: str, number: int, name: str, content: bytes, *, background: bool) -> AnnexDraft:
        """Read a file and let it wait for a yes. Raises DocumentRefused, AnnexRefused, PackError, UnknownPack."""
        pack = self._pack(pack_id)
        document = read_document(content, name)
        draft = draft_annex(pack, document, content, number, background=background, added_on=self._today())
        keep(self._pending(pack), draft.record, draft.source)
        return draft

    def draft(self, pack_id: str, number: int, *, background: bool) -> AnnexDraft:
        """What waits for a yes. Raises UnknownRecord where nothing does, UnknownPack."""
        pack = self._pack(pack_id)
        for waiting in self._waiting(pack):
            record = waiting.record
            if (record.number, record.background) == (number, background):
                source = (waiting.folder / f"{record.stem}.txt").read_bytes().decode("utf-8")
                return read_draft(pack, record, source)
        raise UnknownRecord(f"没有等待确认的附件{number}，请重新上传")

    def drop(self, pack_id: str, number: int, *, background: bool) -> None:
        """Let what waits go. Raises UnknownPack."""
        discard(self._pending(self._pack(pack_id)), number, background=background)

    def confirm(
        self,
        pack_id: str,
        number: int,
        numbers: Collection[int],
        actor: str,
        *,
        background: bool,
        partial: bool = False,
    ) -> None:
        """Keep what waits with the proposals of these numbers, and serve it. Returns before it is served.

        Raises UnknownRecord, UnknownPack, and StateConflict while the pack is being changed.
        """
        pack = self._pack(pack_id)
        draft = self.draft(pack_id, number, background=background)
        record = accepted(draft, pack, numbers, partial=partial)
        folder = self._folder(pack)

        def change() -> None:
            with undone_on_failure(folder, number, background=background):
                keep(folder, record, draft.source)
                self._refresh(pack_id)
            discard(self._pending(pack), number, background=background)
            told = {"file": record.file, "sha256": record.sha256, "criteria": [c.id for c in record.criteria]}
            self._audit().record(actor, LOAD, f"annex {number}", None, told | {"background": background})

        self._begin(pack_id, change)

    def remove(self, pack_id: str, number: int, actor: str, *, background: bool) -> None:
        """Take an annex out, and serve the pack without it. Returns before it is served.

        Raises UnknownRecord where none was added, PackError where the pack itself brings it, UnknownPack, and
        StateConflict while the pack is being changed.
        """
        pack = self._pack(pack_id)
        added = next(
            (a for a in pack.annexes if (a.record.number, a.record.background) == (number, background)), None
        )
        if added is None:
            raise UnknownRecord(f"没有载入过附件{number}")
        folder = self._folder(pack)
        if added.folder.resolve() != folder.resolve():
            raise PackError(
                added.folder / f"{added.record.stem}.yaml", 0, "它是知识包自带的", "请在知识包里删去"
            )

        def change() -> None:
            with undone_on_failure(folder, number, background=background):
                discard(folder, number, background=background)
                self._refresh(pack_id)
            told = {"file": added.record.file, "sha256": added.record.sha256, "background": background}
            self._audit().record(actor, REMOVE, f"annex {number}", told, None)

        self._begin(pack_id, change)

    def working(self, pack_id: str) -> bool:
        """Whether a change of this pack is under way here."""
        thread = self._working.get(pack_id)
        return thread is not None and thread.is_alive()

    def failure(self, pack_id: str) -> str:
        """Why the last change of this pack was undone; empty where it was not."""
        return self._failures.get(pack_id, "")

    def wait(self, pack_id: str, seconds: float) -> None:
        """Wait until the change that is under way has ended, at most so long."""
        thread = self._working.get(pack_id)
        if thread is not None:
            thread.join(seconds)

    def _begin(self, pack_id: str, change: Callable[[], None]) -> None:
        def run() -> None:
            try:
                change()
            except Exception as error:  # the thread's edge: it is shown on the page
                cause = str(error) if isinstance(error, ShenbaoError) else "系统出错，请查看服务日志"
                self._failures[pack_id] = cause
                _log.error("annex_not_changed", pack=pack_id, cause=str(error), exc_info=True)

        with self._guard:
            if self.working(pack_id):
                raise StateConflict("这个知识包的附件正在更新，请稍后再试")
            self._failures.pop(pack_id, None)
            thread = threading.Thread(target=run, name=f"annexes {pack_id}", daemon=True)
            self._working[pack_id] = thread
            thread.start()

    def _waiting(self, pack: Pack) -> tuple[AddedAnnex, ...]:
        try:
            return read_annexes([self._pending(pack)], pack.notice)
        except PackError as error:
            _log.warning("pending_annex_unreadable", pack=pack.id, cause=str(error))
            return ()

    def _folder(self, pack: Pack) -> Path:
        return additions_folder(self._additions, pack.id) / ANNEXES_FOLDER

    def _pending(self, pack: Pack) -> Path:
        return additions_folder(self._additions, pack.id) / PENDING_FOLDER

    def _pack(self, pack_id: str) -> Pack:
        try:
            return self._packs()[pack_id]
        except KeyError:
            raise UnknownPack(f"没有知识包 {pack_id[:60]!r}") from None
