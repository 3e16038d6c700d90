"""Whatever a field holds, it is shown as text: probes in every field that the widget ever shows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Route, expect
from widget import ELIGIBILITY

PROBE = "\"'><img src=x onerror=window.pwned=1><script>window.pwned=1</script><svg onload=window.pwned=1>javascript:window.pwned=1"
KEPT = {
    "route",
    "status",
    "verdict",
    "session_id",
    "message_id",
    "as_of",
    "opens_on",
    "closes_on",
    "type",
    "name",
}


@pytest.fixture(autouse=True)
def _at_least_a_browser(browser):
    """Without a browser nothing here is run."""


def probed(value: Any, key: str = "") -> Any:
    """The value with a probe in every text that is not a name of ours."""
    if isinstance(value, dict):
        return {name: probed(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [probed(inner, key) for inner in value]
    return value + PROBE if isinstance(value, str) and key not in KEPT else value


def poison(route: Route) -> None:
    """The service's answer, with probes in all of it."""
    response = route.fetch()
    text = response.text()
    if "event-stream" in response.headers.get("content-type", ""):
        blocks = [block.split("\ndata: ") for block in text.split("\n\n") if block]
        text = "".join(f"{head}\ndata: {json.dumps(probed(json.loads(data)))}\n\n" for head, data in blocks)
    elif text:
        text = json.dumps(probed(json.loads(text)))
    route.fulfill(response=response, body=text)


def harmless(page: Any) -> None:
    assert page.evaluate("window.pwned") is None
    assert (
        page.evaluate(
            "document.querySelector('shenbao-chat').shadowRoot.querySelectorAll('img, script, iframe, svg[onload]').length"
        )
        == 0
    )


def test_what_the_visitor_types_is_text(visit):
    widget = visit()
    widget.send(PROBE)
    expect(widget.last.locator(".question")).to_contain_text("<img src=x")
    expect(widget.last.get_by_role("button", name="复制回答")).to_be_visible()
    harmless(widget.page)
    widget.clean()


@pytest.mark.parametrize("question", [ELIGIBILITY, "标杆工厂和平台我们都能报吗？", "联系电话是多少？"])
def test_what_the_service_says_is_text(visit, house, question):
    widget = visit()
    widget.page.route(f"{house.origin}/v1/chat/stream", poison)
    widget.page.route(f"{house.origin}/v1/clauses/**", poison)
    widget.page.route(f"{house.origin}/v1/sessions/**", poison)
    widget.send(question)
    expect(widget.last.get_by_role("button", name="复制回答")).to_be_visible()
    for details in widget.root.locator("details").all():
        details.evaluate("(unfolded) => { unfolded.open = true; }")
    for link in widget.root.locator("a").all():
        assert (link.get_attribute("href") or "").startswith("tel:")
    with widget.page.expect_response(
        f"{house.origin}/v1/clauses/**"
    ):  # or the test ends while it is on its way
        widget.last.locator(".link, .marker").first.click()
    harmless(widget.page)
    if widget.card.count():
        with widget.page.expect_popup() as opened:
            widget.last.get_by_role("button", name="自查报告").click()
        expect(opened.value.locator("main")).to_contain_text("<img src=x")
        assert opened.value.locator("img, script, svg").count() == 0
        assert opened.value.evaluate("window.pwned") is None
    widget.clean()


def test_what_the_channel_says_is_text(visit, house):
    widget = visit("/bubble")
    widget.page.route(f"{house.origin}/v1/channels/*", poison)
    widget.page.reload()
    widget.root.get_by_role("button", name="打开申报咨询").click()
    expect(widget.log).to_contain_text("<img src=x")
    harmless(widget.page)
    widget.clean()
