"""Thresholds in the words of a condition: 不少于1年, 不低于2000万元, 20人以上, 至少涉及一个方向."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from knowledge.numerals import parse_numeral
from knowledge.rules import Operator

_NUMBER = r"[0-9０-９]+(?:[,，][0-9]{3})*(?:\.[0-9]+)?|[一二两三四五六七八九十百]+"
_UNIT = (
    r"周年|个?自然年|年(?!度|月|来|报|内|产|均|初|末|底|[前后])|个月|(?:千|百)?万(?:亿)?元|亿元|元|百分点|%|％|"
    r"平方米|㎡|亩|人次|人|名|件|项|家|台套|台|套|条|户|吨标准煤|吨|分(?![析类别支布公为])|小时|周岁|岁|天|种|次|部|期|笔|"
    r"个(?:以上)?(?=[^，。；]|$)|千瓦|公里|标准箱|P(?:Flops)?(?![A-Za-z])|万|亿"
)
_NOT_LESS = r"不(?:得|应|能|可)?(?:少|低|小|短)于|至少(?:要|须|应)?|最少|最低(?:为|不低于)?|起码|达(?:到|成)?|(?<!不)满(?!足)|≥|>=|大于(?:或)?等于|(?<!少于)(?<!超)拥有"
_MORE = r"(?<!不)(?<!不得)(?<!不应)(?<!不能)(?:超过|高于|大于|多于)|[＞>]"
_NOT_MORE = r"不(?:得|应|能|可)?(?:超过|高于|多于|大于|超出)|至多|最多|≤|<=|小于(?:或)?等于"
_LESS = r"(?<!不)(?<!不得)(?<!不应)(?:低于|少于|小于)|[＜<]"
_THRESHOLD = re.compile(
    rf"(?P<lead>(?P<ge>{_NOT_LESS})|(?P<le>{_NOT_MORE})|(?P<gt>{_MORE})|(?P<lt>{_LESS}))?"
    rf"(?P<fill>\s*(?:为|有|具有|拥有|配备|涉及|满足|覆盖|具备|近)?\s*)(?P<n>{_NUMBER})\s*(?P<u>{_UNIT})"
    r"(?:人民币)?(?P<tail>\s*(?:[（(]含?[^（）()]{0,8}[)）])?\s*(?:及其?|或|含)?(?P<up>以上)|\s*(?:[（(]含[)）])?(?P<down>以下|以内))?"
)
_PAST = re.compile(r"(?:近|最近|过去|前|上|连续)\s*$")
_PERIOD = re.compile(r"(?:近|最近|过去|连续)\s*(?:[一二两三四五0-9]+)\s*(?:个)?(?:年|会计年度|月)")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound with its place in the piece; `words` is what is printed, operator included."""

    operator: Operator
    number: Decimal
    unit: str
    start: int
    end: int
    words: str

    @property
    def years(self) -> int | None:
        """The number of full years, where it counts years or twelve months each."""
        if self.unit in ("年", "周年", "个自然年", "自然年") and self.number == int(self.number):
            return int(self.number)
        return None


def find_thresholds(text: str) -> Iterator[Threshold]:
    """The bounds of a piece of a condition, in order; a bare number is none."""
    for match in _THRESHOLD.finditer(text):
        number = parse_numeral(re.sub("[,，]", "", match["n"]))
        operator = _operator(match)
        if number is None or operator is None or _is_past(text, match):
            continue
        yield Threshold(operator, number, match["u"].replace("％", "%").replace("以上", ""), match.start(), match.end(),
                        match.group().strip())  # fmt: skip


def _operator(match: re.Match[str]) -> Operator | None:
    if match["ge"]:
        return ">="
    if match["le"]:
        return "<="
    if match["gt"]:
        return ">"
    if match["lt"]:
        return "<"
    if match["up"]:
        return ">="
    return "<=" if match["down"] else None


def _is_past(text: str, match: re.Match[str]) -> bool:
    """近3年以内, 连续三年以上: a stretch of time and no bound."""
    before = text[: match.start("n")]
    return bool(_PAST.search(before)) and match["u"] in ("年", "个月", "周年", "天")
