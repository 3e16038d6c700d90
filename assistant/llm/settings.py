"""Settings of the language model, `SHENBAO_LLM_…`. Without `SHENBAO_LLM_MODEL` none of it is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Structured = Literal["auto", "json_schema", "json_object", "function", "text"]


class ModelSettings(BaseSettings):
    """Which language model is asked, for what, for how long and for how much."""

    model_config = SettingsConfigDict(env_prefix="SHENBAO_", frozen=True, extra="ignore")

    llm_model: str | None = Field(
        default=None, description="name of the language model at its endpoint; none: no model is asked"
    )
    llm_provider: str = Field(
        default="openai", description="LangChain's provider; `openai` is any OpenAI-compatible endpoint"
    )
    llm_base_url: str | None = Field(
        default=None, description="base URL of the endpoint, mostly ending in /v1"
    )
    llm_key: SecretStr | None = Field(default=None, description="key of the endpoint")
    llm_key_file: Path | None = Field(default=None, description="file with that key; neither: no key is sent")
    llm_read: bool = Field(default=True, description="whether it helps to read facts and topics")
    llm_rewrite: bool = Field(default=True, description="whether it writes follow-ups out in full")
    llm_phrase: bool = Field(default=True, description="whether it phrases answers")
    llm_timeout_seconds: float = Field(
        default=8.0, gt=0, le=120, description="seconds that a turn may wait for the model, all uses together"
    )
    llm_concurrency: int = Field(default=4, ge=1, le=64, description="questions that wait for it at once")
    llm_max_tokens: int = Field(default=600, ge=16, le=8_192, description="longest answer, in tokens")
    llm_temperature: float | None = Field(default=0.0, ge=0, le=2, description="none: the endpoint's own")
    llm_structured: Structured = Field(
        default="auto",
        description="how JSON is asked for; auto: as json_object, and in plain text where that is refused",
    )
    llm_daily_tokens: int | None = Field(
        default=2_000_000, ge=1, le=2_000_000_000, description="tokens a day in Beijing; none: without bound"
    )
    llm_price_in: float = Field(default=0.0, ge=0, description="price of a million tokens read")
    llm_price_out: float = Field(default=0.0, ge=0, description="price of a million tokens written")
    llm_daily_cost: float | None = Field(
        default=None, gt=0, le=20_000, description="money a day, in the currency of the prices"
    )
    llm_extra_body: dict[str, Any] = Field(
        default={},
        description="JSON object sent along with every request, for what an endpoint needs besides",
    )

    @field_validator("llm_daily_cost")
    @classmethod
    def _cost_has_prices(cls, cost: float | None, known: ValidationInfo) -> float | None:
        if cost is not None and not (known.data.get("llm_price_in") or known.data.get("llm_price_out")):
            raise ValueError("还需要 SHENBAO_LLM_PRICE_IN 或 SHENBAO_LLM_PRICE_OUT")
        return cost
