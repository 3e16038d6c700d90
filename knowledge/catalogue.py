"""Which packs there are, read from the heads of their files alone: ids, versions, validity, titles, numbers.

Several versions of a notice lie in folders of their own with one `id` and different `version`s. The latest is
called by the id, each earlier one `id@version`; so are packs named wherever one is asked for or kept.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.errors import PackError, UnknownPack
from knowledge.notice_names import NoticeNames
from knowledge.pack import NOTICE_FILE, additions_folder, pack_folders
from knowledge.strict_yaml import load_model

_log = structlog.get_logger(__name__)

SHOWN_NAMES = 10
"""Names of packs in a message to whoever named none of them."""


Stamp = tuple[int, int]


class Head(BaseModel):
    """What the catalogue knows of a pack: a part of pack.yaml, in the words of `Notice`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    version: str
    title: str
    document: str
    document_number: str
    year: int
    issued_on: date
    valid_from: date | None = None
    valid_until: date | None = None
    superseded_by: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A pack of the catalogue: the name by which it is asked for, its folder and its head."""

    name: str
    folder: Path
    head: Head
    stamp: Stamp = (0, 0)
    """Time of change and size of pack.yaml when it was read."""
    added: Path | None = None
    """Where what was added to it is kept: annexes."""


State = Literal["in_force", "not_yet", "expired", "superseded"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a pack answers on a day; `successor` is what took its place, where that is served too."""

    state: State
    successor: Listed | None = None

    @property
    def answers(self) -> bool:
        """Whether questions are answered from it."""
        return self.state == "in_force"


class Catalogue(Mapping[str, Listed]):
    """The packs by name, in the order of their folders; immutable."""

    def __init__(self, heads: Iterable[tuple[Path, Head, Stamp]], additions: Path | None = None) -> None:
        """`additions` is the folder with what was added to packs.

        Raises PackError where two folders hold the same version of one notice."""
        self._versions: dict[str, list[Listed]] = {}
        for folder, head, stamp in heads:
            versions = self._versions.setdefault(head.id, [])
            if any(head.version == known.head.version for known in versions):
                raise PackError(
                    folder / NOTICE_FILE,
                    0,
                    f"知识包 id 重复：{head.id}（版本 {head.version}）",
                    "请改用另一个 id，或另一个 version",
                )
            added = None if additions is None else additions_folder(additions, head.id)
            versions.append(Listed(head.id, folder, head, stamp, added))
        for versions in self._versions.values():
            versions.sort(key=_order)
            versions[:-1] = [replace(one, name=f"{one.head.id}@{one.head.version}") for one in versions[:-1]]
        self._listed = {one.name: one for versions in self._versions.values() for one in versions}
        self._names = NoticeNames((one.name, one.head) for one in self._listed.values())

    def __getitem__(self, name: str) -> Listed:
        return self._listed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)

    def get_listed(self, name: str) -> Listed:
        """The pack of this name; `id@version` also names the latest version. Raises UnknownPack."""
        if (listed := self._listed.get(name)) is not None:
            return listed
        latest = self._listed.get(name.partition("@")[0])
        if latest is not None and name == f"{latest.head.id}@{latest.head.version}":
            return latest
        raise UnknownPack(f"没有知识包 {name[:60]!r}，现有：{some_names(self)}")

    def on(self, name: str, day: date) -> Listed:
        """The pack of this name; of an id with several versions the latest one valid by `day`. Raises UnknownPack."""
        listed = self.get_listed(name)
        if "@" in name:
            return listed
        versions = self._versions[listed.head.id]
        begun = [one for one in versions if one.head.valid_from is None or one.head.valid_from <= day]
        return begun[-1] if begun else versions[0]

    def standing(self, listed: Listed, day: date) -> Standing:
        """Whether the pack answers on `day`.

        One that names its successor is superseded once its own validity is over, at once where it has no end; an
        earlier version when the next one begins, at once where that has no beginning.
        """
        head = listed.head
        if head.valid_from is not None and day < head.valid_from:
            return Standing("not_yet")
        over = head.valid_until is not None and day > head.valid_until
        if head.superseded_by and (over or head.valid_until is None):
            return Standing("superseded", self._listed.get(head.superseded_by))
        versions = self._versions[head.id]
        later = versions[versions.index(listed) + 1 :]
        begun = [one for one in later if one.head.valid_from is None or one.head.valid_from <= day]
        if begun:
            return Standing("superseded", begun[-1])
        return Standing("expired") if over else Standing("in_force")

    def versions(self, listed: Listed) -> tuple[Listed, ...]:
        """All versions of the pack's notice, the earliest first."""
        return tuple(self._versions[listed.head.id])

    def named_in(self, text: str, own: Listed, own_text: str = "") -> Listed | None:
        """The pack of another notice that `text` plainly asks about; None where it may be of `own`.

        `own_text` are the own notice's words: what they speak of is not plainly another's.
        """
        name = self._names.other_named(text, own.head, own_text)
        return self._listed[name] if name is not None else None


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


def some_names(names: Iterable[str]) -> str:
    """The names of packs, or the first of them, for a message."""
    every = list(names)
    return "、".join(every[:SHOWN_NAMES]) + ("等" if len(every) > SHOWN_NAMES else "")


def _order(one: Listed) -> tuple[date, list[tuple[int, str]]]:
    """Versions by the day from which they are valid, then by number, 2023.10 after 2023.9."""
    parts = one.head.version.replace("-", ".").split(".")
    numbered = [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
    return one.head.valid_from or date.min, numbered


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
