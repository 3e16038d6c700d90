"""Which of several uses counts: the shortest of those that are claimed, in this message and before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.facts.reading import LONGEST_QUOTE, Find, Hearing
from knowledge.cues import UsageCue
from knowledge.facts import NumberRange

EVERY_SERVICE = re.compile("云|服务|上云|[三四五345]星|saas", re.IGNORECASE)
"""What every service is, and no name of one."""
ONE_OF_THEM = re.compile(
    "(?:(?:还|另外?|其中)有?|有)(?:一|1)?[个项款套种]|(?:其中|另外?)(?:的)?(?:一|1)[个项款套种]"
)
_LEAVES_OUT = re.compile("不(?:要|再)?(?:申?报|算|列|要)|去掉|剔|撇开")
_SHORTEST = re.compile("最[短少]")
_OF_ALL, _OTHERS = re.compile("最短|最少|至少|每|都|各"), re.compile("别的|其他|其它|其余|另外|剩下")
_RESTATED = re.compile(
    "(?:就是说|这么说|这样(?:的话|一来)?|那么?|剩下的?|其余的?|余下的?)(?:里面?|里头|就)?[，, ]?最[短少]"
)
"""就是说最短的那个用了8个月: said after a service was left out, and in place of what was told before."""


def shortest_use(finds: Sequence[Find], cue: UsageCue, hearing: Hearing) -> list[Find]:
    """The shortest of the uses that a message tells, beside what was told before."""
    deciding = _deciding(cue, finds)
    shortest = min(deciding, key=_least)
    months = shortest.value
    if isinstance(months, NumberRange) and months.exact is None and months.lo is not None:
        # 2022年11月、1月分别上的: the other may have begun later than this one.
        least = min(_least(find)[1] for find in deciding if find.phrase is shortest.phrase)
        shortest = replace(shortest, value=replace(months, lo=least))
    return _beside_what_was_told(_with_the_list(shortest, finds, hearing), cue, hearing)


def named_services(cue: UsageCue, text: str) -> set[str]:
    """The services that a text calls by words that are a service's anywhere."""
    return {m.group().lower() for m in cue.things.finditer(text) if not EVERY_SERVICE.fullmatch(m.group())}


def _deciding(cue: UsageCue, finds: Sequence[Find]) -> Sequence[Find]:
    """Those of all services, if there are such, and those of one by its name: 都用了两年，OA上个月刚开."""
    all_of_them = [f for f in finds if _OF_ALL.search(f.phrase.text) and not _OTHERS.search(f.phrase.text)]
    one_of_them = [f for f in finds if f not in all_of_them and named_services(cue, f.phrase.text)]
    return [*all_of_them, *one_of_them] if all_of_them else finds


def _beside_what_was_told(find: Find, cue: UsageCue, hearing: Hearing) -> list[Find]:
    """After a use that was told before, that of one more service (有一个才用了八十天) lowers the shortest, or leaves it."""
    told, said = hearing.known.get(cue.fact), find.phrase.text
    words = hearing.told.get(cue.fact, "")
    if not isinstance(told, NumberRange) or _OF_ALL.search(words) or find.phrase.hypothetical:
        return [find]
    named, before = named_services(cue, said), named_services(cue, words)
    others = _OTHERS.search(said) and ONE_OF_THEM.search(words) and not hearing.mentions(_LEAVES_OUT)
    another = bool(ONE_OF_THEM.search(said) or others or named - before)
    shortest = bool(_SHORTEST.search(said))
    if shortest or (another and _least(find) < _ends(told)):
        return [replace(find, phrase=replace(find.phrase, correction=True))]
    return [] if another and (before or not named) else [find]


def _with_the_list(shortest: Find, finds: Sequence[Find], hearing: Hearing) -> Find:
    """The shortest use, quoted with the others that it was told beside: one of them may be left out later."""
    start = min(find.phrase.start for find in finds)
    end = max(find.phrase.start + len(find.phrase.text) for find in finds)
    one_telling = len({find.phrase.hypothetical for find in finds}) == 1 and end - start <= LONGEST_QUOTE
    listed = replace(shortest, start=start, end=end) if len(finds) > 1 and one_telling else shortest
    restated = shortest.name in hearing.known and _RESTATED.search(shortest.phrase.text)
    return replace(listed, phrase=replace(listed.phrase, correction=True)) if restated else listed


def _least(find: Find) -> tuple[Decimal, Decimal]:
    return _ends(find.value) if isinstance(find.value, NumberRange) else (Decimal(0), Decimal(0))


def _ends(months: NumberRange) -> tuple[Decimal, Decimal]:
    """The most and the least that a use may come to."""
    top = months.hi if months.hi is not None else Decimal(10**6)
    return top, months.lo if months.lo is not None else Decimal(0)
