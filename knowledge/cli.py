"""`shenbao` itself, and its commands about what the notice says: `knowledge …` and `search`.

Exit status: 0 done, 1 the work failed (one line on standard error), 2 wrong usage.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from knowledge.command import KnowledgeCommands, Shenbao
from knowledge.packs_root import packs_root

if TYPE_CHECKING:
    from knowledge.pack import Pack
    from knowledge.retrieval.settings import IndexSettings

Found = TypeVar("Found")


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
    findings = [finding for each in folders for finding in lint_pack(each)]
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
    from knowledge.pack import load_text, pack_folders  # noqa: PLC0415

    texts = {notice.id: (notice, tree) for notice, tree in map(load_text, pack_folders(_root()))}
    notice, tree = _chosen(texts, pack_id)
    if as_json:
        clauses = [clause.model_dump(mode="json") for clause in tree]
        click.echo(json.dumps({"pack": notice.id, "clauses": clauses}, ensure_ascii=False, indent=2))
        return
    for line in tree_lines(notice, tree):
        click.echo(line)


@knowledge.command(name="list", short_help="列出知识包")
@_json
def list_packs(as_json: bool) -> None:
    """列出知识包。"""
    packs = _packs().values()
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
    packs = [_chosen(_packs(), pack_id)] if pack_id else list(_packs().values())
    for pack in packs:
        build_index(pack, settings, force).close()
        click.echo(f"{pack.id}：索引就绪（{settings.index_root / pack.id}）")


@click.command(short_help="检索条款")
@click.argument("query")
@click.option("--k", type=click.IntRange(1, 50), default=5, show_default=True, help="最多几条。")
@_pack
@_json
def search(query: str, k: int, pack_id: str | None, as_json: bool) -> None:
    """检索与 QUERY 最相关的条款。"""
    from knowledge.listing import hit_lines  # noqa: PLC0415 - heavy
    from knowledge.retrieval.index import open_index  # noqa: PLC0415

    pack = _chosen(_packs(), pack_id)
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


def _root() -> Path:
    return packs_root()


def _index_settings() -> IndexSettings:
    from pydantic import ValidationError  # noqa: PLC0415 - heavy

    from knowledge.retrieval.settings import IndexSettings  # noqa: PLC0415

    try:
        return IndexSettings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = "SHENBAO_" + "_".join(map(str, wrong["loc"])).upper()
        raise click.UsageError(f"设置 {name} 有误：收到 {wrong['input']!r}") from error


def _packs() -> dict[str, Pack]:
    from knowledge.pack import load_packs  # noqa: PLC0415 - heavy

    return load_packs(_root())


def _chosen(found: dict[str, Found], pack_id: str | None) -> Found:
    """What belongs to the pack asked for, or to the only one. Raises PackError and UsageError."""
    if not found:
        from knowledge.errors import PackError  # noqa: PLC0415 - after the command line is read

        raise PackError(_root(), 0, "没有任何知识包", "请放入知识包，或改正 SHENBAO_PACKS_ROOT")
    if pack_id is None and len(found) == 1:
        return next(iter(found.values()))
    if pack_id is None or pack_id not in found:
        asked = f"没有知识包 {pack_id}" if pack_id else "有多个知识包，请用 --pack 指明"
        raise click.UsageError(f"{asked}；现有：{'、'.join(found)}")
    return found[pack_id]
