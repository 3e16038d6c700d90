"""What all tests share: no network, the same examples in every run, and the pack."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from knowledge.pack import PACKS_ROOT, load_pack

sys.path.insert(0, str(Path(__file__).parent))  # the module below belongs to no package

import postgresql as debian

# Read by libraries when they are imported, and by the processes that tests start.
os.environ.update(
    HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", ANONYMIZED_TELEMETRY="False", TOKENIZERS_PARALLELISM="false"
)

settings.register_profile("shenbao", derandomize=True, database=None, deadline=None, max_examples=100)
settings.load_profile("shenbao")

REPOSITORY = Path(__file__).resolve().parent.parent
PACK_ID = "jiangsu-2023-industrial-internet"


class NetworkBlocked(OSError):
    """A test tried to leave this machine."""


def _is_local(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback or name in {"0.0.0.0", "::"}
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Any:
    """Let sockets reach this machine only."""
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}
    resolve = socket.getaddrinfo

    def guarded(name: str) -> Any:
        def call(self: socket.socket, *args: Any) -> Any:
            address = args[-1]
            if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_local(address[0]):
                raise NetworkBlocked(f"{name} to {address!r}")
            return real[name](self, *args)

        return call

    def resolve_local(host: Any, *args: Any, **more: Any) -> Any:
        if not _is_local(host):
            raise NetworkBlocked(f"getaddrinfo of {host!r}")
        return resolve(host, *args, **more)

    with pytest.MonkeyPatch.context() as patch:
        for name in real:
            patch.setattr(socket.socket, name, guarded(name))
        patch.setattr(socket, "getaddrinfo", resolve_local)
        yield


@pytest.fixture(scope="session", autouse=True)
def own_places(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Nothing that tests keep reaches the records or the key of this checkout."""
    folder = tmp_path_factory.mktemp("var")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHENBAO_DATABASE", f"sqlite:///{folder}/shenbao.db")
        patch.setenv("SHENBAO_ADDITIONS_ROOT", str(folder / "packs"))
        patch.setenv("SHENBAO_SECRET", "a key that only tests know")
        yield


@pytest.fixture(scope="session")
def pack() -> Any:
    """The packaged notice, loaded once."""
    return load_pack(PACKS_ROOT / PACK_ID)


@pytest.fixture(scope="session")
def index_root() -> Path:
    """Where tests build indexes. It outlives a run: an index is built anew only when its pack has changed."""
    return REPOSITORY / "build" / "test-index"


@pytest.fixture(scope="session")
def assistant(index_root: Path) -> Any:
    """The real assistant over the packaged notice. Sessions are told apart by their ids."""
    from assistant.bootstrap import build_assistant  # noqa: PLC0415 - seconds, for the tests that ask for it
    from assistant.settings import Settings  # noqa: PLC0415

    return build_assistant(Settings(index_root=index_root))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[debian.Server]:
    """A PostgreSQL server of the tests' own; where there is none they are skipped, or fail where it is required."""
    programs = debian.binaries()
    if programs is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no PostgreSQL: `make system` installs Debian's")
        pytest.skip("no PostgreSQL on this machine; `make system` installs Debian's")
    with debian.serving(programs) as server:
        yield server
