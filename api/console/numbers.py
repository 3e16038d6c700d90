"""What happened over some days, as figures and plots."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import Query
from fastapi.responses import Response

from api.console import plots
from api.console.access import Action, Refused, Visit, needs
from api.console.ask import day_of
from api.console.pages import render
from api.console.routing import page_router
from api.console.wording import load_wording
from knowledge.clock import BEIJING

DAYS = 30
_MOST_DAYS = 366
router = page_router()


@router.get("/numbers")
def numbers_page(
    visit: Annotated[Visit, needs(Action.READ_NUMBERS)],
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
    channel: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """Questions a day, routes, verdicts, unresolved, clauses, ratings and latency of a span of days."""
    last = day_of(until) or visit.now.astimezone(BEIJING).date()
    first = day_of(since) or last - timedelta(days=DAYS - 1)
    if not 0 <= (last - first).days < _MOST_DAYS:
        raise Refused(422, f"起止日期有误：最多看 {_MOST_DAYS} 天，起日不晚于止日。")
    summary, words = visit.records.numbers.summary(first, last, channel or None), load_wording()
    by_day = {one.day: one for one in summary.days}
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    counts = [
        (day, by_day[day].questions, by_day[day].unresolved) if day in by_day else (day, 0, 0) for day in days
    ]
    return render(
        visit,
        "numbers.html",
        summary=summary,
        channels=[name for name in summary.channels if name],
        since=first,
        until=last,
        channel=channel,
        days=plots.columns(
            [(_short(day), asked - unresolved, unresolved) for day, asked, unresolved in counts]
        ),
        counts=[count for count in counts if count[1]],
        routes=plots.bars([(words.routes.get(name, name), n) for name, n in summary.routes.items()]),
        verdicts=plots.bars([(words.verdicts.get(name, name), n) for name, n in summary.verdicts.items()]),
        ratings=plots.bars([(words.ratings.get(name, name), n) for name, n in summary.ratings.items()]),
        tickets=plots.bars([(words.ticket_states.get(name, name), n) for name, n in summary.tickets.items()]),
        clauses=plots.bars(
            [(_label(visit, one.pack, one.clause_id), one.answers) for one in summary.top_clauses]
        ),
        latency=plots.bars([(name, n) for name, n in summary.latency_ms.items()]),
    )


def _short(day: date) -> str:
    return f"{day.month}-{day.day}"


def _label(visit: Visit, pack_id: str, clause_id: str) -> str:
    pack = visit.assistant.packs.get(pack_id)
    return pack.tree.get(clause_id).label if pack is not None and clause_id in pack.tree else clause_id
