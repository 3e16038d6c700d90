"""Yes-or-no facts: a topic (审计报告) with the yes or no around it, or a phrase that says it outright (财务规范).

「审计报告有，发票没有」, 「没有审计报告和发票」, 「除了审计报告都有」: markers stand before their topics or behind them, and
one marker may serve a list of topics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.facts.dates import find_dates
from assistant.facts.polarity import Marker, Polarity, find_markers, read_answer
from assistant.facts.reading import Find, Hearing
from assistant.facts.utterance import Phrase
from knowledge.cues import NEVER, StateCue

_PREFIX_REACH, _SUFFIX_REACH, _EVENT_REACH = 12, 16, 7
_NEGATED = re.compile(
    "(?:这个|所谓的?|上述|里面的|说的|不是|不算|不属于|并非|没有?|未|不|非|无|不太|没什么|谈不上|不怎么|不够)$"
)
_NOT_YET = re.compile("^(?:了?(?:之|以)?[后前](?!期)|才|再|时(?!间)|的话|与否)")
_ALL_OTHERS = re.compile("(?:其他|其它|别的|其余|剩下|另外)?[^，。]{0,4}(?:都|全|均|样样|一应)")
_WITHDRAWN = re.compile(
    "(?:先|暂时|这次|那就)?(?:不算数|不作数|别算|先不算|不要算|不算(?:了|吧)|撤回|收回|作废|忽略|划掉|先不(?:管|提|考虑|说)|当我没说|不用管|暂不考虑)"
)
_FOR_ALL = re.compile(
    "(?:我们|目前|现在|这些|基本)*(?:都|全|均|样样|一个不|一样不|也都|没有?$|有$|齐|已经|还没)"
)
_ANY_FIRM = re.compile("了?的(?:企业|公司|单位)")
_TAKEN_BACK = {Polarity.NO: False, Polarity.YES: True, Polarity.ONLY: True}


@dataclass(frozen=True, slots=True)
class _Topic:
    start: int
    end: int
    cue: StateCue
    event: bool


def read_states(hearing: Hearing) -> list[Find]:
    """All yes-or-no facts of the message."""
    finds: list[Find] = []
    waiting: list[tuple[_Topic, Phrase]] = []
    for phrase in hearing.phrases:
        if waiting and waiting[-1][1].sentence != phrase.sentence:
            waiting = []
        outright = list(_outright(hearing, phrase))
        finds += outright
        topics = [t for t in _topics(hearing, phrase) if not _covered(t, phrase, outright)]
        markers = find_markers(phrase.text, [(t.start, t.end) for t in topics])
        if not topics:
            if (
                waiting
                and markers
                and not phrase.asking
                and _FOR_ALL.match(phrase.text)
                and len(phrase.text) <= 12
            ):
                finds += _served(hearing, waiting, markers[0])
                waiting = []
            continue
        for topic in topics:
            said = _said(hearing, phrase, topic, topics, markers)
            if said is not None:
                finds.append(hearing.find(topic.cue.fact, said[0], phrase, *said[1:]))
            elif not markers and not phrase.asking:
                waiting.append((topic, phrase))
        finds += _all_but(hearing, phrase, topics, waiting)
    return finds


def read_withdrawn(hearing: Hearing) -> tuple[str, ...]:
    """Facts taken back: 贯标那个先不算."""
    names: list[str] = []
    for phrase in hearing.phrases:
        words = phrase.text + phrase.asking
        if _WITHDRAWN.search(words):
            whole = Phrase(phrase.start, words, "", phrase.sentence, phrase.hypothetical, phrase.correction)
            names += [t.cue.fact for t in _topics(hearing, whole)]
    return tuple(dict.fromkeys(names))


def read_asked_state(hearing: Hearing) -> list[Find]:
    """A yes or no without a topic, as the answer to the fact asked for last."""
    cue = next((c for c in hearing.cues.states if c.fact == hearing.asked), None)
    asked = hearing.asked
    if asked is None or not hearing.phrases or hearing.schema.spec(asked).type != "bool":
        return []
    first = hearing.phrases[0]
    said = first.text + first.asking
    answer = read_answer(hearing.utterance.text)
    if answer is None and len(said) <= 14 and not first.asking and first.text:
        markers = find_markers(first.text)
        if markers and not any(_topics(hearing, first)):
            pending = cue is None or cue.pending
            states = {Polarity.YES: True, Polarity.NO: False, Polarity.PENDING: False if pending else None}
            answers = {states.get(marker.polarity) for marker in markers}
            answer = answers.pop() if len(answers) == 1 else None
    return [] if answer is None else [hearing.find(asked, answer, first, 0, len(said))]


def _topics(hearing: Hearing, phrase: Phrase) -> list[_Topic]:
    """Topics of the phrase that are the applicant's, in order; where two overlap, the longer."""
    found = []
    for cue in hearing.cues.states:
        for event, words in ((False, cue.topics), (True, cue.events)):
            found += [_Topic(m.start(), m.end(), cue, event) for m in words.finditer(phrase.text)]
    found.sort(key=lambda t: (t.start, -t.end))
    topics: list[_Topic] = []
    for topic in found:
        if topics and topic.start < topics[-1].end:
            continue
        if hearing.is_own(phrase, topic.start, topic.end) and _in_context(hearing, topic.cue, phrase):
            topics.append(topic)
    return topics


def _in_context(hearing: Hearing, cue: StateCue, phrase: Phrase) -> bool:
    if cue.context is NEVER or hearing.asked == cue.fact or hearing.asked in cue.context_facts:
        return True
    return hearing.category in cue.categories or bool(cue.context.search(hearing.utterance.text))


def _outright(hearing: Hearing, phrase: Phrase) -> Iterator[Find]:
    """Phrases that say yes or no by themselves; not where they are negated once more, or doubted."""
    hits = []
    for cue in hearing.cues.states:
        for value, words in ((True, cue.yes), (False, cue.no)):
            hits += [(m.start(), -m.end(), value, cue) for m in words.finditer(phrase.text)]
    doubts = [m for m in find_markers(phrase.text) if m.polarity is Polarity.UNSURE] if hits else []
    reached = 0
    for start, negative_end, value, cue in sorted(hits, key=lambda hit: hit[:3]):
        if start < reached or any(not start <= d.start < -negative_end for d in doubts):
            continue
        reached = -negative_end
        negated = _NEGATED.search(phrase.text[max(0, start - 4) : start])
        if not negated and hearing.is_own(phrase, start, reached) and _in_context(hearing, cue, phrase):
            yield hearing.find(cue.fact, value, phrase, start, reached)


def _covered(topic: _Topic, phrase: Phrase, finds: list[Find]) -> bool:
    start, end = topic.start + phrase.start, topic.end + phrase.start
    return any(f.start < end and f.end > start for f in finds)


def _said(
    hearing: Hearing, phrase: Phrase, topic: _Topic, topics: list[_Topic], markers: list[Marker]
) -> tuple[bool, int, int] | None:
    """What is said of the topic, and from where to where; None for nothing."""
    if _speaks_of_validity(hearing, phrase, topic):
        return None
    if topic.event and (_NOT_YET.match(phrase.text[topic.end :]) or _any_year(hearing, phrase, topic)):
        return None
    marker = _before(topic, markers) if topic.event else _marker(topic, topics, markers, phrase.text)
    if any(m.polarity in {Polarity.UNSURE, Polarity.ASK} for m in markers):
        return None
    dated = _by_date(hearing, phrase, topic)
    if marker is None:
        if topic.event and dated is None and not _aside(phrase.text, topic):
            return True, topic.start, topic.end
        return None if dated is None else (dated, 0, len(phrase.text))
    start, end = min(marker.start, topic.start), max(marker.end, topic.end)
    if marker.polarity is Polarity.YES and phrase.asking and re.match(_ANY_FIRM, phrase.text[end:]):
        return None  # 通过贯标的企业有多少
    if marker.polarity is Polarity.PENDING:
        return (False, start, end) if topic.cue.pending else None
    value = _TAKEN_BACK.get(marker.polarity)
    if value and dated is False:
        value = False
    return None if value is None or _aside(phrase.text, topic) else (value, start, end)


def _speaks_of_validity(hearing: Hearing, phrase: Phrase, topic: _Topic) -> bool:
    """贯标证书明年到期 tells until when, not whether the certificate is there."""
    until = hearing.cues.until
    if until is None or topic.cue.fact != until.issued_fact:
        return False
    patterns = (until.words, until.still_valid, until.expired)
    return any(words.search(phrase.text) for words in patterns)


def _any_year(hearing: Hearing, phrase: Phrase, topic: _Topic) -> bool:
    """三月底竣工 may be past or still to come."""
    undated = [d for d in find_dates(phrase.text, hearing.as_of) if not d.dated and d.end <= topic.start]
    return bool(undated) and not re.match("了|的|过", phrase.text[topic.end :])


def _before(topic: _Topic, markers: list[Marker]) -> Marker | None:
    """The marker right before an event: 还没 建成, 预计 投产."""
    near = [m for m in markers if m.end <= topic.start and topic.start - m.end <= _EVENT_REACH]
    return near[-1] if near else None


def _marker(topic: _Topic, topics: list[_Topic], markers: list[Marker], text: str) -> Marker | None:
    """The marker that speaks of the topic: an immediate neighbour, else the one that serves its list."""
    if not markers:
        return None
    behind_first = topics[0].start < markers[0].start
    left = max((m for m in markers if m.end <= topic.start), key=lambda m: m.end, default=None)
    right = min((m for m in markers if m.start >= topic.end), key=lambda m: m.start, default=None)
    left_near = left and not any(left.end <= t.start < topic.start for t in topics)
    right_near = right and not any(topic.end <= t.start < right.start for t in topics)
    if left and topic.start - left.end > _PREFIX_REACH and left_near:
        left, left_near = None, False
    if right and right.start - topic.end > _SUFFIX_REACH and right_near:
        right, right_near = None, False
    if left_near and right_near and left and right:
        if right.polarity is Polarity.NO and left.polarity is Polarity.YES and right.start - topic.end <= 2:
            if not any(t.start >= right.end for t in topics):
                return right  # 有三百万发票不认
        apart = [
            bool(re.search("[、 ]", gap))
            for gap in (text[left.end : topic.start], text[topic.end : right.start])
        ]
        if apart[0] != apart[1]:
            return right if apart[0] else left  # 平台在建、贯标有
    if (
        left
        and left_near
        and left.polarity is Polarity.ONLY
        and right
        and right_near
        and right.polarity is Polarity.NO
    ):
        return right if not any(t.start >= right.end for t in topics) else left
    if behind_first and left and left_near and any(t.end <= left.start for t in topics) and not right_near:
        return (
            None if not _fresh(left, topic, text) else left
        )  # that marker already served the topic before it
    for marker, near in (
        ((right, right_near), (left, left_near)) if behind_first else ((left, left_near), (right, right_near))
    ):
        if marker and near:
            return marker
    return (right or left) if behind_first else (left or right)


def _fresh(marker: Marker, topic: _Topic, text: str) -> bool:
    """A marker between two topics that touches the second: 审计报告，没有发票 run together."""
    return marker.end == topic.start and bool(re.search("[ 也还、]$", text[: marker.start]))


def _by_date(hearing: Hearing, phrase: Phrase, topic: _Topic) -> bool | None:
    """A topic with a date: done when it lies in the past, not yet when in the future."""
    until = hearing.cues.until
    if until and (until.words.search(phrase.text) or until.validity.search(phrase.text)):
        return None
    dates = [d for d in find_dates(phrase.text, hearing.as_of) if d.dated and abs(d.start - topic.end) <= 12]
    for spoken in dates:
        lo, hi = spoken.days.lo, spoken.days.hi
        if hi is not None and hi <= hearing.as_of:
            return True
        if lo is not None and lo > hearing.as_of:
            return False
    return None


def _aside(text: str, topic: _Topic) -> bool:
    return bool(re.search("除(?:了|去|开)?[^，。]{0,6}$", text[: topic.start]))


def _all_but(
    hearing: Hearing, phrase: Phrase, topics: list[_Topic], waiting: list[tuple[_Topic, Phrase]]
) -> Iterator[Find]:
    """除了审计报告都有: what is set aside is the contrary of the rest."""
    for topic in topics:
        if not _aside(phrase.text, topic):
            continue
        after = hearing.utterance.text[phrase.start + topic.end : phrase.start + topic.end + 16]
        rest = _ALL_OTHERS.search(re.split("[。！？!?；;]", after)[0])
        if rest is None:
            continue
        markers = find_markers(after[rest.end() - 1 :])
        value = _TAKEN_BACK.get(markers[0].polarity) if markers else True
        if value is not None:
            yield hearing.find(topic.cue.fact, not value, phrase, 0, len(phrase.text))
            for other, where in waiting:
                if other.cue.fact != topic.cue.fact:
                    yield hearing.find(other.cue.fact, value, where, other.start, other.end)


def _served(hearing: Hearing, waiting: list[tuple[_Topic, Phrase]], marker: Marker) -> Iterator[Find]:
    """审计报告、发票、证书，都有: the marker of the next phrase serves the topics that wait for one."""
    value = _TAKEN_BACK.get(marker.polarity)
    for topic, phrase in waiting:
        if value is not None:
            yield hearing.find(topic.cue.fact, value, phrase, topic.start, topic.end)
