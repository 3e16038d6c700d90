"""Whose fact it is: the applicant's own, or that of a group, a customer, a neighbour; and who asks for another.

「母公司成立十年，我们自己刚成立半年」: the age of the first phrase is nobody's that we speak with.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.facts.message.parties import belonging, told_apart

_NEW = (
    "换(?:成)?(?:另外?|别的?|其他)?一家(?=问|说|看|来|吧|呢|再|[，,。？?！! ]|$)|换(?:成|了)?(?:另外?|别的?|其他)?一?家(?:公司|企业|厂|单位)|换(?:成|了)?(?:另外?|别的?|其他)?一?个(?:公司|企业|厂|单位)"
    "|(?<!的)(?<!是)(?:另外?|还有)(?:有|还有|的)?一?[家个](?:公司|企业|厂|单位|子公司)?(?=[，,。？?！! ]|是|在|成立|注册|也|呢|的情况|想|没|有|刚|才|就|$)"
    "|(?:由|让|用|换|以(?!子)|假设|假如|如果|要是)(?:我们)?(?:的)?(?:总公司|母公司|集团(?:公司)?|总部|子公司)(?:出面|名义|的名义|来|去)*(?:申?报(?![告销账价过了])|申请(?![过了])|参评(?![过了]))"
    "|(?:如果|要是|假设|假如)(?:我们)?(?:改成|改|换成|换)?(?:用|由|让)(?:我们)?(?:的)?[^，。]{0,10}(?:母公司|子公司)(?=呢|来|去|报|的?名义)"
    "|那么?(?:我们)?[^，。的]{0,6}的?(?:全资|控股)?子公司(?:呢|来?报(?!告))"
    "|另(?:外|有)?(?:的)?一?[个家]客户(?=[，,。？?！! ]|是|在|成立|注册|也|呢|的情况|想|没有?(?!付|给|结|回|签)|有(?!欠)|刚|才|还|$)|(?:第[二三四五]|下一)[个家]客户"
    "|下一[个家](?:企业|公司|厂|单位)|再问一?下?(?:另|别|一)一?[家个]|再问一?家|第二家|下一家"
    "|(?:我|有个|有一个|一个)*(?:朋友|亲戚|哥们)(?:的|家)?(?:公司|企业|厂|单位)(?=成立|注册|是|在|想|也|能|可|没|有|投|做|评|刚|才|已|今年|贯标|[，,]|$)"
    "|(?:帮|替|代|给)(?:一?个?)?(?:朋友|客户|亲戚|别人|人家|另|下面|兄弟).{0,6}?(?:问|咨询|看|打听|了解)|我们?有一?个(?:客户|朋友|亲戚)"
)
_OTHER = (
    "(?:我们?|咱们?|我司|本公司|我公司|公司|企业)?的?(?:"
    "集团(?:公司|总部|总公司)?(?![一-龥]{0,8}(?:[子分]公司|的工厂))|母公司(?![一-龥]{0,8}[子分]公司)|总公司(?![一-龥]{0,8}[子分]公司)|总部|(?:控股|大|法人)?股东|客户|隔壁|邻居|同行(?!里|当中|之间)|朋友|亲戚|[表堂][姐哥弟妹]|[姐妹]夫|小舅子|舅舅|叔叔|同学|战友|老乡|爱人|媳妇|老公|别人|别家"
    "|(?:别的|其他|其它|有的|有些|人家)(?:的)?(?:公司|企业|厂家?|单位)|人家|供应商|那家(?:公司|企业|厂)?|某家?(?:公司|企业|厂)|有[家个](?:公司|企业|厂|单位)|[他她它](?:家|那(?:[个家]|边)?|们家)|被(?:合并|吸收|并购|收购|兼并)(?:的|方)(?:那?[个家])?(?:公司|企业|厂|单位)?|(?:注销|并掉)了?的(?:那?[个家])(?:公司|企业|厂|单位)?|(?:省里|省厅|工信厅)(?!的)(?!(?:还|也|都|从来|一直)*没)|工信局|市局|市里|区里|政府|评审专家|兄弟(?:公司|单位|企业)|关联(?:公司|企业)"
    "|合作(?:方|伙伴|单位|企业)|竞争对手|对手|上级|他们|它们|对方|甲方|乙方|代理商|服务商|经销商|实控人|投资方(?!面|向)|投资人)"
    "|(?:我们|我司|本公司|我公司|公司|集团)(?:的|下面|旗下|有|还有|控股)*(?:一?[家个])?(?:全资|控股)?子公司|(?:下面|旗下|名下|底下|有)(?:还有|有|的)?(?:一?[家个](?:[^，。,、的有是]{1,8}的)?)?(?:全资|控股)?子公司|老板(?:以前|之前|另外)的"
)
_OWN = (
    "(?<![他她户方家])手[里上头](?!机)|我们|我司|我公司|我厂|我单位|我企业|我家|本公司|本企业|本厂|本单位|咱们?|敝司|俺们?|自己|自身|(?:省里|省厅|工信厅)(?=(?:还|也|都|从来|一直)*没)|申报(?:单位|主体|企业)|本身|(?<![给跟向对和让])我(?!省|国|市|区|想|有|问|在|看|听|讲|说)"
    "|存续(?:的|方|公司|企业)(?:那?[个家])?"
    "|(?<![母总子分限家团商方])公司(?=成立|注册|在|是|自己|本身|现在|目前|也|才|刚|已|没|有|的?财务|信用)"
)
_SUBJECT = re.compile(f"(?P<new>{_NEW})|(?P<other>{_OTHER})|(?P<own>{_OWN})")
_PRONOUN = re.compile("^(?:他们|它们|对方|客户|朋友|人家|亲戚)")
_NOT_SUBJECT = re.compile(
    "(?:是|属于|隶属于?|作为)[^，,。]{0,3}$|(?:给|跟|向|按照?|依照?|依据|参照|对照|根据|照着?|服务于?|面向|帮|替|为|由|被|从|和|与|卖给|比|像|随|对)$|(?:年|家|个|多)$"
)
_THAT_OF_HIS = re.compile("^的?[他她它]那")
_BESIDE_US = re.compile("我们|我司|我公司|我厂|本公司|咱|俺|我自己")
"""他那个是分公司，我们是独立的: his firm is another only beside ours; of who asks for his father it is the applicant."""
_SUBSIDIARY = "(?<!母)(?:[全控]股|全资|下属|旗下|这[家个]|那[家个])*(?:的)?子公司"
_APPLIES_BY_SUBSIDIARY = re.compile(
    f"{_SUBSIDIARY}(?:自己|单独|独立|来|去|能不能|能否|可不可以|可以|可|能|想|要|打算|准备|有没有|够|符合)+[^，,。]{{0,6}}(?:申?报|申请|参评|资格|条件|够格|戏)"
    f"|(?:用|以|拿|让|由)(?:[^，,。]{{0,4}}){_SUBSIDIARY}(?:的?名义)?[^，,。]{{0,3}}(?:申?报|申请|参评)"
)
_AGENT = re.compile(
    "我(?:们)?(?:这边)?(?:是|做)(?:一?[个家])?(?:代[办理账]|中介|服务机构|财务代理|做?申报|辅导)|(?:替|帮|代|为|受)(?:我|一?[个家])*客户"
)
"""Who speaks for its customer; what it tells of the customer is the applicant's."""
_CUSTOMER = re.compile("^(?:我们?|这[个家]|那[个家])?(?:的)?客户$")
_CALLER = re.compile(
    "^(?:(?:来电|您好|你好|请问|企业问|咨询)[，,：: ]*)?客户(?:那边|这边)?(?=[:：说称注成]|在(?!用)|(?:19|20)[0-9]{2}年|云服务|(?:的|这家|那家)?公司(?:在|注|成)|(?:独立)?法人(?!代表)|[^，。吗么?？]{2,12}[，,、][^吗么?？]+$)"
)
"""客户2019年注册，想报三星: the hotline hands on what its caller says of itself."""
_A_SUBSIDIARY = re.compile("子公司$")
WHO_APPLIES = re.compile(
    "(?:申报(?:主体|单位|企业)|来?报的)(?:应该|就|才)*是(?P<party>(?:总|母|子)公司|集团(?:公司)?|总部)(?=$|[，,。；;！!？?])"
)
"""申报主体是母公司: which of the firms named is the applicant."""
_PARENT = re.compile("总公司|母公司|集团|总部|子公司")
_A_FIRM = re.compile("^(?:(?:有|某)[家个]?(?:公司|企业|厂|单位)|那家(?:公司|企业|厂)?)$")
_OF_OTHER = re.compile(f"^.{{0,3}}的(?:{_OTHER})")


@dataclass(frozen=True, slots=True)
class Owners:
    """At which offsets the speech turns to the applicant (True) or to somebody else (False)."""

    text: str
    starts: tuple[int, ...]
    own: tuple[bool, ...]
    new_applicant_at: int | None

    def is_applicant(self, start: int, end: int) -> bool:
        """Whether what stands from `start` to `end` is said of the applicant (the newest one, if several)."""
        if self.new_applicant_at is not None and end <= self.new_applicant_at:
            return False
        if _OF_OTHER.match(self.text[end : end + 20]):
            return False
        turn = bisect_right(self.starts, start) - 1
        return turn < 0 or self.own[turn]

    def names_another(self, start: int, end: int) -> bool:
        """Whether the speech turns to somebody else between these offsets."""
        return not all(self.own[bisect_right(self.starts, start) : bisect_left(self.starts, end)])


def find_owners(text: str, sentence_starts: Sequence[int]) -> Owners:
    """The turns of a text; every sentence begins with the applicant unless it says otherwise."""
    turns = [(start, True) for start in sentence_starts]
    new_at = None
    meant = [_CUSTOMER] if _AGENT.search(text) else []
    if _APPLIES_BY_SUBSIDIARY.search(text):  # 集团在上海，子公司在昆山成立，子公司能报吗
        turns += [(match.start(), True) for match in re.finditer(_SUBSIDIARY, text)]
        meant.append(_A_SUBSIDIARY)
    meant += [re.compile(applies["party"]) for applies in WHO_APPLIES.finditer(text)]
    if not any(match.group("own") for match in _SUBJECT.finditer(text)):
        meant.append(_A_FIRM)  # of whoever asks for a firm, without a word of its own
        if _CALLER.match(text):
            meant.append(_CUSTOMER)
    if not _BESIDE_US.search(text):
        meant.append(_THAT_OF_HIS)
    own_at = 0
    for match in _SUBJECT.finditer(text):
        if match.lastgroup == "new" or match.group("new"):
            new_at = match.start()
            meant.append(_PRONOUN)
            if parent := _PARENT.search(match.group()):
                meant.append(re.compile(parent.group()))  # 那由总公司来报，总公司是独立法人
            turns.append((match.start(), True))
        elif match.group("own") or any(means.search(match.group()) for means in meant):
            turns.append((match.start(), True))
            own_at = match.start()
        elif possessed := belonging(text, *match.span(), own_at):
            turns += possessed
        elif not _NOT_SUBJECT.search(text[max(0, match.start() - 6) : match.start()]):
            turns.append((match.start(), False))
    for start, end, applies in told_apart(text, beside_us=_BESIDE_US.search(text) is not None):
        turns = [turn for turn in turns if not start < turn[0] < end]
        turns.append((start, applies))
    turns.sort(key=lambda turn: turn[0])
    return Owners(text, tuple(s for s, _ in turns), tuple(o for _, o in turns), new_at)
