"""A sum of money over a whole message: parts that add up, totals, what is deducted, what is still lacking.

「软件800万加设备1300万」 is 2100; 「还差300万到2000」 1700. What may or may not count leaves a range: 「2500万，其中厂房500万」 is
2000 to 2500.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import reduce

from assistant.facts.message.utterance import ONE_EACH, Phrase
from assistant.facts.reading import Find, Hearing
from assistant.facts.spoken.amounts import add, find_amounts, subtract
from assistant.facts.sums.beside import without_asides
from assistant.facts.sums.deducted import OUTRIGHT, is_of_a_greater, made_up, sum_of, without
from assistant.facts.sums.payments import with_payments
from assistant.facts.sums.reckoned import reckoned_shares
from assistant.facts.sums.roles import APART, WITHIN, WITHOUT
from assistant.facts.sums.shares import RECENT, Share, find_shares
from assistant.facts.sums.spending_told import beside_what_was_told, of_part_of_the_years
from assistant.facts.sums.years_spent import recent_part
from knowledge.cues import AmountCue
from knowledge.facts import NumberRange

_LISTED = re.compile("[0-9]{2,5}(?:[.][0-9]+)?[、/]$")
_JOINED = re.compile(" ?(?:再|又)?(?:加|[+＋]) ?[^，。0-9]{0,6}")
"""800万加1100万加150万."""
_SPENT = re.compile("[投花购买砸]|支出|采买|建设")
_REST = re.compile(
    "(?:其余|其他|其它|剩下|余下|剩余|另外)(?:的)?(?:部分|钱|款)?(?:都|全|主要|基本)*(?:是|为|用于|花在|买了?|用来|属于|算|投在?|给了?|做|盖|建)*"
)
"""其余是土建: what is left of a sum is of a kind that need not count."""
MOST_SUMS = 40
"""In one message; nobody tells more of itself, and every sum is weighed against every other."""


def read_spending(hearing: Hearing) -> list[Find]:
    """The sum that the message states for the amount fact, once as stated and once as supposed."""
    cue = hearing.cues.amount
    if cue is None:
        return []
    shares: list[Share] = []
    reckoned: list[Share] = []
    for phrase in hearing.phrases:
        by_others = reckoned_shares(hearing, cue, phrase)
        reckoned += by_others or []
        shares += find_shares(hearing, cue, phrase) if by_others is None else []
    if not any(share.role in OUTRIGHT for share in shares):  # 近三年投入2300万，每年700多万
        shares += reckoned
    told = hearing.known.get(cue.fact)
    shares = [s for s in shares if not _is_of_anothersum_of(cue, s)][:MOST_SUMS]
    said = with_payments(_without_small_totals(without_asides(shares, told is not None)))
    finds: list[Find] = []
    for hypothetical in (False, True):
        group = [s for s in said if s.phrase.hypothetical is hypothetical]
        if finds and group and all(share.role == "added" for share in group):
            finds.append(_supposed_on_top(finds[-1], group))
            break
        blurred = any(_blurs(cue, p) for p in hearing.phrases if p.hypothetical is hypothetical)
        finds += _settled(hearing, cue, group, blurred)
    return beside_what_was_told(hearing, cue, told, said, finds) if isinstance(told, NumberRange) else finds


def _supposed_on_top(told: Find, added: list[Share]) -> Find:
    """投了1800万，加上今年的300万呢: what was told, and what would come on top of it."""
    assert isinstance(told.value, NumberRange)  # noqa: S101 - the fact is a sum
    last = added[-1]
    end = last.phrase.start + last.amount.end
    return replace(told, value=add(told.value, sum_of(added)), end=end, phrase=last.phrase)


def _is_of_anothersum_of(cue: AmountCue, share: Share) -> bool:
    """Whether a sum is the last of a list under one unit (600、800、900万), or the total of other money (营业额加起来)."""
    before = share.phrase.text[: share.amount.core]
    if _LISTED.search(before):
        return True
    return share.role == "total" and bool(cue.other.search(before)) and not _SPENT.search(share.phrase.text)


def _without_small_totals(said: list[Share]) -> list[Share]:
    """设备1150万、测试和咨询合计260万: a total of less than one part told before it is a part itself."""

    def is_part(item: Share) -> bool:
        before = [s.value for s in said if s.role == "part" and s.start < item.start]
        hi = item.value.hi
        return item.role == "total" and hi is not None and any(v.lo is not None and hi < v.lo for v in before)

    return [replace(item, role="part") if is_part(item) else item for item in said]


def _blurs(cue: AmountCue, phrase: Phrase) -> bool:
    """含厂房, 扣掉厂房 with no sum beside it: how much does not count is not known."""
    for match in cue.nouns.finditer(phrase.text):
        if match.lastgroup != "excluded":
            continue
        lead = phrase.text[max(0, match.start() - 8) : match.start()]
        if re.search("(?:没|不|未)(?:有)?(?:包含|包括|含|算)", lead) or re.search(
            "不(?:在内|算在内|含)", phrase.text
        ):
            continue
        if find_amounts(phrase.text[max(0, match.start() - 14) : match.start()]):
            continue
        if (WITHIN.search(lead) or WITHOUT.search(lead)) and not find_amounts(
            phrase.text[match.end() : match.end() + 10]
        ):
            return True
    return False


def _settled(hearing: Hearing, cue: AmountCue, said: list[Share], blurred: bool) -> list[Find]:
    """One sum of all that was said; of contradicting sums all, for the applicant to choose."""
    finds = []
    added = _of(said, "added")
    for value, base in _base(said):
        ahead = [item for item in added if item.start > base[0].start and base[0].role != "total"]
        shares = [*base, *ahead]
        total, counted = reduce(add, (item.value for item in ahead), value), set(shares)
        beside = [s for s in said if s not in counted and not is_of_a_greater(s, shares[0], said)]
        is_made_up = made_up(shares[0], beside)
        for item in beside:
            if is_made_up and item.role == "excluded":
                total = NumberRange(subtract(total, item.value).lo, total.hi, total.open)
            elif is_made_up and item.role in APART:
                total = subtract(total, item.value)
            else:
                total = without(total, item, shares[0])
            if item.role == "within" and _is_all_that_counts(hearing, cue, item):
                total = NumberRange(item.value.lo, total.hi, total.open)
        if (blurred and shares[0].role != "net") or shares[0].role == "open_part":
            total = NumberRange(None, total.hi)
        elif len(shares) == len(said) == 1 and of_part_of_the_years(shares[0]) and not _enough(total, cue):
            total = NumberRange(total.lo, None)
        total = recent_part(hearing, shares[-1].phrase, total)
        start = min(item.start for item in shares)
        end = max(item.phrase.start + item.amount.end for item in shares)
        finds.append(Find(cue.fact, total, start, end, shares[-1].phrase))
    return finds


def _enough(total: NumberRange, cue: AmountCue) -> bool:
    return total.lo is not None and cue.needed is not None and total.lo >= cue.needed


def _is_all_that_counts(hearing: Hearing, cue: AmountCue, item: Share) -> bool:
    """Whether what the notice lists is said to be that part of a sum only: 其中软件和设备才1600万，其余是土建."""
    kinds = {match.lastgroup for match in cue.nouns.finditer(item.lead)}
    if "part" not in kinds:
        return False
    behind = hearing.phrases[item.phrase.position + 1 : item.phrase.position + 3]
    of_rest = {kind for phrase in behind for kind in rest_kinds(cue, phrase)}
    return "excluded" in of_rest or re.search("(?:才|只有?|仅有?|就)$", item.lead) is not None


def rest_kinds(cue: AmountCue, phrase: Phrase) -> set[str | None]:
    """Of what kinds of spending a phrase says that the rest of a sum is."""
    nouns = (cue.nouns.match(phrase.text, rest.end()) for rest in _REST.finditer(phrase.text))
    return {noun.lastgroup for noun in nouns if noun}


def _base(said: list[Share]) -> list[tuple[NumberRange, list[Share]]]:
    """The sums that the message comes to, before deductions, each with the shares that it is made of."""
    lacking, targets = _of(said, "lacking"), _of(said, "target")
    if lacking:
        goal = targets[-1:] or [s for s in _of(said, "spent") if s.start > lacking[0].start][-1:]
        if goal:
            return [(subtract(t.value, lacking[0].value), [t, lacking[0]]) for t in goal]
    recent = [s for s in said if s.role in {"spent", "total", "within"} and RECENT.search(s.lead)]
    if len(recent) == 1 and any(s.role in {"total", "open_part"} and s not in recent for s in said):
        return [(recent[0].value, recent)]  # 总投入1.2亿，最近三年的是1900万
    for role in ("net", "total"):
        if _of(said, role):
            return [(_of(said, role)[-1].value, _of(said, role)[-1:])]
    spent, parts = _of(said, "spent"), _of(said, "part")
    each = sorted([*spent, *parts], key=lambda s: s.start)
    if len(each) > 1 and _one_each(each):
        return [(sum_of(each), each)]
    if parts and spent:
        parts = sorted([*parts, *(s for s in spent if s.named)], key=lambda s: s.start)
        spent = [s for s in spent if not s.named]
    if not spent and not parts:
        return [(s.value, [s]) for s in _of(said, "open_part")[:1]]
    if spent and spent[-1].phrase.correction:
        spent = spent[-1:]
    joined = all(_JOINED.fullmatch(s.lead) and s.phrase is spent[0].phrase for s in spent[1:])
    if len(spent) > 1 and (joined or all(s.dated for s in spent)):  # year by year
        return [(sum_of(spent), spent)]
    if not spent:
        return [(sum_of(parts), parts)]
    whole = spent[0].value.hi
    if parts and len(spent) == 1 and whole is not None and (sum_of(parts).lo or 0) > whole:
        return [(sum_of([*spent, *parts]), [*spent, *parts])]
    return [(s.value, [s]) for s in spent]


def _one_each(shares: list[Share]) -> bool:
    """三年分别投入1000万、800万、600万."""
    first = shares[0]
    together = all(share.phrase is first.phrase for share in shares)
    return together and ONE_EACH.search(first.phrase.text[: first.amount.core]) is not None


def _of(said: list[Share], role: str) -> list[Share]:
    return [share for share in said if share.role == role]
