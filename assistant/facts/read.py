"""`read_facts`: all typed facts that one message states about its applicant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from assistant.facts.counts.measures import read_measures
from assistant.facts.counts.read import read_counts
from assistant.facts.learned.model import StatementModel
from assistant.facts.levels.applied import read_applied_level
from assistant.facts.levels.held import read_becoming, read_held_level, read_level_named_first
from assistant.facts.levels.read import read_levels
from assistant.facts.message.talk import is_talk
from assistant.facts.message.utterance import hear
from assistant.facts.places import read_place
from assistant.facts.reading import Ambiguity, FactsRead, Find, Hearing, StatedFact
from assistant.facts.settling import settle
from assistant.facts.spoken.dates import find_dates
from assistant.facts.stated import read_stated
from assistant.facts.states.answered import read_asked_state, read_hinted_state, says_how_it_is
from assistant.facts.states.read import read_states
from assistant.facts.states.unsettled import read_unsettled, without_doubted, without_past
from assistant.facts.states.withdrawn import read_withdrawn
from assistant.facts.sums.spending import read_spending
from assistant.facts.terse import with_listed
from assistant.facts.times.bare_day import read_bare_day
from assistant.facts.times.completion import read_completion
from assistant.facts.times.read import read_times
from assistant.facts.times.tenure import read_since
from assistant.facts.times.validity import read_until
from assistant.facts.use.left_out import read_left_out
from assistant.facts.use.usage import read_usage, read_use_from_the_start
from assistant.facts.valued import disowned, read_valued
from knowledge.cues import FactCues
from knowledge.facts import DateRange, FactSchema, FactValue, NumberRange

_IF = re.compile(
    "(?:这个|本)?(?:月底|年底|月末|年末|下个?月|下周|[0-9]{1,2}月)(?:之)?前?(?=能|就|把|建|补|拿|过|通)|如果|假如|假设|假定|倘若|要是|若是|若(?!干)|万一|就算|哪怕|即使|即便|的话|呢[?？]?$|能够?(?!力|耗|源)|可以|届时|到时候?|赶紧|赶在"
    "|(?:是不是|是否)?就(?:可以|能|行)?[^，。]{0,6}(?:申?报|符合|够)[^，。]*$"
    "|(?:是不是|是否)就(?:可以|能|行|够|好|达标)了?$"
)


def read_facts(
    text: str,
    *,
    as_of: date,
    schema: FactSchema,
    cues: FactCues,
    asked: str | None = None,
    category: str | None = None,
    statements: StatementModel | None = None,
    within_if: bool = False,
    expected: tuple[str, ...] = (),
    known: Mapping[str, FactValue] | None = None,
    told: Mapping[str, str] | None = None,
    last_day: date | None = None,
) -> FactsRead:
    """Read a message. `asked` is the fact that the assistant asked for last, `category` the one under discussion.

    `statements` are consulted where the patterns read nothing, `expected` are facts that they hear the sooner
    and `known` is what was said before, which they do not put in doubt, `told` the words in which it was; `within_if`:
    the text is an if already taken apart; `last_day` is the last day of applying.

    What is doubtful is left out: a wrong fact is worse than one more question.
    """
    utterance = hear(text, cues.misspellings)
    hearing = Hearing(
        utterance,
        as_of,
        schema,
        cues,
        asked,
        category,
        statements,
        within_if,
        expected,
        known or {},
        told or {},
        last_day,
    )
    finds, unclear = _by_patterns(hearing)
    finds = without_doubted(hearing, with_listed(hearing, _with_learned(hearing, finds)))
    finds, unsettled = read_unsettled(hearing, without_past(hearing, finds))
    finds = finds or read_hinted_state(hearing)
    if is_talk(text) and not _answers_outright(hearing):
        finds = []
    finds = read_completion(hearing, finds)
    finds, set_aside = read_left_out(hearing, finds, partial(_use_told, hearing))
    withdrawn = (*read_withdrawn(hearing), *set_aside)
    left_out = {*withdrawn, *(one.name for one in unclear)}
    finds = [f for f in finds if f.name not in left_out and _fits(schema, f)]
    facts, contradicting = settle(hearing, sorted(finds, key=lambda f: (f.start, f.end)))
    if not within_if and not any(fact.hypothetical for fact in facts):
        facts += _supposed(hearing)
    introduced = utterance.owners.new_applicant_at is not None
    return FactsRead(tuple(facts), introduced, (*unclear, *contradicting, *unsettled), withdrawn)


def _by_patterns(hearing: Hearing) -> tuple[list[Find], list[Ambiguity]]:
    """What the patterns read, and the levels of which it is not clear which one is meant."""
    times = read_times(hearing)
    levels, unclear = read_levels(hearing)
    finds = [
        *read_states(hearing),
        *read_place(hearing),
        *read_since(hearing, times),
        *read_until(hearing, times),
        *read_spending(hearing),
        *read_counts(hearing),
        *levels,
        *read_usage(hearing, times),
    ]
    finds += read_use_from_the_start(hearing, finds)
    measured = read_measures(hearing)
    finds = [*(f for f in finds if not any(_overlap(f, m) for m in measured)), *measured]
    if not any(find.name == hearing.asked for find in finds):
        finds += read_asked_state(hearing, finds)
    if unclear:
        finds += read_level_named_first(hearing, finds)
    else:
        becoming = read_becoming(hearing)
        finds = [*(f for f in finds if not any(f.name == b.name for b in becoming)), *becoming]
        finds += read_applied_level(hearing, finds, levels)
        finds += read_held_level(hearing, finds)
    return [*finds, *read_bare_day(hearing, finds)], unclear


def _with_learned(hearing: Hearing, finds: list[Find]) -> list[Find]:
    """What the patterns read, with what was learned to belong elsewhere taken out and what they do not hold put in."""
    if hearing.statements is None:
        return finds
    finds = [find for find in finds if not disowned(hearing, find)]
    finds += read_valued(hearing, finds)
    heard = read_stated(hearing, finds, hearing.statements)
    stated = [find for find in heard if not _yet_to_come(hearing, find, finds)]
    return [*_undisputed(finds, stated), *stated]


def _read_apart(
    hearing: Hearing,
    text: str,
    *,
    category: str | None,
    asked: str | None = None,
    statements: StatementModel | None = None,
) -> FactsRead:
    """What a piece of the message states by itself, as if it were told."""
    return read_facts(
        text,
        as_of=hearing.as_of,
        schema=hearing.schema,
        cues=hearing.cues,
        asked=asked,
        category=category,
        statements=statements,
        within_if=True,
    )


def _use_told(hearing: Hearing, text: str) -> FactValue | None:
    """The use of services that a piece of what was told comes to."""
    cue = hearing.cues.usage
    assert cue is not None  # noqa: S101 - the caller has asked
    category = hearing.category or next(iter(cue.categories), None)
    read = _read_apart(hearing, text, category=category, asked=cue.fact)
    return next((fact.value for fact in read.facts if fact.name == cue.fact), None)


def _answers_outright(hearing: Hearing) -> bool:
    """Whether the message answers the fact asked for outright: 不用了, of services asked whether they are used; 没啥问题."""
    text = hearing.utterance.text
    cue = next((cue for cue in hearing.cues.states if cue.fact == hearing.asked), None)
    if cue is None:
        return False
    return cue.no.search(text) is not None or says_how_it_is(hearing.schema.spec(cue.fact).question, text)


def _supposed(hearing: Hearing) -> list[StatedFact]:
    """What an if comes to, read as if it were told: 要是月底前能建成呢 is 月底前建成, supposed."""
    supposing = [phrase for phrase in hearing.phrases if phrase.hypothetical]
    told = "，".join(_IF.sub("", phrase.words).strip() for phrase in supposing)
    if not supposing or not told:
        return []
    read = _read_apart(hearing, told, category=hearing.category, statements=hearing.statements)
    first, last = supposing[0], supposing[-1]
    quote = hearing.utterance.quote(first.start, last.start + len(last.words))
    return [replace(fact, quote=quote, hypothetical=True) for fact in read.facts]


def _overlap(find: Find, measured: Find) -> bool:
    """Whether a sum was read of what is the number of a named indicator."""
    same = find.start < measured.end and measured.start < find.end
    return same and isinstance(find.value, NumberRange) and find.name != measured.name


def _yet_to_come(hearing: Hearing, stated: Find, finds: list[Find]) -> bool:
    """Whether what is only learned is a yes to what a day to come makes a no: 今年底贯标通过, 现在能先报吗."""
    denied = any(f.name == stated.name and f.value is False for f in finds if f.phrase is stated.phrase)
    days = (spoken.days.lo for spoken in find_dates(stated.phrase.words, hearing.as_of, "future"))
    return stated.value is True and denied and any(lo and lo > hearing.as_of for lo in days)


def _undisputed(finds: list[Find], stated: list[Find]) -> list[Find]:
    """The finds of the patterns but for those that what was clearly stated in the same phrase contradicts."""
    clear = {(find.name, find.phrase.position): find.value for find in stated}
    return [f for f in finds if clear.get((f.name, f.phrase.position), f.value) == f.value]


def _fits(schema: FactSchema, find: Find) -> bool:
    """Whether the fact is declared, and the value of its type and inside its bounds."""
    spec = next((spec for spec in schema.facts if spec.name == find.name), None)
    if spec is None:
        return False
    if spec.type == "bool":
        return isinstance(find.value, bool)
    if spec.type == "choice":
        return find.value in spec.choices
    if spec.type == "date":
        return isinstance(find.value, DateRange)
    return isinstance(find.value, NumberRange)
