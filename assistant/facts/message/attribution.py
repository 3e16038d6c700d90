"""Whose fact it is: the applicant's own, or that of a group, a customer, a neighbour; and who asks for another.

「母公司成立十年，我们自己刚成立半年」: the age of the first phrase is nobody's that we speak with.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.facts.message.parties import belonging, told_apart

_NEW = (
    "换(?:成)?(?:另外?|别的?|其他)?一家(?=问|说|看|来|吧|呢|再|[，,。？?！! ]|$)|换(?:成|了)?(?:另外?|别的?|其他)?一?家(?:公司|企业|厂|单位)|换(?:成|了)?(?:另外?|别的?|其他)?一?个(?:公司|企业|厂|单位)"
    "|(?<!的)(?<!是)(?:另外?|还有)(?:有|还有|的)?一?[家个](?:公司|企业|厂|单位|子公司)?(?=[，,。？?！! ]|是|在|成立|注册|也|呢|的情况|想|没|有|刚|才|就|$)"
    "|(?:由|让|用|换|以(?!子)|假设|假如|如果|要是)(?:我们)?(?:的)?(?:[^，。,由让用换以]{2,4}?的?)?(?:总公司|母公司|集团(?:公司)?|总部|子公司)(?:出面|名义|的名义|来|去)*(?:申?报(?![告销账价过了])|申请(?![过了])|参评(?![过了]))"
    "|(?:如果|要是|假设|假如)(?:我们)?(?:改成|改|换成|换)?(?:用|由|让)(?:我们)?(?:的)?[^，。]{0,10}(?:母公司|子公司)(?=呢|来|去|报|的?名义)"
    "|那么?(?:我们)?[^，。的]{0,6}的?(?:全资|控股)?子公司(?:呢|来?报(?!告))"
    "|[一-龥]{2,3}(?:也|还|又)有一?[家个](?:公司|企业|厂|单位|子公司)(?=[^。！!]{0,16}报)"
    "|另(?:外|有)?(?:的)?一?[个家]客户(?=[，,。？?！! ]|是|在|成立|注册|也|呢|的情况|想|没有?(?!付|给|结|回|签)|有(?!欠)|刚|才|还|$)|(?:第[二三四五]|下一)[个家]客户"
    "|下一[个家](?:企业|公司|厂|单位)|再问一?下?(?:另|别|一)一?[家个]|再问一?家|第二家|下一家"
    "|(?:我|有个|有一个|一个)*(?:朋友|亲戚|哥们)(?:的|家)?(?:公司|企业|厂|单位)(?=(?:19|20)?[0-9]{2}年|成立|注册|是|在|想|也|能|可|没|有|投|做|评|刚|才|已|今年|贯标|[，,]|$)"
    "|(?:帮|替|代|给)(?:一?个?)?(?:朋友|客户|亲戚|别人|人家|另|下面|兄弟).{0,6}?(?:问|咨询|看|打听|了解)|我们?有一?个(?:客户|朋友|亲戚)"
)
_OTHER = (
    "(?:我们?|咱们?|我司|本公司|我公司|公司|企业)?的?(?:"
    "集团(?:公司|总部|总公司)?(?![一-龥]{0,8}(?:[子分]公司|的工厂|事业部|分支机构|内设部门))|母公司(?![一-龥]{0,8}[子分]公司)|总公司(?![一-龥]{0,8}[子分]公司)|总部|(?:控股|大|法人)?股东|(?<!的)(?:[上前]一?家|以前|之前|原来|原先|从前)(?:待过|干过|工作|就职|任职|上班)?的?(?:那家|那个)?(?:单位|公司|东家|厂)(?=在|的|也|是|没|有|评|拿|[0-9])|[前老]东家|客户|隔壁|邻居|同行(?!里|当中|之间)|朋友|亲戚|[表堂][姐哥弟妹]|[姐妹]夫|小舅子|舅舅|叔叔|同学|战友|老乡|爱人|媳妇|老公|别人|别家"
    "|(?:别的|其他|其它|有的|有些|人家)(?:的)?(?:公司|企业|厂家?|单位)|人家|供应商|那家(?:公司|企业|厂)?|某家?(?:公司|企业|厂)|有[家个](?:公司|企业|厂|单位)|[他她它](?:家|那(?:[个家]|边)?|们家)|被(?:合并|吸收|并购|收购|兼并)(?:的|方)(?:那?[个家])?(?:公司|企业|厂|单位)?|(?:注销|并掉)了?的(?:那?[个家])(?:公司|企业|厂|单位)?|(?:省里|省厅|工信厅)(?!的)(?!(?:还|也|都|从来|一直)*没)|工信局|市局|市里|区里|政府|评审专家|兄弟(?:公司|单位|企业)|关联(?:公司|企业)"
    "|合作(?:方|伙伴|单位|企业)|竞争对手|对手|上级|他们|它们|对方|甲方|乙方|代理商|服务商|经销商|实控人|投资方(?!面|向)|投资人)"
    "|(?:我们|我司|本公司|我公司|公司|集团)(?:的|下面|旗下|有|还有|控股)*(?:一?[家个])?(?:全资|控股)?子公司|(?:下面|旗下|名下|底下|有)(?:还有|有|的)?(?:一?[家个](?:[^，。,、的有是]{1,8}的)?)?(?:全资|控股)?子公司|老板(?:以前|之前|另外)的"
)
_OWN = (
    "(?<![他她户方家])手[里上头](?!机)|我们|我司|我公司|我厂|我单位|我企业|我家|本公司|本企业|本厂|本单位|咱们?|敝司|俺们?|自己|自身|(?:省里|省厅|工信厅)(?=(?:还|也|都|从来|一直)*没)|申报(?:单位|主体|企业)|本身|(?<![给跟向对和让])我(?!省|国|市|区|想|有|问|在|看|听|讲|说)"
    "|存续(?:的|方|公司|企业)(?:那?[个家])?|(?:^|(?<=[，,；;。 ]))(?:我们?)?(?:现在)?这[边家](?=[^，。]{0,8}(?:注册|登记|成立|公司|是|在|的|也|有|没))"
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
_MAY_APPLY = "(?:自己|单独|独立|来|去|能不能|能否|可不可以|可以|可|能|想|要|打算|准备|有没有|够|符合)"
_APPLY = "(?:申?报(?!告|销|价)|申请|参评)"
_APPLIES_ITSELF = re.compile(
    f"(?P<party>(?<!母)子公司|[母总]公司|集团(?:公司)?|总部)(?:{_MAY_APPLY}+[^，,。]{{0,6}}(?:{_APPLY}|资格|条件|够格|戏)|{_APPLY}(?!过|了))"
    f"|(?:用|以|拿|让|由)[^，,。用以拿让由]{{0,6}}?(?P<by>(?<!母)子公司|[母总]公司|集团(?:公司)?|总部)(?:的?名义)?[^，,。]{{0,3}}{_APPLY}"
)
"""子公司能报吗, 用母公司报: of the firms of a group, the one that is to apply."""
_PREDECESSOR = re.compile(
    "[^，,。；;！!？?\n]{0,8}前身(?:是|为|叫)?[^，,。；;]*"
    "|[^，,。；;！!？?\n]{0,8}(?:原来|原先|以前|之前|早先|过去|当初|开始)(?:就|还|只|都)?是(?:一?[个家])?[^，,。；;]{0,6}(?:个体|分公司|事业部|部门|办事处|合伙)[^，,。；;]*(?=[，,；;][^。！!]{0,14}(?:现在|目前|如今|后来|已经?|改|转|注册|变更|成立))"
)
"""前身是个体户; 原来是个体户，后来改成有限公司."""
_CLAUSE_END = re.compile("[，,。；;！!？?\n]")
_AGENT = re.compile(
    "我(?:们)?(?:这边)?(?:是|做)(?:一?[个家])?(?:代[办理账]|中介|服务机构|财务代理|做?申报|辅导)|(?:替|帮|代|为|受)(?:我|一?[个家])*客户"
)
"""Who speaks for its customer; what it tells of the customer is the applicant's."""
_CUSTOMER = re.compile("^(?:我们?|这[个家]|那[个家])?(?:的)?客户$")
_CALLER = re.compile(
    "^(?:(?:来电|您好|你好|请问|企业问|咨询)[，,：: ]*)?客户(?:那边|这边)?(?=[:：说称注成]|在(?!用)|(?:19|20)[0-9]{2}年|云服务|(?:的|这家|那家)?公司(?:在|注|成)|(?:独立)?法人(?!代表)|[^，。吗么?？]{2,12}[，,、][^吗么?？]+$)"
)
"""客户2019年注册，想报三星: the hotline hands on what its caller says of itself."""
WHO_APPLIES = re.compile(
    "(?:申报(?:主体|单位|企业)|来?报的)(?:应该|就|才)*是(?P<party>(?:总|母|子)公司|集团(?:公司)?|总部)(?=$|[，,。；;！!？?])"
)
"""申报主体是母公司: which of the firms named is the applicant."""
_SUBSIDIARY = "子公司"
_FRIENDS = re.compile("^(?:我|有)?.{0,4}(?:朋友|亲戚|哥们)")
"""我朋友的公司是2021年的，我们2018年: beside ours a friend's firm is no applicant."""
_PARENT = re.compile("总公司|母公司|集团|总部|子公司")
_A_FIRM = re.compile("^(?:(?:有|某)[家个]?(?:公司|企业|厂|单位)|那家(?:公司|企业|厂)?)$")
_OF_OTHER = re.compile(f"^.{{0,3}}的(?:{_OTHER})")


@dataclass(frozen=True, slots=True)
class Owners:
    """At which offsets the speech turns to the applicant (True) or to somebody else (False).

    `applying` is the firm of a group that is said to apply (子公司), empty where none is.
    """

    text: str
    starts: tuple[int, ...]
    own: tuple[bool, ...]
    new_applicant_at: int | None
    applying: str = ""

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
    applies = _APPLIES_ITSELF.search(text)
    applying = (applies["party"] or applies["by"]) if applies else ""
    turns += _of_the_group(text, applying)
    meant = _meant(text, applying)
    own_at = 0
    for match in _SUBJECT.finditer(text):
        beside_ours = _FRIENDS.search(match.group()) and _BESIDE_US.search(text, match.end())
        if match.group("new") and not beside_ours:
            new_at = match.start()
            meant.append(_PRONOUN)
            if parent := _PARENT.search(match.group()):
                meant.append(re.compile(parent.group()))  # 那由总公司来报，总公司是独立法人
                new_at = _first_named(text, parent.group(), new_at)
            turns.append((match.start(), True))
        elif match.group("own") or any(means.search(match.group()) for means in meant):
            turns.append((match.start(), True))
            own_at = match.start()
        elif possessed := belonging(text, *match.span(), own_at):
            turns += possessed
        elif not _NOT_SUBJECT.search(text[max(0, match.start() - 6) : match.start()]):
            turns.append((match.start(), False))
    apart = [*told_apart(text, beside_us=_BESIDE_US.search(text) is not None)]
    for start, end, own in apart:
        turns = [turn for turn in turns if not start < turn[0] < end]
        turns.append((start, own))
    for former in _PREDECESSOR.finditer(text):
        turns = [turn for turn in turns if not former.start() <= turn[0] < former.end()]
        turns += [(former.start(), False), (former.end(), True)]
    turns.sort(key=lambda turn: turn[0])
    return Owners(text, tuple(s for s, _ in turns), tuple(o for _, o in turns), new_at, applying)


def _meant(text: str, applying: str) -> list[re.Pattern[str]]:
    """Who of those that are named as others is the applicant all the same."""
    meant = [_CUSTOMER] if _AGENT.search(text) else []
    if applying:  # 集团在上海，子公司在昆山成立，子公司能报吗
        meant.append(re.compile(f"{applying}$"))
    meant += [re.compile(applies["party"]) for applies in WHO_APPLIES.finditer(text)]
    if not any(match.group("own") for match in _SUBJECT.finditer(text)):
        meant.append(_A_FIRM)  # of whoever asks for a firm, without a word of its own
        if _CALLER.match(text):
            meant.append(_CUSTOMER)
    if not _BESIDE_US.search(text):
        meant.append(_THAT_OF_HIS)
    return meant


def _of_the_group(text: str, applying: str) -> Iterator[tuple[int, bool]]:
    """The turns to the firm of a group that applies, from the beginning of its clause, and to its subsidiary if that does not.

    苏州有独立法人子公司，子公司能报吗: the place and the form are those of the subsidiary.
    """
    if not applying:
        return
    for match in re.finditer(f"(?<!母){re.escape(applying)}", text):
        clause = _clause(text, match.start())
        alone = _SUBJECT.search(text, clause, match.start()) is None
        yield (clause if alone else match.start()), True
    if applying != _SUBSIDIARY:
        yield from ((match.start(), False) for match in re.finditer(_SUBSIDIARY, text))


def _first_named(text: str, party: str, at: int) -> int:
    """Where the speech first turns to the firm that is to apply: 子公司在盐城，2021年成立。用子公司报呢 tells of it before."""
    first = text.find(party, 0, at)
    return at if first < 0 else _clause(text, first)


def _clause(text: str, at: int) -> int:
    return max((end.end() for end in _CLAUSE_END.finditer(text, 0, at)), default=0)
