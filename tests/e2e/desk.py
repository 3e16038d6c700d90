"""The desk as its staff know it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

PASSWORD = "correct horse battery staple"
STAFF = {"li": "staff", "wang": "editor", "zhao": "admin"}


class Desk:
    """One member of staff, signed in, on one page."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self._origin = origin

    def go(self, path: str) -> None:
        """Open a page of the desk."""
        self.page.goto(f"{self._origin}/console{path}")

    def sign_in(self, name: str) -> Desk:
        """Come in through the front door."""
        self.go("")
        self.page.get_by_label("账号").fill(name)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("navigation", name="主要栏目")).to_be_visible()
        return self

    def take(self, question: str) -> None:
        """Claim the ticket of a question."""
        self.go("/tickets")
        self.page.get_by_role("link", name=re.compile(re.escape(question))).first.click()
        self.page.get_by_role("button", name="领取").click()
        expect(self.page.get_by_role("button", name="退还")).to_be_visible()
