"""One pack's folder on disk: who may build there, which build is served, and what a full disk says.

    <index_root>/<pack>/current      name of the build that is served
                        lock         held while somebody builds
                        build-…/     builds: the one served, the one before, or what a crash left behind

A build is written into a folder of its own, flushed to the disk, and served only once `current` names it;
`current` is replaced in one step, so that a reader finds the old build or the new one, never half of one.
The build before stays, since another process may still read it.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.durable import flush
from knowledge.errors import StorageUnavailable

FULL = {errno.ENOSPC, errno.EDQUOT}
READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def disk_full(place: Path) -> StorageUnavailable:
    """The error for a place without room."""
    return StorageUnavailable(
        f"索引目录 {place} 所在的磁盘已满：请腾出空间，或用 SHENBAO_INDEX_ROOT 指定另一目录后重试"
    )


def read_only(place: Path) -> StorageUnavailable:
    """The error for a place that may not be written."""
    return StorageUnavailable(
        f"索引目录 {place} 不可写：请开放写权限，或用 SHENBAO_INDEX_ROOT 指定可写的目录后重试"
    )


@contextmanager
def storage_errors(place: Path) -> Iterator[None]:
    """Turn a full disk or a read-only place into StorageUnavailable; other errors pass."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise disk_full(place) from error
        if error.errno in READ_ONLY:
            raise read_only(place) from error
        raise


def plain_name(pack: str) -> str:
    """A name for the pack's folder and collection: its id where both may be called so, else a digest."""
    if re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9._-]{1,126}[a-zA-Z0-9]", pack):
        return pack
    return "pack-" + hashlib.sha256(pack.encode()).hexdigest()[:32]


class IndexPlace:
    """The folder that holds the builds of one pack's index."""

    def __init__(self, root: Path, pack: str) -> None:
        self.folder = root.absolute() / plain_name(pack)
        self._pointer = self.folder / "current"

    def served(self) -> Path | None:
        """The build that is served, if there is one. Raises StorageUnavailable when it may not be read."""
        try:
            with storage_errors(self.folder):
                name = self._pointer.read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
            return None
        build = self.folder / name
        return build if name and build.parent == self.folder and build.is_dir() else None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the right to build here, waiting for whoever holds it; the kernel frees it if they die."""
        with storage_errors(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def new_build(self) -> Path:
        """An empty folder to build in. Hold the lock."""
        with storage_errors(self.folder):
            return Path(tempfile.mkdtemp(prefix="build-", dir=self.folder))

    def require_room(self, needed: int) -> None:
        """Raise StorageUnavailable when fewer than `needed` bytes are free."""
        if shutil.disk_usage(self.folder).free < needed:
            raise disk_full(self.folder)

    def publish(self, build: Path) -> None:
        """Serve `build` from now on, in one step. Hold the lock."""
        with storage_errors(self.folder):
            for path in (*build.rglob("*"), build):
                flush(path)
            before = self.served()
            fresh = self._pointer.with_suffix(".new")
            fresh.write_text(build.name, encoding="utf-8")
            flush(fresh)
            fresh.replace(self._pointer)
            flush(self.folder)
        self._sweep(keep={build, before})

    def discard(self, build: Path) -> None:
        """Remove a build that failed."""
        shutil.rmtree(build, ignore_errors=True)

    def _sweep(self, keep: set[Path | None]) -> None:
        for build in self.folder.glob("build-*"):
            if build not in keep:
                shutil.rmtree(build, ignore_errors=True)
