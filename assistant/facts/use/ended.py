"""Uses that are over: told with their beginning and their end (2021年上的云，用到2022年10月), or of a service that gave way to another.

What gave way (然后换成阿里云了) is not claimed, so neither its length nor its beginning counts; the day of the change is
the beginning of what came in its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing
from assistant.facts.spoken.dates import SpokenDate
from assistant.facts.spoken.durations import Duration
from assistant.facts.spoken.months import months_between
from assistant.facts.times.read import Timed
from assistant.facts.use.shortest import named_services
from knowledge.cues import UsageCue
from knowledge.facts import NumberRange

ON_TRIAL = re.compile("(?:里|都|还|是|算|属于|在|处于|没)*(?:试用|免费|体验|测试|调试|赠送|付)")
END = re.compile("(?:到|至|截至|截止)(?:了)?$")
_CHANGED = re.compile(
    "(?<!没)(?<!没有)(?<!未)(?<!不)(?:换|改|切换?|转|迁移?|搬)(?:成|到|至|用|为)了?[^，。没未不]{0,4}?"
)
_ANOTHER = re.compile("(?:别的?|另外?一?|其[他它])家|另外?一[个项款套]|新的?(?:系统|服务|平台|软件)")
_LEVEL = re.compile(".星.*")
"""换成四星能报吗 changes no service."""
_NOT_DONE = re.compile("打算|计划|准备|预计|将|想|要(?!不是)|能|可以|如果|要是|下个?月|明年|以后")
_AT_THE_CHANGE = re.compile(
    "(?:份|底|初|[上中下]旬|[日号])?(?:我们|公司|后来|然后|就|才|又|都|全部?|也)*(?:把[^，。]{1,8})?"
)


def ended_uses(times: Sequence[Timed], cue: UsageCue, as_of: date) -> dict[Timed, NumberRange]:
    """The beginnings of uses of which the end is told, too, each with the months between them."""
    ended: dict[Timed, NumberRange] = {}
    for position, (first, last) in enumerate(pairwise(times)):
        begun, end = first.time, last.time
        if not isinstance(begun, SpokenDate) or not isinstance(end, SpokenDate) or not _is_end(last, as_of):
            continue
        told = {first.kind, last.kind} & {"use", "start"}
        behind = times[position + 2 : position + 3]
        counted = any(t.phrase is last.phrase and isinstance(t.time, Duration) for t in behind)
        counted = counted or ON_TRIAL.match(last.phrase.text, end.end) is not None
        if not told or counted or first.phrase.sentence != last.phrase.sentence or _is_end(first, as_of):
            continue  # 2022年9月到2023年1月用了5个月: the months themselves are told
        months = months_between(begun.days, end.days, cue)
        if months is not None:
            ended[first] = months
    return ended


def _is_end(timed: Timed, as_of: date) -> bool:
    """Whether a day in the past is told as the end of something."""
    days = timed.time.days.hi if isinstance(timed.time, SpokenDate) else None
    return days is not None and days < as_of and END.search(timed.phrase.text[: timed.time.start]) is not None


def without_replaced(hearing: Hearing, cue: UsageCue, times: Sequence[Timed]) -> list[Timed]:
    """The times without those of a service that gave way to another; the day of the change begins the other's use."""
    changes = [(p, at) for p in hearing.phrases if (at := _changed_at(cue, p)) is not None]
    if not changes:
        return list(times)
    kept: list[Timed] = []
    for timed in times:
        later = [(p, at) for p, at in changes if _gave_way(cue, timed, p, at)]
        if not later:
            kept.append(timed)
            continue
        phrase, at = later[0]
        between = phrase.text[timed.time.end : at] if phrase is timed.phrase else None
        begins = isinstance(timed.time, SpokenDate) and not END.search(timed.phrase.text[: timed.time.start])
        if begins and between is not None and _AT_THE_CHANGE.fullmatch(between):
            kept.append(replace(timed, kind="start"))
    return kept


def _gave_way(cue: UsageCue, timed: Timed, phrase: Phrase, at: int) -> bool:
    """Whether a time is of the service that was changed: not ERP用了8个月, OA换成钉钉了."""
    if phrase.sentence != timed.phrase.sentence or timed.phrase.start + timed.time.end > phrase.start + at:
        return False
    changed, told = named_services(cue, phrase.text[:at]), named_services(cue, timed.phrase.text)
    return phrase is timed.phrase or not changed or not told or bool(changed & told)


def _changed_at(cue: UsageCue, phrase: Phrase) -> int | None:
    """Where a phrase says that one service was changed for another: 换成阿里云了; not 换成年付, 打算换成阿里云."""
    for change in _CHANGED.finditer(phrase.text):
        service = cue.things.match(phrase.text, change.end()) or _ANOTHER.match(phrase.text, change.end())
        another = service and not _LEVEL.fullmatch(service.group())
        if another and not phrase.hypothetical and not _NOT_DONE.search(phrase.text[: change.start()]):
            return change.start()
    return None
