"""Text → ClauseTree: the notice's own numbering made into nodes with ids, labels and the categories they bind.

Every character that prints belongs to exactly one clause, page numbers apart; any text whatever gives a tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.binding import Binding
from knowledge.clause_drafts import OPENING, Draft, annex_parts, read_annex_drafts, read_drafts
from knowledge.errors import UnknownClause
from knowledge.models import Category, Clause
from knowledge.normalise import Joined, Line, flow, measure, read_lines, stack
from knowledge.numbering import Kind
from knowledge.tables import read_mark

_DOCUMENT_KIND = re.compile(r"(?:通知|意见|办法|决定|公告|通告|方案|细则|指南|规定|函|批复|通报)$")
_UNLIKE_HEADING = re.compile("[。；！？;]|[，、]$")
_LONGEST_HEADING = 60
_RUN_IN = re.compile(r"[^，,、：:；;。\n]{2,20}。(?=[^\n])")


@dataclass(frozen=True)
class ClauseTree:
    """The clauses of a notice in printed order, and the page numbers that belong to none of them."""

    clauses: tuple[Clause, ...]
    page_numbers: tuple[tuple[int, int], ...] = ()
    _by_id: dict[str, Clause] = field(init=False, repr=False, compare=False)
    _children: dict[str | None, tuple[Clause, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        below: dict[str | None, list[Clause]] = {}
        for clause in self.clauses:
            below.setdefault(clause.parent, []).append(clause)
        object.__setattr__(self, "_by_id", {clause.id: clause for clause in self.clauses})
        object.__setattr__(self, "_children", {parent: tuple(found) for parent, found in below.items()})

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.clauses)

    def __len__(self) -> int:
        return len(self.clauses)

    def __contains__(self, clause_id: object) -> bool:
        return clause_id in self._by_id

    def get(self, clause_id: str) -> Clause:
        """The clause of this id. Raises UnknownClause."""
        try:
            return self._by_id[clause_id]
        except KeyError:
            raise UnknownClause(f"没有条款 {clause_id[:40]}") from None

    def children(self, clause_id: str | None) -> tuple[Clause, ...]:
        """The clauses right below, in printed order; of None, the outermost ones."""
        return self._children.get(clause_id, ())

    def ancestors(self, clause_id: str) -> tuple[Clause, ...]:
        """The clauses above, outermost first. Raises UnknownClause."""
        above: list[Clause] = []
        parent = self.get(clause_id).parent
        while parent is not None:
            above.append(self._by_id[parent])
            parent = above[-1].parent
        return tuple(reversed(above))

    def descendants(self, clause_id: str) -> tuple[Clause, ...]:
        """All clauses below, in printed order. Raises UnknownClause."""
        self.get(clause_id)
        found: list[Clause] = []
        waiting = list(reversed(self.children(clause_id)))
        while waiting:
            found.append(waiting.pop())
            waiting.extend(reversed(self.children(found[-1].id)))
        return tuple(found)

    def lead(self, clause_id: str) -> str:
        """What the clauses above say of this one: their headings and own texts, outermost first, one a line.

        Raises UnknownClause.
        """
        parts = (part for above in self.ancestors(clause_id) for part in (above.heading, above.text))
        return "\n".join(dict.fromkeys(part for part in parts if part))


def parse_notice(source: str, categories: Sequence[Category]) -> ClauseTree:
    """Read the clauses of an official document; `categories` are those that its clauses may bind.

    A line that says 附件1 and no more opens the text of that annex (`annex-1`, its clauses `annex-1:2.1`).
    """
    lines, page_numbers = read_lines(source)
    full = _measure(lines)
    clauses = _clauses(read_drafts(lines, full), full, source, Binding(categories))
    return ClauseTree(clauses, tuple((line.start, line.end) for line in page_numbers))


def parse_annex(source: str, number: int, categories: Sequence[Category]) -> ClauseTree:
    """Read an annex that stands in a file of its own: `annex-1` and its clauses `annex-1:2.1`.

    `categories` are those that the annex binds. Of a file that holds several annexes, each under its number, only
    the one asked for is read. Spans are offsets into `source`.
    """
    lines, page_numbers = read_lines(source)
    own = [part for named, part in annex_parts(lines) if named == number]
    lines = own[0] if own else lines
    if not lines:
        return ClauseTree(())
    full = _measure(lines)
    clauses = _clauses(read_annex_drafts(lines, full, number), full, source, Binding(categories))
    return ClauseTree(clauses, tuple((line.start, line.end) for line in page_numbers))


def annexes_named(source: str) -> tuple[int, ...]:
    """The numbers of the annexes whose texts a document opens by a line of their own (附件2)."""
    return tuple(number for number, _ in annex_parts(read_lines(source)[0]) if number)


def _measure(lines: Sequence[Line]) -> int:
    """The measure of running text; rows of tables are lines of their own, however long."""
    return measure([line for line in lines if not read_mark(line.raw)])


def _clauses(drafts: Sequence[Draft], full: int, source: str, binding: Binding) -> tuple[Clause, ...]:
    done: dict[str, Clause] = {}
    for draft in drafts:
        parent = done[draft.parent.id] if draft.parent else None
        done[draft.id] = _finish(draft, parent, _paragraphs(draft, full), source, binding)
    return tuple(done.values())


def _finish(
    draft: Draft, parent: Clause | None, paragraphs: list[Joined], source: str, binding: Binding
) -> Clause:
    heading, body = _heading(draft, paragraphs)
    own = stack(body or paragraphs)
    whole = stack(paragraphs)
    return Clause(
        id=draft.id,
        label=draft.label,
        marker=draft.printed,
        heading=heading,
        heading_path=_heading_path(parent),
        text=own.text,
        bare=bool(heading) and not body,
        parent=parent.id if parent else None,
        categories=_bound(draft, parent, heading or own.text, binding),
        spans=own.spans(source),
        extent=(draft.start, whole.offsets[-1] + 1 if whole.offsets else draft.start + len(draft.printed)),
    )


def _paragraphs(draft: Draft, full: int) -> list[Joined]:
    """The draft's paragraphs; the title at the top of a document is one, however it is centred."""
    lines = draft.lines
    first = next((at for at, line in enumerate(lines) if "关于" in line.raw), None)
    if draft.id != OPENING or first is None:
        return flow(lines, full)
    ends = (at for at in range(first, min(first + 5, len(lines))) if _DOCUMENT_KIND.search(lines[at].raw))
    last = next(ends, first - 1) + 1
    return flow(lines[:first], full) + flow(lines[first:last], 0) + flow(lines[last:], full)


def _heading(draft: Draft, paragraphs: list[Joined]) -> tuple[str, list[Joined]]:
    """The heading's words and the paragraphs of text; a paragraph that is the whole clause is no heading.

    Of a heading that runs into its paragraph (加强组织。各地要…) the words are told, and the text stays whole.
    """
    if draft.mark and draft.has_children and paragraphs:
        return paragraphs[0].text, paragraphs[1:]
    if draft.marker is None or not paragraphs:
        return "", paragraphs
    first = paragraphs[0].text
    if draft.marker.kind <= Kind.HAN_PAREN and (run_in := _RUN_IN.match(first)):
        return run_in.group().rstrip("。"), paragraphs
    title = len(first) <= _LONGEST_HEADING and not _UNLIKE_HEADING.search(first)
    if draft.marker.kind not in (Kind.HAN, Kind.HAN_PAREN):  # only these carry headings with a comma
        title = title and ("，" not in first or first.endswith(("：", ":")))
    if title and (draft.has_children or len(paragraphs) > 1):
        return first, paragraphs[1:]
    return "", paragraphs


def _heading_path(parent: Clause | None) -> tuple[str, ...]:
    if parent is None:
        return ()
    return (*parent.heading_path, parent.heading.rstrip("：:")) if parent.heading else parent.heading_path


def _bound(draft: Draft, parent: Clause | None, text: str, binding: Binding) -> tuple[str, ...]:
    inherited = parent.categories if parent else binding.everything
    if draft.mark and draft.mark.row:
        return binding.of_row(text, inherited)
    if draft.marker:
        return binding.narrow(text, inherited)
    return binding.titled(text) if draft.id.startswith("annex-") and parent is None else inherited
