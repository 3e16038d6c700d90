"""`shenbao` itself, and its commands about what the notice says: `knowledge …` and `search`.

Exit status: 0 done, 1 the work failed (one line on standard error), 2 wrong usage.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from knowledge.command import KnowledgeCommands, Shenbao
from knowledge.packs_root import packs_root

if TYPE_CHECKING:
    from knowledge.catalogue import Catalogue, Listed
    from knowledge.pack import Pack
    from knowledge.retrieval.settings import IndexSettings


@click.group(cls=Shenbao, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="shenbao", prog_name="shenbao", message="%(prog)s %(version)s")
def main() -> None:
    """申报通：答复申报通知的问题，条条有依据。"""


@click.group(cls=KnowledgeCommands, short_help="知识包：检查、查看、建索引")
def knowledge() -> None:
    """知识包：检查、查看、建索引。"""


_pack = click.option("--pack", "pack_id", metavar="ID", help="哪个知识包；只有一个时可省。")
_json = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")


@knowledge.command(short_help="拿知识包同通知原文逐条核对")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def lint(folder: Path | None) -> None:
    """拿知识包同通知原文逐条核对；不写 FOLDER 时核对全部。"""
    from knowledge.lint import lint_pack  # noqa: PLC0415 - heavy
    from knowledge.pack import pack_folders  # noqa: PLC0415

    folders = [folder] if folder else pack_folders(_root())
    findings = [finding for each in folders for finding in lint_pack(each, _added(each))]
    for finding in findings:
        click.echo(str(finding))
    wrong = sum(not finding.open for finding in findings)
    if wrong:
        raise click.ClickException(f"{wrong} 处须改正")
    left = f"，{len(findings)} 处待定" if findings else ""
    click.echo(f"{len(folders)} 个知识包，没有发现问题{left}")


@knowledge.command(short_help="打印条款树")
@_pack
@_json
def show(pack_id: str | None, as_json: bool) -> None:
    """打印条款树：编号、约束的类别、正文。"""
    from knowledge.listing import tree_lines  # noqa: PLC0415 - heavy
    from knowledge.pack import load_text  # noqa: PLC0415

    listed = _listed(pack_id)
    notice, tree = load_text(listed.folder, listed.added)
    if as_json:
        clauses = [clause.model_dump(mode="json") for clause in tree]
        click.echo(json.dumps({"pack": listed.name, "clauses": clauses}, ensure_ascii=False, indent=2))
        return
    for line in tree_lines(notice, tree):
        click.echo(line)


@knowledge.command(name="list", short_help="列出知识包")
@_json
def list_packs(as_json: bool) -> None:
    """列出知识包。"""
    packs = _packs()
    if as_json:
        rows = [
            {"id": p.id, "version": p.notice.version, "title": p.notice.title, "digest": p.digest}
            for p in packs
        ]
        click.echo(json.dumps({"packs": rows}, ensure_ascii=False, indent=2))
        return
    for p in packs:
        counts = f"{len(p.tree)} 个节点，{len(p.rules.criteria)} 个条件，{len(p.topics)} 个问点"
        click.echo(f"{p.id}  {p.notice.version}  {p.notice.document}  {p.notice.title}（{counts}）")


@knowledge.command(short_help="建立检索索引")
@_pack
@click.option("--force", is_flag=True, help="没有变化也重建。")
def build(pack_id: str | None, force: bool) -> None:
    """建立检索索引；不写 --pack 时全部建立，没有变化的不重建。"""
    from knowledge.retrieval.index import build_index  # noqa: PLC0415 - heavy

    settings = _index_settings()
    packs = [_pack_named(pack_id)] if pack_id else _packs()
    for pack in packs:
        build_index(pack, settings, force).close()
        click.echo(f"{pack.id}：索引就绪（{settings.index_root / pack.id}）")


@knowledge.command(short_help="载入通知的一个附件")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--annex", "number", type=click.IntRange(1, 99), required=True, help="附件几。")
@_pack
@click.option("--background", is_flag=True, help="其他版本的附件，只作背景材料：可以查到，不作条件。")
@click.option(
    "--accept", default="", metavar="WHICH", help="接受哪些规则建议：all、none、sure 或编号如 1,3-5。"
)
@click.option("--partial", is_flag=True, help="除接受的条件外，附件还有别的要求，由申报单位对照。")
@click.option("--yes", is_flag=True, help="不再询问；规则建议只接受有把握的，或 --accept 指明的。")
@_json
def add(file: Path, number: int, pack_id: str | None, as_json: bool, **chosen: object) -> None:
    """读入 FILE，先给出读到的条款树、疑点和规则建议，确认后才载入。"""
    from knowledge.adding_commands import Choice, add_annex  # noqa: PLC0415 - heavy

    pack = _pack_named(pack_id)
    choice = Choice(**chosen)  # type: ignore[arg-type] # click's own types
    add_annex(pack, _additions(), file, number, choice, _indexed, as_json=as_json)


@knowledge.command(short_help="移除载入的附件")
@click.option("--annex", "number", type=click.IntRange(1, 99), required=True, help="附件几。")
@_pack
@click.option("--background", is_flag=True, help="移除的是背景材料。")
def remove(number: int, pack_id: str | None, background: bool) -> None:
    """移除先前载入的附件，条件、答复随之回到没有载入时的样子。"""
    from knowledge.adding_commands import remove_annex  # noqa: PLC0415 - heavy

    remove_annex(_pack_named(pack_id), _additions(), number, _indexed, background=background)


@click.command(short_help="检索条款")
@click.argument("query")
@click.option("--k", type=click.IntRange(1, 50), default=5, show_default=True, help="最多几条。")
@_pack
@_json
def search(query: str, k: int, pack_id: str | None, as_json: bool) -> None:
    """检索与 QUERY 最相关的条款。"""
    from knowledge.listing import hit_lines  # noqa: PLC0415 - heavy
    from knowledge.retrieval.index import open_index  # noqa: PLC0415

    pack = _pack_named(pack_id)
    index = open_index(pack, _index_settings())
    hits = index.search(query, k)
    index.close()
    if as_json:
        rows = [
            {
                "document": pack.notice.document,
                "clause_id": hit.clause_id,
                "label": pack.tree.get(hit.clause_id).label,
                "text": pack.tree.get(hit.clause_id).text,
                "score": hit.score,
            }
            for hit in hits
        ]
        click.echo(json.dumps({"hits": rows}, ensure_ascii=False, indent=2))
        return
    for line in hit_lines(pack.tree, hits):
        click.echo(line)


def _indexed(pack: Pack) -> None:
    from knowledge.retrieval.index import build_index  # noqa: PLC0415 - heavy

    build_index(pack, _index_settings()).close()


def _root() -> Path:
    return packs_root()


def _added(folder: Path) -> Path | None:
    """Where what was added to a pack is kept; None where its head cannot be read, which lint tells."""
    from knowledge.catalogue import Head  # noqa: PLC0415 - heavy
    from knowledge.errors import PackError  # noqa: PLC0415
    from knowledge.pack import NOTICE_FILE, additions_folder  # noqa: PLC0415
    from knowledge.strict_yaml import load_model  # noqa: PLC0415

    try:
        return additions_folder(_additions(), load_model(folder / NOTICE_FILE, Head).id)
    except PackError:
        return None


def _additions() -> Path:
    return Path(os.environ.get("SHENBAO_ADDITIONS_ROOT") or "var/packs")


def _index_settings() -> IndexSettings:
    from pydantic import ValidationError  # noqa: PLC0415 - heavy

    from knowledge.retrieval.settings import IndexSettings  # noqa: PLC0415

    try:
        return IndexSettings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = "SHENBAO_" + "_".join(map(str, wrong["loc"])).upper()
        raise click.UsageError(f"设置 {name} 有误：收到 {wrong['input']!r}") from error


def _packs() -> Iterator[Pack]:
    """All packs, one after another."""
    from knowledge.pack import load_pack  # noqa: PLC0415 - heavy

    return (load_pack(listed.folder, listed.name, listed.added) for listed in _catalogue().values())


def _pack_named(pack_id: str | None) -> Pack:
    from knowledge.pack import load_pack  # noqa: PLC0415 - heavy

    listed = _listed(pack_id)
    return load_pack(listed.folder, listed.name, listed.added)


def _catalogue() -> Catalogue:
    from knowledge.listed_folders import read_catalogue  # noqa: PLC0415 - heavy

    return read_catalogue(_root(), additions=_additions())


def _listed(pack_id: str | None) -> Listed:
    """The pack asked for, or the only one. Raises PackError and UsageError."""
    found = _catalogue()
    if not found:
        from knowledge.errors import PackError  # noqa: PLC0415 - after the command line is read

        raise PackError(_root(), 0, "没有任何知识包", "请放入知识包，或改正 SHENBAO_PACKS_ROOT")
    if pack_id is None and len(found) == 1:
        return next(iter(found.values()))
    if pack_id is None or pack_id not in found:
        from knowledge.catalogue import some_names  # noqa: PLC0415 - after the command line is read

        asked = f"没有知识包 {pack_id}" if pack_id else "有多个知识包，请用 --pack 指明"
        raise click.UsageError(f"{asked}；现有：{some_names(found)}")
    return found[pack_id]
