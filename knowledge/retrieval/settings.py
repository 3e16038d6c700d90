"""Where the index lives and which sentence encoder it uses."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGED_MODEL = "packaged"


class IndexSettings(BaseSettings):
    """Settings of the index, from arguments or the environment (`SHENBAO_INDEX_ROOT`, `SHENBAO_MODEL`, …).

    Only whoever runs the installation names a model or allows its code: neither packs nor requests can,
    since a model folder with code of its own runs with the rights of the server.
    """

    model_config = SettingsConfigDict(env_prefix="SHENBAO_", frozen=True, extra="ignore")

    index_root: Path = Field(default=Path("var/index"), description="folder with one folder a pack")
    model: str = Field(
        default=PACKAGED_MODEL,
        description="`packaged`, the path of a Sentence Transformers model, or its name in the local cache",
    )
    chroma: str | None = Field(
        default=None,
        pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?$",
        description="URL of a Chroma server that keeps the vectors; none: embedded, beside the index",
    )
    allow_remote_code: bool = Field(
        default=False, description="whether the model's folder may bring Python code of its own"
    )
