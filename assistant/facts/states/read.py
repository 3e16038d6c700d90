"""Yes-or-no facts: a topic (审计报告) with the yes or no around it, or a phrase that says it outright (财务规范).

「审计报告有，发票没有」, 「没有审计报告和发票」, 「除了审计报告都有」: which marker speaks of which topic is told in
`assistant.facts.states.topics`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.facts.message.mood import OWN
from assistant.facts.message.polarity import (
    VALUES,
    Marker,
    Polarity,
    denies_a_no,
    find_markers,
    without_seeming_noes,
)
from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Find, Hearing
from assistant.facts.spoken.dates import SpokenDate, find_dates
from assistant.facts.states.by_day import done_by_day, is_of_any_year, speaks_of_validity
from assistant.facts.states.carried import read_contrasted, read_failed, read_made_good, read_self_answered
from assistant.facts.states.several import all_but, is_aside, is_for_all, named_of_a_list, served
from assistant.facts.states.topics import Topic, find_topics, in_context, speaking_marker
from assistant.facts.states.will_do import WILL_IT_DO, asks_if_it_will_do

_NEGATED = re.compile(
    "(?:这个|所谓的?|上述|里面的|说的|不是|不算|不属于|并非|没有?|未|不|非|无|不太|没什么|谈不上|不怎么|不够)$"
)
_NOT_YET = re.compile(
    "^(?:了?(?:之|以)?[后前](?!期)|才|再|时(?!间)|的话|与否|[ ]?(?:证明|时间|判定|界定|认定|与|标准|报告|日期))"
)
_WHETHER_IT_COUNTS = re.compile(
    "(?:算|视为|叫|才算|就算|等于|还是|定义为|所谓|就是)[^，。]{0,2}$|(?:按照?|当作?|当成)(?:已经?)?$"
)
_ANY_FIRM = re.compile("了?的(?:企业|公司|单位)")
_POLITE = re.compile("不(?:知道?|清楚|晓得)")
_HANDED_OUT = re.compile("(?:已经?|都|也|早就?)*(?:下?发|下来|拿到|领到|到手)")
_IS_IT_NEEDED = re.compile("(?:也|都|是不是|是否)*(?:要|需要|必须|必需|要求)[吗么不嘛?？]")
"""独立法人要吗: what is asked for, and not what the asker is."""
_LOST = re.compile("丢|遗失|找不")
"""证书丢了: what is lost has been handed out, whether or not it can be shown."""
_STILL_TO_COME = re.compile("下个?(?:月|周|星期|礼拜)|马上|即将|快|预计|争取|很快|月底|回头")


def read_states(hearing: Hearing) -> list[Find]:
    """All yes-or-no facts of the message."""
    finds: list[Find] = []
    waiting: list[tuple[Topic, Phrase]] = []
    for phrase in hearing.phrases:
        if waiting and waiting[-1][1].sentence != phrase.sentence:
            waiting = []
        finds += read_self_answered(hearing, phrase)
        outright = list(_outright(hearing, phrase))
        finds += outright
        topics = [t for t in find_topics(hearing, phrase) if not _covered(t, phrase, outright)]
        topics = named_of_a_list(phrase, topics)
        markers = find_markers(phrase.text, [(t.start, t.end) for t in topics])
        if not topics:
            if waiting and markers and not phrase.asking and is_for_all(phrase):
                finds += served(hearing, waiting, markers[0])
                waiting = []
            elif failed := read_failed(hearing, phrase):
                finds = [
                    f for f in finds if f.name != failed.name or f.phrase.position + 1 != phrase.position
                ]
                finds.append(failed)
            else:
                finds += read_contrasted(hearing, phrase, markers)
                finds += read_made_good(hearing, phrase, markers)
            continue
        markers = [m for m in markers if not (phrase.asking and _POLITE.match(phrase.text, m.start))]
        doubted = any(m.polarity in {Polarity.UNSURE, Polarity.ASK} for m in markers)
        dates = find_dates(phrase.text, hearing.as_of)
        for position, topic in enumerate(topics):
            marker = speaking_marker(topics, position, markers, phrase.text)
            said = None if doubted else _said(hearing, phrase, topic, marker, dates)
            if said is not None:
                finds.append(hearing.find(topic.cue.fact, said[0], phrase, *said[1:]))
            elif not markers and not phrase.asking:
                waiting.append((topic, phrase))
        finds += all_but(hearing, phrase, topics, waiting)
    return finds


def _outright(hearing: Hearing, phrase: Phrase) -> Iterator[Find]:
    """Phrases that say yes or no by themselves; not where they are negated once more, or doubted."""
    hits = []
    text = without_seeming_noes(phrase.text, hearing.cues.gazetteer.names)
    if _IS_IT_NEEDED.match(phrase.asking) and not OWN.search(phrase.text):
        return
    for cue in hearing.cues.states:
        for value, words in ((True, cue.yes), (False, cue.no)):
            hits += [(m.start(), -m.end(), value, cue) for m in words.finditer(text)]
    doubts = [m for m in find_markers(phrase.text) if m.polarity is Polarity.UNSURE] if hits else []
    if denies_a_no(text):  # 我们没被认定过是假的
        hits = [hit for hit in hits if hit[2]]
    reached: dict[str, int] = {}
    for start, negative_end, value, cue in sorted(hits, key=lambda hit: hit[:3]):
        if start < reached.get(cue.fact, 0) or any(not start <= d.start < -negative_end for d in doubts):
            continue
        reached[cue.fact] = end = -negative_end
        denied = _NEGATED.search(phrase.text[max(0, start - 4) : start])
        if not denied and hearing.is_own(phrase, start, end) and in_context(hearing, cue):
            yield hearing.find(cue.fact, value, phrase, start, end)


def _covered(topic: Topic, phrase: Phrase, finds: list[Find]) -> bool:
    start, end = topic.start + phrase.start, topic.end + phrase.start
    return any(f.start < end and f.end > start for f in finds)


def _said(
    hearing: Hearing, phrase: Phrase, topic: Topic, marker: Marker | None, dates: list[SpokenDate]
) -> tuple[bool, int, int] | None:
    """What is said of the topic, and from where to where; None for nothing."""
    before, after = phrase.text[: topic.start], phrase.text[topic.end :]
    if is_aside(phrase.text, topic) or (
        speaks_of_validity(hearing, phrase, topic) and not _HANDED_OUT.match(after)
    ):
        return None
    if topic.event and (_NOT_YET.match(after) or _WHETHER_IT_COUNTS.search(before)):
        return None
    if marker is not None and marker.polarity is Polarity.PENDING:
        if phrase.hypothetical and _STILL_TO_COME.match(phrase.text, marker.start):
            return (True, *_span(marker, topic))  # 如果下个月通过贯标呢
        return (False, *_span(marker, topic)) if topic.cue.pending else None
    if marker is not None and VALUES.get(marker.polarity) and WILL_IT_DO.search(phrase.asking):
        return None
    if marker is not None and marker.polarity is Polarity.ONLY and asks_if_it_will_do(hearing, phrase):
        return None
    dated = done_by_day(hearing, phrase, topic, dates, marker is not None or topic.event)
    told = hearing.within_if or hearing.asked == topic.cue.fact
    if topic.event and dated is None and not told and not _is_asserted(phrase, topic):
        marker = None if marker is None or marker.polarity is Polarity.YES else marker
        if marker is None:
            return None
    if marker is None:
        if topic.event and dated is None and not is_of_any_year(topic, dates, after):
            return True, topic.start, topic.end
        return None if dated is None else (dated, 0, len(phrase.text))
    start, end = _span(marker, topic)
    if marker.polarity is Polarity.YES and _ANY_FIRM.match(phrase.text[end:]) and not OWN.search(before):
        return None  # 通过贯标的企业有多少
    value = True if _is_lost(hearing, phrase, topic, marker) else VALUES.get(marker.polarity)
    if value and topic.event and dated is None and is_of_any_year(topic, dates, after):
        return None
    return None if value is None else (value and dated is not False, start, end)


def _is_lost(hearing: Hearing, phrase: Phrase, topic: Topic, marker: Marker) -> bool:
    """Whether a certificate is told to be lost; of papers that are to be provided a loss is a lack."""
    until = hearing.cues.until
    issued = until is not None and topic.cue.fact == until.issued_fact
    return (
        issued
        and marker.polarity is Polarity.NO
        and _LOST.search(phrase.text, marker.start, marker.end) is not None
    )


def _is_asserted(phrase: Phrase, topic: Topic) -> bool:
    """Whether an event is told as having happened: 建成 as a bare word of a question or a heading is not."""
    after = phrase.text[topic.end :]
    before = phrase.text[max(0, topic.start - 8) : topic.start]
    if OWN.search(phrase.words) or re.match("了|的$|过", after) or denies_a_no(before):
        return True
    told = re.search("了|已|刚|早|正式|全部|基本|都|也|就", phrase.text[max(0, topic.start - 8) : topic.end])
    return bool(told) and not phrase.asking and not re.match("项目|工程", after)


def _span(marker: Marker, topic: Topic) -> tuple[int, int]:
    return min(marker.start, topic.start), max(marker.end, topic.end)
