"""Proposals accepted or rejected by a person: what is accepted becomes facts, rules and cues of the pack."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.drafting.proposal import PROPOSALS_FILE, Proposal, Proposals, load_proposals
from knowledge.drafting.writing import proposals_text
from knowledge.drafting.yaml_text import has_key, with_items, with_list, with_value
from knowledge.errors import PackError
from knowledge.facts import FactSchema, FactSpec
from knowledge.lint import CUES_FILE, lint_pack
from knowledge.pack import FACTS_FILE, RULES_FILE, load_pack, load_text
from knowledge.rules import RuleBook
from knowledge.strict_yaml import load_model

_HEADS = {
    FACTS_FILE: "# 事实表：申报单位对自身的陈述。未陈述的一律按“未知”，不按“否”。\n",
    RULES_FILE: "# 申报条件：每条都有条款和原文。\n",
    CUES_FILE: "# 说法表：申报单位说到每条事实时用的词。\n",
}


def above(proposals: Proposals, confidence: float) -> tuple[int, ...]:
    """The numbers of the open proposals that are at least so sure."""
    return tuple(proposal.number for proposal in proposals.open if proposal.confidence >= confidence)


def accept(folder: Path, numbers: Sequence[int], *, by: str, on: date) -> tuple[Proposal, ...]:
    """Take proposals into the pack. The same numbers give the same files; all of them are written or none.

    Raises PackError for a number that is not open, and where the pack would not be sound any more.
    """
    proposals = load_proposals(folder)
    chosen = _open(folder, proposals, numbers)
    texts = {name: _read(folder / name) for name in (FACTS_FILE, RULES_FILE, CUES_FILE)}
    for proposal in chosen:
        try:
            texts[FACTS_FILE] = _with_facts(texts[FACTS_FILE], proposal.facts)
            texts[CUES_FILE] = _with_cues(texts[CUES_FILE], proposal.cues)
            texts[RULES_FILE] = _with_rule(folder, texts[RULES_FILE], proposal)
        except (ValueError, KeyError) as error:
            raise PackError(
                folder, 0, f"写不进建议 {proposal.number}：{error}", "请按分行的列表书写后重试"
            ) from error
    texts[PROPOSALS_FILE] = proposals_text(_decided(proposals, numbers, "accepted", by, on))
    _replace(folder, texts)
    return chosen


def reject(folder: Path, numbers: Sequence[int], *, by: str, on: date) -> tuple[Proposal, ...]:
    """Set proposals aside; they stay in proposals.yaml. Raises PackError for a number that is not open."""
    proposals = load_proposals(folder)
    chosen = _open(folder, proposals, numbers)
    _replace(folder, {PROPOSALS_FILE: proposals_text(_decided(proposals, numbers, "rejected", by, on))})
    return chosen


def _open(folder: Path, proposals: Proposals, numbers: Iterable[int]) -> tuple[Proposal, ...]:
    by_number = {proposal.number: proposal for proposal in proposals.proposals}
    found = []
    for number in dict.fromkeys(numbers):
        proposal = by_number.get(number)
        if proposal is None or proposal.status != "open":
            cause = (
                f"没有建议 {number}" if proposal is None else f"建议 {number} 已经决定过（{proposal.status}）"
            )
            raise PackError(
                folder / PROPOSALS_FILE, 0, cause, "请用 shenbao knowledge proposals 查看待定的建议"
            )
        found.append(proposal)
    return tuple(found)


def _decided(proposals: Proposals, numbers: Sequence[int], status: str, by: str, on: date) -> Proposals:
    decision = {"status": status, "decided_by": by, "decided_on": on}
    return Proposals(
        proposals=tuple(
            Proposal.model_validate(p.model_dump() | decision) if p.number in set(numbers) else p
            for p in proposals.proposals
        )
    )


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else _HEADS[file.name]


def _model(text: str, model: type[Any], absent: Any) -> Any:
    """The model of a file's text."""
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        return absent
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "text.yaml"
        file.write_text(text, encoding="utf-8")
        return load_model(file, model)


def _with_facts(text: str, specs: Iterable[FactSpec]) -> str:
    """A fact that the pack has already is asked of the new categories as well."""
    for spec in specs:
        known: FactSchema = _model(text, FactSchema, FactSchema(facts=()))
        place = next((at for at, each in enumerate(known.facts) if each.name == spec.name), None)
        if place is None:
            text = with_items(text, "facts", [spec])
            continue
        before = known.facts[place]
        if before.type != spec.type or before.unit != spec.unit:
            raise ValueError(f"事实 {spec.name} 的类型或单位与 facts.yaml 中的不同")
        categories = list(dict.fromkeys((*before.categories, *spec.categories)))
        if len(categories) > len(before.categories):
            text = with_list(text, ("facts", place, "categories"), categories)
    return text


def _with_cues(text: str, cues: dict[str, Any]) -> str:
    """New words; of a fact that has some, and of a reader that a pack has once, the first stay."""
    from knowledge.cues import FactCues  # noqa: PLC0415 - heavy

    for kind, value in cues.items():
        known: FactCues = _model(text, FactCues, FactCues())
        if isinstance(value, list):
            fresh = [cue for cue in value if cue["fact"] not in known.facts()]
            text = with_items(text, kind, list({cue["fact"]: cue for cue in fresh}.values()))
        elif not has_key(text, kind) and value["fact"] not in known.facts():
            text = with_value(text, kind, value)
    return text


def _with_rule(folder: Path, text: str, proposal: Proposal) -> str:
    known: RuleBook = _model(text, RuleBook, RuleBook(scope="", criteria=()))
    if not known.scope:
        if has_key(text, "scope"):
            raise ValueError("rules.yaml 的 scope 为空")
        text = with_value(text, "scope", _scope(folder, proposal))
    criterion = proposal.criterion
    taken = {each.id for each in known.criteria}
    number, name = 1, criterion.id
    while name in taken:
        number += 1
        name = f"{criterion.id}_{number}"
    return with_items(text, "criteria", [criterion.model_copy(update={"id": name})])


def _scope(folder: Path, proposal: Proposal) -> str:
    """The clause of conditions, else the outermost one above the proposal's."""
    from knowledge.drafting.recognise import conditions_root  # noqa: PLC0415 - only for the first rule

    _, tree = load_text(folder)
    above_it = [clause.id for clause in tree.ancestors(proposal.clause)]
    root = conditions_root(tree)
    return root if root in (*above_it, proposal.clause) else (above_it or [proposal.clause])[0]


def _replace(folder: Path, texts: dict[str, str]) -> None:
    """Put the files in place once a copy of the pack has been found as sound as it was."""
    before = {(f.cause, f.remedy) for f in lint_pack(folder) if not f.open}
    with tempfile.TemporaryDirectory() as place:
        trial = Path(place) / folder.name
        shutil.copytree(folder, trial)
        for name, text in texts.items():
            (trial / name).write_text(text, encoding="utf-8")
        load_pack(trial)
        wrong = [f for f in lint_pack(trial) if not f.open and (f.cause, f.remedy) not in before]
        if wrong:
            first = wrong[0]
            raise PackError(
                folder / Path(first.file).name, first.line, f"接受后知识包有误：{first.cause}", first.remedy
            )
    for name, text in texts.items():
        part = folder / f".{name}.part"
        part.write_text(text, encoding="utf-8")
        part.replace(folder / name)
