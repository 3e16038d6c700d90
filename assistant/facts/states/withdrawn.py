"""Facts that the applicant takes back: 贯标那个先不算, 刚那句先不算."""

from __future__ import annotations

import re

from assistant.facts.reading import Hearing
from assistant.facts.states.topics import find_topics

_WITHDRAWN = re.compile(
    "(?:先|暂时|这次|那就)?(?:(?<!算)不算数|(?<!作)不作数|别算|先不算|不要算|不算(?:了|吧)|撤回|收回|忽略|划掉|先不(?:管|提|考虑|说)|当我没说|不用管|暂不考虑)"
)
_JUST_SAID = re.compile("刚|[上前]一?(?:面|句|条)|[那这](?:句|条)|说的|当我没说|撤回|收回")
_OR_NOT = re.compile(r"(\w)[没不]\1")
"""认没认定过 speaks of 认定."""


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
