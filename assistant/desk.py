"""A desk: one pack with everything needed to answer questions about it. Built once, shared by all turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.compose.grounding import Grounding
from assistant.facts.learned.model import StatementModel
from assistant.llm.advisor import Advisor
from assistant.phrases import Phrases
from assistant.understanding.categories import CategoryNames
from assistant.understanding.english import English
from assistant.understanding.intent import IntentModel
from assistant.understanding.tuning import DecisionTuning
from assistant.understanding.typed_pinyin import TypedPinyin
from knowledge.cues import FactCues
from knowledge.models import Topic
from knowledge.pack import Pack
from knowledge.retrieval.search import ClauseIndex
from knowledge.rules import Criterion

ANY_QUESTION = "any-question"
"""Id of the topic by which a pack without topics takes any question to its clauses."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts that answer for one pack. `field_topics` are those of no notice: small talk, other subjects.

    `advisor` is a language model, where one is configured.
    """

    pack: Pack
    index: ClauseIndex
    intents: IntentModel
    names: CategoryNames
    typed_pinyin: TypedPinyin
    english: English
    cues: FactCues
    statements: StatementModel
    grounding: Grounding
    phrases: Phrases
    field_topics: Sequence[Topic]
    tuning: DecisionTuning
    advisor: Advisor | None = None
    _topics: Mapping[str, Topic] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        topics = {topic.id: topic for topic in (*self.field_topics, *self.pack.topics)}
        object.__setattr__(self, "_topics", topics)

    def topic(self, topic_id: str) -> Topic | None:
        """A topic of the pack or of the field."""
        return self._topics.get(topic_id)

    def criteria_of(self, topic: Topic) -> tuple[Criterion, ...]:
        """The criteria that a topic is about: those that it names, and those of the clauses that its answers cite."""
        cited = {each.clause for answer in topic.answers for each in answer.citations}
        rules = self.pack.rules.criteria
        return tuple(one for one in rules if one.clause in cited or one.id in topic.criteria)
