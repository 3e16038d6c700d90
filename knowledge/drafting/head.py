"""Head and foot of a document: title, 发文字号, 发文机关, 成文日期, and to whom it is addressed."""

from __future__ import annotations

import re
from datetime import date

from knowledge.clause_drafts import COLOPHON, OPENING
from knowledge.clauses import ClauseTree
from knowledge.drafting.found import Found, Head
from knowledge.normalise import squeeze
from knowledge.values import find_values

_TITLE = re.compile(
    r"(?:通知|公告|通告|指南|意见|办法|细则|方案|函|通报|启事|须知|要求|公示)(?:[（(][^（）()]{1,12}[）)])?$"
)
_HEAD_LINE = re.compile(r"文件$|^(?:发布|来源|浏览|索引|文号|发文|信息|时间|字号|分类|名称|有效性|体裁|主题)")
_NUMBER = re.compile(
    r"(?<![一-鿿])(?P<word>[一-鿿]{2,16}?)\s*[〔［\[（(【]\s*(?:19|20)[0-9]{2}\s*[〕］\]）)】]\s*第?\s*[0-9]{1,5}\s*号"
)
_LABELLED = re.compile(r"^(?:发文字号|发文文号|文件编号|文号|字号)\s*[:：]\s*")
_OFFICE = r"[厅局委会室府部院心处司办组]"
_AUTHORITY = re.compile(rf"[^0-9，。；：、（）()《》\s]{{2,38}}{_OFFICE}")
_RED_HEAD = re.compile(rf"^(?P<who>.{{3,60}}{_OFFICE})(?:文件|公告|通告|便函|函件)$")
_TO = re.compile(r"各|有关|局|委|厅|处|企业|单位|公司|园区|管委会|部门|中心|协会|院校|高校")
_CHINESE_DIGITS = str.maketrans("〇零○Ｏ", "〇〇〇〇")
_FIRST = 14
"""Paragraphs among which the title is looked for."""


def read_head(tree: ClauseTree) -> Head:
    """What the opening and the colophon say of the document itself."""
    opening = tree.get(OPENING).text.split("\n") if OPENING in tree else []
    at = _title_at(opening)
    title = Found(opening[at], OPENING, opening[at]) if at is not None else None
    addressees = _addressees(opening[at + 1 :] if at is not None else opening)
    return Head(
        title, _number(opening, at), _authority(tree, opening, title), _issued(tree, opening, at), addressees
    )


def _title_at(paragraphs: list[str]) -> int | None:
    candidates = [
        at
        for at, text in enumerate(paragraphs[:_FIRST])
        if 6 <= len(squeeze(text)) <= 120
        and _TITLE.search(squeeze(text))
        and not re.search("[。；]", text)
        and not _HEAD_LINE.search(squeeze(text))
    ]
    about = [at for at in candidates if "关于" in paragraphs[at]]
    return next(iter(about or candidates), None)


def _number(paragraphs: list[str], title: int | None) -> Found[str] | None:
    """The number in a line of its own above or right below the title; one inside a sentence is another's."""
    for text in paragraphs[: (title if title is not None else 6) + 4]:
        bare = _LABELLED.sub("", text.strip())
        match = _NUMBER.search(bare)
        if match and "《" not in text and "。" not in text and len(bare) <= len(match.group()) + 24:
            return Found(match.group(), OPENING, match.group())
    return None


def _addressees(paragraphs: list[str]) -> Found[str] | None:
    for text in paragraphs[:4]:
        words = text.strip()
        if words.endswith(("：", ":")) and _TO.search(words) and "。" not in words:
            return Found(words.rstrip("：:"), OPENING, words.rstrip("：:"))
    return None


def _authority(tree: ClauseTree, opening: list[str], title: Found[str] | None) -> Found[str] | None:
    """Who signs; else who heads the paper, or whom the title names."""
    if COLOPHON in tree:
        signed = []
        for line in tree.get(COLOPHON).text.split("\n"):
            words = squeeze(line)
            own = re.sub(r"(?:(?:19|20)[0-9]{2}|[〇零○一二三四五六七八九]{4})年.*$", "", words)
            if own and _AUTHORITY.fullmatch(own):
                signed.append(own)
            if own != words or not _AUTHORITY.fullmatch(own):
                break
        if signed:
            text = " ".join(signed)
            return Found(text, COLOPHON, text)
    for line in opening[:4]:
        if match := _RED_HEAD.match(squeeze(line)):
            return Found(match["who"], OPENING, match["who"])
    words = title.value.split("关于")[0] if title and "关于" in title.value else ""
    return Found(words, OPENING, words) if _AUTHORITY.fullmatch(squeeze(words)) else None


def _issued(tree: ClauseTree, opening: list[str], title: int | None) -> Found[date] | None:
    """The day under the signature; else a line of the head that is a date."""
    if COLOPHON in tree:
        text = tree.get(COLOPHON).text
        day = _first_day(text)
        if day:
            return Found(day, COLOPHON, text)
    for line in opening[: (title or 0) + 5]:
        if len(squeeze(line)) <= 40 and "《" not in line and (day := _first_day(line)):
            return Found(day, OPENING, line)
    return None


def _first_day(text: str) -> date | None:
    for value in find_values(text.translate(_CHINESE_DIGITS)):
        if value.kind == "date" and None not in value.key:
            year, month, day = (int(str(part)) for part in value.key)
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None
