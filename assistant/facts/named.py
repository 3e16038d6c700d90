"""Which facts a text names, whatever it says of them: by a pack's own words for them (发票, 贯标, 第三个方面)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.facts.spoken.stars import STAR
from knowledge.cues import FactCues
from knowledge.facts import FactSchema, FactSpec

_PARTS = re.compile("[、与和]")
_TAIL = 2
"""Characters at the end of a fact's name that may stand for it: 报告, 投入."""


def facts_named(text: str, schema: FactSchema, cues: FactCues) -> frozenset[str]:
    """The facts that the text names outright."""
    of_names = {spec.name for spec in schema.facts if any(part in text for part in _names(spec))}
    return frozenset(of_names | set(_by_cues(text, schema, cues)))


def facts_of_unit(text: str, schema: FactSchema, cues: FactCues) -> frozenset[str]:
    """The facts of which the text names what is counted: 第三个方面."""
    counted = {cue.fact for cue in cues.counts}
    return frozenset(spec.name for spec in schema.facts if spec.name in counted and spec.unit in text)


def facts_hinted(text: str, schema: FactSchema) -> frozenset[str]:
    """The facts by whose names' ends the text may mean them: 报告, 投入, 能力."""
    return frozenset(spec.name for spec in schema.facts if spec.short and spec.short[-_TAIL:] in text)


def _names(spec: FactSpec) -> list[str]:
    return [part for part in _PARTS.split(spec.short) if len(part) >= _TAIL]


def _by_cues(text: str, schema: FactSchema, cues: FactCues) -> Iterator[str]:
    for state in cues.states:
        if any(words.search(text) for words in (state.topics, state.events, state.mended)):
            yield state.fact
    if cues.since and cues.since.words.search(text):
        yield cues.since.fact
    for count in cues.counts:
        if count.words.search(text):
            yield count.fact
    if cues.levels and STAR.search(text):
        yield cues.levels.current
    # Of the many words that may stand beside a sum or a length of time (买, 达到), those that the fact itself is called by.
    measured = [(cues.amount.fact, cues.amount.words)] if cues.amount else []
    if cues.usage:
        measured += [(cues.usage.fact, cues.usage.words), (cues.usage.fact, cues.usage.things)]
    for fact, words in measured:
        if any(match.group() in schema.spec(fact).meaning for match in words.finditer(text)):
            yield fact
