from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.settings import Settings, SettingsRefused, read_settings


def test_the_defaults_suit_one_machine():
    settings = Settings()
    assert settings.host == "127.0.0.1"
    assert settings.model == "packaged"
    assert settings.allow_remote_code is False
    assert settings.max_body_bytes == 65_536
    assert settings.packs_root.is_dir()


def test_the_environment_decides(monkeypatch):
    monkeypatch.setenv("SHENBAO_PORT", "9000")
    monkeypatch.setenv("SHENBAO_INDEX_ROOT", "/srv/index")
    monkeypatch.setenv("SHENBAO_DEFAULT_PACK", "kites")
    settings = read_settings()
    assert (settings.port, settings.index_root, settings.default_pack) == (9000, Path("/srv/index"), "kites")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "65536"),
        ("PORT", "http"),
        ("MAX_SESSIONS", "0"),
        ("LOG_LEVEL", "loud"),
        ("SESSION_TTL_MINUTES", "-1"),
    ],
)
def test_a_wrong_setting_is_named_with_what_came(monkeypatch, name, value):
    monkeypatch.setenv(f"SHENBAO_{name}", value)
    with pytest.raises(SettingsRefused, match=f"SHENBAO_{name} 有误：收到 '{value}'"):
        read_settings()


def test_settings_do_not_change_while_running():
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]


def test_every_setting_is_named_in_the_documents():
    root = Path(__file__).parents[3]
    told = "".join(file.read_text(encoding="utf-8") for file in (root / "README.md", *root.glob("docs/*.md")))
    for name in Settings.model_fields:
        assert f"`SHENBAO_{name.upper()}`" in told


def test_a_setting_that_is_no_json_is_named(monkeypatch):
    monkeypatch.setenv("SHENBAO_LLM_EXTRA_BODY", "{max_tokens: 5")
    with pytest.raises(SettingsRefused, match="SHENBAO_LLM_EXTRA_BODY 有误：不是 JSON"):
        read_settings()


def test_a_wrong_setting_never_repeats_the_key(monkeypatch):
    monkeypatch.setenv("SHENBAO_LLM_KEY", "sk-secret")
    monkeypatch.setenv("SHENBAO_LLM_DAILY_COST", "5")
    with pytest.raises(SettingsRefused, match="SHENBAO_LLM_DAILY_COST 有误") as refused:
        read_settings()
    monkeypatch.delenv("SHENBAO_LLM_DAILY_COST")
    assert "sk-secret" not in str(refused.value) + repr(read_settings())
