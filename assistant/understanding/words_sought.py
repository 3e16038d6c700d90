"""Words that a message looks for in the notice: 有没有提到5G, “同等条件下”出现几次, 2月28日在通知里见于哪几处.

Of a day alone it may be asked what it is (1月19日是什么日子): the notice's own words about it are the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.models import Clause
from knowledge.values import UndatedYear, find_values

_IN_IT = "(?:在?(?:这[个份]?|本)?(?:通知|文件|正文|全文|文)(?:里面?|里头|中|上)?(?:一共|总共|共)?)?"
_CALLED = (
    "(?:这个|那个|这几个|几个|的)?(?:词语?|字眼?|字样|说法|日子|日期|一?天|[这那]?[句段](?:话|原文|原话)?)?"
)
_STANDS = "(?:提到|提及|提过?|写到|出现|说到)(?:过|了)?"
_MENTIONED = "(?:提到|提及|提|写到|写|出现|说到|用)(?:过|了)?"
_OPENS, _CLOSES = '[“"「『]', '[”"」』]'
_WHETHER = (
    re.compile(
        rf"(?:有没有|有无|是否|是不是|可有){_STANDS}(?:关于)?(?P<words>[^，。？?！!供交前升的跟与]{{1,10}}?){_CALLED}[吗么呢啊呀]?[？?。]?$"
    ),
    re.compile(
        rf"(?:通知|文件|正文|全文|文中|里)[^，。]{{0,4}}{_STANDS}(?P<words>[^，。？?！!了过的跟与]{{1,10}}?){_CALLED}(?:吗|么|没有?|了没有?|了吗)[？?。]?$"
    ),
)
_CLAUSE = "哪一?[条款句段处]款?|哪一?部分|哪几条|第几[条款句]款?|第几部分"
_WHERE = f"(?:几|多少)(?:次|处|回|遍|个地方)|(?:在|于)?(?:哪(?:里|儿|几?处|些地方)|{_CLAUSE})"
_COUNTED = re.compile(
    rf"(?:{_OPENS}(?P<words>[^“”「」『』\"]{{2,20}}){_CLOSES}|(?P<day>[0-9一二两三四五六七八九十]{{1,3}}月[0-9一二两三四五六七八九十]{{1,3}}[日号]?)){_CALLED}{_IN_IT}(?:{_MENTIONED}(?:{_WHERE})|(?:是|出自|见于?|来自)?在?(?:{_CLAUSE}))"
)
_ASKS_FOR_A_CLAUSE = re.compile(
    f"(?:(?:写|规定|提|说|讲)?在(?:通知|文件)?的?|是|于|出自)?(?:{_CLAUSE})"
    "|(?:写|规定|提|说|讲)在(?:通知|文件)?的?哪(?:里|儿)?|出自哪(?:里|儿)|哪(?:里|儿)(?:写|提到|规定|说)"
)
_AROUND = re.compile(
    "请问|通知|文件|正文|提到|提及|提的?|写明|写着|写到|写的?|说到|说的?|讲到|讲的?|规定|要求|关于|对于|出现|具体|内容|[这那]?个?(?:字|词|事|点|条|句话?|段话?)"
    "|[在是的了过要有里中就对呢啊呀吗嘛吧这那]|[\\W_]"
)
_LONGEST = 12
_MOST_CLAUSES = 3
"""What stands in more clauses is what the whole notice speaks of: 平台, 申报."""
_WHAT = "(?:是|指的?|代表|对应|算)(?:是|的)*(?:个|一个)?(?:什么|啥|哪个|干什么|干嘛|干啥|做什么|做啥)"
_DAY_MEANT = re.compile(
    rf"^(?:那|请问|通知|文件|里面?|上|写|的|中|[，, ])*(?P<day>(?:20\d\d年)?[0-9一二两三四五六七八九十]{{1,3}}月[0-9一二两三四五六七八九十]{{1,3}}[日号])"
    rf"(?:这|那|个|一|天|是|日期|日子|时间|[，, ])*{_WHAT}(?:样|日期|日子|时间|意思|节点|用|的|来着|[呢啊呀？?。])*$"
)


@dataclass(frozen=True, slots=True)
class WordsSought:
    """`counted`: where and how often they stand is asked; `meant`: what a day is, if it stands there.

    Else it is asked whether they stand there at all.
    """

    words: str
    counted: bool = False
    meant: bool = False


def words_sought(plain: str, original: str = "") -> WordsSought | None:
    """The words that a message looks for, as the original writes them; None where it asks for anything else."""
    if counted := _COUNTED.search(plain):
        return WordsSought(counted["words"] or counted["day"].rstrip("日号") + "日", counted=True)
    if meant := _DAY_MEANT.search(plain):
        return WordsSought(meant["day"].rstrip("日号") + "日", meant=True)
    found = next((match for pattern in _WHETHER if (match := pattern.search(plain))), None)
    words = re.sub(f"{_OPENS}|{_CLOSES}", "", found["words"]).strip() if found else ""
    at = original.lower().find(words)
    return WordsSought(original[at : at + len(words)] if at >= 0 else words, counted=False) if words else None


def clause_sought(plain: str, clauses: Iterable[Clause], year: UndatedYear) -> WordsSought | None:
    """The words of the notice of which nothing is asked but where they stand: 哪一条说了要盖章, 公示那句在第几条."""
    if not _ASKS_FOR_A_CLAUSE.search(plain):
        return None
    words = _AROUND.sub("", _ASKS_FOR_A_CLAUSE.sub("", plain))
    if not 2 <= len(words) <= _LONGEST:
        return None
    found = clauses_that_hold(clauses, words, year)
    return WordsSought(words, counted=True) if 0 < len(found) <= _MOST_CLAUSES else None


def clauses_that_hold(clauses: Iterable[Clause], words: str, year: UndatedYear) -> list[Clause]:
    """The clauses in which words stand, dates in any notation, Latin ones as words of their own (AI, not in caiiclovd).

    `year` is that of the dates that the notice prints without one.
    """
    return [clause for clause in clauses if _holds(clause.text, words, year)]


def _holds(text: str, words: str, year: UndatedYear) -> bool:
    dates = [value for value in find_values(words) if value.kind == "date"]
    if dates:
        return any(date.claims(value, year) for date in dates for value in find_values(text))
    sought = re.escape("".join(words.lower().split()))
    alone = rf"(?<![a-z0-9]){sought}(?![a-z0-9])" if words.isascii() else sought
    return bool(re.search(alone, "".join(text.lower().split())))
