"""Words that a message looks for in the notice: 有没有提到5G, “同等条件下”出现几次, 2月28日在通知里见于哪几处."""

from __future__ import annotations

import re
from dataclasses import dataclass

_IN_IT = "(?:在?(?:这[个份]?|本)?(?:通知|文件|正文|全文|文)(?:里面?|里头|中|上)?(?:一共|总共|共)?)?"
_CALLED = "(?:这个|那个|这几个|几个|的)?(?:词语?|字眼?|字样|说法|日子|日期|一?天)?"
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
_WHERE = "(?:几|多少)(?:次|处|回|遍|个地方)|(?:在|于)?哪(?:里|儿|几?处|些地方|几?条)"
_COUNTED = re.compile(
    rf"(?:{_OPENS}(?P<words>[^“”「」『』\"]{{2,20}}){_CLOSES}|(?P<day>[0-9一二两三四五六七八九十]{{1,3}}月[0-9一二两三四五六七八九十]{{1,3}}[日号]?)){_CALLED}{_IN_IT}{_MENTIONED}(?:{_WHERE})"
)


@dataclass(frozen=True, slots=True)
class WordsSought:
    """`counted`: where and how often they stand is asked; else whether they stand there at all."""

    words: str
    counted: bool


def words_sought(plain: str, original: str = "") -> WordsSought | None:
    """The words that a message looks for, as the original writes them; None where it asks for anything else."""
    if counted := _COUNTED.search(plain):
        return WordsSought(counted["words"] or counted["day"].rstrip("日号") + "日", counted=True)
    found = next((match for pattern in _WHETHER if (match := pattern.search(plain))), None)
    words = re.sub(f"{_OPENS}|{_CLOSES}", "", found["words"]).strip() if found else ""
    at = original.lower().find(words)
    return WordsSought(original[at : at + len(words)] if at >= 0 else words, counted=False) if words else None
