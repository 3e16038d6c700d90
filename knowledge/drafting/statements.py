"""Conditions without a number: facts of the field, a place of registration, 须…, 不得…, 近三年无…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.drafting.field import KnownFact
from knowledge.drafting.ideas import LONGEST_TITLE, Idea, Workshop, reasons, remedy, shortened
from knowledge.drafting.naming import slug
from knowledge.drafting.pieces import Piece
from knowledge.facts import FactSpec

_MUST = re.compile(
    r"(?:应当?|必须|须(?!知)|需(?!求|要[^，。]{0,4}的)|要求|要(?!求|素))(?:已|是|为|具有|具备|通过|符合|建有|在|有|能|由|依法|满足|属于|拥有|取得|获得|按)?"
)
_FORBIDDEN = re.compile(
    r"(?P<what>[^，。；]*?)(?:的(?:企业|单位|项目|主体)?)?[，,]?(?:原则上)?(?:均)?(?P<not>不得|不能|不可|不予|不再|不(?=受理|支持))(?:以[^，。；]{1,10}?)?(?:参与|参加|再次|重复|进行|继续)?(?:本次)?(?:申报|受理|推荐|支持|参评|申请|认定|列入|评定)"
)
_NOT_HAPPENED = re.compile(r"(?:未|无|没有|不存在|未曾|从未)(?:发生|被|出现|受到|列入|有|存在)?")
_PLACE = re.compile(
    r"(?:在|于|为|^|(?<=[，、]))(?P<place>[^，。；、在于]{0,10}?(?:省|市|自治区|区|县|境|行政区域|中国大陆|中华人民共和国)(?:行政区域)?(?:范围)?(?:境?内)?)(?:[（(][^（）()]*[)）])?(?:依法|正式|工商)*(?:登记)?(?:注册|登记|设立)"
    r"|注册地(?:址)?(?:和[^，。；]{0,10})?(?:应当?|须|需)?(?:均)?(?:在|位于|为)(?P<place2>[^，。；、]{1,12}?(?:省|市|自治区|区|县|境)(?:行政区域)?(?:境?内)?)"
)
_NOT_A_STATE = re.compile(
    r"^[从自][^，。]*(?:起|至|到)|^确因|材料|复印件|扫描件|装订|盖章|填[写报]|提[交供]|详见|参照|另行|公示|评审|专家|通知|上传|优先|鼓励|可(?:以)?(?:在|按|根据|申报|自愿|选|提出|通过)|计算|任选|以下(?:条件|要求)|下列|如下|(?:等|之)[：:]$|负责"
)
_SUBJECT = re.compile(
    r"^(?:申报|参评|参选|申请|推荐)?(?:的)?(?:单位|企业|主体|项目|平台|工厂|产品|园区|机构|案例|人)(?!的)"
)
_WORDS = re.compile("[一-鿿]{3,}")
_LEAST = 5


def known_facts(shop: Workshop, piece: Piece, bound: tuple[str, ...]) -> Iterator[Idea]:
    """Facts that return in many notices: 独立法人, 失信, 财务制度 …"""
    for known in shop.field.facts:
        match = known.pattern.search(piece.text)
        if match and (known.negative == _is_denied(piece.text, match) or not known.negative):
            yield _known(shop, known, piece, bound)


def _is_denied(text: str, match: re.Match[str]) -> bool:
    """Whether the words before or behind say that it must not be: 无…, 未发生…, 有…的不得申报."""
    return bool(
        _NOT_HAPPENED.search(text[: match.start() + 1]) or re.search("不得|不予|不再|不能|一票否决", text)
    )


def _known(shop: Workshop, known: KnownFact, piece: Piece, bound: tuple[str, ...]) -> Idea:
    spec = FactSpec(
        name=known.name,
        type="bool",
        categories=bound,
        meaning=known.meaning,
        question=known.question,
        ease=known.ease,
    )
    texts = shop.texts("forbidden" if known.negative else "flag", quote=shortened(piece.text))
    flag = {"kind": "flag", "fact": known.name}
    rule = {"kind": "not", "of": flag} if known.negative else flag
    if known.negative:
        texts |= {
            key: text
            for key, text in shop.texts("flag", quote=shortened(piece.text)).items()
            if key in ("met", "not_met")
        }
    cue = {"fact": known.name, "categories": list(bound), **known.cue}
    return Idea("known", 0.9, piece.text, known.title, (spec,), rule, reasons(texts), remedy(texts, "" if known.negative else known.name),
                {"states": [cue]}, piece.start)  # fmt: skip


def places(shop: Workshop, piece: Piece, bound: tuple[str, ...]) -> Iterator[Idea]:
    """在江苏省内注册."""
    match = _PLACE.search(piece.text)
    if not match:
        return
    place = (match["place"] or match["place2"]).strip()
    texts = shop.texts("place", place=place) | shop.texts("flag", quote=shortened(piece.text))
    own = shop.texts("place", place=place)
    spec = FactSpec(
        name="registered_in_place",
        type="bool",
        categories=bound,
        meaning=own["meaning"],
        question=own["question"],
        ease=1,
    )
    cues: dict[str, object] = {}
    if (
        shop.province
        and re.search("省|自治区|我市|本市|行政区域|境", place)
        and not re.search("中国|中华", place)
    ):
        cues = {"place": {"fact": "registered_in_place", "province": shop.province}}
    yield Idea("place", 0.9, piece.text, own["title"], (spec,), {"kind": "flag", "fact": "registered_in_place"}, reasons(texts),
               remedy({"otherwise": ""}), cues, piece.start)  # fmt: skip


def forbidden(
    shop: Workshop, sentence: str, start: int, bound: tuple[str, ...], heading: bool = False
) -> Iterator[Idea]:
    """未建或在建项目不得申报; with `heading`, each item below 有下列情形之一的不得申报."""
    match = _FORBIDDEN.search(sentence)
    what = sentence if heading else (match["what"] if match else "")
    if match is None and not heading:
        return
    what = _SUBJECT.sub("", what.strip("，、： ")).strip("，、： ")
    topic = _topic(what)
    if not topic or re.search("下列|以下|上述", what):
        return
    quote = (
        sentence.strip()
        if heading or match is None
        else sentence[match.start() : match.end()].strip("，、： ")
    )
    name = shop.names.give(f"{slug(what)}_barred", ("barred", what))
    texts = shop.texts("forbidden", quote=shortened(what))
    question = shop.texts("flag", quote=shortened(what))["negative_question"]
    spec = FactSpec(
        name=name,
        type="bool",
        categories=bound,
        meaning=f"是否属于“{shortened(what, 40)}”",
        question=question,
    )
    cue = {"fact": name, "topics": [topic], "categories": list(bound)}
    rule = {"kind": "not", "of": {"kind": "flag", "fact": name}}
    yield Idea(
        "forbidden",
        0.75,
        quote,
        what[:LONGEST_TITLE],
        (spec,),
        rule,
        reasons(texts),
        remedy(texts),
        {"states": [cue]},
        start,
    )


def _topic(what: str) -> str:
    """The last Chinese words, by which an applicant may speak of it; empty where there are none."""
    words = _WORDS.findall(what)
    return words[-1][-6:] if words else ""


def is_state(piece: Piece, text: str) -> bool:
    """Whether a piece may say what an applicant must be or have: no instruction, and no label before a colon."""
    return not _NOT_A_STATE.search(piece.text) and text[piece.end : piece.end + 1] not in ("：", ":")


def required(
    shop: Workshop, run: Sequence[Piece], text: str, bound: tuple[str, ...], listed: bool
) -> Iterator[Idea]:
    """须…, 应…; in a list of conditions also what is merely stated. `run` are neighbouring pieces that nothing else read."""
    quote = text[run[0].start : run[-1].end].strip()
    modal = any(_MUST.search(piece.text) for piece in run)
    if len(quote) < _LEAST or not (modal or listed):
        return
    what = _MUST.sub("", _SUBJECT.sub("", quote), count=1).strip("，、： ") or quote
    topic = _topic(re.split("[，、；（]", what)[0]) or _topic(what)
    if not topic:
        return
    name = shop.names.give(slug(re.split("[，、；（]", what)[0] or what), ("state", what))
    texts = shop.texts("flag", quote=shortened(quote))
    spec = FactSpec(
        name=name, type="bool", categories=bound, meaning=shortened(what, 40), question=texts["question"]
    )
    cue = {
        "fact": name,
        "topics": [topic],
        "categories": list(bound),
    }
    yield Idea("required" if modal else "stated", 0.62 if modal else 0.45, quote, what[:LONGEST_TITLE], (spec,),
               {"kind": "flag", "fact": name}, reasons(texts), remedy(texts, name), {"states": [cue]}, run[0].start)  # fmt: skip
