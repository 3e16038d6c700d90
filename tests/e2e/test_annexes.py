"""Somebody without a shell loads an annex: upload, look, tick, confirm; the next answer cites it; and takes it out."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import WATCH
from desk import PASSWORD, Desk
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # what tests share belongs to no package

import guideline
import servers
import thin_pack

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SERVED = 300_000
"""Milliseconds for an index to be built on a busy machine."""
QUESTION = "平台的工业设备连接数要达到多少"


@pytest.fixture(scope="module")
def bureau(tmp_path_factory, index_root):
    """A service of its own over the thin pack, since annexes are for all who ask."""
    from api.app import create_app  # noqa: PLC0415 - seconds, for the tests that ask for it
    from assistant.bootstrap import build_assistant  # noqa: PLC0415
    from assistant.records.store import open_kept  # noqa: PLC0415
    from assistant.settings import Settings  # noqa: PLC0415

    root = tmp_path_factory.mktemp("bureau")
    settings = Settings(
        packs_root=thin_pack.copy_thin(root),
        additions_root=root / "added",
        index_root=index_root.with_name("test-index-thin"),
        database=f"sqlite:///{root / 'kept.db'}",
    )
    records = open_kept(settings)
    records.accounts.add("wang", "editor", PASSWORD, actor="shell")
    app = create_app(build_assistant(settings, records=records), settings)
    with servers.serving(app) as origin:
        yield SimpleNamespace(origin=origin, records=records)
    records.database.close()


@pytest.fixture
def editor(browser, bureau):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.set_default_timeout(15_000)
    context.add_init_script(WATCH)
    desk = Desk(context.new_page(), bureau.origin).sign_in("wang")
    yield desk
    assert desk.page.evaluate("window.violations") == []
    context.close()


def sound(page):
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(v["id"], [(n["target"], n["failureSummary"]) for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def ask(desk):
    desk.go(f"/ask?q={QUESTION}")
    desk.page.get_by_role("button", name="问", exact=True).click()


def test_an_annex_from_a_word_file_to_a_cited_answer_and_out_again(editor, pictures, tmp_path):
    page = editor.page
    file = tmp_path / "附件1.docx"
    file.write_bytes(guideline.as_word())
    page.get_by_role("link", name="附件", exact=True).click()
    sound(page)
    page.get_by_role("link", name="附件1").click()
    page.get_by_label("文件").set_input_files(file)
    page.get_by_role("button", name="上传并查看").click()
    expect(page.get_by_role("heading", name="规则建议")).to_be_visible()
    expect(page.get_by_label("工业设备连接数")).to_be_checked()
    page.screenshot(path=pictures / "annex-preview.png", full_page=True)
    sound(page)

    page.get_by_role("button", name="确认载入").click()
    expect(page.get_by_text("已载入", exact=True)).to_be_visible(timeout=SERVED)
    page.screenshot(path=pictures / "annexes.png", full_page=True)
    ask(editor)
    expect(page.get_by_text("不少于10000台（套）").first).to_be_visible()
    page.screenshot(path=pictures / "annex-answer.png", full_page=True)
    page.get_by_role("link", name="附件1 表1 第1行").first.click()
    expect(page.get_by_role("main")).to_contain_text("工业设备连接数")

    editor.go("/annexes/1")
    sound(page)
    page.screenshot(path=pictures / "annex-loaded.png", full_page=True)
    page.get_by_role("button", name="移除").click()
    expect(page.get_by_text("未载入", exact=True)).to_have_count(7, timeout=SERVED)
    ask(editor)
    expect(page.get_by_role("main")).to_contain_text("附件1《江苏省重点工业互联网平台建设指南》的正文")
    expect(page.get_by_role("main")).not_to_contain_text("不少于10000台（套）")


def test_another_years_file_is_refused_by_name(editor, pictures, tmp_path):
    page = editor.page
    file = tmp_path / "2022年平台建设指南.txt"
    file.write_bytes(guideline.as_text())
    editor.go("/annexes/1")
    page.get_by_label("文件").set_input_files(file)
    page.get_by_role("button", name="上传并查看").click()
    expect(page.get_by_role("alert")).to_contain_text("2022")
    expect(page.get_by_label("其他年度或版本")).to_be_checked()
    sound(page)
    page.screenshot(path=pictures / "annex-refused.png", full_page=True)
