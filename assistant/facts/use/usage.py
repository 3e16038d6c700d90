"""Months of continuous use inside the counting period: 最短用了2个月, 2022年11月开始用, 从2021年就在用."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts.message.mood import OWN
from assistant.facts.reading import Find, Hearing
from assistant.facts.spoken.dates import SpokenDate
from assistant.facts.spoken.durations import Duration
from assistant.facts.spoken.months import months_of_use
from assistant.facts.times.read import Timed
from assistant.facts.use.ended import END, ON_TRIAL, ended_uses, without_replaced
from assistant.facts.use.listed_use import listed_beside, shortest_listed, with_years
from assistant.facts.use.short_of import with_lacks
from assistant.facts.use.shortest import ONE_OF_THEM, named_services, shortest_use
from knowledge.cues import UsageCue
from knowledge.facts import DateRange, NumberRange

LONGEST = re.compile("最(?:长|久|多)|有(?:的|些)?(?:已经)?(?:用|使用)了?$")
PAUSED = re.compile(
    "(?:中间|中途|期间|当中|曾经?)[^，。没未不]{0,5}(?:停|断)(?:过|了|用)|断断续续|(?:停|断)过?了?(?:大概|差不多)?(?:[0-9]{1,3}|[一两二三四五六七八九十半几]{1,3})个?(?:多|半)?(?:月|周|天|星期|礼拜)"
)
"""中间停过一个月，总共用了四个月: how long it was used without a break is not told."""
_TAKEN_UP_AGAIN = "(?:就|才|又|后来|重新|再|接着|随后)*(?:又|重新|再次?|恢复)(?:给)?(?:续(?!不)|恢复|开通|启用|接上|用)|(?:就|才)?(?:续上|恢复(?:了|使用|用))"
_STOPPED_AND_ON = re.compile(f"(?<![不没未])[停断](?:了|掉|用|过)(?=[^。]*?(?:{_TAKEN_UP_AGAIN}))")
_AGAIN = re.compile(f"(?:份|底|初|中旬|[0-9]{{1,2}}[日号])?{_TAKEN_UP_AGAIN}")
"""9月断了，12月又续上: without a break it is in use since the day on which it was taken up again."""
_FIRST_OF_IT = re.compile("(?:前|头|最初|起初|开头|一开始|最后|后面?)的?$")
_BEGINS = re.compile("(?:才|就|刚)?(?:开始|起|至今|到现在|到如今)(?:的|了)?(?=$|[，。、呢)）])")
_OPENED = re.compile(
    "(?:才|就|又|刚)*(?:[上开装买配接](?:起来|[的了上])|(?<=[刚才])[上开装买配接])(?=$|[，。、呢])"
)
"""OA是上个月刚上的: of a service that is named before, a beginning of its use."""
_TOOK_UP = re.compile(
    "(?:系统|软件|服务|业务|[A-Za-z]{2,})(?:也|都|已经?|就)*(?:上[了的]?云|用[了的着]?云)[的了]?$|(?:用|买|租|开通|采购)[了的着]?[^，。不没未]{0,8}(?:云|系统|软件|服务)[的了]?$"
)
"""就一个系统上云，2022年11月开始的."""
_ONE_OF_A_LIST = re.compile("(?:另外?|还有|其中)?(?:一|1)[个项款套种](?:是|从|在)?$")
_SERVICES = re.compile("云(?:服务|应用|系统|产品|软件)|服务(?!器|商|业|型|好|态度)")
_ALL_SERVICES = re.compile("[0-9一二两三四五几]?[个项款套种]?云(?:服务|应用|系统|产品)")
"""两项云服务，一项2022年2月开始: the list of the services and their beginnings."""
_FROM_THEN = re.compile(
    "(?:公司|企业|的)*(?:那天|当天|当日|之日|那一天|第一天|的?时候?|以来|之初|起|后)?(?:我们|公司)*(?:起|开始|就|便|一直|已经?|都|在|也|同步)+(?:开始|用|使用)?[^，。没不未]{0,4}?(?:用[着了上的云]|使用|上[了的]?云|开通|用$)"
)
_PAYS = re.compile("(?<![应交支给托])付(?!费版)|款|费用|发票|开票|[的把这那]钱|^钱|，钱")
_BOUGHT = re.compile("签|买|购")
_HOW_LONG = re.compile("(?:全部?|都|也|均|每[个项款套种]?|各[个项]?|已经?|有|用|了|是)*")
_NONE_OF_THEM = re.compile("没有?(?:任何|哪|一|$)")
_NOT_YET = re.compile(
    "没(?:有)?[停断]|打算|计划|准备|预计|将|下个?月|明年|还要|再用|想|还(?:有(?:大概|差不多|大约|将近|不到)*(?:$|一?个(?=月|季|星期|礼拜))|差|要|剩)"
)


def read_usage(hearing: Hearing, times: list[Timed]) -> list[Find]:
    """The shortest use told in the message, in months inside the counting period."""
    cue = hearing.cues.usage
    if cue is None:
        return []
    finds = [
        hearing.find(cue.fact, NumberRange.exactly(0), phrase, at + none.start(), at + none.end())
        for phrase in hearing.phrases
        for at in [len(phrase.text) - len(phrase.text.lstrip())]
        if (none := cue.none.search(phrase.text.strip()))
        and hearing.is_own(phrase, at + none.start(), at + none.end())
    ]
    times = with_years(with_lacks(without_replaced(hearing, cue, times)), hearing.as_of)
    listed, paused = listed_beside(cue, times), was_paused(hearing)
    ended = ended_uses(times, cue, hearing.as_of)
    for timed in times:
        if not _is_a_use(hearing, cue, timed, timed in listed or timed in ended, paused):
            continue
        phrase, before = timed.phrase, timed.phrase.text[: timed.start]
        months = ended.get(timed) or shortest_listed(
            months_of_use(timed.time, cue, hearing.as_of), phrase.text[: timed.time.start]
        )
        if months is not None and hearing.is_own(phrase, timed.start, timed.end):
            # Which of several it is (有一项是1月买的, 数据库才用两个月) is quoted with it: it may be left out later.
            start = 0 if ONE_OF_THEM.search(before) or named_services(cue, before) else timed.start
            finds.append(hearing.find(cue.fact, months, phrase, start, timed.end))
    return shortest_use(finds, cue, hearing) if finds else []


def _is_a_use(hearing: Hearing, cue: UsageCue, timed: Timed, listed: bool, paused: bool) -> bool:
    """Whether a time tells since when or how long a service is in use, without a break; `listed`: beside another's use."""
    text, before = timed.phrase.text, timed.phrase.text[: timed.start]
    again = isinstance(timed.time, SpokenDate) and bool(_AGAIN.match(text, timed.time.end))
    told = (
        listed
        or (hearing.asked == cue.fact and not _of_an_award(hearing, timed))
        or (_BEGINS.match(text, timed.time.end) and _is_of_use(hearing, cue, timed))
        or _was_opened(cue, timed)
        or _is_how_long(hearing, cue, timed)
        or _is_of_none(cue, timed)
    )
    if timed.kind == "start" and _is_of_a_contract(hearing, cue, timed):
        return False
    if timed.kind not in {"use", "start"} and not (timed.kind == "" and told) and not (paused and again):
        return False
    if isinstance(timed.time, SpokenDate) and END.search(text[: timed.time.start]):
        return False
    if is_a_part_of_it(text, timed.time.start, timed.time.end):
        return False
    if _NOT_YET.search(before) or LONGEST.search(before) or not _is_about(hearing, cue, timed):
        return False
    whole = isinstance(timed.time, Duration) and "连续" in text
    return not paused or whole or again


def was_paused(hearing: Hearing) -> bool:
    """Whether the use of the services is said to have been broken off for a time."""
    return hearing.mentions(PAUSED) or hearing.mentions(_STOPPED_AND_ON)


def is_a_part_of_it(text: str, start: int, end: int) -> bool:
    """Whether the length between these offsets is how the use began or ended: 前两个月是试用."""
    return bool(_FIRST_OF_IT.search(text[:start]) and ON_TRIAL.match(text, end))


def _of_an_award(hearing: Hearing, timed: Timed) -> bool:
    """去年批的, of a star: no answer to since when the services are in use."""
    since = hearing.cues.since
    return since is not None and since.other.search(timed.phrase.text) is not None


def _is_of_use(hearing: Hearing, cue: UsageCue, timed: Timed) -> bool:
    """Whether a bare beginning is one of use: of services told before, or named as used in the phrase before."""
    if cue.fact in {*hearing.known, *hearing.expected}:
        return True
    if cue.things.search(timed.phrase.text[: timed.time.start]):
        return True  # 云服务2022年5月开始的
    if _ONE_OF_A_LIST.search(timed.phrase.text[: timed.time.start]):
        return any(
            _ALL_SERVICES.search(p.text) for p in hearing.phrases if p.sentence == timed.phrase.sentence
        )
    before = hearing.phrases[timed.phrase.position - 1] if timed.phrase.position else None
    same = before is not None and before.sentence == timed.phrase.sentence
    return same and _TOOK_UP.search(before.text) is not None  # type: ignore[union-attr]


def _is_how_long(hearing: Hearing, cue: UsageCue, timed: Timed) -> bool:
    """用的是金蝶和用友，都两年多了: a length by itself, of the services that the phrase before names, and of no firm."""
    phrase, since = timed.phrase, hearing.cues.since
    before = hearing.phrases[phrase.position - 1] if phrase.position else None
    if before is None or before.sentence != phrase.sentence or not isinstance(timed.time, Duration):
        return False
    around = phrase.text[: timed.time.start] + phrase.text[timed.time.end :].rstrip("的了吧啊呢 ")
    named = _SERVICES.search(before.text) or named_services(cue, before.text)
    firm = since is not None and since.nouns.search(OWN.sub("", before.text))
    return bool(named and not firm and _HOW_LONG.fullmatch(around.strip()))


def _is_of_none(cue: UsageCue, timed: Timed) -> bool:
    """没有哪项云服务低于3个月的: a length that none of the services is said to be short of."""
    text = timed.phrase.text
    denied = isinstance(timed.time, Duration) and timed.time.bound == "at_least"
    none = _NONE_OF_THEM.search(text[: timed.time.start])
    return denied and none is not None and cue.things.search(text) is not None


def _is_of_a_contract(hearing: Hearing, cue: UsageCue, timed: Timed) -> bool:
    """合同去年签的，钱今年才付: of what is paid, where no service is named."""
    bought = _BOUGHT.match(timed.phrase.text, max(timed.cue_start, 0))
    return bool(bought and hearing.mentions(_PAYS)) and not cue.things.search(timed.phrase.text)


def _was_opened(cue: UsageCue, timed: Timed) -> bool:
    """Whether a bare day is the one on which a named service was taken up: OA上个月刚开."""
    text = timed.phrase.text
    named = named_services(cue, text[: timed.time.start])
    return bool(named) and _OPENED.match(text, timed.time.end) is not None


def read_use_from_the_start(hearing: Hearing, finds: Sequence[Find]) -> list[Find]:
    """注册那天就开始用云了: in use from the day of registration, told in this message or before."""
    cue, since = hearing.cues.usage, hearing.cues.since
    if cue is None or since is None or any(find.name == cue.fact for find in finds):
        return []
    told = [find.value for find in finds if find.name == since.fact]
    days = told[0] if told else hearing.known.get(since.fact)
    if not isinstance(days, DateRange):
        return []
    for phrase in hearing.phrases:
        for began in since.words.finditer(phrase.text):
            used = _FROM_THEN.match(phrase.text, began.end())
            about = hearing.category in cue.categories or cue.things.search(hearing.sentence(phrase))
            if used is None or not about or not hearing.is_own(phrase, began.start(), used.end()):
                continue
            months = months_of_use(SpokenDate(began.start(), used.end(), days), cue, hearing.as_of)
            if months is not None:
                return [hearing.find(cue.fact, months, phrase, began.start(), used.end())]
    return []


def _is_about(hearing: Hearing, cue: UsageCue, timed: Timed) -> bool:
    if hearing.asked == cue.fact or hearing.category in cue.categories:
        return True
    if hearing.category is not None and hearing.category not in cue.categories:
        return False
    return bool(cue.things.search(hearing.sentence(timed.phrase)))
