"""Rows of a table as cells behind their headings: 联系人：孙志远；电话：0531-51782611."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.models import Clause

_ROW = re.compile(r"(?:^|[:.])t[0-9]+\.[0-9]+(?:~[0-9]+)?$")
_CELL = re.compile(r"(?:^|；)(?P<heading>[^：；]{1,20})：(?P<cell>.*?)(?=；[^：；]{1,20}：|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell behind its heading, with its place in the row."""

    heading: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset just behind the cell."""
        return self.start + len(self.text)


def is_row(clause: Clause) -> bool:
    """Whether a clause is a row of a table."""
    return _ROW.search(clause.id) is not None


def cells_of(clause: Clause) -> list[Cell]:
    """The cells of a row in order; none where it has no headings."""
    return [Cell(m["heading"], m["cell"], m.start("cell")) for m in _CELL.finditer(clause.text)]
