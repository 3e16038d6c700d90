"""The notice edited: the answer must follow the text, not the habit.

`follow` edits are those of a person who keeps the pack: the text and all data change together. `text_only`
edits leave the data behind; then the old value must not be said, since no clause carries it any more.
"""

from __future__ import annotations

import copy
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.compose.grounding import Grounding
from assistant.desk import Desk
from evals.cases import Ask, Case, CasesRefused
from knowledge.models import Frozen
from knowledge.pack import load_pack
from knowledge.strict_yaml import load_model


class Replacement(Frozen):
    """A regular expression replaced in the files that match a pattern; at least one place must change."""

    files: str
    find: str
    replace: str


class Edit(Frozen):
    """One change of policy."""

    id: str
    title: str
    text_only: bool = False
    replacements: tuple[Replacement, ...]


class Edits(Frozen):
    """edits.yaml."""

    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """A case to be asked of a desk whose pack is edited."""

    case: Case
    edit: str


def load_edits(file: Path) -> tuple[Edit, ...]:
    """The edits. Raises PackError."""
    return load_model(file, Edits).edits


def load_edited(file: Path) -> Iterator[Edited]:
    """The cases of a JSONL file, each naming its edit. Raises CasesRefused."""
    for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not text.strip():
            continue
        row = json.loads(text)
        if "edit" not in row:
            raise CasesRefused(f"{file} 第 {line} 行：缺少 edit")
        edit, name, day = row.pop("edit"), row.pop("id"), row.pop("as_of")
        yield Edited(Case(id=name, as_of=day, turns=(Ask.model_validate(row),)), edit)


def edited_desk(desk: Desk, edit: Edit) -> Desk:
    """A desk for the edited notice. It shares model and index: clause ids and exemplars stay as they are.

    Raises PackError when the edited pack does not load, CasesRefused when an edit changes nothing.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / desk.pack.id
        shutil.copytree(desk.pack.folder, folder)
        apply(edit, folder)
        pack = load_pack(folder)
    by_id = {topic.id: topic for topic in pack.topics}
    intents = copy.copy(desk.intents)
    intents.topics = tuple(by_id.get(topic.id, topic) for topic in desk.intents.topics)
    return replace(desk, pack=pack, intents=intents, grounding=Grounding(pack.tree, pack.notice))


def apply(edit: Edit, folder: Path) -> None:
    """Change the files below `folder`. Raises CasesRefused when a replacement finds nothing to change."""
    for replacement in edit.replacements:
        changed = 0
        for file in sorted(folder.glob(replacement.files)):
            text = file.read_bytes().decode("utf-8")
            text, count = re.subn(replacement.find, replacement.replace, text)
            changed += count
            if count:
                file.write_bytes(text.encode("utf-8"))
        if not changed:
            raise CasesRefused(f"改写 {edit.id}：在 {replacement.files} 里没有找到 {replacement.find}")
