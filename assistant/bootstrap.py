"""The one place where parts are wired together."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from assistant.compose.grounding import Grounding
from assistant.desk import ANY_QUESTION, Desk
from assistant.facts.learned import StatementModel, StatementTuning
from assistant.llm.advisor import Advisor, AdvisorTuning
from assistant.llm.breaker import Breaker
from assistant.llm.budget import Budget, InMemoryLedger, Ledger, Prices
from assistant.llm.model import open_model
from assistant.llm.wording import load_wording
from assistant.meter import UNMEASURED, Meter
from assistant.phrases import Phrases, load_phrases
from assistant.reply import UseOfModel
from assistant.service import Assistant
from assistant.serving import ServedPacks
from assistant.session_store import InMemorySessions
from assistant.settings import Settings
from assistant.taught import AddedExemplars, AllLessons
from assistant.teaching import Lessons
from assistant.understanding.categories import CategoryNames
from assistant.understanding.english import English, load_english
from assistant.understanding.intent import IntentModel, IntentTuning
from assistant.understanding.tuning import DecisionTuning
from assistant.understanding.typed_pinyin import TypedPinyin
from knowledge.annexes import with_cues
from knowledge.code import code_digest
from knowledge.cues import load_fact_cues
from knowledge.errors import PackError
from knowledge.field_topics import fitting, load_field_topics, load_foreign_names
from knowledge.gazetteer import Gazetteer, load_gazetteer
from knowledge.listed_folders import LiveCatalogue
from knowledge.models import Topic
from knowledge.pack import Pack
from knowledge.retrieval.encoder import load_ahead
from knowledge.retrieval.index import open_index
from knowledge.retrieval.place import plain_name
from knowledge.retrieval.settings import IndexSettings
from knowledge.said import load_said, questions_as_said

if TYPE_CHECKING:
    from assistant.records.store import Records
    from knowledge.retrieval.encoder import Encoder

QUESTIONS_EACH = 20
"""Exemplars of a topic from which it is learned that a question states nothing."""
CATALOGUE_FILE = "catalogue.json"
BEIJING = ZoneInfo("Asia/Shanghai")


def today_in_beijing() -> date:
    """The day of asking where a request names none."""
    return datetime.now(BEIJING).date()


def build_assistant(
    settings: Settings,
    today: Callable[[], date] = today_in_beijing,
    records: Records | None = None,
    meter: Meter = UNMEASURED,
) -> Assistant:
    """List the packs, open the default one (its index built where missing) and wire an Assistant.

    The others are opened when they are first asked for.

    With `records` conversations are kept there and what the desk taught is answered; without, sessions live in
    memory and nothing is kept. `meter` is told what answers take. Raises PackError, IndexUnavailable,
    StorageUnavailable, UnknownPack, SettingsRefused.
    """
    catalogue = LiveCatalogue(
        settings.packs_root, settings.index_root / CATALOGUE_FILE, settings.additions_root
    )
    if not catalogue.now():
        raise PackError(settings.packs_root, 0, "没有任何知识包", "请放入知识包，或改正 SHENBAO_PACKS_ROOT")
    advisor = open_advisor(settings, records.spending if records else InMemoryLedger(today))
    served = ServedPacks(
        catalogue,
        DeskBuilder(settings, advisor),
        settings.default_pack or next(iter(catalogue.now().values())).head.id,
        index_root=settings.index_root,
        limit=settings.open_packs,
        lessons=AllLessons(AddedExemplars(), Lessons(records.exemplars)) if records else None,
    )
    listed, standing = served.on(None, today())
    if standing.answers:
        served.desk(listed)
    if records is not None:
        return Assistant(served, records.sessions, today, meter=meter, is_off=records.switch.is_off)
    sessions = InMemorySessions(settings.max_sessions, settings.session_ttl_minutes * 60, time.monotonic)
    return Assistant(served, sessions, today, meter=meter)


def open_advisor(settings: Settings, ledger: Ledger) -> Advisor | None:
    """The language model of the settings; None where none is configured. Raises SettingsRefused."""
    if settings.llm_model is None:
        return None
    switches: dict[UseOfModel, bool] = {
        "read": settings.llm_read,
        "rewrite": settings.llm_rewrite,
        "phrase": settings.llm_phrase,
    }
    return Advisor(
        open_model(settings),
        Budget(
            ledger,
            Prices(settings.llm_price_in, settings.llm_price_out),
            settings.llm_daily_tokens,
            settings.llm_daily_cost,
        ),
        Breaker(time.monotonic),
        load_wording(),
        AdvisorTuning(
            uses=frozenset(use for use, on in switches.items() if on),
            seconds=settings.llm_timeout_seconds,
            concurrent=settings.llm_concurrency,
            longest=settings.llm_max_tokens,
        ),
        time.perf_counter,
    )


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
        own = load_fact_cues(pack.folder / "fact_cues.yaml", self._gazetteer)
        cues = with_cues(own, pack.annexes)
        notice = pack.notice
        named = cues.gazetteer.province_in(notice.issuing_authority, notice.title)
        province = cues.place.province if cues.place else named
        field_topics: Sequence[Topic] = self._topics_of_no_pack
        if pack.topics:
            places = cues.gazetteer
            field_topics = fitting(self._field_topics, notice, self._foreign_names, places, province)
        topics = [*pack.topics, *field_topics]
        folder = (
            Path(self._settings.index_root) / (plain_name(pack.id) if pack.topics else "_field") / "intents"
        )
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
            statements=StatementModel(
                lambda: (
                    *load_said(pack.folder, pack.schema),
                    *questions_as_said(pack.topics, QUESTIONS_EACH),
                ),
                pack.schema,
                cues,
                index.encoder.encode,
                index.encoder.digest,
                folder,
                StatementTuning(),
                index.encoder.encode_kept,
                made_of=f"{pack.digest} {self._code}",
            ),
            grounding=Grounding(pack.tree, pack.notice),
            phrases=self._phrases,
            field_topics=field_topics,
            tuning=DecisionTuning(),
            advisor=self._advisor,
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
