"""Headers, footers and page numbers: found by where they stand and by what is the same from page to page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from knowledge.documents.printed import Page, PrintedLine
from knowledge.normalise import squeeze
from knowledge.tables import flat

_PAGE_NUMBER = re.compile(
    r"[-–—－─·•]*[0-9０-９]{1,4}[-–—－─·•]*"
    r"|第[0-9一二三四五六七八九十]{1,4}页(?:[，,/]?共[0-9一二三四五六七八九十]{1,4}页)?|[0-9]{1,4}/[0-9]{1,4}"
)
_FURNITURE_LINES = 3
"""How many lines at the top and at the bottom of a page may be furniture."""


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """The pages without page numbers and without lines that stand in the same place on half of them."""
    repeated = _repeated(pages)
    kept, left_out = [], dict[str, None]()
    for page in pages:
        gone = set()
        for line in _margin(page):
            is_number = bool(_PAGE_NUMBER.fullmatch(squeeze(line.text))) and _is_outside(line, page)
            if is_number or _shape(line) in repeated:
                gone.add(line)
                if not is_number:
                    left_out[re.sub("[0-9]+", "…", flat(line.text))] = None
        kept.append(replace(page, lines=tuple(line for line in page.lines if line not in gone)))
    return kept, list(left_out)


def _margin(page: Page) -> list[PrintedLine]:
    """The lines next to the upper and lower edge."""
    heights = sorted({round(line.middle / 4) for line in page.lines if line.table is None})
    edge = {*heights[:_FURNITURE_LINES], *heights[-_FURNITURE_LINES:]}
    return [line for line in page.lines if line.table is None and round(line.middle / 4) in edge]


def _is_outside(line: PrintedLine, page: Page) -> bool:
    """Whether nothing else stands above the line, or nothing else below it."""
    others = [
        other for other in page.lines if other is not line and abs(other.middle - line.middle) > line.size / 2
    ]
    return all(other.top >= line.middle for other in others) or all(
        other.bottom <= line.middle for other in others
    )


def _repeated(pages: Sequence[Page]) -> frozenset[tuple[str, int]]:
    found: Counter[tuple[str, int]] = Counter()
    for page in pages:
        found.update({_shape(line) for line in _margin(page)})
    least = max(2, (len(pages) + 1) // 2)
    return frozenset(shape for shape, count in found.items() if count >= least)


def _shape(line: PrintedLine) -> tuple[str, int]:
    """A line's words without figures, and its height on the page: what a header keeps from page to page."""
    return re.sub("[0-9０-９]+", "#", squeeze(line.text)), round(line.middle / 6)
