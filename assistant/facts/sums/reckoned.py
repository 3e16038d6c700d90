"""Sums that have to be reckoned: 每年600万，连投3年; 比2000万少50万; 超出门槛100万.

A figure of these is no sum by itself: 100 over the threshold is not 100.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing
from assistant.facts.spoken.amounts import Amount, add, find_amounts, scale, subtract
from assistant.facts.sums.kinds import elsewhere
from assistant.facts.sums.shares import Share
from knowledge.cues import AmountCue
from knowledge.facts import NumberRange
from knowledge.numerals import parse_numeral

_NUMBER = "[二两三四五六七八九2-9]"
_A_YEAR = re.compile("(?:平均|差不多|大概)?(?:每年|年均|(?<!第)一年(?=[投花]))[^，。0-9]{0,6}$")
_YEARS = re.compile(
    f"(?:(?:最?近|连续|连着|连|持续|过去|这|前后?|总共|一共|投入?|花|搞|干|做)(?:投入?|花)?(?:了|有)?)(?P<number>{_NUMBER})年(?![0-9])"
    f"|(?:^| )(?:一共|总共|共|前后)?(?P<alone>{_NUMBER})年(?:了|下来|合计|一共|总共|加起来)?(?= |$)"
    f"|(?<![0-9第])(?P<each>{_NUMBER})年(?:[里间来]|以来|之?内)?(?:我们|都|，)?(?=平均|每年|年均)"
)
_GAP = "(?:的|要求|还|要|大概|大约|差不多|只|就|都|也|仍|项目|投入|投资|[ ]){0,3}"
_LESS, _MORE = "(?:少|低|差|缺)(?:了|着|个|出)?", "(?:多|高|超|超过|超出)(?:了|出来?)?"
_BESIDE = re.compile(f"{_GAP}(?:(?P<less>{_LESS})|(?P<more>{_MORE})){_GAP}")
_THAN_ANOTHER = re.compile(
    "(?:比|较)(?:去年|前年|上一?年|往年|同期|原来|之前|以前|计划|预算|同行|别人)[^，。0-9]{0,6}(?:多|少|增|减|高|低|涨)[^，。0-9]{0,4}$"
)
"""今年比去年多投了300万: of a sum that is not told."""
_THRESHOLD = "(?:投入|投资)?(?:的)?(?:门槛|要求|标准|最低线|底线|红线|及格线)(?:线|数|金额)?"
_BY_THRESHOLD = re.compile(
    f"(?:比|较){_THRESHOLD}{_GAP}(?:(?P<less>{_LESS})|(?P<more>{_MORE})){_GAP}$"
    f"|(?:(?P<beyond>超出|超过|高出|高于|多出)|(?P<short>差|离|距离?|不到|低于|少于)){_THRESHOLD}{_GAP}(?:{_LESS})?{_GAP}$"
    f"|{_THRESHOLD}{_GAP}(?P<lacking>差|缺){_GAP}$"
)


def reckoned_shares(hearing: Hearing, cue: AmountCue, phrase: Phrase) -> list[Share] | None:
    """The sum that the phrase's figures come to; None where they are sums by themselves."""
    amounts = [amount for amount in find_amounts(phrase.text) if amount.unit]
    if not amounts or not _is_about(hearing, cue, phrase):
        return None
    if len(amounts) == 1 and _THAN_ANOTHER.search(phrase.text[: amounts[0].core]):
        return []
    for read in (_by_the_year, _by_another, _by_threshold):
        reckoned = read(hearing, cue, phrase, amounts)
        if reckoned is not None:
            return reckoned
    return None


def _by_the_year(
    hearing: Hearing, cue: AmountCue, phrase: Phrase, amounts: list[Amount]
) -> list[Share] | None:
    """每年600万，连投3年: of the years that count."""
    if len(amounts) != 1 or not _A_YEAR.search(phrase.text[: amounts[0].start]):
        return None
    told = _YEARS.search(hearing.sentence(phrase))
    number = parse_numeral(told["number"] or told["alone"] or told["each"]) if told else None
    if number is None:
        return []
    years = min(number, Decimal(cue.years)) if cue.years else number
    year = scale(amounts[0].yuan, cue.yuan_per_unit)
    lo, hi = (None if end is None else end * years for end in (year.lo, year.hi))
    return _one(hearing, phrase, amounts[0], NumberRange(lo, hi, year.open), 0)


def _by_another(
    hearing: Hearing, cue: AmountCue, phrase: Phrase, amounts: list[Amount]
) -> list[Share] | None:
    """比2000万少50万."""
    if len(amounts) != 2 or not re.search("(?:比|较)$", phrase.text[: amounts[0].start]):
        return None
    more = phrase.text[amounts[0].end - 1] == "多"  # 2000万多 100万 was read as a little more than 2000万
    beside = _BESIDE.fullmatch(phrase.text[amounts[0].end - more : amounts[1].core])
    if beside is None:
        return None
    goal, apart = (scale(amount.yuan, cue.yuan_per_unit) for amount in amounts)
    goal = NumberRange(goal.lo, goal.lo) if more else goal
    value = subtract(goal, apart) if beside["less"] else add(goal, apart)
    return _one(hearing, phrase, amounts[1], value, amounts[0].start - 1)


def _by_threshold(
    hearing: Hearing, cue: AmountCue, phrase: Phrase, amounts: list[Amount]
) -> list[Share] | None:
    """超出门槛100万; nothing where the threshold is not known."""
    if len(amounts) != 1:
        return None
    beside = _BY_THRESHOLD.search(phrase.text[: amounts[0].core])
    if beside is None:
        return None
    if cue.needed is None:
        return []
    goal, apart = NumberRange.exactly(cue.needed), scale(amounts[0].yuan, cue.yuan_per_unit)
    value = add(goal, apart) if beside["more"] or beside["beyond"] else subtract(goal, apart)
    return _one(hearing, phrase, amounts[0], value, beside.start())


def _one(hearing: Hearing, phrase: Phrase, amount: Amount, value: NumberRange, begin: int) -> list[Share]:
    if not hearing.is_own(phrase, amount.core, amount.end):
        return []
    return [Share(amount, value, "net", phrase, dated=False, named=False, start=phrase.start + begin)]


def _is_about(hearing: Hearing, cue: AmountCue, phrase: Phrase) -> bool:
    """Whether the figures are of this sum: of money otherwise named (营收每年600万) they are not."""
    words = re.sub("每年|年均|一年", "", phrase.text)
    if cue.other.search(words) or elsewhere(hearing, cue):
        return False
    nouns = {match.lastgroup for match in cue.nouns.finditer(words)}
    told = hearing.asked == cue.fact or cue.fact in hearing.known or hearing.category in cue.categories
    return "excluded" not in nouns and (told or bool(nouns & {"word", "part"}))
