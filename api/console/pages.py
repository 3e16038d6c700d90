"""Pages: the templates, the words that they share, and the headers that every page carries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.console.marking import marked
from api.console.wording import age, change, load_wording, subject
from api.guards import content_security_policy
from knowledge.clock import BEIJING

if TYPE_CHECKING:
    from jinja2 import Environment

    from api.console.access import Visit

FOLDER = Path(__file__).parent
PRIVATE = {
    "Content-Security-Policy": content_security_policy(form_action="'self'"),
    "Cache-Control": "no-store",
}
"""Of every page: own scripts and styles only, and nothing kept by the browser or on the way."""

_MARKER = re.compile(r"\s*\[\d+\]")
_BASIS = re.compile(r"\n+依据[^\n]*\n")


def render(visit: Visit, template: str, *, status: int = 200, **shown: Any) -> HTMLResponse:
    """A page for somebody who is signed in."""
    page = _environment().get_template(template)
    common = {
        "visit": visit,
        "account": visit.account,
        "csrf": visit.csrf,
        "path": visit.request.url.path,
        "now": visit.now,
        "switch": visit.records.switch.state(),
        "done": load_wording().done.get(visit.request.query_params.get("done", ""), ""),
    }
    return HTMLResponse(page.render(common | shown), status, headers=PRIVATE)


def go(path: str, **parameters: str | int) -> RedirectResponse:
    """On to another page after a post, so that loading it again repeats nothing."""
    return RedirectResponse(path + query(**parameters), 303, headers=PRIVATE)


def render_open(template: str, *, status: int = 200, **shown: Any) -> HTMLResponse:
    """A page for anybody: signing in, first steps, failures."""
    page = _environment().get_template(template)
    return HTMLResponse(page.render({"visit": None, "path": ""} | shown), status, headers=PRIVATE)


def failure(_: Request, status: int, title: str, detail: str) -> HTMLResponse:
    """What went wrong and the way on."""
    return render_open("failure.html", status=status, title=title, detail=detail)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - for the first page

    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words=load_wording(), query=query, named=named)
    environment.filters.update(
        marked=marked,
        moment=moment,
        age=age,
        day=day,
        unmarked=unmarked,
        fact=fact,
        body=body,
        subject=subject,
        change=change,
    )
    environment.globals["parts"] = environment.get_template("parts.html").module
    return environment


def moment(at: datetime | None) -> str:
    """A time as it is read in Beijing. Times without a zone are kept in UTC."""
    if at is None:
        return "—"
    known = at if at.tzinfo else at.replace(tzinfo=UTC)
    return known.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def day(value: date | None) -> str:
    """A day, or a dash."""
    return value.isoformat() if value else "—"


def body(text: str) -> str:
    """An answer without the list of sources at its end, which pages show in their own way."""
    return _BASIS.split(text, maxsplit=1)[0].strip()


def unmarked(text: str) -> str:
    """A text without its citation markers, for saying aloud."""
    return _MARKER.sub("", text)


def fact(value: Any) -> str:
    """A fact's JSON value as a person reads it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        low, high = value.get("from"), value.get("to")
        ends = "（不含两端）" if value.get("open") else ""
        return f"{'…' if low is None else low} 至 {'…' if high is None else high}{ends}"
    if isinstance(value, list):
        return "、".join(map(str, value)) or "—"
    return "—" if value in (None, "") else str(value)


def query(**parameters: str | int | Sequence[str] | None) -> str:
    """A query string of the parameters that say something, `?` included; empty for none."""
    said = {name: value for name, value in parameters.items() if value not in (None, "", ())}
    return f"?{urlencode(said, doseq=True)}" if said else ""


def named(words: Mapping[str, str], keys: Iterable[str]) -> list[tuple[str, str]]:
    """Keys with what they are called, for a list to choose from."""
    return [(key, words.get(key, key)) for key in keys]
