"""A real browser before a real service, embedded in a foreign page."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))  # these modules belong to no package

import chromium
import servers
from widget import Widget

REPOSITORY = Path(__file__).resolve().parents[2]
PICTURES = REPOSITORY / "build" / "e2e"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; without it or without a Chinese font these tests are skipped, or fail where they are required.

    Its driver runs an event loop in this thread until it is stopped, so no module after these may find it running.
    """
    lacks = chromium.missing()
    if chromium.verdict(lacks) == "fail":
        pytest.fail(lacks, pytrace=False)
    if lacks:
        pytest.skip(lacks)
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium.chromium(), args=list(chromium.FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where what the browser draws is kept."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES


@pytest.fixture(scope="session")
def house(index_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The service at `origin` behind a `wire`, the foreign site at `site`, and what is kept as `records`."""
    from api.app import create_app  # noqa: PLC0415 - seconds, for the tests that ask for it
    from assistant.bootstrap import build_assistant  # noqa: PLC0415
    from assistant.records.store import open_kept  # noqa: PLC0415
    from assistant.settings import Settings  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("service")
    with servers.bureau() as site:
        channels = folder / "channels.yaml"
        channels.write_text(CHANNELS.format(origin=site.origin), encoding="utf-8")
        settings = Settings(
            index_root=index_root,
            database=f"sqlite:///{folder / 'kept.db'}",
            channels=channels,
            require_token="always",
        )
        records = open_kept(settings)
        app = create_app(build_assistant(settings, records=records), settings)
        wire = servers.Wire(app)
        with servers.serving(wire) as origin:
            site.service = origin
            yield SimpleNamespace(origin=origin, site=site.origin, wire=wire, records=records, app=app)


CHANNELS = """
channels:
  - id: demo
    allowed_origins: [self]
    greeting: 您好。
  - id: bureau
    title: 某局申报咨询
    allowed_origins: [self, "{origin}"]
    greeting: 您好，我可以解答申报通知的问题，逐条给出原文依据，也可以对照条件看看能不能申报。
    colour: "#0b5cad"
    per_visitor_per_minute: 1000
    per_address_per_minute: 10000
  - id: strict
    allowed_origins: ["{origin}"]
    greeting: 您好。
    per_visitor_per_minute: 2
  - id: elsewhere
    allowed_origins: ["https://bureau.example"]
    greeting: 您好。
"""


@pytest.fixture
def visit(browser: Browser, house: Any) -> Iterator[Callable[..., Widget]]:
    """Opens a page of the foreign site in a profile of its own and gives its widget."""
    contexts = []
    house.wire.pace, house.wire.cut_after = 0.0, 0

    def open_page(path: str = "/inline", *, width: int = 1280, height: int = 860, **options: Any) -> Widget:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **options)
        context.set_default_timeout(10_000)
        context.add_init_script(chromium.WATCH)
        contexts.append(context)
        return enter(context.new_page(), house, path)

    yield open_page
    for context in contexts:
        context.close()


def enter(page: Page, house: Any, path: str) -> Widget:
    """The widget of a page; errors of its scripts are collected."""
    widget = Widget(page)
    page.goto(path if path.startswith("http") else house.site + path)
    return widget
