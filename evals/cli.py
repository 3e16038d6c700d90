"""`shenbao eval run|compare` and `shenbao bench`.

Exit status: 0 done and every threshold met, 1 a threshold missed or the work failed, 2 wrong usage.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

if TYPE_CHECKING:
    from assistant.settings import Settings
    from evals.answer import Target
    from evals.running import Model, Run
    from evals.suites import Suite
    from knowledge.pack import Pack

MISSED = 1
MOST_GROWTH = 1.5
"""How much more an answer may cost at the largest number of packs than at the smallest."""


@click.group(name="eval", short_help="测评：逐套件打分、出报告、比较两次")
def evaluate() -> None:
    """测评：逐套件打分、出报告、比较两次。"""


@evaluate.command(short_help="跑测评套件并写出报告")
@click.argument("suites", nargs=-1, metavar="[SUITE…]")
@click.option("--target", default="in-process", show_default=True, metavar="in-process|URL", help="测谁。")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("build/eval"), show_default=True, help="报告目录。"
)
@click.option(
    "--cases",
    "case_file",
    type=click.Path(path_type=Path, exists=True),
    help="自己的问题：JSONL、CSV 或 XLSX。",
)
@click.option(
    "--split", type=click.Choice(["dev", "test", "all"]), default="all", show_default=True, help="哪一半。"
)
@click.option("--no-baselines", is_flag=True, help="不跑对照。")
@click.option("--llm", is_flag=True, help="同时测接上语言模型（SHENBAO_LLM_…）的，并列比较。")
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="只问分层抽取的约 N 个用例。")
@click.option("--pack", "pack_id", metavar="ID", help="哪个知识包；只有一个时可省。")
def run(
    suites: tuple[str, ...],
    target: str,
    out: Path,
    case_file: Path | None,
    split: str,
    no_baselines: bool,
    llm: bool,
    sample: int | None,
    pack_id: str | None,
) -> int:
    """跑测评套件（不写则全部），打印结果表，在 --out 写出报告；有指标低于下限时退出码为 1。"""
    from evals.report.console import show  # noqa: PLC0415 - the command's help needs none of this
    from evals.report.writing import write  # noqa: PLC0415
    from evals.suites import load_suites, own_questions  # noqa: PLC0415

    if llm and target != "in-process":
        raise click.UsageError("--llm 只用于 in-process：接上和不接须是同一程序")
    chosen = own_questions(case_file) if case_file else load_suites(suites)
    if sample is not None:
        from evals.sampling import sampled  # noqa: PLC0415

        chosen = sampled(chosen, sample, cast(Any, split))
    began = time.perf_counter()
    result = _run(chosen, target, cast(Any, split), not no_baselines, pack_id, llm)
    result = result.model_copy(update={"seconds": time.perf_counter() - began})
    write(result, out)
    show(result)
    click.echo(f"报告：{out / 'report.html'}")
    return 0 if result.passed else MISSED


@evaluate.command(short_help="比较两次测评")
@click.argument("first", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("second", type=click.Path(path_type=Path, exists=True, file_okay=False))
def compare(first: Path, second: Path) -> None:
    """比较两次测评的报告目录：哪些用例变了，变化是否显著。"""
    from evals.compare import compared, lines, other_ground  # noqa: PLC0415 - the command's help needs none of this
    from evals.running import read_digests, read_rows  # noqa: PLC0415

    if changed := other_ground(read_digests(first), read_digests(second)):
        click.echo(f"两次所用不同：{'、'.join(changed)}（知识包 pack、模型 model、程序 code）")
    for line in lines(compared(read_rows(first), read_rows(second))):
        click.echo(line)


@evaluate.command(short_help="记录用例的分半（开发、测试）")
def freeze() -> None:
    """把用例文件的摘要和分半记入 split.json；用例改动后须重跑。"""
    from evals.split import SPLIT_FILE, freeze  # noqa: PLC0415 - the command's help needs none of this

    freeze()
    click.echo(f"已写入 {SPLIT_FILE}")


@evaluate.command(short_help="列出与测试用例雷同的例问")
@click.option("--pack", "pack_id", metavar="ID", help="哪个知识包；只有一个时可省。")
def leaks(pack_id: str | None) -> int:
    """列出与测试用例相同或近似的例问，须从知识包里删去；有则退出码为 1。"""
    from assistant.settings import read_settings  # noqa: PLC0415 - the command's help needs none of this
    from evals.cases import load_cases  # noqa: PLC0415
    from evals.split import CASE_FILES, EVALS  # noqa: PLC0415
    from evals.split import leaks as found_among  # noqa: PLC0415
    from knowledge.field_topics import load_field_topics  # noqa: PLC0415

    settings = read_settings()
    topics = (*_pack(settings.packs_root, pack_id or settings.default_pack).topics, *load_field_topics())
    holder = {question: topic.id for topic in topics for question in topic.questions}
    cases = [case for name in CASE_FILES for case in load_cases(EVALS / name)]
    found = found_among(cases, holder)
    for leak in found:
        click.echo(f"{leak.case}  [{holder[leak.exemplar]}] {leak.exemplar}  {leak.similarity:.2f}")
    click.echo(f"{len(found)} 个测试用例在例问里有雷同")
    return MISSED if found else 0


@click.command(short_help="启动与应答的耗时比；知识包多了怎样；与别的框架比")
@click.option("--scale", is_flag=True, help="量知识包由少到多时的建索引时间、内存和应答耗时。")
@click.option(
    "--packs",
    "sizes",
    default="1,10,20",
    show_default=True,
    help="--scale 量哪些个数，如 1,10,100,1000,2000。",
)
@click.option(
    "--work",
    type=click.Path(path_type=Path),
    default=Path("build/scale"),
    show_default=True,
    help="--scale 的工作目录；中断后再运行即接着做。",
)
@click.option("--seed", type=int, default=1, show_default=True, help="--scale 生成知识包的种子。")
@click.option("--peers", is_flag=True, help="改为与 LangChain、Haystack、LlamaIndex 的默认流水线比较。")
@click.option(
    "--peers-python",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("build/peers-venv/bin/python"),
    show_default=True,
    help="它们所在环境的 python；make peers 会建好。",
)
@click.option(
    "--load", is_flag=True, help="改为量负载：每秒答多少、各等多久，与空接口和 LangChain 接口相比。"
)
@click.option(
    "--seconds", type=click.FloatRange(1, 600), default=10, show_default=True, help="--load 每次量多久。"
)
def bench(
    scale: bool,
    sizes: str,
    work: Path,
    seed: int,
    peers: bool,
    peers_python: Path,
    load: bool,
    seconds: float,
) -> int:
    """量启动相对于导入、应答相对于 LangChain 检索器的耗时比；或按选项量知识包由少到多、与别的框架相比、负载。"""
    if load:
        return _bench_load(seconds)
    if scale:
        return _bench_scale(sizes, work, seed)
    if peers:
        return _compare_peers(peers_python)
    return _bench()


def _compare_peers(python: Path) -> int:
    from assistant.settings import read_settings  # noqa: PLC0415 - the command's help needs none of this
    from evals.peers.comparing import compared, table  # noqa: PLC0415
    from evals.source import Source  # noqa: PLC0415

    if not python.is_file():
        raise click.UsageError(f"没有 {python}：请用 make peers，它会建好别的框架所在的环境")
    settings = read_settings()
    found = compared(Source(_pack(settings.packs_root, settings.default_pack)), python)
    click.echo(f"{found[0].questions} questions")
    click.echo(table(found))
    return 0


def _bench_load(seconds: float) -> int:
    from evals.cases import load_cases  # noqa: PLC0415 - the command's help needs none of this
    from evals.load.measuring import measured, table  # noqa: PLC0415
    from evals.split import CASE_FILES, EVALS  # noqa: PLC0415

    questions = [case.text for case in load_cases(EVALS / CASE_FILES[0]) if case.half == "dev"]
    found = [one for processes in (1, 2) for one in measured(questions, processes, seconds)]
    click.echo(table(found))
    return 0


def _bench() -> int:
    from assistant.settings import read_settings  # noqa: PLC0415 - the command's help needs none of this
    from evals.bench import StartCommand, run_bench  # noqa: PLC0415
    from evals.cases import load_cases  # noqa: PLC0415
    from evals.split import CASE_FILES, EVALS  # noqa: PLC0415
    from evals.targets import InProcess, open_workshop  # noqa: PLC0415

    settings = read_settings()
    pack = _pack(settings.packs_root, settings.default_pack)
    with tempfile.TemporaryDirectory() as scratch:
        desk = open_workshop(pack, settings, Path(scratch)).desk
        cases = [case for case in load_cases(EVALS / CASE_FILES[0]) if case.half == "dev"][:60]
        assistant = InProcess(desk)
        result = run_bench(
            desk.index,
            [case.text for case in cases],
            lambda question: assistant.ask(question, cases[0].as_of, "bench"),
            StartCommand.shenbao(SHENBAO_INDEX_ROOT=str(settings.index_root)),
        )
    for name, value in result.model_dump().items():
        click.echo(f"{name}: {value:.3f}" if value is not None else f"{name}: -")
    for name in ("start_ratio", "search_ratio", "answer_ratio"):
        value = getattr(result, name)
        click.echo(f"{name}: {value:.2f}" if value is not None else f"{name}: -")
    return 0


def _bench_scale(sizes: str, work: Path, seed: int) -> int:
    from evals.generated import MOST  # noqa: PLC0415 - the command's help needs none of this
    from evals.report.console import show_scale, stages  # noqa: PLC0415
    from evals.scale import run_scale  # noqa: PLC0415

    try:
        wanted = [int(size) for size in sizes.split(",")]
    except ValueError:
        wanted = []
    if not wanted or not all(1 <= size <= MOST for size in wanted):
        raise click.UsageError(f"--packs 应为 1 至 {MOST} 的整数，用逗号分开，收到 {sizes[:60]!r}")
    with stages() as announce:
        result = run_scale(work, wanted, seed, announce=announce)
    show_scale(result)
    return 0 if result.growth <= MOST_GROWTH else MISSED


def _run(
    suites: tuple[Suite, ...], target: str, split: Any, baselines: bool, pack_id: str | None, llm: bool
) -> Run:
    from assistant.settings import read_settings  # noqa: PLC0415 - the command's help needs none of this
    from evals.report.console import progress  # noqa: PLC0415
    from evals.running import PACKAGES, evaluate  # noqa: PLC0415
    from evals.source import Source  # noqa: PLC0415
    from evals.targets import Http, open_workshop  # noqa: PLC0415
    from knowledge.code import code_digest  # noqa: PLC0415

    settings = read_settings()
    pack = _pack(settings.packs_root, pack_id or settings.default_pack)
    digests = {"pack": pack.digest, "code": code_digest(PACKAGES)}
    model = _model(settings) if llm else None
    with tempfile.TemporaryDirectory() as scratch, progress(suites, split, baselines, llm) as announce:
        if target == "in-process":
            workshop = open_workshop(pack, settings, Path(scratch))
            digests["model"] = workshop.desk.index.encoder.digest
            target_of: Callable[[str], Target] = workshop.target
        else:
            remote = Http(target)
            baselines, digests["model"] = False, f"见 {target}"

            def target_of(name: str) -> Target:  # noqa: ARG001 - only the deployment is asked
                return remote

        return evaluate(suites, target_of, Source(pack), split, digests, announce, target, baselines, model)


def _model(settings: Settings) -> Model:
    from assistant.llm.budget import Prices  # noqa: PLC0415 - the command's help needs none of this
    from evals.running import Model  # noqa: PLC0415

    if settings.llm_model is None:
        raise click.UsageError("--llm 需要设置 SHENBAO_LLM_MODEL")
    return Model(settings.llm_model, Prices(settings.llm_price_in, settings.llm_price_out))


def _pack(root: Path, pack_id: str | None) -> Pack:
    from knowledge.catalogue import some_names  # noqa: PLC0415 - the command's help needs none of this
    from knowledge.errors import UnknownPack  # noqa: PLC0415
    from knowledge.listed_folders import read_catalogue  # noqa: PLC0415 - the command's help needs none of this
    from knowledge.pack import load_pack  # noqa: PLC0415

    packs = read_catalogue(root)
    if pack_id is None and len(packs) == 1:
        pack_id = next(iter(packs))
    if pack_id is None or pack_id not in packs:
        raise UnknownPack(f"请用 --pack 指明知识包；现有：{some_names(packs)}")
    return load_pack(packs[pack_id].folder, pack_id)
