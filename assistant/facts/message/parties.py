"""Firms told apart in one message, of which one at most applies: A厂 and B厂, 甲 and 乙, 老李的公司 beside ours.

Of two firms that are set side by side nothing is the applicant's, unless one of them is asked for by its label (乙能报吗).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_FIRM = "公司|企业|单位|工厂|厂|客户|主体"
_LABEL = re.compile(
    f"(?<![A-Za-z甲乙丙])(?P<before>[ABCabc甲乙丙])(?:{_FIRM})(?![区房])"
    f"|(?:{_FIRM})(?P<behind>[ABCabc甲乙丙])(?![A-Za-z级类方轮端])"
    "|(?<![A-Za-z一-龥0-9])(?P<alone>[甲乙丙ABC])(?=[:：]?(?:(?:19|20)[0-9]{2}年|在|有|没|未|是|能|可以|想|要|也|已|就|才|刚|成立|注册|贯标|呢))"
)
_ASKED_FOR = re.compile(
    f"(?:{_FIRM})?(?:自己|单独|这边|今年|那|就|现在|到底|这家)*(?:能不能|能否|可不可以|可以|能|想|要|来|够不够|够|行不行|有没有)[^，,。？?！!；;]{{0,10}}?(?:申?报|参评|评|资格|条件|够|行|[吗么不])"
)
_TOGETHER = re.compile("(?<![有另还第])[这那]?(?:两|二|三)[家个](?:公司|企业|厂|客户)?(?=都|均|全)")
"""两家都想报四星: what is said of all is said of whichever applies."""
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘戴夏钟汪田任姜范方姚谭邹熊陆郝孔白崔康毛邱秦史顾侯邵孟龙段雷钱汤尹易武贺赖龚"
_NAMED = re.compile(
    f"(?<![和跟与同给帮替为向])(?:[小老][{_SURNAMES}]|[{_SURNAMES}](?:总|老板|哥|姐|工))(?:他们?|她|家)?的?(?:{_FIRM})(?=[^，。]{{2}})"
)
_CLAUSE = re.compile("[，,。；;！!？?\n、]")
_BELONGS = re.compile("(?<!不)(?:是|都是|归|属于)(?:我们?)?(?:的)?$")
_OF_A_GROUP = re.compile("集团|[母总子]公司|总部|兄弟|关联")
"""Of these it may be; a bureau or a supplier (证书是工信局发的) does it for whoever applies."""
_DONE_BY = re.compile(
    "(?!要求|让|叫|帮|给|替|请)[^，。,是]{0,4}?(?:拿|过|做|评|得|办|通过|取得|建|投|开|申请|申报|报|贯标)[^，。,是]{0,3}的(?=$|[，,。；; ])|的(?=$|[，,。；; ])"
)


def told_apart(text: str, *, beside_us: bool) -> Iterator[tuple[int, int, bool]]:
    """From where to where a firm is named that stands beside another, and whether that one applies.

    A person's firm (老李的厂) is another one only `beside_us`; of labelled ones there are two.
    """
    if beside_us:
        for match in _NAMED.finditer(text):
            yield *match.span(), False
    labels = [(match, match[match.lastgroup or 0].upper()) for match in _LABEL.finditer(text)]
    if len({label for _, label in labels}) > 1:
        asked_for = {label for match, label in labels if _ASKED_FOR.match(text, match.end())}
        for match, label in labels:
            yield *match.span(), asked_for == {label}
        for match in _TOGETHER.finditer(text):
            yield *match.span(), True


def belonging(text: str, start: int, end: int, since: int) -> list[tuple[int, bool]]:
    """贯标是子公司过的: the clause is of the party named from `start` to `end`, from `since` or its beginning on."""
    done = _DONE_BY.match(text, end) if _OF_A_GROUP.search(text, start, end) else None
    if done is None or not _BELONGS.search(text[max(0, start - 6) : start]):
        return []
    clause = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    return [(max(clause, since), False), (done.end(), True)]
