"""What a message takes a rule's value to be, or takes a list to hold, and asks to have confirmed.

上云的电话是025-…对吗, 听说投入降到1500万了是不是; 7大方向里有没有“绿色制造”. Whether an applicant's own sum is enough (3000万够吗)
is nothing of the kind.
"""

from __future__ import annotations

import re

from assistant.understanding.speech_acts import asks_for_a_verdict, speaks_of_itself
from knowledge.values import Value, find_values

_CHECKED = re.compile("对[吗吧么不]|对不对|是[吗吧么](?!$)|是吗|是不是|没错吧|确认|不是[^，。]{1,16}吗|(?:吧|吗)[?？]?$")
_TAKEN_AS = re.compile(
    "(?:是|为|到|至|成|于|(?:不|最)(?:低|少)(?:于|是)?|至少(?:要)?|门槛|[须需只就得]要|电话|号码|拨打?|[：:])(?:了|也|都|就|的)?$"
)
_AS_IT_IS = re.compile("(?:元|钱)?(?:(?:之|以)?前|以上|起)?(?:截止|开始|开启|结束)?(?:了|的)?(?:$|[，,。?？吗吧么 ]|对|是不是|是[吗吧]|没错|确认|这个)")
_KINDS = ("phone", "amount", "date")
_IN_A_LIST = (
    re.compile(
        "(?:有没有|有无|包不包括|包括|包含|是否有|有)[“「『\"]?(?P<word>[^，。?？“”「」『』\"]{2,8}?)[”」』\"]?(?:这个|这一|这种|的)?(?:业态|创新)?(?:方向|大类|类型|类|模式|一类|一项)?(?:吗|么|不|没有)?[?？]?$"
    ),
    re.compile(
        "^(?:请问|那么?)?[“「『\"]?(?P<word>[^，。?？“”「」『』\"]{2,8}?)[”」』\"]?(?:在不在|是不是|算不算|属不属于|属于|算|是|也是|也在|在)(?:这)?(?:[3-7三五七]个?大?|业态|创新|模式|的)*(?:方向|大类|业态)(?:之一|里面?|中|之列|之内)*(?:吗|么|吧|不|对[吗吧])*[?？]?$"
    ),
)


def value_claimed(plain: str) -> Value | None:
    """The one phone, sum or day that a message takes the rule's to be."""
    if not _CHECKED.search(plain) or asks_for_a_verdict(plain) or "还是" in plain:
        return None
    found = [value for value in find_values(plain) if value.kind in _KINDS]
    if len(found) != 1 or (found[0].kind != "phone" and speaks_of_itself(plain)):
        return None
    value = found[0]
    taken = _TAKEN_AS.search(plain[: value.start]) and _AS_IT_IS.match(plain, value.end)
    return value if taken or _stands_first(plain, value) else None


def word_looked_for(plain: str) -> str | None:
    """The word that a message looks for in a list: 7大方向里有没有“绿色制造”, 共享制造在不在七个方向里."""
    found = next((match for pattern in _IN_A_LIST if (match := pattern.search(plain))), None)
    return found["word"] if found else None


def stars_asked(plain: str) -> tuple[Value, ...]:
    """The stars that a message asks of, of nobody in particular: 二星三星都能报对吧."""
    if speaks_of_itself(plain):
        return ()
    return tuple(value for value in find_values(plain) if value.kind == "star")


def _stands_first(plain: str, value: Value) -> bool:
    """2月20日截止对吗: the day stands before what ends on it."""
    return value.kind == "date" and bool(re.match("(?:日|号)?(?:之?前)?(?:截止|开始|开启|开放|结束)", plain[value.end :]))
