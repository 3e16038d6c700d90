"""Lists of what is wanted, most of it only named: 来电：标杆，问网址+截止日; 一问截止二问电话."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.understanding.candidates import Part
from assistant.understanding.categories import CategoryNames
from assistant.understanding.intent import Candidate
from assistant.understanding.message import BESIDES
from assistant.understanding.speech_acts import asks_something
from assistant.understanding.tuning import DecisionTuning
from knowledge.models import Route

Classify = Callable[[Sequence[str]], list[tuple[Candidate, ...]]]
ANSWERED: tuple[Route, ...] = ("lookup", "contact", "unresolved")
_SAID: tuple[Route, ...] = ("lookup", "contact")
MOST_THINGS = 6
_LONGEST_THING = 6
"""Characters of what may be the name of what is wanted: 网址, 截止日."""
_LIST_END = re.compile(
    rf"[，,;；。！!?？\n、+＋&/]+|以及|{BESIDES}|(?<!融)和(?=[^和]{{2,8}}$)|(?<![一二三四五六])[一二三四五六](?:问|是(?!否))"
    r"|(?<=电话|号码|地址|网址|邮编|邮箱)(?=电话|号码|地址|网址|邮编|邮箱)"
)
_BEFORE_A_THING = re.compile(
    r"^(?:(?:请|麻烦|我|们|就|只|想|要)*(?:问|确认|了解|知道|查|告诉我|发我)(?:一?下)?(?!题))|(?:都|全|一起|一并|也)?[给发]我(?:一下|看看)?$|各自|分别|的"
)
_INTRODUCED = re.compile(r"^[^:：]{1,8}[:：]")
"""来电：…, 三个问题：…"""
_TELLS = re.compile("[不没未了我咱已在是搞弄去到把被给让有]|今天|昨天|明天")
"""What is only named holds none of these; 今天交不完 tells."""


def things_wanted(plain: str, names: CategoryNames) -> list[str]:
    """The pieces of a message that ask something or may name a thing that is wanted, in its order."""
    pieces = map(str.strip, _LIST_END.split(_INTRODUCED.sub("", plain)))
    return [piece for piece in pieces if _asks(piece) or _names_a_thing(piece, names)]


def _names_a_thing(piece: str, names: CategoryNames) -> bool:
    """Whether a piece is no more than a name, a category's and small words aside: 标杆工厂的申报条件, 想确认截止日期."""
    thing = _BEFORE_A_THING.sub("", names.without_names(piece).strip())
    return 2 <= len(thing) <= _LONGEST_THING and not names.only_names(piece) and not _TELLS.search(thing)


def _asks(piece: str) -> bool:
    return len(piece) >= 3 and asks_something(piece)


def listed_readings(
    things: Sequence[str],
    read: Mapping[str, tuple[Candidate, ...]],
    classify: Classify,
    tuning: DecisionTuning,
) -> tuple[Part, ...]:
    """A list's items as they are read: what asks, and short names that surely are something to be answered."""
    named_only = sum(not _asks(thing) for thing in things)
    # One name beside one question is mostly its subject: 标杆的专项审计，找哪家事务所.
    if not named_only or not 2 + (named_only == 1) <= len(things) <= MOST_THINGS:
        return ()
    unread = [thing for thing in things if thing not in read]
    found = dict(read) | dict(zip(unread, classify(unread), strict=True))
    sure = [Part(thing, found[thing]) for thing in things if _is_wanted(thing, found[thing][0], tuning)]
    return tuple(sure) if len({part.read[0].topic.id for part in sure}) > 1 else ()


def _is_wanted(thing: str, first: Candidate, tuning: DecisionTuning) -> bool:
    if _asks(thing):
        return first.probability >= tuning.second_topic and first.topic.route in ANSWERED
    return first.probability >= tuning.joined and first.topic.route in _SAID
