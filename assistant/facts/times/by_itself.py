"""Whether a day or an age is told by itself, so that it may answer what was asked: 写的是2020年2月20日, 前年办下来的.

今年换了会计 tells of another thing, whatever was asked; to hear the day of registration in it would shut an applicant out.
"""

from __future__ import annotations

import re

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing

_AROUND = re.compile(
    "不好意思|可惜|偏偏|对不起|抱歉|但是?|不过|可是|肯定|绝对|好像|大概|大约|差不多|估计|应该|可能|记得|左右|上下|前后|实际上?|其实|具体|准确|确切|日期|时间|日子|如果|要是|假如|假设|假使|倘若|万一|已经|当时|那时候?|正好|刚好|总共|一共|历史|印象"
    "|我们|自己|创业|贯标|两化融合|咱们?|我(?![国省市])|公司|企业|单位|工厂|厂子?|老板|领导|财务|会计|法人|本[子上]|上面|营业|执照|[证照]书?上?|工商|登记|注册|成立|创[办立建]|设立|开业|开张|挂牌|有效期?|截止|到期|过期|为止"
    "|起来|下来|出来|回来|[说记写看查翻问印标显示算打搞弄]错?|不对|[错开办建做干拿领批发下起有够新老早前]"
    "|[是的为在于从到至止里自上就才都也还又只刚了那这即满期年月日号份初底末中 吧嘛呢啊呀哦噢喔嗯哈唉哎啦么来得：:（）()、~～]"
)
_LOOKED_UP = re.compile("[看查翻核写印](?:[了过着的清]|一下|出来){0,2}[是为]$")
"""戴上眼镜看是2024年: however it was looked up."""
_THE_OTHERS = re.compile("(?:其他|其它|其余|剩下|余下|别的|另外)(?:的|[几两三]|那)")
"""其他的都是去年八月的: of services, or whatever there are several of."""
_ONE_OF_SEVERAL = re.compile("[有其另这那]一?[个项款套种](?!月|公司|企业|厂)|其中|最[短少长]")


def is_by_itself(text: str, start: int, end: int) -> bool:
    """Whether nothing around these offsets tells of anything but a beginning or an end, and of its being looked up."""
    before = "" if _LOOKED_UP.search(text[:start]) else text[:start]
    return not _AROUND.sub("", before + " " + text[end:])


def is_of_something_else(hearing: Hearing, phrase: Phrase) -> bool:
    """Whether a time by itself is a service's or a certificate's (有一个是才两个半月; 证书不是26年到，是25年), or a loss's."""
    cues = hearing.cues
    if cues.since and cues.since.other.search(phrase.text):
        return True  # 去年批的, of a star
    return _THE_OTHERS.search(phrase.text) is not None or names_another(hearing, hearing.sentence(phrase))


def names_another(hearing: Hearing, text: str) -> bool:
    """Whether a text names a service, a certificate or something else that has times of its own."""
    cues = hearing.cues
    others = [cues.usage and cues.usage.things, cues.until and cues.until.subjects, _ONE_OF_SEVERAL]
    others += [cue.unsettled for cue in cues.states]
    words = cues.gazetteer.names.sub("", text)  # 连云港 is no cloud
    return any(other.search(words) for other in others if other)
