"""What the days beside a topic make of it: 2019年贯标的 is done, 明年贯标 is not yet, 三月底竣工 may be either."""

from __future__ import annotations

import re
from datetime import timedelta

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing
from assistant.facts.spoken.dates import SpokenDate
from assistant.facts.states.topics import Topic

_UNTIL_A_DAY = re.compile(
    "[到至](?=[0-9一二三四五六七八九十两今明后下])(?![0-9一二三四五六七八九十两]+个?月?[了就])"
)
_SOON = timedelta(days=45)


def done_by_day(
    hearing: Hearing, phrase: Phrase, topic: Topic, dates: list[SpokenDate], judged: bool
) -> bool | None:
    """A topic with a date: done when it lies in the past, not yet when in the future.

    Where nothing else judges the topic, the date must stand right beside it (2019年贯标的).
    """
    until = hearing.cues.until
    if until and hearing.asked == until.fact:
        return None  # 贯标的是2025年2月, of who was asked until when
    if until and (until.words.search(phrase.text) or until.validity.search(phrase.text)):
        return None
    for spoken in dates:
        lo, hi = spoken.days.lo, spoken.days.hi
        gap = topic.start - spoken.end if spoken.start < topic.start else spoken.start - topic.end
        until_then = re.search("[到至]$", phrase.text[: spoken.start])
        if not spoken.dated or until_then or gap > (12 if judged else 3):
            continue
        if hi is not None and hi <= hearing.as_of:
            return True
        if lo is not None and lo > hearing.as_of:
            # 要是月底前能建成: what comes within the weeks of applying is supposed to be there; 明年 comes too late.
            return phrase.hypothetical and lo <= hearing.as_of + _SOON
    return None


def is_of_any_year(topic: Topic, dates: list[SpokenDate], after: str) -> bool:
    """三月底竣工 may be past or still to come."""
    undated = any(not d.dated and d.end <= topic.start for d in dates)
    return undated and not re.match("了|的|过", after)


def speaks_of_validity(hearing: Hearing, phrase: Phrase, topic: Topic) -> bool:
    """贯标证书明年到期 tells until when, not whether the certificate is there."""
    until = hearing.cues.until
    if until is None or topic.cue.fact != until.issued_fact:
        return False
    begin = phrase.text.rfind("、", 0, topic.start) + 1  # 证书已拿到、有效期至2023年4月1日 tells both
    end = phrase.text.find("、", topic.end)
    piece = phrase.text[begin : end if end >= 0 else len(phrase.text)]
    patterns = (until.words, until.still_valid, until.expired)
    return any(words.search(piece) for words in patterns) or bool(_UNTIL_A_DAY.search(piece))
