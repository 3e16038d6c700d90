"""The one exception tree. Outcomes are values; these are for what is broken or refused.

ShenbaoError
├── PackError            a pack's files are wrong: file, line, cause, remedy
├── FactError            a fact that the checker cannot take: name, value, what is allowed
├── UnknownCategory / UnknownClause / UnknownPack
├── InputRefused         a message outside its bounds
├── IndexUnavailable     the index cannot be built, read or written
└── StorageUnavailable   no place left, or a read-only place
"""

from __future__ import annotations

from pathlib import Path


class ShenbaoError(Exception):
    """Root of all errors of this project; `str()` is Chinese and fit for a user."""


class PackError(ShenbaoError):
    """A pack's data is wrong: file, line (1-based, 0 when unknown), cause and remedy."""

    def __init__(self, file: Path | str, line: int, cause: str, remedy: str) -> None:
        self.file, self.line, self.cause, self.remedy = str(file), line, cause, remedy
        super().__init__(f"{self.file}:{line}: {cause}。{remedy}")


class FactError(ShenbaoError):
    """A fact's name or value is refused. Shown as HTTP 422 with the field, what came and what is allowed."""

    def __init__(self, name: str, value: object, allowed: str) -> None:
        self.name, self.value, self.allowed = name, value, allowed
        super().__init__(f"{name}: 收到 {str(value)[:80]!r}，应为{allowed}")


class UnknownCategory(ShenbaoError):
    """The category is not one of the pack's."""


class UnknownClause(ShenbaoError):
    """The clause id is not in the pack's tree."""


class UnknownPack(ShenbaoError):
    """No pack of this id is served."""


class InputRefused(ShenbaoError):
    """The message is empty, too long, or consists of nothing readable."""


class IndexUnavailable(ShenbaoError):
    """The index can neither be read nor rebuilt."""


class StorageUnavailable(ShenbaoError):
    """The disk is full or the place is read-only; the message names the place and the remedy."""
