"""A whole installation for tests: PostgreSQL, a Chroma server, two API processes, nginx; parts of it can be killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import postgresql as debian
from chroma_server import ChromaServer

ROOT = Path(__file__).parents[2]
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
SHENBAO = str(Path(sys.executable).with_name("shenbao"))
CHANNELS = """
channels:
  - {id: soak, allowed_origins: [self], greeting: 您好, daily_limit: 100000000, per_visitor_per_minute: 1000000, per_address_per_minute: 1000000}
"""


def answers(url: str) -> bool:
    """Whether a GET is answered with 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def wait_for(url: str, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not answers(url):
        assert time.monotonic() < deadline, f"{url} is not ready after {seconds} s"
        time.sleep(0.1)


class Process:
    """One `shenbao serve`, killed and started again on its port."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.port, self._environment, self._log = debian.free_port(), environment, log
        self.url = f"http://127.0.0.1:{self.port}"
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(
                [SHENBAO, "serve", "--port", str(self.port)], env=self._environment, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is said."""
        if self._running is not None:
            self._running.send_signal(signal.SIGKILL)
            self._running.wait(20)


class House:
    """Everything on free ports of this machine, in a folder of its own."""

    def __init__(self, folder: Path, index_root: Path, database: debian.Server) -> None:
        self.folder, self.database = folder, database
        self.chroma = ChromaServer(folder)
        channels = folder / "channels.yaml"
        channels.write_text(CHANNELS, encoding="utf-8")
        environment = os.environ | {
            "SHENBAO_DATABASE": database.url,
            "SHENBAO_CHROMA": self.chroma.url,
            "SHENBAO_INDEX_ROOT": str(index_root),
            "SHENBAO_SECRET": "a key that only this soak knows",
            "SHENBAO_CHANNELS": str(channels),
            "SHENBAO_LOG_FORMAT": "json",
        }
        self.processes = [Process(environment, folder / f"api{number}.log") for number in (1, 2)]
        self.port = debian.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._nginx: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        self.chroma.start()
        for process in self.processes:  # one after the other: the first one fills the Chroma server
            process.start()
            wait_for(f"{process.url}/readyz", 900)
        assert NGINX is not None
        file = self.folder / "nginx.conf"
        file.write_text(self._entrance(), encoding="utf-8")
        self._nginx = subprocess.Popen(
            [NGINX, "-e", "stderr", "-c", str(file), "-g", "daemon off;"], stderr=subprocess.DEVNULL
        )
        wait_for(f"{self.url}/healthz", 20)

    def close(self) -> None:
        if self._nginx is not None:
            self._nginx.terminate()
            self._nginx.wait(20)
        for process in self.processes:
            process.kill()
        self.chroma.stop()

    def _entrance(self) -> str:
        """The file of `deploy/` as it is, but for the places of this machine and its guard against one address's floods."""
        text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        changes = {
            "listen 8080;": f"listen 127.0.0.1:{self.port};",
            "/tmp/": f"{self.folder}/",
            "/dev/stderr": "stderr",
            "rate=30r/s": "rate=100000r/s",
            "burst=60": "burst=100000",
            "limit_conn connections 100": "limit_conn connections 1000",
        }
        changes |= {
            f"api{n}:8000": f"127.0.0.1:{process.port}" for n, process in enumerate(self.processes, 1)
        }
        for before, after in changes.items():
            assert before in text, before
            text = text.replace(before, after)
        return text
