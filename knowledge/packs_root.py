"""Where the packs are: SHENBAO_PACKS_ROOT, else those that come with the system."""

from __future__ import annotations

import os
from pathlib import Path


def packs_root() -> Path:
    """The folder of all packs."""
    from knowledge.pack import PACKS_ROOT  # noqa: PLC0415 - heavy

    return Path(os.environ.get("SHENBAO_PACKS_ROOT") or PACKS_ROOT)
