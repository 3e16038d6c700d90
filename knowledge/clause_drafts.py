"""Lines → drafts of clauses: numbered paragraphs, tables, the list of annexes and the colophon.

A table is a clause below the one in which it stands, and so is each of its rows: `2.1.t1`, `2.1.t1.2`. In an annex, whose
tables people count throughout, they are `annex-3:t1` and `annex-3:t1.2` wherever they stand. Text behind a table that has no
number is a clause too (`2.1.t1.after`), since clauses do not interlace.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from knowledge.normalise import Line, ends_paragraph, squeeze
from knowledge.numbering import Kind, Marker, read_marker
from knowledge.outline import Outline
from knowledge.tables import TableMark, read_mark

OPENING, ANNEXES, COLOPHON, AFTER = "0", "annexes", "colophon", "after"
LABELS = {OPENING: "文首", ANNEXES: "附件清单", COLOPHON: "落款"}

_ANNEX_LIST = re.compile(r"附\s*件?\s*[:：]|附\s*件\s*(?:[1１一]\s*[:：.．、]|$)")
ANNEX_TITLE = re.compile(r"附\s*件\s*(?:([0-9]{1,2})\s*[:：]?)?")
"""A line that opens the text of an annex."""
_LISTED = re.compile(r"[0-9０-９]{1,2}\s*[.．、]|[（(]?[一二三四五六七八九十][)）、]")
_OFFICE = "[厅局委会室府部院心处司组办]"
_SIGNED = re.compile(
    rf"(?:[^0-9，。；：、]{{2,30}}{_OFFICE})?"
    r"(?:[0-9]{4}|[零〇○一二三四五六七八九]{4})年"
    r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})日"
)
_AUTHORITY = re.compile(rf"[^0-9，。；：]{{2,40}}{_OFFICE}")
_SENTENCE = re.compile("[，。；]")
_CLOSING = tuple("。；！？;：:")


@dataclass(slots=True)
class Draft:
    """A clause while its lines are gathered; `start` is the offset of its first character.

    `mark` is that of a table or a row; `is_after` tells that it is the text behind a table.
    """

    id: str
    label: str
    parent: Draft | None
    marker: Marker | None
    start: int
    lines: list[Line] = field(default_factory=list)
    has_children: bool = False
    mark: TableMark | None = None
    is_after: bool = False

    @property
    def printed(self) -> str:
        """The number or mark that opens it, as printed."""
        opens = self.marker or self.mark
        return opens.printed if opens else ""

    @property
    def is_annex_list(self) -> bool:
        """Whether it is the list of annexes."""
        return self.marker is None and self.label.endswith(LABELS[ANNEXES])

    @property
    def is_heading_so_far(self) -> bool:
        """Whether it is one line without a sentence in it, which may be a heading that fills the line."""
        return self.marker is not None and len(self.lines) == 1 and not _SENTENCE.search(self.lines[0].raw)


def read_drafts(lines: Sequence[Line], full: int) -> list[Draft]:
    """The drafts of a document in printed order; `full` is its measure.

    A line that says 附件1 and no more opens the text of that annex.
    """
    drafts: list[Draft] = []
    taken: Counter[str] = Counter()
    for number, part in _parts(lines):
        drafts += _Part(number, taken).read(part, full)
    return drafts


def read_annex_drafts(lines: Sequence[Line], full: int, number: int) -> list[Draft]:
    """The drafts of one annex that stands in a document of its own, its root first."""
    return _Part(number, Counter()).read(lines, full)


def annex_parts(lines: Sequence[Line]) -> list[tuple[int, list[Line]]]:
    """The lines of a document by the annexes that it holds, with their numbers; 0 before the first that is named."""
    return list(_parts(lines))


def _parts(lines: Sequence[Line]) -> Iterator[tuple[int, list[Line]]]:
    """The notice itself, numbered 0, and the annexes bound with it; a single one may have no number."""
    number, part = 0, list[Line]()
    for line, below in zip_longest(lines, lines[1:]):
        title = ANNEX_TITLE.fullmatch(line.raw)
        if title and (title[1] or (below and not _LISTED.match(below.raw))):
            if part:
                yield number, part
            number, part = int(title[1] or 1), []
        part.append(line)
    if part:
        yield number, part


class _Part:
    """Reads the notice (number 0) or one annex; `taken` counts the ids given in the whole document."""

    def __init__(self, number: int, taken: Counter[str]) -> None:
        self.is_annex, self.taken = number > 0, taken
        self.root_id = f"annex-{number}" if self.is_annex else OPENING
        self.root_label = f"附件{number}" if self.is_annex else LABELS[OPENING]
        self.drafts: list[Draft] = []
        self.table: Draft | None = None

    def read(self, lines: Sequence[Line], full: int) -> list[Draft]:
        """The drafts of the part, its root first unless nothing stands before the first number."""
        markers = [read_marker(line.raw) for line in lines]
        outline = Outline(marker for marker in markers if marker)
        levels: list[Draft] = []
        self.open_root(lines[0])
        title = lines[0] if self.is_annex else None
        above: Line | None = None
        for line, marker in zip(lines, markers, strict=True):
            last = self.drafts[-1]
            listing = last.is_annex_list
            fresh = above is None or ends_paragraph(above, full) or above.raw.endswith(_CLOSING)
            fresh = fresh or last.is_heading_so_far or last.mark is not None
            above = line
            if mark := read_mark(line.raw):
                self.open_row(mark, line)
                self.drafts[-1].lines += [rest] if (rest := line.after(len(mark.printed))).raw else []
                continue
            # The list of annexes numbers its own lines; only the next heading of the notice ends it.
            readable = marker is not None and not (listing and marker.kind > Kind.HAN)
            path = outline.place(marker, fresh=fresh and not listing) if marker and readable else None
            if path and marker:
                del levels[len(path) - 1 :]
                levels.append(self.open_numbered(marker, levels[-1] if levels else None, line))
                line = line.after(len(marker.printed))  # noqa: PLW2901 - the rest of the same line
            elif fresh and not listing and line is not title and _ANNEX_LIST.match(line.raw):
                self.open_special(ANNEXES, line)
            elif self.table:
                self.open_after(self.table, line)
            if line.raw:
                self.drafts[-1].lines.append(line)
        self.set_colophon_apart()
        return self.drafts if self.drafts[0].lines else self.drafts[1:]

    def open_root(self, line: Line) -> None:
        self.open(Draft(self.own(self.root_id), self.root_label, None, None, line.start))

    def open_numbered(self, marker: Marker, above: Draft | None, line: Line) -> Draft:
        parent = above or (self.drafts[0] if self.is_annex else None)
        stem = f"{above.id}." if above else f"{self.drafts[0].id}:" if self.is_annex else ""
        label = above.label if above else f"{self.root_label} " if self.is_annex else ""
        if marker.above and above and above.marker and above.marker.kind >= Kind.ARABIC:
            label = label.removesuffix(above.marker.label)  # 3.1 repeats the 3 above it
        return self.open(
            Draft(self.own(f"{stem}{marker.ordinal}"), label + marker.label, parent, marker, line.start)
        )

    def open_special(self, name: str, line: Line, at: int | None = None) -> Draft:
        stem, label = (f"{self.drafts[0].id}:", f"{self.root_label} ") if self.is_annex else ("", "")
        parent = self.drafts[0] if self.is_annex else None
        return self.open(Draft(self.own(stem + name), label + LABELS[name], parent, None, line.start), at)

    def open_row(self, mark: TableMark, line: Line) -> None:
        """Open a table or a row; a row whose table has no line of its own brings a table without words."""
        table = self.table
        if mark.row == 0 or table is None or table.mark is None or table.mark.table != mark.table:
            table = self.table = self.open_table(
                mark if mark.row == 0 else TableMark(mark.table, 0, ""), line
            )
        if mark.row:
            name, label = self.own(f"{table.id}.{mark.row}"), f"{table.label} {mark.label}"
            self.open(Draft(name, label, table, None, line.start, mark=mark))

    def open_table(self, mark: TableMark, line: Line) -> Draft:
        """Open a table below the clause in which it stands; those of an annex are counted and named throughout it."""
        root = self.drafts[0]
        around = next(draft for draft in reversed(self.drafts) if not draft.mark and not draft.is_after)
        stem, label = (f"{root.id}:", root.label) if self.is_annex else (f"{around.id}.", around.label)
        # The text before the first number of a notice has nothing below it.
        parent = None if around is root and not self.is_annex else around
        name = self.own(f"{stem}t{mark.table}")
        return self.open(Draft(name, f"{label} {mark.label}", parent, None, line.start, mark=mark))

    def open_after(self, table: Draft, line: Line) -> None:
        name, label = self.own(f"{table.id}.{AFTER}"), f"{table.label}之后"
        self.open(Draft(name, label, table.parent, None, line.start, is_after=True))

    def open(self, draft: Draft, at: int | None = None) -> Draft:
        """Put a draft behind the others, or at a place; all but rows end the table above."""
        if draft.parent:
            draft.parent.has_children = True
        if not draft.mark:
            self.table = None
        self.drafts.insert(len(self.drafts) if at is None else at, draft)
        return draft

    def own(self, clause_id: str) -> str:
        """The id; where a misprint gives a number twice, the second clause is `2~2`."""
        self.taken[clause_id] += 1
        return clause_id if self.taken[clause_id] == 1 else f"{clause_id}~{self.taken[clause_id]}"

    def set_colophon_apart(self) -> None:
        """The signature, its date and all behind them end the notice, before or after the list of annexes."""
        last = len(self.drafts) - 1
        for at in (last, last - 1) if self.drafts[last].is_annex_list else (last,):
            draft = self.drafts[at]
            first = _signature(draft.lines)
            least = 4 if draft.id == OPENING else 0 if draft.marker or draft.is_after else 1
            if first is None or first < least:
                continue  # the date under a title is no signature
            colophon = self.open_special(COLOPHON, draft.lines[first], at + 1)
            draft.lines, colophon.lines = draft.lines[:first], draft.lines[first:]
            if draft.is_after and not draft.lines:
                del self.drafts[at]
            break


def _signature(lines: Sequence[Line]) -> int | None:
    """The line on which the signature begins; its date is the last line that is a date alone."""
    for at in reversed(range(len(lines))):
        if _SIGNED.fullmatch(squeeze(lines[at].raw)):
            first = at
            while first and first > at - 4 and _AUTHORITY.fullmatch(squeeze(lines[first - 1].raw)):
                first -= 1
            return first
    return None
