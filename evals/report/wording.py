"""How figures and targets are written for people."""

from __future__ import annotations

from evals.model_use import ModelReport
from evals.statistics import Figure
from evals.targets import TITLES

_USES = {"read": "读懂", "rewrite": "补全", "phrase": "措辞"}


def title_of(target: str) -> str:
    """A target's name in Chinese."""
    return TITLES.get(target, target)


def share(value: float) -> str:
    """A figure to three decimals, as comparisons need it."""
    return f"{value:.3f}"


def model_lines(report: ModelReport) -> list[str]:
    """The language model's expense, latency and harm, a line each."""
    lines = [
        f"{title_of(target)}：{latency.answers} 次应答，一半在 {latency.p50:.2f} 秒内，九成 {latency.p90:.2f}，"
        f"九成五 {latency.p95:.2f}，最长 {latency.longest:.2f} 秒"
        for target, latency in report.latency.items()
    ]
    for use, expense in report.expense.items():
        outcomes = "、".join(f"{name} {count}" for name, count in sorted(expense.outcomes.items()))
        lines.append(
            f"{_USES[use]}：问 {expense.asked} 次（{outcomes}），"
            f"读 {expense.tokens_in}、写 {expense.tokens_out} 个词元，费用 {expense.cost:.4f}"
        )
    harm = report.harm
    lines.append(f"由模型措辞的答复 {report.phrased} 条")
    for name, cases in (
        ("错误数值", harm.wrong_values),
        ("错误判断", harm.wrong_verdicts),
        ("虚假引用", harm.unreal_citations),
    ):
        lines.append(f"{name} {len(cases)}{'：' + '、'.join(cases) if cases else ''}")
    return lines


def interval(figure: Figure) -> str:
    """A figure with its interval and number of cases."""
    return f"{share(figure.value)} [{share(figure.low)}, {share(figure.high)}] n={figure.n}"
