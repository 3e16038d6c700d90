"""Adding an annex to a pack: read and shown first, kept only once a person has accepted what was understood.

What is proposed follows from the text alone, so that a preview and what is kept after it never differ.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from knowledge.annexes import AnnexRecord, annex_clauses, annex_of, stem_of
from knowledge.clauses import ClauseTree, annexes_named
from knowledge.documents import Document
from knowledge.drafting.proposal import Proposal
from knowledge.drafting.recognise import propose
from knowledge.editions import other_edition, signs_of
from knowledge.errors import AnnexRefused, StorageUnavailable
from knowledge.models import Annex, Clause, Notice
from knowledge.normalise import squeeze
from knowledge.pack import Pack

SURE = 0.7
"""Confidence from which a proposed rule is ticked beforehand."""
_SIGNS_TOLD = 3
_HEAD_LINES = 8


@dataclass(frozen=True, slots=True)
class AnnexDraft:
    """An annex as it was understood, nothing kept yet. `record` has no facts and criteria; `warnings` are Chinese."""

    record: AnnexRecord
    source: str
    clauses: tuple[Clause, ...]
    proposals: tuple[Proposal, ...]
    warnings: tuple[str, ...]

    @property
    def tree(self) -> ClauseTree:
        """The annex's clauses by themselves."""
        return ClauseTree(self.clauses)

    @property
    def sure(self) -> tuple[int, ...]:
        """Numbers of the proposals that are ticked beforehand."""
        return tuple(p.number for p in self.proposals if p.confidence >= SURE)


def draft_annex(
    pack: Pack, document: Document, content: bytes, number: int, *, background: bool, added_on: date
) -> AnnexDraft:
    """What a document says as annex `number` of a pack's notice; `content` is the file it was read from.

    Raises AnnexRefused for another edition's or another annex's text, and PackError for a number without annex.
    """
    notice = pack.notice
    annex = annex_of(notice, number, document.name)
    source = document.text()
    foreign = other_edition(signs_of(source, document.name, notice), notice)
    if foreign and not background:
        told = "、".join(f"{sign.place}“{sign.words}”" for sign in foreign[:_SIGNS_TOLD])
        raise AnnexRefused(
            document.name,
            f"写的是另一版本（{told}），不是{notice.document}的附件{number}",
            "请换用本通知的附件；只想留作参考的，可标为背景材料再提供，它不作为条件",
            foreign[0].edition,
        )
    if not background:
        _require_this_annex(source, document.name, annex, notice)
    record = AnnexRecord(
        number=number,
        file=document.name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        added_on=added_on,
        edition=foreign[0].edition if foreign else "" if background else str(notice.year),
        background=background,
        warnings=(*document.warnings, *_title_warnings(source, annex)),
    )
    return read_draft(pack, record, source)


def read_draft(pack: Pack, record: AnnexRecord, source: str) -> AnnexDraft:
    """The draft of a text that was read before. Raises AnnexRefused where the text has no clause at all."""
    annex = annex_of(pack.notice, record.number, record.file)
    clauses = annex_clauses(source, annex, record, pack.notice)
    if not any(clause.text for clause in clauses):
        raise AnnexRefused(record.file, "没有可用的文字", "请提供有文字的附件")
    warnings = [*record.warnings]
    if len(clauses) < 2:
        warnings.append("没有认出编号，全文作为一条")
    proposals: tuple[Proposal, ...] = ()
    if not record.background:
        bound = [category for category in pack.notice.categories if category.id in annex.categories]
        proposals = propose(ClauseTree(clauses), bound, taken=_taken(pack, record.number))
    return AnnexDraft(record, source, clauses, proposals, tuple(dict.fromkeys(warnings)))


def accepted(
    draft: AnnexDraft, pack: Pack, numbers: Collection[int], *, partial: bool = False
) -> AnnexRecord:
    """The record with the proposals of these numbers. A fact that the pack itself declares is not declared again."""
    chosen = [proposal for proposal in draft.proposals if proposal.number in numbers]
    known = {spec.name for spec in pack.schema.facts} - _own_names(pack, draft.record.number)
    facts = {spec.name: spec for p in chosen for spec in p.facts if spec.name not in known}
    cues: dict[str, object] = {}
    for proposal in chosen:
        for kind, told in proposal.cues.items():
            before = cues.get(kind)
            cues[kind] = [*before, *told] if isinstance(before, list) else cues.get(kind, told)
    return draft.record.model_copy(
        update={
            "facts": tuple(facts.values()),
            "cues": cues,
            "criteria": tuple(proposal.criterion for proposal in chosen),
            "partial": partial and bool(chosen),
        }
    )


def keep(folder: Path, record: AnnexRecord, source: str) -> None:
    """Write the two files of an annex; one that is broken off leaves no annex rather than half of one.

    Raises StorageUnavailable.
    """
    text, data = (folder / f"{record.stem}{suffix}" for suffix in (".txt", ".yaml"))
    plain = record.model_dump(mode="json", exclude_defaults=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        data.unlink(missing_ok=True)
        _write(text, source)
        _write(data, yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=110))
    except OSError as error:
        raise _unwritable(folder, error) from error


def discard(folder: Path, number: int, *, background: bool = False) -> bool:
    """Remove the files of an annex; False where there are none. Raises StorageUnavailable."""
    stem = stem_of(number, background=background)
    try:
        existed = (folder / f"{stem}.yaml").exists()
        for suffix in (".yaml", ".txt"):
            (folder / f"{stem}{suffix}").unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return existed


@contextmanager
def undone_on_failure(folder: Path, number: int, *, background: bool) -> Iterator[None]:
    """Put the files of an annex back as they were should what is done here fail."""
    stem = stem_of(number, background=background)
    files = [folder / f"{stem}{suffix}" for suffix in (".txt", ".yaml")]
    before = [file.read_bytes() if file.exists() else None for file in files]
    try:
        yield
    except BaseException:
        for file, content in zip(files, before, strict=True):
            with suppress(OSError):  # what failed first is told
                file.unlink(missing_ok=True) if content is None else file.write_bytes(content)
        raise


def _write(file: Path, text: str) -> None:
    part = file.with_name(f".{file.name}.part")
    with part.open("w", encoding="utf-8", newline="") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


def _unwritable(folder: Path, error: OSError) -> StorageUnavailable:
    return StorageUnavailable(
        f"附件目录 {folder} 写不进去（{error.strerror}）：请开放写权限、腾出空间，或用 SHENBAO_ADDITIONS_ROOT 指定另一目录"
    )


def _require_this_annex(source: str, name: str, annex: Annex, notice: Notice) -> None:
    named = annexes_named(source)
    if named and annex.number not in named:
        raise AnnexRefused(
            name, f"文中写的是附件{'、'.join(map(str, named))}，不是附件{annex.number}", "请核对附件编号"
        )
    if annex.number in named:
        return
    head = squeeze("".join(source.splitlines()[:_HEAD_LINES]))
    other = next((a for a in notice.annexes if squeeze(a.title) in head and a.number != annex.number), None)
    if other and squeeze(annex.title) not in head:
        raise AnnexRefused(
            name, f"标题是附件{other.number}《{other.title}》，不是附件{annex.number}", "请核对附件编号"
        )


def _title_warnings(source: str, annex: Annex) -> Iterable[str]:
    if squeeze(annex.title) not in squeeze("".join(source.splitlines()[:_HEAD_LINES])):
        yield f"开头没有见到附件{annex.number}的名称《{annex.title}》，请核对是不是这一份"


def _taken(pack: Pack, number: int) -> set[str]:
    """Names of facts and criteria that are given away, those of the annex that is being replaced apart."""
    names = {spec.name for spec in pack.schema.facts} | {one.id for one in pack.rules.criteria}
    return names - _own_names(pack, number)


def _own_names(pack: Pack, number: int) -> set[str]:
    return {
        name
        for added in pack.annexes
        if added.record.number == number
        for name in (*(s.name for s in added.record.facts), *(c.id for c in added.record.criteria))
    }
