"""A pack: everything the system knows of one notice, loaded from its folder.

    <folder>/notice.txt, pack.yaml, facts.yaml, rules.yaml, topics/*.yaml, exemplars/*.txt, vocabulary.yaml,
    <folder>/annexes/*, <additions>/<id>/annexes/*

A drafted pack may still have notice.txt and pack.yaml alone. What is added to a pack while it is served stands in
a folder of its own, since the pack's own may be read-only.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from knowledge.annexes import (
    ANNEXES_FOLDER,
    AddedAnnex,
    read_annexes,
    with_clauses,
    with_criteria,
    with_facts,
    with_loaded,
)
from knowledge.clauses import ClauseTree, parse_notice
from knowledge.drafting.proposal import load_proposals
from knowledge.errors import PackError
from knowledge.exemplars import EXEMPLARS_FOLDER, with_exemplars
from knowledge.facts import FactSchema
from knowledge.models import Frozen, Notice, Topic
from knowledge.retrieval.place import plain_name
from knowledge.rules import RuleBook
from knowledge.strict_yaml import Model, load_model
from knowledge.vocabulary import Vocabulary

PACKS_ROOT = Path(__file__).resolve().parent / "packs"
"""Where the packs that come with the system are."""

NOTICE_FILE, FACTS_FILE, RULES_FILE = "pack.yaml", "facts.yaml", "rules.yaml"
VOCABULARY_FILE, TOPICS_FOLDER = "vocabulary.yaml", "topics"


class TopicsFile(Frozen):
    """One file of topics/."""

    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Pack:
    """One notice with its tree, facts, rules, topics and vocabulary. Equal files, equal `digest`.

    `annexes` are those that were added; tree, schema and rules hold what they say already.
    """

    folder: Path
    notice: Notice
    tree: ClauseTree
    schema: FactSchema
    rules: RuleBook
    topics: tuple[Topic, ...]
    vocabulary: Vocabulary
    digest: str
    annexes: tuple[AddedAnnex, ...] = ()
    undecided: int = 0
    """Proposed rules on which nobody has decided: while there are some, not all conditions are judged."""

    @property
    def id(self) -> str:
        """The name by which it is asked for: the notice's id, of an earlier version `id@version` (see catalogue)."""
        return self.notice.id

    def topic(self, topic_id: str) -> Topic | None:
        """The topic of this id, if there is one."""
        return next((topic for topic in self.topics if topic.id == topic_id), None)


def load_pack(folder: Path, name: str = "", added: Path | None = None) -> Pack:
    """Load the pack of a folder, as the catalogue names it, with what was added to it in another.

    Raises PackError with file, line, cause and remedy.
    """
    notice, tree = _load_notice(folder)
    if name:
        notice = notice.model_copy(update={"id": name})
    annexes = _load_annexes(folder, added, notice)
    tree = with_clauses(tree, annexes)
    schema = _load_optional(folder / FACTS_FILE, FactSchema(facts=()))
    rules = _load_optional(folder / RULES_FILE, RuleBook(scope="", criteria=()))
    return Pack(
        folder=folder,
        notice=with_loaded(notice, tree),
        tree=tree,
        schema=with_facts(schema, annexes),
        rules=with_criteria(rules, annexes),
        topics=with_exemplars([topic for file in topic_files(folder) for topic in load_topics(file)], folder),
        vocabulary=_load_optional(folder / VOCABULARY_FILE, Vocabulary()),
        digest=digest(folder, added),
        annexes=annexes,
        undecided=len(load_proposals(folder).open),
    )


def load_text(folder: Path, added: Path | None = None) -> tuple[Notice, ClauseTree]:
    """A pack's notice and its clauses, annexes included, nothing else loaded. Raises PackError."""
    notice, tree = _load_notice(folder)
    tree = with_clauses(tree, _load_annexes(folder, added, notice))
    return with_loaded(notice, tree), tree


def additions_folder(additions: Path, pack_id: str) -> Path:
    """Where what is added to a pack is kept: with the notice, whichever version of the pack is served."""
    return additions / plain_name(pack_id.partition("@")[0])


def _load_annexes(folder: Path, added: Path | None, notice: Notice) -> tuple[AddedAnnex, ...]:
    places = (folder,) if added is None else (folder, added)
    return read_annexes([place / ANNEXES_FOLDER for place in places], notice)


def _load_notice(folder: Path) -> tuple[Notice, ClauseTree]:
    notice = load_model(folder / NOTICE_FILE, Notice)
    return notice, parse_notice(read_source(folder, notice), notice.categories)


def _load_optional(file: Path, absent: Model) -> Model:
    return load_model(file, type(absent)) if file.exists() else absent


def load_topics(file: Path) -> tuple[Topic, ...]:
    """Read one file of topics/. Raises PackError."""
    return load_model(file, TopicsFile).topics


def topic_files(folder: Path) -> list[Path]:
    """The topic files of a pack, in the order in which they are read."""
    return sorted((folder / TOPICS_FOLDER).glob("*.yaml"))


def pack_folders(root: Path) -> list[Path]:
    """The folders below `root` that hold a pack, in order. Raises PackError where there is no such place."""
    if not root.is_dir():
        raise PackError(root, 0, "知识包目录不存在", "请检查 SHENBAO_PACKS_ROOT 或 --packs")
    return sorted(folder for folder in root.iterdir() if (folder / NOTICE_FILE).is_file())


def read_source(folder: Path, notice: Notice) -> str:
    """The text of the notice as it is kept, line ends included. Raises PackError."""
    file = folder / notice.text_file
    if file.parent.resolve() != folder.resolve():
        raise PackError(
            folder / NOTICE_FILE, 0, f"text_file 越出知识包目录：{notice.text_file}", "请只写文件名"
        )
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise PackError(file, 0, "通知原文不存在", "请放入原文，或改正 pack.yaml 的 text_file") from error
    except UnicodeDecodeError as error:
        raise PackError(file, 0, "通知原文不是 UTF-8 编码", "请转成 UTF-8 后放入") from error


def digest(folder: Path, added: Path | None = None) -> str:
    """SHA-256 over names and bytes of all files of a pack, in the order of their paths, then of its additions."""
    total = hashlib.sha256()
    places = [(folder, folder)] if added is None else [(folder, folder), (added, added / ANNEXES_FOLDER)]
    for base, place in places:
        for file in _files(place):
            content = file.read_bytes()
            total.update(f"{file.relative_to(base).as_posix()}\0{len(content)}\0".encode())
            total.update(content)
    return total.hexdigest()


State = tuple[tuple[str, int, int], ...]


def state(folder: Path, added: Path | None = None) -> State:
    """Names, times and sizes of a pack's files: differs when a file is changed, without reading any.

    Exemplar files are left out: what is added to them is learned at once (see assistant.taught).
    """
    found: list[tuple[str, int, int]] = []
    waiting = [(str(folder), "")]
    if added is not None:
        waiting.append((str(added / ANNEXES_FOLDER), "added/"))
    while waiting:
        place, above = waiting.pop()
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(place) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name in ("__pycache__", EXEMPLARS_FOLDER):
                    continue
                if entry.is_dir():
                    waiting.append((entry.path, f"{above}{entry.name}/"))
                    continue
                stat = entry.stat()
                found.append((above + entry.name, stat.st_mtime_ns, stat.st_size))
    return tuple(sorted(found))


def _files(folder: Path) -> Iterator[Path]:
    found = (file for file in folder.rglob("*") if file.is_file())
    kept = [
        file
        for file in found
        if not any(part.startswith(".") or part == "__pycache__" for part in file.relative_to(folder).parts)
    ]
    return iter(sorted(kept, key=lambda file: file.relative_to(folder).as_posix()))
