"""Yes and no in the ways people say them: 有的, 还没, 正在办, 快下来了, 不是没有, 说不准."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Polarity(Enum):
    """What a marker says; PENDING is "being done, not yet"; ONLY is 只有; ASIDE is 除了."""

    YES = "yes"
    NO = "no"
    PENDING = "pending"
    UNSURE = "unsure"
    ASK = "ask"
    ONLY = "only"
    ASIDE = "aside"


VALUES = {Polarity.NO: False, Polarity.YES: True, Polarity.ONLY: True}
"""What markers say outright; the others say neither yes nor no."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A piece of a phrase that says yes, no or neither."""

    start: int
    end: int
    polarity: Polarity


_DONE = (
    "通过(?!率|后|之后|以后|的条件|与否|[^，。]{0,8}?(?:方式|途径|渠道|申报))|做(?:过|了|完|好|出来|成)|办(?:过|了|完|好|妥|成|下来|到|出来)|拿(?:到|过|了|下|得出)|取得|获得|获评|领(?:到|了|过)"
    "|开(?:好|了|过|全|齐|具了?|出来?)|(?<![不翻调找])出(?:了|过|好|具了?|来了?|完)|发(?:了|过|下来)|下(?:来(?:了|$)|了|发了)|到手|在手|在手[里上]|手[里上](?=都?有)|搞(?:定|好|完|过|了)|弄(?:好|完|过|了|到)|完成|审(?:完|好|过|了)|(?<![讲说问看听提谈聊])过(?:了|的|掉|关)|评(?:上|过|了)"
    "|准备(?:好|齐|完|妥|到位)|补(?:出来|上|全|足|齐|好)(?:了|$)|收(?:齐|集好|好|到)|(?:贯|建|报|验|整理|备|凑|交|上传|认证|签|盖|公示)(?:过|了|好|完|齐|成)|到位|落实|现成|现有|留(?:着|存|有)|保存|保留|满足|符合|达到|达标|合格|有效|完整|完备|健全|过$"
)
_NOT = "(?:没有?|未(?!来)|[勿冇呒弗]有?|不曾|木有|冇|没得|并没有?)"
_HEDGE = "(?:还|也|都|就|是|一直|暂时|目前|现在|至今|从来|从|压根|根本|完全|全|并|确实|真的?|这块|到现在|仍)*"
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "skip",
        "负责(?:准备|办理?|跟进?|对接|整理|编制?|出具|做|搞|弄|申请|收集)|与否:?|有无(?=:)|有(?:个|一个|几个|一些|些|点|什么|哪些?|啥)?(?:问题|疑问|事|疑惑)|有关|有限|有效期|有时|有点|有的是|如有|有意|有兴趣|有幸|所有|没事|没关系|没想到|没准备好问|不好意思|不管|不论|不光|不但|不仅|不止|不过"
        "|有人(?!才)|没错|有需要|有必要|无所谓|无论|无锡|无人|无线|无形|未来|过程|过来|过去|不错|不然|不得不|不妨|不用说|有助|有利|有望|具有法|在手机|没多久|不久|有段时间|未央|建材|持有人|没有?(?:日期|编号|格式)|(?:也|都|还|从来|从|我们?)*没(?:有)?见(?:过|到|着)|没(?:有)?(?:交|上传|提交|盖章|签字)|没看懂|没明白|不太懂|不懂|看不到|没找到",
    ),
    (
        "ask",
        "缺一[个样项不]|少一[个样项不]|认不认|在不在|齐不齐|可有可无|不用|不需要|不必|用不着|无需|免(?=提供|交)|有没有|有木有|是不是|是否|有无|要不要|过没过|做没做|用不用|算不算|能不能|能否|可否",
    ),
    (
        "unsure",
        "(?:不能|不可以|不好|怎么能|怎能|哪能)(?:这么|就)?(?:说|讲)(?:是|我们?|咱们?|公司)*(?:没有?|未|不)|没有?不(?=[^，。]{1,8}的?(?:理由|道理|可能))|(?:还|也|都)?没(?:有)?(?:来得及|顾上)?(?:跟|和|给|对|同)?(?:你们?|您)?(?:说(?!法)|讲|提(?!升|供|高|交)|聊|报给)|(?:还|也|都)?没(?:有)?(?:对照|看过?|研究|比对|核对|了解|细看|算过|统计|查过|问(?!题)|确认|仔细|想好|想过)|不(?:太|大|是很|怎么)?(?:清楚|知道|确定|晓得|了解|好说|记得|肯定|敢说)|没(?:太)?注意|忘(?:了|记)|记不(?:清|得|住)|说不(?:准|好|清)|好像|可能|也许|大概|应该(?!说)|估计|差不多|貌似|似乎|或许|得(?:再)?(?:问|查|看|确认)|要(?:问|查|确认)|问问|查一下|看情况|不一定|没把握|据我所知",
    ),
    (
        "yes_first",
        f"{_HEDGE}(?:没(?:什么|啥|有|有什么|有任何|任何)?|[不未]存在(?:任何)?|挑不出|无)(?:问题|毛病|疑问|疑义|异议|异常|短板|瑕疵|话说)|没得(?:说|挑)|(?:不是|并非|也不是|并不是|[不未]存在|哪里?是|谁说)(?:说)?(?:我们?|咱们?|公司)?(?:没有?|未)|(?:都|倒|也|并)*不是(?:什么|啥)?问题|没有?不(?=[合良达齐])|不(?:缺|差|欠)(?![一-龥]{{0,4}}(?:吗|么))|没落下|没丢|一(?:个|样|张|份)?不(?:少|落|缺|差)|样样(?:都)?有|一应俱全"
        "|齐(?:全|备|了|的|整|活|(?=$|[，,、 ]))|都?在(?=$|的$|呢$)|备齐|都齐|全(?:都)?有|都有|具备了?|(?<!不)(?<!没)全(?:的|了)|不在话下|妥妥的",
    ),
    ("only", "只有|仅有|光有|就有|只(?=开|做|出|过|拿)|唯独有"),
    ("aside", "除(?:了|去|开)?(?!外|非|以)"),
    (
        "no",
        f"(?<=:)(?:否|无)(?=$|[，。、 ])|不存在的|(?:做|搞|弄)(?:到|了)?一半(?:就|后)?(?:搁|停|放|没)|有(?:一?(?:小|大)?部分|一些|些|几[张份个项笔])[^，。有没未]{{0,4}}(?:(?:没有?|未)(?:开|拿|出|做|齐|下来|给|补|取得)|缺(?!点)|丢)|{_HEDGE}{_NOT}(?:(?:正式|真正|完全|专门|单独|来得及|及时|去|能|被|给|把|再|顺利|最终|最后|全部|都|敢|拿到过?|取得|获得)*(?:{_DONE.replace('|过$', '')}|做|办|拿到?|开|出|发|下来|下|弄|搞|完|好|过|齐|有|参加|认证|申请|申报|评|审|建|贯|通过))?"
        "|(?<![有百])无(?!锡|人|线|形|论|纸|尘|缝|所)|(?:缺失?|欠缺|缺少)(?!口|陷|点)|不(?:太|怎么|大|是很|是特别)?(?:认(?!识|为)|具备|齐全?|全|够|完整|健全|符合|满足|达标|合格|合规|行|是|属于|算|存在|满意|在(?!话)|了|通过|过(?=关|审)|好|涉及|成熟)|[拿调查找打开]不出来?|提供不了|出不(?:了|来)|开不(?:了|出来?)|办不(?:了|下来)|(?:丢(?:了|失)|遗失了?|弄丢了?)(?!了?(?:一|好|其中)?(?:小|大|几|[一两二三四五])?(?:部分|些|点|张|份))|[找拿领收]不(?:到|着|见)"
        "|没法|无法|被(?:拒|退|否)|落空|泡汤|停(?:了|掉)|作废|黄了|(?:少|差)(?=(?:一|个|份|张|了))|(?:就|只)剩(?=▮)|(?:就|只|还|唯独|独独)(?:差|缺|少)(?![0-9一二两三四五六七八九十几])|×|❌|✗",
    ),
    (
        "pending",
        "正(?:在|准备|打算|处于|处在)|(?:还|目前|现在|一直)?在(?:▮|做|办|申请|走|弄|搞|审|建|跑|准备|整理|出|开|等|推进|进行|收集|催|补(?![出齐好上全足])|联系|对接|公示|排队|筹备|贯|评|改|编)(?!工业|业|[好完过成齐妥]了)|(?:办理|申请|进行|审核|认证|流程|贯标|评审|公示|受理|建设|准备|整改|筹备|编制|出具)(?:当|过程|阶段|之)?中|走流程|流程里"
        "|准备(?=▮|做|办|去|明|下|贯|开|申请|在|搞|启动|弄|建|今|年)|在准备|打算|计划|拟(?=▮|做|建|办|明|于|今)|想(?=▮|做|办|搞|弄|贯)|筹备|筹建|快(?:要)?(?:了|(?=[^，。]{1,6}了))|即将|马上|眼看|下个?(?:月|周|星期|礼拜)|明年|后年|等(?=▮|证|着|审|通知|发|下|拿|批|结果|他们|老师)|还要等|还(?:得|需)(?:等|要)?|(?:这[两几]天|过几天|月底|[下本这]周|明天|后天|很快|回头|[0-9一二三四五六七八九十]{1,3}[号日](?:之|以)?前|[月年]底(?:之|以)?前)(?:就|才|应该|肯定|一定|估计)*(?:能|可以|会)?(?=出|下|拿|好|办|给|做|完)|预计|延(?:至|到)|刚(?:开始|启动|起步|提交|申请|递交)|启动|待(?:▮|审|发|批|定|下|出|开|办)|争取|以后再|后面再|回头再|补办(?![了过好完下])|去补|再补|再办|过(?:阵子|段时间|几天|两天)|才能(?:拿|下|出)|才(?:拿|下|出|能)",
    ),
    (
        "yes",
        f"(?<=:)(?:是|有)(?=$|[，。、 ])|(?:已经|已|早就|早已|都已)(?:{_DONE}|有|是|具备)?|{_DONE}|(?<![没只仅光勿冇呒弗无])有(?!(?<=还有)[一二两三四五六七八九十半几]{{1,3}}个?(?:多|来)?(?:月|天|周|星期|礼拜|年))(?:的|了|呢|啊)?(?![限关效时点些意幸望的0-9])|拥有|持有|具备|具有|配(?:有|备|了)|设(?:有|立了)|是的|全都|都(?=[过做办开齐])|[oO][kK]|可以提供|能提供|提供得了|拿得出来?|√|✓|✅|✔",
    ),
)
_MARKERS = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _KINDS))
_POLARITY = {
    "yes": Polarity.YES,
    "yes_first": Polarity.YES,
    "no": Polarity.NO,
    "pending": Polarity.PENDING,
    "unsure": Polarity.UNSURE,
    "ask": Polarity.ASK,
    "only": Polarity.ONLY,
    "aside": Polarity.ASIDE,
}
_DENIES_A_NO = re.compile(
    "(?:不是|并非|哪里?是|[不未]存在|(?:不能|不可以|不该|不好|怎么能|怎能|哪能|谁|凭什么)(?:这么|就)?(?:说|讲|认为))(?:说|我们?|咱们?|公司|那种|什么)*[^，。没未不有]{0,4}(?:没|未|不(?=贯标|通过|符合|满足|具备|达标|在))"
    "|没有?不[^，。]{1,8}(?:的)?(?:理由|道理|可能|情况|情形|问题)|(?:没|未)[^，。]{1,12}(?:是假的|是误传|是谣言|不是真的|是乱说的?|是瞎说的?)"
)
"""不存在没有发票的情况, 谁说我们没有审计报告的, 没有不贯标的理由."""
_NEGATING = re.compile("[不没无未非]")
_SEEMS_NEGATING = re.compile(
    "未来|未央|无人(?=机|驾驶|车|仓|工厂|车间)|无线|无形|无尘|无纸|无纺|无缝|无极|无忧|无界|非[凡遗洲标晶织]|非金属|非织造|不[锈凡]"
)
"""未来科技, 无人机: a piece of a name that denies nothing."""
_WEIGHT = [
    Polarity.ASK,
    Polarity.UNSURE,
    Polarity.ASIDE,
    Polarity.NO,
    Polarity.PENDING,
    Polarity.ONLY,
    Polarity.YES,
]


def find_markers(text: str, barriers: Sequence[tuple[int, int]] = ()) -> list[Marker]:
    """Markers of a phrase outside the barriers (the names of topics); neighbours with no barrier between are one,
    so that 没有 正式 通过 is no."""
    found: list[Marker] = []
    blocked = sorted(barriers)
    for start, end in blocked:
        text = text[:start] + "▮" * (end - start) + text[end:]
    at = 0
    for match in _MARKERS.finditer(text):
        if match.lastgroup == "skip" or match.lastgroup is None:
            continue
        while at < len(blocked) and blocked[at][1] <= match.start():
            at += 1
        marker = Marker(match.start(), match.end(), _POLARITY[match.lastgroup])
        if found and _joins(found[-1], marker, text, blocked[at - 1] if at else None):
            found[-1] = _joined(found[-1], marker)
        else:
            found.append(marker)
    return found


def denies_a_no(text: str) -> bool:
    """Whether a no is itself denied: 并非没有发票."""
    return _DENIES_A_NO.search(text) is not None


def without_seeming_noes(text: str, places: re.Pattern[str]) -> str:
    """The text, of the same length, without a no that is only a piece of a name: 无锡, 未来科技."""
    for names in (places, _SEEMS_NEGATING):
        text = names.sub(lambda match: _NEGATING.sub("□", match.group()), text)
    return text


def _joins(left: Marker, right: Marker, text: str, barrier: tuple[int, int] | None) -> bool:
    gap = right.start - left.end
    if gap > 5 or (barrier and barrier[0] >= left.end):
        return False
    if re.search("现在|后来|又|也|但|还有|和|及|、", text[left.end : right.start]):
        return False
    if left.polarity is Polarity.YES and right.polarity in {Polarity.NO, Polarity.PENDING}:
        return gap == 0 and bool(re.search("[已都全]经?$|早就$", text[left.start : left.end]))
    return left.polarity is not Polarity.ASIDE


def _joined(left: Marker, right: Marker) -> Marker:
    stronger = min(left.polarity, right.polarity, key=_WEIGHT.index)
    return Marker(left.start, right.end, stronger)


_YES_ANSWER = re.compile(
    "(?:嗯+|恩+|对+的?|是的?|有的?|有了|好了|齐全?|都?没问题|都(?:很|挺|还)?好|ok|OK|Ok|可以|满足|符合|都有|都是|具备|已经(?:有|是|好|办|做|建|过|拿|下|通)\\w{0,4}|当然|肯定(?:有|是)?|必须的|没错|良好|很好|挺好|健全|规范|正常|不错|达标|都健全|都规范|yes|YES|Yes|y|Y|√|✓|有呢|有啊|是啊|对啊|嗯呢|嗯嗯|通过了|过了|做了|办了|办好了|建好了|建成了|下来了|拿到了|出了|开了|在用|还在用|都在用|(?:都|还|一直)?用着呢?|都齐|(?:整|全)套(?:的|都有|齐全)?|(?:早就?|已经?)?用(?:上|起来)了|都有的|全有|全都有|妥妥的|确实是|确实有|那(?:是)?(?:当然|肯定)|(?:总体上?|整体上?|基本上?|大体上?|都|也)*(?:还算?是?|算是?)(?:良好|健康|不错|过得去|好|正常|稳定|行|可以|规范))"
    "(?:了|的|呀|啊|哦|噢|呢|嘛|哈|～|~|！|!| )*"
)
_NO_ANSWER = re.compile(
    "(?:连|哪怕)?[一半][张份个项条点样家次本块][也都]?(?:没有?|无)[的呢了啊呀]*|(?:暂时|目前|现在|我们|这个|倒|真|确实|也|都|还|一直|好像)*(?:没有?(?:呢|了)?|还没有?|尚未|未|不是|不|否|无|木有|没得|没办|没做|没过|没通过|没建|没下来|没拿到|没出|没开|没弄|不具备|不符合|不满足|不属于|不算|no|NO|No|n|N|×|正在办理?中?|在办|办理中|在做|在走流程|正在(?:做|弄|走流程|申请)|快了|快下来了|快好了|还在(?:办|做|建|审|等)\\w{0,3}|没呢|没有没有|没得没得|没来得及|来不及|不在用|停了|不用了)"
    "(?:了|的|呀|啊|哦|噢|呢|嘛|哈|吧|～|~|！|!|做|办|过|有| )*"
)


def read_answer(text: str) -> bool | None:
    """A terse answer as a whole, or the leading yes or no of a longer one; None where it is neither."""
    if re.match("对了[，,。 ]|(?:是这样|不好意思)", text.strip()):
        return None
    head, *rest = re.split("[，,。；;！!、\n ]+", text.strip(" ，,。；;！!、\n"), maxsplit=1)
    if rest and re.search("[?？]|[吗呢么]$|请问|想问|问一?下|咨询|多少|什么|怎么|哪|谁|几[点号月]", rest[0]):
        polite = re.fullmatch("(?:嗯+|好的?|对了?|是的?|可以|ok|OK|没问题|没事)[呀啊哦的]*", head)
        if polite:
            return None
    if _YES_ANSWER.fullmatch(head) or re.fullmatch(
        "(?:我们?|我司|公司|这个)*(?:都|全|已经|也)?(?:有|是|具备|符合|满足)(?:的|了)?", head
    ):
        return True
    return False if _NO_ANSWER.fullmatch(head) else None


_OF_ALL = re.compile(
    "(?:(?:[有是对嗯好]{1,4})[的了啊呀]?[，,。！! ]+)?(?:都|全都|全部|全|样样都?)(?:是|有|好|很好|挺好|齐|没有?问题|满足|具备|符合|健全|良好|达标)"
    "[的了呀啊呢吧哦嘛]*(?=$|[，,。；;！! ])"
)
_BUT_NOT_ALL = re.compile("没(?!有?问题)|不(?!错)|未|除|但|就是|只|缺|差|还在|正在")


def affirms_all(text: str) -> bool:
    """Whether an answer is a yes to all that was asked at once: 都有, 有有有，都有; not 都有，就是发票没有.

    >>> [affirms_all(said) for said in ("都好", "对，都是的", "都有，就差发票", "团队有")]
    [True, True, False, False]
    """
    return _OF_ALL.match(text.strip()) is not None and _BUT_NOT_ALL.search(text) is None
