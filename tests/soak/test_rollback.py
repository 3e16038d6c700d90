"""Back to the release before, and forward again: a conversation goes on, and nothing that was acknowledged is lost.

The release before is the newest state of this repository's history whose tables were others.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the module below belongs to no package

import postgresql as debian
from house import ROOT, wait_for

VERSIONS = "assistant/records/migrations/versions"
DAY = "2023-02-20"
pytestmark = [pytest.mark.soak, pytest.mark.timeout(1_800)]


def git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def release_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release before, installed into a folder of its own over the same libraries."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a checkout with its history")
    changes = git("rev-list", "--first-parent", "HEAD", "--", VERSIONS).decode().split()
    if len(changes) < 2:
        pytest.skip("the history kept here has no release with other tables")
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(fileobj=BytesIO(git("archive", f"{changes[0]}^"))) as archive:
        archive.extractall(folder / "source", filter="data")
    installed = folder / "installed"
    command = [
        str(Path(sys.executable).with_name("uv")),
        "pip",
        "install",
        "--quiet",
        "--offline",
        "--no-deps",
    ]
    command += ["--no-build-isolation", "--python", sys.executable, "--target", str(installed)]
    subprocess.run([*command, str(folder / "source")], check=True)
    return installed


class Release:
    """A release's commands over one database; its own code comes first on the path."""

    def __init__(self, database: str, index_root: Path, folder: Path, code: Path | None) -> None:
        self._folder = folder
        self._environment = os.environ | {
            "SHENBAO_DATABASE": database,
            "SHENBAO_INDEX_ROOT": str(index_root),
            "SHENBAO_SECRET": "a key that only this test knows",
        }
        if code is not None:
            self._environment["PYTHONPATH"] = str(code)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self._command(*arguments), env=self._environment, cwd=self._folder, capture_output=True, encoding="utf-8", timeout=120, check=False)  # fmt: skip

    @contextmanager
    def serving(self) -> Iterator[str]:
        port = debian.free_port()
        process = subprocess.Popen(
            self._command("serve", "--port", str(port)),
            env=self._environment,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz", 900)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(60)

    @staticmethod
    def _command(*arguments: str) -> list[str]:
        return [
            sys.executable,
            "-c",
            "import sys; from knowledge.cli import main; sys.exit(main())",
            *arguments,
        ]


def call(url: str, body: Any = None) -> Any:
    content = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, content, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.loads(response.read())


def say(origin: str, message: str) -> Any:
    return call(f"{origin}/v1/chat", {"message": message, "session_id": "kept", "as_of": DAY})


def kept(origin: str) -> list[str]:
    return [m["message_id"] for m in call(f"{origin}/v1/sessions/kept/messages")["messages"]]


def test_a_conversation_goes_back_a_release_and_forward_again(release_before, index_root, tmp_path):
    database = f"sqlite:///{tmp_path}/kept.db"
    new = Release(database, index_root, tmp_path, None)
    old = Release(database, tmp_path / "index", tmp_path, release_before)
    with new.serving() as origin:
        told = [say(origin, "近三年投入2500万元，能报标杆工厂吗？")]
        told.append(say(origin, "专项审计报告可以用年度审计代替吗？"))
    back = new.run("records", "schema", "--to", _revision_of(release_before))
    assert back.returncode == 0, back.stderr + back.stdout
    with old.serving() as origin:
        assert kept(origin) == [reply["message_id"] for reply in told]
        told.append(say(origin, "公司是苏州注册的"))
        held = {fact["name"]: fact["value"] for fact in told[-1]["facts"]}
        assert held["investment_3y_wan"] == 2500
        assert held["registered_in_jiangsu"] is True
    with new.serving() as origin:
        assert kept(origin) == [reply["message_id"] for reply in told]
        told.append(say(origin, "发票都有"))
        held = {fact["name"]: fact["value"] for fact in told[-1]["facts"]}
        assert (held["investment_3y_wan"], held["registered_in_jiangsu"]) == (2500, True)


def _revision_of(code: Path) -> str:
    """The newest revision that a release knows."""
    names = [file.name for file in (code / VERSIONS).glob("v*.py")]
    found = [re.match(r"v(\d+)_", name) for name in names]
    return max(match[1] for match in found if match)
