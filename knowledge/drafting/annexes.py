"""The list of annexes in all usual layouts: 附件：1.…, 附件1：…, one without a number, several on a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from knowledge.binding import Binding
from knowledge.clause_drafts import ANNEXES
from knowledge.clauses import ClauseTree
from knowledge.drafting.found import FoundAnnex
from knowledge.models import Category

_LEAD = re.compile(r"^附\s*件?\s*(?:[:：]|(?=[0-9１-９]))\s*")
_ITEM = re.compile(
    r"(?:^|\n|(?<=[）)。；;])|(?<=[一-鿿])\s+)\s*(?:附\s*件\s*)?(?P<n>[1-9１-９][0-9]?|[一二三四五六七八九十]{1,2})\s*[.．、:：]\s*(?P<title>[^\n]+?)(?=\s*(?:\n|$|(?<=[一-鿿）)])\s*(?:附\s*件\s*)?[1-9][0-9]?\s*[.．、:：]\s*[一-鿿《“]))"
)
_ASIDE = re.compile(
    r"\s*[（(](?:略|另附|另发|请?(?:见|另|自行|从|登录|在)[^（）()]*|附后|下载[^（）()]*|此件[^（）()]*|电子版[^（）()]*)[）)]\s*$|[。；;]\s*$"
)
_HAN = "一二三四五六七八九十"
_SUMMARY = re.compile("汇总|推荐表|推荐函|清单|名单|统计表|一览表|推荐(?:项目)?(?:情况)?表|明细表")
_FORM = re.compile(
    "申报书|申请书|申请表|申报表|申请报告|申报材料|登记表|申报(?:模板|格式)|信息表|基本情况表|任务书|自评(?:表|报告)|报名表|报告(?:模板|提纲|格式)|实施方案|建设方案"
)
_GUIDE = re.compile("指南|标准|条件|细则|指标|办法|要素|要求|规范|导则|目录|评分|方法|指引|体系")


def find_annexes(tree: ClauseTree, categories: Sequence[Category]) -> tuple[FoundAnnex, ...]:
    """The annexes that the list names, in its order."""
    if ANNEXES not in tree:
        return ()
    binding = Binding(categories)
    text = _LEAD.sub(
        lambda m: "" if m.group().rstrip().endswith(("：", ":")) else "附件", tree.get(ANNEXES).text.strip()
    )
    found: dict[int, FoundAnnex] = {}
    for match in _ITEM.finditer(text):
        number = _number(match["n"])
        title = _title(match["title"])
        if title and number not in found:
            found[number] = FoundAnnex(number, title, annex_kind(title), binding.titled(title), ANNEXES)
    if not found:
        title = _title(re.sub(r"^附\s*件?\s*[:：]?", "", text).split("\n")[0])
        if title:
            found[1] = FoundAnnex(1, title, annex_kind(title), binding.titled(title), ANNEXES)
    return tuple(found.values())


def annex_kind(title: str) -> Literal["guideline", "application_form", "summary_sheet", "other"]:
    """What an annex is by its title."""
    if _SUMMARY.search(title):
        return "summary_sheet"
    if _FORM.search(title):
        return "application_form"
    return "guideline" if _GUIDE.search(title) else "other"


def _title(words: str) -> str:
    before = ""
    while words != before:
        before, words = words, _ASIDE.sub("", words.strip())
    return words.strip()


def _number(text: str) -> int:
    if text[0] in _HAN:
        return _HAN.index(text) + 1 if len(text) == 1 else 10 + _HAN.index(text[-1]) + 1
    return int(text)
