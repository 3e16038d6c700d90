"""Yes-or-no facts that a phrase tells of what the phrase before it named: 母公司贯标了，我们没有; 贯标去评了，没过; 团队？没有."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.facts.message.attribution import WHO_APPLIES
from assistant.facts.message.polarity import VALUES, Marker, Polarity, find_markers, read_answer
from assistant.facts.message.talk import says_no
from assistant.facts.message.utterance import Phrase
from assistant.facts.put_right import is_slip
from assistant.facts.reading import Find, Hearing
from assistant.facts.states.topics import Topic, find_topics, in_context

_OURS = re.compile("(?:但是?|可是?|不过|而)?(?:我们|我司|我厂|咱们?|我公司|本公司)[^，。的]{1,10}")
_PARTY = re.compile(
    "(?:但是?|可是?|不过|而)?(?P<party>[子分]公司|存续|新公司|[母总]公司|集团|总部)(?:的|方|公司|企业)?[^，。]{1,10}"
)
_ONCE = re.compile("以前|之前|原来|原先|早先|过去|当初|当时|一开始|起初|早几年|前几年")
_LATER = re.compile(
    "(?:但是?|可是?|不过|而)?(?:后来|现在|目前|如今|(?:到|在)?(?:去年|今年|前年)|(?:19|20)[0-9]{2}年|上个?月|最近|这两年|刚)[^，。的没未不]{1,10}"
)
_YES_INDEED = re.compile(
    "(?:但是?|可是?|不过)?(?P<in_truth>其实|实际上?|事实上)?(?:我们?|咱们?|早就?|已经?|都|是|也|就|上个?[月周]|前几天|昨天|去年|今年|刚刚?)*+(?:(?:通过|过|做|办|开|评|建成|建好)[了过]|有[的了]?|(?:拿|领)到了?|下来了|齐了?)[的呀啊呢]*"
)
_UPPER = re.compile("[母总]公司|集团|总部")
"""Parties that are another than the applicant, unless the message says which of them applies."""
_AROUND_A_NAME = re.compile("[吗呢么嘛啊呀的啥我们那这个 ]")
_OF_THE_RULE = re.compile("需|必须|要(?!求)|得|[能可算报]|才|就|没|未|不|如果|的话")
_ASKS_OUTRIGHT = re.compile("(?:吗|么|没有?|不)[?？ ]*$")
_AT_ONCE = 2
"""Characters before the answer to one's own question."""
_FAILED = re.compile(
    "(?:可惜|但是?|不过|结果|最后|还是|都|也)*(?:没|未)(?:有|能)?(?:通过|过|评上|评下来|批下来)(?:了|的)?"
)


def read_contrasted(hearing: Hearing, phrase: Phrase, markers: list[Marker]) -> Iterator[Find]:
    """母公司贯标了，我们没有: of what was said of another, or of the rule, the applicant's own yes or no."""
    if not phrase.position or len(markers) != 1 or not _speaks_of_the_applicant(hearing, phrase):
        return
    named = _named_before(hearing, phrase)
    value = (VALUES | {Polarity.PENDING: False}).get(markers[0].polarity)
    if len(named) == 1 and value is not None:
        yield hearing.find(named.pop(), value, phrase, 0, len(phrase.text))


def read_made_good(hearing: Hearing, phrase: Phrase, markers: list[Marker]) -> Iterator[Find]:
    """以前没过贯标，后来补过了; 他说没过贯标，其实过了: what once was not, or was said not to be, and is; it puts the no right."""
    before = hearing.phrases[phrase.position - 1] if phrase.position else None
    if before is None:
        return
    since = _ONCE.search(before.words) and _LATER.fullmatch(phrase.text.strip())
    indeed = _YES_INDEED.fullmatch(phrase.text.strip())
    if not since and not (indeed and (indeed["in_truth"] or is_slip(before.words))):
        return
    named = _named_before(hearing, phrase)
    if len(named) == 1 and markers and {marker.polarity for marker in markers} == {Polarity.YES}:
        yield hearing.find(named.pop(), True, replace(phrase, correction=True), 0, len(phrase.text))


def _named_before(hearing: Hearing, phrase: Phrase) -> set[str]:
    """What the nearest phrase of the sentence before names, but for one that only says who applies or takes back another."""
    for before in reversed(hearing.phrases[max(0, phrase.position - 2) : phrase.position]):
        if before.sentence != phrase.sentence:
            break
        topics = find_topics(hearing, before, words=before.words, anybody=True)
        named = {topic.cue.fact for topic in topics} | {
            cue.fact
            for cue in hearing.cues.states
            if cue.yes.search(before.words) and in_context(hearing, cue)
        }
        if named or not (WHO_APPLIES.search(before.words) or is_slip(before.words)):
            return named
    return set()


def _speaks_of_the_applicant(hearing: Hearing, phrase: Phrase) -> bool:
    """Whether the phrase begins with us, or with the party of which was told what is known: 子公司没有."""
    if _OURS.fullmatch(phrase.text):
        return True
    named = _PARTY.fullmatch(phrase.text)
    if named is None:
        return False
    if _UPPER.fullmatch(named["party"]):
        return hearing.is_own(phrase, named.start("party"), named.end("party"))
    return any(named["party"] in quote for quote in hearing.told.values())


def read_failed(hearing: Hearing, phrase: Phrase) -> Find | None:
    """贯标去年去评了，没过: what was gone in for just before came to nothing."""
    if not phrase.position or phrase.asking or not _FAILED.fullmatch(phrase.text.strip()):
        return None
    before = hearing.phrases[phrase.position - 1]
    named = {t.cue.fact: t for t in find_topics(hearing, before) if t.cue.pending}
    if len(named) != 1 or before.asking or before.hypothetical:
        return None
    (fact,) = named
    return hearing.find(fact, False, phrase, 0, len(phrase.text))


def read_self_answered(hearing: Hearing, phrase: Phrase) -> Iterator[Find]:
    """专业团队？不存在的，没有: who asks with the bare name of a thing, and goes on to answer."""
    before = hearing.phrases[phrase.position - 1] if phrase.position else None
    if before is None or before.sentence == phrase.sentence or phrase.asking or find_topics(hearing, phrase):
        return
    named = find_topics(hearing, before, words=before.words)
    bare = len(named) == 1 and not _AROUND_A_NAME.sub(
        "", before.words.replace(before.words[named[0].start : named[0].end], "")
    )
    if not bare:
        yield from _own_question_answered(hearing, before, phrase, named)
        return
    markers = find_markers(phrase.text)
    if not markers or markers[0].start > _AT_ONCE:
        return
    value = VALUES.get(markers[0].polarity)
    if value is True or (value is False and says_no(phrase.text)):
        yield hearing.find(named[0].cue.fact, value, phrase, 0, len(phrase.text))


def _own_question_answered(
    hearing: Hearing, before: Phrase, phrase: Phrase, named: list[Topic]
) -> Iterator[Find]:
    """已经认定过省重点平台吗？没有: what the question puts is answered by what follows it alone."""
    answer = read_answer(phrase.text)
    words = _ASKS_OUTRIGHT.sub("", before.words)
    if answer is None or before.text.strip() or words == before.words or _OF_THE_RULE.search(words):
        return
    facts = {topic.cue.fact for topic in named if topic.event or find_markers(words)}
    facts |= {cue.fact for cue in hearing.cues.states if cue.yes.search(words) and in_context(hearing, cue)}
    denied = {cue.fact for cue in hearing.cues.states if cue.no.search(words)}
    if len(facts) == 1 and not facts & denied:
        yield hearing.find(facts.pop(), answer, phrase, 0, len(phrase.text))
