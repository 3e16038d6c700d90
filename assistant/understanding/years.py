"""Which year a message means by 今年, where it is asked in another year than the notice's."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.message import Message, asks_something, speaks_of_itself, split_questions

_THIS_YEAR = re.compile("今年度?|本年度?")


def with_this_year_named(message: Message, today: int, year: int) -> Message:
    """The message with the year written out that it calls this one, where that is not the notice's.

    今年什么时候报, asked in 2026, asks of another notice; 我们今年满三年 tells.
    """
    if today == year or speaks_of_itself(message.plain) or not asks_something(message.plain):
        return message
    plain = _THIS_YEAR.sub(f"{today}年", message.plain)
    if plain == message.plain:
        return message
    return replace(message, plain=plain, segments=split_questions(plain))
