"""`shenbao user …`, the accounts of the desk; `shenbao records …`; `shenbao off` and `on`; and `shenbao knowledge export`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from assistant.records.store import Records

ACTOR = "shell"
"""Who stands in the audit log for what is done on the command line."""

_role = click.option(
    "--role",
    type=click.Choice(["staff", "editor", "admin"]),
    required=True,
    help="staff 坐席：检索、答复、处理工单；editor 编辑：另可审核例问；admin 管理员：另可管理账号。",
)
_password = click.option(
    "--password-stdin", "from_stdin", is_flag=True, help="从标准输入读密码（一行），不在终端询问。"
)


@click.group(short_help="坐席账号：新增、改角色、改密码、停用")
def user() -> None:
    """坐席账号：新增、改角色、改密码、停用。"""


@user.command(short_help="新增账号")
@click.argument("name")
@_role
@_password
def add(name: str, role: Any, from_stdin: bool) -> None:
    """新增账号 NAME。第一个管理员也这样建立。"""
    password = _read_password(from_stdin)
    with _opened() as records:
        records.accounts.add(name, role, password, actor=ACTOR)
    click.echo(f"已新增账号 {name}（{role}），可在 /console 登录")


@user.command(name="role", short_help="改角色")
@click.argument("name")
@_role
def change_role(name: str, role: Any) -> None:
    """改账号 NAME 的角色。"""
    with _opened() as records:
        records.accounts.change_role(name, role, actor=ACTOR)
    click.echo(f"账号 {name} 的角色改为 {role}")


@user.command(name="password", short_help="改密码，已登录的一并退出")
@click.argument("name")
@_password
def change_password(name: str, from_stdin: bool) -> None:
    """改账号 NAME 的密码；已登录的一并退出。"""
    password = _read_password(from_stdin)
    with _opened() as records:
        records.accounts.change_password(name, password, actor=ACTOR)
    click.echo(f"账号 {name} 的密码已改")


@user.command(short_help="停用账号")
@click.argument("name")
def disable(name: str) -> None:
    """停用账号 NAME，已登录的一并退出。"""
    with _opened() as records:
        records.accounts.disable(name, actor=ACTOR)
    click.echo(f"账号 {name} 已停用")


@user.command(short_help="恢复停用或因输错密码而锁定的账号")
@click.argument("name")
def enable(name: str) -> None:
    """恢复停用或因输错密码而锁定的账号 NAME。"""
    with _opened() as records:
        records.accounts.enable(name, actor=ACTOR)
    click.echo(f"账号 {name} 已恢复")


@user.command(name="list", short_help="列出账号")
def list_accounts() -> None:
    """列出账号和角色。"""
    with _opened() as records:
        accounts = records.accounts.list()
    for account in accounts:
        click.echo(f"{account.name}  {account.role}{'  已停用' if account.disabled else ''}")


@click.command(short_help="停用智能答复，访客只看到电话")
@click.option("--reason", required=True, metavar="TEXT", help="停用的原因，记入日志，坐席台可见。")
def off(reason: str) -> None:
    """停用智能答复：所有进程两秒内生效，访客只看到电话，坐席台照常使用。"""
    with _opened() as kept:
        kept.switch.turn_off(ACTOR, reason)
    click.echo("智能答复已停用，访客只看到电话；恢复用 shenbao on")


@click.command(short_help="恢复智能答复")
def on() -> None:
    """恢复智能答复，所有进程两秒内生效。"""
    with _opened() as kept:
        kept.switch.turn_on(ACTOR)
    click.echo("智能答复已恢复")


@click.group(short_help="保存的记录：备份、恢复、清理、删除")
def records() -> None:
    """保存的记录：备份、恢复、清理过期的、应要求删除。"""


@records.command(short_help="删除超过保存期限的记录")
@click.option("--dry-run", is_flag=True, help="只数一数，不删除。")
def prune(dry_run: bool) -> None:
    """删除超过保存期限（SHENBAO_KEEP_…_DAYS）的记录，按类别报数。"""
    with _opened() as kept:
        done = kept.pruning.due() if dry_run else kept.pruning.prune(ACTOR)
    for kind, count in done.items():
        click.echo(f"{kind}  {count}")


@records.command(short_help="把全部记录备份到一个文件")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """把同一时刻的全部记录写进 FILE，不影响正在进行的服务；SQLite 和 PostgreSQL 通用。"""
    from assistant.records.backup import back_up  # noqa: PLC0415 - heavy
    from knowledge.clock import now_utc  # noqa: PLC0415

    with _opened() as kept:
        counts = back_up(kept.database, file, now_utc())
    click.echo(f"已备份到 {file}：" + "，".join(f"{name} {count}" for name, count in counts.items()))


@records.command(short_help="把备份恢复到空的数据库")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def restore(file: Path) -> None:
    """把备份 FILE 恢复到 SHENBAO_DATABASE 所指的空数据库，早先版本的备份会一并升级。"""
    from assistant.cli import told  # noqa: PLC0415 - heavy
    from assistant.records.backup import restore as read_back  # noqa: PLC0415
    from assistant.settings import read_settings  # noqa: PLC0415

    with told():
        counts = read_back(read_settings().database, file)
    click.echo("已恢复：" + "，".join(f"{name} {count}" for name, count in counts.items()))


@records.command(short_help="查看或改变数据库的结构版本")
@click.option("--to", "revision", metavar="REVISION", help="升级或退回到这个结构；不写只查看。")
def schema(revision: str | None) -> None:
    """查看数据库的结构版本；退回上一版程序之前，先用 --to 退回它的结构。"""
    from assistant.cli import told  # noqa: PLC0415 - heavy
    from assistant.records.structure import changing_structure, migrate, revision_of  # noqa: PLC0415
    from assistant.settings import read_settings  # noqa: PLC0415

    with told(), changing_structure(read_settings().database) as connection:
        if revision is not None:
            migrate(connection, revision)
        present = revision_of(connection)
    click.echo(f"结构 {present or '（空）'}")


@records.command(short_help="删除一个会话的全部内容")
@click.argument("session_id", metavar="SESSION")
def forget(session_id: str) -> None:
    """删除会话 SESSION 的问答、评价和已知情况；工单只留案号。记入日志，不能恢复。"""
    with _opened() as kept:
        gone = kept.conversations.delete(session_id, ACTOR)
    click.echo(f"已删除会话 {session_id}（{gone} 条问答）")


@click.command(short_help="把已审核的例问写进知识包的文件")
@click.option("--pack", "pack_id", metavar="ID", help="哪个知识包；不写时全部。")
def export(pack_id: str | None) -> None:
    """把已审核的例问写进知识包的 topics/taught.yaml 和 exemplars/taught.txt；写前先核对，有问题就不写。"""
    from assistant.cli import told  # noqa: PLC0415 - heavy
    from assistant.export import export as write  # noqa: PLC0415
    from assistant.settings import read_settings  # noqa: PLC0415
    from knowledge.listed_folders import read_catalogue  # noqa: PLC0415
    from knowledge.pack import load_pack  # noqa: PLC0415

    with told():
        catalogue = read_catalogue(read_settings().packs_root)
        chosen = [catalogue.get_listed(pack_id)] if pack_id else list(catalogue.values())
        packs = [load_pack(listed.folder, listed.name) for listed in chosen]
    for pack in packs:
        with _opened() as records:
            done = write(pack, records.exemplars, ACTOR)
        click.echo(
            f"{pack.id}：写出 {len(done.proposals)} 个例问" + "".join(f"\n  {file}" for file in done.files)
        )


@contextmanager
def _opened() -> Iterator[Records]:
    """The records; refusals are told in one line."""
    from assistant.cli import told  # noqa: PLC0415 - heavy
    from assistant.records.store import open_kept  # noqa: PLC0415
    from assistant.settings import read_settings  # noqa: PLC0415

    with told():
        records = open_kept(read_settings())
        try:
            yield records
        finally:
            records.database.close()


def _read_password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password: str = click.prompt("密码", hide_input=True, confirmation_prompt="再输一次")
    return password
