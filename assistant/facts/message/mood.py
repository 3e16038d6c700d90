"""What of a phrase is stated: not what is asked, not what the notice demands, and what only under an if.

「没贯标能报吗」 states 没贯标 and asks the rest; 「三年才能报吗」 and 「必须2000万吗」 state nothing; 「如果明年才拿到证」
is a supposition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

OWN = re.compile(
    "我们|我司|我公司|我厂|我单位|我企业|我家|本公司|本企业|本单位|本厂|咱|俺|敝司|自己|(?<![帮替给跟向诉])我(?!省|国|市|区|想)"
)

_HYPOTHETICAL = re.compile(
    "如果(?!按|依|根据|对照)|假如|(?<!是)(?<!是个)(?<![不别])假设(?!性)|假定|假使|倘若|要是(?!求)|若是|若(?!干|是)|万一|设想|打比方|比如|比方|换作|换成(?=[^，。]{0,8}呢)|当成|当作|[按照][^，。]{2,12}算(?=$|[，,])|^(?:那么?|现在|赶紧|马上|干脆|我们?|再|就|先)*[把将][^，。了已]{1,8}(?:迁|搬|转|变更|改|换)(?=[^，。了过]*$)|^(?:那么?|现在|赶紧|马上|干脆|我们?|咱们?|再|就|先|去|重新)*(?:注册|登记|变更|转|改|改制|升级?)(?:成|为|一?[家个])(?=[^，。了过]*呢[?？]?$)|就算|哪怕|即使|即便|退一步"
)
A_VALUE_THEN = re.compile(
    r"(?!\D*(?:19|20)\d\d年?的?呢)(?:(?:大?前|去|今)年(?=[0-9一二三四五六七八九十])|那么?|要|是|换成|改成|到|从|如果|投入|投资|总额|总共|一共|[刚正恰]好|只有|只投|才投)*[0-9一二两三四五六七八九十半百千万亿点.](?:[0-9一二两三四五六七八九十半百千万亿点.年号日元天\s]|个?月)*(?:整|底|初|出头|左右)?"
    r"(?:(?:才|就|刚)?(?:注册|成立|登记|开业|开办|领照|建厂|开始用?|启用|开通|上云|上线|到期|过期|失效|有效|发证|拿证|建成|投产|完工)?的?)呢[?？]?"
)
"""3月30号呢, 那2019年5月6号注册的呢: a value in place of the one that was told; 2024年呢 asks of another year's notice."""
_A_LACK_THEN = re.compile("那么?[^，。我咱还也都刚正才]{1,10}(?:没有?|不(?:齐|全|够))(?:的话)?呢[?？]?")
"""那发票没有呢: a lack that is supposed; 那我们还没有呢 tells one."""
_ON_TOP_THEN = re.compile(
    "(?P<told>(?:那么?|这样|再|要是|如果|我们|把)*(?:[加算连带补](?:上|进|入)|外加|连同)[^，。]{0,10}[0-9一二两三四五六七八九十百千万亿][^，。]{0,10}?)"
    "(?:呢|[够行]不[够行]|够(?:数|格)?了?[吗么嘛]|行了?[吗么]|可以了?[吗么]|能[^，。]{0,6}[吗么]|达标[吗么])[?？]?"
)
"""加上今年的300万呢: on top of what was told, were it to count."""
OF_A_KIND = re.compile(
    "那么?(?=[^，。]*[0-9一二两三四五六七八九十半])[^，。]{2,24}的(?:也|还|就|算)*(?:行不行|行[吗么不]|可以[吗么不]|可不可以|能不能报|能报[吗么不]|够不够|够[吗么不]|算不算|算[吗么不]|符合[吗么不])[?？]?"
    "|[^，。了]{2,12}了(?:还|也)(?:算不算|算[吗么数]|作数|认不认|认[吗么])[^，。]{0,2}"
)
"""那去年10月才注册的能报吗, 停用了还算不算: of any firm of that kind, not of the one that asks."""
_THE_CASE = re.compile("的话(?:[，,]|$)|的话(?=[呢能可还行够会是])")
_CORRECTION = re.compile(
    "(?:说|讲|记|写|打|搞|弄|算|报|填|输|看|听)(?:错|岔|漏|反|快|混|串)了?|吹(?:牛|大|嘘)|夸大|说大话|实际(?:上)?(?=是(?!否|不是)|(?:近[一二两三123]年|也|就|只|才)[^，。]{0,4}(?:就|只|才|[0-9]))|(?:看)?花(?:了)?眼(?!镜)|眼(?:睛)?花|[少多]看|(?<![能会对])不对(?!外|称|应|口|标)|嘴瓢|口快|嘴快|手滑|手抖|按错|直接说(?=[0-9一二])|呸|更正|纠正|改正|修正|[改变][为成](?=:)|改一下|口误|笔误|应该是(?!.{0,12}吧)"
    "|(?:补|凑|加)(?:出来|上|齐|全|够|好|足|办好|到位)了?|(?:数|算|看|记)(?:漏|串|混|岔)|漏(?:数|算|记|看|说)|(?:重新?|又|再)(?:核|查|算|数|点|对|翻|看)(?:了|过|一|下)|核实(?:了|过|下来)|改口|撤回|(?:得|要|应该?)(?:扣|减|刨)(?:掉|除|去)?|扣(?:完|掉|除)"
    "|(?:拍板|敲定|定下来|商量好|决定|定)了(?=[，, ]|$)|^就(?:用|报|拿|按)[^，。]{0,8}[那这]|应为|(?:没有?|不是|从没)说过?(?:我们?)?(?:没|不|未)|新(?:办|发|换)?的?(?:贯标)?证书?(?:是|能|有效期?|管|可以)*(?:到|至)|应该?说(?=没|不|未|是|已)|准确(?:地|来)?(?:说|讲)|确切|不不|哦不|^(?:但是?|可是?|不过)?其实(?=[^，。吧吗]{2,}$)|其实是|其实不是|重新说|我重说|刚才.{0,8}(?:不对|错|不是|有误)|不是.{1,12}?(?:而是|[，,]?是)(?!否|不是)"
)
_ALAS = re.compile("可惜|偏偏|无奈|事实上|现实是")
"""早两年注册就好了，可惜是2020年的: behind an if, what is the case."""
_PARTICLE = re.compile(
    r"(?:吗|嘛|(?<!什)(?<!怎)(?<!那)(?<!这)么|呢|不|(?<![烧弄丢搞跑都全早])没)[呀啊哦噢呐的了~～ ]*$|[吧啊]$|够的?[咯喽哈]$"
)
_WEAK_END = re.compile("[吧啊]$|(?<![了过效格望戏头件题能])没$|(?<!行)(?<!好)(?<!够)不$")
_INNER_QUESTION = re.compile(
    r"是否|(?:看|按|算|是|指)[^，。]{1,8}还是|[有为是]何(?!况)|对不对|好不好|能否|可否|是不是|有没有|有无|要不要|用不用|需不需要|能不能|可不可以|行不行|够不够|会不会|算不算|符不符合|满不满足|影不影响|碍不碍事|要不要紧|有没有影响"
    r"|多少(?!有|也)|多久|多长|何时|哪(?!怕)(?!(?<=没有哪)[^，。]{1,12}(?:[不没未](?:使?用)?[到满足够]|低于|少于))|(?<!没)(?<!没有)(?<!没[搞做弄办])(?<!没[评拿获得申]过)(?<![谈说算称]不上)(?:什么|啥)(?!星级?(?:都|也)?(?:没|无))(?!的(?!(?:文件|材料|条件|时候|单位|证|[吗呢?？]|$)))(?![^，。？?]{0,8}[都也](?:没|不|无|未))|(?<!不)怎么|怎样|如何|为何|咋|谁(?!说)|(?:要|满|需|得|第|大概)几[年个]|(?<![这近前好])几[年个月]+(?:才|可以|能|以上)"
    r"|[能可](?:以)?(?:申报|报)"
)
_DEFINITION = re.compile(
    "几(?:年|个月)有效|有效期?(?:是|有|为)?(?:几年|多久|年数|年限)[吗呢?？]*$|(?:什么|啥|几个)意思|(?:怎么|如何|怎样|咋)(?:算|计算|理解|界定|认定|统计|定义|核算|解释)|指(?:的是)?(?:什么|啥|哪)|(?:归|由|是)?你们(?:这儿?|这边|那儿?)?(?:也|来|都)*管(?!理)|是指|什么(?:叫|是|算)|叫什么|何谓"
    "|(?:从|自)[^，。]{2,14}(?:开始|起)(?:计?算|统计)的?(?:对|是)?[吧吗么嘛]|从(?:哪天|哪年|什么时候|何时|哪一)|区别|是(?:多少|几)|有什么(?:要求|条件)|(?:怎么|如何|怎样|咋|[拿用要靠]什么[^，。]{0,6}?)(?:来|去)?(?:证明|体现|判断|佐证|判定|衡量)(?!材料)|是不是(?:条件|要求|必须|硬性)|(?:必须|必需|强制|硬性)(?:的|要求|条件|规定|性)*(?:吗|么|嘛|吧|不)?$|(?:要求|条件|标准|门槛)是"
)
_RULE = re.compile(
    "才(?:能|可以?|行|算|够|允许|有资格|符合)|(?:是不是|是否)?就(?:能|可以|行|够|好|算|没|不能|不可以|报不了|不行)|只要|只能|凡是|一律|(?:都|全部?|每[个项条样])(?:得|要(?!是|求|紧)|必须|须|需要)|得要"
)
_SPARES = re.compile("(?:就|能不能|可不可以|可以|能)(?:不用|不需要|不必|不要|无需|免)")
"""有审计报告是不是就不用发票了: one thing for another, whoever has it."""
_WHETHER_NOT = re.compile(
    "(?:^(?:要(?!是)|算|得)|(?<![不才职功智性技])能(?![力耗源])|可以)[^，。没不]{1,12}不$|^(?:那么?|到底|会|还)*有(?!的)[^，。没不]{2,12}不$"
)
"""能少一个不, 要审计报告不, 有证书发不."""
_RULE_SAID = re.compile(
    "(?:才|就|方)(?:能|可以?|有资格)[^，。]{0,4}(?:报|申请|参评|评)|就(?:不用|不需要|不必)|就(?:能|可以|行|够|好)(?:了|吧)*$|只要|凡是|一律"
)
_OF_A_CATEGORY = re.compile(
    "^(?:那么?|这个?)?(?:平台|标杆(?:工厂)?|(?:星级)?上云(?:企业)?|[三四五]星级?)(?:类|企业)?的?(?:注册|成立)?的?(?:年限|年数|门槛|期限)(?:就|应该|好像|也|都)*(?:是|为|要)"
)
"""上云的注册年限是三年: a category has no age, the notice asks one of its applicants."""
_BELIEVED = re.compile("以为|(?:得|要|必须)[^，。]{1,14}才(?:行|算(?!是))(?=$|[吧吗的])")
"""我一直以为云服务得用满半年才行: a belief about the rule."""
_TALK = re.compile(
    '(?:标准|依据|条款|原文|原话|规定|那半句|那句|这句话?|(?<!的)(?<!有)(?<!以)(?<!能)(?<!了)证明|范围|年限|判定|界定|分界|名字|名称|叫法|含义|定义|全称)(?:吧|呢|了)?$|那条(?!线|产线|生产|(?:我们|也|都|全)*(?:不|没)?(?:满足|符合|达|没问题))|这一?条(?!线|产线|生产|(?:我们|也|都|全)*(?:不|没)?(?:满足|符合|达|没问题))|[“"「『]|哪一?条|后面那|前面那'
)
_MEETING = re.compile("(?:符合|满足|达到|对照|达标|对标)[^，。]{0,12}$")
_NOTICE_SAYS = re.compile(
    "(?:群里面?|群内|中介|网友|老乡|同行|有人|听人|听别人|通知|文件|政策|指南|公告|官网|上面|里面|条款|规定|办法|附件|条件|材料|网上|别人|人家|听|据|他们|老师|工信局|领导|平台类?|标杆(?:工厂)?类?|星级(?:上云)?(?:企业)?类?|[三四五]星级?|省里)(?:里面|里头|里|中|上|上面)?"
    "(?:又|也|还|是|都)?(?:说|写|讲|要求(?!(?:我们|咱们?|也|都|全部?|均|基本|完全|已经?|逐条|逐项|[，,])*(?:不|没有?|未)?(?:满足|符合|达到|达标|达不到|没问题))|规定|提到|明确)|听说|据说|规定(?:是|的)|要求(?:是|的)|(?:门槛|条件|标准|要求)(?:是|为|:)|根据.{0,10}规定"
)
_PRINTED_DATE = re.compile(
    "(?:[^，。文件通知]{0,8}证书?|那)?(?:上面?|里面)(?:写|印|标|打)(?:的|着)?(?:是)?(?:有?效期)?(?:是|为)?(?:到|至|截至|截止到?)?"
    "[0-9]{2,4}(?:年[0-9]{1,2}月(?:[0-9]{1,2}[日号])?|(?P<mark>[./-])[0-9]{1,2}(?P=mark)[0-9]{1,2})(?:到期|止|为止|过期|失效)?"
)
"""上面写的是2025年3月15日到期: of a certificate, which has one date, and not of the notice."""
_DEMAND = re.compile(
    "必须|必需|得(?:投|到(?=20|[0-9]))|限制|禁止|不允许|不让|(?<![必无])须(?!知)|应当|应(?=由|具有|满足|提供|不少于|在|至少)|不得|一定(?:要|得)|要求(?!(?:我们|咱们?|也|都|全部?|均|基本|完全|已经?|逐条|逐项|[，,])*(?:不|没有?|未)?(?:满足|符合|达到|达标|达不到|没问题))|原则上|需要?(?!求)"
    "|(?<![主重只想还就快正也都们])要(?![^，。]{1,8}才[^，。]{0,3}(?:下|发|拿|出|到手|办))(?=投|满|有|达到|达|到|[0-9]|[一二两三四五六七八九十]+[年个千百万]|先|过|通过|提供|成立|在.{1,4}注册|求(?!(?:我们|咱们?|也|都|全部?|均|基本|完全|已经?|逐条|逐项|[，,])*(?:不|没有?|未)?(?:满足|符合|达到|达标|达不到|没问题)))"
)
_ASKING = re.compile(
    "(?:那么?|这样|这种情况|这种|这|还|也|又|都|到底|究竟|是不是|是否|会不会|岂不是|现在|今年|这次|直接|他们|我们)*?"
    "(?:能不能|能否|可不可以|可否|是否|是不是|会不会|有没有|够不够|行不行|符不符合|满不满足|要不要|用不用|需不需要|算不算|有无|来得及|来不来得及"
    "|(?:不|还|也|就)?(?:能够?|可以)(?![力源耗量化级效耐])|(?<![预结计核决清打])算(?![法力上子])|够(?!了)(?=[吗么不嘛呢格条用]|资格|的?[咯喽哈]|$)"
    "|(?<![银运执进发现自平流施同言履])行(?=[吗么不嘛呢]|$)|合格|达标|符合|满足|有资格|有希望|有戏|有机会|没戏|有影响|影不影响|影响(?!力)|要紧|碍事"
    "|(?:有|是|要|用|做|找|在|去|叫|为|由|走|选|给|到)?(?:(?<!不)怎么|怎样|如何|咋|(?<!没)(?<!没有)(?<!没[搞做弄办])(?<!没[评拿获得申]过)(?<![谈说算称]不上)(?:什么|啥)|多少|多久|多长|何时|哪(?!怕)(?!(?<=没有哪)[^，。]{1,12}(?:[不没未](?:使?用)?[到满足够]|低于|少于))|[有为是]何|几(?=[年个月]))|必须|须|一定要|还?需要?|还要|(?<![主重需只想])要(?!是|求|紧|素|点|报|申|冲|评|升)"
    "|还差|还缺|(?<![协工年开机学委社])会(?![计议员审])|对[吗吧么]|是[吗吧么]|行吧|没错吧|好吗|好不好)"
)
_FOUNDED_FIRST = re.compile(
    "(?:我们|我司|公司|企业|是)*(?=[^，。]{0,4}[0-9一二〇零去前])[^，。吗呢]{2,14}?(?:成立|注册|创立|创办|设立|登记)的(?:公司|企业|厂子?|工厂|单位)?(?=(?:想|要|去|来)?(?:申?报(?!告)|申请)|够|年限|满足|符合)"
)
"""2019年成立的公司报标杆够年限吗: the day is told, whatever is asked behind it."""
_STEM = re.compile("[智功性技节职可才效]$")
_TAG = re.compile("(?:对[吗吧么]|是[吗吧么]|是不是|没错吧|对不对)[呀啊?？]*$")
_MERE_TAG = re.compile(
    "(?:我?(?:这样|这么|那样|如此)?(?:理解|认为|说|讲|想)(?:的|得)?)?(?:对|是|没错|准确|正确)(?:吗|吧|么|不|的吧|不对|不是)|没错吧|是不是|对不对|是这样(?:吗|吧)"
)
_ITS_PARTS = re.compile(
    "(?:(?:分别|依次|各自?)(?:是|为|叫|指)?(?:哪|什么|啥)?|(?:都|各)?(?:是|叫|指)(?:哪|什么|啥))[几些个两二三四五六七八九十]{0,2}(?:项|方向|方面|条)?"
)
"""能力有四项，分别是: what was said before is what the notice says, of which the parts are asked."""
_STILL = re.compile("没|未|还在|正在|着呢|才|都|早")
_DONE_OR_NOT = re.compile("(?:下来|出来|[过了好到成])没有?$")
_EITHER_OR = re.compile("[^，。]{2,}(?<!都)(?<!也)还是(?!没|不|在|未|有|[三四五]星)[^，。]{2,}")
_ASKED_OF = re.compile(
    "(?:我们?|俺们?|刚才?|现在|主要|就|其实|本来|是|想|要)*(?:问|咨询|打听)的(?:就|并|才)?(?:不?是)[^0-9]*|不是(?:在|想|要)*(?:问|指|咨询)[^0-9]*"
)
_NOT_THAT = re.compile("(?:而|可|又|并)?不是[^0-9]*")
"""我问的是税，不是发票: what a question is of, and of what it is not."""
_TELEGRAM = re.compile(
    r"(?P<told>(?=[^ ]*(?:[0-9]{4}年|[0-9]{2}年[0-9]|[0-9]{2,4}[.-][0-9]{1,2}))(?=[^ ]*[一-龥]{2})[^ ]{4,24})(?: [^ ]{1,6}){1,4}$"
    r"(?<!要求)(?<!规定)(?<!标准)(?<!条件)(?<!门槛)(?<!起算)(?<!截止)"
)
"""2020年3月1日注册 标杆 年限?: the first word tells, the others ask."""
_AS_BEFORE = re.compile(r"\D*还是(?:19|20)\d\d年")
"""注册日期还是2022年 asks nothing: no other year stands before it."""


@dataclass(frozen=True, slots=True)
class Mood:
    """The first `stated` characters of a phrase state something; the rest asks."""

    stated: int
    hypothetical: bool
    correction: bool


def read_moods(pieces: Iterable[tuple[str, str, bool]]) -> list[Mood]:
    """Moods of consecutive phrases, each given as (text, closing mark, whether a sentence begins with it)."""
    moods: list[Mood] = []
    pieces = list(pieces)
    before = ""
    hypothetical = correction = quoting = explaining = False
    for position, (text, closing, first) in enumerate(pieces):
        if first:
            hypothetical = quoting = explaining = False
        correction = correction or bool(_CORRECTION.search(text)) or _puts_right(before, text)
        before = text
        hypothetical = bool(_HYPOTHETICAL.search(text)) or (hypothetical and not _ALAS.match(text.strip()))
        of_a_kind = not OWN.search(text) and OF_A_KIND.fullmatch(text.strip())
        own = bool(OWN.search(text))
        quoting = not own and (quoting or _notice_says(text))
        question = bool(re.search("[?？]", closing)) or _asks(text)
        of_question = _ASKED_OF.fullmatch(text.strip()) or (explaining and _NOT_THAT.fullmatch(text.strip()))
        explaining = explaining or bool(of_question)
        stated = 0 if quoting or of_question else _stated(text, question, own)
        behind = pieces[position + 1][0].strip() if position + 1 < len(pieces) else ""
        if not own and (_MERE_TAG.fullmatch(behind) or (behind and _ITS_PARTS.fullmatch(behind))):
            stated = 0  # 平台在建也可以报，对吧
        value_then = A_VALUE_THEN.fullmatch(text.strip()) or _A_LACK_THEN.fullmatch(text.strip())
        on_top = _ON_TOP_THEN.fullmatch(text)
        stated = max(stated, on_top.end("told")) if on_top else stated
        hypothetical = hypothetical or bool(value_then or on_top)
        if hypothetical and not stated and re.search("呢[?？]?$", text):
            stated = len(text)  # 如果明年才拿到证呢
        moods.append(Mood(stated, hypothetical or bool(of_a_kind or _THE_CASE.search(text)), correction))
    return moods


def _notice_says(text: str) -> bool:
    if _PRINTED_DATE.fullmatch(text):
        return False
    return any(not _MEETING.search(text[: m.start()]) for m in _NOTICE_SAYS.finditer(text))


def _puts_right(before: str, text: str) -> bool:
    """不是2019年，是2018年."""
    return bool(
        re.search("不是|并非", before) and re.match("(?:而|其实|应该|就)?是(?!否|不是)", text.strip())
    )


def _asks(text: str) -> bool:
    either = _EITHER_OR.search(text) and not OWN.search(text) and not _AS_BEFORE.match(text)
    if _TAG.search(text) or _WHETHER_NOT.search(text.strip()) or either:
        return True
    if text.endswith("呢") and _STILL.search(text) and not _INNER_QUESTION.search(text):
        return False  # 还没做呢
    if _DONE_OR_NOT.search(text):
        return True
    particle = _PARTICLE.search(text)
    if particle and not _WEAK_END.search(text):
        return True
    return bool(_INNER_QUESTION.search(text))


def _stated(text: str, question: bool, own: bool) -> int:
    """How many characters of the phrase, from its beginning, state something."""
    of_the_notice = _notice_says(text) or _OF_A_CATEGORY.match(text.strip())
    if _DEFINITION.search(text) or _BELIEVED.search(text) or (of_the_notice and not own):
        return 0
    if not question:
        demand = next((m for m in _DEMAND.finditer(text) if not _MEETING.search(text[: m.start()])), None)
        if demand:
            return 0 if not own else demand.start()
        rule = _RULE_SAID.search(text) or (not own and _TALK.search(text))
        if rule or (re.search("不少于|不低于|不得", text) and not own and not re.search("[了过已]", text)):
            return 0
        return len(text)
    if _TAG.search(text):
        return _TAG.search(text).start() if own else 0  # type: ignore[union-attr]
    if (founded := _FOUNDED_FIRST.match(text)) and re.search(
        "[0-9一二〇零]{2}年|[去前今]年", founded.group()
    ):
        return founded.end()
    of_the_rule = _RULE.search(text) or re.search("不少于|不低于|不得|只要", text)
    if of_the_rule or (not own and _SPARES.search(text)):
        return 0
    for asking in _ASKING.finditer(text):
        if not own and _TALK.search(text[: asking.start()]):
            return 0
        if not (_STEM.search(text[: asking.start()]) and re.match("[能会可]", text[asking.start() :])):
            return asking.start()
    telegram = _TELEGRAM.match(text)
    return telegram.end("told") if telegram else 0
