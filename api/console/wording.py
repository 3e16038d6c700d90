"""The Chinese words of the console that more than one page needs: wording.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.models import Frozen
from knowledge.strict_yaml import load_model


class Wording(Frozen):
    """What routes, verdicts and states are called on screen; `done` is said after a change."""

    routes: dict[str, str]
    verdicts: dict[str, str]
    statuses: dict[str, str]
    signs: dict[str, str]
    windows: dict[str, str]
    standings: dict[str, str]
    roles: dict[str, str]
    ratings: dict[str, str]
    ticket_reasons: dict[str, str]
    ticket_states: dict[str, str]
    proposal_states: dict[str, str]
    actions: dict[str, str]
    done: dict[str, str]
    subjects: dict[str, str]
    annex_kinds: dict[str, str]
    annex_states: dict[str, str]
    fields: dict[str, str]
    forgotten: str


@cache
def load_wording() -> Wording:
    """The words. Raises PackError where the file is wrong."""
    return load_model(Path(__file__).parent / "wording.yaml", Wording)


def subject(name: str) -> str:
    """What an entry of the log is about, `ticket 7` as 工单 7."""
    kind, _, rest = name.partition(" ")
    return f"{load_wording().subjects.get(kind, kind)} {rest}".strip()


def change(values: Mapping[str, Any] | None) -> list[tuple[str, Any]]:
    """What an entry of the log tells, in the words of the screen."""
    words = load_wording()
    states = words.ticket_states | words.proposal_states | words.roles
    return [
        (words.fields.get(name, name), states.get(value, value) if isinstance(value, str) else value)
        for name, value in (values or {}).items()
    ]


def age(since: datetime, now: datetime) -> str:
    """How long ago, in one unit."""
    known = since if since.tzinfo else since.replace(tzinfo=UTC)
    passed = max(now - known, timedelta())
    if passed < timedelta(minutes=1):
        return "不到 1 分钟"
    if passed < timedelta(hours=1):
        return f"{passed // timedelta(minutes=1)} 分钟"
    if passed < timedelta(days=1):
        return f"{passed // timedelta(hours=1)} 小时"
    return f"{passed.days} 天"
