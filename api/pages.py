"""Pages that show the widget: `/demo`, and `/frame/{channel}` for sites that can embed a frame but no script."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Path as PathField
from fastapi.responses import HTMLResponse

from api.guards import content_security_policy
from api.parts import admission_of

_STATIC = Path(__file__).parent / "static"
_DEMO = "demo"

router = APIRouter(include_in_schema=False)


@router.get("/demo")
def demo(request: Request) -> HTMLResponse:
    """The widget on a page that explains it; other sites may frame it where the channel `demo` allows them."""
    channel = admission_of(request).channels.find(_DEMO)
    return _page("demo.html", channel.frame_ancestors if channel else "'none'")


@router.get("/frame/{channel_id}")
def frame(channel_id: Annotated[str, PathField(max_length=40)], request: Request) -> HTMLResponse:
    """The widget alone, for the pages that the channel allows. Raises UnknownRecord."""
    channel = admission_of(request).channels.get(channel_id)
    return _page("frame.html", channel.frame_ancestors, channel=channel.id)


def _page(name: str, frame_ancestors: str, **values: str) -> HTMLResponse:
    # What is filled in are ids of channels, whose form leaves nothing to escape.
    text = (_STATIC / name).read_text(encoding="utf-8")
    return HTMLResponse(
        Template(text).substitute(values) if values else text,
        headers={
            "Cache-Control": "no-cache",
            "Content-Security-Policy": content_security_policy(frame_ancestors),
        },
    )
