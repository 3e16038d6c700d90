"""Clauses that a message names by their numbers, and nothing besides: 第三条第三款第二点原文发我, 三（三）2, 3.3.2 怎么写的.

「第三条不满足怎么办」 asks for something else, and is a question like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.basis import nothing_but_a_clause
from assistant.understanding.categories import CategoryNames
from knowledge.clauses import ClauseTree
from knowledge.models import Clause
from knowledge.numerals import parse_numeral

MOST_CLAUSES = 6
"""Quoted at once; a longer part is asked for by its subject."""

_HAN = "[一二三四五六七八九十]{1,3}"
_NUMBER = f"(?:{_HAN}|[0-9]{{1,2}})"
_UNIT = "(?:部分|条款|大?[条款项点]|小[条款项点]|[章节])"
_OPENS, _CLOSES = r"[、 ]?[(（] ?", " ?[)）]"
_IN_PARENTHESES = rf"[(（] ?{_NUMBER}{_CLOSES}"
_STEP = rf"(?:第 ?(?:{_NUMBER}|{_IN_PARENTHESES}) ?{_UNIT}|{_IN_PARENTHESES}{_UNIT}?|(?<![0-9.第])(?:[0-9]{{1,2}}(?!\.?[0-9]){_UNIT}?|{_HAN}(?:{_UNIT}|(?={_OPENS}))))"
_PATH = re.compile(
    rf"(?:附件 ?(?P<annex>{_NUMBER})[的里中,，、 ]{{0,2}})?"
    rf"(?:第? ?(?P<dotted>(?<![0-9.])[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,2}}(?!\.?[0-9])) ?(?P<unit>{_UNIT})?|(?P<steps>{_STEP}(?:[的里中之,，、. ]{{0,2}}{_STEP}){{0,3}}))"
)
_IS_A_PATH = re.compile(rf"第 ?(?:{_NUMBER}|{_IN_PARENTHESES}) ?{_UNIT}|{_HAN}{_OPENS}{_NUMBER}{_CLOSES}")
_NUMBERS = re.compile(_NUMBER)
_KIND = re.compile(
    "条件|要求|申报|类别?|标准|那块|这块|以?及|[和与跟.。、,，]|意思|clause|article|section|paragraph|item"
)


@dataclass(frozen=True, slots=True)
class NamedClauses:
    """The clauses named, as far as the notice has them; none where it has no clause of that number (`said`)."""

    said: str
    clauses: tuple[Clause, ...]


def named_clauses(plain: str, tree: ClauseTree, names: CategoryNames) -> NamedClauses | None:
    """The clauses whose wording a message asks for by number; None for any other message.

    One ordinal with a category (标杆工厂第二条) counts that category's own conditions.
    """
    paths = [path for path in _PATH.finditer(plain) if _numbered(path)]
    if not paths:
        return None
    rest = _without(plain, paths)
    bare = any(path["dotted"] and path["dotted"].count(".") == 1 and not path["unit"] for path in paths)
    if not nothing_but_a_clause(_KIND.sub("", names.without_names(rest)), must_say_so=bare):
        return None
    named = names.named(rest)
    found = [_at(tree, path, named) for path in paths]
    if any(
        clause is None and not _would_be_known(tree, path) for clause, path in zip(found, paths, strict=True)
    ):
        return None
    said = "、".join(path.group().strip() for path in paths)
    clauses = dict.fromkeys(each for clause in found if clause for each in _with_text(tree, clause))
    return NamedClauses(said, tuple(clauses)) if len(clauses) <= MOST_CLAUSES else None


def _would_be_known(tree: ClauseTree, path: re.Match[str]) -> bool:
    """Whether there is no such clause if there is none: annexes may not be loaded, and 23.3.1 may be a day."""
    if path["annex"]:
        return f"annex-{_read(path['annex'])}" in tree
    return path["dotted"] is None or path["unit"] is not None


def _without(plain: str, paths: Sequence[re.Match[str]]) -> str:
    kept, at = [], 0
    for path in paths:
        kept.append(plain[at : path.start()])
        at = path.end()
    return " ".join([*kept, plain[at:]])


def _numbered(path: re.Match[str]) -> bool:
    """Whether it numbers clauses: 第三条, 三(三)2, 3.3.2; not 3年, 三星 or a lone 附件2."""
    return path["dotted"] is not None or _IS_A_PATH.search(path["steps"]) is not None


def _read(number: str) -> int:
    return int(parse_numeral(number) or 0)


def _at(tree: ClauseTree, path: re.Match[str], named: tuple[str, ...]) -> Clause | None:
    numbers = [_read(number) for number in _NUMBERS.findall(path["dotted"] or path["steps"])]
    wanted = ".".join(map(str, numbers))
    if path["annex"]:
        wanted = f"annex-{_read(path['annex'])}:{wanted}"
    elif len(numbers) == 1 and len(named) == 1:
        own = _own_conditions(tree, named[0])
        return own[numbers[0] - 1] if 0 < numbers[0] <= len(own) else None
    return tree.get(wanted) if wanted in tree else None


def _own_conditions(tree: ClauseTree, category: str) -> tuple[Clause, ...]:
    """The numbered clauses of the first heading that binds this category while the one above it binds others too."""
    for clause in tree:
        alone = clause.parent and clause.categories == (category,) != tree.get(clause.parent).categories
        if alone and (below := tree.children(clause.id)):
            return below
    return ()


def _with_text(tree: ClauseTree, clause: Clause) -> list[Clause]:
    own = [] if clause.bare or not clause.text else [clause]
    return own + [each for child in tree.children(clause.id) for each in _with_text(tree, child)]
