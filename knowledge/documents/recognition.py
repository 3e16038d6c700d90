"""Scanned pages: characters recognised by RapidOCR, where the extra `ocr` is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from knowledge.documents.printed import Page, PrintedLine
from knowledge.errors import DocumentRefused

_SCALE = 150 / 72
"""Pixels a point: at 150 dpi the smallest type of official documents is twenty pixels high."""
_LARGEST = 4000
"""Pixels of the longer side of a rendered page."""
_DOUBTFUL = 0.8
"""Confidence below which a line is named."""
_FULL_WIDTH = str.maketrans("(),:;?!", "（），：；？！")
_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff])[(),:;?!]|[(),:;?!](?=[\u4e00-\u9fff])")
"""Punctuation next to Chinese is full width, whatever the recognition makes of it."""
_UNEVEN = 0.3
"""Of the usual height of lines, by how much the height of a found box may differ in the same type."""
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Recognised:
    """Pages by number, the mean confidence of their lines weighted by length, and what to look at."""

    pages: Mapping[int, Page]
    confidence: float
    warnings: tuple[str, ...]


def recognise(content: bytes, name: str, numbers: Sequence[int]) -> Recognised:
    """Recognise pages of a PDF, counted from 1. Raises DocumentRefused where that is not installed."""
    where = "、".join(map(str, numbers[:10])) + (" 等" if len(numbers) > 10 else "")
    try:
        from rapidocr import RapidOCR  # noqa: PLC0415 - heavy, and not always there
    except ImportError:
        raise DocumentRefused(
            name,
            f"第 {where} 页是扫描件，没有可以复制的文字",
            "请提供 Word 版或可以复制文字的 PDF；或请管理员安装文字识别组件：pip install 'shenbao[ocr]'",
        ) from None
    import pypdfium2  # noqa: PLC0415 - heavy

    engine = RapidOCR(params={"Global.log_level": "error"})
    pages: dict[int, Page] = {}
    scores: list[tuple[float, PrintedLine]] = []
    with pypdfium2.PdfDocument(content) as pdf:
        for number in numbers:
            sheet = pdf[number - 1]
            found = _evened(list(_lines(engine, sheet, number)))
            scores += found
            pages[number] = Page(number, sheet.get_width(), tuple(line for _, line in found))
    return Recognised(pages, *_judged(scores, where))


def _lines(engine: Any, sheet: Any, number: int) -> Iterator[tuple[float, PrintedLine]]:
    """The lines of a page with their confidence."""
    scale = min(_SCALE, _LARGEST / max(sheet.get_size()))
    found = engine(sheet.render(scale=scale).to_numpy())
    if found.boxes is None:
        return
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        xs, ys = ([float(point[axis]) / scale for point in box] for axis in (0, 1))
        text = _HALF_WIDTH.sub(lambda sign: sign.group().translate(_FULL_WIDTH), text)  # noqa: PLW2901 - as printed
        yield float(score), PrintedLine(text, min(xs), max(xs), min(ys), max(ys), max(ys) - min(ys), number)


def _evened(found: list[tuple[float, PrintedLine]]) -> list[tuple[float, PrintedLine]]:
    """The lines with one size where their heights differ by no more than recognition does; titles stay larger."""
    sizes = sorted(line.size for _, line in found)
    usual = sizes[len(sizes) // 2] if sizes else 0
    return [
        (score, replace(line, size=usual) if abs(line.size - usual) < _UNEVEN * usual else line)
        for score, line in found
    ]


def _judged(scores: Sequence[tuple[float, PrintedLine]], where: str) -> tuple[float, tuple[str, ...]]:
    weight = sum(len(line.text) for _, line in scores)
    mean = sum(score * len(line.text) for score, line in scores) / weight if weight else 0.0
    told = [f"第 {where} 页是扫描件，文字经识别得来，平均可信度 {mean:.2f}，请对照原件逐条核对"]
    doubtful = sorted((score, line.page, line.text) for score, line in scores if score < _DOUBTFUL)
    if doubtful:
        named = "；".join(f"第 {page} 页“{text[:20]}”" for _, page, text in doubtful[:_NAMED])
        told.append(f"有 {len(doubtful)} 行可信度低于 {_DOUBTFUL}：{named}")
    return mean, tuple(told)
