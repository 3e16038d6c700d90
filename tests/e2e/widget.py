"""The widget as its visitors know it: what they press and what they read."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

QUESTION = "平台什么时候截止？"
ELIGIBILITY = "我们2019年8月在南京成立，是独立法人，想报标杆工厂，近三年投入1500万，可以吗？"


class Widget:
    """One widget on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.root = page.locator("shenbao-chat")
        self.field = self.root.get_by_label("您的问题")
        self.log = self.root.get_by_role("log")
        self.turns = self.root.locator("article.turn")
        self.sheet = self.root.locator(".sheet")
        self.notice = self.root.locator(".notice")
        self.known = self.root.locator(".known")

    @property
    def last(self) -> Locator:
        """The latest turn."""
        return self.turns.last

    @property
    def card(self) -> Locator:
        """The latest verdict."""
        return self.root.locator("section.verdict").last

    def send(self, question: str) -> None:
        """Type a question and press Enter."""
        self.field.fill(question)
        self.field.press("Enter")

    def ask(self, question: str) -> Locator:
        """Ask, and wait for the whole answer."""
        self.send(question)
        expect(self.last.locator(".question").first).to_have_text("您：" + question)
        expect(self.last.get_by_role("button", name="复制回答")).to_be_visible()
        return self.last

    def show_facts(self) -> None:
        """Unfold the known facts."""
        if self.known.get_attribute("open") is None:
            self.known.locator("summary").click()

    def clean(self) -> None:
        """Nothing went wrong unnoticed: no script error, nothing that the page's policy forbids."""
        assert self.errors == []
        assert self.page.evaluate("window.violations") == []
