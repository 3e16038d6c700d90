"""`shenbao` as a process of its own: start, answer, stop; and what must not be loaded on the way."""

from __future__ import annotations

import json
import os
import platform
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from arenas import arenas

HEAVY = ("torch", "sentence_transformers", "chromadb", "langchain_chroma", "sklearn", "transformers")
SHENBAO = [str(Path(sys.executable).with_name("shenbao"))]
QUESTION = "想报四星级上云企业，打哪个电话？"


@pytest.fixture(scope="module")
def environment(index_root: Path) -> dict[str, str]:
    return os.environ | {"SHENBAO_INDEX_ROOT": str(index_root)}


def run(environment: dict[str, str], *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SHENBAO, *arguments],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        **more,
    )


@pytest.fixture(scope="module")
def server(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [*SHENBAO, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stdout
    address = re.search(r"http://[\d.]+:\d+(?=/demo)", process.stdout.readline())
    assert address
    yield process, address[0]
    process.kill()
    process.wait(10)


def get(url: str) -> int:
    """The status; 0 when nobody answers yet."""
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


def ready(address: str) -> None:
    deadline = time.monotonic() + 240
    while get(f"{address}/readyz") != 200:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_server_lives_becomes_ready_and_answers_as_the_command_does(server, environment):
    _, address = server
    assert get(f"{address}/healthz") == 200
    ready(address)
    body = json.dumps({"message": QUESTION, "as_of": "2023-02-20"}).encode()
    asked = urllib.request.Request(
        f"{address}/v1/chat", body, {"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(asked, timeout=30) as response:
        over_http = json.load(response)
    command = run(environment, "ask", QUESTION, "--as-of", "2023-02-20", "--json")
    assert command.returncode == 0, command.stderr
    on_terminal = json.loads(command.stdout)
    for changing in ("session_id", "message_id"):
        assert over_http.pop(changing)
        assert on_terminal.pop(changing)
    assert on_terminal == over_http
    assert "025-69652719" in over_http["text"]


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc alone has arenas")
def test_what_one_thread_frees_serves_the_others(server):
    process, address = server
    ready(address)
    assert arenas(process.pid) == 1


def test_a_second_server_on_the_port_is_told_so(server, environment):
    _, address = server
    port = address.rsplit(":", 1)[1]
    second = run(environment, "serve", "--port", port)
    assert second.returncode == 1
    assert f"端口 {port} 已被占用" in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_the_server_stops_when_told(server):
    process, address = server
    ready(address)
    process.send_signal(signal.SIGINT)
    assert process.wait(15) == 0


def test_the_server_stops_when_told_while_it_is_starting(environment):
    with subprocess.Popen(
        [*SHENBAO, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout
        address = process.stdout.readline().split("：")[1].split("/demo")[0]
        while get(f"{address}/healthz") != 200:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0


def test_a_broken_pack_ends_the_server_with_its_cause(environment, tmp_path):
    folder = tmp_path / "kites"
    folder.mkdir()
    (folder / "pack.yaml").write_text("id: kites\nid: kites\n", encoding="utf-8")
    ended = run(environment | {"SHENBAO_PACKS_ROOT": str(tmp_path)}, "serve", "--port", "0")
    assert ended.returncode == 1
    assert "pack.yaml:2" in ended.stderr


def test_check_reads_facts_from_standard_input(environment):
    checked = run(
        environment,
        *("check", "platform", "--facts", "-", "--as-of", "2023-02-20"),
        input='{"project_built": false}',
    )
    assert checked.returncode == 0, checked.stderr
    assert re.search(r"✗ 三、（二）1 ", checked.stdout)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check", "boat", "--facts", "-"], 2),
        (["ask", "   "], 2),
        (["ask", "问", "--pack", "none"], 2),
        (["no-such-command"], 2),
        (["--help"], 0),
    ],
)
def test_exit_statuses_tell_wrong_usage(environment, arguments, status):
    assert run(environment, *arguments, input="{}").returncode == status


@pytest.mark.parametrize(
    "statement",
    [
        "import api.app",
        "import assistant.cli, api.cli, assistant.terminal",
        "from importlib.metadata import entry_points; from click.testing import CliRunner;"
        "(main,) = entry_points(group='console_scripts', name='shenbao'); CliRunner().invoke(main.load(), '--help')",
    ],
)
def test_what_is_needed_to_be_alive_loads_nothing_heavy(statement):
    loaded = f"{statement}; import sys; print(sorted(set(sys.modules) & set({HEAVY!r})))"
    told = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    assert told.stdout.strip() == "[]"


def test_answering_with_the_packaged_encoder_needs_no_torch(environment):
    program = (
        "import sys; from assistant.bootstrap import build_assistant; from assistant.settings import Settings;"
        "build_assistant(Settings()).reply('什么时候截止？');"
        "print(sorted(set(sys.modules) & {'torch', 'sentence_transformers', 'transformers'}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    assert told.stdout.splitlines()[-1] == "[]"


def test_the_ci_script_is_executable_shell():
    script = Path(__file__).parents[2] / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", str(script)], check=True)
