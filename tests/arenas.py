"""How many arenas a process's allocator has: glibc puts all but the first into mappings of 64 MiB, reserved whole."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

RESERVED = 64 << 20
_MAPPING = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \S+ *(.*)$", re.MULTILINE)


def arenas(pid: int) -> int:
    """The arenas of a process: the first, and every mapping that begins where only an arena does, in use up to
    some place and reserved from there to its end."""
    found = [
        (int(start, 16), int(end, 16), rights, name)
        for start, end, rights, name in _MAPPING.findall(Path(f"/proc/{pid}/maps").read_text())
    ]
    return 1 + sum(
        start % RESERVED == 0 and rights == "rw-p" and not name and (after, upto) == (end, start + RESERVED)
        for (start, end, rights, name), (after, upto, _, _) in pairwise(found)
    )
