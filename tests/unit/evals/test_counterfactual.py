import shutil
from pathlib import Path

import pytest

from evals.cases import CasesRefused
from evals.counterfactual import Edit, Replacement, apply, load_edited, load_edits
from evals.suites import SUITES_ROOT
from knowledge.pack import load_pack

FOLDER = SUITES_ROOT / "counterfactual"


def test_every_edit_applies_and_leaves_a_pack_that_loads(source, tmp_path: Path) -> None:
    for edit in load_edits(FOLDER / "edits.yaml"):
        copy = tmp_path / edit.id
        shutil.copytree(source.pack.folder, copy, ignore=shutil.ignore_patterns("exemplars"))
        apply(edit, copy)
        pack = load_pack(copy)
        assert {c.id for c in pack.tree} == {c.id for c in source.pack.tree}, edit.id
        assert any(a.text != b.text for a, b in zip(pack.tree, source.pack.tree, strict=True)), edit.id


def test_every_case_names_an_edit_and_every_edit_has_cases() -> None:
    edits = {edit.id for edit in load_edits(FOLDER / "edits.yaml")}
    assert {edited.edit for edited in load_edited(FOLDER / "cases.jsonl")} == edits


def test_an_edit_that_changes_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text("不少于1年", encoding="utf-8")
    nothing = Edit(
        id="x", title="x", replacements=(Replacement(files="notice.txt", find="9年", replace="8年"),)
    )
    with pytest.raises(CasesRefused, match="没有找到"):
        apply(nothing, tmp_path)
