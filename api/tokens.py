"""Visitors' tokens: who a visitor is, on which channel, from which origin, until when; signed, not kept.

A token is `payload.signature` in URL-safe base64, the signature an HMAC-SHA256 of the payload.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from assistant.settings import Settings, SettingsRefused
from knowledge.errors import SignInRefused

KEPT_SECRET = Path("var/secret")
_SHORTEST_SECRET = 16
_LONGEST_TOKEN = 1_024


@dataclass(frozen=True, slots=True)
class VisitorToken:
    """A visitor of a channel, as a page of `origin` presents it ("self" for this host)."""

    visitor: str
    channel: str
    origin: str
    expires_at: datetime


def new_visitor() -> str:
    """An id that nobody can guess."""
    return secrets.token_urlsafe(16)


class Signer:
    """Signs tokens and reads them back, those signed with a `previous` secret too."""

    def __init__(self, secret: bytes, previous: bytes | None = None) -> None:
        self._key = _key(secret)
        self._accepted = (self._key,) if previous is None else (self._key, _key(previous))

    def sign(self, token: VisitorToken) -> str:
        """The token as text."""
        content = [token.visitor, token.channel, token.origin, int(token.expires_at.timestamp())]
        payload = _encode(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
        return f"{payload}.{_signature(self._key, payload)}"

    def read(self, text: str) -> VisitorToken:
        """The token of a text, expired or not. Raises SignInRefused unless it was signed here."""
        if not self.signed(text):
            raise SignInRefused("令牌无效，请重新取得")
        visitor, channel, origin, expires = _decode(text.partition(".")[0])
        return VisitorToken(visitor, channel, origin, datetime.fromtimestamp(expires, UTC))

    def signed(self, text: str) -> bool:
        """Whether the text was signed here."""
        payload, _, signature = text.partition(".")
        given = signature.encode("utf-8", "replace")
        fits = any(hmac.compare_digest(_signature(key, payload).encode(), given) for key in self._accepted)
        return len(text) <= _LONGEST_TOKEN and fits

    def pseudonym(self, text: str) -> str:
        """What stands for a text (an address) where it is counted and must not be kept."""
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()[:24]


def _key(secret: bytes) -> bytes:
    return hmac.digest(secret, b"shenbao visitor token", hashlib.sha256)


def _signature(key: bytes, payload: str) -> str:
    return _encode(hmac.digest(key, payload.encode("utf-8", "replace"), hashlib.sha256))


def read_signer(settings: Settings) -> Signer:
    """The signer of this installation. Raises SettingsRefused."""
    previous = _given(settings.previous_secret, settings.previous_secret_file, "SHENBAO_PREVIOUS_SECRET")
    return Signer(read_secret(settings), previous)


def read_secret(settings: Settings, kept: Path = KEPT_SECRET) -> bytes:
    """The key of this installation: set, in a file, or made once and kept. Raises SettingsRefused."""
    given = _given(settings.secret, settings.secret_file, "SHENBAO_SECRET")
    if given is not None:
        return given
    if not kept.exists():
        _keep_new(kept)
    return kept.read_bytes()


def _given(secret: SecretStr | None, file: Path | None, name: str) -> bytes | None:
    """A key that is set, or stands in a file. Raises SettingsRefused."""
    if secret is not None:
        return _long_enough(secret.get_secret_value().encode(), name)
    if file is None:
        return None
    try:
        return _long_enough(file.read_bytes().strip(), f"{name}_FILE")
    except OSError as error:
        raise SettingsRefused(f"设置 {name}_FILE 有误：{file} 无法读取") from error


def _keep_new(file: Path) -> None:
    """A random key in a file that only its owner reads. Of processes that start together one makes it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(secrets.token_urlsafe(48))
    try:
        os.link(part, file)
    except FileExistsError:
        pass
    finally:
        part.unlink()


def _long_enough(secret: bytes, name: str) -> bytes:
    if len(secret) < _SHORTEST_SECRET:
        raise SettingsRefused(f"设置 {name} 有误：至少要有 {_SHORTEST_SECRET} 个字符")
    return secret


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def _decode(payload: str) -> Any:
    try:
        return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (binascii.Error, ValueError) as error:  # signed here, by a version with another form
        raise SignInRefused("令牌无效，请重新取得") from error
