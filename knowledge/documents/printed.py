"""What stands on a page: pieces of lines and tables, each in its place.

Lengths are points, measured from the top left corner of the page.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.documents.document import Table


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of print or, with `table`, a table in its place.

    `left` and `right` bound the column that it stands in; `is_guessed` tells of a table that has no rules around its cells.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    table: Table | None = None
    column: int = 0
    left: float = 0
    right: float = 0
    is_guessed: bool = False

    @property
    def middle(self) -> float:
        """Half way down the line."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of print on a page: lines, parted where a gap parts them, and tables.

    `gutter` is where the gap between two columns runs, None on a page of one.
    """

    number: int
    width: float
    lines: tuple[PrintedLine, ...]
    gutter: float | None = None
