"""The one place where parts are wired together."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from assistant.compose.grounding import Grounding
from assistant.desk import Desk
from assistant.facts.learned import Places, StatementModel, StatementTuning
from assistant.phrases import load_phrases
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
from knowledge.annexes import with_cues
from knowledge.cues import load_fact_cues
from knowledge.errors import PackError, UnknownPack
from knowledge.field_topics import fitting, load_field_topics, load_foreign_names
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
    settings: Settings, today: Callable[[], date] = today_in_beijing, records: Records | None = None
) -> Assistant:
    """Load the packs, open their indexes (built where missing) and wire an Assistant.

    With `records` conversations are kept there and what the desk taught is answered; without, sessions live in
    memory and nothing is kept. Raises PackError, IndexUnavailable, StorageUnavailable, UnknownPack.
    """
    packs = load_packs(settings.packs_root, settings.additions_root)
    if not packs:
        raise PackError(settings.packs_root, 0, "没有任何知识包", "请放入知识包，或改正 SHENBAO_PACKS_ROOT")
    default = settings.default_pack or next(iter(packs))
    if default not in packs:
        raise UnknownPack(f"没有知识包 {default!r}，现有：{'、'.join(packs)}")
    desks = {name: build_desk(pack, settings) for name, pack in packs.items()}
    if records is not None:
        lessons = AllLessons(AddedExemplars(packs.values()), Lessons(records.exemplars))
        return Assistant(desks, default, records.sessions, today, lessons)
    sessions = InMemorySessions(settings.max_sessions, settings.session_ttl_minutes * 60, time.monotonic)
    return Assistant(desks, default, sessions, today)


def build_desk(pack: Pack, settings: Settings) -> Desk:
    """Everything that answers for one pack."""
    index_settings = IndexSettings(
        index_root=settings.index_root, model=settings.model, allow_remote_code=settings.allow_remote_code
    )
    index = open_index(pack, index_settings)
    cues = with_cues(load_fact_cues(pack.folder / "fact_cues.yaml"), pack.annexes)
    province = (
        cues.place.province
        if cues.place
        else cues.gazetteer.province_in(pack.notice.issuing_authority, pack.notice.title)
    )
    field_topics = fitting(load_field_topics(), pack.notice, load_foreign_names(), cues.gazetteer, province)
    topics = [*pack.topics, *field_topics]
    folder = Path(settings.index_root) / pack.id / "intents"
    intents = IntentModel(
        topics,
        index.encoder,
        index.encoder.digest,
        folder,
        IntentTuning(),
    )
    return Desk(
        pack=pack,
        index=index,
        intents=intents,
        names=CategoryNames(pack.notice.categories, load_foreign_names(pack.notice), cues.gazetteer.names),
        typed_pinyin=TypedPinyin.learned(
            (question for topic in topics for question in topic.questions),
            folder / f"pinyin-{intents.digest[:16]}.json",
        ),
        english=load_english(cues.gazetteer),
        cues=cues,
        statements=StatementModel(
            (*load_said(pack.folder, pack.schema), *questions_as_said(pack.topics, QUESTIONS_EACH)),
            index.encoder.encode,
            index.encoder.digest,
            folder,
            StatementTuning(),
            Places(cues.gazetteer, province),
            index.encoder.encode_kept,
        ),
        grounding=Grounding(pack.tree, pack.notice),
        phrases=load_phrases(),
        field_topics=field_topics,
        tuning=DecisionTuning(),
    )
