"""Days counted for who asks how many: 离截止还有几天, from the day of asking; 一共几天, of the time for applying."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answers.common import chinese_date
from assistant.compose.sentences import Sentence, read_sentences
from assistant.phrases import Phrases
from knowledge.models import Window
from knowledge.values import find_values

_DAYS = "(?:几|多少)(?:个?工作)?[日天]"
_LEFT = re.compile(
    rf"(?:还有|还剩|还能|还可以|剩下?|距离?|离)[^，。？?！!；;]{{0,16}}{_DAYS}|(?:距离?|离)[^，。？?！!；;]{{1,12}}(?:还有|还剩)?多[久长]|倒计时"
)
_IN_ALL = re.compile(_DAYS)
_SUMMED = re.compile(rf"(?:共|总计|合计|加起来|前后|算下来)[^，。？?！!；;]{{0,4}}{_DAYS}")


def counted_days(
    windows: Iterable[Window], told: Sequence[Sentence], question: str, as_of: date, phrases: Phrases
) -> tuple[Sentence, ...]:
    """The days that the question asks for, to the days that the answer tells; nothing where none is asked.

    None are counted to a day that has come: how the window stands then is told before the answer.
    """
    if _LEFT.search(question):
        days = dict.fromkeys(each for window in windows for each in _days(window))
        lines = [
            _left(day, clause, as_of, phrases)
            for day, clause in days
            if _is_told(told, clause, day) and as_of < day
        ]
    elif _IN_ALL.search(question):
        summed = _SUMMED.search(question)  # …28号截止，共几天, whichever of the days is told
        spans = dict.fromkeys((window.opens_on, window.closes_on, window.clause) for window in windows)
        lines = [
            _in_all(first, last, clause, phrases)
            for first, last, clause in spans
            if first and last and _is_told(told, clause, *(() if summed else (first,)), last)
        ]
    else:
        return ()
    return tuple(sentence for line in lines for sentence in line)


def _days(window: Window) -> Iterable[tuple[date, str]]:
    """When a window opens, and its last days, with the clauses that print them."""
    if window.opens_on is not None:
        yield window.opens_on, window.opens_clause or window.clause
    if window.closes_on is not None:
        yield window.closes_on, window.clause
    if window.bureau_deadline is not None:
        yield window.bureau_deadline, window.bureau_clause


def _left(day: date, clause: str, as_of: date, phrases: Phrases) -> tuple[Sentence, ...]:
    today, days = chinese_date(as_of), (day - as_of).days
    line = phrases.days["left"].format(today=today, day=_short(day), days=days, clause=clause)
    return _reckoned(line, f"{today} {days}天")


def _in_all(first: date, last: date, clause: str, phrases: Phrases) -> tuple[Sentence, ...]:
    days = (last - first).days
    line = phrases.days["in_all"].format(
        first=_short(first), last=_short(last), days=days, with_the_last=days + 1, clause=clause
    )
    return _reckoned(line, f"{days}天 {days + 1}天")


def _reckoned(line: str, derived: str) -> tuple[Sentence, ...]:
    """The line's sentences, which may say what was reckoned; the days of the notice must stand in its clause."""
    values = find_values(derived)
    return tuple(replace(sentence, derived=values) for sentence in read_sentences(line))


def _is_told(told: Sequence[Sentence], clause: str, *days: date) -> bool:
    """Whether a sentence that stands on the clause names all the days."""
    return any(clause in s.clauses and all(_short(day) in s.text for day in days) for s in told)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
