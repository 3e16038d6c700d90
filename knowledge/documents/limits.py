"""How much of a file is read, and how long: what lies beyond is refused, not cut off."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Bounds of reading one file.

    `file_bytes` as it lies on disk; `unpacked_bytes` and `members` of what is packed in it (.zip, .docx, .xlsx are
    packed); `pages` of a PDF; `cells` of all its tables; `characters` of its text; `seconds` of wall time and
    `memory_bytes` of the process that parses it.
    """

    file_bytes: int = 50 * MEBIBYTE
    unpacked_bytes: int = 200 * MEBIBYTE
    members: int = 2000
    pages: int = 300
    cells: int = 200_000
    characters: int = 2_000_000
    seconds: float = 120
    memory_bytes: int = 2048 * MEBIBYTE
