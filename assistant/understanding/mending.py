"""Whether a message supposes that what stood against the applicant is mended: 审计报告补上的话呢, 这些都解决了呢.

What is expected is supposed too where the verdict under it is asked for: 报告25号前能出来，那样行了吗.
"""

from __future__ import annotations

import re

from assistant.understanding.speech_acts import (
    asks_for_a_remedy,
    asks_for_a_verdict,
    asks_something,
    asks_whether,
    supposes,
)
from knowledge.numerals import parse_numeral

_IT_WILL = "[补出下拿办做开修换赶建]得[出上来到成完下好齐]|[能会][出下批过补办换续建成](?=[，,。?？了的]|$)"
_DONE = (
    "(?:[补出下拿领取办做弄搞配建评升改换续开凑备投加招审理顿善修交攒用组搭提](?:得?[好齐上来到成完够全妥足满高]|出来|下来|到位|起来)"
    "|解决|搞定|到位|满足|达标|达到|完工|竣工|投产|投运|上线|验收|来得及|赶得及|补[做开办签]|补一?[份个张]|完成|升级|提升|恢复|启用|新证|换新|续期|修复|整改|整顿"
    "|[下拿]证|[出下批过补办换续评做建][了后]|" + _IT_WILL + ")"
)
"""What is done with a thing that was missing."""
_MENDED = re.compile(_DONE)
_NOT_MENDED = re.compile(
    "[补出下拿领取办做弄搞配建评升改换续开凑修]不[好齐上来到成完够全了]|来不及|赶不及|(?<![能是会要可])不(?:想|去|再|用)?[补办换续开修]|(?:没|未|无法|不能|难以|才)(?:有|能)?[^，。,的]{0,4}"
    + _DONE
    + "|(?:眼下|目前|现在|暂时|确实)[^，。,]{0,4}(?:没|未)"
)
_HANDED_IN_LATER = re.compile("(?:后|晚点|回头|之后|过后|逾期|延期)再?补|补[交报件传递录]")
"""材料后补行吗 asks for the rule, and mends nothing."""
_THEN = re.compile("(?:呢|咋样|怎么样|如何|会怎样)[?？。!！~～ ]*$")
_COUNTED_AS = re.compile("按[^，。,]{1,10}(?:算|来看|来说)")
_EXPECTED = re.compile("(?:能|会|马上|这就|[就等让叫赶请去将要])[^，。,]{0,12}?" + _DONE + "|" + _IT_WILL)
_THEN_FINE = re.compile(
    _DONE
    + "[^，。,]{0,10}[，,]?(?:是不是|应该|那|这样)*(?:就|便|总)(?:也|都|算|应该|能|可以)*[行可能够没符过达]"
)
_HOPED = re.compile("吧[?？。!！~～ ]*$")
_ASKS_ELSE = re.compile("什么|啥|怎么(?!样)|咋(?!样)|如何(?![?？]?$)|哪|谁|多少|多久|多长|几[个天年号家]")
_ALL = re.compile("(?:都|全|全部|统统|这些|那些|以上|上面|[几各两三][项条样]|问题)[^，。,]{0,6}?" + _DONE)
_ANOTHER_IF = re.compile(
    "(?:再|又|同时|另外|还|并且|而且)(?:假设|假如|假定|如果|要是)|(?:假设|假如|如果|要是)(?:再|又|同时|还)"
)
_BESIDES = re.compile("也|再|同时|加上|一并|一起")

_COUNT_SUPPOSED = re.compile(
    r"(?:那么?|如果|要是|假如|假设|万一|我们?|咱们?|只|就|才|能|算|有|满足|涉及|覆盖|做到|做|达到|达|符合|补到?|凑到?|到|是|了){0,6}(?P<number>[0-9]|[一二两三四五六七])(?:个|项)(?:方面|方向)?"
    r"(?:满足|符合|达标|覆盖|涉及|成熟|的话|了|，){0,3}(?:呢|(?:就|也|算)?(?:行|够|可以|能报|能过)了?[吗么吧不]|行不行|够不够|可不可以|怎么样|会怎样|(?:就|也)?不?(?:行|够)[了吗么吧]*)[?？]?"
)


_FAILS = re.compile(
    "(?:那么?|要是|如果|万一|假如|届时|到时候?|最后|还是|就是|我们?|，)*(?:[拿办弄下出做搞补批建领发](?:不(?:到|下来|来|了|出来|好|完|成|过|上|齐|全)|不下证)|(?:没|不能|没能)(?:拿到|办好|办下来|下来|通过|出来|做完|建好|补上))(?:的话)?(?:呢|怎么办|咋办)?[?？。]*"
)


def supposes_failure(plain: str) -> bool:
    """Whether a message does nothing but suppose that what is under way comes to nothing: 拿不到呢, 要是办不下来呢."""
    return bool(_FAILS.fullmatch(plain)) and (supposes(plain) or _THEN.search(plain) is not None)


def count_supposed(plain: str) -> int | None:
    """The number that a message does nothing but suppose: 如果只满足两个呢, 那涉及一个就行吗."""
    said = _COUNT_SUPPOSED.fullmatch(plain)
    return int(parse_numeral(said["number"]) or 0) if said else None


def supposes_mended(plain: str) -> bool:
    """Whether a message supposes that something missing is there by then, and asks what follows.

    >>> [supposes_mended(said) for said in ("补做一份，来得及的话呢", "要是补不上呢", "缺的后补行吗", "补上要多久")]
    [True, False, False, False]
    """
    if not _MENDED.search(plain) or _NOT_MENDED.search(plain) or _HANDED_IN_LATER.search(plain):
        return False
    if _ASKS_ELSE.search(_THEN.sub("", plain)) or asks_for_a_remedy(plain):
        return False
    if supposes(plain) or _THEN.search(plain) or _COUNTED_AS.search(plain):
        return True
    if not (asks_something(plain) or asks_whether(plain) or _HOPED.search(plain)):
        return False
    return bool(_THEN_FINE.search(plain) or (asks_for_a_verdict(plain) and _EXPECTED.search(plain)))


def means_all(plain: str) -> bool:
    """Whether all that was missing is meant where nothing is named: 都补齐了呢, 这些问题解决了呢."""
    return bool(_ALL.search(plain))


def adds_to_what_was_supposed(plain: str) -> bool:
    """Whether what was supposed before still holds: 团队也配齐的话."""
    return bool(_BESIDES.search(plain))


def supposes_besides(plain: str) -> bool:
    """Whether an if is put on top of the one before: 再假设平台建好了, 要是再有审计报告."""
    return bool(_ANOTHER_IF.search(plain))
