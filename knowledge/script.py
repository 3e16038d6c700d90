"""One script for what is typed in several: simplified characters, half-width letters and digits."""

from __future__ import annotations

from functools import cache
from typing import Any


def simplified(text: str) -> str:
    """Traditional characters as simplified ones."""
    converted: str = _converter().convert(text)
    return converted


def half_width(text: str) -> str:
    """Full-width digits and letters, and the signs between them, as half-width ones, length kept."""
    return "".join(chr(ord(c) - 0xFEE0) if "\uff10" <= c <= "\uff5a" else c for c in text)


@cache
def _converter() -> Any:
    from opencc import OpenCC  # noqa: PLC0415 - reads its tables, once on first use

    return OpenCC("t2s")
