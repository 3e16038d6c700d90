"""What words around a level make of it beside another: proposed first, applied for together, a mere condition.

「那就先报四星」 proposes and 「报四星要先报三星吗」 asks of the rule; 「四星今年和五星一起报」 applies for both; 「有四星就可以报了吧」
applies for nothing and tells of none that is held.
"""

from __future__ import annotations

import re

_TRIED = "申?报(?!告)|申请|冲|评(?![上过了定])"
_FIRST = re.compile(f"(?<![要需得须该是])先(?:{_TRIED})(?![^，。]{{0,8}}[再才后])")
_MAY_FIRST = re.compile(f"(?:能不能|能否|可不可以|能|可以|可)(?:我们|就)?先(?:{_TRIED})(?:个|一个)?$")
_BESIDE = "今年|这次|这回|本次|能不能|可不可以|能否|能|可以|可|也|就|想|要|一起|同时|一块儿?|顺便"
JOIN = re.compile(
    "(?:和|跟|与|、|或者?|还是|及|以及|,|，|\\s)*(?:或|或者|还是)?"
    f"|(?:{_BESIDE}){{0,3}}(?:和|跟|与|同(?!时)|连同|加上?|带上?)(?:{_BESIDE}){{0,2}}"
)
"""Nothing but this between two levels: what is said of one is said of the other."""
_GIVEN = re.compile("(?:只要|凡是|有了?|是|拿到|评上|够|达到)(?:是|有|个)?$")
_THEN = re.compile("(?:级|上云|企业|的|话)*(?:就|便|才)(?:可以|可|能|行|够|好|没问题|有资格)")
_DECIDES = re.compile("(?:那么?)?(?:就|还是|要不|先|干脆|只)|那么?(?=申?报|评)|算了")
_TAKES = re.compile("那么?就|还是|干脆|算了|要不|那?么?(?:就|也)?只(?:能|好)")
_OURS = re.compile("我(?!省|市|国)|咱|本(?:公司|企业|厂)|已|现在|目前|去年|今年")


def decides(words: str) -> bool:
    """Whether a phrase settles on one of what was named before: 那就先报三星, 还是报四星吧."""
    return _DECIDES.match(words.strip()) is not None


def takes_another(words: str) -> bool:
    """Whether a bare level is put in place of the one applied for: 那就四星, 还是三星吧."""
    return _TAKES.match(words.strip()) is not None


def without_proposals(words: str) -> str:
    """The words without a 先 that proposes what to apply for: 那就先报四星 is 那就报四星; 要先报三星吗 stays."""
    return _FIRST.sub(lambda said: said.group()[1:], words)


def may_be_first(before: str) -> bool:
    """Whether what stands before a level asks if it may be applied for first: 能先报三星吗."""
    return _MAY_FIRST.search(before) is not None


def is_a_condition(before: str, after: str) -> bool:
    """Whether a level between these words is what somebody needs, and nobody's: 有四星就可以报了吧."""
    return bool(_GIVEN.search(before) and _THEN.match(after)) and not _OURS.search(before)
