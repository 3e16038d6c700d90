"""Yes-or-no facts: a topic (审计报告) with the yes or no around it, or a phrase that says it outright (财务规范).

「审计报告有，发票没有」, 「没有审计报告和发票」, 「除了审计报告都有」: which marker speaks of which topic is told in
`assistant.facts.topics`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from assistant.facts.carried import read_contrasted, read_failed, read_made_good, read_self_answered
from assistant.facts.dates import SpokenDate, find_dates
from assistant.facts.mood import OWN
from assistant.facts.polarity import (
    VALUES,
    Marker,
    Polarity,
    denies_a_no,
    find_markers,
    without_seeming_noes,
)
from assistant.facts.reading import Find, Hearing
from assistant.facts.topics import Topic, find_topics, in_context, speaking_marker
from assistant.facts.utterance import Phrase

_NEGATED = re.compile(
    "(?:这个|所谓的?|上述|里面的|说的|不是|不算|不属于|并非|没有?|未|不|非|无|不太|没什么|谈不上|不怎么|不够)$"
)
_NOT_YET = re.compile(
    "^(?:了?(?:之|以)?[后前](?!期)|才|再|时(?!间)|的话|与否|[ ]?(?:证明|时间|判定|界定|认定|与|标准|报告|日期))"
)
_WHETHER_IT_COUNTS = re.compile(
    "(?:算|视为|叫|才算|就算|等于|还是|定义为|所谓|就是)[^，。]{0,2}$|(?:按照?|当作?|当成)(?:已经?)?$"
)
WILL_IT_DO = re.compile(
    "算不算|算(?:是|作|得上|数)?[^，。]{0,8}[吗么]|(?:能不能|可不可以|能否|能|可以)(?:算|当|作为|顶替?|代替|用来)|认不认|认[吗么]|作数|管用"
)
"""有公示截图算不算佐证: that a thing is there tells nothing while it is asked whether it will do."""
_WILL_THAT_DO = re.compile(
    "(?:这样|这|那)?(?:可不可以|可以[吗么不]|行不行|行[吗么不]|够不够|够[吗么不]|成不成|成[吗么不]|能不能行)[?？]?"
)
"""证书没下来，只有公示截图，可不可以: what alone is there is asked whether it will do."""
_NEGATED_TOO = re.compile("[没无缺未]")
_OF_A_LIST = re.compile(
    "(?:[0-9一二两三四五六七八九几]|这些?|那些?|以上|上述)(?:样|项|个|份|种|者)?(?:东西|材料|条件)?(?:里面?|里头|之?中|当中)"
)
"""审计报告、发票、贯标，三样里面缺发票: what is said behind is said of the one named there."""
_ALL_OTHERS = re.compile("(?:其他|其它|别的|其余|剩下|另外)?[^，。]{0,4}(?:都|全|均|样样|一应)")
_WITHDRAWN = re.compile(
    "(?:先|暂时|这次|那就)?(?:(?<!算)不算数|(?<!作)不作数|别算|先不算|不要算|不算(?:了|吧)|撤回|收回|忽略|划掉|先不(?:管|提|考虑|说)|当我没说|不用管|暂不考虑)"
)
_JUST_SAID = re.compile("刚|[上前]一?(?:面|句|条)|[那这](?:句|条)|说的|当我没说|撤回|收回")
_ANY_FIRM = re.compile("了?的(?:企业|公司|单位)")
_FOR_ALL = re.compile(
    "(?:我们|目前|现在|这些|基本)*(?:都|全|均|样样|一个不|一样不|也都|没有?$|有$|齐|已经|还没(?:有)?(?:$|下|发|拿|到|做|出))"
)
_OR_NOT = re.compile(r"(\w)[没不]\1")
"""认没认定过 speaks of 认定."""
_UNTIL_A_DAY = re.compile(
    "[到至](?=[0-9一二三四五六七八九十两今明后下])(?![0-9一二三四五六七八九十两]+个?月?[了就])"
)
_POLITE = re.compile("不(?:知道?|清楚|晓得)")
_SOON = timedelta(days=45)
_HANDED_OUT = re.compile("(?:已经?|都|也|早就?)*(?:下?发|下来|拿到|领到|到手)")
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
        topics = _named_of_a_list(phrase, topics)
        markers = find_markers(phrase.text, [(t.start, t.end) for t in topics])
        if not topics:
            if waiting and markers and not phrase.asking and _FOR_ALL.match(phrase.text):
                finds += _served(hearing, waiting, markers[0])
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
        finds += _all_but(hearing, phrase, topics, waiting)
    return finds


def read_withdrawn(hearing: Hearing) -> tuple[str, ...]:
    """Facts taken back: 贯标那个先不算; 刚那句先不算 takes back all that was said last."""
    names: list[str] = []
    for phrase in hearing.phrases:
        if _WITHDRAWN.search(phrase.words):
            named = [t.cue.fact for t in find_topics(hearing, phrase, words=phrase.words)]
            cues = hearing.cues
            measured = [cue for cue in (cues.usage, cues.until, cues.amount, cues.since) if cue is not None]
            names += named or [cue.fact for cue in measured if cue.words.search(phrase.words)][:1]
            if not names and _JUST_SAID.search(phrase.words):
                names += _spoken_of(hearing)
    return tuple(dict.fromkeys(names))


def _spoken_of(hearing: Hearing) -> list[str]:
    """Of what was said last, that which the message speaks of; all of it where it names nothing."""
    last = [name for name in hearing.expected if name in hearing.known]
    words = ((p, _OR_NOT.sub(r"\1", p.words)) for p in hearing.phrases)
    named = {t.cue.fact for p, plain in words for t in find_topics(hearing, p, words=plain, anybody=True)}
    return [name for name in last if name in named] or last


def _outright(hearing: Hearing, phrase: Phrase) -> Iterator[Find]:
    """Phrases that say yes or no by themselves; not where they are negated once more, or doubted."""
    hits = []
    text = without_seeming_noes(phrase.text, hearing.cues.gazetteer.names)
    for cue in hearing.cues.states:
        for value, words in ((True, cue.yes), (False, cue.no)):
            hits += [(m.start(), -m.end(), value, cue) for m in words.finditer(text)]
    doubts = [m for m in find_markers(phrase.text) if m.polarity is Polarity.UNSURE] if hits else []
    reached: dict[str, int] = {}
    for start, negative_end, value, cue in sorted(hits, key=lambda hit: hit[:3]):
        if start < reached.get(cue.fact, 0) or any(not start <= d.start < -negative_end for d in doubts):
            continue
        reached[cue.fact] = end = -negative_end
        denied = _NEGATED.search(phrase.text[max(0, start - 4) : start])
        if not denied and hearing.is_own(phrase, start, end) and in_context(hearing, cue):
            yield hearing.find(cue.fact, value, phrase, start, end)


def _named_of_a_list(phrase: Phrase, topics: list[Topic]) -> list[Topic]:
    """The topics, but where one is named out of a list before it, those behind the list alone."""
    listed = _OF_A_LIST.search(phrase.text)
    behind = [t for t in topics if t.start >= listed.end()] if listed else []
    return behind or topics


def _covered(topic: Topic, phrase: Phrase, finds: list[Find]) -> bool:
    start, end = topic.start + phrase.start, topic.end + phrase.start
    return any(f.start < end and f.end > start for f in finds)


def _said(
    hearing: Hearing, phrase: Phrase, topic: Topic, marker: Marker | None, dates: list[SpokenDate]
) -> tuple[bool, int, int] | None:
    """What is said of the topic, and from where to where; None for nothing."""
    before, after = phrase.text[: topic.start], phrase.text[topic.end :]
    if _is_aside(phrase.text, topic) or (
        _speaks_of_validity(hearing, phrase, topic) and not _HANDED_OUT.match(after)
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
    dated = _by_date(hearing, phrase, topic, dates, marker is not None or topic.event)
    told = hearing.within_if or hearing.asked == topic.cue.fact
    if topic.event and dated is None and not told and not _is_asserted(phrase, topic):
        marker = None if marker is None or marker.polarity is Polarity.YES else marker
        if marker is None:
            return None
    if marker is None:
        if topic.event and dated is None and not _of_any_year(topic, dates, after):
            return True, topic.start, topic.end
        return None if dated is None else (dated, 0, len(phrase.text))
    start, end = _span(marker, topic)
    if marker.polarity is Polarity.YES and _ANY_FIRM.match(phrase.text[end:]) and not OWN.search(before):
        return None  # 通过贯标的企业有多少
    value = VALUES.get(marker.polarity)
    if value and topic.event and dated is None and _of_any_year(topic, dates, after):
        return None
    return None if value is None else (value and dated is not False, start, end)


def asks_if_it_will_do(hearing: Hearing, phrase: Phrase) -> bool:
    """Whether nothing but 可不可以 is asked behind the phrase, and the one thing that is there named in it."""
    if _NEGATED_TOO.search(phrase.text):
        return False  # 只有发票没有审计报告，行吗 asks of what is not there
    behind = hearing.phrases[phrase.position + 1 : phrase.position + 2]
    asked = behind[0].words if behind else phrase.asking
    return _WILL_THAT_DO.fullmatch(asked.strip()) is not None


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


def _speaks_of_validity(hearing: Hearing, phrase: Phrase, topic: Topic) -> bool:
    """贯标证书明年到期 tells until when, not whether the certificate is there."""
    until = hearing.cues.until
    if until is None or topic.cue.fact != until.issued_fact:
        return False
    begin = phrase.text.rfind("、", 0, topic.start) + 1  # 证书已拿到、有效期至2023年4月1日 tells both
    end = phrase.text.find("、", topic.end)
    piece = phrase.text[begin : end if end >= 0 else len(phrase.text)]
    patterns = (until.words, until.still_valid, until.expired)
    return any(words.search(piece) for words in patterns) or bool(_UNTIL_A_DAY.search(piece))


def _of_any_year(topic: Topic, dates: list[SpokenDate], after: str) -> bool:
    """三月底竣工 may be past or still to come."""
    undated = any(not d.dated and d.end <= topic.start for d in dates)
    return undated and not re.match("了|的|过", after)


def _by_date(
    hearing: Hearing, phrase: Phrase, topic: Topic, dates: list[SpokenDate], judged: bool
) -> bool | None:
    """A topic with a date: done when it lies in the past, not yet when in the future.

    Where nothing else judges the topic, the date must stand right beside it (2019年贯标的).
    """
    until = hearing.cues.until
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


def _is_aside(text: str, topic: Topic) -> bool:
    return bool(re.search("除(?:了|去|开)?[^，。]{0,6}$", text[: topic.start]))


def _all_but(
    hearing: Hearing, phrase: Phrase, topics: list[Topic], waiting: list[tuple[Topic, Phrase]]
) -> Iterator[Find]:
    """除了审计报告都有: what is set aside is the contrary of the rest."""
    for topic in topics:
        if not _is_aside(phrase.text, topic):
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


def _served(hearing: Hearing, waiting: list[tuple[Topic, Phrase]], marker: Marker) -> Iterator[Find]:
    """审计报告、发票、证书，都有: the marker of the next phrase serves the topics that wait for one."""
    value = VALUES.get(marker.polarity)
    for topic, phrase in waiting:
        if value is not None:
            yield hearing.find(topic.cue.fact, value, phrase, topic.start, topic.end)
