"""Whether a message asks where it stands what has just been said: 依据是第几条, 哪条写的不让报, 把那句原文发来.

Such a message names no subject of its own: once its words for a clause and the small words around them are taken out,
nothing is left. 「满一年这个条款怎么写的」 names its subject, and is a question like any other.
"""

from __future__ import annotations

import re

_CLAUSE = re.compile(
    "依据|根据|出处|来源|原文|原话|条款号?|条文|哪一?[条款句段处]|第几[条款]|几条几款|[那这](?:一|半)?[条句段](?:话|规定|原文)?|哪里写|写在哪里?|白纸黑字|凭什么|which clause|original (?:text|wording)|source"
)
_AROUND = re.compile(
    "[你您]?(?:们?敢)?(?:这么)?(?:确定|肯定|当真|真的假的|真的|靠谱|确信|保证)|哪来|(?:通知|文件|红头文件|政策|规定)(?:里头?|上|中|的)?|来电(?:的?人)?|请教|咨询|贵(?=通知|文件)|你们?|您|我们?|老师|刚才|刚刚|上面|前面|说|讲|写|是|在|有|没有|没|的|了|吗|呢|么|嘛|吧|啊|呀|呗|嗷|哦|噢|嗯|那么?|这个?|这么|个|它|请|麻烦|劳驾|一下|下|把|给|发|贴|念|抄|照抄|引用?|摘录|列|附上?|看|读|拿|复制|摘|找|来|去|出|过|到|我看看|看看|瞧瞧"
    "|原封不动|原样|逐字|逐句|一字不差|一字不漏|完整|全文|条文|具体|到底|究竟|哪里?|怎么|咋|如何|什么|啥|是不是|有没有|都|一遍|一次|不让|不能|不给|不可以|不行|申?报|规定|要求|想|要|问|能|可以|行|也|就|还|都|对|所以|因为|但|知道|多少|号|条|句|话|给出|说明|指|内容|展开|详细|仔细|多|点|解释|人家|听|谢谢|多谢|please|the|of|for|that|is|it|what|in|show|me|you|can|give|quote|exact|say|says|where|does"
)
_WORDING = re.compile("原文(?!件)|原话|原句|逐[字句]|一字不[差漏改]")
_LEFT = re.compile(r"[\W_]+")


def asks_for_the_basis(plain: str) -> bool:
    """Whether the message does nothing but ask for the clause behind the last answer."""
    return nothing_but_a_clause(plain, must_say_so=True)


def nothing_but_a_clause(plain: str, *, must_say_so: bool) -> bool:
    """Whether a text holds no subject, only words for a clause and the small ones; `must_say_so`: at least one such word."""
    if must_say_so and not _CLAUSE.search(plain):
        return False
    return not _LEFT.sub("", _AROUND.sub("", _CLAUSE.sub("", plain)))


def wants_the_wording(plain: str) -> bool:
    """Whether a message wants the notice's own words of whatever it asks: 贯标证书那条的原文."""
    return bool(_WORDING.search(plain))
