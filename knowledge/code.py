"""Which code is running."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
"""The folder of the packages."""


def code_digest(packages: Iterable[str], root: Path = ROOT) -> str:
    """SHA-256 over names and sources of the packages: differs wherever the same input might give another outcome."""
    total = hashlib.sha256()
    for package in packages:
        for file in sorted((root / package).rglob("*.py")):
            total.update(f"{file.relative_to(root).as_posix()}\0".encode())
            total.update(file.read_bytes())
    return total.hexdigest()
