"""Clauses that a message names by their numbers, and nothing besides: 第三条第三款第二点原文发我, 三（三）2, 3.3.2 怎么写的.

「第三条不满足怎么办」 asks for something else, and is a question like any other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
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
    rf"(?:第? ?(?P<dotted>(?<![0-9.])[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,2}}(?!\.?[0-9])) ?(?P<unit>{_UNIT})?|(?P<steps>{_STEP}(?:(?:[的里中之,，、. ]{{0,2}}|[和与跟及](?=[0-9])){_STEP}){{0,6}}))"
)
_IS_A_PATH = re.compile(rf"第 ?(?:{_NUMBER}|{_IN_PARENTHESES}) ?{_UNIT}|{_HAN}{_OPENS}{_NUMBER}{_CLOSES}")
_SHORTHAND = re.compile(
    r"(?P<annex>(?!))?(?P<dotted>(?!))?(?P<unit>(?!))?(?P<steps>(?<![一二三四五六七八九十第0-9])[一二三四五六七八九](?:[、. ]?[一二三四五六七八九])?[、. ]?[1-9])(?![0-9.年个月日号天星万家])"
)
"""五1, 五、1, 三二2, 三.四.1: a path told by hand."""
_PART = re.compile(
    r"(?P<annex>(?!))?(?P<dotted>(?!))?(?P<unit>(?!))?第?(?P<steps>[一二三四五六七八九])(?:部分|大?[条点])?(?:里面?|里头|下面)?(?:写|说|讲)(?:了|的|的是)?(?:什么|啥|哪些)(?:内容)?[?？。.]?"
)
"""六里面写了啥."""
_ONE_EACH = re.compile("[一二三四五六七八九1-9]")
_ORDINAL = re.compile(rf"(?:第 ?(?P<number>{_NUMBER})|最后一?) ?(?:[个条点项类款]|方面)")
"""第二条, 第三个, 最后一点: of what the last answer told one by one."""
_ITS_CONTENT = re.compile(
    "(?:里面?|里头|中)?的?(?:那个)?(?:括号(?:[里内中]面?|里头)?|[前后]半[句段]|(?:第[一二三]|最后一?)句|有[几哪][个些处项条][^，。?？]{0,6})|[，,]分别[^，。?？]{0,6}"
    "|(?:(?:里面?|里头|中)的?(?:对于?|关于)?|对于?|关于)[^，。?？我咱]{1,8}?(?:怎么|如何)(?:写|说|规定|要求|提|讲)的?"
)
"""五、1里有几个日期，分别管谁; 三（三）2括号里; 三（四）1里对四星怎么说: what is asked of a clause that only its own words
tell."""
_OUTERMOST = re.compile("部分|条(?!款)|[章节]")
_WHOLE = re.compile("原文|全文|条文")
_ITS_NUMBER = re.compile("[一二三四五六七八九十]{1,2}[、.]? *$")
_NUMBERS = re.compile("[一二三四五六七八九十]{1,3}|[0-9]{1,2}")
_KIND = re.compile(
    "条件|要求|申报|类别?|标准|那块|这块|以?及|[和与跟.。、,，]|意思|对照|对比|比较|区别|不同|不一样|差别|clause|article|section|paragraph|item"
)


@dataclass(frozen=True, slots=True)
class NamedClauses:
    """The clauses named, as far as the notice has them; none where it has no clause of that number (`said`)."""

    said: str
    clauses: tuple[Clause, ...]


def named_clauses(
    plain: str, tree: ClauseTree, names: CategoryNames, quoted: str = "", listed: str = ""
) -> NamedClauses | None:
    """The clauses whose wording a message asks for by number; None for any other message.

    One ordinal with a category (标杆工厂第二条) counts that category's own conditions, one alone what the last answer
    told of the clause `listed` (基本条件有哪些 … 第二条), or the clauses beside the one that was `quoted` by its number
    (第五条第二点 … 第三点呢).
    """
    one_of_a_list = _one_of_a_list(plain, tree, names, listed)
    if one_of_a_list is not None:
        return one_of_a_list
    part = _PART.fullmatch(plain)
    paths = [part] if part else [path for path in _PATH.finditer(plain) if _numbered(path)]
    paths = paths or list(_SHORTHAND.finditer(plain))
    if not paths:
        return _headed(plain, tree)
    headed = _headings_in(plain, tree)
    rest = _without_headings(_without(plain, paths), headed)
    bare = any(path["dotted"] and path["dotted"].count(".") == 1 and not path["unit"] for path in paths)
    if not _wants_its_words(rest, names, must_say_so=bare):
        return None
    named = names.named(rest)
    beside = tree.get(quoted).parent if quoted in tree else None
    within = headed[0].id if len(headed) == 1 and len(paths) == 1 else None  # 五、相关事项第2条
    found = [_at(tree, path, named, beside, within) for path in paths]
    if any(not each and not _would_be_known(tree, path) for each, path in zip(found, paths, strict=True)):
        return None
    said = "、".join(path.group().strip() for path in paths)
    return _with_their_parts(said, tree, [clause for each in found for clause in each])


def counts_in_a_list(plain: str) -> bool:
    """Whether a message counts what was told one by one, whatever it asks of it: 第一条是什么意思，怎么算."""
    return bool(_ORDINAL.search(plain))


def listed_in(tree: ClauseTree, told: Iterable[str]) -> str:
    """The clause of which an answer told the parts one by one: the first of which it told two; empty where of none."""
    above = Counter(tree.get(clause).parent for clause in dict.fromkeys(told) if clause in tree)
    return next((parent for parent, parts in above.items() if parent is not None and parts > 1), "")


def _one_of_a_list(plain: str, tree: ClauseTree, names: CategoryNames, listed: str) -> NamedClauses | None:
    """The part of the clause `listed` that a message does nothing but count: 第二条具体怎么讲, 第三个呢."""
    counted = list(_ORDINAL.finditer(plain)) if listed in tree and not names.named(plain) else []
    if len(counted) != 1 or not _wants_its_words(_without(plain, counted), names):
        return None
    parts = tree.children(listed)
    at = _read(counted[0]["number"]) if counted[0]["number"] else len(parts)
    return _with_their_parts(counted[0].group(), tree, parts[at - 1 : at]) if 0 < at <= len(parts) else None


def _wants_its_words(rest: str, names: CategoryNames, *, must_say_so: bool = False) -> bool:
    """Whether a message wants no more of the clauses it names than what they say; `rest` is what else stands in it."""
    rest = _KIND.sub("", names.without_names(_ITS_CONTENT.sub("", rest)))
    return nothing_but_a_clause(rest, must_say_so=must_say_so)


def _with_their_parts(said: str, tree: ClauseTree, found: Iterable[Clause]) -> NamedClauses | None:
    clauses = tuple(dict.fromkeys(below for clause in found for below in _with_text(tree, clause)))
    return NamedClauses(said, clauses) if len(clauses) <= MOST_CLAUSES else None


def _headed(plain: str, tree: ClauseTree) -> NamedClauses | None:
    """A part named by its heading whose text is wanted: 五、相关事项 全文."""
    if not _WHOLE.search(plain):
        return None
    found = _headings_in(plain, tree)
    if len(found) != 1:
        return None
    before, behind = plain.split(found[0].heading, 1)
    below = tuple(_with_text(tree, found[0]))
    if len(below) > MOST_CLAUSES or not nothing_but_a_clause(
        _ITS_NUMBER.sub("", before) + behind, must_say_so=False
    ):
        return None
    return NamedClauses(found[0].heading, below)


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


def _headings_in(plain: str, tree: ClauseTree) -> list[Clause]:
    return [clause for clause in tree if clause.heading and clause.heading in plain]


def _without_headings(rest: str, headed: Sequence[Clause]) -> str:
    """The rest of a message without the heading that goes with a number: 五、相关事项 全文."""
    for heading in sorted({clause.heading for clause in headed}, key=len, reverse=True):
        rest = re.sub(rf"(?:[一二三四五六七八九十]{{1,2}}[、.]? *)?{re.escape(heading)}", " ", rest)
    return rest


def _numbered(path: re.Match[str]) -> bool:
    """Whether it numbers clauses: 第三条, 三(三)2, 3.3.2; not 3年, 三星 or a lone 附件2."""
    return path["dotted"] is not None or _IS_A_PATH.search(path["steps"]) is not None


def _read(number: str) -> int:
    return int(parse_numeral(number) or 0)


def _at(
    tree: ClauseTree, path: re.Match[str], named: tuple[str, ...], beside: str | None, within: str | None
) -> tuple[Clause, ...]:
    written = path["dotted"] or path["steps"]
    one_each = path.re in (_SHORTHAND, _PART)
    numbers = [_read(n) for n in (_ONE_EACH if one_each else _NUMBERS).findall(written)]
    if path["annex"]:
        return _below(tree, f"annex-{_read(path['annex'])}:", numbers)
    if len(numbers) == 1 and within is not None:
        return _below(tree, f"{within}.", numbers)
    if len(numbers) == 1 and len(named) == 1:
        return _own_conditions(tree, named[0])[numbers[0] - 1 : numbers[0]] if numbers[0] else ()
    if len(numbers) == 1 and beside is not None and not _OUTERMOST.search(written):
        return _below(tree, f"{beside}.", numbers)
    return _below(tree, "", numbers)


def _below(tree: ClauseTree, above: str, numbers: list[int]) -> tuple[Clause, ...]:
    """The clause of this path, or those that are listed at its end: 三（三）1、2、3."""
    for length in range(len(numbers), 0, -1):
        *upper, last = numbers[:length]
        prefix = above + "".join(f"{number}." for number in upper)
        if f"{prefix}{last}" in tree:
            ids = [f"{prefix}{number}" for number in (last, *numbers[length:])]
            return tuple(tree.get(each) for each in ids) if all(each in tree for each in ids) else ()
    return ()


def own_heading(tree: ClauseTree, category: str) -> Clause | None:
    """The first heading with clauses below it that binds this category while the one above it binds others too."""
    for clause in tree:
        alone = clause.parent and clause.categories == (category,) != tree.get(clause.parent).categories
        if alone and tree.children(clause.id):
            return clause
    return None


def _own_conditions(tree: ClauseTree, category: str) -> tuple[Clause, ...]:
    heading = own_heading(tree, category)
    return tree.children(heading.id) if heading else ()


def _with_text(tree: ClauseTree, clause: Clause) -> list[Clause]:
    own = [] if clause.bare or not clause.text else [clause]
    return own + [each for child in tree.children(clause.id) for each in _with_text(tree, child)]
