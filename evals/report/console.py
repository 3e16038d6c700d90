"""A run on the terminal: a progress bar while it goes, a table when it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from evals.asking import count_of
from evals.cases import Split
from evals.report.wording import model_lines, share, title_of
from evals.running import Announce, Run, compared_with
from evals.suites import MAIN, Suite

if TYPE_CHECKING:
    from evals.scale import Announce as ScaleAnnounce
    from evals.scale import ScaleResult


@contextmanager
def progress(
    suites: Sequence[Suite], split: Split, baselines: bool, model: bool = False
) -> Iterator[Announce]:
    """A bar on standard error over all cases of all suites and targets."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )
    total = sum(count_of(s, split) * (1 + len(compared_with(s, baselines, model))) for s in suites)
    with bar:
        task = bar.add_task("准备", total=total)

        def announce(suite: str, target: str) -> Callable[[], None]:
            bar.update(task, description=f"{suite} · {title_of(target)}")
            return lambda: bar.advance(task)

        yield announce


@contextmanager
def stages() -> Iterator[ScaleAnnounce]:
    """A bar on standard error for each stage of a long measurement."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bars:

        def announce(stage: str, steps: int) -> Callable[[], None]:
            task = bars.add_task(stage, total=steps)
            return lambda: bars.advance(task)

        yield announce


def show_scale(result: ScaleResult) -> None:
    """Print a row for each number of packs."""
    table = Table(title=f"知识包由少到多：应答耗时为最小规模的 {result.growth:.2f} 倍（上限 1.5）")
    for column in (
        "包",
        "条款",
        "建索引 秒",
        "首次启动 秒",
        "再启动 秒",
        "内存 MiB",
        "应答 毫秒",
        "p95",
        "现开 毫秒",
        "答错包",
    ):
        table.add_column(column, no_wrap=True, justify="right")
    for one in result.sizes:
        cold = f"{one.cold_ms:.0f}" if one.cold_ms is not None else "-"
        times = (one.built_seconds, one.listed_seconds, one.start_seconds)
        table.add_row(
            str(one.packs),
            str(one.clauses),
            *(f"{seconds:.1f}" for seconds in times),
            "-" if one.memory_mib is None else f"{one.memory_mib:.0f}",
            f"{one.warm_ms:.1f}",
            f"{one.warm_p95_ms:.1f}",
            cold,
            str(one.wrong),
        )
    Console().print(table)


def show(run: Run) -> None:
    """Print the table of suites and baselines, and what misses its threshold."""
    console = Console()
    table = Table(title=f"测评（{run.split}，{run.seconds:.0f} 秒）")
    table.caption = "p：与申报通逐例比较（McNemar，Holm 校正）"
    for column in ("套件", "对象", "指标", "值", "95% 区间", "n", "通过", "p"):
        table.add_column(column, no_wrap=column in ("值", "95% 区间", "n", "p"))
    for suite in run.suites:
        for target, found in run.figures[suite.name].items():
            main = found.get(suite.config.headline)
            pair = next((p for p in run.pairs if (p.suite, p.against) == (suite.name, target)), None)
            table.add_row(
                suite.config.title if target == MAIN else "",
                title_of(target),
                suite.config.headline,
                share(main.value) if main else "-",
                f"{main.low:.2f}–{main.high:.2f}" if main else "-",
                str(main.n) if main else "-",
                share(found["passed"].value),
                f"{pair.adjusted:.2g}" if pair else "",
            )
        table.add_section()
    console.print(table)
    for line in model_lines(run.model) if run.model else ():
        console.print(line)
    for gate in run.gates:
        if not gate.met:
            value = "没有测到" if gate.value is None else share(gate.value)
            console.print(
                f"未达下限：{gate.suite} {gate.threshold.figure} = {value}，应 {gate.threshold.bound}",
                style="bold red",
            )
    console.print("各项下限均已达到" if run.passed else "有指标未达下限", style="bold")
