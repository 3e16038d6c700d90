"""The C library's allocator, told to keep one store of free memory instead of several."""

from __future__ import annotations

import ctypes
import os
import sys

_ARENA_MAX = -8
"""glibc's M_ARENA_MAX, of malloc.h."""


def one_arena() -> bool:
    """Have all threads allocate from one arena; whether that was done. Call it before there are other threads.

    glibc gives threads up to eight arenas a core, and what is freed in one serves no other: each grows to the most
    that ever was in use in it at once, which with sixteen threads takes hours. Threads hardly contend for the one,
    since Python lets one of them run at a time (measured: the same processor time an answer).

    Nothing is done where another C library allocates, or where the environment says how many.
    """
    tunables = os.environ.get("GLIBC_TUNABLES", "")
    chosen = os.environ.get("MALLOC_ARENA_MAX") or "glibc.malloc.arena_max" in tunables
    if sys.platform != "linux" or chosen:
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    return mallopt is not None and bool(mallopt(_ARENA_MAX, 1))
