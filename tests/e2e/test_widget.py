"""The widget on a page of another origin: asked, corrected, stopped, reloaded, cut off, and printed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from widget import ELIGIBILITY, QUESTION, Widget

PHONE = "025-69652603"


@pytest.fixture(autouse=True)
def _at_least_a_browser(browser):
    """Without a browser nothing here is run."""


def test_it_stands_beside_hostile_css_and_under_a_strict_policy(visit, pictures):
    widget = visit("/hostile")
    bubble = widget.root.get_by_role("button", name="打开申报咨询")
    bubble.click()
    answer = widget.ask(QUESTION)
    looks = answer.locator(".text").evaluate(
        "(text) => { const s = getComputedStyle(text); return [s.fontSize, s.fontStyle, s.direction, s.letterSpacing, s.visibility]; }"
    )
    assert looks == ["15px", "normal", "ltr", "normal", "visible"] or looks[3] == "0px"
    widget.page.screenshot(path=pictures / "hostile.png")
    frame = widget.root.locator("dialog").bounding_box()
    assert frame["width"] == 420
    assert 0 < frame["x"] <= 1280 - 420
    assert 0 <= frame["y"] <= 860 - frame["height"]
    widget.clean()


def test_the_bubble_opens_by_keyboard_and_gives_the_focus_back(visit):
    widget = visit("/bubble")
    bubble = widget.root.get_by_role("button", name="打开申报咨询")
    expect(bubble).to_have_attribute("aria-expanded", "false")
    bubble.press("Enter")
    expect(widget.field).to_be_focused()
    widget.ask(QUESTION)
    marker = widget.last.locator(".marker").first
    marker.press("Enter")
    expect(widget.sheet.get_by_role("heading")).to_be_focused()
    widget.page.keyboard.press("Escape")
    expect(marker).to_be_focused()
    widget.page.keyboard.press("Escape")
    expect(bubble).to_be_focused()
    widget.clean()


def test_an_answer_streams_and_its_citation_opens_the_clause(visit, house):
    widget = visit()
    house.wire.pace = 0.15
    widget.send(QUESTION)
    expect(widget.root.get_by_role("button", name="停止回答")).to_be_visible()
    expect(widget.last.locator(".text")).to_have_text(re.compile("平台类"))
    assert widget.last.get_by_role("button", name="复制回答").count() == 0  # on its way
    assert widget.log.get_attribute("aria-busy") == "true"
    expect(widget.last.get_by_role("button", name="复制回答")).to_be_visible()
    expect(widget.root.get_by_role("status").first).to_contain_text("2月28日前")
    widget.last.get_by_role("button", name="查看依据 四、（一）1").first.click()
    expect(widget.sheet.get_by_role("heading")).to_have_text("四、（一）1")
    expect(widget.sheet.locator(".path li").first).to_be_visible()
    expect(widget.sheet.locator("mark")).to_contain_text("于2月28日前在申报系统注册")
    widget.sheet.get_by_role("button", name=re.compile("下一条")).click()
    expect(widget.sheet.get_by_role("heading")).to_have_text("四、（一）2")
    widget.clean()


def test_an_eligibility_talk_is_corrected_through_chips_and_quick_questions(visit):
    widget = visit()
    widget.ask(ELIGIBILITY)
    expect(widget.card.get_by_role("heading", name="目前不符合申报条件")).to_be_visible()
    failed = widget.card.locator(".group.not_met li")
    expect(failed).to_have_count(1)
    expect(failed.get_by_role("img", name="不满足")).to_have_text("✗")
    expect(failed.locator(".remedy")).to_contain_text("2000万元")
    widget.show_facts()
    widget.known.get_by_role("button", name=re.compile("更正：近3年以内的投入总计")).click()
    expect(widget.sheet).to_contain_text("近三年投入1500万")
    widget.sheet.get_by_role("spinbutton").fill("2600")
    widget.sheet.get_by_role("button", name="确定").click()
    expect(widget.card.get_by_role("heading", name="还需要了解几项情况")).to_be_visible()
    expect(widget.known).to_contain_text("2600 万元")
    expect(widget.last).to_contain_text("已按更正后的情况重新判断")
    question = widget.card.locator(".questions > .question").first
    asked = question.locator("p").inner_text()
    question.get_by_role("button", name="是", exact=True).click()
    expect(widget.card.locator(".questions > .question").first.locator("p")).not_to_have_text(asked)
    before = widget.known.locator("li").count()
    widget.known.get_by_role("button", name="去掉：单位注册时间").click()
    expect(widget.known.locator("li")).to_have_count(before - 1)
    date = widget.card.locator(".question", has_text="哪天注册").locator("input[type=date]")
    if not date.is_visible():
        widget.card.locator(".questions summary").click()
    date.fill("2021-05-01")
    date.press("Enter")
    expect(widget.card.get_by_role("heading", name="目前不符合申报条件")).to_be_visible()
    expect(widget.known).to_contain_text("2021年5月1日")
    widget.clean()


def test_categories_are_compared_side_by_side_and_recomputed_together(visit):
    widget = visit()
    widget.ask("标杆工厂和平台我们都能报吗？2019年8月在南京成立")
    cards = widget.root.locator("section.verdict")
    expect(cards).to_have_count(2)
    widget.show_facts()
    widget.known.get_by_role("button", name=re.compile("更正：单位注册时间")).click()
    widget.sheet.locator("input[type=date]").fill("2022-12-01")
    widget.sheet.get_by_role("button", name="确定").click()
    expect(cards.get_by_role("heading", name="目前不符合申报条件")).to_have_count(2)
    widget.clean()


def test_a_stopped_answer_can_be_asked_for_again(visit, house):
    widget = visit()
    house.wire.pace = 0.3
    widget.send(QUESTION)
    expect(widget.last.locator(".text")).to_have_text(re.compile("平台类"))
    widget.root.get_by_role("button", name="停止回答").click()
    expect(widget.last).to_contain_text("已停止")
    house.wire.pace = 0
    widget.last.get_by_role("button", name="重新回答").click()
    expect(widget.last.get_by_role("button", name="复制回答")).to_be_visible()
    assert widget.turns.count() == 2  # the greeting and this one
    widget.clean()


def test_a_reload_brings_back_the_conversation_its_citations_the_corrections_and_the_draft(visit):
    widget = visit()
    widget.ask(QUESTION)
    widget.ask(ELIGIBILITY)
    widget.show_facts()
    widget.known.get_by_role("button", name="去掉：近3年以内的投入总计").click()
    expect(widget.card.get_by_role("heading", name="还需要了解几项情况")).to_be_visible()
    widget.field.fill("还没写完的问题")
    widget.page.reload()
    expect(widget.turns).to_have_count(3)
    expect(widget.card.get_by_role("heading", name="还需要了解几项情况")).to_be_visible()
    expect(widget.field).to_have_value("还没写完的问题")
    widget.turns.nth(1).get_by_role("button", name="查看依据 四、（一）1").first.click()
    expect(widget.sheet.locator("mark")).to_contain_text("2月28日前")
    widget.clean()


def test_a_broken_connection_is_mended_without_a_second_question(visit, house):
    widget = visit()
    house.wire.cut_after = 3
    widget.send(QUESTION)
    expect(widget.last.get_by_role("button", name="复制回答")).to_be_visible(timeout=15_000)
    assert widget.turns.count() == 2
    widget.page.reload()
    expect(widget.last).to_contain_text("2月28日前")
    assert widget.turns.count() == 2  # it was asked once
    widget.clean()


def test_offline_it_says_so_gives_the_phones_and_loses_nothing(visit):
    widget = visit()
    widget.ask(QUESTION)
    widget.page.context.set_offline(True)
    expect(widget.notice).to_contain_text("现在连不上服务")
    link = widget.notice.get_by_role("link", name=PHONE)
    assert link.get_attribute("href") == "tel:" + PHONE.replace("-", "")
    widget.send("标杆工厂投入要多少？")
    expect(widget.last).to_contain_text("标杆工厂投入要多少？")
    expect(widget.last.get_by_role("button", name="重试")).to_be_visible(timeout=15_000)
    widget.page.context.set_offline(False)
    expect(widget.last).to_contain_text("2000万元", timeout=15_000)
    expect(widget.notice).to_be_hidden()
    assert widget.turns.count() == 3
    widget.clean()


def test_a_page_reopened_offline_still_gives_the_phones_and_keeps_the_draft(visit, house):
    widget = visit()
    widget.ask(QUESTION)
    widget.field.fill("写到一半")
    widget.page.route(f"{house.origin}/v1/**", lambda route: route.abort())
    widget.page.reload()
    expect(widget.notice.get_by_role("link", name=PHONE)).to_be_visible()
    expect(widget.field).to_have_value("写到一半")
    widget.page.unroute(f"{house.origin}/v1/**")
    widget.notice.get_by_role("button", name="再试一次").click()
    expect(widget.last).to_contain_text("2月28日前", timeout=15_000)
    widget.clean()


def test_a_limit_is_told_with_the_time_to_wait_and_the_question_is_kept(visit):
    widget = visit("/inline?strict")
    widget.ask(QUESTION)
    widget.ask("联系电话是多少？")
    widget.send("要准备哪些材料？")
    expect(widget.last.locator(".problem")).to_contain_text("太快")
    expect(widget.last.locator(".problem")).to_contain_text(re.compile(r"\d+ 秒后可以再试"))
    expect(widget.last.get_by_role("button", name="重试")).to_be_disabled()
    widget.last.get_by_role("button", name="修改问题").click()
    expect(widget.field).to_have_value("要准备哪些材料？")
    widget.clean()


def test_a_page_that_is_not_allowed_is_told(visit):
    widget = visit("/inline?elsewhere")
    expect(widget.notice).to_be_visible()
    assert widget.errors == []


def test_an_element_written_by_hand_fills_its_place_in_the_theme_it_names(visit):
    widget = visit("/by-hand?bureau", color_scheme="light")
    widget.ask("联系电话是多少？")
    ground = "(panel) => getComputedStyle(panel).backgroundColor"
    assert widget.root.locator(".panel").evaluate(ground) == "rgb(16, 22, 31)"
    assert widget.root.bounding_box()["width"] > 900
    widget.clean()


def test_a_site_that_may_not_run_scripts_embeds_a_frame(visit):
    framed = visit("/framed?bureau").page.frame_locator("iframe")
    framed.get_by_label("您的问题").fill(QUESTION)
    framed.get_by_label("您的问题").press("Enter")
    expect(framed.get_by_role("button", name="复制回答")).to_be_visible()
    expect(framed.get_by_role("heading", name="某局申报咨询")).to_be_visible()


def test_a_site_that_is_not_allowed_gets_no_frame(visit):
    framed = visit("/framed?elsewhere").page.frame_locator("iframe")
    expect(framed.get_by_label("您的问题")).to_have_count(0)


def test_a_forged_token_is_replaced_and_the_question_answered(visit, house):
    widget = visit()
    widget.ask(QUESTION)
    widget.page.evaluate(
        """() => { for (const key of Object.keys(localStorage)) if (key.endsWith(" token"))
        localStorage.setItem(key, JSON.stringify({ token: "forged.forged", expires_at: "2099-01-01T00:00:00Z" })); }"""
    )
    widget.ask("联系电话是多少？")
    expect(widget.last.locator(".contacts")).to_be_visible()
    widget.clean()


def test_two_tabs_stay_in_step(visit, house):
    widget = visit()
    widget.ask(QUESTION)
    other = Widget(widget.page.context.new_page())
    other.page.goto(widget.page.url)
    expect(other.turns).to_have_count(2)
    other.field.fill("草稿各是各的")
    widget.ask("我们是独立法人，想报标杆工厂")
    expect(other.last).to_contain_text("我们是独立法人")
    expect(other.known).to_contain_text("独立法人资格")
    expect(other.field).to_have_value("草稿各是各的")
    other.clean()
    widget.clean()


def test_the_report_is_clean_on_paper(visit, pictures):
    widget = visit()
    widget.ask(ELIGIBILITY)
    with widget.page.expect_popup() as opened:
        widget.last.get_by_role("button", name="自查报告").click()
    paper = opened.value
    expect(paper.get_by_role("heading", name="申报条件自查报告")).to_be_visible()
    for told in (
        "苏工信融合〔2023〕27号",
        "2023年2月20日",
        "目前不符合申报条件",
        "“申报单位应在江苏省内注册”",
        "✗ 不满足",
        "版本",
    ):
        expect(paper.locator("main")).to_contain_text(told)
    expect(paper.locator(".facts")).to_contain_text("近三年投入1500万")
    printing = "window.print = () => { window.printed = true; }"
    paper.evaluate(printing)
    paper.get_by_role("button", name="打印或存为 PDF").click()
    assert paper.evaluate("window.printed")
    paper.emulate_media(media="print")
    expect(paper.get_by_role("button")).to_be_hidden()
    assert paper.evaluate("getComputedStyle(document.documentElement).fontSize")
    paper.pdf(path=pictures / "report.pdf", prefer_css_page_size=True)
    assert (pictures / "report.pdf").stat().st_size > 10_000
    paper.screenshot(path=pictures / "report-print.png", full_page=True)
    widget.clean()


def test_ratings_and_hand_overs_reach_the_desk(visit, house):
    widget = visit()
    widget.ask("专项审计报告可以用年度审计代替吗？")
    widget.last.get_by_role("button", name="没有帮助").click()
    widget.last.get_by_role("button", name="不够具体").click()
    widget.last.get_by_label("补充说明").fill("想知道格式")
    widget.last.get_by_role("button", name="提交").click()
    expect(widget.last.get_by_role("button", name="没有帮助")).to_have_attribute("aria-pressed", "true")
    widget.last.get_by_role("button", name="请工作人员答复").click()
    widget.sheet.get_by_label("联系电话或邮箱").fill("025-1234567")
    widget.sheet.get_by_role("button", name="提交").click()
    expect(widget.sheet).to_contain_text(re.compile(r"已登记，编号 \d+"))
    number = re.search(r"编号 (\d+)", widget.sheet.inner_text())
    ticket = house.records.tickets.get(int(number[1]))
    assert (ticket.reason, ticket.contact, ticket.state) == ("handed_over", "025-1234567", "open")
    (message,) = house.records.conversations.messages(ticket.session_id)
    assert (message.rating, message.rating_reason) == ("down", "不够具体；想知道格式")
    widget.page.reload()
    expect(widget.last.get_by_role("button", name="没有帮助")).to_have_attribute("aria-pressed", "true")
    widget.clean()


def test_a_conversation_can_be_deleted(visit):
    widget = visit()
    widget.ask(ELIGIBILITY)
    widget.root.get_by_role("button", name="重新开始").click()
    widget.sheet.get_by_role("button", name="删除这次对话").click()
    expect(widget.turns).to_have_count(1)
    expect(widget.known).to_be_hidden()
    widget.page.reload()
    expect(widget.turns).to_have_count(1)
    widget.clean()


def test_copying_puts_the_answer_on_the_clipboard(visit):
    widget = visit(permissions=["clipboard-read", "clipboard-write"])
    widget.ask(QUESTION)
    widget.last.get_by_role("button", name="复制回答").click()
    expect(widget.root.locator(".flash")).to_have_text("已复制。")
    assert "2月28日前" in widget.page.evaluate("navigator.clipboard.readText()")


def test_the_demo_page_shows_the_widget_and_the_first_steps(visit, house):
    widget = visit(house.origin + "/demo")
    widget.page.get_by_label(re.compile("申报在 2023 年")).fill("2023-02-20")
    widget.ask(QUESTION)
    expect(widget.last).to_contain_text("申报期内")
    expect(widget.page.get_by_text("shenbao user add")).to_be_visible()
    expect(widget.page.locator("#line")).to_contain_text(f'src="{house.origin}/widget.js"')
    widget.clean()
