"""What stands around what a message asks: greeting, thanks, leave, orders to the machine, what it does not ask for."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.message import LEAST_ASKED, Message, split_questions
from assistant.understanding.speech_acts import asks_something

_CLOSING = re.compile(
    r"谢|辛苦|有数了|明白了|知道了|清楚了|再见|拜拜|回头(?!我?们?[去再]?[查看问找核翻补给])|先这样|thank|thx|bye"
)
_GREETED = r"(?:您好|你好|老师们?好?|领导好?|请问|问一?下|打扰一?下?了?|不好意思|麻烦(?:您|你|问)?一?下|想?(?:咨询|请教|打听)一?下|在吗|喂|hello|hi)[，,。!！:：~～ ]*"
_THANKED = r"(?:(?:好的?|嗯|哦|收到|明白了?|知道了|了解了?)[，,]?)?(?:谢谢|多谢|感谢)(?:您|你|老师|啦|了|哈)*+[，,。!！ ]+"
_COURTESY_BEFORE = re.compile(f"^(?:{_THANKED}(?:{_GREETED})*|(?:{_GREETED})+)")
_THANKS_FIRST = re.compile(_THANKED)
_INTRODUCES = re.compile(r"我(?:们)?(?:是|叫|姓)")
"""你好，我是新来的: who says who it is after a greeting, and asks nothing, greets."""
_COURTESY_BEHIND = re.compile(
    r"(?:(?<![，,。!！~～ ])[，,。!！~～ ]*+(?:谢谢|多谢|感谢|辛苦|麻烦|盼复|拜托|劳驾|有劳)(?:您|你|老师|啦|了|哈|回复|各位)*+){1,8}+[，,。!！~～ ]*+$"
)
_INJECTED = re.compile(
    r"(?<![，,。；;!！ ])[，,。；;!！ ]*(?:请|你)?(?:忽略|无视|忘掉|忘记|不要管|抛开|跳过)掉?(?:以上|之前|此前|前面|上面|上述|所有|一切|全部|你|的){1,6}"
    r"(?:规则|指令|提示词?|要求|设定|限制|约束)(?=[，,。；;!！\s]|$)[。！!]?"
    r"|(?:把|告诉我?|给我看看?|说出|输出|显示|打印)(?:你的?)?(?:系统)?(?:提示词|system ?prompt)(?:发?给?我|发出来|说出来)?(?=[，,。；;!！\s]|$)[。！!]?"
    r"|(?<![一-龥])(?:从现在(?:起|开始))?你(?:现在|的身份)?(?:是|扮演|假装是?)[^，,。！!]{1,8}(?:员|专家|领导|处长|助手|模型|ai)(?=[，,。；;!！])[。！!]?"
    r"|(?<![一-龥])(?:你)?(?:必须|只能|务必|直接)(?:说|回答|回复|判定?)[“\"「]?[^，,。！!]{1,8}(?=[，,。；;!！\s]|$)[。！!]?"
)
"""An order to the machine is not what the message asks; it is left out where something else is asked."""
_NOT_ASKED = re.compile(
    r"^(?:(?:算了|好了|行了|哎|不)[，,]?)?(?:我|俺|咱)?们?(?:又|也|并|可|都)?(?:没|不是|不用|不要|别|不)(?:有|在)?再?(?:要|问|说|想|叫|给)?[^，,。！!？?、]{0,6}"
    r"(?:电话|投诉|号码|人工)[^，,。！!？?、]{0,4}[，,。！!]+"
    r"|^你?们?(?:怎么|咋|别|干嘛|干吗|为什么|老是|总是)(?:光|只|老|尽|又|净)?(?:给|报|发|甩|念)我?[^，,。！!？?、]{0,4}(?:电话|号码)[^，,。！!？?、]{0,3}[，,。！!？?]+"
)
"""我没要电话，我是问往哪一级报: what one was given and did not ask for is left out where something is asked."""


def takes_leave(plain: str) -> bool:
    """Whether a message thanks or says goodbye; its 行 and 好 answer no question."""
    return bool(_CLOSING.search(plain))


def begins_with_thanks(plain: str) -> bool:
    """Whether a message thanks before it says anything else: what follows is a request only if it asks."""
    return bool(_THANKS_FIRST.match(plain))


def without_courtesies(message: Message) -> Message:
    """The message without what stands around its question: greeting, thanks, orders to the machine, what it is not.

    Unchanged where nothing else is left.
    """
    plain = _INJECTED.sub("，", message.plain).strip("，")
    plain = _COURTESY_BEHIND.sub("", _COURTESY_BEFORE.sub("", plain))
    plain = _NOT_ASKED.sub("", plain)
    greets = _INTRODUCES.match(plain.lstrip("呀啊哦哈呢~，, ")) and not asks_something(plain)
    if plain == message.plain or greets or len(re.findall(r"\w", plain)) < LEAST_ASKED:
        return message
    return replace(message, plain=plain, segments=split_questions(plain))
