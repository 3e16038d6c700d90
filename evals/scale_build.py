"""Indexes of many packs, one after another: interrupted and started again it goes on where it was."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.pack import load_pack
from knowledge.retrieval.index import build_index
from knowledge.retrieval.settings import IndexSettings

BUILT_FILE = "built.jsonl"


def build_all(
    folders: Sequence[Path], settings: IndexSettings, work: Path, built: Callable[[], None]
) -> dict[str, float]:
    """Build what is not built yet; seconds by pack, those of earlier runs included.

    What was built is noted in `work`/built.jsonl as soon as its index is served, so that nothing is built twice.
    """
    seconds = read_built(work)
    with (work / BUILT_FILE).open("a", encoding="utf-8") as noted:
        noted.write("\n")  # a line that a crash cut off ends here
        for folder in folders:
            if folder.name not in seconds:
                began = time.perf_counter()
                build_index(load_pack(folder), settings).close()
                seconds[folder.name] = time.perf_counter() - began
                noted.write(json.dumps([folder.name, round(seconds[folder.name], 4)]) + "\n")
                noted.flush()
            built()
    return {folder.name: seconds[folder.name] for folder in folders}


def read_built(work: Path) -> dict[str, float]:
    """What earlier runs have built; a line that was cut off by a crash counts for nothing."""
    found: dict[str, float] = {}
    if (work / BUILT_FILE).exists():
        for line in (work / BUILT_FILE).read_text(encoding="utf-8").splitlines():
            try:
                name, seconds = json.loads(line)
            except ValueError:
                continue
            found[name] = seconds
    return found
