"""Reading: the model points to what is said of which fact; the value is what the assistant's own readers make of it.

A claim names a fact and quotes the applicant. It counts only where the quote stands in the applicant's words, its
value is one that the fact may have, and the readers, told which fact is meant or listening more closely, read that
value in that place themselves. So the model may draw attention to a statement, and cannot make one up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.conversation import intersection
from assistant.desk import Desk
from assistant.facts import FactsRead, StatedFact, read_facts
from assistant.facts.learned.model import StatementModel
from assistant.llm.fence import fenced
from assistant.llm.model import Prompt
from assistant.llm.wording import Wording
from knowledge.errors import FactError
from knowledge.facts import FactSchema
from knowledge.models import Topic

MOST_CLAIMS = 12
HESITANT = 0.02
"""From this clearness on a learned statement counts where the model heard it too."""


class Claim(BaseModel):
    """A fact that the model says was stated, with the words in which it was."""

    model_config = ConfigDict(frozen=True, strict=True)

    name: str = Field(max_length=80)
    quote: str = Field(min_length=2, max_length=300)
    value: bool | int | float | str | None = None


class Answer(BaseModel):
    """What the model hands back; claims are validated one by one, so that one bad one spoils no other."""

    model_config = ConfigDict(frozen=True)

    facts: tuple[Any, ...] = ()
    topic: Any = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the readers are told besides the words: the day, and the category under discussion."""

    as_of: date
    category: str | None


def read_prompt(words: str, schema: FactSchema, topics: Mapping[str, Topic], wording: Wording) -> Prompt:
    """The applicant's words with the facts and topics that may be named.

    The task is the same for all messages of a pack, so that endpoints which keep beginnings keep this one.
    """
    facts = "\n".join(
        wording.fact_line.format(name=spec.name, meaning=spec.meaning, type=wording.fact_types[spec.type])
        for spec in schema.facts
    )
    listed = "\n".join(
        wording.topic_line.format(mark=mark, title=topic.title) for mark, topic in topics.items()
    )
    material = f"{wording.topics.format(topics=listed or wording.no_topics)}\n{fenced('原话', words)}"
    return Prompt(wording.tasks.read.format(facts=facts), material, Answer.model_json_schema())


def read_answer(text: str) -> Answer | None:
    """The first JSON object in what the model said, validated; None where there is none."""
    start = text.find("{")
    while start >= 0:
        try:
            raw, _ = json.JSONDecoder().raw_decode(text, start)
            return Answer.model_validate(raw)
        except (ValueError, ValidationError, RecursionError):
            start = text.find("{", start + 1)
    return None


def claimed_facts(
    answer: Answer, words: str, read: FactsRead, desk: Desk, circumstances: Circumstances
) -> tuple[StatedFact, ...]:
    """The claims that count. What the readers are sure of, doubt or heard taken back is theirs alone."""
    theirs = {fact.name for fact in read.facts} | {each.name for each in read.ambiguous} | set(read.withdrawn)
    found: dict[str, StatedFact] = {}
    for claim in _claims(answer):
        if claim.name in theirs or claim.name in found or claim.quote not in words:
            continue
        fact = _borne_out(claim, words, desk, circumstances)
        if fact is not None:
            found[claim.name] = fact
    return tuple(found.values())


def _claims(answer: Answer) -> list[Claim]:
    claims = []
    for raw in answer.facts[:MOST_CLAIMS]:
        try:
            claims.append(Claim.model_validate(raw))
        except ValidationError:
            continue
    return claims


def _borne_out(claim: Claim, words: str, desk: Desk, circumstances: Circumstances) -> StatedFact | None:
    """What the readers read for the claimed fact in the claimed place, if it agrees with the claimed value."""
    try:
        spec = desk.pack.schema.spec(claim.name)
        value = spec.parse(claim.value)
    except FactError:
        return None
    if value is None:
        return None
    # A yes or no is never read as the answer to a question that nobody asked: 有 in the quote would be enough.
    own = read_facts(
        words,
        as_of=circumstances.as_of,
        schema=desk.pack.schema,
        cues=desk.cues,
        asked=None if spec.type == "bool" else claim.name,
        category=circumstances.category,
        statements=_hesitant(desk.statements),
    )
    for fact in own.facts:
        if fact.name != claim.name or not (fact.quote in claim.quote or claim.quote in fact.quote):
            continue
        if intersection(fact.value, value) is not None:
            return fact
    return None


def _hesitant(statements: StatementModel) -> StatementModel:
    """The same machines, that count a statement which is not clear by itself."""
    tuning = statements.tuning
    return statements.tuned(replace(tuning, clear=HESITANT, clear_no=HESITANT))
