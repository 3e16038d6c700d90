"""WCAG 2.2 AA as far as a machine sees it, and what it looks like at three widths, light and dark."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from widget import ELIGIBILITY, QUESTION

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")


@pytest.fixture(autouse=True)
def _at_least_a_browser(browser):
    """Without a browser nothing here is run."""


def sound(page):
    """axe finds nothing to object to."""
    found = Axe().run(page, options=RULES).response["violations"]
    told = [(v["id"], [(node["target"], node["failureSummary"]) for node in v["nodes"]]) for v in found]
    assert told == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_view_is_accessible_and_fits(visit, pictures, width, scheme):
    widget = visit("/bubble", width=width, height=800, color_scheme=scheme, reduced_motion="reduce")
    page = widget.page

    def seen(view):
        page.screenshot(path=pictures / f"{width}-{scheme}-{view}.png")
        if width != 768:  # there the panel is as wide as at 1280
            sound(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for part in (widget.log, widget.sheet.locator(".sheet-body")):
            if part.is_visible():
                assert part.evaluate("(part) => part.scrollWidth <= part.clientWidth"), view

    expect(widget.root.get_by_role("button", name="打开申报咨询")).to_be_visible()
    seen("0-closed")
    widget.root.get_by_role("button", name="打开申报咨询").click()
    expect(widget.log).to_contain_text("您好")
    seen("1-greeting")
    widget.ask(QUESTION)
    seen("2-answer")
    widget.last.locator(".marker").first.click()
    expect(widget.sheet.locator("mark")).to_be_visible()
    seen("3-clause")
    page.keyboard.press("Escape")
    widget.ask(ELIGIBILITY)
    seen("4-verdict")
    widget.show_facts()
    widget.known.get_by_role("button", name=re.compile("更正：近3年以内的投入")).click()
    seen("5-correction")
    widget.sheet.get_by_role("spinbutton").fill("2600")
    widget.sheet.get_by_role("button", name="确定").click()
    expect(widget.card.locator(".questions")).to_be_visible()
    seen("6-questions")
    widget.known.locator("summary").click()
    widget.ask("专项审计报告可以用年度审计代替吗？")
    widget.last.get_by_role("button", name="没有帮助").click()
    seen("7-reason")
    widget.last.get_by_role("button", name="请工作人员答复").click()
    seen("8-hand-over")
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    expect(widget.notice).to_be_visible()
    seen("9-offline")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_demo_page_is_accessible_and_fits(visit, house, pictures, width, scheme):
    widget = visit(house.origin + "/demo", width=width, color_scheme=scheme, reduced_motion="reduce")
    widget.page.get_by_label(re.compile("申报在 2023 年")).fill("2023-02-20")
    widget.ask("标杆工厂和平台我们都能报吗？2019年8月在南京成立")
    widget.page.screenshot(path=pictures / f"{width}-{scheme}-demo.png", full_page=True)
    sound(widget.page)
    assert widget.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_report_is_accessible(visit, pictures):
    widget = visit()
    widget.ask(ELIGIBILITY)
    with widget.page.expect_popup() as opened:
        widget.last.get_by_role("button", name="自查报告").click()
    expect(opened.value.get_by_role("heading", name="申报条件自查报告")).to_be_visible()
    opened.value.screenshot(path=pictures / "report-screen.png", full_page=True)
    sound(opened.value)


def test_nothing_moves_for_those_who_want_it_still(visit, house):
    widget = visit("/bubble", reduced_motion="reduce")
    widget.root.get_by_role("button", name="打开申报咨询").click()
    house.wire.pace = 0.2
    widget.send(QUESTION)
    moving = "document.querySelector('shenbao-chat').shadowRoot.getAnimations().length"
    assert widget.page.evaluate(moving) == 0
    expect(widget.last.get_by_role("button", name="复制回答")).to_be_visible(timeout=20_000)


def test_everything_to_press_is_large_enough(visit):
    widget = visit("/bubble", width=320, height=700)
    widget.root.get_by_role("button", name="打开申报咨询").click()
    widget.ask(ELIGIBILITY)
    widget.show_facts()
    for target in widget.root.locator("button, summary, a, input").all():
        if target.is_visible():
            box = target.bounding_box()
            assert min(box["width"], box["height"]) >= 23.5, target.evaluate("(it) => it.outerHTML")


def test_a_narrow_screen_is_filled_and_keeps_the_focus(visit):
    widget = visit("/bubble", width=320, height=640)
    widget.root.get_by_role("button", name="打开申报咨询").click()
    box = widget.root.locator("dialog").bounding_box()
    assert (box["width"], box["height"]) == (320, 640)
    for _ in range(12):
        widget.page.keyboard.press("Tab")
        assert widget.page.evaluate("document.activeElement.localName") in {"shenbao-chat", "body"}
