"""The Chinese words of the console that more than one page needs: wording.yaml."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from knowledge.models import Frozen
from knowledge.strict_yaml import load_model


class Wording(Frozen):
    """What routes, verdicts and states are called on screen; `done` is said after a change."""

    routes: dict[str, str]
    verdicts: dict[str, str]
    statuses: dict[str, str]
    signs: dict[str, str]
    windows: dict[str, str]
    roles: dict[str, str]
    ratings: dict[str, str]
    ticket_reasons: dict[str, str]
    ticket_states: dict[str, str]
    proposal_states: dict[str, str]
    actions: dict[str, str]
    done: dict[str, str]


@cache
def load_wording() -> Wording:
    """The words. Raises PackError where the file is wrong."""
    return load_model(Path(__file__).parent / "wording.yaml", Wording)


def age(since: datetime, now: datetime) -> str:
    """How long ago, in one unit."""
    known = since if since.tzinfo else since.replace(tzinfo=UTC)
    passed = max(now - known, timedelta())
    if passed < timedelta(minutes=1):
        return "刚刚"
    if passed < timedelta(hours=1):
        return f"{passed // timedelta(minutes=1)} 分钟"
    if passed < timedelta(days=1):
        return f"{passed // timedelta(hours=1)} 小时"
    return f"{passed.days} 天"
