"""Rows of a table as conditions: 指标：工业设备连接数；要求：不少于10000台（套）.

One cell names what is asked about, another holds the requirement; which is which the columns' headings tell. A table
of scores holds no conditions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.drafting.cells import Cell, cells_of
from knowledge.drafting.ideas import LONGEST_TITLE, Idea, Workshop, reasons, remedy, shortened
from knowledge.drafting.naming import slug
from knowledge.drafting.pieces import Piece
from knowledge.drafting.quantities import measured
from knowledge.drafting.thresholds import find_thresholds
from knowledge.facts import FactSpec
from knowledge.models import Clause

_SCORES = re.compile(r"分值|满分|得分|权重|评分|扣分")
_REQUIREMENT = re.compile(r"要求|标准|目标|阈值|门槛|条件|指标值|数值|^值$|下限")
_SUBJECT = re.compile(r"指标|项目|内容|名称|要素|事项|类别|方向|要点")
_NUMBERING = re.compile(r"序号|编号|备注|说明|单位$")
_COUNT = re.compile(r"(?:总?数量?|总量|个数|台数|规模)$")
_QUALIFIER = re.compile(r"^(?:工业|平台|企业|关键|主要|累计|年度?|核心)(?=.{3,})")


def row_ideas(shop: Workshop, clause: Clause) -> list[Idea]:
    """What a row asks for: a number held against a threshold, or something that must be there."""
    cells = cells_of(clause)
    if any(_SCORES.search(cell.heading) for cell in cells):
        return []
    wanted = _requirement(cells)
    if wanted is None:
        return []
    subject = _subject(cells, wanted)
    thresholds = list(find_thresholds(wanted.text))
    start = min(subject.start, wanted.start)
    quote = clause.text[start : max(subject.end, wanted.end)]
    if not thresholds:
        return [_stated(shop, subject.text, wanted.text, quote, start, clause.categories)]
    piece = Piece(wanted.text, wanted.start, 0)
    idea = measured(shop, piece, thresholds[0], subject.text, clause.categories)
    cue = {**idea.cues["measures"][0], "words": [re.escape(word) for word in names_of(subject.text)]}
    sure = 0.85 if len(thresholds) == 1 else 0.5
    title = subject.text[:LONGEST_TITLE]
    return [replace(idea, quote=quote, title=title, confidence=sure, cues={"measures": [cue]}, start=start)]


def names_of(subject: str) -> tuple[str, ...]:
    """How applicants call an indicator: as printed, with 数 or 数量 behind or neither, without what qualifies it."""
    plain = re.sub(r"[（(][^（）()]*[）)]|[“”\"]", "", subject).strip()
    found = [plain]
    for whole in dict.fromkeys((plain, _QUALIFIER.sub("", plain))):
        base = _COUNT.sub("", whole)
        found += [whole] if base == whole else [f"{base}数量", f"{base}数", base]
    return tuple(dict.fromkeys(name for name in found if len(name) >= 3)) or (plain,)


def _requirement(cells: Sequence[Cell]) -> Cell | None:
    """The cell that says what is asked for: by its heading, else the last that holds a threshold."""
    named = [c for c in cells if _REQUIREMENT.search(c.heading)]
    held = [c for c in cells if any(True for _ in find_thresholds(c.text))]
    both = [c for c in named if c in held]
    return both[0] if both else next(reversed(held or named), None)


def _subject(cells: Sequence[Cell], wanted: Cell) -> Cell:
    """The cell that names it: the innermost of the indicators before; in a row of two cells its own heading."""
    before = [c for c in cells if c is not wanted and not _NUMBERING.search(c.heading)]
    named = [c for c in before if _SUBJECT.search(c.heading) and c.start < wanted.start] or before
    return named[-1] if named else Cell("", wanted.heading, wanted.start - len(wanted.heading) - 1)


def _stated(
    shop: Workshop, subject: str, wanted: str, quote: str, start: int, bound: tuple[str, ...]
) -> Idea:
    texts = shop.texts("flag", quote=shortened(wanted))
    name = shop.names.give(slug(subject), ("row", subject, wanted))
    spec = FactSpec(
        name=name,
        type="bool",
        categories=bound,
        meaning=shortened(f"{subject}：{wanted}"),
        question=f"{shortened(subject, 40)}：{texts['question']}",
    )
    cue = {"fact": name, "topics": [re.escape(word) for word in names_of(subject)], "categories": list(bound)}
    rule = {"kind": "flag", "fact": name}
    return Idea(
        "stated",
        0.5,
        quote,
        subject[:LONGEST_TITLE],
        (spec,),
        rule,
        reasons(texts),
        remedy(texts, name),
        {"states": [cue]},
        start,
    )
