"""Yes-or-no facts of an English message, heard in its own words by the learned statements.

The patterns read Chinese, and of English only what a glossary holds (`assistant.understanding.english`); the statements
were learned from English sentences too (the books are in order, nothing has been switched off).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from assistant.facts.learned.model import StatementModel
from assistant.facts.message.utterance import hear
from assistant.facts.reading import FactsRead, Hearing
from assistant.facts.settling import settle
from assistant.facts.stated import read_stated
from knowledge.cues import FactCues
from knowledge.facts import FactSchema

_PAUSE = re.compile(r"\s*(?:[,:]|\b(?:and|but|while|although|though|whereas|plus)\b)\s+")
_FULL_STOP = re.compile(r"[.;]\s+|[.;]$")
_IF = re.compile(r"\b(?:what if|if|suppose|supposing|assuming|say we|in case)\b")
_ASKS = re.compile(
    r"(?:^|(?<=[。，]))\s*((?:so|then|well)?\s*(?:is|are|do|does|did|can|could|may|must|should|shall|will|would|what|when|where|which|who|how|why)\b[^。，?]*)(?=[。，]|$)"
)


def with_english(
    read: FactsRead,
    text: str,
    *,
    as_of: date,
    schema: FactSchema,
    cues: FactCues,
    category: str | None,
    statements: StatementModel,
) -> FactsRead:
    """What was read, and what the English `text` states besides or more clearly."""
    hearing = Hearing(hear(_punctuated(text), {}), as_of, schema, cues, category=category)
    finds = read_stated(hearing, [], statements)
    stated, unclear = settle(hearing, sorted(finds, key=lambda find: (find.start, find.end)))
    told = {(fact.name, fact.hypothetical) for fact in stated}
    others = (fact for fact in read.facts if (fact.name, fact.hypothetical) not in told)
    return replace(read, facts=(*others, *stated), ambiguous=(*read.ambiguous, *unclear))


def _punctuated(text: str) -> str:
    """The message with the marks by which phrases, questions and ifs are known."""
    marked = _PAUSE.sub("，", _FULL_STOP.sub("。", text.lower()))
    return _IF.sub("如果 ", _ASKS.sub(r"\1?", marked))
