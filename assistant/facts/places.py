"""Where the applicant is registered: by a word of registration, else by the place of the company itself.

A factory, a branch or a customer in a place says nothing of the registration: 「注册在上海，厂在南通」 is Shanghai.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Find, Hearing
from knowledge.cues import PlaceCue

_SUFFIX = "(?:省|市|区|县|自治区|高新区|开发区|经开区|工业园区|园区|新区|镇)*(?:省?内|境内|这边|这里|那边|那里|当地|本地|本土|地区|一带)?"
_ENTITY = "公司|企业|单位|独立的?法人|厂家|民企|国企|外企|制造商|工厂|小厂|老厂"
_KINDS = "有限|股份|责任|本地|本土|当地|民营|国有|国营|外资|合资|私营|中小|小微|大型|小型|中型|规上|上市|龙头|高新技术|科技型?|制造业?|生产|传统|老|小|新|贸易|物流|建筑|服务|[一-龥]{2,4}(?:制造|加工|生产)"
_FIRM = re.compile(
    f"的?(?:一)?(?:家|个|间)(?:做|搞|生产|从事)[^，。]{{1,10}}的$|的?(?:某|一?[家个间])?(?:[^，。在给和、]{{1,10}}?的)?(?:{_KINDS}){{0,4}}(?:{_ENTITY})|[^，。的在和给、]{{2,14}}?(?:有限|股份|集团公司|厂$)"
)
_TRADES = "机械|科技|化工|半导体|器械|电子|纺织|纺机|食品|汽配|牧业|光电|新?材料|医药|制药|电气|电器|软件|信息|装备|服饰|服装|家具|建材|钢铁|能源|光伏|轴承|模具|重工|船舶|电缆|机电|农机|生物|环保|包装|印刷|玻璃|陶瓷|化纤|水产|木业|实业|锻造|铸造|电力|锂电|塑业|橡胶|仪器|仪表|智能|自动化"
_TRADE_NAME = re.compile(
    f"[^，。的在和给、去到想要能有是做搞 ]{{0,6}}?(?:{_TRADES})(?=[ ]*$|:|(?:于|是)?(?:19|20)[0-9]{{2}}年[^，。]{{0,8}}?(?:成立|注册|设立|登记))"
)
"""太仓精密机械2014年成立: a firm by its short name."""
_MOVED_HERE = re.compile(
    "(?:已经?|刚|才|去年|前年|(?:19|20)[0-9]{2}年|后来|现在|之后|又|整体|总部|公司|把|注册地|[0-9]{1,2}月份?)*迁(?:移|址|册)?(?:到|至|入|来|进|回)了?$"
)
_COME_HERE = re.compile("(?:搬迁?|迁移?|迁址)(?:到|至|入|来|进|回)了?$")
_MEANT_TO = re.compile("打算|计划|准备|想|拟|要(?!是)")
_FOUNDED = re.compile("[^，。]{0,8}?(?:成立|创[办立]|起家)")
_DONE_MOVING = re.compile("已|刚|去年|前年|(?:19|20)[0-9]{2}年|后来|迁[^，。]{0,3}了")
_ANOTHER_MOVED = re.compile(
    "厂|车间|产线|基地|设备|服务器|机房|数据|系统|云|仓库|研发|业务|个人|家|打算|计划|准备|想|拟|要|会|如果"
)
_REGISTERED = "注册|(?<!税务)登记|工商|营业执照|执照|落户|落地|法人主体"
_SAYS_REGISTERED = re.compile(_REGISTERED)
_NOT_A_SEAT = re.compile(
    "^(?:路|街|大道|东路|西路|南路|北路|中路|银行|大学|学院|时间|电信|移动|联通|高铁|机场|话|菜|有(?:个|一个|家|一家|了|两)?|设(?:了|有|立)|建(?:了|有|的|厂)|投|租|买|开了|还有|也有|的(?:厂|工厂|车间|基地|项目|客户|分公司|办事处|服务器|供应商|仓库|生产|平台|政策|通知|要求|标准|条件|申报|做法|活|订单|门店))"
)
_NOT_SELF = re.compile(
    "(?:给|为|向|跟|和|与|帮|替|从|卖到|卖给|发往|来自|面向|服务|包括|比|像|像是|学|去|到|出差|搬(?:到|去)|迁(?:到|往)|(?:工厂|厂|厂房|厂区|车间|基地|项目|产线|生产线|生产|客户|服务器|机房|设备|研发|分公司|办事处|仓库|总部|总公司|母公司|集团|老板|股东|市场|销售|业务|原来|以前|之前|平台|部署)(?:设|都|也|就|是|建|放|布)?在?)(?:了|的)?$"
)
_PROGRAMME = re.compile(
    "^(?:省|市)?(?:20[0-9]{2}年度?)?的?(?:重点|工业互联|标杆|星级|上云|示范|智能|两化|[三四五345]星|政务|省|工信|政策|文件|通知|项目|专项|申报|财政|补贴|级|认定|千企)"
    "|^(?:省|市)?的?(?:企业|公司|工厂)的?(?:上云|申报|技改|数字化|改造|转型|认定)*的?(?:补贴|补助|奖励|奖补|政策|扶持|资金|资助|名单|标准|条件|通知|办法)"
)

_DENIED_BEHIND = re.compile(
    "^(?:这边|那边|省内|境内)?(?:也|都|并|还|从来|压根)*(?:没有?|未)(?:有)?(?:办|做)?过?(?:公司|工商|企业|任何)?(?:注册|登记)"
)
_DENIED = re.compile(
    "(?:不(?:是|在|属于)|没有?(?:在|落)|非|未在|并非在?|不算是?|没)(?:注册|登记|落户|属于)?(?:在|于|是)?$"
)
_ANOTHERS_ADDRESS = re.compile(
    "(?:邮寄|寄件|收件|投递|通[信讯]|你们|贵[厅处]|省厅|工信[厅局])的?(?:地址|位置)|^(?:那么?|所以|这个?|是不是|[，, ])*(?:地址|位置)(?:就|应该)?(?:在|是|:)[^，。]*(?:吧|对吗|是吗)[?？]*$"
)
"""邮寄地址, or 地址是…吧 of who checks it: where letters go, and nothing of the applicant."""
_BRANCH = re.compile("[^，。]{0,16}(?:分公司|办事处|代表处|分厂|子公司)")
_HANDS_ON = re.compile(
    "^那么?(?:我们)?[^，。的]{0,6}的?(?:全资|控股)?子公司(?:呢|来?报(?!告))|(?:用|拿|让|由)[^，。的]{2,4}(?:的|那家|那边的?)(?:公司|厂)?(?:来|去)?(?:申?报(?!告)|申请)"
)
"""那江苏的子公司呢, 用常熟的报呢: who asks it turns to another applicant, and names its place."""
_BY_THAT_ONE = re.compile("(?:用|拿|让|由)$")
_BRANCH_BEFORE = re.compile("(?:分公司|子公司|办事处)[^，。]{0,3}$")
_FORMER = re.compile("(?:从|由|原来?|原先|以前|之前|当初)(?:就|都|是)?(?:在)?$")
_NOT_MOVED_YET = re.compile(
    "(?:还|尚|仍|一直|目前|暂时|也|都)*(?:没有?|未)(?:来得及|顾上|去|正式|办理?|做|完成|进行|把)*(?:注册地?|工商|执照|税务|登记|手续|地址|的)*(?:迁移?|迁址|迁入|变更|转|搬|改)"
)
"""原来在上海注册，还没办迁移: where it was registered before it still is."""
_REGISTERED_BEFORE = re.compile(
    f"(?:{_REGISTERED})(?:[^，。 在厂]{{0,5}}?(?:都|也|就|还)?(?:是|在|于|为|到|:| ){{0,2}}|[^，。]{{0,12}}?(?:变更|迁|搬|改)(?:到|至|为|在))$"
)
_REGISTERED_BEHIND = re.compile(f"[^，。]{{0,8}}?(?:{_REGISTERED}|成立)(?!资)")
_IN = re.compile("(?:在|于)$")
_HAS_THERE = re.compile("(?:也|还|另)?(?:有(?!限)|设有|建有)")
"""安徽注册的公司在苏州有厂: what it has elsewhere is not where it is registered."""
_SEATED_BEFORE = re.compile(
    "(?:公司|企业|客户|我们|我司|单位|我(?=是)|咱们?|本厂|主体|是|地址|所在地|属地|位置)(?:自己|自家)?(?:都|也|就|现在|目前|一直|主要)?(?:不|没)?(?:在|位于|地处|是在|是|属于|设在|:| ){1,3}(?:来自)?$"
)
_OPENING = re.compile(
    "(?:我们?|自己|自家|我司|本公司|本厂|俺们?|咱们?|公司|企业|厂子?|单位|也|都|是|系|为|一[家个间](?!公司|企业|厂|单位)|在|嗯|对|有|就|不|非)*"
)
_TRADE = re.compile(
    "(?:这边|那边)?(?:做|搞|生产|加工|造)(?!.{0,4}(?:贯标|审计|检测|测试|认证|备案|培训|推广|试点|项目|实施|评定|登记|注册))[^，。在的]{1,10}的?[ ]*$|(?!(?:平台|标杆|软件|项目|设备|客户|银行|大学|系统|服务|云))[^，。在给和、的地人这那]{2,4}的$"
)
"""我厂南通家纺的, 在宜兴做环保设备的: the place of whoever names its trade."""
_OWN_WORKS = re.compile("(?:我们?|俺们?|咱们?|本)厂(?:子|是|在|就|都|也)*")
_IS_ITSELF = re.compile("(?:我们|我司|我公司|我单位|本公司|公司|企业|单位)(?:系|为)$")
_CUSTOMER_IS_IN = re.compile("客户(?:公司|那边|这边|是|也|都|就)*(?:在|位于)")
"""客户在常熟, of whoever asks for its customer; of any other the customer is somebody else, and so is its place."""
_LISTED_AFTER = re.compile("(?:注册|法人|成立|公司|企业)[^，。]{0,6} $")
_NOTHING_MORE = re.compile("(?:的|人|这边的?|本地的?|这里的?)?(?:、(?=[0-9]).*)?")
_ANY_FIRM = re.compile(
    "(?:的)?[^，。在给和、的推服上报申评去对入]{0,9}(?:公司|企业|厂|[药船车钢建矿化纺]企(?!业))(?!房|区)"
)


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    inside: bool


def read_place(hearing: Hearing) -> list[Find]:
    """Whether the applicant is registered inside the province; words of registration decide over all others.

    So they do over what was told before: 公司注册地上海 puts 公司在南京 right.
    """
    cue = hearing.cues.place
    if cue is None:
        return []
    registered: list[Find] = []
    seated: list[Find] = []
    for said in hearing.phrases:
        phrase = replace(said, text=said.words) if _HANDS_ON.search(said.words) else said
        if _ANOTHERS_ADDRESS.search(phrase.words):
            continue
        for place in _places(hearing, cue, phrase):
            if not hearing.is_own(phrase, place.start, place.end):
                continue
            kind, negated = _kind(hearing, phrase, place)
            if kind is None or (negated and not place.inside):
                continue
            value = place.inside is not negated
            if not value and _FOUNDED.match(phrase.text, place.end) and _has_come_here(hearing, cue):
                continue  # 厂子搬到江苏了，公司1998年在上海成立: where it is registered now is not told
            find = hearing.find(cue.fact, value, phrase, *_quoted(phrase, place))
            if kind == "moved":  # 2019年在浙江注册，去年迁到扬州: where it was registered before is past
                return [replace(find, phrase=replace(phrase, correction=True))]
            (registered if kind == "registered" else seated).append(find)
    told = hearing.told.get(cue.fact, _REGISTERED)
    if _SAYS_REGISTERED.search(told):
        return registered or seated
    return [replace(f, phrase=replace(f.phrase, correction=True)) for f in registered] or seated


def is_nobodys_seat(hearing: Hearing, phrase: Phrase) -> bool:
    """Whether a place is that of a programme or where letters go: 浙江的企业上云补贴, 苏州标杆工厂名单, 邮寄地址是南京."""
    if _ANOTHERS_ADDRESS.search(phrase.words):
        return True
    cue = hearing.cues.place
    places = _places(hearing, cue, phrase) if cue else ()
    return any(_PROGRAMME.match(phrase.text[place.end :]) for place in places)


def _places(hearing: Hearing, cue: PlaceCue, phrase: Phrase) -> Iterator[_Place]:
    """Places of the phrase; of neighbours (江苏省 苏州市 昆山) one, inside if the first is."""
    last: _Place | None = None
    gazetteer = hearing.cues.gazetteer
    for match in gazetteer.names.finditer(phrase.text):
        suffix = re.compile(_SUFFIX).match(phrase.text, match.end())
        end = suffix.end() if suffix else match.end()
        inside = gazetteer.province_of[match.group()] == cue.province
        if last and match.start() - last.end <= 0:
            last = _Place(last.start, end, last.inside)
            continue
        if last:
            yield last
        last = _Place(match.start(), end, inside)
    if last:
        yield last


def _kind(hearing: Hearing, phrase: Phrase, place: _Place) -> tuple[str | None, bool]:
    """How the place belongs to the applicant, "registered" or "seated", and whether that is denied."""
    before, after = phrase.text[: place.start], phrase.text[place.end :]
    negated = bool(_DENIED.search(before))
    if _DENIED_BEHIND.match(after):
        return "registered", True
    if _has_moved(phrase, before):
        return "moved", False
    branch = _BRANCH.match(after)
    owners = hearing.utterance.owners
    applies = owners.new_applicant_at is not None or owners.applying == "子公司"
    if branch and branch.group().endswith("子公司") and applies:
        return "seated", negated  # 那江苏的子公司呢; 苏州有子公司，子公司能报吗
    if owners.new_applicant_at is not None and _BY_THAT_ONE.search(before) and _HANDS_ON.search(phrase.text):
        return "seated", negated
    if _PROGRAMME.match(after) or branch:
        return None, negated
    if _FORMER.search(before):
        stays = re.match(_REGISTERED, after) and _NOT_MOVED_YET.search(hearing.sentence(phrase))
        return ("registered" if stays else None), negated
    behind = _REGISTERED_BEHIND.match(after) and (
        _IN.search(before) or re.match("的?(?:企业|公司)?注册", after)
    )
    before_it = _REGISTERED_BEFORE.search(before) and not _HAS_THERE.match(after)
    if (before_it or behind) and not _BRANCH_BEFORE.search(before):
        return "registered", negated
    opening = _OPENING.fullmatch(before.strip())
    if opening and place.inside and _OWN_WORKS.fullmatch(before.strip()) and _TRADE.match(after):
        return "seated", negated
    asks_for_another = owners.new_applicant_at is not None
    itself = (opening and _IS_ITSELF.search(before)) or (
        asks_for_another and _CUSTOMER_IS_IN.fullmatch(before.strip())
    )
    if (_NOT_SELF.search(before) and not itself) or _NOT_A_SEAT.match(after):
        return None, negated
    named = opening and (
        _ANY_FIRM.match(after)
        or _TRADE_NAME.match(phrase.words, place.end)
        or _names_its_trade(before, after)
    )
    if _FIRM.match(after) or named:
        return "seated", negated
    if _SEATED_BEFORE.search(before):
        return ("seated", negated) if re.match("(?:的|人|这)?[ ]*$", after) else (None, negated)
    asked = hearing.cues.place is not None and hearing.asked == hearing.cues.place.fact
    alone = (opening and _NOTHING_MORE.fullmatch(after.strip())) or (
        _LISTED_AFTER.search(before) and re.match(" |$", after)
    )
    return ("seated" if alone and (asked or not phrase.asking) else None), negated


def _has_moved(phrase: Phrase, before: str) -> bool:
    """Whether the firm is said to have moved its seat to the place: not 打算迁到, and not 工厂迁到."""
    moved = _MOVED_HERE.search(before)
    told = moved is not None and _DONE_MOVING.search(before) and not _ANOTHER_MOVED.search(before)
    return bool(told) and not phrase.hypothetical


def _has_come_here(hearing: Hearing, cue: PlaceCue) -> bool:
    """Whether something of the applicant's, its works or all of it, is said to have moved into the province."""
    return any(
        place.inside and _COME_HERE.search(before) and not _MEANT_TO.search(before)
        for phrase in hearing.phrases
        if not phrase.hypothetical
        for place in _places(hearing, cue, phrase)
        for before in (phrase.text[: place.start],)
    )


def _names_its_trade(before: str, after: str) -> bool:
    return bool(before.strip()) and _TRADE.match(after) is not None


def _quoted(phrase: Phrase, place: _Place) -> tuple[int, int]:
    """The phrase, where it is short; else the place with what is around it."""
    if len(phrase.text) <= 30:
        return 0, len(phrase.text)
    return max(0, place.start - 8), min(len(phrase.text), place.end + 8)
