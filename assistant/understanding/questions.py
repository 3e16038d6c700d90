"""How a message is cut: the parts that ask something, what two things it joins, what it asks at last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding.categories import CategoryNames
from assistant.understanding.message import BESIDES, Message, split_questions
from assistant.understanding.numbered import before_and_parts
from assistant.understanding.speech_acts import (
    asks_for_a_phone,
    asks_something,
    asks_whether,
    speaks_of_itself,
)
from assistant.understanding.tuning import DecisionTuning

_PUT_RIGHT = re.compile("(?:^|[，,。！! ])我(?:想|要|是)*(?:问|说|讲|指)的?(?:就)?是")
"""不是标杆，我问的是平台."""
_CLAUSE_END = re.compile(r"(?:[，,;；:：]|\s(?:(?<![a-z,;:]\s)|(?![a-z])))+")
_LISTED = re.compile(r"、+")
_JOINED = re.compile(rf"以及|{BESIDES}|[和跟与及、+＋&]")
_REQUESTS = re.compile("顺便|再|也|请|麻烦|把|给|发|报|要|求|留|[^，。]{0,8}想(?:要)?打(?:个|一?下|通)?电话")
"""发个电话; not 打了三遍电话没人接."""
_ANNOUNCES = re.compile("(?:问|咨询|请教|确认|了解|问题)[^，。]{0,6}$|[几两二三四五六](?:件事|个问题)")
_SAY = "(?:请?问|说|讲|报|查|看|告诉我?)"
_BESIDES = re.compile(
    rf"(?:(?:顺便|顺带|捎带)(?:也|再|帮我)?{_SAY}?(?:一?下|声|个)?|(?:另外|还有)(?:也|再|帮我)?{_SAY}(?:一?下|声|个))[，,：: ]*"
    r"(?P<thing>[^，,。；;？?！!]{2,10})[。！!~～]*$"
)
"""…，顺便问下名额: what is only named behind is asked as well."""
_BESIDES_IN_ENGLISH = re.compile(
    r"\b(?:and|also|plus)(?: also)?(?: the| a| your)? (?P<thing>(?:phone|contact|hotline|address|website|url|deadline)[a-z ]{0,10})[.!?]*$"
)
"""platform deadline? and phone."""
_TO_BE_TOLD = re.compile(
    "(?:都|也|一起|各|分别|先|再)*(?:给我|跟我|帮我|请|麻烦你?)?(?:讲讲|说说|聊聊|介绍(?:介绍|一?下)?|[讲说列]一?下|讲解(?:一?下)?)(?:看|吧|呗|呢)*"
)
"""条件讲讲: what is to be told."""
_LONGEST_NAME = 10
"""Characters of a numbered part that may be no more than the name of what is asked."""
_SHORTEST_NAME = 2
AND_THAT = re.compile(r"呢[?？]?$")
"""那星级的呢."""
MOST_QUESTIONS = 6
LONG = 160
"""Characters beyond which a message is classified by its questions alone."""


def asked_parts(message: Message) -> list[str]:
    """The parts of a message that ask something; a list (哪天印的、文号多少) is cut where several of it ask."""
    before, parts = before_and_parts(message.plain)
    if not parts:
        return [piece for segment in message.segments for piece in _asking(segment)] + _named_besides(message)
    asking = [piece for segment in split_questions(before) for piece in _asking(segment)]
    announced = bool(_ANNOUNCES.search(before))
    for part in parts:
        # What is announced as a question asks by its name alone: 请问：1、截止日期 2、电话.
        named = [part] if announced and len(part) <= _LONGEST_NAME else []
        asking += [piece for segment in split_questions(part) for piece in _asking(segment)] or named
    return asking


def _named_besides(message: Message) -> list[str]:
    """What is asked for by its name alone, behind other questions."""
    named = _BESIDES.search(message.plain) or _BESIDES_IN_ENGLISH.search(message.plain)
    asks = named is None or asks_something(named["thing"]) or speaks_of_itself(named["thing"])
    return [] if named is None or asks else [named["thing"]]


def _asking(segment: str) -> list[str]:
    """The pieces of a sentence that ask something."""
    asking = []
    for piece in map(str.strip, _CLAUSE_END.split(segment)):
        listed = [item for item in _LISTED.split(piece) if len(item) >= 2 and _asks(item)]
        if len(listed) > 1:
            asking += listed
        elif len(piece) >= 3 and _asks(piece):
            asking.append(piece)
    return asking


def _asks(piece: str) -> bool:
    requested = _REQUESTS.match(piece) and asks_for_a_phone(piece)
    return asks_something(piece) or asks_whether(piece) or bool(requested) or _is_to_be_told(piece)


def _is_to_be_told(piece: str) -> bool:
    """Whether a piece names something that is to be told: 条件讲讲; not 我说一下情况."""
    thing = _TO_BE_TOLD.sub("", piece)
    return thing != piece and len(thing) >= _SHORTEST_NAME and not speaks_of_itself(thing)


def joined_questions(text: str, names: CategoryNames, tuning: DecisionTuning) -> list[str]:
    """The two things that a short question joins by 和, of which each may be a question of its own."""
    items = _JOINED.split(_TO_BE_TOLD.sub("", text)) if len(text) <= tuning.longest_joined else []
    return items if len(items) == 2 and not any(len(i) < 2 or names.only_names(i) for i in items) else []


def focus(message: Message, asking: Sequence[str]) -> str:
    """A long message is about what it asks at last; greetings and stories before that would drown it."""
    if len(message.plain) <= LONG:
        return message.plain
    return "，".join(asking[-MOST_QUESTIONS:])[-LONG:] or message.segments[-1][-LONG:]


def first_part(message: Message) -> str:
    """The message up to its first comma or the end of its first sentence."""
    return _CLAUSE_END.split(message.segments[0])[0]


def repeats(message: Message, names: CategoryNames) -> bool:
    """Whether the last question is asked again of another category: 那星级的呢, 打不通 那星级的呢."""
    first = first_part(message)
    behind = message.plain[len(first) :]
    if names.repeats(message.plain, first) and (names.only_names(behind) or not asks_something(behind)):
        return True  # 那上云呢，还来得及吗 asks something else of it
    last = max(message.plain.rfind("那"), *(match.end() for match in _CLAUSE_END.finditer(message.plain)), 0)
    before, behind = message.plain[:last], message.plain[last:]
    goes_on = AND_THAT.search(behind) or _PUT_RIGHT.search(message.plain)
    return bool(before and goes_on) and not asks_something(before) and names.only_names(behind)
