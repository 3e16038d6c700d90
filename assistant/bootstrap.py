"""The assistant wired together from settings: catalogue, desks, sessions, language model."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from assistant.desk_builder import DeskBuilder
from assistant.llm.advisor import Advisor, AdvisorTuning
from assistant.llm.breaker import Breaker
from assistant.llm.budget import Budget, InMemoryLedger, Ledger, Prices
from assistant.llm.model import open_model
from assistant.llm.wording import load_wording
from assistant.meter import UNMEASURED, Meter
from assistant.reply import UseOfModel
from assistant.service import Assistant
from assistant.serving import ServedPacks
from assistant.session_store import InMemorySessions
from assistant.settings import Settings
from assistant.taught import AddedExemplars, AllLessons
from assistant.teaching import Lessons
from knowledge.clock import today_in_beijing
from knowledge.errors import PackError
from knowledge.listed_folders import LiveCatalogue

if TYPE_CHECKING:
    from assistant.records.store import Records

CATALOGUE_FILE = "catalogue.json"


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
