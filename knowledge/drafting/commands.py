"""`shenbao knowledge new | proposals | accept | reject`: a notice becomes a pack, and its rules are decided on."""

from __future__ import annotations

import getpass
import json
import re
from datetime import date, datetime
from pathlib import Path

import click

from knowledge.clock import today_in_beijing
from knowledge.packs_root import packs_root

_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,63}")


@click.command(short_help="由通知文件起草一个知识包")
@click.argument("pack_id", metavar="ID")
@click.argument(
    "files",
    metavar="FILE…",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--yes", is_flag=True, help="不再询问，直接写入。")
def new(pack_id: str, files: tuple[Path, ...], yes: bool) -> None:
    """由通知文件起草知识包 ID：先显示读懂了什么、还缺什么，确认后写入。"""
    from knowledge.drafting.draft import draft_notice, read_text  # noqa: PLC0415 - heavy
    from knowledge.drafting.shown import draft_lines  # noqa: PLC0415
    from knowledge.drafting.writing import write_pack  # noqa: PLC0415
    from knowledge.errors import PackError  # noqa: PLC0415

    if not _ID.fullmatch(pack_id):
        raise click.UsageError("ID 只能用小写字母、数字和连字符，2 至 64 位，如 jiangsu-2024-green-factory")
    root = packs_root()
    if (root / pack_id).exists():
        raise PackError(root / pack_id, 0, f"知识包 {pack_id} 已经存在", "请换一个 ID，或先移走原来的知识包")
    source, warnings = read_text(files)
    draft = draft_notice(pack_id, source)
    for line in (*(f"注意：{warning}" for warning in warnings), *draft_lines(draft)):
        click.echo(line)
    if not yes:
        click.confirm("写入知识包？", abort=True)
    folder = write_pack(draft, root)
    click.echo(f"已写入 {folder}；规则建议未经接受不生效，见 shenbao knowledge proposals {pack_id}")


@click.command(short_help="列出规则建议")
@click.argument("pack_id", metavar="ID")
@click.option("--all", "every", is_flag=True, help="连同已决定的。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def proposals(pack_id: str, every: bool, as_json: bool) -> None:
    """列出知识包的规则建议：编号、状态、把握、条款、问话、原文。"""
    from knowledge.drafting.proposal import load_proposals  # noqa: PLC0415 - heavy
    from knowledge.drafting.shown import proposal_lines  # noqa: PLC0415

    found = load_proposals(_folder(pack_id))
    shown = found.proposals if every else found.open
    if as_json:
        rows = [proposal.model_dump(mode="json") for proposal in shown]
        click.echo(json.dumps({"proposals": rows}, ensure_ascii=False, indent=2))
        return
    for line in proposal_lines(shown):
        click.echo(line)
    click.echo(f"{len(found.proposals)} 条建议，{len(found.open)} 条待定")


_by = click.option("--by", default=getpass.getuser, show_default="当前用户", help="由谁决定。")
_on = click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help="哪天决定；不写是今天。")


@click.command(short_help="接受规则建议，写入事实和条件")
@click.argument("pack_id", metavar="ID")
@click.argument("numbers", metavar="N…", nargs=-1, type=click.IntRange(1))
@click.option("--all-above", type=click.FloatRange(0, 1), help="接受把握不低于此值的全部待定建议。")
@_by
@_on
def accept(
    pack_id: str, numbers: tuple[int, ...], all_above: float | None, by: str, on: datetime | None
) -> None:
    """接受规则建议：写入 facts.yaml、rules.yaml 和 fact_cues.yaml。"""
    from knowledge.drafting import deciding  # noqa: PLC0415 - heavy
    from knowledge.drafting.proposal import load_proposals  # noqa: PLC0415

    folder = _folder(pack_id)
    if bool(numbers) == (all_above is not None):
        raise click.UsageError("请写建议的编号，或者用 --all-above")
    chosen = numbers or deciding.above(load_proposals(folder), all_above or 0.0)
    accepted = deciding.accept(folder, chosen, by=by, on=_day(on))
    click.echo(f"接受了 {len(accepted)} 条；重新启动服务后生效")


@click.command(short_help="拒绝规则建议")
@click.argument("pack_id", metavar="ID")
@click.argument("numbers", metavar="N…", nargs=-1, required=True, type=click.IntRange(1))
@_by
@_on
def reject(pack_id: str, numbers: tuple[int, ...], by: str, on: datetime | None) -> None:
    """拒绝规则建议；建议留在 proposals.yaml 备查。"""
    from knowledge.drafting import deciding  # noqa: PLC0415 - heavy

    rejected = deciding.reject(_folder(pack_id), numbers, by=by, on=_day(on))
    click.echo(f"拒绝了 {len(rejected)} 条")


def _day(on: datetime | None) -> date:
    return on.date() if on else today_in_beijing()


def _folder(pack_id: str) -> Path:
    """The folder of a pack. Raises UsageError where there is none of this id."""
    from knowledge.pack import pack_folders  # noqa: PLC0415 - heavy

    folder = next((each for each in pack_folders(packs_root()) if each.name == pack_id), None)
    if folder is None:
        raise click.UsageError(f"没有知识包 {pack_id}")
    return folder
