"""Words that an applicant says of itself and that the notice leaves open: a loss, a fine. They are asked back.

「去年亏损」 is no word of the applicant's on 运营状况良好, which is what the notice asks for; to hear a no in it would shut
an applicant out by a rule that stands nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Ambiguity, Find, Hearing
from knowledge.cue_words import NEVER
from knowledge.cues import StateCue

_HEARSAY = re.compile("听说|据说|好像|似乎|貌似|可能|应该|大概|说是|传言|印象")
_DOUBTED = re.compile(
    "(?:但是?|不过|可是?|只是)?(?:我们?|自己|这个|具体|其实|也|都|还|就|并)*(?:不(?:太|大|是很|敢|能)?(?:确定|清楚|知道|肯定|晓得|打包票)|没把握|[拿吃说]不准|记不[清得]|没(?:有)?(?:核实|确认|求证)过?)(?:真假|是不是真的|对不对)?[了的啊呢]*"
)
_DENIED_BEFORE = re.compile("(?:没有?|未|不|无|非|别|免|从未|扭|止|脱)[^，。]{0,3}$")


def without_doubted(hearing: Hearing, finds: Sequence[Find]) -> list[Find]:
    """The finds without what is only heard of and doubted at once: 听说好像过了贯标，但我不确定."""
    doubted = {
        behind.position - 1
        for behind in hearing.phrases[1:]
        for before in hearing.phrases[behind.position - 1 : behind.position]
        if before.sentence == behind.sentence
        and _DOUBTED.fullmatch(behind.words.strip())
        and _HEARSAY.search(before.words)
    }
    return [find for find in finds if find.phrase.position not in doubted]


def without_past(hearing: Hearing, finds: Sequence[Find]) -> list[Find]:
    """The finds without a no that the sentence says is past (停了一个月又续上), and without what is said of another thing
    (市级平台评上了, 四星到期没续)."""
    return [find for find in finds if not any(_is_past(hearing, cue, find) for cue in hearing.cues.states)]


def _is_past(hearing: Hearing, cue: StateCue, find: Find) -> bool:
    if cue.fact != find.name:
        return False
    mended = find.value is False and cue.mended.search(hearing.sentence(find.phrase))
    return bool(mended) or cue.not_this.search(find.phrase.words) is not None


def read_unsettled(hearing: Hearing, finds: Sequence[Find]) -> tuple[list[Find], list[Ambiguity]]:
    """The finds without any that rests on such words, and what has to be asked because of them.

    Nothing is asked of what the same message, or an earlier one, says outright.
    """
    kept, unsettled = list(finds), []
    for cue in hearing.cues.states:
        for phrase in hearing.phrases:
            place = _open_words(hearing, cue, phrase)
            if place is None:
                continue
            kept = [f for f in kept if not _rests_on(hearing, cue, f, phrase, place)]
            if cue.settles is not NEVER:  # 亏了，制度倒健全 tells of one half, and the loss is of the other
                kept = [f for f in kept if f.name != cue.fact or not _leaves_open(cue, f)]
            told = cue.fact in hearing.known or any(find.name == cue.fact for find in kept)
            if not told and not phrase.hypothetical:
                quote = hearing.utterance.quote(*place)
                unsettled.append(Ambiguity(cue.fact, quote, cue.unsettled_question, cue.unsettled_topic))
    return _without_other_half(hearing, kept), list({one.name: one for one in unsettled}.values())


def _rests_on(hearing: Hearing, cue: StateCue, find: Find, phrase: Phrase, place: tuple[int, int]) -> bool:
    """Whether an answer rests on the open words: a no of their phrase (一直亏损, but not 经营状况很差 beside it), or a yes
    that is heard in the very words (信用有过一次处罚)."""
    if find.name != cue.fact:
        return False
    if find.value is False:
        return find.phrase == phrase and cue.no.fullmatch(_words(hearing, find)) is None
    return find.value is True and find.start <= place[0] and place[1] <= find.end


def _without_other_half(hearing: Hearing, finds: list[Find]) -> list[Find]:
    """财务规范，经营状况很差: the fact is a pair, and a no to one half of it is not undone by a yes to the other."""
    denied = {
        cue.fact: cue
        for cue in hearing.cues.states
        for f in finds
        if (f.name, f.value) == (cue.fact, False)
        and cue.settles is not NEVER
        and cue.settles.search(_words(hearing, f))
    }
    return [
        f
        for f in finds
        if not (
            f.value is True and f.name in denied and not denied[f.name].settles.search(_words(hearing, f))
        )
    ]


def _words(hearing: Hearing, find: Find) -> str:
    return hearing.utterance.text[find.start : find.end]


def _leaves_open(cue: StateCue, find: Find) -> bool:
    return find.value is True and cue.settles.search(find.phrase.words) is None


def _open_words(hearing: Hearing, cue: StateCue, phrase: Phrase) -> tuple[int, int] | None:
    """Where the message's own words stand that leave the fact open, if a phrase tells them of the applicant."""
    found = cue.unsettled.search(phrase.text)
    if found is None or not hearing.is_own(phrase, found.start(), found.end()):
        return None
    if _DENIED_BEFORE.search(phrase.text[: found.start()]):
        return None
    return phrase.start + found.start(), phrase.start + found.end()
