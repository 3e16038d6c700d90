"""Short messages that are about the conversation, not about the applicant, though they hold a yes or a no.

「没听懂」, 「没别的问题了」 and 「那没戏了呗」 answer nothing that was asked: taken for a no they would shut an applicant out.
What remains of short answers counts as a no only where its verb is one that can be done, held or met.
"""

from __future__ import annotations

import re

_LEADING = (
    "(?:那么?|这下|这样|看来|岂不是|是不是|我们|咱们?|我|你们?|您|就|也|真的?|肯定|估计|算是|彻底|基本上?|今年|这次|怕是|恐怕|可能|暂时|目前"
    "|还是?|先|都|实在|完全|根本|好像|其实|应该|哎|唉|嗯|哦)*"
)
_TRAILING = "(?:[了的吧呗啊呀啦嘛哈咯喽哦唉呢哎吗么过，, 多谢])*"
_GIVES_UP = (
    "没有?(?:戏|希望|指望|机会|办法|法子|法|辙|救|治|门儿?|招|可能|盼头|余地|着落|资格|份|我们?的份|我们什么事|意义|意思|道理|必要|用|劲|商量"
    "|得(?:报|谈|玩|搞|救)|法报|例外|宽限)|不(?:够格|公平|合理|至于|应该)|歇菜|完了|泡汤|凉|黄了|白搭|白忙|无(?:望|解|语|奈)|不(?:行|中|成)(?=[了呗])|报不(?:了|成)(?=了?呗)"
)
_DECLINES = "不(?:用|必|需要|麻烦|打扰|劳烦|问|聊|说|想说|想问|想报|想申报|申?报|考虑|打算报|方便说|急|客气)|算|没有?(?:别的|其他|其它|什么|啥|问题要问)(?:问题|事|要问的?|疑问|需要)?"
_NOT_UNDERSTOOD = "(?:没有?|不|看不|听不)(?:太|怎么|大)?(?:听|看|搞|弄|想|说|讲|写|回答)?(?:懂|明白|清楚|清|明确|理解|印象|概念|注意|查到|找到|找着|想好|定|确定|时间|空|听说过?|人知道|人管|好说|一定|知道|晓得)"
_COMPLAINS = (
    "(?:没有?|不)(?:回答|答|解决|看懂|听懂|明白|懂|理解|满意|认可|同意|服气)[^，。]{0,6}|(?:说|讲|答|回答)得?(?:不对|不准|有误)[^，。]{0,3}|不是(?:这个|那个)(?:意思|问题)|不是(?:问|说|想问)[^，。]{0,6}|不准确?"
    "|不(?:是|会|可能)吧"
)
_TALK = re.compile(f"{_LEADING}(?:{_GIVES_UP}|{_DECLINES}|{_NOT_UNDERSTOOD}|{_COMPLAINS}){_TRAILING}")
_STILL_OPEN = re.compile("[~～!！。,，.、…]+$")
_NO_OF_SUBSTANCE = re.compile(
    "(?:没有?|未|不|无|尚未|非)(?:能|被|曾|去|再|正式|真正|全部?|都|怎么|完全|来得及)*"
    "(?:[呢了的吧啊呀哦哈嘛 ]*$|[，。,、 ]|(?:这|那|该|此|相关|任何|一)(?:个|些|份|张|家|类|种|方面|东西|材料|证)"
    "|材料|证|报告|发票|票据|凭证|文件|手续|记录|人员|人手|团队|制度|机构|在|是|算(?!了)|属于|有|办(?!法)|做|拿|取得|下来|下发|过|通过|建|评|贯|认定|入选|注册|登记|成立|满足|符合|达|合格|齐|全|健全|规范|完整|发|出|审|开|买"
    "|弄|搞|上|到|好|完|具备|提供|续|停|断|招|配|设|迁|搬|投|验收|备案|申请|准备|交|签|盖|编|整理|收集|留|存|保存|找|请|用(?:过|满|够)|够|足|升|提升|涉及|覆盖|成熟|启动|开始)"
)


def is_talk(message: str) -> bool:
    """Whether a whole message, or a phrase, is about the conversation or its speaker's mind alone."""
    return bool(_TALK.fullmatch(_STILL_OPEN.sub("", message.strip())))


def says_no(phrase: str) -> bool:
    """Whether a short phrase says of something that it is not there, not done or not met (还没下来呢)."""
    return bool(_NO_OF_SUBSTANCE.search(phrase))
