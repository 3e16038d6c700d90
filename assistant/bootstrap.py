"""The one place where parts are wired together."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from assistant.compose.grounding import Grounding
from assistant.desk import Desk
from assistant.facts.learned import StatementModel, StatementTuning
from assistant.llm.advisor import Advisor, AdvisorTuning
from assistant.llm.breaker import Breaker
from assistant.llm.budget import Budget, InMemoryLedger, Ledger, Prices
from assistant.llm.model import open_model
from assistant.llm.wording import load_wording
from assistant.meter import UNMEASURED, Meter
from assistant.phrases import load_phrases
from assistant.reply import UseOfModel
from assistant.service import Assistant
from assistant.sessions import InMemorySessions
from assistant.settings import Settings
from assistant.taught import AddedExemplars, AllLessons
from assistant.teaching import Lessons
from assistant.understanding.categories import CategoryNames
from assistant.understanding.decide import DecisionTuning
from assistant.understanding.english import load_english
from assistant.understanding.intent import IntentModel, IntentTuning
from assistant.understanding.typed_pinyin import TypedPinyin
from knowledge.cues import load_fact_cues
from knowledge.errors import PackError, UnknownPack
from knowledge.field_topics import load_field_topics, load_foreign_names
from knowledge.pack import Pack, load_packs
from knowledge.retrieval.index import open_index
from knowledge.retrieval.settings import IndexSettings
from knowledge.said import load_said, questions_as_said

if TYPE_CHECKING:
    from assistant.records.store import Records

QUESTIONS_EACH = 20
"""Exemplars of a topic from which it is learned that a question states nothing."""
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
    """Load the packs, open their indexes (built where missing) and wire an Assistant.

    With `records` conversations are kept there and what the desk taught is answered; without, sessions live in
    memory and nothing is kept. `meter` is told what answers take. Raises PackError, IndexUnavailable,
    StorageUnavailable, UnknownPack, SettingsRefused.
    """
    packs = load_packs(settings.packs_root)
    if not packs:
        raise PackError(settings.packs_root, 0, "没有任何知识包", "请放入知识包，或改正 SHENBAO_PACKS_ROOT")
    default = settings.default_pack or next(iter(packs))
    if default not in packs:
        raise UnknownPack(f"没有知识包 {default!r}，现有：{'、'.join(packs)}")
    advisor = open_advisor(settings, records.spending if records else InMemoryLedger(today))
    desks = {name: replace(build_desk(pack, settings), advisor=advisor) for name, pack in packs.items()}
    if records is not None:
        lessons = AllLessons(AddedExemplars(packs.values()), Lessons(records.exemplars))
        return Assistant(desks, default, records.sessions, today, lessons, meter=meter)
    sessions = InMemorySessions(settings.max_sessions, settings.session_ttl_minutes * 60, time.monotonic)
    return Assistant(desks, default, sessions, today, meter=meter)


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
    """Everything that answers for one pack, without a language model."""
    index_settings = IndexSettings(
        index_root=settings.index_root, model=settings.model, allow_remote_code=settings.allow_remote_code
    )
    index = open_index(pack, index_settings)
    field_topics = load_field_topics()
    topics = [*pack.topics, *field_topics]
    folder = Path(settings.index_root) / pack.id / "intents"
    intents = IntentModel(
        topics,
        index.encoder,
        index.encoder.digest,
        folder,
        IntentTuning(),
    )
    cues = load_fact_cues(pack.folder / "fact_cues.yaml")
    return Desk(
        pack=pack,
        index=index,
        intents=intents,
        names=CategoryNames(pack.notice.categories, load_foreign_names(), cues.gazetteer.names),
        typed_pinyin=TypedPinyin.learned(
            (question for topic in topics for question in topic.questions),
            folder / f"pinyin-{intents.digest[:16]}.json",
        ),
        english=load_english(cues.gazetteer),
        cues=cues,
        statements=StatementModel(
            (*load_said(pack.folder, pack.schema), *questions_as_said(pack.topics, QUESTIONS_EACH)),
            pack.schema,
            cues,
            index.encoder.encode,
            index.encoder.digest,
            folder,
            StatementTuning(),
        ),
        grounding=Grounding(pack.tree, pack.notice),
        phrases=load_phrases(),
        field_topics=field_topics,
        tuning=DecisionTuning(),
    )
