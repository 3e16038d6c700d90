"""The packaged notice with a part of its exemplars: the same clauses, facts and rules, and an index soon built."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from knowledge.pack import PACKS_ROOT, TOPICS_FOLDER
from knowledge.said import SAID_FOLDER

NAME = "jiangsu-2023-industrial-internet"
_EVERY_QUESTION, _EVERY_PHRASE = 6, 12


def copy_thin(root: Path) -> Path:
    """A folder of packs below `root` that holds this one."""
    folder = root / "packs" / NAME
    shutil.copytree(PACKS_ROOT / NAME, folder)
    shutil.rmtree(folder / "exemplars", ignore_errors=True)
    for file in sorted((folder / TOPICS_FOLDER).glob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for topic in content["topics"]:
            topic["questions"] = topic["questions"][::_EVERY_QUESTION]
        file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for file in sorted((folder / SAID_FOLDER).glob("*.jsonl")):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(lines[::_EVERY_PHRASE]), encoding="utf-8")
    return root / "packs"
