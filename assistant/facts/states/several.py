"""One yes or no for several topics: 审计报告、发票、证书，都有; 除了审计报告都有; 三样里面缺发票."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.facts.message.polarity import VALUES, Marker, find_markers
from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Find, Hearing
from assistant.facts.states.topics import Topic

_OF_A_LIST = re.compile(
    "(?:[0-9一二两三四五六七八九几]|这些?|那些?|以上|上述)(?:样|项|个|份|种|者)?(?:东西|材料|条件)?(?:里面?|里头|之?中|当中)"
)
"""审计报告、发票、贯标，三样里面缺发票: what is said behind is said of the one named there."""
_ALL_OTHERS = re.compile("(?:其他|其它|别的|其余|剩下|另外)?[^，。]{0,4}(?:都|全|均|样样|一应)")
_FOR_ALL = re.compile(
    "(?:我们|目前|现在|这些|基本)*(?:都|全|均|样样|一个不|一样不|也都|没有?$|有$|齐|已经|还没(?:有)?(?:$|下|发|拿|到|做|出))"
)


def is_for_all(phrase: Phrase) -> bool:
    """Whether the phrase says its yes or no of all that was named before it."""
    return _FOR_ALL.match(phrase.text) is not None


def served(hearing: Hearing, waiting: list[tuple[Topic, Phrase]], marker: Marker) -> Iterator[Find]:
    """审计报告、发票、证书，都有: the marker of the next phrase serves the topics that wait for one."""
    value = VALUES.get(marker.polarity)
    for topic, phrase in waiting:
        if value is not None:
            yield hearing.find(topic.cue.fact, value, phrase, topic.start, topic.end)


def named_of_a_list(phrase: Phrase, topics: list[Topic]) -> list[Topic]:
    """The topics, but where one is named out of a list before it, those behind the list alone."""
    listed = _OF_A_LIST.search(phrase.text)
    behind = [t for t in topics if t.start >= listed.end()] if listed else []
    return behind or topics


def is_aside(text: str, topic: Topic) -> bool:
    """Whether the topic is what all others are told beside: 除了审计报告都有."""
    return bool(re.search("除(?:了|去|开)?[^，。]{0,6}$", text[: topic.start]))


def all_but(
    hearing: Hearing, phrase: Phrase, topics: list[Topic], waiting: list[tuple[Topic, Phrase]]
) -> Iterator[Find]:
    """除了审计报告都有: what is set aside is the contrary of the rest."""
    for topic in topics:
        if not is_aside(phrase.text, topic):
            continue
        after = hearing.utterance.text[phrase.start + topic.end : phrase.start + topic.end + 16]
        rest = _ALL_OTHERS.search(re.split("[。！？!?；;]", after)[0])
        if rest is None:
            continue
        markers = find_markers(after[rest.end() - 1 :])
        value = VALUES.get(markers[0].polarity) if markers else True
        if value is not None:
            yield hearing.find(topic.cue.fact, not value, phrase, 0, len(phrase.text))
            for other, where in waiting:
                if other.cue.fact != topic.cue.fact:
                    yield hearing.find(other.cue.fact, value, where, other.start, other.end)
