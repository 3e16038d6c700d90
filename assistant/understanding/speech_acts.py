"""What a message does by its own words: asks for a verdict, a phone or the wording, supposes, says it cannot tell.

All of it is read off `Message.plain`, or a part of it, by patterns alone.
"""

from __future__ import annotations

import re

from assistant.facts.message.mood import A_VALUE_THEN, OWN

_RULE_ASKED = re.compile(
    r"原文|原话|怎么(?:说|写|提|规定|表述)的?|怎样规定|规定是|规定的|(?<![差缺])(?<!卡在)(?<!不符合)(?<!不满足)哪一?条|条款|依据|口径|有没有(?:说|写|提|要求|规定)"
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
_WHETHER = re.compile(r"(?<![没不])(?!对不对不)([一-龥])[不没]\1")
_LATE = re.compile(r"逾期|过期|错过|截止|晚|超时|迟|过了|赶不上|没赶上|来不及|补报|明年|下一?批")
_ASKS = re.compile(
    r"[?？]|吗|呢|么|不$|没$|什么|啥|哪|几(?<![差缺]几)|[差缺]几(?![天日周个][^，。?？吗呢]*[满到够])|多少|多久|多长|谁|怎么|怎样|咋|如何|何时|何地|是否|能不能|可不可以|行不行"
    r"|有没有|要不要|(?<!不)对不对|对吧|是吧|意思吧|没错吧|是这样吧|还是(?:就|只|光|单|仅|另|按|由|归|看)|是[^，。]{1,14}还是(?!想|要|会|得)|[该找问打走交报送寄归用][^，。]{1,8}(?<![我们的都也])还是(?!想|要|会|得|没|不|算|先|有|能)[^，。]{2,8}(?=$|[，。,])|[原正][件本][^，。]{0,3}还是|(?:一样|相同|差不多|通用)的?吧|给[个我]|发[我一]|告诉我|说一下|报一下|想知道|想(?:先)?了解|(?:分别|依次|各)(?:是|为|叫|指)[:： ]*$|what|when|where|who|how|which|can |do |is |are "
)
_UNDECIDED = re.compile(
    r"(?:没|不)(?:有)?(?:想好|定下?来?|确定|决定|知道|清楚)(?:要|该)?(?:申?报)?(?:哪|什么|啥)[^，。?？]{0,4}(?=$|[，,。])"
    r"|[几哪][^，。?？]{1,4}(?:忘|(?:记|想)不|不记得)"
)
"""还没想好报哪一类, 几号忘了 ask nothing by themselves."""
_ONLY_SEEMS_TO_ASK = re.compile(
    r"没(?:有)?(?:什么|啥)(?:大|太大)?(?:问题|毛病)|(?:什么|啥)星(?:级)?(?:[都也])?没有?|(?<![一-龥])(?:还|都|也|目前|现在)*没(?:有)?[^，。?？什啥哪几谁多]{0,3}呢$|[都也]没$"
    r"|(?<=[十零〇九八七])几(?=[个号名位人来年])|几十(?=[个号名位]?人)|不(?:怎么|咋)(?=[好样行地])"
)
"""没啥问题, 还没呢, 一个都没, 有十几个人: words that ask elsewhere."""
_ASKS_FOR_A_PHONE = re.compile(
    r"(?:电话|号码|热线|座机|联系方式|手机号?)[^，。,!！?？]{0,6}(?:多少|几号|是什么|有没有(?!人)|有么|有吗|给[我个]|发[我一下]|报[给一来]|来一?个)"
    r"|(?:电话|号码|热线|座机|联系方式)[呢啊呀吧么~]*[?？!！。]*$"
    r"|(?:哪个|什么|啥|多少|几号?|(?<![光只老净])给个?|(?<![没不别])要个?|求个?|发个?|报个?|留个?)(?:[^，。,!！?？]{0,6})(?:电话|号码|热线|座机|联系方式)|打[^，。,!！?？]{0,6}(?:电话|号码|热线|座机|联系方式)(?![^，。,!！?？]{0,8}(?:有人|[有管]用|有效|[接打]得通))|[拨打](?:什么|啥|哪个?|多少|几)号?(?:码)?(?=$|[?？，。])|(?:打给|call)(?:谁|哪)|(?:电话|号码)(?:也|再|都|给|来|写|留|发|报)+[^，。]{0,3}(?:一?个|一?下|我)|[该应]?打到?哪[里儿个]?(?=$|[?？，。])|(?:[去到上在]?哪[里儿]|[找向问跟]谁)(?:能|可以|好|去)?(?:咨询|打听|问)(?:得|个|一?下)?(?:清楚?|明白)?[呢啊呀吧]*(?=$|[?？，。])|phone number|hotline"
)
_A_PHONE = "(?:电话|号码|热线|座机|联系方式)"
REFUSED_PHONE = (
    "(?:(?<!要)不(?:想要?|用|要|需要?|必)|别|甭|无需|没(?:要|问|让|叫)|不是(?:要|想要|问|来问))(?:再|老|总|光|只|又|先|你们?|您|是)*+"
    "(?:给|发|报|甩|念|说|要|问|提|留|打)?(?:再|我们?|咱们?|什么|个|那个?|这个?|的)*+"
    f"{_A_PHONE}|{_A_PHONE}(?:就|也|都|我)*+(?:不(?:用|要|必|需要?)|别|甭|免)(?:给|报|发|说|提|念|留)?(?:我们?)?了?(?=$|[，,。！!；; ])"
)
"""别给电话, 电话就不用了: a number that one does not want."""
_REFUSES_A_PHONE = re.compile(REFUSED_PHONE)
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
    r"|^(?:应该|可能|大概|估计|好像|也许|八成|多半)(?:都|也|还)?(?:算?是|有|算|行|可以|没问题|没有?)?的?吧$"
)
_WHAT_COUNTS = re.compile(
    r"算不算|算(?:得上|作|进|入|数)|作数|计(?:入|进)|[摊凑塞并](?:不[摊凑塞并])?(?:得|不)?进|(?:往|到)[^，。]{1,10}(?:里头?|上|进)[^，。]{0,2}(?:凑|算|加|并|摊)|认不认"
)
_WHY = re.compile(
    r"为(?:什么|啥|何(?!时))|凭(?:什么|啥)(?!文件|材料|证)|何故|(?:什么|啥|有何)(?:道理|理由|原因|缘由|缘故|考虑)|\bwhy\b"
)
_WORDING = re.compile(r"哪一?[句条些]|第几条|分别|怎么规定|规定(?:是|分别)|依据|出处|条款|条文|原文")
_DOES_IT_MATTER = re.compile(
    r"影响|要紧|碍事|妨碍|有关系|算不算|算(?:得?上|是|作)?[^，。]{0,8}(?:吗|么|不$)|^[^，。；,; ]+$"
)
"""去年亏损影响申报吗, and 受过处罚能报吗 in one breath; 去年亏损，能报吗 tells before it asks."""
_WILL_IT_DO = re.compile(
    r"(?:^|[，, ])(?:这样|这种|这|那)?(?:也|还)?(?:可以|行|成|够)(?:吗|么|嘛|不(?:可以|行|成|够)?|没问题)[?？]*$"
)
_OF_ANY_FIRM = re.compile(
    "(?:那么?|请问|是不是|想?问一?下|这种|这类|[，, ])*(?![^，。]*(?:[0-9]|[一这那某两几][家个]|本|贵|客户|朋友))[^，。了]{1,14}?"
    "(?:企业|公司|单位|(?<!标杆)工?厂|项目|个体户|个体工商户|办事处|合作社|分支机构)(?:的话)?(?:也|还|就|都|到底|究竟|是不是)*"
    "(?:能不能|可不可以|能否|可否|是否可以|能够?|可以|有资格|够资格|够格|准)(?:来|去|直接|参与|参加|单独|一起)*(?:[申报评]|申请|参评|参加)[^，。]{0,14}"
)
"""失信企业能申报吗, 在建项目可以报平台吗: of any firm of that kind; 山东一家企业能报吗 is one that somebody asks for."""
_ALSO_DOES = re.compile(
    "[^，。了]{2,20}?(?:是不是|是否)?[也都](?:是不是|是否)?(?:可以|行|成|没事|没关系|(?:能|可以)(?:申?报|申请|参评|参加))[^，。]{0,8}"
)
"""平台还没建完是不是也可以, 没贯标也能报标杆吗: what the rule lets pass, whoever asks."""
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
    return bool(_ASKS.search(_ONLY_SEEMS_TO_ASK.sub("", _UNDECIDED.sub("", plain))))


def asks_for_a_phone(plain: str) -> bool:
    """Whether a message asks for a number to call, whatever it tells before.

    Not for one that is refused or that the notice does not print (a city bureau's, one for complaints), nor when a
    phone is answered.
    """
    asks = bool(_ASKS_FOR_A_PHONE.search(_REFUSES_A_PHONE.sub("", plain)))
    return asks and not _PHONE_NOT_PRINTED.search(plain) and not _WHEN_ANSWERED.search(plain)


def asks_whether(plain: str) -> bool:
    """Whether a message asks by a word and its denial (算不算, 停没停); 没停没停 tells."""
    return bool(_WHETHER.search(plain))


def asks_if_it_matters(plain: str) -> bool:
    """Whether a message that says nothing of its asker asks if a thing that it names matters (处罚影响申报吗)."""
    asks = asks_something(plain) or asks_whether(plain)
    return asks and bool(_DOES_IT_MATTER.search(plain)) and not OWN.search(plain)


def asks_if_it_will_do(plain: str) -> bool:
    """Whether a message ends by asking if what it told before will do: 只涉及两个方向，可以吗."""
    return bool(_WILL_IT_DO.search(plain))


def asks_of_any_firm(plain: str) -> bool:
    """Whether a message asks what holds of any firm or project of a kind: 失信企业能申报吗, 没建完是不是也可以."""
    of_a_kind = any(words.fullmatch(plain.rstrip("?？!！。 ")) for words in (_OF_ANY_FIRM, _ALSO_DOES))
    asks = asks_something(plain) or asks_whether(plain)
    return of_a_kind and asks and not OWN.search(plain)


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


def asks_why(plain: str) -> bool:
    """Whether a message asks for what reason a rule is as it is (凭啥要满三年), and not for where it stands."""
    return bool(_WHY.search(plain)) and not _WORDING.search(plain)


def does_not_know(plain: str) -> bool:
    """Whether a message says that its writer cannot tell (不清楚, 我哪晓得)."""
    return bool(_UNSURE.search(plain))
