"""A document as it was read from a file: paragraphs and tables in printed order, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from knowledge.clause_drafts import ANNEX_TITLE
from knowledge.tables import print_table, read_caption


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, its number written out (`三、申报条件`); from plain text, one printed line.

    `level` is that of a heading, 1 the outermost, None for text; `page` is counted from 1, None where the
    format has no pages.
    """

    text: str
    level: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table without its headings in `rows`: as many cells in each as there are `columns`, if it has headings.

    A cell merged downwards stands in each of its rows, one merged across in the first of its columns. `number`
    is the one printed in the caption, None where there is none.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    page: int | None = None

    @property
    def number(self) -> int | None:
        """The number that the caption prints: 3 of 表3 平台指标."""
        return read_caption(self.caption)[0]


@dataclass(frozen=True, slots=True)
class Document:
    """What was read of one file.

    `name` is the file's own; `format` is that of its content: docx, doc, pdf, html, txt, md, xlsx. `warnings` are
    Chinese, for whoever brought the file. `confidence` is that of recognised characters (0 to 1, their mean), None
    where the text stood in the file.
    """

    name: str
    format: str
    blocks: tuple[Paragraph | Table, ...]
    warnings: tuple[str, ...] = ()
    confidence: float | None = None

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs, tables left out."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in printed order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def text(self) -> str:
        """The text as a pack keeps it (notice.txt, annexes/annex-1.txt): a paragraph a line, tables by row.

        Tables carry the number of their caption; those without are counted on, so that no number is twice.
        """
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        for part in self._parts():
            numbers = _numbers([block for block in part if isinstance(block, Table)])
            for block in part:
                if isinstance(block, Paragraph):
                    yield block.text
                else:
                    caption = read_caption(block.caption)[1]
                    yield from print_table(next(numbers), caption, block.columns, block.rows)

    def _parts(self) -> Iterator[list[Paragraph | Table]]:
        """The notice and the annexes bound with it: each counts its own tables."""
        part: list[Paragraph | Table] = []
        for block in self.blocks:
            if isinstance(block, Paragraph) and ANNEX_TITLE.fullmatch(block.text):
                yield part
                part = []
            part.append(block)
        yield part


def _numbers(tables: Sequence[Table]) -> Iterator[int]:
    """The number of each table: the printed one, else the lowest that is free."""
    printed = {table.number for table in tables}
    free = (number for number in range(1, 2 * len(tables) + 2) if number not in printed)
    taken: set[int] = set()
    for table in tables:
        number = next(free) if table.number is None or table.number in taken else table.number
        taken.add(number)
        yield number


def as_json(document: Document) -> dict[str, Any]:
    """A document as JSON has it."""
    return asdict(document)


def from_json(kept: dict[str, Any]) -> Document:
    """The document that `as_json` gave."""
    blocks = tuple(
        Table(block["caption"], tuple(block["columns"]), tuple(map(tuple, block["rows"])), block["page"])
        if "rows" in block
        else Paragraph(**block)
        for block in kept["blocks"]
    )
    return Document(**{**kept, "blocks": blocks, "warnings": tuple(kept["warnings"])})
