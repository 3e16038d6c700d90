"""A pack's clauses as lines of a terminal, Chinese and Latin columns aligned."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.clauses import ClauseTree
    from knowledge.models import Clause, Notice
    from knowledge.retrieval.search import Hit

_GAP = "  "


def tree_lines(notice: Notice, tree: ClauseTree) -> Iterator[str]:
    """The clause tree: id, categories bound, marker and words, cut to the width of the terminal; then counts."""
    clauses = list(tree)
    ids = max((len(clause.id) for clause in clauses), default=0)
    bound = {clause.id: _bound(notice, clause) for clause in clauses}
    column = max((width(text) for text in bound.values()), default=0)
    room = shutil.get_terminal_size((120, 24)).columns
    yield f"{notice.document} {notice.title}"
    for clause in clauses:
        indent = "  " * len(tree.ancestors(clause.id))
        head = clause.id.ljust(ids) + _GAP + padded(bound[clause.id], column) + _GAP + indent + clause.marker
        words = clause.text if clause.bare or not clause.heading else f"{clause.heading}：{clause.text}"
        yield head + cut(words.replace("\n", " / "), max(room - width(head), 20))
    written = sum(not clause.bare for clause in clauses)
    yield f"{len(clauses)} 个节点，{written} 个有正文"


def hit_lines(tree: ClauseTree, hits: Sequence[Hit]) -> Iterator[str]:
    """What a search found: score, label and id, then the text."""
    if not hits:
        yield "没有找到相关条款"
    for hit in hits:
        clause = tree.get(hit.clause_id)
        yield f"{hit.score:.3f}  {clause.label}（{clause.id}）"
        yield "       " + clause.text.replace("\n", " / ")


def _bound(notice: Notice, clause: Clause) -> str:
    if len(clause.categories) == len(notice.categories):
        return "全部"
    return "、".join(notice.category(category).short for category in clause.categories)


def width(text: str) -> int:
    """Columns that a terminal needs for the text."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def padded(text: str, columns: int) -> str:
    """The text, filled up with spaces to so many columns."""
    return text + " " * (columns - width(text))


def cut(text: str, columns: int) -> str:
    """The text, or as much of it as fits with an ellipsis behind."""
    if width(text) <= columns:
        return text
    kept = ""
    for char in text:
        if width(kept + char) > columns - 1:
            break
        kept += char
    return kept + "…"
