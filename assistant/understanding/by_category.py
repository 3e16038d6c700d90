"""Questions that set the categories against each other: which of them ask for a thing, and to which of them it belongs.

哪些企业不用贯标, 独立法人是三类都要求还是只有平台; 平台化设计属于平台类吗, 网络化协同归平台还是标杆.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.understanding.categories import CategoryNames
from assistant.understanding.speech_acts import asks_for_a_verdict, asks_something, speaks_of_itself

_NEEDS = "(?:不|无[须需]|免|要|[需必]?须|需|用|没有?|有|看|管|规定|限)"
_ASKS_WHICH = re.compile(
    f"哪[几一]?(?:个|些)?(?:类别|类型|种类|类|种)的?(?:企业|单位|项目|公司)?[^，。?？]{{0,4}}?{_NEEDS}"
    f"|哪些(?:企业|单位|公司)?(?:可以|是|都|就)?(?:不|无[须需]|免){_NEEDS}?|哪些(?:企业|单位|公司)(?:才|是|都|就)?{_NEEDS}"
    "|(?:是|属于|写在)哪[几一]?个?类(?:别)?(?:里|的|才)*(?:条件|要求|要|有|写)?[了的呢啊]*[?？]?$"
)
"""哪些企业不用…, 哪类要…; not 哪些材料要…."""
_ASKS_IF_ALL = re.compile(
    "(?:[三每各]个?类别?|[三每各]种)[^，。?？]{0,6}(?:都|全|均|一样|通用|共同|相同)"
    "|还是(?:只|仅|光|单)单?(?:有|是|对|要求)?(?P<one>[^，。?？]{2,10})(?:才|要|有|一[家类])*[?？]?$"
)
_NEEDED = re.compile(
    "不(?:需要|用|要|必|须)|[无免]须|无需|需不需要|要不要|用不用|(?:必|需)?[须需]要?|要求|要|提供|提交|交|哪|门槛|不"
)
"""Words around what is needed, of which 用 is no use of a cloud service."""
_KIND = "(?:的|里面?的?|中的?)?(?P<kind>等级|级别|档次|方向|类型|类别|业态|模式|一种|之一|内容|范围)?"
_WORD = '[“「『"]?(?P<word>[^，。?？“”「」『』"]{2,10}?)[”」』"]?(?:这个方向|方向|业态|模式)?'
_OF = "(?P<of>[^，。?？]{2,12}?)(?:类|项目|那类|那边|这类)*"
_IN = "(?:属不?属于|属于|归属?于?|归到|归入)"
_END = "(?:的|里面?)?(?:对[吗吧么不]|是[吗吧]|吗|么|吧|不|呢|啊)*[?？]?"
_BELONGS = (
    re.compile(f"{_WORD}(?:也|到底|算)?(?P<verb>是不是|是|算不算|算|{_IN}){_OF}{_KIND}{_END}"),
    re.compile(
        f"{_WORD}(?:是|到底|究竟|应该|该|要|算)*(?P<verb>{_IN}|报|放在?|写在|算|是){_OF}(?:的|里)?，?还是(?:{_IN}|报|放在?|写在|算|是)?"
        f"(?P<other>[^，。?？]{{2,12}}?)(?:类|项目)*{_KIND}{_END}"
    ),
    re.compile(
        f"{_OF}(?:也|还)?(?:(?:分不分|有没有|评不评)(?:几个?)?(?P<word>[^，。?？]{{2,6}}?)(?:之分|等级|级别)?[?？]?"
        f"|(?:分|有|评)(?:几个?)?(?P<then>[^，。?？]{{2,6}}?)(?:之分|等级|级别)?(?:对[吗吧]|吗|么|吧|不|没有?)[?？]?)"
    ),
)
_NAME_END = re.compile("(?:级|型)?(?:上云企业|企业)?$")


@dataclass(frozen=True, slots=True)
class Belonging:
    """`word`, which the category `owner` lists as its own, is looked for in one category or in either of two.

    `had`: it is asked if that one has it (平台分星级吗), not if the word is of that one.
    """

    word: str
    owner: str
    looked_in: tuple[str, ...]
    had: bool = False


def asks_which_category(plain: str, names: CategoryNames) -> bool:
    """Whether it is asked, of nobody in particular, which categories ask for a thing or do not, or whether all do."""
    if speaks_of_itself(plain) or asks_for_a_verdict(plain) or not asks_something(plain):
        return False
    return bool(_ASKS_WHICH.search(plain)) or asks_if_all(plain, names)


def asks_if_all(plain: str, names: CategoryNames) -> bool:
    """Whether it is asked if a thing is the same for all categories: 是三类都要求还是只有平台."""
    found = _ASKS_IF_ALL.search(plain)
    return found is not None and (found["one"] is None or bool(names.named(found["one"])))


def what_is_needed(plain: str) -> str:
    """What a question about which category needs it is about: 贯标证书, of 哪些企业不用提供贯标证书."""
    return _NEEDED.sub(" ", plain)


def belonging(plain: str, names: CategoryNames, listed: Mapping[str, str]) -> Belonging | None:
    """Where a message looks for one of the directions that the categories list; `listed` tells whose each is."""
    for pattern in _BELONGS:
        found = pattern.fullmatch(plain)
        groups = found.groupdict() if found else {}
        word = groups.get("word") or groups.get("then") or ""
        owner = _owner(word, names, listed) if word else None
        if owner is None:
            continue
        looked_in = tuple(_category(groups[key] or "", names) for key in ("of", "other") if groups.get(key))
        # 五星是标杆工厂吗 asks if one may stand for the other.
        vague = groups.get("verb") in ("是", "算", "是不是", "算不算") and not groups.get("kind")
        if all(looked_in) and not (vague and len(looked_in) == 1 and names.only_names(word)):
            return Belonging(word, owner, looked_in, had="then" in groups)
    return None


def _owner(word: str, names: CategoryNames, listed: Mapping[str, str]) -> str | None:
    """The one category that lists a word, as it is printed or without its end (五星), or several of that kind (星级)."""
    named = names.named(word) if names.only_names(word) else ()
    whose = {of for item, of in listed.items() if _NAME_END.sub("", item) == _NAME_END.sub("", word)}
    whose |= {of for item, of in listed.items() if (of,) == named and word in item}
    return whose.pop() if len(whose) == 1 else None


def _category(text: str, names: CategoryNames) -> str:
    named = names.named(text) if names.only_names(text) else ()
    return named[0] if len(named) == 1 else ""
