"""Whether what is there will do, asked of a thing that is told beside: 有公示截图算不算佐证, 只有公示截图，可不可以."""

from __future__ import annotations

import re

from assistant.facts.message.polarity import Polarity, find_markers
from assistant.facts.message.utterance import Phrase
from assistant.facts.reading import Hearing
from assistant.facts.states.topics import find_topics

WILL_IT_DO = re.compile(
    "算不算|算(?:是|作|得上|数)?[^，。]{0,8}[吗么]|(?:能不能|可不可以|能否|能|可以)(?:算|当|作为|顶替?|代替|用来)|认不认|认[吗么]|作数|管用"
)
"""有公示截图算不算佐证: that a thing is there tells nothing while it is asked whether it will do."""
_WILL_THAT_DO = re.compile(
    "(?:这样|这|那)?(?:可不可以|可以[吗么不]|行不行|行[吗么不]|够不够|够[吗么不]|成不成|成[吗么不]|能不能行)[?？]?"
)
"""证书没下来，只有公示截图，可不可以: what alone is there is asked whether it will do."""
_NEGATED_TOO = re.compile("[没无缺未]")


def asks_if_it_will_do(hearing: Hearing, phrase: Phrase) -> bool:
    """Whether nothing but 可不可以 is asked behind the phrase, and the one thing that is there named in it."""
    if _NEGATED_TOO.search(phrase.text):
        return False  # 只有发票没有审计报告，行吗 asks of what is not there
    behind = hearing.phrases[phrase.position + 1 : phrase.position + 2]
    asked = behind[0].words if behind else phrase.asking
    return _WILL_THAT_DO.fullmatch(asked.strip()) is not None


def only_named_to_ask(hearing: Hearing, phrase: Phrase) -> set[str]:
    """The facts of the things that a phrase only names to ask whether they will do: 公示截图行吗, 有公示截图算不算."""
    markers = find_markers(phrase.text)
    alone = any(marker.polarity is Polarity.ONLY for marker in markers) and asks_if_it_will_do(
        hearing, phrase
    )
    if not alone and (not phrase.asking or (markers and not WILL_IT_DO.search(phrase.asking))):
        return set()
    topics = find_topics(hearing, phrase)
    ends = topics[-1].end if topics and not topics[-1].event else -1
    return {topics[-1].cue.fact} if ends == len(phrase.text.rstrip()) else set()


def asked_to_count(hearing: Hearing) -> set[str]:
    """The facts of which is asked whether what is there counts as one: 就两个人，算不算专业团队."""
    asked = ((p, WILL_IT_DO.search(p.asking)) for p in hearing.phrases)
    behind = ((p, p.asking[match.start() :]) for p, match in asked if match)
    return {t.cue.fact for p, words in behind for t in find_topics(hearing, p, words=words, anybody=True)}
