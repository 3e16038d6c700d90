"""Plots as geometry: where bars and labels stand. The template draws them, the table beside them tells the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

WIDTH, BARS_WIDTH = 480, 360
_TOP, _LEFT, _BOTTOM = 14, 36, 22
_PLOT_HEIGHT = 170
_ROW, _LABEL_WIDTH, _VALUE_WIDTH = 26, 120, 46
_MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its label; `second` is drawn in the other colour."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: int
    second: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text, `anchor`ed start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars, texts and horizontal lines within width × height; `rows` are what they show."""

    height: float
    bars: tuple[Bar, ...]
    texts: tuple[Text, ...]
    lines: tuple[float, ...]
    rows: tuple[tuple[str, int], ...]
    width: int = WIDTH


def bars(counts: Sequence[tuple[str, int]]) -> Plot:
    """Horizontal bars, one a name, with name and number beside them."""
    most = max((count for _, count in counts), default=0)
    space = BARS_WIDTH - _LABEL_WIDTH - _VALUE_WIDTH
    drawn, texts = [], []
    for place, (name, count) in enumerate(counts):
        y, length = place * _ROW + 4, space * count / most if most else 0
        drawn.append(Bar(_LABEL_WIDTH, y, round(max(length, 1), 1), _ROW - 8, name, count))
        texts.append(Text(_LABEL_WIDTH - 8, y + 14, _cut(name), "end"))
        texts.append(Text(round(_LABEL_WIDTH + length + 6, 1), y + 14, f"{count:,}", "start"))
    return Plot(len(counts) * _ROW, tuple(drawn), tuple(texts), (), tuple(counts), BARS_WIDTH)


def columns(counts: Sequence[tuple[str, int, int]]) -> Plot:
    """Upright bars in two colours, one a day, on a scale of whole numbers."""
    top = _round_up(max((first + second for _, first, second in counts), default=0))
    step = (WIDTH - _LEFT) / max(len(counts), 1)
    every = ceil(len(counts) / _MOST_LABELS) or 1
    base, drawn, texts = _TOP + _PLOT_HEIGHT, [], []
    for place, (name, first, second) in enumerate(counts):
        x, width = round(_LEFT + place * step + step * 0.15, 1), round(step * 0.7, 1)
        low, high = _PLOT_HEIGHT * first / top, _PLOT_HEIGHT * second / top
        drawn.append(Bar(x, round(base - low, 1), width, round(low, 1), name, first))
        drawn.append(Bar(x, round(base - low - high, 1), width, round(high, 1), name, second, second=True))
        if place % every == 0:
            texts.append(Text(round(x + width / 2, 1), base + 16, name, "middle"))
    texts += [
        Text(_LEFT - 6, base - _PLOT_HEIGHT * share + 4, f"{top * share:g}", "end")
        for share in (0.0, 0.5, 1.0)
    ]
    lines = tuple(base - _PLOT_HEIGHT * share for share in (0.0, 0.5, 1.0))
    rows = tuple((name, first + second) for name, first, second in counts)
    shown = tuple(bar for bar in drawn if bar.height)
    return Plot(base + _BOTTOM, shown, tuple(texts), lines, rows)


def _round_up(number: int) -> int:
    """The next even number of few digits, at least 2: a scale whose middle is whole."""
    if number <= 2:
        return 2
    unit: int = 10 ** (len(str(number)) - 1)
    step = unit if number / unit > 5 or unit == 1 else unit // 2
    return 2 * step * ceil(number / (2 * step))


def _cut(name: str) -> str:
    return name if len(name) <= 9 else name[:8] + "…"
