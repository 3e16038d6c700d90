"""A value said alone, given its meaning by the conversation: 翻出营业执照看了，写的是2020年2月20日; 财务说合计0.18亿.

Only where nothing else was read of the message, it asks nothing, and it holds one value of a kind. The value
belongs to the first of the facts that it may answer or put right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from assistant.facts.message.utterance import Utterance, hear
from assistant.facts.reading import FactsRead, StatedFact
from assistant.facts.spoken.amounts import find_amounts, scale
from assistant.facts.spoken.dates import SpokenDate, find_dates
from assistant.facts.spoken.days import in_each_year
from assistant.facts.spoken.durations import find_durations
from assistant.facts.spoken.months import in_hundredths
from assistant.facts.times.by_itself import is_by_itself
from assistant.facts.times.read import COMPARED_WITH
from assistant.facts.use.usage import PAUSED, is_a_part_of_it
from knowledge.cues import FactCues
from knowledge.facts import DateRange, FactSchema, FactValue, NumberRange
from knowledge.numerals import parse_numeral

_LEAST_BARE_SUM = 100
"""A bare number below this is not taken for a sum of money."""
_BARE_DAY = re.compile(r"\D{0,6}(\d{1,2})[号日]\D{0,4}")
_NO_SUM_ITSELF = re.compile(
    "其中|里[面头]|再(?:加|投|补|追)|又(?:加|投|补|追)|另外|加上|当中|占(?:了|去|掉)?|四舍五入|约等于|门槛|(?:(?<!不)差|(?<!不)缺|(?<![至最不])少|(?<![至最顶不])多|高|超)(?:了|出|着|个)?(?:[0-9]|[一二两三四五六七八九十]+[十百千万])"
)
"""其中1200万, 开发费占大头, 再加600万, 差10万: a part of a sum, what comes on top of it or what it lacks."""
_TO_COME = re.compile(
    "(?:[能会将]|快要|就要|还[要得]|再)(?:够|到|达到|使?用到?)?$|(?:[差缺剩]|还有)(?:下|了|大概|差不多)*$"
)
"""到申报时能满3个月, 还差两个月到期: of a use that is still to come."""
_APPLIES_THEN = re.compile(
    "[号日月底天](?:之?前|就|再|才|去|来|我们)*(?:申?报(?!告)|申请(?!注册|登记|设立)|提交|递交|交(?!付))"
)
"""27号就去报: the day of applying, and no other."""
_LEVEL = re.compile(r"([0-9一二三四五])\s?颗?星?(?:级)?")


def read_in_context(
    text: str,
    *,
    as_of: date,
    schema: FactSchema,
    cues: FactCues,
    candidates: Sequence[str],
    known: Mapping[str, FactValue],
) -> FactsRead:
    """The one value of the message as the first of the candidates that it fits; nothing where it asks."""
    utterance = hear(text, cues.misspellings)
    if any(phrase.asking for phrase in utterance.phrases) or _is_of_another(utterance):
        return FactsRead()
    for name in candidates:
        value = _value(name, utterance, as_of, schema, cues, known.get(name))
        if value is not None:
            supposed = any(phrase.hypothetical for phrase in utterance.phrases)
            return FactsRead((StatedFact(name, value, text.strip()[:200], supposed, correction=True),))
    return FactsRead()


def _is_of_another(said: Utterance) -> bool:
    """Whether the last phrase speaks of somebody else: 母公司是2010年的; not 客户刚发来明细，投入是2300万, which hands on."""
    last = said.phrases[-1] if said.phrases else None
    turns = zip(said.owners.starts, said.owners.own, strict=True)
    within = [own for start, own in turns if last is not None and start >= last.start]
    return bool(within) and not within[-1]


def _value(
    name: str, said: Utterance, as_of: date, schema: FactSchema, cues: FactCues, before: FactValue | None
) -> FactValue | None:
    if schema.spec(name).type == "date":
        if _APPLIES_THEN.search(said.text) or _owned_by_another(name, said.text, cues):
            return None
        return _day(said, as_of, before)
    if cues.amount and name == cues.amount.fact:
        return _sum(said.text, cues)
    if cues.usage and name == cues.usage.fact:
        lengths = [d for d in find_durations(said.text) if not d.ago and not d.later]
        lengths = [
            d
            for d in lengths
            if not is_a_part_of_it(said.text, d.start, d.end) and not _TO_COME.search(said.text[: d.start])
        ]
        paused = PAUSED.search(said.text)
        return in_hundredths(lengths[0].months) if len(lengths) == 1 and not paused else None
    if cues.levels and name in (cues.levels.applying, cues.levels.current):
        levels = {parse_numeral(match[1]) for match in _LEVEL.finditer(said.text) if "星" in match.group()}
        level = levels.pop() if len(levels) == 1 else None
        return int(level) if level is not None and int(level) in cues.levels.levels else None
    return None


def _owned_by_another(name: str, text: str, cues: FactCues) -> bool:
    """Whether a word of the message gives its date another meaning (认定, 有效期 beside a day of registration), or
    names another thing that begins or ends (补办执照)."""
    if cues.names_another_thing(text, name):
        return True
    kinds = {match.lastgroup for match in cues.time_words.finditer(text)}
    own = {"since"} if cues.since and name == cues.since.fact else {"until", "validity"}
    return bool(kinds) and not kinds & own


def _day(said: Utterance, as_of: date, before: FactValue | None) -> DateRange | None:
    """The one date; without a year it is the day inside what was known before (去年 … 具体是2月18号)."""
    text = said.text
    found = find_dates(text, as_of)
    if not found and isinstance(before, DateRange) and (bare := _BARE_DAY.fullmatch(text.strip())):
        return _in_month(before, int(bare[1]))
    if len(found) != 1:
        return None
    spoken = found[0]
    if COMPARED_WITH.search(text[: spoken.start]) or not _is_by_itself(said, spoken):
        return None
    if spoken.dated or not isinstance(before, DateRange) or before.lo is None or before.hi is None:
        return spoken.days if spoken.dated else None
    moved = in_each_year(spoken.days, before)
    return next((d for d in moved if d.lo is not None and before.lo <= d.lo <= before.hi), None)


def _is_by_itself(said: Utterance, day: SpokenDate) -> bool:
    """Whether the phrase of the day tells of nothing else."""
    phrase = next(p for p in reversed(said.phrases) if p.start <= day.start)
    return is_by_itself(phrase.words, day.start - phrase.start, day.end - phrase.start)


def _in_month(known: DateRange, day: int) -> DateRange | None:
    """The day of the one month that was said before (去年四月 … 20号)."""
    if (
        known.lo is None
        or known.hi is None
        or (known.lo.year, known.lo.month) != (known.hi.year, known.hi.month)
    ):
        return None
    try:
        return DateRange.exactly(known.lo.replace(day=day))
    except ValueError:
        return None


def _sum(text: str, cues: FactCues) -> NumberRange | None:
    assert cues.amount is not None  # noqa: S101 - the caller has asked
    if cues.amount.other.search(text) or _NO_SUM_ITSELF.search(text):
        return None
    sums = find_amounts(text)
    if len(sums) != 1:
        return None
    if sums[0].unit:
        return scale(sums[0].yuan, cues.amount.yuan_per_unit)
    enough = sums[0].yuan.lo is not None and sums[0].yuan.lo >= Decimal(_LEAST_BARE_SUM)
    return sums[0].yuan if enough else None
