"""Packs from their files: read when these rest, so that who saves several of them is not half-way; kept for reading."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from knowledge.catalogue import Listed
from knowledge.errors import ShenbaoError
from knowledge.pack import Pack, State, load_pack, state

PACKS_READ = 64
"""Packs kept in memory for reading alone."""
SETTLED_SECONDS = 0.3
"""How long the files of a pack must rest before they are read."""
_TRIES = 20


def wait_until_settled(listed: Listed, wait: Callable[[float], None]) -> None:
    """Wait until the pack's files rest, for six seconds at the most."""
    before = None
    for _ in range(_TRIES):
        if (now := state(listed.folder, listed.added)) == before:
            return
        before = now
        wait(SETTLED_SECONDS)


def load_settled(listed: Listed, wait: Callable[[float], None]) -> tuple[Pack, State]:
    """The pack from files that rested while they were read, and their state. Raises PackError."""
    for _ in range(_TRIES):
        before = state(listed.folder, listed.added)
        try:
            pack = load_pack(listed.folder, listed.name, listed.added)
        except ShenbaoError:
            if state(listed.folder, listed.added) == before:
                raise
            pack = None
        if pack is not None and state(listed.folder, listed.added) == before:
            return pack, before
        wait(SETTLED_SECONDS)
    return load_pack(listed.folder, listed.name, listed.added), before


class PacksRead:
    """Packs read without a desk, each anew when its files have changed. Safe to share between threads."""

    def __init__(self) -> None:
        self._read: OrderedDict[str, tuple[Path, State, Pack]] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, listed: Listed) -> Pack:
        """The pack as its files are now. Raises PackError."""
        now = state(listed.folder, listed.added)
        with self._guard:
            kept = self._read.get(listed.name)
            if kept is not None and kept[:2] == (listed.folder, now):
                self._read.move_to_end(listed.name)
                return kept[2]
        pack = load_pack(listed.folder, listed.name, listed.added)
        with self._guard:
            self._read[listed.name] = (listed.folder, now, pack)
            while len(self._read) > PACKS_READ:
                self._read.popitem(last=False)
        return pack
