"""Desks: the parts that answer for a pack, wired together."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.compose.grounding import Grounding
from assistant.desk import ANY_QUESTION, Desk
from assistant.facts.learned.model import StatementModel, StatementTuning
from assistant.llm.advisor import Advisor
from assistant.phrases import Phrases, load_phrases
from assistant.settings import Settings
from assistant.understanding.categories import CategoryNames
from assistant.understanding.english import English, load_english
from assistant.understanding.intent import IntentModel, IntentTuning
from assistant.understanding.tuning import DecisionTuning
from assistant.understanding.typed_pinyin import TypedPinyin
from knowledge.annexes import with_cues
from knowledge.code import code_digest
from knowledge.cues import FactCues, load_fact_cues
from knowledge.field_topics import fitting, load_field_topics, load_foreign_names
from knowledge.gazetteer import Gazetteer, load_gazetteer
from knowledge.models import Topic
from knowledge.pack import Pack
from knowledge.retrieval.encoder import load_ahead
from knowledge.retrieval.index import open_index
from knowledge.retrieval.place import plain_name
from knowledge.retrieval.settings import IndexSettings
from knowledge.said import load_said, questions_as_said

if TYPE_CHECKING:
    from knowledge.retrieval.encoder import Encoder

QUESTIONS_EACH = 20
"""Exemplars of a topic from which it is learned that a question states nothing."""


def build_desk(pack: Pack, settings: Settings) -> Desk:
    """Everything that answers for one pack, nothing shared, and without a language model."""
    return DeskBuilder(settings)(pack)


class DeskBuilder:
    """Builds desks. What does not depend on the pack is made once and shared by all of them."""

    def __init__(self, settings: Settings, advisor: Advisor | None = None) -> None:
        self._settings, self._advisor = settings, advisor
        self._index_settings = IndexSettings(
            index_root=settings.index_root,
            model=settings.model,
            allow_remote_code=settings.allow_remote_code,
            chroma=settings.chroma,
        )
        load_ahead(self._index_settings)
        # Many packs have no topics of their own: what is learned of the field alone is theirs together.
        self._learned: dict[str, IntentModel] = {}
        self._learning = threading.Lock()

    def __call__(self, pack: Pack) -> Desk:
        """Everything that answers for the pack. Raises PackError and as indexes do."""
        index = open_index(pack, self._index_settings)
        cues = with_cues(load_fact_cues(pack.folder / "fact_cues.yaml", self._gazetteer), pack.annexes)
        notice = pack.notice
        named = cues.gazetteer.province_in(notice.issuing_authority, notice.title)
        province = cues.place.province if cues.place else named
        field_topics = self._field_topics_of(pack, cues, province)
        topics = [*pack.topics, *field_topics]
        learned_of = plain_name(pack.id) if pack.topics else "_field"
        folder = Path(self._settings.index_root) / learned_of / "intents"
        intents = self._intents(topics, index.encoder, folder, bool(pack.topics))
        return Desk(
            pack=pack,
            index=index,
            intents=intents,
            names=CategoryNames(
                notice.categories,
                load_foreign_names(notice),
                cues.gazetteer.names,
                cues.gazetteer.places_of(province),
                notice.phones_of_one,
                notice.annexes,
            ),
            typed_pinyin=TypedPinyin.learned(
                (question for topic in topics for question in topic.questions),
                folder / f"pinyin-{intents.digest[:16]}.json",
            ),
            english=self._english,
            cues=cues,
            statements=self._statements(pack, cues, index.encoder, folder),
            grounding=Grounding(pack.tree, pack.notice),
            phrases=self._phrases,
            field_topics=field_topics,
            tuning=DecisionTuning(),
            advisor=self._advisor,
        )

    def _field_topics_of(self, pack: Pack, cues: FactCues, province: str) -> Sequence[Topic]:
        """The topics of the field that fit the pack's notice."""
        if not pack.topics:
            return self._topics_of_no_pack
        return fitting(self._field_topics, pack.notice, self._foreign_names, cues.gazetteer, province)

    def _statements(self, pack: Pack, cues: FactCues, encoder: Encoder, folder: Path) -> StatementModel:
        """What is learned of the phrases that state facts, kept in `folder`."""
        return StatementModel(
            lambda: (
                *load_said(pack.folder, pack.schema),
                *questions_as_said(pack.topics, QUESTIONS_EACH),
            ),
            pack.schema,
            cues,
            encoder.encode,
            encoder.digest,
            folder,
            StatementTuning(),
            encoder.encode_kept,
            made_of=f"{pack.digest} {self._code}",
        )

    def _intents(
        self, topics: Sequence[Topic], encoder: Encoder, folder: Path, of_the_pack: bool
    ) -> IntentModel:
        if of_the_pack:
            return IntentModel(topics, encoder, encoder.digest, folder, IntentTuning())
        with self._learning:
            if encoder.digest not in self._learned:
                model = IntentModel(topics, encoder, encoder.digest, folder, IntentTuning())
                self._learned[encoder.digest] = model
        return self._learned[encoder.digest]

    @cached_property
    def _field_topics(self) -> tuple[Topic, ...]:
        return load_field_topics()

    @cached_property
    def _topics_of_no_pack(self) -> tuple[Topic, ...]:
        """For a pack without topics: small talk, and whatever else is asked, which its clauses answer.

        Nothing is told to be out of its scope, since nobody has said yet what is within it.
        """
        talk = tuple(topic for topic in self._field_topics if topic.route == "smalltalk")
        asked = tuple(
            question
            for topic in self._field_topics
            if topic.route != "smalltalk"
            for question in topic.questions
        )
        return (*talk, Topic(id=ANY_QUESTION, route="lookup", title="", questions=asked))

    @cached_property
    def _code(self) -> str:
        return code_digest(("knowledge", "assistant"))

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return load_gazetteer()

    @cached_property
    def _english(self) -> English:
        return load_english(self._gazetteer)

    @cached_property
    def _foreign_names(self) -> re.Pattern[str]:
        return load_foreign_names()

    @cached_property
    def _phrases(self) -> Phrases:
        return load_phrases()
