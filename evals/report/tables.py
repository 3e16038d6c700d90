"""The report in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from evals.report.wording import interval, model_lines, share, title_of
from evals.running import Run
from evals.suites import MAIN, Row


def markdown(run: Run) -> str:
    """Thresholds, suites, baselines, figures, confusion and failing cases."""
    return "\n".join(
        [
            "# 测评报告",
            "",
            f"对象 {run.target}；范围 {run.split}；用时 {run.seconds:.0f} 秒；"
            f"{'各项下限均已达到' if run.passed else '有指标未达下限'}。",
            *(f"- {name}：`{value}`" for name, value in run.digests.items()),
            "",
            *_overview(run),
            *_comparisons(run),
            *_model(run),
            *_thresholds(run),
            *(line for suite in run.suites for line in _suite(run, suite.name)),
        ]
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table, an empty line behind it."""
    lines = [head, ["---"] * len(head), *rows]
    return [*(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines), ""]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


def _overview(run: Run) -> Iterator[str]:
    yield from ("## 各套件", "")
    rows = []
    for suite in run.suites:
        found, halves = run.figures[suite.name].get(MAIN, {}), run.halves.get(suite.name, {})
        main = found.get(suite.config.headline)
        rows.append(
            [
                suite.config.title,
                suite.config.headline,
                interval(main) if main else "没有测到",
                *(interval(halves[half]) if half in halves else "-" for half in ("dev", "test")),
            ]
        )
    yield from table(["套件", "指标", "全部", "开发半", "测试半"], rows)


def _comparisons(run: Run) -> Iterator[str]:
    for suite in run.suites:
        own = run.figures[suite.name]
        if len(own) < 2:
            continue
        yield from (f"## 对照：{suite.config.title}", "")
        rows = []
        for target, found in own.items():
            main = found.get(suite.config.headline)
            pair = next((p for p in run.pairs if (p.suite, p.against) == (suite.name, target)), None)
            told = f"{pair.only_first} : {pair.only_second}，p={pair.adjusted:.2g}" if pair else "-"
            rows.append([title_of(target), interval(main) if main else "-", interval(found["passed"]), told])
        yield from table(
            ["对象", suite.config.headline, "通过", "只有申报通对 : 只有对方对（McNemar，Holm）"], rows
        )


def _model(run: Run) -> Iterator[str]:
    if run.model:
        yield from (
            f"## 语言模型 {run.model.model}",
            "",
            *(f"- {line}" for line in model_lines(run.model)),
            "",
        )


def _thresholds(run: Run) -> Iterator[str]:
    yield from ("## 下限", "")
    yield from table(
        ["套件", "指标", "下限", "实测", "结果", "理由"],
        [
            [
                gate.suite,
                gate.threshold.figure,
                gate.threshold.bound,
                "没有测到" if gate.value is None else share(gate.value),
                "达到" if gate.met else "**未达**",
                gate.threshold.reason,
            ]
            for gate in run.gates
        ],
    )


def _suite(run: Run, name: str) -> Iterator[str]:
    suite = next(s for s in run.suites if s.name == name)
    rows = run.of(name)
    yield from (f"## {suite.config.title}（{name}）", "", suite.config.purpose, "")
    found = run.figures[name].get(MAIN, {})
    yield from table(["指标", "值 [95% 区间] n"], [[key, interval(figure)] for key, figure in found.items()])
    for label in dict.fromkeys(label for row in rows for label in row.labels):
        yield from _confusion(label, confusion(rows, label))
    failed = [row for row in rows if not row.passed]
    yield from (f"未通过 {len(failed)} / {len(rows)} 条，逐条见 report.html 和 cases.jsonl。", "")


def confusion(rows: Iterable[Row], label: str) -> Counter[tuple[str, str]]:
    """How often each expected label came as which."""
    return Counter(row.labels[label] for row in rows if label in row.labels)


def _confusion(label: str, counts: Counter[tuple[str, str]]) -> Iterator[str]:
    given = sorted({pair[1] for pair in counts})
    rows = [
        [expected, *(str(counts[expected, got]) for got in given)]
        for expected in sorted({pair[0] for pair in counts})
    ]
    yield from table([f"{label}：应为 ＼ 实为", *given], rows)
