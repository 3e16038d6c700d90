from __future__ import annotations

import socket
from datetime import timedelta

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api import cli
from api.app import create_app
from api.cli import serve, token
from assistant.settings import Settings
from knowledge.clock import now_utc
from knowledge.errors import PackError


def test_a_taken_port_is_told_in_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(serve, ["--port", str(port)])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: 端口 {port} 已被占用")
    assert len(result.stderr.splitlines()) == 1


def test_an_address_that_is_not_ours_is_told_in_one_line():
    result = CliRunner().invoke(serve, ["--host", "192.0.2.1", "--port", "0"])
    assert result.exit_code == 1
    assert "无法监听 192.0.2.1" in result.stderr


@pytest.mark.parametrize("arguments", [["--port", "65536"], ["--port", "x"], ["extra"]])
def test_a_wrong_call_ends_with_two(arguments):
    assert CliRunner().invoke(serve, arguments).exit_code == 2


def test_a_wrong_setting_ends_with_two(monkeypatch):
    monkeypatch.setenv("SHENBAO_PORT", "http")
    assert CliRunner().invoke(serve, []).exit_code == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_the_address_of_the_page_is_printed(monkeypatch, host):
    served = []
    monkeypatch.setattr(cli, "_run", lambda listener, settings: served.append((listener, settings)))
    result = CliRunner().invoke(serve, ["--host", host, "--port", "0"])
    assert result.exit_code == 0
    (listener, settings) = served[0]
    port = listener.getsockname()[1]
    listener.close()
    assert f"http://{'[::1]' if host == '::1' else host}:{port}/demo" in result.stdout
    assert settings.host == host


def test_a_startup_that_fails_ends_with_one_and_its_cause(monkeypatch):
    broken = PackError("pack.yaml", 3, "键重复", "请删去其中一个")
    monkeypatch.setattr(cli, "_run", lambda listener, _: listener.close() or broken)
    result = CliRunner().invoke(serve, ["--port", "0"])
    assert result.exit_code == 1
    assert "pack.yaml:3: 键重复。请删去其中一个" in result.stderr


@pytest.fixture
def channels(tmp_path, monkeypatch):
    file = tmp_path / "channels.yaml"
    file.write_text(
        "channels:\n"
        "  - {id: portal, allowed_origins: [self], greeting: 您好}\n"
        "  - {id: page, allowed_origins: ['https://bureau.example'], greeting: 您好}\n"
    )
    monkeypatch.setenv("SHENBAO_CHANNELS", str(file))
    return file


def test_a_key_opens_the_service_off_loopback(channels, scripted):
    made = CliRunner().invoke(token, ["portal", "--days", "3"])
    assert made.exit_code == 0
    assert "有效至" in made.stderr
    asked = {"model": "shenbao", "messages": [{"role": "user", "content": "问"}]}
    settings = Settings(host="0.0.0.0", channels=channels)
    for day, status in ((0, 200), (4, 401)):
        moment = now_utc() + timedelta(days=day)
        with TestClient(create_app(scripted, settings, clock=lambda now=moment: now)) as client:
            headers = {"Authorization": f"Bearer {made.stdout.strip()}"}
            assert client.post("/v1/chat/completions", json=asked, headers=headers).status_code == status


@pytest.mark.parametrize(("channel", "cause"), [("page", "须含 self"), ("nowhere", "没有这个渠道")])
def test_a_channel_that_no_server_can_use_gets_no_key(channels, channel, cause):
    refused = CliRunner().invoke(token, [channel])
    assert refused.exit_code == 2
    assert cause in refused.stderr
    assert refused.stdout == ""
