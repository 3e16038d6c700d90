"""`shenbao serve` told to stop while it answers, and what it has logged until then."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

WORDS = "甲乙丙公司能申报吗"
KEY = "a key that only tests know"
PROGRAM = """
import sys, time
sys.path.insert(0, sys.argv.pop(1))
from conftest import ScriptedAssistant
from api import app, events
from api.cli import serve

assistant, pieces = ScriptedAssistant(), events.pieces
assistant.text = "风筝，" * 20

def slowly(text):
    for piece in pieces(text):
        time.sleep(0.1)
        yield piece

events.pieces, app._build = slowly, lambda *_: assistant
serve()
"""
"""The service, with an assistant that is there at once and a stream that takes two seconds."""


@contextmanager
def served(tmp_path, **settings):
    environment = os.environ | {
        "SHENBAO_DATABASE": f"sqlite:///{tmp_path}/shenbao.db",
        "SHENBAO_SECRET": KEY,
        **settings,
    }
    unit = str(Path(__file__).parents[1] / "unit")
    log = (tmp_path / "log").open("w+", encoding="utf-8")
    with (
        log,
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, unit, "--port", "0"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            encoding="utf-8",
        ) as process,
    ):
        try:
            assert process.stdout
            address = re.search(r"http://[\d.]+:\d+(?=/demo)", process.stdout.readline())
            assert address
            deadline = time.monotonic() + 120
            while not ready(address[0]):
                assert time.monotonic() < deadline
                time.sleep(0.05)
            yield process, address[0]
        finally:
            process.kill()


def ready(address):
    try:
        return httpx.get(f"{address}/readyz", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def stopped_in_mid_stream(process, address):
    """The text of a stream during which the service was told to stop, and how long it took from then."""
    body = {"message": WORDS}
    with httpx.stream("POST", f"{address}/v1/chat/stream", json=body, timeout=60) as stream:
        lines, text = stream.iter_lines(), ""
        for line in lines:
            text += f"{line}\n"
            if line == "event: delta":
                break
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        for line in lines:
            text += f"{line}\n"
    return text, time.monotonic() - began


def test_a_stream_is_finished_before_the_service_ends(tmp_path):
    with served(tmp_path) as (process, address):
        token = httpx.post(f"{address}/v1/channels/demo/token", json={}).json()["token"]
        asked = httpx.post(
            f"{address}/v1/chat", json={"message": WORDS}, headers={"Authorization": f"Bearer {token}"}
        )
        assert asked.status_code == 200
        text, _ = stopped_in_mid_stream(process, address)
        assert text.count("event: delta") == 20
        assert "event: done" in text
        assert process.wait(60) == 0
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{address}/healthz", timeout=5)
    log = (tmp_path / "log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines()]
    paths = [line["path"] for line in lines if line["event"] == "request"]
    assert paths == ["/v1/channels/{channel_id}/token", "/v1/chat", "/v1/chat/stream"]
    for secret in (token, KEY, "甲乙丙"):
        assert secret not in log


def test_a_stream_that_takes_too_long_is_cut_off_and_the_service_ends(tmp_path):
    with served(tmp_path, SHENBAO_SHUTDOWN_SECONDS="0") as (process, address):
        with pytest.raises(httpx.RemoteProtocolError):
            stopped_in_mid_stream(process, address)
        assert process.wait(60) == 0
