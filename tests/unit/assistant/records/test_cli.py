from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner

from assistant.records.store import open_records
from knowledge.cli import main
from knowledge.pack import PACKS_ROOT, load_pack

PACK = "jiangsu-2023-industrial-internet"


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """The command sends its log elsewhere, for as long as it runs."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SHENBAO_DATABASE", f"sqlite:///{tmp_path}/var/shenbao.db")
    return f"sqlite:///{tmp_path}/var/shenbao.db"


def run(*arguments: str, entered: str | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments, input=entered)
    return result.exit_code, result.output


def test_the_first_admin_is_made_on_the_command_line(url):
    status, told = run(
        "user", "add", "王芳", "--role", "admin", "--password-stdin", entered="a long password\n"
    )
    assert (status, "/console" in told) == (0, True)
    records = open_records(url)
    assert records.accounts.sign_in("王芳", "a long password")[1].role == "admin"
    assert records.audit.list()[0].actor == "shell"
    records.database.close()


def test_a_password_is_asked_for_twice_and_never_shown(url):
    status, told = run("user", "add", "li", "--role", "staff", entered="a long password\na long password\n")
    assert status == 0
    assert "a long password" not in told
    assert run("user", "list") == (0, "li  staff\n")


def test_accounts_are_changed_disabled_and_enabled(url):
    for name, role in (("one", "admin"), ("two", "staff")):
        run("user", "add", name, "--role", role, "--password-stdin", entered="a long password\n")
    assert run("user", "role", "two", "--role", "editor")[0] == 0
    assert run("user", "password", "two", "--password-stdin", entered="another password\n")[0] == 0
    assert run("user", "disable", "two")[0] == 0
    assert run("user", "list")[1] == "one  admin\ntwo  editor  已停用\n"
    assert run("user", "enable", "two")[0] == 0
    records = open_records(url)
    assert records.accounts.sign_in("two", "another password")
    records.database.close()


@pytest.mark.parametrize(
    ("arguments", "entered", "told"),
    [
        (("user", "add", "a b", "--role", "staff", "--password-stdin"), "a long password\n", "账号名"),
        (("user", "add", "li", "--role", "staff", "--password-stdin"), "short\n", "密码"),
        (("user", "add", "li", "--role", "boss", "--password-stdin"), "", "boss"),
        (("user", "role", "nobody", "--role", "staff"), "", "nobody"),
        (("knowledge", "export", "--pack", "none"), "", "none"),
    ],
)
def test_wrong_usage_is_told(url, arguments, entered, told):
    status, output = run(*arguments, entered=entered)
    assert status == 2
    assert told in output
    assert "Traceback" not in output


def test_the_last_admin_cannot_be_disabled(url):
    run("user", "add", "one", "--role", "admin", "--password-stdin", entered="a long password\n")
    status, told = run("user", "disable", "one")
    assert (status, "管理员" in told) == (1, True)


def test_what_was_approved_is_exported_into_the_pack_and_passes_the_lint(url, tmp_path, monkeypatch):
    root = tmp_path / "packs"
    shutil.copytree(PACKS_ROOT / PACK, root / PACK)
    monkeypatch.setenv("SHENBAO_PACKS_ROOT", str(root))
    records = open_records(url)
    made = records.exemplars.propose(
        pack=PACK, question="五星级由谁拍板呀", clauses=("4.2.2",), topic=None, note="", by="li"
    )
    records.exemplars.approve(made.id, "wang")
    records.database.close()
    status, told = run("knowledge", "export")
    assert status == 0, told
    assert "写出 1 个例问" in told
    assert "topics/taught.yaml" in told
    assert run("knowledge", "lint")[0] == 0
    assert load_pack(root / PACK).topic(f"taught-{made.id}") is not None
    assert "写出 0 个例问" in run("knowledge", "export")[1]


def test_what_is_too_old_is_counted_and_deleted(url, monkeypatch):
    monkeypatch.setenv("SHENBAO_KEEP_AUDIT_DAYS", "1")
    long_ago = datetime.now(UTC) - timedelta(days=3)
    records = open_records(url, lambda: long_ago)
    records.audit.record("li", "a", "b")
    records.database.close()
    assert "audit  1" in run("records", "prune", "--dry-run")[1]
    assert "audit  1" in run("records", "prune")[1]
    assert "audit  0" in run("records", "prune")[1]


def test_a_conversation_that_is_not_there_cannot_be_forgotten(url):
    status, told = run("records", "forget", "none")
    assert status == 2
    assert "没有这个会话" in told


def test_the_assistant_is_turned_off_and_on(url):
    assert run("off")[0] == 2
    assert run("off", "--reason", "通知已改")[0] == 0
    records = open_records(url)
    assert records.switch.is_off()
    records.database.close()
    assert run("on")[0] == 0
    status, told = run("on")
    assert (status, "没有停用" in told) == (1, True)
