"""Who asks: an applicant, or an officer of a bureau that reviews and recommends what applicants send in.

A bureau asks in the applicants' words (几号截止, 过期了怎么办, 寄哪, 几份) for its own last day and its own report. It is
known by how it introduces itself (我是常州市工信局的, 区局来电), or by asking of what bureaus alone do (补推, 漏审).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.understanding.follow_ups import asks_by_when, tells_a_day
from assistant.understanding.instead import ById, instead
from assistant.understanding.intent import Candidate
from assistant.understanding.message import Message, split_questions
from assistant.understanding.recognise import Recognised
from assistant.understanding.speech_acts import asks_something
from knowledge.models import Topic

_BUREAU = r"(?:(?:工信|工业和信息化|经信|科技|发改|经发|经济发展|数据)[局委办]|(?:工信|经信)[科股]|[市区县]局|地方局|主管部门|管委会)"
_SECTION = r"(?:[^，。？?！!；;：: ]{0,6}[科处室股])?"
_INTRODUCED = re.compile(
    rf"(?:我们?|咱们?)(?:这[边里儿])?(?:就?是|在)[^，。？?！!；;：: ]{{0,8}}{_BUREAU}{_SECTION}"
    r"(?:的|这边|工作人员|干部|经办人?)*+(?=$|[，,。；;：:！! ])"
    r"|(?:我们?|咱们?)(?:这[边里儿])?(?:就?是)[^，。？?！!；;：: ]{0,6}(?:科长|科员|局长|股长|处长|主任科员|[市区县镇]里的(?=$|[，,。；;：:！! ]))"
)
"""我是常州市工信局的, 我这边是县里的科长; not 我们是市局推荐的企业."""
_CALLS = re.compile(
    rf"^(?:来电|座席)?[：:，, ]*+[^，。？?！!；;：: ]{{0,6}}{_BUREAU}{_SECTION}"
    r"(?:这边|同志|同事)?[ ]*+(?:来电|来问|想问|请问|咨询|请教|问(?!我们|咱|企业)|[：:]|[，,](?![^，。]{0,3}(?:电话|地址|联系)))"
    rf"|^来电[：:，, ]*+[^，。？?！!；;：: ]{{0,6}}{_BUREAU}(?=[：:，, ])"
)
"""扬州市局：…, 来电 县工信局 …"""
_OWN_OFFICE = re.compile(
    r"(?:我|本)局|(?:我们|咱们?)(?:局里?(?!长)|科里|科室|处里|委里)|(?:俺们?|我们)(?:工信|经信)[局办]"
)
_OWN_BUREAU = re.compile(
    r"(?:我们|咱们?)(?:[市区县]局|工信局)(?!长?(?:让|叫|要求|说|讲|通知|告诉|规定|给|要我|要企业|收))"
)
"""我们市局 may be said by an applicant: it is heard for this one question only."""
_ACTS = re.compile(
    r"漏(?:了?审|推|荐|评了?[一几家])|补推|补荐|(?:忘了?|忘记|没来得及|来不及|没能)[^，。？?]{0,6}(?:推荐(?!我)|审核|审完|初审)"
    r"|(?:还|今天|现在|明天|仍)[^，。？?]{0,2}(?:能|可以)[^，。？?]{0,3}(?:推荐(?!我|一|几|个|别)|推上去|审核推荐)"
    r"|(?:评定?|审核?|初审)完[^，。？?]{0,8}(?:我们|还要|省里|省厅)[^，。？?]{0,6}(?:报|交|寄|材料)"
    r"|推荐(?:期限?|时间|工作|截止)?[，, ]*+(?:今天|当天|明天|已经?过|逾期|过期|超期|晚了|还剩)"
    r"|(?:我们|咱们?)(?:什么时候|啥时候|几号前?|哪天|最晚|最迟|今年|这边|都|也|已经?|还没|还|没|要|得|该|应|需要?|只|怎么){0,4}+"
    r"(?:审核推荐|推荐|初审|复审|评定|审核)(?:完|好|上[报去]|的?企业|几家|哪些|报告|汇总|(?=[吗么呢]))"
    r"|(?:我们|咱们?)(?:[市区县]|局里|这边|这里)[^，。？?]{0,4}[设定](?:置|定|在|到|成|为)?[^，。？?]{0,2}[0-9一二三四五六七八九十][^，。？?报]{0,20}(?:行不行|行[吗么]|可以[吗么]|可不可以|允许[吗么]|成不成)"
)
"""What bureaus alone do: 平台推荐漏审一家, 我们几号前要推荐完, 我们市定3月1号开始可以吗."""
_APPLICANT = re.compile(
    r"(?:我们?|咱们?|俺们?|本|敝|贵|自己)(?:这家|这个|的|一?家)?(?:公司|企业|厂|集团|工厂)|[我敝]司"
    r"|(?:^|[，,。；; ])公司(?!漏|没审)|(?:推荐?|审核?|评)(?:了|上)?(?:我们|咱们?)|我们的?(?:项目|申报书|材料)"
)
_OF_APPLICANTS = re.compile(
    r"(?<![家个些])企业(?:那边|自己|这边|端|们)?[^，。？?]{0,4}(?:申报|填|报名|提交|交|注册|截止|能|可以|什么时候|几号|最晚|到哪|要|寄|盖|写|该|怎么|呢)"
    r"|申报(?:单位|企业|书)"
)
_THE_BUREAU_THEN = re.compile(
    "(?:那么?|然后)?(?:各|当)?(?:地|市|区|县|市县|地方|区县)?(?:里|的)?(?:工信|经信)?(?:局|部门)(?:里|自己|自身|本身|[那这]边|[那这]头|的话|的|推荐|审核|初审)*呢[?？]*"
    "|(?:那么?|然后)?(?:市|区|县|当地|地方)(?:里|级|上|[那这]边)*的?(?:推荐|审核|初审)+的?呢[?？]*"
    "|(?:那么?|然后)?(?:(?:市|区|县)(?:里|级|上|县|区|[那这]边)+|地方上?|当地)(?:的|自己)?呢[?？]*"
)
_REVIEWS = re.compile(r"推荐|审核|初审|漏|没审|汇总表|评定|(?:我们|[市区县]里)来?评")
_BY_ITSELF = re.compile("我们|咱|[漏忘]|补[推荐]|没(?:来得及|能)")
_LEAST_ASKED = 4
"""Characters from which what follows an introduction is a question of its own."""


def introduces_a_bureau(plain: str) -> bool:
    """Whether a message says that a bureau speaks: 我是常州市工信局的, 县局来电, 我局."""
    return bool(_INTRODUCED.search(plain) or _CALLS.search(plain) or _OWN_OFFICE.search(plain))


def without_introduction(message: Message) -> Message:
    """The message without a bureau's introduction before its question: its place and office are not what is asked."""
    found = _CALLS.match(message.plain) or _INTRODUCED.match(message.plain)
    plain = message.plain[found.end() :].strip("，,：:。；;！! ") if found else ""
    if len(plain) < _LEAST_ASKED or not asks_something(plain):
        return message
    return replace(message, plain=plain, segments=split_questions(plain))


def speaks_for_an_applicant(plain: str) -> bool:
    """Whether a message speaks of the asker's own enterprise: 我们公司, 我司."""
    return bool(_APPLICANT.search(plain))


def is_a_bureau(plain: str, before: bool) -> bool:
    """Whether a bureau asks from this message on, `before` being whether it did until now.

    Who asks of a bureau's work without doing it (市局今天还能推荐吗) may be an applicant, and is told its own day next.
    """
    if introduces_a_bureau(plain):
        return True
    if speaks_for_an_applicant(plain):
        return False
    return before or bool(_ACTS.search(plain) and _BY_ITSELF.search(plain))


def asks_for_a_bureau(plain: str, bureau: bool) -> bool:
    """Whether a message asks for what a bureau has to do; one may ask for its enterprises, too (企业几号截止).

    `plain` is without the names of categories (星级上云企业).
    """
    if _OF_APPLICANTS.search(plain) and not _REVIEWS.search(plain):
        return False
    own = _OWN_BUREAU.search(plain) or _ACTS.search(plain)
    return bureau or (bool(own) and not speaks_for_an_applicant(plain))


def goes_over_to_the_bureau(plain: str) -> bool:
    """Whether nothing is said but that the bureau is meant: 那市局自己呢, 市里推荐呢."""
    return bool(_THE_BUREAU_THEN.fullmatch(plain))


def goes_on_about_a_bureau(recognised: Recognised, last: Topic | None, plain: str) -> bool:
    """Whether a short question goes on about a bureau's matter (推荐报告要几份 … 要盖章不; 市局要做什么 … 什么时候前).

    Of what is left open for applicants, and by when, of what was told with its day: an applicant's own last day
    (几号截止) is never taken for the bureaus'.
    """
    of_applicants = _OF_APPLICANTS.search(plain) and not _REVIEWS.search(plain)
    if last is None or not last.for_bureaus or of_applicants or speaks_for_an_applicant(plain):
        return False
    if asks_by_when(plain) and any(tells_a_day(answer.text) for answer in last.answers):
        return bool(recognised.whole[0].topic.from_bureau)
    first = next((c.topic for c in recognised.whole if c.topic.route == "unresolved"), None)
    return first is not None and bool(first.from_bureau)


def with_bureau_parts(recognised: Recognised, by_id: ById) -> Recognised:
    """The reading with what is only asked of the bureau, too, taken for the question before: 几号截止？市里呢？"""
    parts = list(recognised.parts)
    for at, (before, part) in enumerate(pairwise(recognised.parts), 1):
        topic = by_id(before.read[0].topic.from_bureau)
        if topic is not None and goes_over_to_the_bureau(part.text):
            parts[at] = replace(part, read=(Candidate(topic, 1.0),))
    return replace(recognised, parts=tuple(parts))


def as_a_bureau_asks(recognised: Recognised, by_id: ById) -> Recognised:
    """The reading with each topic replaced by the one that answers it where a bureau asks (`Topic.from_bureau`)."""

    def read(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
        return instead(candidates, lambda topic: topic.from_bureau, by_id)

    return replace(
        recognised,
        whole=read(recognised.whole),
        parts=tuple(replace(part, read=read(part.read)) for part in recognised.parts),
        asked=read(recognised.asked),
        listed=tuple(replace(part, read=read(part.read)) for part in recognised.listed),
    )
