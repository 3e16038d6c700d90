"""What can go wrong on a disk: no room, no right to write, damage, a crash while building, two at once."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from knowledge.errors import IndexUnavailable, StorageUnavailable
from knowledge.pack import load_pack
from knowledge.retrieval import dense, place
from knowledge.retrieval.index import build_index, open_index
from knowledge.retrieval.place import IndexPlace
from knowledge.retrieval.settings import IndexSettings

SMALL_PACK = Path(__file__).parents[1] / "fixtures" / "small_pack"
QUESTION, CLAUSE = "水重复利用率", "1.3.1"


@pytest.fixture(scope="module")
def small_pack():
    return load_pack(SMALL_PACK)


@pytest.fixture
def settings(tmp_path):
    return IndexSettings(index_root=tmp_path / "index")


@pytest.fixture
def index_place(settings, small_pack):
    return IndexPlace(settings.index_root, small_pack.id)


def _serves(index):
    hit = index.search(QUESTION, k=1)[0]
    return hit.clause_id == CLAUSE and hit.dense is not None


def _is_one_clear_line(error, folder, *, full):
    told = str(error)
    return (
        "\n" not in told
        and str(folder) in told
        and "SHENBAO_INDEX_ROOT" in told
        and ("磁盘已满" if full else "不可写") in told
    )


# --- no room, no right to write ---


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM])
@pytest.mark.parametrize(
    ("owner", "step"),
    [
        (tempfile, "mkdtemp"),
        (os, "open"),
        (os, "fsync"),
        (Path, "write_text"),
        (Path, "replace"),
        (Path, "mkdir"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_step_that_fails_for_want_of_room_or_right_is_told_in_one_line(
    small_pack, settings, index_place, monkeypatch, owner, step, code
):
    real = getattr(owner, step)

    def fail(*args, **kwargs):
        if any(str(settings.index_root) in str(arg) for arg in (*args, *kwargs.values())) or step == "fsync":
            raise OSError(code, os.strerror(code))
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, step, fail)
    with pytest.raises(StorageUnavailable) as told:
        open_index(small_pack, settings)
    assert _is_one_clear_line(told.value, index_place.folder, full=code in place.FULL)
    monkeypatch.undo()
    assert index_place.served() is None
    assert _serves(open_index(small_pack, settings))


def test_another_error_of_the_disk_is_not_taken_for_want_of_room(small_pack, settings, monkeypatch):
    def fail(_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output") as told:
        open_index(small_pack, settings)
    assert not isinstance(told.value, StorageUnavailable)


@pytest.mark.parametrize(
    ("message", "full"),
    [
        ("error returned from database: (code: 13) database or disk is full", True),
        ("No space left on device (os error 28)", True),
        ("error returned from database: (code: 8) attempt to write a readonly database", False),
        ("Read-only file system (os error 30)", False),
    ],
)
def test_what_chroma_says_of_a_full_or_read_only_disk_is_understood(tmp_path, message, full):
    with pytest.raises(StorageUnavailable) as told, dense.chroma_errors(tmp_path):
        raise RuntimeError(message)
    assert _is_one_clear_line(told.value, tmp_path, full=full)


def test_a_panic_of_chromas_native_part_is_an_error_like_any_other(tmp_path):
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(IndexUnavailable), dense.chroma_errors(tmp_path):
        raise panic("called `Option::unwrap()` on a `None` value")
    with pytest.raises(KeyboardInterrupt), dense.chroma_errors(tmp_path):
        raise KeyboardInterrupt


@pytest.fixture
def small_disk(tmp_path):
    """Mounts a file system of a given size; only root may."""
    mounted = []

    def mount(size):
        folder = tmp_path / f"disk-{size}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("this user may not mount a file system")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("asked_before", [True, False])
@pytest.mark.parametrize("size", ["4k", "64k", "200k", "300k", "500k"])
def test_a_disk_that_is_really_full_is_told_and_keeps_no_half_built_index(
    small_pack, small_disk, monkeypatch, size, asked_before
):
    if not asked_before:
        monkeypatch.setattr(IndexPlace, "require_room", lambda *_: None)
    settings = IndexSettings(index_root=small_disk(size))
    index_place = IndexPlace(settings.index_root, small_pack.id)
    with pytest.raises(StorageUnavailable, match="磁盘已满") as told:
        open_index(small_pack, settings)
    assert "\n" not in str(told.value)
    assert index_place.served() is None
    assert not list(index_place.folder.glob("build-*"))


def test_an_open_index_answers_on_when_there_is_no_room_for_a_new_one(small_pack, small_disk):
    disk = small_disk("3m")
    settings = IndexSettings(index_root=disk)
    index = open_index(small_pack, settings)
    (disk / "filler").write_bytes(b"0" * (shutil.disk_usage(disk).free - 8192))
    with pytest.raises(StorageUnavailable, match="磁盘已满"):
        build_index(small_pack, settings, force=True)
    assert _serves(index)
    index.close()
    # Chroma writes into its database whenever it opens it.
    with pytest.raises(StorageUnavailable, match="磁盘已满"):
        open_index(small_pack, settings)
    (disk / "filler").unlink()
    assert _serves(open_index(small_pack, settings))


def test_a_disk_that_is_really_read_only_is_told(small_pack, small_disk):
    disk = small_disk("8m")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(StorageUnavailable, match="不可写"):
        open_index(small_pack, IndexSettings(index_root=disk))


# --- damage ---


def _truncate(file):
    os.truncate(file, min(50, file.stat().st_size // 2))


def _scramble(file):
    file.write_bytes(bytes(255 - byte for byte in file.read_bytes()))


def _files(build):
    return sorted(str(path.relative_to(build)) for path in build.rglob("*") if path.is_file())


@pytest.mark.parametrize("damage", [_truncate, _scramble, Path.unlink], ids=["cut", "scrambled", "gone"])
@pytest.mark.parametrize(
    "pattern",
    [
        "manifest.json",
        "bm25/clauses/*.npy",
        "bm25/exemplars/*.json",
        "chroma/chroma.sqlite3",
        "chroma/*/*.bin",
    ],
)
def test_a_damaged_index_is_built_anew_with_a_log_line(
    small_pack, settings, index_place, capsys, pattern, damage
):
    open_index(small_pack, settings).close()
    build = index_place.served()
    files = [file for file in build.glob(pattern) if file.stat().st_size]
    assert files, _files(build)
    for file in files:
        damage(file)
    capsys.readouterr()
    index = open_index(small_pack, settings)
    assert _serves(index)
    assert index_place.served() != build
    assert "index_building" in capsys.readouterr().out


def test_vectors_that_chroma_silently_lost_are_noticed(small_pack, settings, index_place):
    open_index(small_pack, settings).close()
    build = index_place.served()
    for folder in (path for path in (build / "chroma").iterdir() if path.is_dir()):
        shutil.rmtree(folder)
    assert _serves(open_index(small_pack, settings))
    assert index_place.served() != build


@pytest.mark.parametrize("name", ["", "build-none", "../..", "/", "\0", "current"])
def test_a_pointer_to_no_build_is_not_followed(small_pack, settings, index_place, name):
    index_place.folder.mkdir(parents=True)
    (index_place.folder / "current").write_text(name, encoding="utf-8")
    assert index_place.served() is None
    assert _serves(open_index(small_pack, settings))


def test_keywords_serve_alone_where_chroma_does_not_work_and_the_next_start_tries_again(
    small_pack, settings, monkeypatch, capsys
):
    def fail(_):
        raise ImportError("no chromadb here")

    monkeypatch.setattr(dense, "_client", fail)
    index = open_index(small_pack, settings)
    assert index.dense is None
    hit = index.search(QUESTION, k=1)[0]
    assert (hit.clause_id, hit.dense) == (CLAUSE, None)
    assert "dense_leg_away" in capsys.readouterr().out
    monkeypatch.undo()
    assert _serves(open_index(small_pack, settings))


# --- crashes and company ---

BUILD = """
import sys
from pathlib import Path
from knowledge.pack import load_pack
from knowledge.retrieval import index
from knowledge.retrieval.manifest import Manifest
from knowledge.retrieval.settings import IndexSettings
if "hang" in sys.argv:
    def hang(*_):
        print("hanging", flush=True)
        sys.stdin.read()
    Manifest.write = hang
found = index.open_index(load_pack(Path(sys.argv[1])), IndexSettings(index_root=Path(sys.argv[2])))
print(found.search("水重复利用率", k=1)[0].clause_id, flush=True)
"""


def _start(settings, *more):
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(SMALL_PACK), str(settings.index_root), *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _line(process, wanted):
    for line in process.stdout:
        if wanted in line:
            return line
    raise AssertionError(f"the process ended without saying {wanted}")


def test_a_build_that_was_killed_is_never_served_and_is_cleared_away(small_pack, settings, index_place):
    with _start(settings, "hang") as builder:
        _line(builder, "hanging")
        left = list(index_place.folder.glob("build-*"))
        builder.send_signal(signal.SIGKILL)
    assert len(left) == 1
    assert (left[0] / "chroma" / "chroma.sqlite3").exists()
    assert index_place.served() is None
    assert _serves(open_index(small_pack, settings))
    assert index_place.served() != left[0]
    assert not left[0].exists()


def test_whoever_comes_second_waits_for_the_builder_and_takes_over_when_it_dies(settings, index_place):
    with _start(settings, "hang") as first:
        _line(first, "hanging")
        with _start(settings) as second:
            time.sleep(1)
            assert second.poll() is None
            assert index_place.served() is None
            first.kill()
            assert _line(second, CLAUSE).strip() == CLAUSE


def test_processes_that_start_at_once_build_once_and_all_answer(settings, index_place):
    processes = [_start(settings) for _ in range(3)]
    said = [process.communicate(timeout=120)[0] for process in processes]
    assert all(CLAUSE in text for text in said)
    assert sum("index_built" in text for text in said) == 1
    assert [folder.name for folder in index_place.folder.glob("build-*")] == [index_place.served().name]
