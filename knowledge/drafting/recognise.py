"""A clause tree → proposed rules: which clauses hold conditions, and what each of their pieces would become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.clause_drafts import ANNEXES, COLOPHON, OPENING
from knowledge.clauses import ClauseTree
from knowledge.drafting import quantities, statements
from knowledge.drafting.cells import is_row
from knowledge.drafting.field import Field
from knowledge.drafting.ideas import LONGEST_TITLE, Idea, Workshop, reasons, remedy, shortened
from knowledge.drafting.naming import Names
from knowledge.drafting.pieces import Piece, located, pieces_of
from knowledge.drafting.proposal import Proposal
from knowledge.drafting.rows import row_ideas
from knowledge.models import Category, Clause
from knowledge.normalise import squeeze
from knowledge.numerals import parse_numeral
from knowledge.rules import Criterion, Status

CONDITIONS = re.compile(
    r"申报(?:条件|要求|主体|对象|资格|范围|单位(?:要求|条件)?)|(?:基本|必备|前置|准入|认定|评定|遴选|参评|入选|推荐|支持|专项|具体)(?:条件|要求|标准)|条件$|资格(?:条件|要求)|对象(?:和|及|与)?(?:范围|条件)|标准(?:条件)?$|^要求$|评价指标"
)
_NOT_CONDITIONS = re.compile(
    r"材料|程序|流程|时间|联系|方式|组织|(?<!安全)保障|附则|解释|支持(?:措施|政策|标准)|奖励|资金(?:安排|拨付)|管理|监督|评审|目标|总体|背景|意义|工作要求|其他(?:事项|要求)?|有关(?:事项|要求)|相关(?:事项|要求)|报送|推荐(?:程序|要求|工作|名额|数量)|职责|验收"
)
_SOME_OF = re.compile(
    r"(?:(?:下列|以下|下述|如下)[^，。；]{0,12}?(?:之一|(?:中的?)?(?:至少|任意|任选|任一)?[^，。；]{0,4}?(?P<n>[0-9一二两三四五六七八九])\s*(?:项|个|条)(?:以上)?))|(?:至少|任意)(?:满足|符合|具备)?(?:其中|下列|以下)?(?:的)?[^，。；]{0,4}?(?P<m>[0-9一二两三四五六七八九])\s*(?:项|个|条)"
)
_BARRED = re.compile(
    r"(?:下列|以下|如下|上述)[^。；]{0,14}?(?:情形|情况|行为|问题)[^。；]{0,12}?(?:不得|不予|不能|不再|不受理|取消)|(?:不得|不予|不能)(?:申报|受理|推荐|参评|支持)[：:]?$|负面清单|(?:不得|不予|不能|不再)(?:申报|受理|推荐|参评|支持|参与)[^。；]{0,6}(?:情形|情况|范围)"
)
_LIMITED = re.compile("限报|限申报|只能申?报|仅能申?报|最多申?报|至多申?报|限.{0,8}申报|申报不超过")
_OUTSIDE = (OPENING, ANNEXES, COLOPHON)


def propose(
    tree: ClauseTree,
    categories: Sequence[Category],
    *,
    field: Field | None = None,
    province: str = "",
    first: int = 1,
    taken: Iterable[str] = (),
) -> tuple[Proposal, ...]:
    """The rules that the conditions of a notice or an annex suggest, in printed order, numbered from `first`.

    `taken` are names of facts and criteria that the pack has already. A tree without any heading of conditions
    (a guideline) is read whole.
    """
    shop = Workshop(field or Field(), Names(set(taken)), province)
    ids = Names(set(taken))
    found: list[Proposal] = []
    inside = condition_clauses(tree)
    limited = {clause.id for clause in tree if _LIMITED.search(clause.text)}
    for clause in tree:
        if clause not in inside and (clause.id not in limited or clause.id in _OUTSIDE):
            continue
        # 每家企业限报1项 binds wherever it stands; everything else only among the conditions.
        ideas = _ideas(shop, tree, clause, categories) if clause in inside else _limits(shop, clause)
        found += (
            _proposal(number, idea, clause, ids) for number, idea in enumerate(ideas, first + len(found))
        )
    return tuple(found)


def _proposal(number: int, idea: Idea, clause: Clause, ids: Names) -> Proposal:
    """The criterion that a piece of the clause would become; `ids` gives it a name that no other has."""
    fact = idea.facts[0].name
    criterion = Criterion.model_validate(
        {
            "id": ids.give(
                fact if len(idea.facts) == 1 else f"{fact}_etc", (clause.id, idea.quote, idea.pattern, fact)
            ),
            "title": idea.title,
            "clause": clause.id,
            "quote": idea.quote,
            "categories": clause.categories,
            "rule": idea.rule,
            "reasons": idea.reasons,
            "remedy": idea.remedy,
        }
    )
    return Proposal(
        number=number,
        pattern=idea.pattern,
        confidence=idea.confidence,
        facts=idea.facts,
        cues=idea.cues,
        criterion=criterion,
    )


def _limits(shop: Workshop, clause: Clause) -> Iterator[Idea]:
    for piece_start, sentence in located(clause.text):
        yield from quantities.limits(shop, sentence, piece_start, clause.categories)


def condition_clauses(tree: ClauseTree) -> list[Clause]:
    """The clauses with words of their own below a heading of conditions; else all that are no procedure."""
    candidates = [c for c in tree if c.id.split(":")[-1] not in _OUTSIDE and not c.id.startswith("annex-")]
    if not candidates or all(
        c.id in _OUTSIDE for c in tree.clauses if ":" not in c.id and not c.id.startswith("annex")
    ):
        candidates = [c for c in tree if c.id.split(":")[-1] not in _OUTSIDE]
    inside = [c for c in candidates if _within(tree, c)]
    if not inside:
        inside = [
            c for c in candidates if not any(_NOT_CONDITIONS.search(words) for words in _headings(tree, c))
        ]
    return [
        c for c in inside if not c.bare or _BARRED.search(squeeze(c.heading)) or _SOME_OF.search(c.heading)
    ]


def conditions_root(tree: ClauseTree) -> str:
    """The id of the outermost clause whose heading speaks of conditions, empty where none does."""
    return next((c.id for c in tree if c.heading and _speaks_of_conditions(c.heading)), "")


def _headings(tree: ClauseTree, clause: Clause) -> list[str]:
    return [
        squeeze(each.heading or (each.text[:24] if each is not clause else ""))
        for each in (*tree.ancestors(clause.id), clause)
    ]


def _speaks_of_conditions(heading: str) -> bool:
    words = squeeze(heading).rstrip("：:")
    return bool(CONDITIONS.search(words)) and not re.search(
        r"材料|时间|程序|流程|方式|推荐(?:程序|要求)|报送|工作要求", words
    )


def _within(tree: ClauseTree, clause: Clause) -> bool:
    """Below a heading of conditions, with no heading of another matter between."""
    inside = False
    for words in _headings(tree, clause):
        if _speaks_of_conditions(words):
            inside = True
        elif words and _NOT_CONDITIONS.search(words) and len(words) <= 14:
            inside = False
    return inside


def _ideas(
    shop: Workshop, tree: ClauseTree, clause: Clause, categories: Sequence[Category]
) -> Iterator[Idea]:
    if is_row(clause):
        yield from row_ideas(shop, clause)
        return
    above = tree.ancestors(clause.id)
    children = tree.children(clause.id)
    lead = clause.text
    some_of = _SOME_OF.search(lead) if children and not _BARRED.search(squeeze(lead)) else None
    if some_of:
        yield from _some_of(shop, tree, clause, some_of, categories)
        return
    barred = any(_BARRED.search(squeeze(each.heading + each.text)) for each in above)
    if not barred and any(_SOME_OF.search(each.text) for each in above):
        return  # its parts belong to the rule above
    yield from read_ideas(shop, clause, categories, barred=barred)


def read_ideas(
    shop: Workshop, clause: Clause, categories: Sequence[Category], *, barred: bool = False
) -> list[Idea]:
    """What the words of one clause suggest, in the order in which they stand."""
    text, bound = clause.text, clause.categories
    if barred:
        return list(statements.forbidden(shop, text.rstrip("。；;， "), 0, bound, heading=True))
    pieces = pieces_of(text)
    found: list[Idea] = []
    for number in range(pieces[-1].sentence + 1 if pieces else 0):
        own = [piece for piece in pieces if piece.sentence == number]
        if own:
            found += _of_sentence(shop, own, text, categories, bound, listed=bool(clause.marker))
    return sorted(found, key=lambda idea: idea.start)


def _of_sentence(
    shop: Workshop, own: Sequence[Piece], text: str, categories: Sequence[Category], bound: tuple[str, ...], *, listed: bool
) -> list[Idea]:  # fmt: skip
    start, end = own[0].start, own[-1].end
    sentence = text[start:end]
    found = [
        *quantities.tenures(shop, own, categories, bound),
        *quantities.directions(shop, sentence, start, bound),
        *quantities.limits(shop, sentence, start, bound),
        *quantities.validities(shop, sentence, start, bound),
    ]
    found += quantities.measures(shop, own, bound, [(i.start, i.start + len(i.quote)) for i in found])
    found += [idea for piece in own for idea in statements.places(shop, piece, bound)]
    found += [
        idea
        for piece in own
        for idea in statements.known_facts(shop, piece, bound)
        if not _taken(piece, found, numbers=True)
    ]
    found += [
        idea
        for idea in statements.forbidden(shop, sentence, start, bound)
        if not any(
            i.start < idea.start + len(idea.quote) and idea.start < i.start + len(i.quote) for i in found
        )
    ]
    run: list[Piece] = []
    if not any(idea.pattern == "forbidden" and len(found) == 1 for idea in found):
        for piece in own:
            if _taken(piece, found) or not statements.is_state(piece, text):
                found += statements.required(shop, run, text, bound, listed) if run else ()
                run = []
            else:
                run.append(piece)
        found += statements.required(shop, run, text, bound, listed) if run else ()
    return found


def _taken(piece: Piece, found: Sequence[Idea], *, numbers: bool = False) -> bool:
    """Whether the words of a piece are read already; with `numbers`, by a rule that holds a number."""
    return any(
        piece.start < idea.start + len(idea.quote) and idea.start < piece.end
        for idea in found
        if not numbers or idea.pattern in ("measure", "directions", "limit", "validity")
    )


def _some_of(
    shop: Workshop, tree: ClauseTree, clause: Clause, match: re.Match[str], categories: Sequence[Category]
) -> Iterator[Idea]:
    """满足下列条件之一, and the conditions below: one rule that counts its parts."""
    number = parse_numeral(match["n"] or match["m"] or "1")
    parts = []
    for child in tree.children(clause.id):
        ideas = read_ideas(shop, child.model_copy(update={"categories": clause.categories}), categories)
        if not ideas:
            continue
        rules = [idea.rule for idea in ideas]
        parts.append((ideas, rules[0] if len(rules) == 1 else {"kind": "all", "of": rules}))
    if number is None or not parts or number > len(parts):
        return
    rules = [rule for _, rule in parts]
    rule = (
        {"kind": "any", "of": rules}
        if number == 1
        else {"kind": "at_least", "count": int(number), "of": rules}
    )
    facts = {spec.name: spec for ideas, _ in parts for idea in ideas for spec in idea.facts}
    cues: dict[str, list[object]] = {}
    single: dict[str, object] = {}
    for ideas, _ in parts:
        for idea in ideas:
            for kind, value in idea.cues.items():
                if isinstance(value, list):
                    cues.setdefault(kind, []).extend(value)
                else:
                    single.setdefault(kind, value)
    quote = next((p.text for p in pieces_of(clause.text) if match.group()[:6] in p.text), match.group())
    texts = shop.texts("some_of", quote=shortened(quote))
    statuses: tuple[Status, ...] = ("met", "not_met", "unknown", "needs_confirmation")
    yield Idea("some_of", 0.75, quote, (clause.heading or texts["title"])[:LONGEST_TITLE], tuple(facts.values()), rule,
               reasons(texts, "", statuses), remedy(texts), cues | single)  # fmt: skip
