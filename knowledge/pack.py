"""A pack: everything the system knows of one notice, loaded from its folder.

    <folder>/notice.txt, pack.yaml, facts.yaml, rules.yaml, topics/*.yaml, exemplars/*.txt, vocabulary.yaml,
    <folder>/annexes/*, <additions>/<id>/annexes/*

A drafted pack may still have notice.txt and pack.yaml alone. What is added to a pack while it is served stands in
a folder of its own, since the pack's own may be read-only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
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
from knowledge.exemplars import with_exemplars
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
        """The notice's id."""
        return self.notice.id

    def topic(self, topic_id: str) -> Topic | None:
        """The topic of this id, if there is one."""
        return next((topic for topic in self.topics if topic.id == topic_id), None)


def load_pack(folder: Path, additions: Path | None = None) -> Pack:
    """Load the pack of a folder, with what was added to it below `additions`.

    Raises PackError with file, line, cause and remedy.
    """
    notice, tree = _load_notice(folder)
    added = None if additions is None else additions_folder(additions, notice.id)
    annexes = read_annexes([place / ANNEXES_FOLDER for place in (folder, added) if place], notice)
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


def load_text(folder: Path, additions: Path | None = None) -> tuple[Notice, ClauseTree]:
    """A pack's notice and its clauses, annexes included, nothing else loaded. Raises PackError."""
    notice, tree = _load_notice(folder)
    added = None if additions is None else additions_folder(additions, notice.id)
    tree = with_clauses(tree, read_annexes([p / ANNEXES_FOLDER for p in (folder, added) if p], notice))
    return with_loaded(notice, tree), tree


def additions_folder(additions: Path, pack_id: str) -> Path:
    """Where what is added to a pack is kept."""
    return additions / plain_name(pack_id)


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


def load_packs(root: Path = PACKS_ROOT, additions: Path | None = None) -> dict[str, Pack]:
    """All packs below `root` with their additions, by the id of their notice.

    Raises PackError, also where two share an id.
    """
    packs: dict[str, Pack] = {}
    for folder in pack_folders(root):
        pack = load_pack(folder, additions)
        if pack.id in packs:
            raise PackError(folder / NOTICE_FILE, 0, f"知识包 id 重复：{pack.id}", "请改用另一个 id")
        packs[pack.id] = pack
    return packs


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


def _files(folder: Path) -> Iterator[Path]:
    found = (file for file in folder.rglob("*") if file.is_file())
    kept = [
        file
        for file in found
        if not any(part.startswith(".") or part == "__pycache__" for part in file.relative_to(folder).parts)
    ]
    return iter(sorted(kept, key=lambda file: file.relative_to(folder).as_posix()))
