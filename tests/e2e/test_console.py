"""The console for those who work at it all day: keys, copying, paper; and what visitors typed stays text there."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import WATCH
from playwright.sync_api import expect

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PASSWORD = "correct horse battery"
PROBE = "<img src=x onerror=window.pwned=1><script>window.pwned=1</script>现场核查谁来？"


@pytest.fixture
def desk(browser, house):
    """Opens the console as somebody, in a profile of its own; nothing may go wrong unnoticed."""
    known = {account.name for account in house.records.accounts.list()}
    for role in ("staff", "admin"):
        if f"a-{role}" not in known:
            house.records.accounts.add(f"a-{role}", role, PASSWORD, actor="shell")
    contexts, errors = [], []

    def open_as(role: str, path: str = "", *, width: int = 1280, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 860},
            locale="zh-CN",
            permissions=["clipboard-read", "clipboard-write"],
            **options,
        )
        context.set_default_timeout(10_000)
        context.add_init_script(WATCH)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{house.origin}/console{path}")
        page.get_by_label("账号").fill(f"a-{role}")
        page.get_by_label("密码").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="退出")).to_be_visible()
        return page

    yield open_as
    for context in contexts:
        for page in context.pages:
            assert page.evaluate("window.violations") == []
        context.close()
    assert errors == []


def sound(page):
    """axe finds nothing to object to, and nothing stands out sideways."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(v["id"], [(n["target"], n["failureSummary"]) for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def copied(page):
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    return page.evaluate("navigator.clipboard.readText()").replace("\r", "")


def test_hands_stay_on_the_keyboard_from_the_query_to_the_copied_clause(desk):
    page = desk("staff")
    page.keyboard.type("贯标证书有效期")
    page.keyboard.press("Enter")  # at once: whatever is still under way is waited for
    expect(page.get_by_role("heading", level=1)).to_contain_text("三、（三）2")
    expect(page.locator("#clause-text mark").first).to_be_visible()
    page.keyboard.press("Control+Enter")
    assert re.search(
        "三、（三）2：\n“申报单位须通过两化融合管理体系贯标.*2023年3月31日之后。”$", copied(page)
    )
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_role("heading", level=1)).to_contain_text("三、（三）3")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_role("heading", level=1)).to_contain_text("三、（三）2")
    page.keyboard.press("Control+k")
    expect(page.locator("#q")).to_be_focused()


def test_arrows_walk_through_the_results_and_back_to_the_query(desk):
    page = desk("staff", "?q=贯标证书有效期")
    page.locator("#q").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-hit]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-hit]").nth(1)).to_be_focused()
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("三、（三）2")


def test_results_follow_the_typing_and_the_category_and_are_announced(desk):
    page = desk("staff")
    page.keyboard.type("注册满几年")
    expect(page.locator("[data-hit] mark").first).to_be_visible()
    expect(page.locator("#said")).to_contain_text("找到")
    page.get_by_role("radio", name="星级上云企业").check()
    expect(page).to_have_url(re.compile("category=star_cloud"))
    for line in page.locator("ol.hits").first.locator(".line").all():
        assert re.search("全部类别|星级上云企业", line.inner_text())


def test_half_typed_pinyin_is_no_query(desk):
    page = desk("staff")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_load_state("networkidle")
    asked.clear()  # the page's own icon comes when it likes
    page.evaluate(
        """() => { const box = document.getElementById("q"); box.value = "guan b";
        box.dispatchEvent(new InputEvent("input", {bubbles: true, isComposing: true})); }"""
    )
    page.wait_for_timeout(400)
    assert asked == []
    page.evaluate(
        """() => { const box = document.getElementById("q"); box.value = "贯标";
        box.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true})); }"""
    )
    expect(page.locator("[data-hit] mark").first).to_have_text(re.compile("贯标"))


def test_a_question_in_full_is_asked_and_its_cited_reply_copied(desk, pictures):
    page = desk("staff", width=320)
    page.keyboard.type("四星级要先是三星级吗？")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".say")).to_contain_text("申报四星级的须已评定为三星级")
    expect(page.locator(".evidence mark").first).to_contain_text("申报四星级的须已评定为三星级")
    page.screenshot(path=pictures / "desk-320-light-answer.png", full_page=True)
    sound(page)
    page.keyboard.press("Control+Shift+Enter")
    assert "依据：\n[1] 苏工信融合〔2023〕27号 三、（四）1：“" in copied(page)
    page.get_by_label(re.compile("来电人的问题")).fill("公司2019年8月在南京成立，能申报标杆工厂吗？")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".verdict h2")).to_contain_text("标杆工厂")
    expect(page.get_by_role("heading", name="来电人说过")).to_be_visible()
    sound(page)


def test_the_form_keeps_the_focus_while_the_verdict_follows(desk):
    page = desk("staff", "/check")
    page.get_by_label("按这一天判断").fill("2023-02-20")
    page.get_by_role("radio", name="标杆工厂").check()
    expect(page.locator(".verdict h2")).to_contain_text("标杆工厂")
    invested = page.get_by_label(re.compile("近3年以内的投入"))
    invested.fill("1500")
    expect(page.locator(".verdict.ineligible .remedy").first).to_be_visible()
    expect(page.locator("#said")).to_contain_text("目前不符合")
    expect(invested).to_be_focused()
    invested.fill("2600")
    expect(page.locator(".verdict.needs_info")).to_be_visible()
    first = page.locator(".block.open a").first
    asked = first.get_attribute("href")
    first.click()
    expect(page.locator(asked).locator("input:checked")).to_be_focused()
    page.locator("#trace summary").click()
    expect(page.locator("#trace tbody tr").first).to_be_visible()
    sound(page)


def test_the_verdict_is_clean_on_paper(desk, pictures):
    page = desk("staff", "/check")
    page.get_by_label("单位注册时间").fill("2022-09")
    expect(page.locator(".verdict.ineligible")).to_be_visible()
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="打印或存为 PDF").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    for gone in ("nav", ".facts-form", "#trace", "button"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.get_by_role("table", name="来电人说明的情况")).to_contain_text("2022-09")
    page.screenshot(path=pictures / "desk-check-print.png", full_page=True)


def test_what_a_visitor_typed_never_runs_at_the_desk(visit, desk, house, pictures):
    widget = visit()
    widget.ask(PROBE)
    widget.last.get_by_role("button", name="没有帮助").click()
    widget.last.get_by_label("补充说明").fill(PROBE)
    widget.last.get_by_role("button", name="提交").click()
    page = desk("admin", "/tickets")
    ticket = next(one for one in house.records.tickets.list() if one.question == PROBE)
    page.goto(f"{house.origin}/console/tickets/{ticket.id}")
    page.get_by_role("button", name="领取").click()
    expect(page.get_by_text("已领取")).to_be_visible()
    page.get_by_text("作为例问").click()
    page.screenshot(path=pictures / "desk-ticket-claimed.png", full_page=True)
    sound(page)
    for path in (
        *("/tickets?state=mine", f"/tickets/{ticket.id}", "/conversations", f"/answers/{ticket.message_id}"),
        *(f"/conversations/{ticket.session_id}", f"?q={PROBE}", f"/proposals/new?question={PROBE}"),
    ):
        page.goto(f"{house.origin}/console{path}")
        expect(page.get_by_role("main")).to_be_visible()
        assert "window.pwned" in page.content(), path
        assert page.evaluate("window.pwned") is None, path
        assert page.locator("main img, main script").count() == 0, path
    page.goto(f"{house.origin}/console")
    page.locator("#q").fill(PROBE)
    expect(page.locator("[data-hit]").first).to_be_visible()
    assert page.evaluate("window.pwned") is None


def test_the_first_steps_are_on_screen_while_there_is_no_account(browser, house, tmp_path, pictures):
    from api.startup import Startup  # noqa: PLC0415 - seconds, for the tests that ask for it
    from assistant.records.store import open_records  # noqa: PLC0415

    empty = open_records(f"sqlite:///{tmp_path / 'empty.db'}")
    before = house.app.state.startup
    house.app.state.startup = Startup.opened(before.assistant, lambda: empty)
    page = browser.new_page(locale="zh-CN")
    try:
        page.goto(f"{house.origin}/console")
        expect(page.get_by_text("shenbao user add")).to_be_visible()
        page.screenshot(path=pictures / "desk-first-steps.png")
        sound(page)
    finally:
        house.app.state.startup = before
        page.close()
        empty.database.close()


def test_targets_are_large_enough_and_the_focus_is_seen(desk):
    page = desk("staff", "?q=注册")
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, nav a, .hit, .segmented input")]
        .map((one) => one.getBoundingClientRect()).filter((box) => box.width && (box.width < 24 || box.height < 24)).length"""
    )
    assert small == 0
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
