"""Plots as inline SVG: intervals, confusion, a histogram. Text stays text, so that a page can be searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from evals.report.wording import interval
from evals.statistics import Figure

WIDTH, LINE = 640, 40
BINS = 30


def intervals(points: Sequence[tuple[str, Figure]]) -> str:
    """A dot with its 95 % interval for each figure, on one scale."""
    if not points:
        return ""
    least = min(0.0, *(figure.low for _, figure in points))
    top = max(1.0, *(figure.high for _, figure in points))

    def at(value: float) -> float:
        return 10 + (value - least) / (top - least) * (WIDTH - 20)

    height = LINE * len(points) + 24
    parts = []
    for mark in range(round(least * 4), round(top * 4) + 1):
        x = at(mark / 4)
        parts.append(f"<line class='grid' x1='{x:.1f}' x2='{x:.1f}' y1='0' y2='{height - 20}'/>")
        parts.append(f"<text class='tick' x='{x:.1f}' y='{height - 6}'>{mark / 4:g}</text>")
    for number, (name, figure) in enumerate(points):
        y = LINE * number + 28
        parts.append(f"<text x='10' y='{y - 12}'>{escape(name)}　{escape(interval(figure))}</text>")
        parts.append(
            f"<line class='reach' x1='{at(figure.low):.1f}' x2='{at(figure.high):.1f}' y1='{y}' y2='{y}'/>"
        )
        parts.append(f"<circle cx='{at(figure.value):.1f}' cy='{y}' r='5'/>")
    return _svg(WIDTH, height, parts)


def heat(counts: Counter[tuple[str, str]]) -> str:
    """A confusion matrix: rows expected, columns given; what lies off the diagonal is marked."""
    names = sorted({name for pair in counts for name in pair})
    left, cell = 150, 84
    parts = []
    for column, given in enumerate(names):
        x = left + column * cell + cell / 2
        parts.append(f"<text class='tick' x='{x}' y='16'>{escape(given)}</text>")
    for line, expected in enumerate(names):
        y, whole = 26 + line * 34, sum(counts[expected, given] for given in names)
        parts.append(f"<text x='4' y='{y + 21}'>{escape(expected)}</text>")
        for column, given in enumerate(names):
            n = counts[expected, given]
            kind, depth = ("right" if expected == given else "wrong"), (n / whole if whole else 0)
            x = left + column * cell
            parts.append(
                f"<rect class='{kind}' x='{x}' y='{y}' width='{cell - 2}' height='32' fill-opacity='{depth:.2f}'/>"
                f"<text class='tick' x='{x + cell / 2}' y='{y + 21}'>{n or ''}</text>"
            )
    return _svg(left + cell * len(names), 30 + 34 * len(names), parts)


def histogram(values: Sequence[float]) -> str:
    """Milliseconds in bins up to the 99th percentile; the last bin holds all above."""
    ordered = sorted(values)
    top = max(ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)], 1e-9)
    bins = Counter(min(BINS - 1, int(value / top * BINS)) for value in ordered)
    most, wide = max(bins.values()), (WIDTH - 20) / BINS
    parts = [
        f"<rect class='bar' x='{10 + n * wide:.1f}' y='{150 - 140 * bins[n] / most:.1f}' width='{wide - 2:.1f}' "
        f"height='{140 * bins[n] / most:.1f}'><title>{bins[n]}</title></rect>"
        for n in range(BINS)
    ]
    for part in range(5):
        x = 10 + (WIDTH - 20) * part / 4
        parts.append(f"<text class='tick' x='{x:.1f}' y='168'>{top * part / 4:.1f} 毫秒</text>")
    return _svg(WIDTH, 176, parts)


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f"<div class='wide'><svg viewBox='0 0 {width:g} {height:g}' role='img'>{''.join(parts)}</svg></div>"
    )
