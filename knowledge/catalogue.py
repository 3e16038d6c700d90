"""Which packs there are, by the heads of their files alone: ids, versions, validity, titles, numbers.

Several versions of a notice lie in folders of their own with one `id` and different `version`s. The latest is
called by the id, each earlier one `id@version`; so are packs named wherever one is asked for or kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from knowledge.errors import PackError, UnknownPack
from knowledge.notice_names import NoticeNames
from knowledge.pack import NOTICE_FILE, additions_folder

SHOWN_NAMES = 10
"""Names of packs in a message to whoever named none of them."""

Stamp = tuple[int, int]
"""Time of change in nanoseconds, and size in bytes."""


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
    """That of pack.yaml when it was read."""
    added: Path | None = None
    """Where what was added to it is kept: annexes."""

    def has_begun(self, day: date) -> bool:
        """Whether its validity, where that has a beginning, has begun by `day`."""
        return self.head.valid_from is None or self.head.valid_from <= day


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
        begun = [one for one in versions if one.has_begun(day)]
        return begun[-1] if begun else versions[0]

    def standing(self, listed: Listed, day: date) -> Standing:
        """Whether the pack answers on `day`.

        One that names its successor is superseded once its own validity is over, at once where it has no end; an
        earlier version when the next one begins, at once where that has no beginning.
        """
        head = listed.head
        if not listed.has_begun(day):
            return Standing("not_yet")
        over = head.valid_until is not None and day > head.valid_until
        if head.superseded_by and (over or head.valid_until is None):
            return Standing("superseded", self._listed.get(head.superseded_by))
        versions = self._versions[head.id]
        later = versions[versions.index(listed) + 1 :]
        begun = [one for one in later if one.has_begun(day)]
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


def some_names(names: Iterable[str]) -> str:
    """The names of packs, or the first of them, for a message."""
    every = list(names)
    return "、".join(every[:SHOWN_NAMES]) + ("等" if len(every) > SHOWN_NAMES else "")


def _order(one: Listed) -> tuple[date, list[tuple[int, str]]]:
    """Versions by the day from which they are valid, then by number, 2023.10 after 2023.9."""
    parts = one.head.version.replace("-", ".").split(".")
    numbered = [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
    return one.head.valid_from or date.min, numbered
