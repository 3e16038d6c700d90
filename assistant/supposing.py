"""The step that takes what an if mends (审计报告补上的话呢) for supposed: what is named of what failed or is unknown.

What is supposed is never a fact of the session. Where the if tells a value (新证到2026年), that is what is supposed;
else the least under which the condition holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.conversation import UNDER_WAY
from assistant.eligibility import evaluate
from assistant.eligibility.evaluate import Decision, Evaluation
from assistant.eligibility.mend import mended
from assistant.facts import FactsRead, StatedFact
from assistant.facts.learned.mentions import Kind, facts_of, find_mentions
from assistant.facts.named import facts_hinted, facts_named, facts_of_unit
from assistant.facts.reading import LONGEST_QUOTE
from assistant.facts.spoken.stars import STAR, figure
from assistant.sessions import Session
from assistant.turn import Turn
from assistant.understanding.mending import (
    adds_to_what_was_supposed,
    count_supposed,
    means_all,
    supposes_besides,
    supposes_failure,
    supposes_mended,
)
from assistant.understanding.speech_acts import supposes
from assistant.understanding.weighing import names_another_alone
from knowledge.facts import FactValue, NumberRange

LONGEST_IF = 60
"""Characters up to which a message may be nothing but an if about what was judged."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A criterion that an if is about, and the facts by which it may be mended."""

    decision: Decision
    names: Sequence[str]


def suppose(turn: Turn) -> Turn:
    """What a message supposes, added to what was read of it: what it mends, or the last if, of another category."""
    assert turn.message is not None and turn.read is not None  # noqa: S101, PT018
    if not turn.read.facts and names_another_alone(turn.message, turn.desk.names):
        return _still_supposing(turn, turn.read)
    turn = _failing(_counting(_mending(turn)))
    assert turn.read is not None  # noqa: S101 - as above
    return replace(turn, read=_on_top_of_the_last_if(turn, _with_the_certificate(turn, turn.read)))


def _on_top_of_the_last_if(turn: Turn, read: FactsRead) -> FactsRead:
    """再假设平台已经建好: what was supposed before still holds beside it."""
    assert turn.message is not None  # noqa: S101 - the step before
    supposed = {fact.name for fact in read.facts if fact.hypothetical}
    if not supposed or not supposes_besides(turn.message.plain):
        return read
    told = {fact.name for fact in read.facts}
    before = (
        StatedFact(name, kept.value, kept.quote, hypothetical=True)
        for name, kept in turn.session.supposed.items()
        if name not in told
    )
    return replace(read, facts=(*read.facts, *before))


def _with_the_certificate(turn: Turn, read: FactsRead) -> FactsRead:
    """Who supposes until when a certificate is valid (到3月31号的行不行), though it is not there yet, supposes it there."""
    until = turn.desk.cues.until
    ends = next((f for f in read.facts if f.hypothetical and until and f.name == until.fact), None)
    if until is None or ends is None or turn.session.values.get(until.issued_fact) is not False:
        return read
    issued = replace(ends, name=until.issued_fact, value=True)
    others = (fact for fact in read.facts if fact.name != until.issued_fact)
    return replace(read, facts=(*others, issued))


def _still_supposing(turn: Turn, read: FactsRead) -> Turn:
    """The if of the turn before holds where only another category is named: 报平台呢, 那标杆呢."""
    supposed = turn.session.supposed.items()
    facts = (StatedFact(name, kept.value, kept.quote, hypothetical=True) for name, kept in supposed)
    return replace(turn, read=replace(read, facts=tuple(facts)))


def _mending(turn: Turn) -> Turn:
    """What a message supposes mended, added to what was read of it."""
    assert turn.message is not None and turn.read is not None  # noqa: S101, PT018
    plain, session = turn.message.plain, turn.session
    judged = bool(session.facts) and (session.last_route == "eligibility" or supposes(plain))
    if not judged or len(plain) > LONGEST_IF or not supposes_mended(plain):
        return turn
    named = turn.desk.names.named(plain)
    category = named[0] if len(named) == 1 else session.category
    evaluation = evaluate(turn.desk.pack, category, session.values, turn.as_of)
    meant = _meant(turn, evaluation)
    if not meant:
        return turn
    facts = _under_the_if(turn, meant)
    told = {fact.name: fact.value for fact in facts if fact.hypothetical}
    supposed = _mended(turn, evaluation, meant, told)
    if adds_to_what_was_supposed(plain):
        supposed = {name: fact.value for name, fact in session.supposed.items()} | supposed
    words = turn.message.original[:LONGEST_QUOTE]
    added = (
        StatedFact(name, value, words, hypothetical=True)
        for name, value in supposed.items()
        if name not in told
    )
    return replace(turn, read=replace(turn.read, facts=(*facts, *added)))


def _counting(turn: Turn) -> Turn:
    """A bare number under an if (如果只满足两个呢), or of which it is asked if it is enough, as that of what is counted.

    What is counted is what was told last, or, after a look-up, what its answer counts.
    """
    assert turn.message is not None and turn.read is not None  # noqa: S101, PT018
    said = count_supposed(turn.message.plain)
    counted = {cue.fact for cue in turn.desk.cues.counts}
    names = [name for name in _in_question(turn) if name in counted]
    if said is None or turn.read.facts or len(names) != 1:
        return turn
    most = turn.desk.pack.schema.spec(names[0]).maximum
    if most is not None and said > most:
        return turn
    words = turn.message.original[:LONGEST_QUOTE]
    supposed = StatedFact(names[0], NumberRange.exactly(said), words, hypothetical=True)
    return replace(turn, read=replace(turn.read, facts=(supposed,)))


def _failing(turn: Turn) -> Turn:
    """拿不到呢, of the one thing told last that is not there yet: that it stays so."""
    assert turn.message is not None and turn.read is not None  # noqa: S101, PT018
    if turn.read.facts or not supposes_failure(turn.message.plain):
        return turn
    session = turn.session
    names = [name for name in session.told_last() if session.facts[name].value is False]
    if len(names) != 1:
        return turn
    supposed = StatedFact(names[0], False, turn.message.original[:LONGEST_QUOTE], hypothetical=True)
    return replace(turn, read=replace(turn.read, facts=(supposed,)))


def _in_question(turn: Turn) -> Sequence[str]:
    """The facts that the last answer was about: those told last of a check, else those that its topic names."""
    assert turn.message is not None  # noqa: S101 - the caller
    session = turn.session
    if session.last_route == "eligibility":
        return session.told_last()
    topic = turn.desk.topic(session.last_topic) if session.last_topic else None
    if topic is None or not supposes(turn.message.plain):
        return ()
    return tuple(facts_named(topic.title, turn.desk.pack.schema, turn.desk.cues))


def _meant(turn: Turn, evaluation: Evaluation) -> list[Meant]:
    """The criteria that the if is about: those that fail and what is not known yet, as far as they are named."""
    assert turn.message is not None and turn.read is not None  # noqa: S101, PT018
    plain, schema, cues = turn.message.plain, turn.desk.pack.schema, turn.desk.cues
    failed = [each for each in evaluation.decisions if each.status == "not_met"]
    unknown = [each for each in evaluation.decisions if each.status == "unknown"]
    named = facts_named(plain, schema, cues)
    # Who supposes the certificate there supposes the certification passed.
    named |= {one.fact for one in turn.desk.pack.rules.presumptions if one.because in named}
    if named:
        told = named | {fact.name for fact in turn.read.facts}
        missing = ((each, [name for name in each.missing if name in named]) for each in unknown)
        return [
            *(Meant(each, each.criterion.facts) for each in _about(failed, told)),
            *(Meant(each, names) for each, names in missing if names),
        ]
    of_unit = facts_of_unit(plain, schema, cues)
    # Who names nothing means what can be mended: a seat in another province is not.
    failed = [each for each in failed if each.criterion.remedy.change]
    chosen: Sequence[Decision]
    if of_unit:
        chosen = _the_only(_about(failed, of_unit)) or _the_only(_about(unknown, of_unit))
    elif not (chosen := _about(failed, facts_hinted(plain, schema))):
        chosen = failed if means_all(plain) else _spoken_of(failed, turn.session)
    return [Meant(each, each.criterion.facts) for each in chosen]


def _the_only(decisions: Sequence[Decision]) -> Sequence[Decision]:
    return decisions if len(decisions) == 1 else ()


def _about(decisions: Iterable[Decision], names: Collection[str]) -> list[Decision]:
    return [each for each in decisions if set(each.criterion.facts) & set(names)]


def _spoken_of(failed: Sequence[Decision], session: Session) -> Sequence[Decision]:
    """What an if that names nothing is about (按出来了算呢): what was supposed last, or is under way, or all there is."""
    under_way = [name for name, fact in session.facts.items() if UNDER_WAY.search(fact.quote)]
    for names in (session.supposed, under_way):
        if found := _about(failed, names):
            return found
    return _the_only(failed)


def _under_the_if(turn: Turn, meant: Iterable[Meant]) -> tuple[StatedFact, ...]:
    """What was read, of the criteria that are meant as supposed; a no (报告还没出来，25号能出来) is what would be mended.

    What is so anyway is not supposed, nor of 这些都补齐 what does not stand against the applicant; a day that belongs to
    no fact that is named is that of the mending.
    """
    assert turn.message is not None and turn.read is not None  # noqa: S101, PT018
    of_these = {name for each in meant for name in each.decision.criterion.facts}
    known, schema = turn.session.values, turn.desk.pack.schema
    named = of_these | facts_named(turn.message.plain, schema, turn.desk.cues)
    kept = (
        fact
        for fact in turn.read.facts
        if not (fact.name in of_these and fact.value is False)
        and not (fact.hypothetical and known.get(fact.name) == fact.value)
        and (fact.name in named or not (fact.hypothetical and means_all(turn.message.plain)))
        and (fact.name in named or schema.spec(fact.name).type != "date")
    )
    return tuple(
        replace(fact, hypothetical=True, correction=False) if fact.name in of_these else fact for fact in kept
    )


def _mended(
    turn: Turn, evaluation: Evaluation, meant: Iterable[Meant], told: Mapping[str, FactValue]
) -> dict[str, FactValue]:
    """Values for the criteria of which the message tells none; a sum that was not understood (再投500万) is not made up for."""
    supposed: dict[str, FactValue] = {}
    valued = _valued(turn)
    for each in meant:
        if not set(told) & set(each.decision.criterion.facts):
            stated, names = turn.session.values | supposed, [n for n in each.names if n not in valued]
            supposed |= mended(turn.desk.pack, evaluation, stated, each.decision, names)
    return supposed | _level_named(turn, supposed)


def _valued(turn: Turn) -> set[str]:
    """The facts of which the message may tell a value; a level that is named is that of `_level_named`."""
    assert turn.message is not None  # noqa: S101 - the caller
    cues = turn.desk.cues
    kinds = {mention.kind for mention in find_mentions(turn.message.plain, turn.as_of)} - {Kind.LEVEL}
    return {fact for kind in kinds for fact in facts_of(kind, cues)}


def _level_named(turn: Turn, supposed: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """The level that would be held first (先评上三星), where one is named, whether or not it is enough."""
    assert turn.message is not None  # noqa: S101 - the caller
    levels = turn.desk.cues.levels
    named = [figure(star) for star in STAR.finditer(turn.message.plain)]
    if levels is None or levels.current not in supposed or supposed[levels.current] in named:
        return {}
    return {levels.current: named[0]} if named and named[0] in levels.levels else {}
