"""Passwords to argon2 hashes and back to a yes or no."""

from __future__ import annotations

import secrets
from typing import Any, Protocol

from knowledge.errors import RecordRefused

SHORTEST, LONGEST = 10, 200


class Hasher(Protocol):
    """Passwords to hashes; `argon2.PasswordHasher` is one."""

    def hash(self, password: str) -> str:
        """The hash with its salt and costs."""
        ...

    def verify(self, hash: str, password: str) -> Any:  # noqa: A002 - argon2's own name
        """Return when it fits, raise when it does not."""
        ...


class Passwords:
    """Hashes passwords of a decent length; with argon2id and its library's costs unless given another hasher."""

    def __init__(self, hasher: Hasher | None = None) -> None:
        self._given = hasher
        self._unknown: str | None = None

    def hash(self, password: str) -> str:
        """The hash to keep. Raises RecordRefused."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise RecordRefused(f"密码应有 {SHORTEST} 至 {LONGEST} 个字符")
        return self._hasher.hash(password)

    def hash_of_nobody(self) -> str:
        """A hash that no password fits, to be tried for an unknown name: so that takes as long as a known one."""
        if self._unknown is None:
            self._unknown = self._hasher.hash(secrets.token_urlsafe(16))
        return self._unknown

    def fits(self, hashed: str, password: str) -> bool:
        """Whether the password is the one hashed."""
        from argon2.exceptions import Argon2Error, InvalidHashError  # noqa: PLC0415 - as below

        try:
            self._hasher.verify(hashed, password[: LONGEST + 1])
        except (Argon2Error, InvalidHashError, UnicodeEncodeError):
            return False
        return True

    @property
    def _hasher(self) -> Hasher:
        if self._given is None:
            from argon2 import PasswordHasher  # noqa: PLC0415 - a service that nobody signs in to needs none

            self._given = PasswordHasher()
        return self._given
