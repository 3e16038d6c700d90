"""Dates, sums, counts and levels whose fact is told by no pattern but by how people put such things."""

from __future__ import annotations

import re

from assistant.facts.learned.lessons import meet
from assistant.facts.learned.mentions import Kind, value_of
from assistant.facts.levels.words import LACKED_BEHIND, REVOKED_BEHIND, STILL_PENDING
from assistant.facts.owned import Owned, owned_mentions
from assistant.facts.reading import Find, Hearing
from assistant.facts.spoken.stars import NEXT_YEAR, names_only
from assistant.facts.sums.of_the_rule import is_of_the_rule
from assistant.facts.sums.roles import APART
from assistant.facts.sums.shares import find_shares
from assistant.facts.use.usage import LONGEST, is_a_part_of_it, was_paused
from knowledge.facts import DateRange, FactValue, NumberRange

_STOPPED = re.compile("(?:就|已经?|都|刚)*(?:停|退|断|下线|不用|不续|没续|到期)")
"""上个月停掉了 tells until when, not since when."""
_NAMED_OF_THE_RULE = re.compile(
    "(?:个|项)?(?:方向|方面|领域|模式|业态|能力)?的?(?:名字|名称|叫法|含义|定义|全称)"
)
"""4个方向名字: how many there are by the notice."""
_NOT_HELD = re.compile("|".join(p.pattern for p in (LACKED_BEHIND, REVOKED_BEHIND, STILL_PENDING)))
_JUDGED = frozenset({Kind.DATE, Kind.SPAN})
"""Whose a sum, a level or a count is the patterns know better."""


def read_valued(hearing: Hearing, finds: list[Find]) -> list[Find]:
    """What the patterns left unread, each value as that of the fact it is likeliest one of, where that is clear."""
    if hearing.statements is None:
        return []
    known = {find.name for find in finds}
    usage = hearing.cues.usage.fact if hearing.cues.usage else None
    clearest: dict[str, tuple[float, Find]] = {}
    for owned in owned_mentions(hearing):
        fact, margin = owned.likeliest
        if fact in known or margin < _least(hearing, fact) or owned.start >= len(owned.phrase.text):
            continue
        value = value_of(fact, owned.mention, hearing.cues, hearing.as_of)
        if fact == usage and (
            LONGEST.search(owned.phrase.text)
            or _STOPPED.match(owned.phrase.words, owned.end)
            or is_a_part_of_it(owned.phrase.words, owned.start, owned.end)
            or was_paused(hearing)
        ):
            continue
        if any(_counts_another(find, owned, fact) for find in finds) or _is_to_come(hearing, value, fact):
            continue
        bare = names_only(owned.phrase.words, owned.start, owned.end)
        if owned.mention.kind is Kind.LEVEL and (
            bare or hearing.mentions(NEXT_YEAR) or _NOT_HELD.match(owned.phrase.text[owned.end :])
        ):
            continue
        if _weighed_by_patterns(hearing, owned, fact):
            continue
        if _of_a_certificate(hearing, owned, fact) or _NAMED_OF_THE_RULE.match(owned.phrase.text, owned.end):
            continue
        if hearing.cues.names_another_thing(owned.phrase.text, fact):
            continue  # 换过一张营业执照, for the patterns as for what is learned
        if value is None or not owned.explained or not hearing.is_own(owned.phrase, owned.start, owned.end):
            continue
        if fact in hearing.known and not owned.phrase.correction and not meet(value, hearing.known[fact]):
            continue  # what was said outright is not put in doubt by what is only likely
        find = hearing.find(fact, value, owned.phrase, owned.start, max(owned.end, len(owned.phrase.text)))
        rank = -_months(find) if fact == usage else margin  # of several services the shortest use counts
        if fact not in clearest or rank > clearest[fact][0]:
            clearest[fact] = (rank, find)
    return [find for _, find in clearest.values()]


def _weighed_by_patterns(hearing: Hearing, owned: Owned, fact: str) -> bool:
    """2017年花的700万, 再加600万: a sum that the patterns know to be beside the one that counts is not learned to be it."""
    cue = hearing.cues.amount
    if cue is None or fact != cue.fact:
        return False
    if is_of_the_rule(owned.phrase, owned.end):
        return True
    shares = find_shares(hearing, cue, owned.phrase)
    beside = APART | {"added"}
    return any(share.role in beside and share.amount.core < owned.end <= share.amount.end for share in shares)


def _of_a_certificate(hearing: Hearing, owned: Owned, fact: str) -> bool:
    """2022年拿的证, where certificates are the subject, is no day of registration, nor the last of its validity."""
    since, until = hearing.cues.since, hearing.cues.until
    if until is not None and fact == until.fact:
        return until.issue.match(owned.phrase.text, owned.end) is not None  # 证去年刚续的 tells since when
    if since is None or until is None or fact != since.fact or since.words.search(owned.phrase.text):
        return False
    subject = hearing.category in hearing.schema.spec(until.fact).categories or any(
        name in hearing.known or name in hearing.expected for name in (until.fact, *until.asked_with)
    )
    return subject and until.issue.search(owned.phrase.words) is not None


def _is_to_come(hearing: Hearing, value: FactValue | None, fact: str) -> bool:
    """明年才建成: a day that is still to come is no day of registration, however likely the words make it one."""
    since = hearing.cues.since
    if since is None or fact != since.fact or not isinstance(value, DateRange):
        return False
    return value.lo is not None and value.lo > hearing.as_of


def _counts_another(find: Find, owned: Owned, fact: str) -> bool:
    """Whether a pattern has read the very number or day as another fact's."""
    read = isinstance(find.value, (NumberRange, DateRange)) and find.name != fact
    return read and find.start <= owned.mention.start < find.end


def disowned(hearing: Hearing, find: Find) -> bool:
    """Whether the value that a pattern took for the fact's is clearly another's: 党支部2013年成立的."""
    if hearing.statements is None or hearing.asked == find.name:
        return False
    inside = [
        owned.margins[find.name]
        for owned in owned_mentions(hearing)
        if find.start <= owned.mention.start < find.end
        and find.name in owned.margins
        and owned.mention.kind in _JUDGED
        and owned.explained
    ]
    return bool(inside) and max(inside) < hearing.statements.tuning.disowned


def _least(hearing: Hearing, fact: str) -> float:
    assert hearing.statements is not None  # noqa: S101 - the callers have asked
    tuning = hearing.statements.tuning
    away = hearing.category not in (None, *hearing.schema.spec(fact).categories) if fact else True
    return tuning.elsewhere if away else tuning.valued


def _months(find: Find) -> float:
    value = find.value
    if not isinstance(value, NumberRange):
        return 0.0
    return float(value.hi if value.hi is not None else value.lo or 0)
