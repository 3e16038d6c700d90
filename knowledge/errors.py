"""The one exception tree. Outcomes are values; these are for what is broken or refused.

ShenbaoError
├── PackError            a pack's files are wrong: file, line, cause, remedy
├── DocumentRefused      a file that cannot be read as a document: file, cause, remedy
├── AnnexRefused         a text that is not the annex it is given for: file, cause, remedy
├── FactError            a fact that the checker cannot take: name, value, what is allowed
├── UnknownCategory / UnknownClause / UnknownPack
├── PackNotInForce       superseded, expired or not begun: it is read, and answers nothing
├── InputRefused         a message outside its bounds
├── UnknownRecord        no such session, message, ticket, proposal or account, or somebody else's
├── RecordRefused        what is to be kept breaks a rule of its own
├── NotBorneOut          what is to be taught does not stand in its clauses
├── KeyReused            a request's key that stood for another request
├── StateConflict        somebody was faster, or it is too late for this step
├── SignInRefused        no session or token, or one that is forged, expired or wrong
├── AccessDenied         known, and not allowed to
├── SwitchedOff          the assistant does not answer for now; the phones do
├── LimitReached         too many requests for now
├── IndexUnavailable     the index cannot be built, read or written
└── StorageUnavailable   no place left, a read-only place, or a database that does not answer
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.models import Contact


class ShenbaoError(Exception):
    """Root of all errors of this project; `str()` is Chinese and fit for a user."""


class PackError(ShenbaoError):
    """A pack's data is wrong: file, line (1-based, 0 when unknown), cause and remedy."""

    def __init__(self, file: Path | str, line: int, cause: str, remedy: str) -> None:
        self.file, self.line, self.cause, self.remedy = str(file), line, cause, remedy
        super().__init__(f"{self.file}:{line}: {cause}。{remedy}")


class DocumentRefused(ShenbaoError):
    """A file that cannot be read as a document, or not within its bounds: its name, the cause and the remedy."""

    def __init__(self, file: str, cause: str, remedy: str) -> None:
        self.file, self.cause, self.remedy = file, cause, remedy
        super().__init__(f"{file}：{cause}。{remedy}")


class AnnexRefused(ShenbaoError):
    """A text that is not the annex it is given for: another edition's (`edition`), another annex, or nothing at all."""

    def __init__(self, file: str, cause: str, remedy: str, edition: str = "") -> None:
        self.file, self.cause, self.remedy, self.edition = file, cause, remedy, edition
        super().__init__(f"{file}：{cause}。{remedy}")


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


class PackNotInForce(ShenbaoError):
    """The pack is superseded, expired or not valid yet: it may be read, and answers nothing."""


class InputRefused(ShenbaoError):
    """The message is empty, too long, or consists of nothing readable."""


class UnknownRecord(ShenbaoError):
    """No session, message, ticket, proposal or account of this id; also where it belongs to somebody else."""


class RecordRefused(ShenbaoError):
    """What is to be kept breaks a rule of its own: a name, a password, a clause that is not there."""


class NotBorneOut(RecordRefused):
    """What is to be taught says `unsupported` words or values that do not stand in its clauses."""

    def __init__(self, unsupported: Sequence[str]) -> None:
        self.unsupported = tuple(unsupported)
        super().__init__(
            f"所引条款中没有：{'、'.join(self.unsupported)}。请改正文字，或改引写有这些内容的条款"
        )


class KeyReused(ShenbaoError):
    """The key of a request was used for another one: each request needs a key of its own."""


class StateConflict(ShenbaoError):
    """The record is not in the state that this step starts from: somebody was faster, or it is too late."""


class SignInRefused(ShenbaoError):
    """No session or token, or one that is forged, expired or wrong."""


class AccessDenied(ShenbaoError):
    """Whoever asks is known, and may not do this; or asks from a place that may not."""


class SwitchedOff(ShenbaoError):
    """The assistant was turned off; `contacts` are the desks to ring meanwhile."""

    def __init__(self, message: str, contacts: Sequence[Contact]) -> None:
        self.contacts = tuple(contacts)
        super().__init__(message)


class LimitReached(ShenbaoError):
    """Too many requests for now; they are welcome again in `retry_after` seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class IndexUnavailable(ShenbaoError):
    """The index can neither be read nor rebuilt."""


class StorageUnavailable(ShenbaoError):
    """A full disk, a read-only place or a database that does not answer; the message names the remedy."""
