"""Numbers in conditions: years of registration, sums, shares, counts, N个方向, 限报N项, last days of validity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from knowledge.drafting.ideas import LONGEST_TITLE, Idea, Workshop, reasons, remedy, shortened
from knowledge.drafting.naming import slug
from knowledge.drafting.pieces import Piece
from knowledge.drafting.thresholds import Threshold, find_thresholds
from knowledge.facts import FactSpec
from knowledge.models import Category
from knowledge.numerals import parse_numeral
from knowledge.values import find_values

_REGISTERED = re.compile(r"注册|成立|登记|设立|工商")
_CAPITAL = re.compile(r"注册(?:资本|资金|地|用户|人数|会员)|登记(?:备案|证)")
_LEAD = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十0-9]+[)）.、]|其中|并|且|同时|以及|申报(?:单位|企业|主体|项目)?|企业|单位|项目|上述|该|应当?|须|需|必须"
    r"|要求|具有|具备|拥有|有|原则上|在|的|为|截至[^，。]{0,12}[前日止]|[、，：\s])++"
)
_TRAIL = re.compile(r"(?:应当?|须|需|必须|要|原则上|均|都|总计|合计|累计|已|在|为|的|比例|规模)+$")
_DIRECTIONS = re.compile(
    r"(?P<name>[^，。；：]{2,14}?)[”\"]?\s*(?:的)?\s*(?P<total>[0-9一二两三四五六七八九十]+)\s*(?:个|大|项|类)(?P<unit>方向|方面|领域|维度|环节|场景|模式|指标|类别|业态|条件|能力)"
    r"(?P<rest>[^。；]{0,16}?)(?:(?:至少|最少|不少于|应在?|须在?|任意|任选|任一?)[^，。；0-9一二两三四五六七八九]{0,6}(?P<count>[0-9一二两三四五六七八九]+)\s*(?:个|项|种|类)?"
    r"|(?P<every>全部|都要|均[须应]?|都[须应]?|皆))"
)
_LIMIT = re.compile(
    r"(?P<who>(?:每|各|同一|一)(?:个|家)?(?:法人)?(?:企业|单位|申报单位|申报主体|主体|法人|法人单位|项目单位|申报企业|牵头单位|集团)[^，。；]{0,14}?)?"
    r"(?P<words>(?:限|只能|仅能|只可|仅可|最多|至多|仅限|限定|只)(?:申?报|推荐|选择?)?(?:申?报)?|申报(?:数量|项目)?不(?:得)?超过)[^，。；0-9]{0,4}?\s*(?P<n>[0-9一二两三])\s*(?P<u>个|项|类|种|家)"
)
_FORWARDING = re.compile(
    r"各(?:设区)?(?:市|县|区|地|省)|推荐单位|主管部门|每(?:个)?(?:市|县|区|地)|经信|工信局|推荐(?:数量|名额)"
)
_VALIDITY = re.compile(
    r"(?P<subject>[^，。；：]{0,14}?(?:证书|资质|资格|许可证?|认证|证明|合同|协议)?)的?(?:有效期|有效期限|到期(?:日|时间))(?:限)?(?:应|须|需|必须)?(?:当)?(?:在|至|到|截止|为)?"
    r"(?P<day>(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)(?P<tail>(?:[（(]含[^）)]{0,4}[）)])?(?:及?以?之?后|及以后|以后|之后))?"
)
_BARE_SUBJECT = re.compile("[一-鿿A-Za-z&]{2,}")


def tenures(shop: Workshop, pieces: Sequence[Piece], categories: Sequence[Category], bound: tuple[str, ...]) -> Iterator[Idea]:  # fmt: skip
    """Full years since registration; 平台类不少于1年、标杆工厂类不少于3年 is one rule with a number for each."""
    for piece in pieces:
        found = [t for t in find_thresholds(piece.text) if t.years and t.operator in (">=", ">")]
        about = _before(pieces, piece) + (piece.text[: found[0].start] if found else "")
        if not found or not _REGISTERED.search(_CAPITAL.sub("", about)):
            continue
        years = _by_category(piece.text, found, categories, bound)
        if years is None:
            continue
        quote = piece.text
        texts = shop.texts("tenure", fact="registered_on", quote=shortened(quote))
        spec = FactSpec(name="registered_on", type="date", categories=bound, meaning=texts["meaning"],
                        question=texts["question"], ease=1)  # fmt: skip
        cue = {"fact": "registered_on", "words": ["成立", "注册", "创立", "开办", "登记"], "nouns": ["公司", "企业", "单位"], "categories": list(bound)}  # fmt: skip
        yield Idea("tenure", 0.92, quote, texts["title"], (spec,), {"kind": "tenure", "fact": "registered_on", "years": years},
                   reasons(texts, "registered_on", ("met", "not_met", "unknown", "needs_confirmation")), remedy(texts), {"since": cue}, piece.start)  # fmt: skip


def _by_category(
    text: str, found: Sequence[Threshold], categories: Sequence[Category], bound: tuple[str, ...]
) -> int | dict[str, int] | None:
    """The years, by category where the words before each number name some; None where they leave one out."""
    if len(found) == 1:
        return found[0].years
    years: dict[str, int] = {}
    begin = 0
    for threshold in found:
        words, begin = text[begin : threshold.start], threshold.end
        for category in categories:
            if any(name and name in words for name in (category.name, category.short, *category.aliases)):
                years.setdefault(category.id, threshold.years or 0)
    return years if set(bound) <= set(years) else None


def measures(shop: Workshop, pieces: Sequence[Piece], bound: tuple[str, ...], skip: Sequence[tuple[int, int]]) -> Iterator[Idea]:  # fmt: skip
    """Sums, shares and counts held against a number."""
    for piece in pieces:
        begin = 0
        for threshold in find_thresholds(piece.text):
            at = (piece.start + threshold.start, piece.start + threshold.end)
            own = piece.text[begin : threshold.start]
            begin = threshold.end
            if any(start < at[1] and at[0] < end for start, end in skip):
                continue
            subject = (
                _subject(own) or _subject(_last_piece(pieces, piece)) or _subject(piece.text[threshold.end :])
            )
            if subject:
                yield measured(shop, piece, threshold, subject, bound)


def measured(
    shop: Workshop, piece: Piece, threshold: Threshold, subject: str, bound: tuple[str, ...]
) -> Idea:
    """A number of `subject` held against a threshold."""
    unit = threshold.unit
    known = next((m for m in shop.field.measures if m.notice.search(subject)), None)
    core = subject[-12:]
    name = shop.names.give(
        f"{known.name if known and unit != '%' else slug(core, 'amount')}_{slug(unit, 'percent')}",
        (core, unit),
    )
    quote = piece.text
    texts = shop.texts(
        "measure", subject=shortened(subject, 40), unit=unit, fact=name, quote=shortened(quote)
    )
    whole = unit in ("人", "名", "项", "件", "个", "家", "台", "套", "条", "户", "次", "种", "部", "期")
    spec = FactSpec(name=name, type="int" if whole else "number", categories=bound, meaning=shortened(subject, 40),
                    question=texts["question"], unit=unit, minimum=0)  # fmt: skip
    said = [*(known.said if known else ()), *([core[-4:]] if core[-4:] else [])]
    cue = {
        "fact": name,
        "words": list(dict.fromkeys(map(re.escape, said))),
        "unit": unit,
        "categories": list(bound),
    }
    rule = {
        "kind": "comparison",
        "fact": name,
        "operator": threshold.operator,
        "threshold": _plain(threshold.number),
    }
    return Idea("measure", 0.88 if known else 0.75, quote, subject[-LONGEST_TITLE:], (spec,), rule, reasons(texts, name), remedy(texts, name),
                {"measures": [cue]}, piece.start)  # fmt: skip


def directions(shop: Workshop, sentence: str, start: int, bound: tuple[str, ...]) -> Iterator[Idea]:
    """在“企业标杆能力”4个方向上，应至少涉及一个方向; 3个方面的全部要求."""
    for match in _DIRECTIONS.finditer(sentence):
        total = parse_numeral(match["total"])
        count = parse_numeral(match["count"]) if match["count"] else total
        subject = _LEAD.sub("", match["name"]).strip('“”"满足在 ')
        if total is None or count is None or count > total or not subject:
            continue
        unit = match["unit"]
        quote = sentence[
            match.start() : match.start() + _to_comma(sentence[match.start() :], match.end() - match.start())
        ]
        name = shop.names.give(f"{slug(subject)}_met", (subject, unit))
        texts = shop.texts(
            "measure",
            subject=f"“{subject}”符合要求的{unit}数",
            unit=f"个{unit}",
            fact=name,
            quote=shortened(quote),
        )
        own = shop.texts(
            "directions", subject=subject, total=_plain(total), unit=unit, quote=shortened(quote)
        )
        spec = FactSpec(name=name, type="int", categories=bound, meaning=f"{subject}符合要求的{unit}数", question=own["question"],
                        unit=f"个{unit}", minimum=0, maximum=int(total), ease=3)  # fmt: skip
        cue = {
            "fact": name,
            "words": [re.escape(subject)],
            "units": [unit, "方向", "方面"],
            "total": int(total),
            "categories": list(bound),
        }
        rule = {"kind": "comparison", "fact": name, "operator": ">=", "threshold": _plain(count)}
        yield Idea("directions", 0.85, quote, subject[:LONGEST_TITLE], (spec,), rule, reasons(texts, name), remedy(own, name),
                   {"counts": [cue]}, start + match.start())  # fmt: skip


def limits(shop: Workshop, sentence: str, start: int, bound: tuple[str, ...]) -> Iterator[Idea]:
    """每家企业限报1项; a limit on what bureaus may recommend is no condition of an applicant."""
    for match in _LIMIT.finditer(sentence):
        number = parse_numeral(match["n"])
        if number is None or (not match["who"] and _FORWARDING.search(sentence[: match.end()])):
            continue
        if match["words"] in ("最多", "至多") and not match["who"]:
            continue
        begin = max(sentence.rfind(mark, 0, match.start()) for mark in "，；：") + 1
        quote = sentence[begin : match.end()].strip()
        unit = "项"
        texts = shop.texts("limit", quote=quote, fact="items_applied")
        spec = FactSpec(name="items_applied", type="int", categories=bound, meaning=texts["meaning"], question=texts["question"],
                        unit=unit, minimum=0, ease=1)  # fmt: skip
        cue = {
            "fact": "items_applied",
            "words": ["申报", "报", "项目"],
            "unit": unit,
            "categories": list(bound),
        }
        rule = {"kind": "comparison", "fact": "items_applied", "operator": "<=", "threshold": _plain(number)}
        yield Idea("limit", 0.85, quote, texts["title"], (spec,), rule, reasons(texts, "items_applied"), remedy(texts, "items_applied"),
                   {"measures": [cue]}, start + begin)  # fmt: skip


def validities(shop: Workshop, sentence: str, start: int, bound: tuple[str, ...]) -> Iterator[Idea]:
    """证书有效期须在2023年3月31日之后: the day itself is left open unless 及以后 or 含 says that it counts."""
    for match in _VALIDITY.finditer(sentence):
        days = [v.key for v in find_values(match["day"]) if v.kind == "date"]
        if not days or None in days[0]:
            continue
        year, month, day = (int(str(part)) for part in days[0])
        subject = _LEAD.sub("", match["subject"]) or "证书"
        tail = match["tail"] or ""
        included = "及" in tail or "含" in tail or not tail
        name = shop.names.give(f"{slug(subject)}_valid_until", ("until", subject))
        texts = shop.texts("validity", subject=subject, fact=name, quote=match.group().strip("，"))
        spec = FactSpec(
            name=name, type="date", categories=bound, meaning=texts["meaning"], question=texts["question"]
        )
        rule = {"kind": "date_after", "fact": name, "day": f"{year:04}-{month:02}-{day:02}",
                "on_the_day": "met" if included else "needs_confirmation"}  # fmt: skip
        cue = {"fact": name, "words": ["到期", "截止", "届满", "有效期(?:到|至)"], "subjects": ["证书", re.escape(subject)],
               "validity": ["有效期"], "categories": list(bound)}  # fmt: skip
        yield Idea("validity", 0.9, match.group().strip("，"), f"{subject}有效期"[:LONGEST_TITLE], (spec,), rule,
                   reasons(texts, name, ("met", "not_met", "unknown", "needs_confirmation")), remedy(texts, name), {"until": cue},
                   start + match.start())  # fmt: skip


def _subject(words: str) -> str:
    """What a number is of: the words before it without 应, 不低于 and who it is asked of."""
    bare = re.sub(r"[（(][^（）()]*[)）]", "", words)
    bare = _TRAIL.sub("", _LEAD.sub("", bare.strip()).strip("、，： “”"))
    bare = re.sub(r"^.*?类(?=[一-鿿])", "", bare) if bare.endswith("类") else bare
    return bare if _BARE_SUBJECT.search(bare) else ""


def _before(pieces: Sequence[Piece], piece: Piece) -> str:
    return "".join(p.text for p in pieces if p.sentence == piece.sentence and p.start < piece.start)


def _last_piece(pieces: Sequence[Piece], piece: Piece) -> str:
    before = [p.text for p in pieces if p.sentence == piece.sentence and p.start < piece.start]
    return before[-1] if before else ""


def _to_comma(text: str, least: int) -> int:
    ends = [at for mark in "，；。" if (at := text.find(mark, least)) >= 0]
    return min(ends, default=len(text))


def _plain(number: Decimal) -> Any:
    return int(number) if number == int(number) else float(number)
