"""What stands in `deploy/`, as far as it can be tried without containers: nginx itself, before two processes."""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
import yaml

from api.app import create_app
from assistant.reply import ChatReply
from assistant.settings import Settings
from knowledge.retrieval.settings import IndexSettings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
# Set for compose itself, not for the service.
OF_COMPOSE = {"SECRET_PATH", "CHANNELS_FILE", "PUBLIC_PORT", "IMAGE"}


def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return read


def test_every_setting_that_is_named_is_one():
    known = {name.upper() for name in (*Settings.model_fields, *IndexSettings.model_fields)}
    for file in (*DEPLOY.iterdir(), ROOT / "docs" / "operations.md"):
        named = set(re.findall(r"SHENBAO_([A-Z][A-Z_]*[A-Z])", file.read_text(encoding="utf-8")))
        assert named - OF_COMPOSE <= known, file.name


def test_several_processes_share_their_stores_and_hold_no_secret():
    services = compose()["services"]
    processes = [service for name, service in services.items() if name.startswith("api")]
    assert len(processes) >= 2
    assert all(process == processes[0] for process in processes)
    given = processes[0]["environment"]
    assert given["SHENBAO_DATABASE"].startswith("postgresql://")
    assert Settings(chroma=given["SHENBAO_CHROMA"], require_token=given["SHENBAO_REQUIRE_TOKEN"])
    assert processes[0]["read_only"]
    assert processes[0]["cap_drop"] == ["ALL"]
    assert [name for name, service in services.items() if service.get("ports")] == ["nginx"]
    text = "".join(file.read_text(encoding="utf-8") for file in DEPLOY.iterdir())
    assert not re.search(r"(?:PASSWORD|SECRET)[A-Z_]*[=:] ?[A-Za-z0-9+/]{8,}$", text, re.MULTILINE)


def test_all_that_compose_asks_for_is_in_the_example():
    asked = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text(encoding="utf-8")))
    example = (DEPLOY / "shenbao.env.example").read_text(encoding="utf-8")
    assert asked == set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))


def test_the_image_runs_as_nobody_in_particular_from_two_stages():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert len(re.findall("^FROM ", text, re.MULTILINE)) == 2
    last = text[text.rindex("FROM ") :]
    assert last.index("USER shenbao") < last.index("ENTRYPOINT")
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        for name in copied.split():
            assert (ROOT / name).exists(), name


def test_the_unit_starts_the_service_without_rights():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string((DEPLOY / "shenbao.service").read_text(encoding="utf-8"))
    service = unit["Service"]
    assert service["ExecStart"].endswith("shenbao serve")
    assert service["User"] == "shenbao"
    assert service["NoNewPrivileges"] == "yes"


class Process:
    """One process of the service, in a thread: it says which one it is."""

    def __init__(self, name: str, settings: Settings) -> None:
        def reply(message: str, **_: Any) -> ChatReply:
            return ChatReply(
                session_id="s",
                message_id=name,
                as_of=date(2023, 2, 20),
                route="lookup",
                category=None,
                text="答。",
            )

        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(64)
        self.port = int(self._listener.getsockname()[1])
        app = create_app(SimpleNamespace(reply=reply), settings)  # type: ignore[arg-type]
        self._server = uvicorn.Server(
            uvicorn.Config(app, log_config=None, log_level="error", access_log=False)
        )
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.force_exit = self._server.should_exit = True
        self._thread.join(20)
        self._listener.close()


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[list[Process]]:
    settings = Settings(database=f"sqlite:///{tmp_path}/records.db", prune_minutes=0)
    made = [Process(name, settings) for name in ("one", "two")]
    for process in made:
        process.start()
    yield made
    for process in made:
        process.stop()


@pytest.fixture
def entrance(processes: list[Process], tmp_path: Path) -> Iterator[str]:
    """nginx with the file as it is, but for the places of this machine."""
    if NGINX is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no nginx: `make system` installs Debian's")
        pytest.skip("no nginx on this machine; `make system` installs Debian's")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    places = {"listen 8080;": f"listen 127.0.0.1:{port};", "/tmp/": f"{tmp_path}/", "/dev/stderr": "stderr"}
    places |= {f"api{n}:8000": f"127.0.0.1:{process.port}" for n, process in enumerate(processes, 1)}
    for before, after in places.items():
        assert before in text
        text = text.replace(before, after)
    file = tmp_path / "nginx.conf"
    file.write_text(text, encoding="utf-8")
    subprocess.run(
        [NGINX, "-t", "-e", "stderr", "-c", str(file)], check=True, timeout=30, capture_output=True
    )
    with subprocess.Popen([NGINX, "-e", "stderr", "-c", str(file), "-g", "daemon off;"]) as running:
        try:
            deadline = time.monotonic() + 20
            while True:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
                    break
                except OSError:
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait(20)


def ask(entrance: str, message: str = "问", path: str = "/v1/chat", key: str = "") -> tuple[int, str]:
    body = json.dumps({"message": message}).encode()
    headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
    asked = urllib.request.Request(entrance + path, body, headers)
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return int(answer.status), answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_nginx_spreads_requests_and_goes_on_without_a_process(entrance, processes):
    answered = [json.loads(ask(entrance)[1])["message_id"] for _ in range(10)]
    assert set(answered) == {"one", "two"}
    processes[0].stop()
    told = [ask(entrance) for _ in range(10)]
    assert [status for status, _ in told] == [200] * 10
    assert {json.loads(text)["message_id"] for _, text in told} == {"two"}


def test_nginx_passes_streams_and_refuses_what_is_too_much(entrance):
    status, streamed = ask(entrance, path="/v1/chat/stream")
    assert status == 200
    assert "event: done" in streamed
    assert ask(entrance, "长" * 40_000)[0] == 413
    assert ask(entrance, path="/metrics")[0] == 404
    statuses = []

    def flood() -> None:
        statuses.extend(ask(entrance)[0] for _ in range(60))

    threads = [threading.Thread(target=flood) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert set(statuses) <= {200, 429}
    assert statuses.count(200) >= 60


class Deaf:
    """Takes connections and questions and hangs up on them, like a process that is killed while it answers."""

    def __init__(self, port: int) -> None:
        self.heard: list[bytes] = []
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", port))
        self._listener.listen(64)
        threading.Thread(target=self._hang_up, daemon=True).start()

    def _hang_up(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.heard.append(connection.recv(65_536))
            connection.close()

    def close(self) -> None:
        self._listener.close()


def test_a_question_under_a_key_is_asked_of_the_other_process_when_its_own_is_killed(entrance, processes):
    processes[0].stop()
    killed = Deaf(processes[0].port)
    told = [ask(entrance, key=f"key-{number}") for number in range(10)]
    killed.close()
    assert killed.heard
    assert [status for status, _ in told] == [200] * 10


def test_a_question_without_a_key_is_not_sent_twice_and_told_when_to_come_back(entrance, processes):
    for process in processes:
        process.stop()
    killed = [Deaf(process.port) for process in processes]
    body = json.dumps({"message": "问"}).encode()
    asked = urllib.request.Request(f"{entrance}/v1/chat", body, {"Content-Type": "application/json"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=20)
    for one in killed:
        one.close()
    assert refused.value.code == 503
    assert refused.value.headers["Retry-After"] == "1"
    assert json.loads(refused.value.read())["status"] == 503
    assert sum(len(one.heard) for one in killed) == 1
