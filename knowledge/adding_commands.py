"""`shenbao knowledge add` and `remove`: an annex shown as it was understood, and kept after a yes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from knowledge.adding import AnnexDraft, accepted, discard, draft_annex, keep, undone_on_failure
from knowledge.annexes import ANNEXES_FOLDER, AnnexRecord, annex_of, stem_of
from knowledge.clock import today_in_beijing
from knowledge.documents import read_document
from knowledge.errors import AnnexRefused, PackError
from knowledge.listing import tree_lines
from knowledge.pack import Pack, additions_folder, load_pack

Index = Callable[[Pack], None]
"""Builds the index of a pack, as it is now."""
_RANGE = re.compile(r"([0-9]{1,4})(?:-([0-9]{1,4}))?")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the command line says of the annex: `accept` is all, none, sure, numbers, or empty to be asked."""

    background: bool
    accept: str
    partial: bool
    yes: bool


def add_annex(
    pack: Pack, additions: Path, file: Path, number: int, choice: Choice, index: Index, *, as_json: bool
) -> None:
    """Read, show, ask, keep and index. Raises DocumentRefused, AnnexRefused, PackError, StorageUnavailable, UsageError."""
    content = file.read_bytes()
    today = today_in_beijing()
    document = read_document(content, file.name)
    try:
        draft = draft_annex(pack, document, content, number, background=choice.background, added_on=today)
    except AnnexRefused as error:
        raise (click.ClickException(f"{error}（加 --background）") if error.edition else error) from error
    if not as_json:
        for line in preview_lines(pack, draft):
            click.echo(line)
    numbers = _numbers(draft, _wanted(draft, choice))
    if not choice.yes and not click.confirm("载入？", err=as_json):
        raise click.ClickException("没有载入，什么都没有改动")
    record = accepted(draft, pack, numbers, partial=choice.partial)
    folder = additions_folder(additions, pack.id) / ANNEXES_FOLDER
    with undone_on_failure(folder, record.number, background=record.background):
        keep(folder, record, draft.source)
        index(load_pack(pack.folder, pack.id, folder.parent))
    if as_json:
        click.echo(json.dumps(told(pack, draft, record, folder), ensure_ascii=False, indent=2))
        return
    click.echo(
        f"已载入{_name(pack, record)}：{len(draft.clauses)} 个节点，{len(record.criteria)} 个条件（{folder}）"
    )


def remove_annex(pack: Pack, additions: Path, number: int, index: Index, *, background: bool) -> None:
    """Remove what `add` kept, and index what is left. Raises PackError where there is nothing of the kind."""
    folder = additions_folder(additions, pack.id) / ANNEXES_FOLDER
    annex_of(pack.notice, number, folder)
    with undone_on_failure(folder, number, background=background):
        existed = discard(folder, number, background=background)
        if existed:
            index(load_pack(pack.folder, pack.id, folder.parent))
    if not existed:
        own = pack.folder / ANNEXES_FOLDER / f"{stem_of(number, background=background)}.yaml"
        remedy = (
            f"它是知识包自带的，请删去 {own}"
            if own.exists()
            else "请用 shenbao knowledge show 查看已载入的附件"
        )
        raise PackError(folder, 0, f"没有载入过{'背景材料' if background else ''}附件{number}", remedy)
    click.echo(f"已移除{'背景材料' if background else ''}附件{number}")


def preview_lines(pack: Pack, draft: AnnexDraft) -> Iterator[str]:
    """What was understood: the tree, what is doubtful, and the proposed rules with their quotes."""
    yield f"{draft.record.file} → {_name(pack, draft.record)}"
    yield from tree_lines(pack.notice, draft.tree)
    if any(added.record.stem == draft.record.stem for added in pack.annexes):
        yield "！ 已载入过这个附件，确认后换成这一份"
    for warning in draft.warnings:
        yield f"！ {warning}"
    if draft.record.background:
        yield "背景材料：可以查到，标明版本，不作条件，不参与判定"
        return
    yield f"规则建议 {len(draft.proposals)} 条（* 有把握；接受后才生效）"
    for one in draft.proposals:
        sure = "*" if one.number in draft.sure else " "
        label = next(clause.label for clause in draft.clauses if clause.id == one.clause)
        yield f"{sure}{one.number:>3}  {one.confidence:.2f}  {label}  {one.criterion.title}：「{one.quote}」"
        for spec in one.facts:
            yield f"          问：{spec.question}"


def told(pack: Pack, draft: AnnexDraft, record: AnnexRecord, folder: Path) -> dict[str, Any]:
    """What was kept, as JSON."""
    return {
        "pack": pack.id,
        "annex": record.number,
        "background": record.background,
        "file": record.file,
        "sha256": record.sha256,
        "folder": str(folder),
        "clauses": [{"clause_id": c.id, "label": c.label, "text": c.text} for c in draft.clauses],
        "warnings": list(draft.warnings),
        "proposals": [
            {
                "number": p.number,
                "confidence": p.confidence,
                "clause_id": p.clause,
                "quote": p.quote,
                "facts": [spec.name for spec in p.facts],
                "accepted": p.criterion in record.criteria,
            }
            for p in draft.proposals
        ],
    }


def _wanted(draft: AnnexDraft, choice: Choice) -> str:
    if choice.accept or choice.yes or not draft.proposals:
        return choice.accept or "sure"
    answer: str = click.prompt("接受哪些规则建议（all、none、sure 或编号如 1,3-5）", default="sure")
    return answer


def _numbers(draft: AnnexDraft, wanted: str) -> set[int]:
    """The numbers of the proposals that are meant. Raises UsageError."""
    known = {proposal.number for proposal in draft.proposals}
    fixed = {"all": known, "none": set(), "sure": set(draft.sure)}
    if wanted in fixed:
        return fixed[wanted]
    found: set[int] = set()
    for part in wanted.replace("，", ",").split(","):
        match = _RANGE.fullmatch(part.strip())
        numbers = range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)
        if not numbers or not set(numbers) <= known:
            raise click.UsageError(
                f"没有编号为 {part.strip()!r} 的规则建议；应为 all、none、sure 或 1 至 {len(known)}"
            )
        found |= set(numbers)
    return found


def _name(pack: Pack, record: AnnexRecord) -> str:
    title = annex_of(pack.notice, record.number, record.file).title
    return f"{'背景材料：' if record.background else ''}附件{record.number}《{title}》"
