"""What the desk has taught, written into the pack's own files: `topics/taught.yaml` and `exemplars/taught.txt`.

A question that stood elsewhere in the pack moves: it may lead to one topic only. The whole is linted in a copy
first; nothing is written unless that finds nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from assistant.masking import mask, printed_by
from assistant.records.exemplars import Exemplars, Proposal
from assistant.teaching import topic_of
from knowledge.errors import PackError
from knowledge.exemplars import EXEMPLARS_FOLDER
from knowledge.lint import lint_pack
from knowledge.models import Topic
from knowledge.normalise import squeeze
from knowledge.pack import TOPICS_FOLDER, Pack, topic_files
from knowledge.strict_yaml import load_yaml

TAUGHT_TOPICS, TAUGHT_EXEMPLARS = f"{TOPICS_FOLDER}/taught.yaml", f"{EXEMPLARS_FOLDER}/taught.txt"
_HEAD = "# 由坐席提出、编辑审核，用 shenbao knowledge export 写出。可以像其他文件一样修改。\n"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the files changed, relative to the pack, and the proposals that stand in them now."""

    files: tuple[str, ...]
    proposals: tuple[Proposal, ...]


def export(pack: Pack, exemplars: Exemplars, actor: str) -> Exported:
    """Write all approved proposals of a pack into its files. Raises PackError with what lint found."""
    printed = printed_by([pack])
    # What stands on an annex that was added besides stays taught here, since the pack's own files do not have it.
    approved = tuple(
        replace(p, question=mask(p.question, printed), note=mask(p.note, printed))
        for p in exemplars.taught(pack.id)
        if p.state == "approved" and all(c in pack.tree for c in p.clauses)
    )
    if not approved:
        return Exported((), ())
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / pack.folder.name
        shutil.copytree(pack.folder, copy)
        _write(copy, pack, approved)
        findings = lint_pack(copy)
        if findings:
            first = findings[0]
            raise PackError(
                first.file.replace(str(copy), str(pack.folder)), first.line, first.cause, first.remedy
            )
        changed = tuple(_changed(copy, pack.folder))
        for name in changed:
            _replace(copy / name, pack.folder / name)
    exemplars.export([proposal.id for proposal in approved], actor)
    return Exported(changed, approved)


def _write(folder: Path, pack: Pack, approved: Sequence[Proposal]) -> None:
    asked = {squeeze(proposal.question).lower() for proposal in approved}
    for file in topic_files(folder):
        _drop(file, _asked_in_yaml(file, asked))
    for file in sorted((folder / EXEMPLARS_FOLDER).glob("*.txt")):
        lines = file.read_text(encoding="utf-8").splitlines()
        _drop(file, [n for n, line in enumerate(lines, 1) if squeeze(line).lower() in asked])
    topics = [topic_of(pack, proposal) for proposal in approved if proposal.topic is None]
    if topics:
        _add_topics(folder / TAUGHT_TOPICS, topics)
    questions: dict[str, list[str]] = {}
    for proposal in approved:
        if proposal.topic is not None:
            questions.setdefault(proposal.topic, []).append(proposal.question)
    if questions:
        _add_exemplars(folder / TAUGHT_EXEMPLARS, questions)


def _asked_in_yaml(file: Path, asked: set[str]) -> list[int]:
    """The lines of the exemplar questions that are about to move."""
    topics = load_yaml(file)["topics"]
    return [
        line
        for topic in topics
        for question, line in zip(
            topic.get("questions", ()), getattr(topic.get("questions"), "lines", ()), strict=True
        )
        if squeeze(str(question)).lower() in asked
    ]


def _drop(file: Path, lines: Iterable[int]) -> None:
    """Take out whole lines, so that the rest of a file stays as people wrote it."""
    gone = set(lines)
    if gone:
        kept = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(line for n, line in enumerate(kept, 1) if n not in gone), encoding="utf-8")


def _add_topics(file: Path, topics: Sequence[Topic]) -> None:
    kept: list[Any] = yaml.safe_load(file.read_text(encoding="utf-8"))["topics"] if file.exists() else []
    plain = [topic.model_dump(mode="json", exclude_defaults=True) for topic in topics]
    text = yaml.safe_dump({"topics": [*kept, *plain]}, allow_unicode=True, sort_keys=False, width=110)
    file.parent.mkdir(exist_ok=True)
    file.write_text(_HEAD + text, encoding="utf-8")


def _add_exemplars(file: Path, questions: Mapping[str, Sequence[str]]) -> None:
    text = file.read_text(encoding="utf-8") if file.exists() else _HEAD
    for topic, asked in questions.items():
        text += "\n".join(["", f"[{topic}]", *asked, ""])
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _changed(copy: Path, folder: Path) -> Iterable[str]:
    for file in sorted(path for path in copy.rglob("*") if path.is_file()):
        name = file.relative_to(copy).as_posix()
        original = folder / name
        if not original.exists() or original.read_bytes() != file.read_bytes():
            yield name


def _replace(file: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.copyfile(file, part)
    part.replace(target)
