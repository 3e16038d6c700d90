"""Whether a category that a message names is not what it is about: denied, put right, compared with, held or built.

What is set aside counts only where nothing else is named (标杆算了 still speaks of 标杆); what was never gone in for
(我们没搞过什么平台; 平台没有，只有一个改造项目) names nothing, not even alone.
"""

from __future__ import annotations

import re

_BESIDE = 32
"""Characters: what is said of a name stands no further from it, and many names are not each read against all."""
_DENIED_BEFORE = re.compile(
    r"(?:(?:不|没有?|别)(?:是|打算|准备|考虑|计划|想|去|再|要)*(?:申?报|做|搞|弄|评|冲|申请|说过?是?)|不是(?:要|想|说|指)?|别给?我?|不要|不问|没问|除了|而不是|先不说|先不管|不看|放弃(?:了|掉)?|不符合|够不上|不够|达不到|报不了)(?:申?报|申请)?(?:那个|什么)?$"
)
_NEVER_DONE_BEFORE = re.compile(r"(?:没有?|从未|从没)(?:搞|做|建|弄|开发|接触)过?(?:什么|啥|过|任何)?$")
_NOT_THERE_BEHIND = re.compile(
    r"(?:类|项目)?(?:我们?|咱们?|这块|那块)?(?:倒|是|也|都)*没(?:有|做|搞|建|弄)(?:过)?(?:的|呢|啊)*(?=[，。,；;！!])"
)
_WHETHER_BEFORE = re.compile(r"(?:有没有|是否|[过有])[^，。,]{0,6}$")
_DENIED_BEHIND = re.compile(
    r"(?:工厂|企业|类)?[啊呀哦嗯，, ]*(?:不是|不对)+[啊呀，, ]*(?:我)?(?:说|讲|打|写|搞|弄)(?:错|岔|反)|(?:工厂|企业|类|的事|那块|那个|这块)?(?:的|那个|那边|我)*(?:就)?(?:算了|不要(?!求)|不用(?:管|说|讲|提)?|不问|(?:已经?)?(?:知道|晓得|清楚|懂)(?!的)|不报了|不弄了|不搞了|先放一?放|先不管|先不说|不考虑了?)"
    r"|(?:工厂|企业|类)?(?:我们?|咱们?|是|也|肯定|都|就|确实|看来)*(?:不符合|达不到|够不[上着]|报不[了成]|不够格?|没戏|放弃)(?:条件|要求)?(?:了|的话|的)*(?=[，,。；;！! ])"
)
_PUT_RIGHT = re.compile(
    r"[，。,；;！!\s](?:哦|啊|噢|呃|嗯|诶|哎|喔)*(?:不对|不是|不(?!是)|算了|等等|(?:说|打|写)错了?)[了啊哦，,。！! ]*(?:还是|我?(?:们)?(?:应该)?是(?!否|不是)|改成?|换成?|我?们?[想要]?(?:申?报))"
)
"""报标杆工厂吧，哦不，还是报三星上云: what stands before gives way to what stands behind."""
_SPOKEN_OF_THEN = re.compile(
    r"(?:上次|上回|上一[次回个条轮]|刚才|刚刚|前面|之前|先前|昨天)(?:我|们|已经|都|是|在|就|也)*(?:问|说|讲|看|聊|谈|是)(?:的|了|过|是)*$"
)
_SPOKEN_OF_NOW = re.compile(r"这次|这回|现在|今天|这会儿?|这个问题")
"""上次问的标杆，这次问平台."""
_HELD_BEFORE = re.compile(
    r"(?:(?:已经?|早就?|去年|前年|之前|以前)[^，。?？]{0,4}?(?:是|有|认定|评|获|入选)|(?:认定|评上|获评|入选|拿到))(?:为|成|了|过|上|的|省|级|江苏省|一个|个)*$"
)
"""我们去年已经是省重点平台了，今年还能报标杆工厂吗 asks of one of them."""
_COMPARED_BEFORE = re.compile(r"(?:跟|和|与|像|同|比照)$")
_COMPARED_BEHIND = re.compile(r"(?:类|企业|那边|那样|那类)*(?:一样|似的|相同|不一样|不同)")
_PHRASE_END = re.compile(r"[，。,；;！!?？\n]")
_BUILT_BEFORE = re.compile(
    r"(?:建成|建好|建了|建有|搭建|搭了|上了|上线|开发了|部署|自研)[^，。,；;！!?？\n]{0,24}$"
)
_BUILT_BEHIND = re.compile(
    r"(?:类|项目|系统)?(?:也|都|还|没有?|未|尚未|已经?|全部?|均|早就?|刚|正)*(?:建成|建好|建完|在建|上线|投用|投产|投入使用|完工|验收)"
)
_WANTED = re.compile(r"[吗呢么?？哪]|[报评冲]|申请|能不能|行不行|条件|要求")
_TOGETHER = re.compile(
    r"一起|同时|都[能可想要报]|分别|哪[个类些]|两[个类](?=都|能|可|呢|一|[，。?？]|$)|各自"
)


def names_nothing(plain: str, match: re.Match[str]) -> bool:
    """Whether what is named was never gone in for, or is not there."""
    before = _before(plain, match)
    if _NEVER_DONE_BEFORE.search(before):
        return True
    return bool(_NOT_THERE_BEHIND.match(plain, match.end())) and not _WHETHER_BEFORE.search(before)


def is_set_aside(plain: str, match: re.Match[str]) -> bool:
    """Whether what is named is denied, put right, compared with, or held already."""
    before, behind = _before(plain, match), plain[match.end() : match.end() + _BESIDE]
    if _COMPARED_BEFORE.search(before) and _COMPARED_BEHIND.match(behind):
        return True
    if _HELD_BEFORE.search(before) or _PUT_RIGHT.search(behind):
        return True
    if _SPOKEN_OF_THEN.search(before) and _SPOKEN_OF_NOW.search(behind):
        return True
    return bool(_DENIED_BEFORE.search(before) or _DENIED_BEHIND.match(behind))


def is_part_of_the_story(plain: str, match: re.Match[str]) -> bool:
    """Whether what is named only tells what was built (MES和工业互联网平台都投用了), in a phrase that asks nothing."""
    begin, end = _phrase(plain, match)
    if _WANTED.search(plain[begin:end]):
        return False
    return bool(_BUILT_BEFORE.search(plain[begin : match.start()]) or _BUILT_BEHIND.match(plain, match.end()))


def is_wanted(plain: str, match: re.Match[str]) -> bool:
    """Whether what is named stands in a phrase that asks or applies for something."""
    begin, end = _phrase(plain, match)
    return bool(_WANTED.search(plain[begin : end + 1]))


def means_several(plain: str) -> bool:
    """Whether a message asks of several things at once: 能一起报吗, 能报哪个."""
    return bool(_TOGETHER.search(plain))


def _phrase(plain: str, match: re.Match[str]) -> tuple[int, int]:
    """Where the phrase around a match begins and ends, no further off than `_BESIDE`."""
    first, last = max(0, match.start() - _BESIDE), min(len(plain), match.end() + _BESIDE)
    begin = max((end.end() for end in _PHRASE_END.finditer(plain, first, match.start())), default=first)
    closing = _PHRASE_END.search(plain, match.end(), last)
    return begin, closing.start() if closing else last


def _before(plain: str, match: re.Match[str]) -> str:
    return plain[max(0, match.start() - _BESIDE) : match.start()]
