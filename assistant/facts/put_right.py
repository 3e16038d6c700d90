"""Whether a message gives another value in place of the one told just before: 用了半年, and then 哦，是四个月."""

from __future__ import annotations

import re
from datetime import date

from assistant.facts.message.utterance import Utterance
from assistant.facts.spoken.dates import find_dates
from assistant.facts.spoken.durations import find_durations

_NO_IT_IS = re.compile(
    "(?:[哦噢喔啊呃额唉哎嗐]{1,3}呀?|不好意思|对不起|抱歉|等等|等下|慢着|不是?)[，, 。~～]{0,3}(?:应该|其实|好像)?是(?!不是|否)"
)


def puts_right(said: Utterance, told: str, as_of: date) -> bool:
    """Whether a length or a day is said in place of the one that was told in these words."""
    if not _NO_IT_IS.match(said.text) and not any(phrase.correction for phrase in said.phrases):
        return False
    if find_dates(said.text, as_of):
        return bool(find_dates(told, as_of)) and not find_durations(said.text)
    return len(find_durations(said.text)) == 1 and bool(find_durations(told))
