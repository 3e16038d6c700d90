"""One HTML page that needs nothing but itself: figures with intervals, plots, confusion, failing cases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from evals.report.plots import heat, histogram, intervals
from evals.report.tables import confusion
from evals.report.wording import interval, model_lines, share, title_of
from evals.running import Run
from evals.suites import MAIN, Row, Suite

_HERE = Path(__file__).parent


def page(run: Run) -> str:
    """The page as a whole."""
    style = (_HERE / "page.css").read_text(encoding="utf-8")
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    body = "\n".join(
        [
            f"<header><h1>申报通测评报告</h1><p class='{'good' if run.passed else 'bad'}'>"
            f"{'各项下限均已达到' if run.passed else '有指标未达下限'}</p>"
            f"<p>对象 {escape(run.target)}；范围 {run.split}；用时 {run.seconds:.0f} 秒</p></header>",
            *_overview(run),
            *_thresholds(run),
            *_comparisons(run),
            *_model(run),
            *(part for suite in run.suites for part in _suite(run, suite)),
            *_latency(run),
            *_failing(run),
            "<footer>"
            + "".join(f"<p>{escape(k)}：<code>{escape(v)}</code></p>" for k, v in run.digests.items())
            + "</footer>",
        ]
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    return (
        "<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>申报通测评报告</title><style>{style}</style></head><body>{body}"
        f"<script type='application/json' id='rows'>{_embedded(run)}</script><script>{script}</script></body></html>"
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table that scrolls by itself on a narrow screen. Cells are HTML already."""
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<div class='wide'><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"


def _overview(run: Run) -> Iterator[str]:
    yield "<h2>各套件</h2><p>横线是 95% 区间；点是测得的值。</p>"
    points = []
    for suite in run.suites:
        main = run.figures[suite.name].get(MAIN, {}).get(suite.config.headline)
        if main:
            points.append((f"{suite.config.title} · {suite.config.headline}", main))
    yield intervals(points)
    rows = []
    for suite in run.suites:
        halves = run.halves.get(suite.name, {})
        cells = [escape(interval(halves[half])) if half in halves else "-" for half in ("dev", "test")]
        rows.append([escape(suite.config.title), escape(suite.config.headline), *cells])
    yield table(["套件", "指标", "开发半", "测试半"], rows)


def _thresholds(run: Run) -> Iterator[str]:
    yield "<h2>下限</h2>"
    rows = []
    for gate in run.gates:
        value = "没有测到" if gate.value is None else share(gate.value)
        mark = f"<span class='{'good' if gate.met else 'bad'}'>{'达到' if gate.met else '未达'}</span>"
        bound = escape(gate.threshold.bound)
        rows.append(
            [gate.suite, escape(gate.threshold.figure), bound, value, mark, escape(gate.threshold.reason)]
        )
    yield table(["套件", "指标", "下限", "实测", "结果", "理由"], rows)


def _comparisons(run: Run) -> Iterator[str]:
    for suite in run.suites:
        own = run.figures[suite.name]
        if len(own) < 2:
            continue
        yield f"<h2>对照：{escape(suite.config.title)}</h2>"
        headline = suite.config.headline
        yield intervals([(title_of(t), found[headline]) for t, found in own.items() if headline in found])
        rows = [
            [escape(title_of(p.against)), str(p.n), str(p.only_first), str(p.only_second), f"{p.p:.2g}", f"{p.adjusted:.2g}"]
            for p in run.pairs
            if p.suite == suite.name
        ]  # fmt: skip
        yield table(["对照", "n", "只有申报通通过", "只有对照通过", "McNemar p", "Holm 校正"], rows)


def _model(run: Run) -> Iterator[str]:
    if run.model:
        lines = "".join(f"<li>{escape(line)}</li>" for line in model_lines(run.model))
        yield f"<h2>语言模型 {escape(run.model.model)}</h2><ul>{lines}</ul>"


def _suite(run: Run, suite: Suite) -> Iterator[str]:
    rows = run.of(suite.name)
    yield f"<h2 id='{suite.name}'>{escape(suite.config.title)}</h2><p>{escape(suite.config.purpose)}</p>"
    found = run.figures[suite.name].get(MAIN, {})
    body = table(["指标", "值 [95% 区间] n"], [[escape(k), escape(interval(f))] for k, f in found.items()])
    yield f"<details><summary>全部指标（{len(found)}）</summary>{body}</details>"
    for label in dict.fromkeys(label for row in rows for label in row.labels):
        yield f"<h3>{escape(label)}：行是应为，列是实为</h3>"
        yield heat(confusion(rows, label))


def _latency(run: Run) -> Iterator[str]:
    times = [row.seconds * 1000 for row in run.rows if row.target == MAIN and row.seconds > 0]
    if not times:
        return
    times.sort()
    marks = "，".join(
        f"{p}% 在 {times[min(len(times) - 1, len(times) * p // 100)]:.1f} 毫秒内" for p in (50, 90, 95, 99)
    )
    yield f"<h2>应答耗时</h2><p>{len(times)} 次：{marks}。</p>"
    yield histogram(times)


def _failing(run: Run) -> Iterator[str]:
    suites = "".join(f"<option value='{s.name}'>{escape(s.config.title)}</option>" for s in run.suites)
    yield (
        "<h2>未通过的用例</h2><form class='filter'>"
        f"<label>套件 <select id='suite'><option value=''>全部</option>{suites}</select></label>"
        "<label>范围 <select id='half'><option value=''>两半</option><option value='dev'>开发</option>"
        "<option value='test'>测试</option></select></label>"
        "<label>查找 <input id='words' type='search' placeholder='问题、答复、条款、差别'></label></form>"
        "<p id='count'></p><div id='failing'></div><button id='more' type='button'>再显示一些</button>"
        "<noscript><p>逐条列表需要脚本；也可以打开同目录的 cases.jsonl。</p></noscript>"
    )


def _embedded(run: Run) -> str:
    """The main target's failing rows as JSON that cannot end its own element."""
    rows = [_shown(row) for row in run.rows if row.target == MAIN and not row.passed]
    return json.dumps(rows, ensure_ascii=False).replace("<", "\\u003c")


def _shown(row: Row) -> dict[str, object]:
    return {
        "suite": row.suite,
        "half": row.half,
        "id": row.id,
        "question": row.question,
        "answer": row.answer,
        "as_of": row.as_of,
        "expected": row.expected,
        "given": row.given,
        "clauses": row.clauses,
        "lacks": row.lacks,
    }
