"""Topics of yes-or-no facts in a phrase, and which of its markers speaks of which topic.

Markers stand before their topics (没有审计报告和发票) or behind them (审计报告有，发票没有), and one may serve a list.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from assistant.facts.message.mood import OWN
from assistant.facts.message.polarity import Marker, Polarity
from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing
from knowledge.cue_words import NEVER
from knowledge.cues import StateCue

_PREFIX_REACH, _SUFFIX_REACH, _EVENT_REACH = 12, 16, 7

_DONE_BEHIND = re.compile("[了过](?:但是?|可是?|就是|只是|不过|而)?[那这]?个?")
_DONE_VERB = re.compile("了(?=$|[，,。、 ]|肯定|应该|当然|自然|总|也|都|早)(?![^，。]{0,4}[没未不])")
_TAKES_OBJECT = re.compile("(?:取得|拿到|获得|领到|出具)了?$")


@dataclass(frozen=True, slots=True)
class Topic:
    """A fact named from `start` to `end` of a phrase; an event says yes by itself (建成)."""

    start: int
    end: int
    cue: StateCue
    event: bool


def find_topics(
    hearing: Hearing, phrase: Phrase, words: str | None = None, anybody: bool = False
) -> list[Topic]:
    """Topics that are the applicant's (or `anybody`'s), in order; of two that overlap the earlier, then longer."""
    text = phrase.text if words is None else words
    found = []
    for cue in hearing.cues.states:
        for event, names in ((False, cue.topics), (True, cue.events)):
            found += [Topic(m.start(), m.end(), cue, event) for m in names.finditer(text)]
    found.sort(key=lambda t: (t.start, -t.end))
    topics: list[Topic] = []
    for topic in found:
        if topics and topic.start < topics[-1].end:
            continue
        own = anybody or hearing.is_own(phrase, topic.start, topic.end)
        if own and in_context(hearing, topic.cue):
            topics.append(topic)
    return topics


def in_context(hearing: Hearing, cue: StateCue) -> bool:
    """Whether the message is about what the cue's words mean (证 is many things)."""
    if cue.context is NEVER or hearing.asked == cue.fact or hearing.asked in cue.context_facts:
        return True
    return hearing.category in cue.categories or hearing.mentions(cue.context)


def speaking_marker(topics: list[Topic], position: int, markers: list[Marker], text: str) -> Marker | None:
    """The marker that speaks of the topic at this position: an immediate neighbour, else one that serves a list."""
    topic = topics[position]
    at = bisect_right(markers, topic.start, key=lambda m: m.end)
    left = markers[at - 1] if at else None
    after = bisect_left(markers, topic.end, key=lambda m: m.start)
    right = markers[after] if after < len(markers) else None
    if (
        right
        and position + 1 < len(topics)
        and topics[position + 1].event
        and topics[position + 1].start == right.end
    ):
        right = None  # 贯标没下证 denies the certificate
    if topic.event:
        return left if left and topic.start - left.end <= _EVENT_REACH else None
    verb_of_ours = OWN.search(text[: topic.start]) and _DONE_VERB.match(text, topic.end)
    if verb_of_ours and not any(left.end == topic.start for left in markers):
        return Marker(topic.end, topic.end + 1, Polarity.YES)  # 我们贯标了肯定行吧
    if not markers:
        return None
    following = topics[position + 1].start if position + 1 < len(topics) else topic.end
    if _DONE_BEHIND.fullmatch(text[topic.end : following]) and not (left and left.end == topic.start):
        return Marker(topic.end, topic.end + 1, Polarity.YES)  # 贯标了证还没下
    behind_first = topics[0].start < markers[0].start
    left_near = left is not None and (position == 0 or topics[position - 1].start < left.end)
    right_near = right is not None and (
        position + 1 == len(topics) or topics[position + 1].start >= right.start
    )
    if left and left_near:
        gap = text[left.end : topic.start]
        if len(gap) > _PREFIX_REACH or re.search("那|这个|所谓", gap):
            left, left_near = None, False
    if right and right_near and right.start - topic.end > _SUFFIX_REACH:
        right, right_near = None, False
    if left and left_near and right and right_near:
        served_later = topics[-1].start >= right.end
        return _of_two(topic, left, right, text, behind_first, served_later)
    if behind_first and left and left_near and position and not right_near:
        # That marker has served the topic before it already, unless it is this one's own verb.
        own_verb = _TAKES_OBJECT.search(text[left.start : left.end]) or re.search(
            "[ 也还、]$", text[: left.start]
        )
        return left if left.end == topic.start and own_verb else None
    if right and right_near:
        return right
    if left and left_near:
        return left
    return (right or left) if behind_first else (left or right)


def _of_two(
    topic: Topic, left: Marker, right: Marker, text: str, behind_first: bool, served_later: bool
) -> Marker:
    """A marker on either side: the one not set apart by a pause, else the side on which this phrase puts them."""
    touching = left.polarity is Polarity.YES and right.start - topic.end <= 2
    if right.polarity is Polarity.NO and not served_later and (touching or left.polarity is Polarity.ONLY):
        return right  # 只有贯标没做; 有三百万发票不认
    apart = [
        bool(re.search("[、 ]", gap)) for gap in (text[left.end : topic.start], text[topic.end : right.start])
    ]
    if apart[0] != apart[1]:
        return right if apart[0] else left  # 平台在建、贯标有
    return right if behind_first else left
