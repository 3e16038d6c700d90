"""Facts from turn to turn: kept, narrowed, corrected, withdrawn, supposed; contradictions are asked about."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from assistant.facts import FactsRead, StatedFact
from assistant.facts.spoken.days import in_known_year
from assistant.sessions import KeptFact, Session
from knowledge.facts import DateRange, FactValue, NumberRange

_DONE = re.compile(
    "(?:做|办|审|开|补|弄|搞|建|评|编)(?:好|完|妥|成|齐)|(?:出|下|发)(?:来|具|到手)?了|(?:出|下)来|(?:拿|收|领)到|到手|(?<!没)(?<!未)(?:通过|过)了|(?:上线|投产|投用|投运|投入使用|完工|竣工|验收)了|已经?(?!经?(?:没|在))"
)
UNDER_WAY = re.compile(
    "(?:正|还|目前|现在)在|正(?:准备|打算)|还没|尚未|没(?:做|办|出|下|拿|开|发|过|建)|快(?:了|要|好|出|下)|中$"
)
"""What is not there yet, and is being done: 审计报告正在做."""
QUESTIONS_AT_ONCE = 3
"""Put in one reply; a yes to all (都有) answers so many."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements about one fact that cannot both hold; the fact is unknown until the applicant decides."""

    name: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What a turn did to the session's facts."""

    session: Session
    stated: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    new_applicant: bool = False


def hear(session: Session, read: FactsRead, *, updated: bool = False, choices: Collection[str] = ()) -> Heard:
    """Merge what was read into the session.

    A correction, an answer to what was asked, another choice (那改报五星) replaces; so does everything where the
    applicant has looked it up since (`updated`).
    """
    # Of who is spoken of first nothing was said before that could be left behind. What an if tells of another that it
    # turns to (要是由子公司报呢，它是2019年的) is told of that one.
    turns_to_another = read.new_applicant and bool(session.facts or session.supposed)
    if read.new_applicant:
        session = session.without_facts()
    withdrawn = tuple(name for name in read.withdrawn if name in session.facts)
    for name in withdrawn:
        session = session.without_fact(name)
    contradictions: list[Contradiction] = []
    stated: list[str] = []
    supposed: dict[str, KeptFact] = {}
    for fact in read.facts:
        if fact.hypothetical and not turns_to_another:
            supposed[fact.name] = KeptFact(fact.value, fact.quote, session.turn)
            continue
        known = session.facts.get(fact.name)
        replaces = fact.correction or updated or fact.name in (*session.asked, *stated, *choices)
        replaces = replaces or (known is not None and (known.in_passing or _has_come(fact, known)))
        if known is not None and (dated := _in_known_year(fact, known.value)) is not None:
            session = session.with_fact(fact.name, dated, fact.quote)
        elif known is None or (replaces and not _narrows(fact, known.value)):
            session = session.with_fact(fact.name, fact.value, fact.quote, in_passing=fact.in_passing)
        elif (joint := intersection(known.value, fact.value)) is None:
            contradictions.append(Contradiction(fact.name, known.quote, fact.quote))
            session = session.without_fact(fact.name)
        else:
            quote = known.quote if joint == known.value else fact.quote
            session = session.with_fact(fact.name, joint, quote)
        stated.append(fact.name)
    session = session.with_supposed(supposed)
    return Heard(session, tuple(stated), withdrawn, tuple(contradictions), turns_to_another)


def supposing_in_passing(
    session: Session, read: FactsRead, choices: Collection[str] = (), *, of_any_firm: bool = False
) -> FactsRead:
    """What was read, but for what a question names in passing against what was told outright: that is an if.

    投入1500万的能报吗, of an applicant that told 2300, asks of another sum and tells none; another choice (改报三星行不) is made.
    Where it asks `of_any_firm` (失信企业能申报吗), all that it names is supposed, whatever is known.
    """

    def supposes(fact: StatedFact) -> bool:
        known = session.facts.get(fact.name)
        chosen = fact.correction or fact.name in choices
        if not fact.in_passing or chosen:
            return False
        if of_any_firm:
            return True
        if known is None or known.in_passing:
            return False
        of_then = _in_known_year(fact, known.value)
        return of_then is None and intersection(known.value, fact.value) is None

    facts = (replace(fact, hypothetical=True) if supposes(fact) else fact for fact in read.facts)
    return replace(read, facts=tuple(facts))


def _narrows(fact: StatedFact, known: FactValue) -> bool:
    """Whether an answer bounds on one side (肯定超过两年半) what was told before (不到三年), which it leaves as it was."""
    value = fact.value
    one_sided = isinstance(value, DateRange) and None in (value.lo, value.hi)
    return one_sided and not fact.correction and intersection(known, value) is not None


def _has_come(fact: StatedFact, known: KeptFact) -> bool:
    """审计报告正在做, and later 审计报告做好了: what was not there, and was under way, is there by now."""
    came = known.value is False and fact.value is True
    return came and bool(_DONE.search(fact.quote)) and bool(UNDER_WAY.search(known.quote))


def _in_known_year(fact: StatedFact, known: FactValue) -> DateRange | None:
    """A day said without its year (2月份注册的) inside the year that was said before (22年的公司)."""
    value = fact.value
    if fact.correction or "年" in fact.quote or not isinstance(value, DateRange):
        return None
    return None if intersection(known, value) is not None else in_known_year(value, known)


def intersection(first: FactValue, second: FactValue) -> FactValue | None:
    """What both statements allow together; None when they contradict each other."""
    if isinstance(first, DateRange) and isinstance(second, DateRange):
        lows = [d for d in (first.lo, second.lo) if d is not None]
        highs = [d for d in (first.hi, second.hi) if d is not None]
        lo, hi = max(lows, default=None), min(highs, default=None)
        return None if lo is not None and hi is not None and lo > hi else DateRange(lo, hi)
    if isinstance(first, NumberRange) and isinstance(second, NumberRange):
        return _numbers(first, second)
    return first if first == second else None


def _numbers(first: NumberRange, second: NumberRange) -> NumberRange | None:
    """Ranges as said: of two that overlap the narrower is kept, since ends may be included in one only."""
    narrow, wide = sorted((first, second), key=_width)
    if narrow.exact is not None:
        return narrow if _holds(wide, narrow) else None
    lows = [n for n in (first.lo, second.lo) if n is not None]
    highs = [n for n in (first.hi, second.hi) if n is not None]
    if lows and highs and max(lows) > min(highs):
        return None
    return narrow


def _width(numbers: NumberRange) -> float:
    if numbers.lo is None or numbers.hi is None:
        return float("inf")
    return float(numbers.hi - numbers.lo)


def _holds(wide: NumberRange, exact: NumberRange) -> bool:
    number = exact.exact
    assert number is not None  # noqa: S101 - the caller has asked
    above = wide.lo is None or (number > wide.lo if wide.open else number >= wide.lo)
    below = wide.hi is None or (number < wide.hi if wide.open else number <= wide.hi)
    return above and below


def values_with(session: Session, supposed: Mapping[str, KeptFact]) -> dict[str, FactValue]:
    """The session's facts with the what-if laid over them."""
    return session.values | {name: fact.value for name, fact in supposed.items()}
