"""A message as it came and as it is read: bounded, without invisible characters, simplified, half-width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from assistant.facts.message.dialect import in_standard_words
from assistant.facts.message.mood import A_VALUE_THEN
from knowledge.errors import InputRefused

MAX_CHARACTERS = 8_000
_ENOUGH = 10
"""Characters that are left of a question once the notice's number is taken out."""
_OF_A_TITLE = 10
"""Characters of its title that name the notice."""
_LEAST_ASKED = 4
"""Letters and characters from which what stands beside a greeting is a question of its own."""
_SEGMENT_END = re.compile(r"(?<=[？?。！!；;\n])")
_JOINER = re.compile(
    r"(?<![，,、\s])[，,、\s]*(?:再?另外|还有就是|还有|顺便(?:问一?下|再问)?|再问(?:一下|个)?|以及想问|同时想问)[，,：:\s]*"
)

_RULE_ASKED = re.compile(
    r"原文|原话|怎么(?:说|写|提|规定|表述)的?|怎样规定|规定是|规定的|(?<![差缺])(?<!卡在)哪一?条|条款|依据|口径|有没有(?:说|写|提|要求|规定)"
    r"|要求[^，。我咱本]{4,20}(?:行|可以|够|成)了?吧|(?:文件|通知|规定)(?:里头?|上)?.{0,6}(?:说|写|提|要求|规定)|是什么意思|念一下|那句话?"
)
_CAN_WE = re.compile(
    r"(?:总|那|该|应该)(?:就|也)?(?:可以|行|能)的?了?吧|还剩(?:什么|啥|哪些|几)|还有(?:什么|啥|哪些|几样)[^，。]{0,3}(?:没(?:说|讲|给|填|答|交代)|要(?:我)?(?:说|讲|补))|(?:能|可以|可).{0,4}?(?:申?报|申(?=[吗不么嘛?？]|$)|参加|评|过|行|够|算|试)|(?:申请?|报|评)得[了上成]|还收[吗么不]|收不收|(?:还|就|才|也)能|能[吗么嘛不]|够不够|够格|够了?[吗么嘛吧]|够用[吗么吧不]|可以不(?=$|[?？])|符合|满足[吗么没不了]|达标"
    r"|行不行|行了?[吗么嘛]|(?:行|成)不(?=$|[?？])|(?:行|可以|ok)[?？]|有戏|有希望|过得了|过关|过没过|还差|还缺|还少|还(?:需)?要(?:啥|什么|哪些)|缺什么|资格|[赶搭挤]得上|[上进]得去|够得[着上]|卡[在住]|被刷|可不可以|能不能|中不中|成不|没戏|没指望|[别甭]想了|不用想了|没门儿?(?=了|$|[?？，,吧])|有指望|没希望|(?:有|没)(?:什么)?机会|没辙|有(?:得)?救|没救|怎么补救|能补救|有没有可能|有可能[吗么不]|为(?:什么|啥|何)(?:我们|咱们?)?(?:不行|不能|报不了|不符合)|(?:不行|报不了)[^，。]{0,3}为(?:什么|啥)|通融|泡汤|(?:也|就|还是|都|真的?)(?:不行|报不了|不能报|不够格?)(?:了|吗|吧|么|啊|呀|哦)*[?？]|不行[吗么?？]"
    r"|\b(?:can|may|could) (?:we|i)\b|eligible|qualif|allowed|\b(?:do|will|would|should|does) (?:we|i|our|this|that|it)\b[^.?!]{0,40}\b(?:meet|pass|count|suffice|enough|fit|satisfy)|\bwe (?:still )?(?:lack|miss|need)\b|good enough|good to go|chance"
)
_A_THING = re.compile(
    r"谁|哪(?:里|儿|个?(?:部门|地方|单位|处室?|网站|系统|邮箱))|什么时候|何时|[到在去往]哪|几[号点]|截止|网址|邮箱|地址"
    r"|(?:流程|步骤|手续)[^，。]{0,4}(?:怎么|怎样|如何|咋|是什么|有哪些|啥)|(?:怎么|怎样|如何|咋)(?:个)?(?:走|操作)(?:流程|程序)?"
)
_WHO_MAY = re.compile(
    r"(?:谁|哪些(?:企业|单位|公司|厂)?|什么样?的?(?:企业|单位|公司|厂)|哪[种类]的?(?:企业|单位|公司))(?:才|都|有资格|是)*(?:能|可以|有资格|够格|符合)"
)
"""谁能报五星: whoever may, and not the one that asks."""
_REMEDY = re.compile(
    r"补救|通融|网开一面|开个?(?:口子|绿灯)|有(?:得)?救|挽救|(?:还有|有没有)(?:什么|啥|别的|其他)*(?:办法|法子|辙|机会|希望|余地)|怎么(?:改|弥补)(?:才|$)"
)
_WHETHER = re.compile(r"(?<![没不])([一-龥])[不没]\1")
_LATE = re.compile(r"逾期|过期|错过|截止|晚|超时|迟|过了|赶不上|没赶上|来不及|补报|明年|下一?批")
_ASKS = re.compile(
    r"[?？]|吗|呢|么|不$|没$|什么|啥|哪|几|多少|多久|多长|谁|怎么|怎样|咋|如何|何时|何地|是否|能不能|可不可以|行不行"
    r"|有没有|要不要|(?<!不)对不对|对吧|是吧|意思吧|没错吧|是这样吧|还是(?:就|只|光|单|仅|另|按|由|归|看)|是[^，。]{1,14}还是(?!想|要|会|得)|[该找问打走交报送寄归用][^，。]{1,8}(?<![我们的都也])还是(?!想|要|会|得|没|不|算|先|有|能)[^，。]{2,8}(?=$|[，。,])|[原正][件本][^，。]{0,3}还是|(?:一样|相同|差不多|通用)的?吧|给[个我]|发[我一]|告诉我|说一下|报一下|想知道|想(?:先)?了解|(?:分别|依次|各)(?:是|为|叫|指)[:： ]*$|what|when|where|who|how|which|can |do |is |are "
)
_UNDECIDED = re.compile(
    r"(?:没|不)(?:有)?(?:想好|定下?来?|确定|决定|知道|清楚)(?:要|该)?(?:申?报)?(?:哪|什么|啥)[^，。?？]{0,4}(?=$|[，,。])"
    r"|[几哪][^，。?？]{1,4}(?:忘|(?:记|想)不|不记得)"
)
"""还没想好报哪一类, 几号忘了 ask nothing by themselves."""
_ASKS_FOR_A_PHONE = re.compile(
    r"(?:电话|号码|热线|座机|联系方式|手机号?)[^，。,!！?？]{0,6}(?:多少|几号|是什么|有没有(?!人)|有么|有吗|给[我个]|发[我一下]|报[给一来]|来一?个)"
    r"|(?:电话|号码|热线|座机|联系方式)[呢啊呀吧么~]*[?？!！。]*$"
    r"|(?:哪个|什么|啥|多少|几号?|(?<![光只老净])给个?|(?<![没不别])要个?|求个?|发个?|报个?|留个?)(?:[^，。,!！?？]{0,6})(?:电话|号码|热线|座机|联系方式)|打[^，。,!！?？]{0,6}(?:电话|号码|热线|座机|联系方式)(?![^，。,!！?？]{0,8}(?:有人|[有管]用|有效|[接打]得通))|[拨打](?:什么|啥|哪个?|多少|几)号?(?:码)?(?=$|[?？，。])|(?:打给|call)(?:谁|哪)|(?:电话|号码)(?:也|再|都|给|来|写|留|发|报)+[^，。]{0,3}(?:一?个|一?下|我)|[该应]?打到?哪[里儿个]?(?=$|[?？，。])|(?:[去到上在]?哪[里儿]|[找向问跟]谁)(?:能|可以|好|去)?(?:咨询|打听|问)(?:得|个|一?下)?(?:清楚?|明白)?[呢啊呀吧]*(?=$|[?？，。])|phone number|hotline"
)
_WHEN_ANSWERED = re.compile(
    "(?:几点|什么时[候间]|何时|多晚|周末|双休日?|节假日|周[六日末]|星期[六天日]|晚上|中午|午休|夜里|上班|下班)[^，。,!！?？]{0,8}(?:打电话|打得通|打通|接电话|能打|可以打|打过去|拨打|有人接)"
    "|(?:电话|热线|座机)[^，。,!！?？]{0,6}(?:几点|什么时[候间]|何时)"
)
"""When somebody answers it is asked, and not for its number: 周末打得通电话吗."""
_PHONE_NOT_PRINTED = re.compile(
    r"(?:[市区县镇](?:里|局|级)?|当地|本地|工信局|园区)的?(?:工信局|部门)?(?:的|联系|该?打|哪个|什么|啥){0,2}(?:电话|号码|热线|座机|联系方式)"
    r"|(?:别的|其[他它]|另外|换一?个)的?联系方式"
    r"|(?:投诉|举报|检举|监督|信访|纪检|技术支持|运维|客服)[^，。,!！?？]{0,4}(?:电话|号码|热线|座机|联系方式)"
)
"""Whose number the notice does not print."""
_IF = re.compile(r"如果|要是|假如|(?<![不别])假设|若|万一|的话|即使|哪怕")
_SINCE = re.compile(
    r"复[核查]|翻出|拿出|找出|查(?:了|过|到|实)|核(?:了|对|实|过)|看了|看是|看花|看串|问到|问了|刚问|打听到|(?:财务|会计|同事|老板|法务|老总|经理)[^，。]{0,6}(?:说|讲|告诉|确认)"
    r"|原来是|才发现|确认|具体是|准确|记(?:错|岔)|漏[数算看]|撤回|(?:现在|如今|后来|刚|已经?)[^，。]{0,6}(?:移出|修复|补上|换证|换了|改了|评上)|改制|转成|(?:那|这)是(?:另|别)(?:的|一|外|家)|同名(?:的)?(?:公司|企业|厂)|翻到|找到|找着|打错|说错|其实|重新"
)
_UNSURE = re.compile(
    r"(?:不(?:太|大|是很)?(?:清楚|知道|晓得|了解|确定)|(?:哪里?|怎么|咋)(?:就)?(?:会)?(?:清楚|知道|晓得|管)|说不(?:好|准|清)|没数|记不(?:清|得)|没算过|没统计过)"
    r"(?:这个|这些|那个)?[了呢啊诶哎欸呀哦嘛的]*(?=$|[，,。.!！;；~～…、 ])"
)
_WHAT_COUNTS = re.compile(
    r"算不算|算(?:得上|作|进|入|数)|作数|计(?:入|进)|[摊凑塞并](?:不[摊凑塞并])?(?:得|不)?进|(?:往|到)[^，。]{1,10}(?:里头?|上|进)[^，。]{0,2}(?:凑|算|加|并|摊)|认不认"
)
_CLOSING = re.compile(r"谢|辛苦|有数了|明白了|知道了|清楚了|再见|拜拜|回头|先这样|thank|thx|bye")
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
_SLIPPED_SPACE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_QUOTED = re.compile(r"[“「『\"]([^”」』\"]{2,})[”」』\"]")
_SPEAKER = re.compile(r"[我咱俺侬]|本(?:公司|单位|企业|厂)|\b(?:we|our|my|i)\b")


def about_the_rule(plain: str) -> bool:
    """Whether a message asks for the notice's wording (怎么规定的) rather than for a verdict."""
    return bool(_RULE_ASKED.search(plain))


def speaks_of_itself(plain: str) -> bool:
    """Whether a message says anything of the speaker's own side (我们, 本公司)."""
    return bool(_SPEAKER.search(plain))


def asks_for_a_verdict(plain: str) -> bool:
    """Whether a message asks if somebody may, meets or lacks (能报吗, 够不够, 还差什么)."""
    return bool(_CAN_WE.search(plain))


def asks_for_a_thing(plain: str) -> bool:
    """Whether a question is one of who, where, when or in which steps."""
    return bool(_A_THING.search(plain))


def asks_something(plain: str) -> bool:
    """Whether a message or a part of it is a question."""
    return bool(_ASKS.search(_UNDECIDED.sub("", plain)))


def asks_for_a_phone(plain: str) -> bool:
    """Whether a message asks for a number to call, whatever it tells before.

    Not for one that the notice does not print (a city bureau's, one for complaints), nor when a phone is answered.
    """
    asks = bool(_ASKS_FOR_A_PHONE.search(plain))
    return asks and not _PHONE_NOT_PRINTED.search(plain) and not _WHEN_ANSWERED.search(plain)


def asks_whether(plain: str) -> bool:
    """Whether a message asks by a word and its denial (算不算, 停没停); 没停没停 tells."""
    return bool(_WHETHER.search(plain))


def asks_who_may(plain: str) -> bool:
    """Whether a message asks who may apply, of nobody in particular: 谁能报五星, 哪些企业可以报."""
    return bool(_WHO_MAY.search(plain)) and not speaks_of_itself(plain)


def asks_for_a_remedy(plain: str) -> bool:
    """Whether who was told no asks what can still be done (那还有救吗, 怎么补救); not who is late."""
    return bool(_REMEDY.search(plain)) and not _LATE.search(plain)


def looked_up_since(plain: str) -> bool:
    """Whether a message tells what was found out or has changed since (翻出执照看了, 财务刚说, 现在移出来了)."""
    return bool(_SINCE.search(plain))


def supposes(plain: str) -> bool:
    """Whether a message says an if (要是没有呢)."""
    return bool(_IF.search(plain)) or bool(A_VALUE_THEN.fullmatch(plain))


def asks_what_counts(plain: str) -> bool:
    """Whether a message asks if a thing counts (算不算, 摊得进吗), which the notice may leave open."""
    return bool(_WHAT_COUNTS.search(plain))


def does_not_know(plain: str) -> bool:
    """Whether a message says that its writer cannot tell (不清楚, 我哪晓得)."""
    return bool(_UNSURE.search(plain))


def takes_leave(plain: str) -> bool:
    """Whether a message thanks or says goodbye; its 行 and 好 answer no question."""
    return bool(_CLOSING.search(plain))


def begins_with_thanks(plain: str) -> bool:
    """Whether a message thanks before it says anything else: what follows is a request only if it asks."""
    return bool(_THANKS_FIRST.match(plain))


def without_quotations(original: str, source: str) -> str:
    """The message with the notice's own words in quotation marks blanked out, length kept.

    Who reads a phrase back (“未建或在建”是什么意思) states no fact with it.
    """

    def blank(match: re.Match[str]) -> str:
        words = re.sub(r"\s", "", match[1])
        return "＿" * len(match[0]) if words in source else match[0]

    return _QUOTED.sub(blank, original)


@dataclass(frozen=True, slots=True)
class Message:
    """`original` keeps the user's own words for quoting; `plain` is what is classified.

    `told` is what the readers of facts read: the original, unless it was typed in pinyin or English.
    """

    original: str
    plain: str
    segments: tuple[str, ...]
    told: str

    @property
    def in_english(self) -> bool:
        """Whether `told` is what a glossary made of English, and not the original or what pinyin spells."""
        return self.told not in (self.original, self.plain)


def read_message(
    text: str, spell: Callable[[str], str] = str, translate: Callable[[str], str] = str
) -> Message:
    """Clean and bound a message; `spell` writes out what was typed in pinyin, `translate` what English tells.

    Raises InputRefused when it is empty, unreadable or too long.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputRefused(f"问题过长：收到 {len(text)} 字，最多 {MAX_CHARACTERS} 字。请缩短后再发")
    original = "".join(c for c in text if c in "\n\t" or not _invisible(c)).strip()
    if not original:
        raise InputRefused(f"没有读到文字。请输入 1 至 {MAX_CHARACTERS} 字的问题")
    simple = simplify(original)
    plain = spell(simple)
    told = plain if plain != simple else translate(simple)
    return Message(original, plain, split_questions(plain), original if told == simple else told)


def without_document(message: Message, document: str, title: str = "") -> Message:
    """The message without the notice's number and title where it asks something else of it."""
    plain = _without_title(message.plain.replace(simplify(document), ""), title)
    if plain == message.plain or len(plain) < _ENOUGH or not asks_something(plain):
        return message
    return replace(message, plain=plain, segments=split_questions(plain))


def _without_title(plain: str, title: str) -> str:
    """The text without the first piece of the title in it that is long enough to mean the notice."""
    for begin in range(len(title) - _OF_A_TITLE + 1):
        if (piece := title[begin : begin + _OF_A_TITLE]) in plain:
            at, end = plain.index(piece), begin + _OF_A_TITLE
            while end < len(title) and plain.startswith(title[begin : end + 1], at):
                end += 1
            return plain.replace(title[begin:end], "", 1)
    return plain


def without_courtesies(message: Message) -> Message:
    """The message without what stands around its question: greeting, thanks, orders to the machine, what it is not.

    Unchanged where nothing else is left.
    """
    plain = _INJECTED.sub("，", message.plain).strip("，")
    plain = _COURTESY_BEHIND.sub("", _COURTESY_BEFORE.sub("", plain))
    plain = _NOT_ASKED.sub("", plain)
    greets = _INTRODUCES.match(plain.lstrip("呀啊哦哈呢~，, ")) and not asks_something(plain)
    if plain == message.plain or greets or len(re.findall(r"\w", plain)) < _LEAST_ASKED:
        return message
    return replace(message, plain=plain, segments=split_questions(plain))


def simplify(text: str) -> str:
    """Traditional to simplified, full-width to half-width letters and digits, lower case, single spaces."""
    narrow = "".join(chr(ord(c) - 0xFEE0) if "\uff10" <= c <= "\uff5a" else c for c in text)
    simple: str = _opencc().convert(narrow)
    spaced = re.sub(r"[ \t\u3000]+", " ", in_standard_words(simple.lower())).strip()
    # One space between two characters is a slip of the keyboard, unless two questions stand beside it; several part
    # what people part with commas.
    if len(_SLIPPED_SPACE.findall(spaced)) != 1:
        return spaced
    beside = _SLIPPED_SPACE.split(spaced)
    return (
        spaced
        if all(len(part) > _LEAST_ASKED and asks_something(part) for part in beside)
        else "".join(beside)
    )


def split_questions(plain: str) -> tuple[str, ...]:
    """The message's sentences, statements kept with the question that follows them."""
    pieces = [p.strip() for part in _SEGMENT_END.split(plain) for p in _JOINER.split(part)]
    return tuple(piece for piece in pieces if re.search(r"\w", piece)) or (plain,)


def _invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}


@lru_cache(maxsize=1)
def _opencc() -> Any:
    from opencc import OpenCC  # noqa: PLC0415 - a dictionary of its own, read once on first use

    return OpenCC("t2s")
