"""Settings, read from the environment (`SHENBAO_…`); every one has a default that suits one machine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import SettingsConfigDict, SettingsError

from assistant.llm.settings import ModelSettings
from knowledge.pack import PACKS_ROOT


class Settings(ModelSettings):
    """How this installation runs. Names of the environment: `SHENBAO_PORT` for `port`, and so on."""

    model_config = SettingsConfigDict(env_prefix="SHENBAO_", frozen=True, extra="ignore")

    packs_root: Path = Field(default=PACKS_ROOT, description="folder with one folder a pack")
    additions_root: Path = Field(
        default=Path("var/packs"),
        description="folder for what is added to packs while they are served: annexes",
    )
    default_pack: str | None = Field(
        default=None, description="pack of a request that names none; the only pack where there is one"
    )
    open_packs: int = Field(
        default=16, ge=1, description="packs kept open for answers; the one longest unasked is closed"
    )
    index_root: Path = Field(default=Path("var/index"), description="where indexes are built and read")
    model: str = Field(
        default="packaged",
        description="sentence encoder: `packaged`, a model folder, or a sentence-transformers name",
    )
    allow_remote_code: bool = Field(
        default=False, description="whether a model folder may bring its own Python code"
    )
    chroma: str | None = Field(
        default=None,
        pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?$",
        description="URL of a Chroma server that keeps the vectors; none: embedded, beside the index",
    )
    host: str = Field(default="127.0.0.1", description="address that `serve` listens on")
    port: int = Field(default=8000, ge=0, le=65535, description="port; 0 takes a free one")
    session_ttl_minutes: int = Field(
        default=120, ge=1, description="minutes after its last use at which a session is forgotten"
    )
    max_sessions: int = Field(
        default=10_000, ge=1, description="sessions kept; the longest unused goes first"
    )
    max_body_bytes: int = Field(default=64 * 1024, ge=1024, description="largest body of a request, in bytes")
    max_history_bytes: int = Field(
        default=1024 * 1024,
        ge=1024,
        description="the same of POST /v1/chat/completions, which holds a conversation",
    )
    max_header_bytes: int = Field(
        default=16 * 1024, ge=1024, description="largest head of a request: path, query and headers, in bytes"
    )
    max_headers: int = Field(default=100, ge=10, description="most headers of a request")
    header_seconds: float = Field(default=10, gt=0, description="seconds for the head of a request to come")
    body_seconds: float = Field(default=20, gt=0, description="seconds for the body of a request to come")
    request_seconds: float = Field(default=60, gt=0, description="seconds after which a request is given up")
    shutdown_seconds: int = Field(
        default=20,
        ge=0,
        description="seconds that answers under way are given when the service is told to stop",
    )
    keep_alive_seconds: int = Field(default=5, ge=1, description="seconds that an idle connection is kept")
    max_connections: int = Field(default=1_000, ge=1, description="most connections at once")
    max_working: int = Field(default=16, ge=1, le=40, description="requests worked on at once, in threads")
    max_waiting: int = Field(
        default=128, ge=0, description="requests that wait for that; beyond it 503 with Retry-After"
    )
    waiting_seconds: float = Field(default=5, gt=0, description="seconds that one waits at most")
    max_upload_bytes: int = Field(
        default=20 << 20, ge=1024, description="largest file that the desk takes in, in bytes"
    )
    database: str = Field(
        default="sqlite:///var/shenbao.db",
        description="what `serve` keeps, as a URL: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
    )
    channels: Path | None = Field(
        default=None, description="YAML file of the channels; none: `demo`, for pages of this host alone"
    )
    require_token: Literal["auto", "always", "never"] = Field(
        default="auto",
        description="whether requests that name no channel are refused; auto: unless listening on loopback",
    )
    token_minutes: int = Field(default=30, ge=1, description="minutes for which a visitor's token is valid")
    secret: SecretStr | None = Field(default=None, description="key that signs visitors' tokens")
    secret_file: Path | None = Field(
        default=None, description="file with that key; neither: a random one, kept as var/secret"
    )
    metrics_token: SecretStr | None = Field(
        default=None, description="key that reads /metrics; none: requests of this machine alone may"
    )
    log_format: Literal["auto", "json", "text"] = Field(
        default="auto", description="auto: JSON unless on a terminal"
    )
    previous_secret: SecretStr | None = Field(
        default=None, description="the key before: tokens that it signed are still accepted"
    )
    previous_secret_file: Path | None = Field(default=None, description="file with the key before")
    request_hours: int = Field(
        default=24, ge=1, description="hours for which a request sent again under its key is known"
    )
    keep_messages_days: int = Field(default=365, ge=1, description="days for which conversations are kept")
    keep_feedback_days: int = Field(default=365, ge=1, description="days for which ratings are kept")
    keep_tickets_days: int = Field(default=730, ge=1, description="days for which closed tickets are kept")
    keep_proposals_days: int = Field(
        default=365, ge=1, description="days for which exemplars that were sent back are kept"
    )
    keep_audit_days: int = Field(default=1095, ge=1, description="days for which the audit log is kept")
    prune_minutes: int = Field(
        default=10, ge=0, description="minutes after which what is too old is deleted; 0: only by command"
    )
    log_level: Literal["debug", "info", "warning", "error"] = "info"


class SettingsRefused(ValueError):
    """A setting of the environment is wrong; `str()` names it in Chinese."""


def read_settings() -> Settings:
    """The settings of the environment. Raises SettingsRefused."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = "SHENBAO_" + "_".join(map(str, wrong["loc"])).upper()
        raise SettingsRefused(f"设置 {name} 有误：收到 {wrong['input']!r}（{wrong['msg']}）") from error
    except SettingsError as error:  # what should be JSON is none
        field = re.search(r'field "(\w+)"', str(error))
        name = f"SHENBAO_{field[1].upper()}" if field else "SHENBAO_…"
        raise SettingsRefused(f"设置 {name} 有误：不是 JSON") from error
