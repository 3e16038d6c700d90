"""The loop from an unresolved question at the widget to its answer, through the desk; and every page of the desk."""

from __future__ import annotations

import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk import PASSWORD, STAFF, Desk
from playwright.sync_api import expect

UNRESOLVED = "评审专家从哪里抽"
OTHER_WORDS = "评审的专家从哪里抽？"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = {
    "look-up": "",
    "found": "?q=贯标证书+有效期",
    "clause": "/clauses/3.3.2?q=证书",
    "ask": "/ask",
    "check": "/check",
    "tickets": "/tickets",
    "proposals": "/proposals",
    "propose": "/proposals/new?question=证书&clause=3.3.2",
    "conversations": "/conversations",
    "numbers": "/numbers",
    "accounts": "/accounts",
    "audit": "/audit",
    "password": "/password",
}


@pytest.fixture(autouse=True)
def _at_least_a_browser(browser):
    """Without a browser nothing here is run."""


@pytest.fixture(scope="module")
def staff(house):
    """Three accounts."""
    for name, role in STAFF.items():
        house.records.accounts.add(name, role, PASSWORD, actor="shell")
    return tuple(STAFF)


@pytest.fixture
def arrive(browser, house, staff):
    """Opens the desk for a member of staff."""
    contexts = []

    def arrived(name, *, width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 860}, locale="zh-CN", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Desk(context.new_page(), house.origin).sign_in(name)

    yield arrived
    for context in contexts:
        context.close()


def test_an_unresolved_question_is_claimed_taught_approved_and_answered(visit, arrive, house, tmp_path):
    widget = visit()
    before = widget.ask(UNRESOLVED)
    expect(before).to_contain_text("没有写明")
    assert before.get_by_role("button", name="查看依据 四、（二）2").count() == 0

    li = arrive("li")
    li.take(UNRESOLVED)
    li.page.get_by_label(re.compile("其他条款的编号")).fill("4.2.2")
    li.page.get_by_text("作为例问，让系统以后自己答").click()
    li.page.get_by_role("button", name="提议例问并办结").click()
    expect(li.page.get_by_role("link", name=UNRESOLVED)).to_be_visible()

    wang = arrive("wang")
    wang.go("/proposals")
    wang.page.get_by_role("link", name=re.compile(UNRESOLVED)).first.click()
    expect(wang.page.locator(".source").first).to_contain_text("报省工信厅评定")
    wang.page.get_by_role("button", name="通过，立即生效").click()
    expect(wang.page.get_by_role("button", name="撤下")).to_be_visible()

    after = widget.ask(OTHER_WORDS)  # the same service, not started again
    expect(after).to_contain_text("报省工信厅评定")
    after.get_by_role("button", name="查看依据 四、（二）2").first.click()
    expect(widget.sheet.get_by_role("heading")).to_have_text("四、（二）2")
    widget.clean()
    exported_and_sound(house, tmp_path)


def exported_and_sound(house, folder):
    """`shenbao knowledge export` into a copy of the pack, and lint over it."""
    from assistant.export import export  # noqa: PLC0415 - seconds
    from knowledge.lint import lint_pack  # noqa: PLC0415
    from knowledge.pack import load_pack  # noqa: PLC0415

    pack = house.app.state.startup.assistant.packs[house.app.state.startup.assistant.default_pack]
    copy = folder / pack.folder.name
    shutil.copytree(pack.folder, copy)
    done = export(load_pack(copy), house.records.exemplars, "wang")
    assert [proposal.question for proposal in done.proposals] == [UNRESOLVED]
    assert not lint_pack(copy)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(arrive, pictures, scheme):
    desk = arrive("zhao", color_scheme=scheme)
    for name, path in PAGES.items():
        desk.go(path)
        for width in (320, 768, 1280):
            desk.page.set_viewport_size({"width": width, "height": 860})
            desk.page.screenshot(path=pictures / f"desk-{width}-{scheme}-{name}.png")
            assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        found = Axe().run(desk.page, options=RULES).response["violations"]
        told = [(v["id"], [(n["target"], n["failureSummary"]) for n in v["nodes"]]) for v in found]
        assert told == [], name


def test_the_sign_in_page_is_accessible(browser, house, staff, pictures):
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{house.origin}/console")
    page.screenshot(path=pictures / "desk-sign-in.png")
    assert Axe().run(page, options=RULES).response["violations"] == []
    page.close()
