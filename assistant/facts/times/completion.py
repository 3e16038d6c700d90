"""A day on which the project will be done, held against the day of applying: 2月20号才能完工，25号报行吗.

What is done by then is no 在建 of a finished application, so it is supposed to be done; done only after the last day of
applying it is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Find, Hearing
from assistant.facts.spoken.dates import SpokenDate, find_dates
from knowledge.cues import StateCue
from knowledge.facts import DateRange

_GAP = re.compile(
    "(?:左右|之?前|当天|那天|才|就|能够?|会|可以?|要|预计|估计|计划|打算|项目|平台|工厂|正式|全部|基本|[ ]){0,5}"
)
_STILL_TO_BE = re.compile("能|会|要|预计|估计|计划|打算")
_NOT_DONE = re.compile("^(?:不|没|得[了不]|以?后|之后)")
_BARE_DAY = re.compile(
    "(?<![0-9月])(?P<day>3[01]|[12][0-9]|[1-9])[号日](?=[^，。]{0,6}(?:申?报(?!告)|提交|递交|交材料))"
)
_APPLIES = re.compile("[^，。]{0,6}?(?:申?报(?!告)|提交|递交|交材料)")
_JUST_PAST = timedelta(days=40)
_HALF_A_YEAR = timedelta(days=183)
_REACH = 2
"""Phrases behind the completion in which the day of applying is told."""


def read_completion(hearing: Hearing, finds: Sequence[Find]) -> list[Find]:
    """The finds with what a day of completion makes of an event: done by the last day of applying, or too late."""
    kept = list(finds)
    if hearing.last_day is None:
        return kept
    for phrase in hearing.phrases:
        doubtful = phrase.hypothetical or _asks(hearing, phrase)
        for cue in hearing.cues.states:
            if not (doubtful or hearing.known.get(cue.fact) is False):
                continue
            done = _done_on(hearing, cue, phrase)
            if done is None:
                continue
            spoken, start, end = done
            value = _is_in_time(hearing, phrase, spoken)
            if value is None or not hearing.is_own(phrase, start, end):
                continue
            kept = [f for f in kept if not _gives_way(f, cue.fact, phrase, start, end)]
            ahead = spoken.days.hi is not None and spoken.days.hi >= hearing.as_of
            supposed = replace(phrase, hypothetical=True) if value and ahead else phrase
            kept.append(hearing.find(cue.fact, value, supposed, start, end))
            break
    return kept


def _gives_way(find: Find, fact: str, phrase: Phrase, start: int, end: int) -> bool:
    """Whether a find says the same otherwise, or takes the day of completion for another: for one of registration."""
    if find.phrase.position != phrase.position:
        return False
    overlaps = find.start < phrase.start + end and phrase.start + start < find.end
    return find.name == fact or (overlaps and isinstance(find.value, DateRange))


def _done_on(hearing: Hearing, cue: StateCue, phrase: Phrase) -> tuple[SpokenDate, int, int] | None:
    """The day, to come or only just past, that stands right before an event of the phrase, with where they begin and end."""
    words = phrase.words
    for event in cue.events.finditer(words):
        for spoken in _to_come(words[: event.start()], hearing.as_of):
            if spoken.days.hi < hearing.as_of and _STILL_TO_BE.search(words[spoken.end : event.start()]):  # type: ignore[operator]
                continue
            if _GAP.fullmatch(words[spoken.end : event.start()]) and not _NOT_DONE.match(
                words[event.end() :]
            ):
                return spoken, spoken.start, event.end()
    return None


def _to_come(text: str, as_of: date) -> list[SpokenDate]:
    """The text's dates from a few weeks ago on; one without a year is the next, unless it has been not long ago."""
    recent = [d for d in find_dates(text, as_of) if d.days.lo and as_of - _JUST_PAST < d.days.lo < as_of]
    been = {d.start for d in recent}
    been |= {d.start for d in find_dates(text, as_of) if not d.dated and _is_nearer(d, as_of)}
    ahead = (d for d in find_dates(text, as_of, "future") if d.days.hi and d.days.hi >= as_of)
    return [*recent, *(d for d in ahead if d.start not in been or _STILL_TO_BE.search(text[d.end :]))]


def _is_nearer(past: SpokenDate, as_of: date) -> bool:
    """Whether a day without its year has been more lately than it will be again: 六月建成, said in November."""
    hi = past.days.hi
    return hi is not None and hi < as_of and (as_of - hi) < _HALF_A_YEAR


def _asks(hearing: Hearing, phrase: Phrase) -> bool:
    """Whether the sentence, or the one behind it, asks anything."""
    near = hearing.phrases[phrase.position : phrase.position + _REACH + 1]
    return any(p.asking for p in near)


def _is_in_time(hearing: Hearing, phrase: Phrase, done: SpokenDate) -> bool | None:
    last, applied = hearing.last_day, _applied_on(hearing, phrase, done)
    if last is None or done.days.lo is None or done.days.hi is None:
        return None
    until = min(last, applied) if applied else last
    if done.days.hi <= until:
        return True
    return False if done.days.lo > until else None


def _applied_on(hearing: Hearing, phrase: Phrase, done: SpokenDate) -> date | None:
    """The day of applying told behind the completion; of a bare 25号, in the month of completion."""
    for other in hearing.phrases[phrase.position : phrase.position + _REACH + 1]:
        begin = done.end if other is phrase else 0
        words = other.words[begin:]
        for spoken in find_dates(words, hearing.as_of, "future"):
            if spoken.days.exact and _APPLIES.match(words, spoken.end):
                return spoken.days.exact
        bare = _BARE_DAY.search(words)
        if bare and done.days.hi:
            try:
                return done.days.hi.replace(day=int(bare["day"]))
            except ValueError:  # 2月30号
                return None
    return None
