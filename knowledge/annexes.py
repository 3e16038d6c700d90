"""Annexes that were added to a pack after it was made: their texts, and what was accepted of them.

    <folder>/annexes/annex-1.txt        the text as it was read
    <folder>/annexes/annex-1.yaml       where it comes from, and the facts and criteria that a person accepted
    <folder>/annexes/background-1.*     the same of another edition, which decides nothing

They stand in the pack's own folder, or in one beside it that a running service may write to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from knowledge.clauses import ClauseTree, parse_annex
from knowledge.cues import FactCues
from knowledge.errors import PackError
from knowledge.facts import FactSchema, FactSpec
from knowledge.models import Annex, Clause, Frozen, Notice
from knowledge.rules import AnnexNode, Criterion, RuleBook, leaves
from knowledge.strict_yaml import load_model

ANNEXES_FOLDER = "annexes"
BACKGROUND = "background-"
"""Of ids of clauses and names of files: a text that may be read and never decides anything."""
_RECORD = re.compile(r"(annex|background)-([1-9][0-9]?)\.yaml")


class AnnexRecord(Frozen):
    """annex-1.yaml: where the text of an annex comes from, and what was accepted of it."""

    number: int = Field(ge=1, le=99)
    file: str = Field(description="name of the file that was read")
    sha256: str = Field(description="of that file")
    added_on: date
    edition: str = Field(default="", description="the year or document number that the text names, if any")
    background: bool = Field(default=False, description="of another edition: shown, never a condition")
    partial: bool = Field(
        default=False,
        description="the annex asks for more than its criteria say, which a person has to confirm",
    )
    warnings: tuple[str, ...] = Field(
        default=(), description="what was doubtful when the file was read, Chinese"
    )
    facts: tuple[FactSpec, ...] = ()
    cues: dict[str, Any] = Field(default={}, description="how its facts are told, as in fact_cues.yaml")
    criteria: tuple[Criterion, ...] = ()

    @model_validator(mode="after")
    def _cues_are_cues(self) -> AnnexRecord:
        FactCues.model_validate(self.cues)
        if self.background and (self.facts or self.criteria):
            raise ValueError("背景材料不得有事实和条件")
        return self

    @property
    def stem(self) -> str:
        """Name of its files, and id of its root clause."""
        return stem_of(self.number, background=self.background)


@dataclass(frozen=True, slots=True)
class AddedAnnex:
    """An annex with its clauses; `folder` is where its files stand."""

    record: AnnexRecord
    clauses: tuple[Clause, ...]
    folder: Path


def stem_of(number: int, *, background: bool) -> str:
    """annex-1, or background-1."""
    return f"{BACKGROUND if background else 'annex-'}{number}"


def is_background(clause_id: str) -> bool:
    """Whether a clause belongs to a text of another edition."""
    return clause_id.startswith(BACKGROUND)


def read_annexes(folders: Iterable[Path], notice: Notice) -> tuple[AddedAnnex, ...]:
    """The annexes that stand in `folders`, by number; a later folder takes precedence. Raises PackError."""
    found: dict[str, AddedAnnex] = {}
    for folder in folders:
        for file in sorted(folder.glob("*.yaml")):
            if _RECORD.fullmatch(file.name):
                added = _read(file, notice)
                found[added.record.stem] = added
    return tuple(sorted(found.values(), key=lambda added: (added.record.background, added.record.number)))


def _read(file: Path, notice: Notice) -> AddedAnnex:
    record = load_model(file, AnnexRecord)
    if record.stem != file.stem:
        raise PackError(
            file, 0, f"文件名与内容不一致：内容是 {record.stem}", "请改正文件名或 number、background"
        )
    text = file.with_suffix(".txt")
    try:
        source = text.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise PackError(text, 0, "附件正文不存在", "请重新载入该附件，或删去同名的 .yaml") from error
    except UnicodeDecodeError as error:
        raise PackError(text, 0, "附件正文不是 UTF-8 编码", "请重新载入该附件") from error
    return AddedAnnex(
        record, annex_clauses(source, annex_of(notice, record.number, file), record, notice), file.parent
    )


def annex_of(notice: Notice, number: int, file: Path | str) -> Annex:
    """The annex of this number in the notice's registry. Raises PackError naming `file`."""
    for annex in notice.annexes:
        if annex.number == number:
            return annex
    known = "、".join(str(annex.number) for annex in notice.annexes) or "（无）"
    raise PackError(file, 0, f"通知没有附件{number}", f"通知的附件编号为：{known}")


def annex_clauses(source: str, annex: Annex, record: AnnexRecord, notice: Notice) -> tuple[Clause, ...]:
    """The clauses of an annex; those of a background text carry their own ids and say so in their labels."""
    categories = [category for category in notice.categories if category.id in annex.categories]
    clauses = parse_annex(source, annex.number, categories or notice.categories).clauses
    if not record.background:
        return clauses
    plain, label = stem_of(annex.number, background=False), f"附件{annex.number}"
    shown = f"背景材料（{record.edition or '其他版本'}，不作依据）{label}"
    return tuple(
        clause.model_copy(
            update={
                "id": record.stem + clause.id.removeprefix(plain),
                "label": shown + clause.label.removeprefix(label),
                "parent": clause.parent and record.stem + clause.parent.removeprefix(plain),
            }
        )
        for clause in clauses
    )


def with_clauses(tree: ClauseTree, annexes: Sequence[AddedAnnex]) -> ClauseTree:
    """The notice's clauses, then those of its annexes. Raises PackError where the notice prints an annex itself."""
    for added in annexes:
        if any(clause.id in tree for clause in added.clauses):
            raise PackError(
                added.folder / f"{added.record.stem}.yaml",
                0,
                f"通知原文已含附件{added.record.number}的正文",
                "请先移除后来载入的这一份",
            )
    return ClauseTree(
        (*tree.clauses, *(clause for added in annexes for clause in added.clauses)), tree.page_numbers
    )


def with_loaded(notice: Notice, tree: ClauseTree) -> Notice:
    """The notice, each annex marked as loaded whose text is in the tree."""
    annexes = tuple(
        annex.model_copy(update={"loaded": stem_of(annex.number, background=False) in tree})
        for annex in notice.annexes
    )
    return notice if annexes == notice.annexes else notice.model_copy(update={"annexes": annexes})


def with_facts(schema: FactSchema, annexes: Iterable[AddedAnnex]) -> FactSchema:
    """The pack's facts and those that its annexes declare. Raises PackError for a name that is taken."""
    facts = list(schema.facts)
    for added in _deciding(annexes):
        taken = {spec.name for spec in facts} & {spec.name for spec in added.record.facts}
        if taken:
            raise PackError(
                added.folder / f"{added.record.stem}.yaml",
                0,
                f"事实名重复：{'、'.join(sorted(taken))}",
                "请改用另一个名字",
            )
        facts += added.record.facts
    return FactSchema(facts=tuple(facts))


def with_criteria(rules: RuleBook, annexes: Iterable[AddedAnnex]) -> RuleBook:
    """The pack's criteria, those of an annex right behind the one that the annex decides. Raises PackError."""
    criteria = list(rules.criteria)
    for added in _deciding(annexes):
        at = next(
            (n for n, one in enumerate(criteria, 1) if _left_to(one, added.record.number)), len(criteria)
        )
        ids = {one.id for one in criteria}
        for one in added.record.criteria:
            if one.id in ids:
                raise PackError(
                    added.folder / f"{added.record.stem}.yaml",
                    0,
                    f"条件 id 重复：{one.id}",
                    "请改用另一个 id",
                )
        criteria[at:at] = added.record.criteria
    return rules.model_copy(update={"criteria": tuple(criteria)})


def with_cues(cues: FactCues, annexes: Iterable[AddedAnnex]) -> FactCues:
    """The pack's cues and those by which the facts of its annexes are told; what the pack says once stands."""
    for added in _deciding(annexes):
        more = FactCues.model_validate(added.record.cues)
        merged = {
            name: (*getattr(cues, name), *getattr(more, name)) for name in ("states", "counts", "measures")
        }
        for name in ("place", "since", "until", "amount", "levels", "usage"):
            merged[name] = getattr(cues, name) or getattr(more, name)
        cues = cues.model_copy(update=merged)
    return cues


def _left_to(criterion: Criterion, number: int) -> bool:
    """Whether the criterion leaves something to the annex of this number."""
    nodes = [leaf for leaf in leaves(criterion.rule) if isinstance(leaf, AnnexNode)]
    return any(number in (n.annex.values() if isinstance(n.annex, dict) else (n.annex,)) for n in nodes)


def _deciding(annexes: Iterable[AddedAnnex]) -> Iterable[AddedAnnex]:
    return (added for added in annexes if not added.record.background)
