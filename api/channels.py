"""Channels: the places where the widget stands, each with its origins, pack, looks and limits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints

from knowledge.errors import PackError, UnknownRecord
from knowledge.models import Frozen
from knowledge.strict_yaml import load_model

BUILT_IN = Path(__file__).parent / "channels.yaml"
OWN = "self"
"""In `allowed_origins`: pages of this host."""

Origin = Annotated[
    str, StringConstraints(pattern=rf"^(?:{OWN}|https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{{1,5}})?)$")
]


class Channel(Frozen):
    """One place where the widget stands. `pack` is the default one when absent."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    allowed_origins: tuple[Origin, ...] = Field(min_length=1)
    pack: str | None = None
    title: str = Field(default="", max_length=60, description="the notice's title when empty")
    greeting: str = Field(max_length=300)
    colour: str = Field(default="#0b5cad", pattern=r"^#[0-9a-f]{6}$")
    daily_limit: int = Field(default=5_000, ge=1, description="questions a day, over all visitors")
    per_visitor_per_minute: int = Field(default=20, ge=1)
    per_address_per_minute: int = Field(default=60, ge=1)

    def allows(self, origin: str | None, host: str) -> bool:
        """Whether pages of `origin` may use the channel; without one it is this host, `host`, that asks."""
        if origin is None or host_of(origin) == host:
            return OWN in self.allowed_origins or origin in self.allowed_origins
        return origin in self.allowed_origins

    @property
    def frame_ancestors(self) -> str:
        """Who may show a page of this channel in a frame, as a content security policy names them."""
        return " ".join("'self'" if origin == OWN else origin for origin in self.allowed_origins)


def host_of(origin: str) -> str:
    """The host and port that an origin names; empty for what is no origin (`https://[`)."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


class _File(Frozen):
    channels: tuple[Channel, ...] = Field(min_length=1)


class Channels:
    """All channels of this installation, by id."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = dict(channels)

    def get(self, channel_id: str) -> Channel:
        """The channel. Raises UnknownRecord."""
        try:
            return self._channels[channel_id]
        except KeyError:
            raise UnknownRecord("没有这个渠道，请核对网页中的 data-channel") from None

    def find(self, channel_id: str) -> Channel | None:
        """The channel, if there is one."""
        return self._channels.get(channel_id)

    def allow(self, origin: str, host: str) -> bool:
        """Whether pages of `origin` may use any channel."""
        return any(channel.allows(origin, host) for channel in self._channels.values())

    def require(self, packs: Collection[str], file: Path | None) -> None:
        """Raises PackError where a channel names a pack that is not served."""
        for channel in self._channels.values():
            if channel.pack is not None and channel.pack not in packs:
                raise PackError(
                    file or BUILT_IN,
                    0,
                    f"渠道 {channel.id} 的知识包 {channel.pack} 不存在",
                    f"现有：{'、'.join(packs)}",
                )


def load_channels(file: Path | None) -> Channels:
    """The channels of a file, or the built-in one. Raises PackError with file, line, cause and remedy."""
    channels: dict[str, Channel] = {}
    for channel in load_model(file or BUILT_IN, _File).channels:
        if channel.id in channels:
            raise PackError(file or BUILT_IN, 0, f"渠道 id 重复：{channel.id}", "请改用另一个 id")
        channels[channel.id] = channel
    return Channels(channels)
