"""Debian's PostgreSQL for tests: a server of their own in a private folder, on a free port of this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FLAGS = "-c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl, newest version first; Debian keeps it off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: -int(file.parts[-3]))
    on_path = shutil.which("initdb")
    return found[0].parent if found else Path(on_path).resolve().parent if on_path else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A running server; `url` is that of its maintenance database."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder, self.port = programs, folder, free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *arguments: str) -> None:
        # The server refuses to run as root.
        who = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        told = subprocess.run(
            [*who, str(self._programs / program), *arguments],
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
            check=False,
            text=True,
        )
        assert told.returncode == 0, told.stdout

    def start(self) -> None:
        options = f"{FLAGS} -p {self.port} -k {self._folder}"
        log = str(self._folder / "log")
        self.run("pg_ctl", "start", "-w", "-D", str(self._folder / "data"), "-l", log, "-o", options)

    def stop(self) -> None:
        self.run("pg_ctl", "stop", "-m", "immediate", "-D", str(self._folder / "data"))


@contextmanager
def serving(programs: Path) -> Iterator[Server]:
    """A server with an empty cluster, gone with its files afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="shenbao-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    server = Server(programs, folder)
    try:
        server.run(
            "initdb",
            "-D",
            str(folder / "data"),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-N",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
