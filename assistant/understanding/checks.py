"""What a message takes a rule's value to be, or takes a list to hold, and asks to have confirmed.

上云的电话是025-…对吗, 听说投入降到1500万了是不是; 7大方向里有没有“绿色制造”. Whether an applicant's own sum is enough (3000万够吗)
is nothing of the kind.
"""

from __future__ import annotations

import re

from assistant.understanding.speech_acts import asks_for_a_verdict, speaks_of_itself
from knowledge.values import Value, find_values

_CHECKED = re.compile(
    "对[吗吧么不]|对不对|是[吗吧么](?!$)|是吗|是不是|没错吧|确认|不是[^，。]{1,16}吗|(?:吧|吗)[?？]?$"
)
_TAKEN_AS = re.compile(
    "(?:是|为|到|至|成|于|(?:不|最)(?:低|少)(?:于|是)?|至少(?:要)?|门槛|[须需只就得]?要|电话|号码|拨打?|[：:])(?:了|也|都|就|的)?$"
)
_AS_IT_IS = re.compile(
    "(?:元|钱)?(?:(?:之|以)?前|以上|起)?(?:截止|开始|开启|结束)?(?:了|的)?(?:$|[，,。?？吗吧么 ]|对|是不是|是[吗吧]|没错|确认|这个)"
)
_KINDS = ("phone", "amount", "date")
_OF_THE_RULE = re.compile(
    "听说|请问|确认|一下|通知|发文|印发|落款|[降升涨改调]|提高|工信局|各地|市局|企业|审核|推荐|最[低少]|不低于|不少于|至少|近?[3三]年(?:以内|内)?|项目|投入|投资|总[计额]|合计|金额|门槛|标准|要求|规定"
    "|咨询|联系|电话|号码|申报|开启|开始|开放|系统|截止|时间|日期|日子|以上|之前|是不是|没错|[类的和与及跟、是要须需得为于到至成在前元也就对吗吧么不了，,。?？ ]"
)
_QUOTED = '[“「『"](?P<word>[^“”「」『』"]{2,10})[”」』"]'
_UNQUOTED = '(?P<word>[^，。?？“”「」『』"]{2,8}?)'
_A_DIRECTION = "(?:[3-7三五七]个?大?|业态|创新|模式)*(?:方向|大类|业态|模式)"
_HAS = "(?:有没有|有无|是否有|包不包括|包括|包含|有)"
_IS_IN = "(?:在不在|是不是|算不算|属不属于|属于|在|是)"
_END = "(?:之一|里面?|中|之列|之内)*(?:吗|么|吧|不|没有|对[吗吧])*[?？]?$"
_IN_A_LIST = (
    re.compile(f"{_HAS}{_QUOTED}(?:这个|这一|这种|的)?(?:{_A_DIRECTION}|类型?)?{_END}"),
    re.compile(f"^(?:请问|那么?)?{_QUOTED}{_IS_IN}(?:这)?{_A_DIRECTION}{_END}"),
    re.compile(f"{_HAS}{_UNQUOTED}(?:(?:这个|这一个?|这种){_A_DIRECTION}|(?<=型)){_END}"),
    re.compile(f"(?:包不包括|包括|包含){_UNQUOTED}{_END}"),
    re.compile(f"^(?:请问|那么?)?{_UNQUOTED}{_IS_IN}(?:这)?{_A_DIRECTION}{_END}"),
)
_NO_NAME = re.compile("[几哪什啥多这那它其别另我咱你们项须要必报申是在有不]|企业|公司|产品|材料|具体|名称")
"""Words that name nothing a list could hold: 有几个方向, 我们的产品属于7大方向吗."""


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


def only_the_value(plain: str, value: Value) -> bool:
    """Whether a text, its categories taken out, says no more of a value than what the rule says of it.

    三项费用各要到2000万吗 says more.
    """
    return not _OF_THE_RULE.sub("", plain.replace(value.text, "", 1))


def word_looked_for(plain: str) -> str | None:
    """The word that a message looks for in a list: 7大方向里有没有“绿色制造”, 共享制造在不在七个方向里."""
    found = next((match for pattern in _IN_A_LIST if (match := pattern.search(plain))), None)
    if found is None:
        return None
    quoted = plain[found.start("word") - 1 : found.start("word")] in tuple('“「『"')
    return found["word"] if quoted or not _NO_NAME.search(found["word"]) else None


def stars_asked(plain: str) -> tuple[Value, ...]:
    """The stars that a message asks of, of nobody in particular: 二星三星都能报对吧."""
    if speaks_of_itself(plain):
        return ()
    return tuple(value for value in find_values(plain) if value.kind == "star")


def _stands_first(plain: str, value: Value) -> bool:
    """2月20日截止对吗: the day stands before what ends on it."""
    return value.kind == "date" and bool(
        re.match("(?:日|号)?(?:之?前)?(?:截止|开始|开启|开放|结束)", plain[value.end :])
    )
