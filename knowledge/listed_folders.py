"""The catalogue as the folders have it: read from the heads of their files, and again when these change."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog
from pydantic import ValidationError

from knowledge.catalogue import Catalogue, Head, Listed, Stamp
from knowledge.errors import PackError
from knowledge.pack import NOTICE_FILE, pack_folders
from knowledge.strict_yaml import load_model

_log = structlog.get_logger(__name__)


def read_catalogue(root: Path, kept: Path | None = None, additions: Path | None = None) -> Catalogue:
    """The catalogue of the packs below `root`, with what was added to them below `additions`. Raises PackError.

    `kept` is a file in which the heads are kept, so that of thousands of packs only those that changed are parsed.
    """
    known = _read_kept(kept) if kept else {}
    found: dict[str, Any] = {}
    heads = []
    for folder in pack_folders(root):
        stamp = _stamp(folder)
        entry = known.get(str(folder.absolute()))
        head = _kept_head(entry, stamp) or load_model(folder / NOTICE_FILE, Head)
        heads.append((folder, head, stamp))
        found[str(folder.absolute())] = [*stamp, head.model_dump(mode="json")]
    if kept is not None and found != known:
        _write_kept(kept, found)
    return Catalogue(heads, additions)


class LiveCatalogue:
    """The catalogue as the folders are now: read again when one is added or goes, or a head is written anew.

    Where that fails the catalogue read last stays, and `failure` tells why. Safe to share between threads.
    """

    def __init__(self, root: Path, kept: Path | None = None, additions: Path | None = None) -> None:
        """Raises PackError."""
        self._root, self._kept, self._additions = root, kept, additions
        self._reading = threading.Lock()
        self._refused: tuple[object, ...] | None = None
        self.failure: str | None = None
        self._unready = _unready(root)
        self._seen = self._places()
        self._read = read_catalogue(root, kept, additions)

    def now(self, name: str | None = None) -> Catalogue:
        """The catalogue; the heads of the pack called `name` are looked at, those of others are not."""
        read = self._read
        listed = read.get(name) if name else None
        places = self._places()
        versions = read.versions(listed) if listed else ()
        heads = tuple(_stamp_now(one) for one in versions)
        moved = places != self._seen or heads != tuple(one.stamp for one in versions)
        if not moved or (places, heads) == self._refused or not self._reading.acquire(blocking=False):
            return read
        try:
            self._unready = _unready(self._root)
            self._seen = self._places()
            self._read = read_catalogue(self._root, self._kept, self._additions)
            self.failure = self._refused = None
        except (PackError, OSError) as error:
            _log.error("catalogue_not_read", cause=str(error))
            self.failure, self._refused = str(error), (places, heads)
        finally:
            self._reading.release()
        return self._read

    def _places(self) -> tuple[int, ...]:
        """Changes with the folders below the root, and in those that are no packs yet."""
        return tuple(_changed_at(place) for place in (self._root, *self._unready))


def _unready(root: Path) -> tuple[Path, ...]:
    """Folders without a head: copied half-way, perhaps."""
    with suppress(OSError):
        return tuple(
            folder
            for folder in sorted(root.iterdir())
            if folder.is_dir() and not (folder / NOTICE_FILE).exists()
        )
    return ()


def _changed_at(place: Path) -> int:
    with suppress(OSError):
        return place.stat().st_mtime_ns
    return 0


def _stamp_now(one: Listed) -> Stamp:
    with suppress(OSError):
        return _stamp(one.folder)
    return (0, 0)


def _stamp(folder: Path) -> Stamp:
    stat = (folder / NOTICE_FILE).stat()
    return stat.st_mtime_ns, stat.st_size


def _kept_head(entry: Any, stamp: Stamp) -> Head | None:
    match entry:
        case [then, size, head] if (then, size) == stamp:
            with suppress(ValidationError):
                return Head.model_validate(head)
    return None


def _read_kept(file: Path) -> dict[str, Any]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _write_kept(file: Path, found: dict[str, Any]) -> None:
    # Kept only to save time: a disk without room is no failure here.
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        part.replace(file)
