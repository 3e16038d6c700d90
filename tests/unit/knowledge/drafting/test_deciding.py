"""From a notice's text to a pack, and from proposals to rules: whole or not at all, and sound."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.drafting.deciding import above, accept, reject
from knowledge.drafting.draft import draft_notice, read_text
from knowledge.drafting.proposal import PROPOSALS_FILE, load_proposals
from knowledge.drafting.writing import write_pack
from knowledge.errors import PackError
from knowledge.lint import lint_pack
from knowledge.pack import load_pack

NOTICES = Path(__file__).parents[3] / "fixtures" / "notices"
FILES = sorted(f for f in NOTICES.rglob("*") if f.is_file() and not f.name.endswith(".key.yaml"))
ON = date(2024, 5, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source, _ = read_text([NOTICES / "zhejiang-2024-5g-factory.txt"])
    return write_pack(draft_notice("zhejiang-5g", source), tmp_path / "packs")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_a_drafted_pack_is_sound_before_and_after_all_is_accepted(tmp_path: Path, file: Path) -> None:
    source, _ = read_text([file])
    folder = write_pack(draft_notice("drafted", source), tmp_path)
    assert [f for f in lint_pack(folder) if not f.open] == []
    assert load_pack(folder).rules.criteria == ()
    proposals = load_proposals(folder)
    accept(folder, [p.number for p in proposals.proposals], by="王芳", on=ON)
    assert [f for f in lint_pack(folder) if not f.open] == []
    pack = load_pack(folder)
    assert len(pack.rules.criteria) == len(proposals.proposals)
    assert {name for c in pack.rules.criteria for name in c.facts} <= {
        spec.name for spec in pack.schema.facts
    }


def test_the_text_is_kept_and_an_id_is_given_once(folder: Path) -> None:
    source, _ = read_text([NOTICES / "zhejiang-2024-5g-factory.txt"])
    assert (folder / "notice.txt").read_text(encoding="utf-8") == source
    before = sorted(folder.iterdir())
    with pytest.raises(PackError, match="已经存在"):
        write_pack(draft_notice("zhejiang-5g", source), folder.parent)
    assert sorted(folder.iterdir()) == before
    assert [each.name for each in folder.parent.iterdir()] == ["zhejiang-5g"]


def test_what_is_decided_is_kept_with_who_and_when(folder: Path) -> None:
    accept(folder, [3, 4], by="王芳", on=ON)
    reject(folder, [5], by="李雷", on=ON)
    decided = {p.number: (p.status, p.decided_by, p.decided_on) for p in load_proposals(folder).proposals}
    assert decided[3] == decided[4] == ("accepted", "王芳", ON)
    assert decided[5] == ("rejected", "李雷", ON)
    assert decided[1] == ("open", "", None)
    for number in (3, 5, 999):
        with pytest.raises(PackError, match=str(number)):
            accept(folder, [number], by="王芳", on=ON)


def test_accepting_the_same_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    source, _ = read_text([NOTICES / "zhejiang-2024-5g-factory.txt"])
    again = write_pack(draft_notice("zhejiang-5g", source), tmp_path / "again")
    for each in (folder, again):
        accept(each, above(load_proposals(each), 0.8), by="王芳", on=ON)
    for name in ("facts.yaml", "rules.yaml", "fact_cues.yaml", PROPOSALS_FILE):
        assert (folder / name).read_bytes() == (again / name).read_bytes()


def test_comments_and_rules_of_a_person_stay(folder: Path) -> None:
    accept(folder, [3], by="王芳", on=ON)
    rules, facts = folder / "rules.yaml", folder / "facts.yaml"
    rules.write_text(
        rules.read_text(encoding="utf-8") + "\n# 以下是备注\nnotes: []  # 还没有\n", encoding="utf-8"
    )
    facts.write_text("# 王芳核对过\n" + facts.read_text(encoding="utf-8"), encoding="utf-8")
    accept(folder, [4], by="王芳", on=ON)
    text = rules.read_text(encoding="utf-8")
    assert text.index("revenue") < text.index("# 以下是备注") < text.index("notes: []  # 还没有")
    assert facts.read_text(encoding="utf-8").startswith("# 王芳核对过\n")
    assert len(load_pack(folder).rules.criteria) == 2


def test_nothing_is_written_where_the_pack_would_not_be_sound(folder: Path) -> None:
    file = folder / PROPOSALS_FILE
    file.write_text(
        file.read_text(encoding="utf-8").replace("quote: 成立时间满2年", "quote: 成立时间满9年", 1),
        encoding="utf-8",
    )
    before = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    with pytest.raises(PackError, match="满9年"):
        accept(folder, [3, 4], by="王芳", on=ON)
    assert {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()} == before


def test_what_is_open_is_told_and_is_no_failure(tmp_path: Path) -> None:
    folder = write_pack(
        draft_notice("bare", "关于申报绿色工厂的通知\n\n一、申报条件\n\n1.注册满2年。\n"), tmp_path
    )
    told = [str(finding) for finding in lint_pack(folder) if finding.open]
    assert any("规则建议待定" in line for line in told)
    assert any("截止时间" in line for line in told)
    assert any("联系电话" in line for line in told)
    assert [f for f in lint_pack(folder) if not f.open] == []


def test_a_text_that_is_no_notice_is_refused() -> None:
    with pytest.raises(PackError, match="标题"):
        draft_notice("nothing", "今天天气不错\n")
