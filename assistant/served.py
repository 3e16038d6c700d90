"""What the assistant asks of the packs it serves, and the least that answers to it: one desk.

`ServedPacks` (assistant.serving) is the one of a running service.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import date

from assistant.desk import Desk
from knowledge.catalogue import Catalogue, Head, Listed, Standing
from knowledge.pack import Pack


class Served(Mapping[str, Pack], ABC):
    """The packs served and their desks; see `ServedPacks`."""

    default: str

    @property
    @abstractmethod
    def catalogue(self) -> Catalogue:
        """What there is."""

    @abstractmethod
    def on(self, name: str | None, day: date) -> tuple[Listed, Standing]:
        """The pack meant on a day, and whether it answers. Raises UnknownPack."""

    def pack(self, name: str | None) -> Pack:
        """The pack called so, or the default, for reading; also one that answers no more. Raises UnknownPack."""
        return self[self.catalogue.get_listed(name or self.default).name]

    @abstractmethod
    def desk(self, listed: Listed) -> Desk:
        """The desk that answers for it."""

    @abstractmethod
    def refresh(self, name: str) -> None:
        """Answer from the pack's files as they are now."""

    @abstractmethod
    def failures(self) -> Mapping[str, str]:
        """Packs whose changed files cannot be served, and why."""

    @abstractmethod
    def readiness(self) -> Mapping[str, bool]:
        """What answers."""

    @abstractmethod
    def legs(self) -> Mapping[str, bool]:
        """Whether the dense leg of each open desk answers."""


class OneDesk(Served):
    """A single desk that is open already and never changes: for measuring, and for tests."""

    def __init__(self, desk: Desk) -> None:
        head = Head.model_validate(desk.pack.notice.model_dump())
        self._desk, self.default = desk, desk.pack.id
        self._catalogue = Catalogue([(desk.pack.folder, head, (0, 0))])

    def __getitem__(self, name: str) -> Pack:
        if name != self.default:
            raise KeyError(name)
        return self._desk.pack

    def __iter__(self) -> Iterator[str]:
        return iter((self.default,))

    def __len__(self) -> int:
        return 1

    @property
    def catalogue(self) -> Catalogue:
        """The pack alone."""
        return self._catalogue

    def on(self, name: str | None, day: date) -> tuple[Listed, Standing]:  # noqa: ARG002 - it answers every day
        """The pack. Raises UnknownPack for another."""
        return self.catalogue.get_listed(name or self.default), Standing("in_force")

    def desk(self, listed: Listed) -> Desk:  # noqa: ARG002 - there is one
        """The desk."""
        return self._desk

    def refresh(self, name: str) -> None:
        """Nothing changes here. Raises UnknownPack for another."""
        self.catalogue.get_listed(name)

    def failures(self) -> Mapping[str, str]:
        """None."""
        return {}

    def readiness(self) -> Mapping[str, bool]:
        """Whether the dense leg answers."""
        return {"packs": True, "index": self._desk.index.dense is not None, "statements": True}

    def legs(self) -> Mapping[str, bool]:
        """Whether its dense leg answers."""
        return {self.default: self._desk.index.by_meaning}
