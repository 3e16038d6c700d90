from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from api.allocator import one_arena

PROGRAM = """
import os, sys, threading
sys.path.insert(0, sys.argv[1])
from arenas import arenas
from api.allocator import one_arena

done, all_hold = one_arena(), threading.Barrier(8)

def hold():
    held = bytearray(50_000)  # beyond what Python keeps in pools of its own
    all_hold.wait()

threads = [threading.Thread(target=hold) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(done, arenas(os.getpid()))
"""

CHOOSING = ("MALLOC_ARENA_MAX", "GLIBC_TUNABLES")
pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc alone has arenas")


def told(**chosen):
    environment = {name: value for name, value in os.environ.items() if name not in CHOOSING} | chosen
    command = [sys.executable, "-c", PROGRAM, str(Path(__file__).parents[2])]
    return subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=True
    ).stdout.split()


def test_all_threads_allocate_from_one_arena():
    assert told() == ["True", "1"]


@pytest.mark.parametrize(
    "chosen", [{"MALLOC_ARENA_MAX": "3"}, {"GLIBC_TUNABLES": "glibc.malloc.arena_max=3"}]
)
def test_what_the_environment_chooses_stays(chosen):
    assert told(**chosen) == ["False", "3"]


def test_a_tunable_of_something_else_chooses_nothing():
    assert told(GLIBC_TUNABLES="glibc.malloc.check=0") == ["True", "1"]


def test_another_c_library_is_left_alone(monkeypatch):
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    monkeypatch.setattr("ctypes.CDLL", lambda _: object())
    assert one_arena() is False
