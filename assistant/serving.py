"""The packs served: which there are, whose desks are open, and their changing while questions are answered.

A desk is opened when somebody first asks for its pack, by one thread however many ask, and kept until `limit`
others were asked since. When files of an open pack change, or another process has built its index anew, a new
desk is made ready beside the one that answers and takes its place in one step. Whoever has begun an answer ends
it at the desk where it began; where the new one cannot be made, the old one goes on answering.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import structlog

from assistant.desk import Desk
from assistant.pack_files import PacksRead, load_settled, wait_until_settled
from assistant.served import Served
from assistant.taught import LessonSource, NoLessons, taught_desk
from knowledge.catalogue import Catalogue, Listed, Standing
from knowledge.errors import ShenbaoError
from knowledge.listed_folders import LiveCatalogue
from knowledge.pack import Pack, State, state
from knowledge.retrieval.place import IndexPlace

OPENED_AT_ONCE = 2

OpenDesk = Callable[[Pack], Desk]
_log = structlog.get_logger(__name__)

Seen = tuple[Path, State, str]
"""What a desk was made from: folder, state of its files, name of the index's build."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A desk as its pack's files make it, the same with what was taught, and what both were made from."""

    untaught: Desk
    desk: Desk
    lesson: int | None
    seen: Seen


class ServedPacks(Served):
    """As a mapping the packs by name, each loaded when it is asked for. Safe to share between threads."""

    def __init__(
        self,
        catalogue: LiveCatalogue,
        open_desk: OpenDesk,
        default: str,
        *,
        index_root: Path,
        limit: int,
        lessons: LessonSource | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """`default` answers where no pack is named and stays open. Raises UnknownPack where it is not there."""
        self._live, self._open_desk, self._index_root = catalogue, open_desk, index_root
        self._limit, self._lessons, self._wait = limit, lessons or NoLessons(), wait
        catalogue.now().get_listed(default)
        self.default = default
        self._open: OrderedDict[str, _Open] = OrderedDict()
        self._read = PacksRead()
        self._opening: dict[str, Future[_Open]] = {}
        self._refreshing: set[str] = set()
        self._failures: dict[str, tuple[Seen, str]] = {}
        self._guard, self._learning = threading.Lock(), threading.Lock()
        self._renewing = threading.Lock()
        self._room = threading.BoundedSemaphore(OPENED_AT_ONCE)

    def __getitem__(self, name: str) -> Pack:
        if (opened := self._open.get(name)) is not None:
            return opened.desk.pack
        return self._read.get(self.catalogue[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.catalogue)

    def __len__(self) -> int:
        return len(self.catalogue)

    def __contains__(self, name: object) -> bool:
        return name in self.catalogue

    @property
    def catalogue(self) -> Catalogue:
        """What there is, without loading any of it."""
        return self._live.now()

    def on(self, name: str | None, day: date) -> tuple[Listed, Standing]:
        """The pack that `name`, or the default, means on that day, and whether it answers. Raises UnknownPack."""
        catalogue = self._live.now(name or self.default)
        listed = catalogue.on(name or self.default, day)
        return listed, catalogue.standing(listed, day)

    def desk(self, listed: Listed) -> Desk:
        """The desk that answers for a pack, opened first where it is not. Raises PackError and as indexes do."""
        opened = self._opened(listed)
        if opened.seen != (now := self._seen(listed)) and self._refused(listed.name) != now:
            self._refresh_beside(listed.name)
        return self._with_lessons(listed.name, opened).desk

    def refresh(self, name: str) -> None:
        """Make the pack's desk anew from its files and let it take the old one's place.

        Whatever fails leaves the old one answering. Raises UnknownPack, PackError, and as indexes do.
        """
        listed = self._live.now(name).get_listed(name)
        with self._renewing:
            seen = self._seen(listed)
            try:
                opened = self._taught(self._made(listed))
            except Exception as error:
                cause = str(error) if isinstance(error, ShenbaoError) else f"{type(error).__name__}: {error}"
                with self._guard:
                    self._failures[listed.name] = (seen, cause)
                _log.error("pack_not_renewed", pack=listed.name, cause=cause)
                raise
            with self._guard:
                self._failures.pop(listed.name, None)
                self._keep(listed.name, opened)
        _log.info("pack_renewed", pack=listed.name, digest=opened.desk.pack.digest[:12])

    def failures(self) -> Mapping[str, str]:
        """Packs whose changed files cannot be served, and why: what was there before is answered from."""
        told = {name: cause for name, (_, cause) in self._failures.items()}
        return told | ({"": self._live.failure} if self._live.failure else {})

    def readiness(self) -> Mapping[str, bool]:
        """Whether there are packs, and whether the dense leg of every index that is open answers."""
        opened = list(self._open.values())
        return {
            "packs": bool(self),
            "index": all(one.desk.index.dense is not None for one in opened),
            "statements": all(one.desk.statements is not None for one in opened),
        }

    def legs(self) -> Mapping[str, bool]:
        """The packs whose desks are open, and whether the dense leg of each answers."""
        return {name: one.desk.index.by_meaning for name, one in list(self._open.items())}

    def _opened(self, listed: Listed) -> _Open:
        with self._guard:
            if (found := self._open.get(listed.name)) is not None:
                self._open.move_to_end(listed.name)
                return found
            waiting = self._opening.get(listed.name)
            if waiting is None:
                mine = self._opening[listed.name] = Future[_Open]()
        if waiting is not None:
            return waiting.result()
        try:
            with self._room:
                opened = self._made(listed)
        except BaseException as error:
            with self._guard:
                del self._opening[listed.name]
            mine.set_exception(error)
            raise
        with self._guard:
            self._keep(listed.name, opened)
            del self._opening[listed.name]
        mine.set_result(opened)
        return opened

    def _made(self, listed: Listed) -> _Open:
        """A desk from files that rested while they were read."""
        pack, read = load_settled(listed, self._wait)
        desk = self._open_desk(pack)
        return _Open(desk, desk, None, (listed.folder, read, self._seen(listed)[2]))

    def _keep(self, name: str, opened: _Open) -> None:
        """Serve it; beyond the limit the desk longest unasked goes, closed once nobody answers at it. Hold the guard."""
        self._open[name] = opened
        self._open.move_to_end(name)
        for other in list(self._open):
            if len(self._open) <= self._limit:
                break
            if other not in (name, self.default):
                del self._open[other]

    def _seen(self, listed: Listed) -> Seen:
        build = IndexPlace(self._index_root, listed.name).served()
        return listed.folder, state(listed.folder, listed.added), build.name if build else ""

    def _refused(self, name: str) -> Seen | None:
        failure = self._failures.get(name)
        return failure[0] if failure else None

    def _refresh_beside(self, name: str) -> None:
        """Renew the pack in a thread of its own, unless that is under way."""
        with self._guard:
            if name in self._refreshing:
                return
            self._refreshing.add(name)

        def refresh() -> None:
            try:
                wait_until_settled(self._live.now(name).get_listed(name), self._wait)
                if self._stale(name):  # who asked may have held the desk before the last renewal
                    self.refresh(name)
            except Exception:  # noqa: S110 - the thread's edge: it was logged and is shown by `failures`
                pass
            finally:
                with self._guard:
                    self._refreshing.discard(name)

        threading.Thread(target=refresh, name=f"renew {name}", daemon=True).start()

    def _stale(self, name: str) -> bool:
        """Whether the desk that is open was made of other files than there are now."""
        listed = self._live.now(name).get_listed(name)
        with self._guard:
            opened = self._open.get(listed.name)
        return opened is None or opened.seen != self._seen(listed)

    def _with_lessons(self, name: str, opened: _Open) -> _Open:
        """The desk with what was taught for its pack by now, here or by another process."""
        if opened.lesson == self._lessons.version(opened.untaught.pack):
            return opened
        with self._learning:
            with self._guard:
                current = self._open.get(name, opened)
            if current.lesson == self._lessons.version(current.untaught.pack):
                return current
            taught = self._taught(current)
            with self._guard:
                if self._open.get(name) is current:
                    self._open[name] = taught
            return taught

    def _taught(self, opened: _Open) -> _Open:
        pack = opened.untaught.pack
        version = self._lessons.version(pack)
        lesson = self._lessons.lesson(pack)
        desk = taught_desk(opened.untaught, lesson.topics, lesson.exemplars)
        return replace(opened, desk=desk, lesson=version)
