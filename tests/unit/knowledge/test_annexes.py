"""Annexes added to a pack: what joins it, and what never decides anything."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.adding import (
    accepted,
    discard,
    draft_annex,
    keep,
    read_draft,
    undone_on_failure,
)
from knowledge.annexes import ANNEXES_FOLDER, AnnexRecord, is_background
from knowledge.documents import read_document
from knowledge.errors import AnnexRefused, PackError, StorageUnavailable
from knowledge.lint import lint_pack
from knowledge.pack import PACKS_ROOT, load_pack
from knowledge.strict_yaml import load_model

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # what tests share belongs to no package

import guideline

FOLDER = PACKS_ROOT / "jiangsu-2023-industrial-internet"
DAY = date(2023, 2, 1)


def draft(pack: Any, content: bytes = b"", name: str = "附件1.txt", number: int = 1, **more: Any) -> Any:
    content = content or guideline.as_text()
    more.setdefault("background", False)
    return draft_annex(pack, read_document(content, name), content, number, added_on=DAY, **more)


def added(pack: Any, place: Path, **more: Any) -> Any:
    """The pack with the guideline added, what is sure of it accepted."""
    understood = draft(pack, **more)
    keep(place / ANNEXES_FOLDER, accepted(understood, pack, understood.sure), understood.source)
    return load_pack(FOLDER, added=place)


def test_its_clauses_facts_and_criteria_join_the_pack(pack: Any, tmp_path: Path) -> None:
    more = added(pack, tmp_path)
    assert more.tree.get("annex-1:2.3").label == "附件1 二、（三）"
    assert [annex.number for annex in more.notice.annexes if annex.loaded] == [1]
    assert more.digest != pack.digest
    assert len(more.schema.facts) == len(pack.schema.facts) + 4
    ids = [criterion.id for criterion in more.rules.criteria]
    at = ids.index("guideline")
    assert [c.clause for c in more.rules.criteria[at + 1 : at + 5]] == [
        "annex-1:t1.1",
        "annex-1:t1.2",
        "annex-1:t1.3",
        "annex-1:2.3",
    ]
    assert {
        category for clause in more.tree if clause.id.startswith("annex-1") for category in clause.categories
    } == {"platform"}


def test_an_empty_folder_of_additions_changes_nothing(pack: Any, tmp_path: Path) -> None:
    assert load_pack(FOLDER, added=tmp_path / "none") == pack


def test_what_was_kept_reads_back_the_same(pack: Any, tmp_path: Path) -> None:
    understood = draft(pack)
    record = accepted(understood, pack, [p.number for p in understood.proposals], partial=True)
    keep(tmp_path, record, understood.source)
    assert load_model(tmp_path / "annex-1.yaml", AnnexRecord) == record
    assert (tmp_path / "annex-1.txt").read_bytes().decode() == understood.source
    assert read_draft(pack, understood.record, understood.source) == understood


def test_replacing_an_annex_keeps_the_names_of_its_facts(pack: Any, tmp_path: Path) -> None:
    once = added(pack, tmp_path)
    again = added(once, tmp_path)
    assert [s.name for s in again.schema.facts] == [s.name for s in once.schema.facts]


def test_removing_it_undoes_all(pack: Any, tmp_path: Path) -> None:
    added(pack, tmp_path)
    assert discard(tmp_path / ANNEXES_FOLDER, 1)
    assert not discard(tmp_path / ANNEXES_FOLDER, 1)
    assert load_pack(FOLDER, added=tmp_path) == pack


def test_what_follows_and_fails_puts_the_files_back(pack: Any, tmp_path: Path) -> None:
    folder = tmp_path / ANNEXES_FOLDER
    added(pack, tmp_path)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}

    def fail() -> None:
        with undone_on_failure(folder, 1, background=False):
            discard(folder, 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_text_without_its_record_counts_for_nothing(pack: Any, tmp_path: Path) -> None:
    added(pack, tmp_path)
    (tmp_path / ANNEXES_FOLDER / "annex-1.yaml").unlink()
    assert load_pack(FOLDER, added=tmp_path).tree == pack.tree


def test_a_record_without_its_text_is_told(pack: Any, tmp_path: Path) -> None:
    added(pack, tmp_path)
    (tmp_path / ANNEXES_FOLDER / "annex-1.txt").unlink()
    with pytest.raises(PackError, match="附件正文不存在"):
        load_pack(FOLDER, added=tmp_path)


def test_a_background_text_has_ids_and_labels_of_its_own_and_no_rules(pack: Any, tmp_path: Path) -> None:
    source = guideline.as_text().decode().replace("江苏省", "2022年度江苏省", 1).encode()
    understood = draft(pack, source, background=True)
    assert understood.proposals == ()
    keep(tmp_path / ANNEXES_FOLDER, understood.record, understood.source)
    more = load_pack(FOLDER, added=tmp_path)
    clause = more.tree.get("background-1:2.1")
    assert clause.label == "背景材料（2022，不作依据）附件1 二、（一）"
    assert is_background(clause.id)
    assert "background-1:1" in {child.id for child in more.tree.children("background-1")}
    assert not any(annex.loaded for annex in more.notice.annexes)
    assert (more.rules, more.schema) == (pack.rules, pack.schema)


def test_both_an_annex_and_its_background_may_be_there(pack: Any, tmp_path: Path) -> None:
    added(pack, tmp_path)
    old = draft(pack, background=True)
    keep(tmp_path / ANNEXES_FOLDER, old.record, old.source)
    tree = load_pack(FOLDER, added=tmp_path).tree
    assert "annex-1:2.1" in tree
    assert "background-1:2.1" in tree


@pytest.mark.parametrize(
    ("content", "number", "cause"),
    [
        (guideline.as_text(), 2, "文中写的是附件1"),
        (guideline.as_text().split(b"\n", 1)[1], 2, "标题是附件1"),
        (guideline.as_text().replace("江苏省".encode(), "2022年度江苏省".encode(), 1), 1, "另一版本"),
    ],
)
def test_what_is_not_this_annex_is_refused(pack: Any, content: bytes, number: int, cause: str) -> None:
    with pytest.raises(AnnexRefused, match=cause):
        draft(pack, content, number=number)


def test_a_number_without_annex_is_refused(pack: Any) -> None:
    with pytest.raises(PackError, match="通知没有附件9"):
        draft(pack, number=9)


def test_a_title_that_is_not_the_annexs_is_doubted(pack: Any) -> None:
    understood = draft(pack, "随手写的说明\n一、要求\n设备不少于5台。\n".encode())
    assert any("请核对是不是这一份" in warning for warning in understood.warnings)


def test_of_a_file_with_several_annexes_only_the_one_asked_for_is_read(pack: Any) -> None:
    both = (
        guideline.as_text()
        + "\n附件2\n江苏省工业互联网标杆工厂建设指南\n一、另一份\n另一份的内容。\n".encode()
    )
    first, second = draft(pack, both), draft(pack, both, number=2)
    assert not any("另一份" in clause.text for clause in first.clauses)
    assert [clause.id for clause in second.clauses] == ["annex-2", "annex-2:1"]


def test_a_notice_that_prints_an_annex_itself_takes_no_other(pack: Any, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(FOLDER, folder)
    text = folder / "notice.txt"
    text.write_text(
        text.read_text(encoding="utf-8") + "\n附件1\n建设指南\n一、要求\n照办。\n", encoding="utf-8"
    )
    assert [a.number for a in load_pack(folder).notice.annexes if a.loaded] == [1]
    understood = draft(pack)
    keep(tmp_path / "added" / ANNEXES_FOLDER, understood.record, understood.source)
    with pytest.raises(PackError, match="通知原文已含附件1"):
        load_pack(folder, added=tmp_path / "added")


def test_a_folder_that_cannot_be_written_says_what_to_do(pack: Any, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("no folder")
    understood = draft(pack)
    with pytest.raises(StorageUnavailable, match="SHENBAO_ADDITIONS_ROOT"):
        keep(place / ANNEXES_FOLDER, understood.record, understood.source)


def test_a_fact_that_the_pack_has_is_not_declared_twice(pack: Any, tmp_path: Path) -> None:
    text = guideline.as_text("五、申报条件", "（一）申报单位注册时间不少于2年。").replace(
        "四、附则\n本指南由江苏省工业和信息化厅负责解释。\n".encode(), b""
    )
    understood = draft(pack, text)
    assert "registered_on" in {spec.name for p in understood.proposals for spec in p.facts}
    record = accepted(understood, pack, [p.number for p in understood.proposals])
    assert "registered_on" not in {spec.name for spec in record.facts}
    keep(tmp_path / ANNEXES_FOLDER, record, understood.source)
    assert load_pack(FOLDER, added=tmp_path).schema.spec("registered_on") == pack.schema.spec("registered_on")


def test_lint_holds_its_criteria_against_its_clauses(pack: Any, tmp_path: Path) -> None:
    added(pack, tmp_path)
    assert lint_pack(FOLDER, tmp_path) == []
    file = tmp_path / ANNEXES_FOLDER / "annex-1.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("threshold: '10000'", "threshold: '9000'"))
    findings = lint_pack(FOLDER, tmp_path)
    assert [finding.cause for finding in findings] == ["条款 annex-1:t1.1 中没有数字 9000"]
    assert findings[0].file == str(file)
    assert findings[0].line
