"""The commands by which a notice becomes a pack and proposals are decided on."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from knowledge.cli import main

NOTICE = Path(__file__).parents[3] / "fixtures" / "notices" / "guangdong-2024-digital.txt"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("SHENBAO_PACKS_ROOT", str(tmp_path))

    def call(*words: str, answer: str = "") -> tuple[int, str]:
        result = CliRunner().invoke(main, ["knowledge", *words], input=answer)
        return result.exit_code, result.output

    return call


def test_a_notice_is_shown_first_and_written_after_a_yes(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, shown = run("new", "guangdong-2025", str(NOTICE), answer="n\n")
    assert code != 0
    assert list(tmp_path.iterdir()) == []
    for word in ("工业软件攻关", "020-83133254", "2025-01-10", "规则建议", "没有找到发文字号"):
        assert word in shown
    code, shown = run("new", "guangdong-2025", str(NOTICE), "--yes")
    assert code == 0, shown
    code, told = run("new", "guangdong-2025", str(NOTICE), "--yes")
    assert code != 0
    assert "已经存在" in told
    assert run("new", "Bad Id", str(NOTICE), "--yes")[0] != 0


def test_proposals_are_listed_accepted_and_rejected(run) -> None:  # type: ignore[no-untyped-def]
    run("new", "guangdong-2025", str(NOTICE), "--yes")
    code, listed = run("proposals", "guangdong-2025")
    assert code == 0
    assert "研发人员占比不低于30%" in listed
    assert run("reject", "guangdong-2025", "1", "--by", "王芳", "--on", "2024-12-01")[0] == 0
    code, told = run("accept", "guangdong-2025", "--all-above", "0.8", "--by", "王芳", "--on", "2024-12-01")
    assert code == 0, told
    code, checked = run("lint")
    assert code == 0, checked
    assert "待定" in checked
    assert run("accept", "guangdong-2025")[0] != 0
    assert run("proposals", "nowhere")[0] != 0
