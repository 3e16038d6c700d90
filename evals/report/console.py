"""A run on the terminal: a progress bar while it goes, a table when it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from evals.asking import count_of
from evals.cases import Split
from evals.report.wording import model_lines, share, title_of
from evals.running import Announce, Run, compared_with
from evals.suites import MAIN, Suite


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
