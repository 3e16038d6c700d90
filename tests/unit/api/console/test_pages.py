"""What holds of every page: nothing that anybody wrote becomes markup, and nothing comes from elsewhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from api.console import pages
from knowledge.errors import IndexUnavailable

PROBE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"

EVERY_PAGE = [
    *(
        "",
        "?q=手工",
        f"?q={PROBE}&category=kite",
        "/clauses/1.1",
        f"/clauses/1.1?q={PROBE}&quote={PROBE}",
        "/clauses/1",
    ),
    *(
        "/ask",
        f"/ask?q={PROBE}",
        "/answers/m1",
        "/check",
        "/tickets",
        f"/tickets?state={PROBE}&reason={PROBE}",
    ),
    *(
        "/tickets?state=mine",
        "/tickets?state=claimed",
        "/tickets/1",
        "/tickets/2",
        "/proposals",
        "/proposals?state=approved",
    ),
    *(
        "/proposals/1",
        "/proposals/2",
        f"/proposals/new?question={PROBE}&clause=1.1",
        "/conversations",
        "/password",
    ),
    *(
        f"/conversations?text={PROBE}&channel={PROBE}",
        "/conversations/call-1",
        "/numbers",
        "/numbers?channel=desk",
    ),
    *("/accounts", "/audit", f"/audit?actor={PROBE}&subject={PROBE}", "/nothing", "/tickets/99"),
]


class Markup(HTMLParser):
    """Elements and attributes of a page as a browser would see them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))


@pytest.fixture
def lived_in(admin, staff, desk, records):
    """A desk where hostile things have been said in every place where something can be said."""
    desk.route = "unresolved"
    desk.reply(PROBE, session_id="call-1")
    records.tickets.open("m1", "handed_over", contact=PROBE, remark=PROBE)
    records.feedback.rate("m1", "down", PROBE, visitor="")
    desk.reply(f"第二问{PROBE}", session_id="call-2")
    for ticket in (1, 2):
        records.tickets.claim(ticket, "小管")
        records.tickets.answer(ticket, "小管", ["1.1"], PROBE)
    records.tickets.release(2, "小管")
    for question in (PROBE, f"另一问{PROBE}"):
        records.exemplars.propose(
            pack="kites", question=question, clauses=["1.1"], topic=None, note=PROBE, by=PROBE, ticket_id=1
        )
    records.exemplars.approve(2, PROBE)
    records.audit.record(PROBE, PROBE, PROBE, {PROBE: PROBE}, {"note": PROBE, "clauses": [PROBE]})
    return admin


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_nothing_that_was_written_becomes_markup(path, lived_in):
    page = lived_in.get(path)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.status_code in {200, 404}
    elements = Markup(page.text).elements
    assert [a["src"] for tag, a in elements if tag == "script"] == ["/console/static/console.js"]
    assert {a["src"] for tag, a in elements if tag == "img"} == {"/static/icon.svg"}
    for tag, attributes in elements:
        assert tag not in {"style", "iframe", "object", "embed", "base", "template"}
        assert not any(name.startswith("on") or name in {"style", "srcdoc"} for name in attributes), (
            tag,
            attributes,
        )
        for name in ("href", "src", "action", "formaction"):
            address = attributes.get(name)
            assert address is None or re.match(r"(/(?!/)|#|tel:[\d-]+$)", address), (tag, address)


def test_the_probe_was_on_every_page_that_shows_what_people_wrote(lived_in):
    escaped = "&lt;script&gt;alert(1)&lt;/script&gt;"
    silent = {
        "/ask",
        "/numbers?channel=desk",
        "/password",
        "/accounts",
        "/nothing",
        "/tickets/99",
        "/proposals?state=approved",
        "/tickets?state=mine",
    }
    for path in EVERY_PAGE:
        if path not in silent:
            assert escaped in lived_in.get(path).text, path


def test_posted_forms_that_are_shown_again_are_escaped_too(lived_in):
    for path, fields in (
        ("/check", {"category": PROBE, "handmade": PROBE, "span_cm": PROBE, "as_of": PROBE}),
        ("/tickets/1/answer", {"clauses": PROBE, "note": PROBE, "then": "close"}),
        ("/proposals/new", {"question": PROBE, "clauses": PROBE, "note": PROBE, "topic": PROBE}),
        ("/accounts/add", {"name": PROBE, "role": PROBE, "password": "long enough 1"}),
        ("/ask", {"q": "", "call": PROBE, "as_of": ""}),
    ):
        page = lived_in.post(path, **fields)
        elements = Markup(page.text).elements
        assert page.status_code in {200, 404, 422}, (path, page.status_code)
        assert sum(tag == "script" for tag, _ in elements) == 1, path
        assert all(a.get("src") == "/static/icon.svg" for tag, a in elements if tag == "img"), path


@pytest.mark.parametrize("path", ["/sign-in", f"/sign-in?next={PROBE}"])
def test_the_open_pages_are_escaped_too(path, visitor, accounts):
    page = visitor.get(path)
    assert [a.get("src") for tag, a in Markup(page.text).elements if tag == "script"] == [
        "/console/static/console.js"
    ]
    wrong = visitor.sign_in(PROBE, "wrong", next=PROBE)
    assert "<script>alert" not in wrong.text


@pytest.mark.parametrize("path", ["", "/tickets", "/nothing"])
def test_pages_are_strict_and_not_kept(path, admin):
    headers = admin.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_everything_that_pages_load_is_served_from_here(admin):
    for path in ("/console/static/console.css", "/console/static/console.js", "/static/icon.svg"):
        assert admin.http.get(path).status_code == 200
    sheet = (pages.FOLDER / "static" / "console.css").read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(", sheet)


def test_the_script_never_turns_text_into_running_markup():
    script = (pages.FOLDER / "static" / "console.js").read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", script
    )


@pytest.mark.parametrize(
    "template", sorted((pages.FOLDER / "templates").glob("*.html")), ids=lambda t: t.name
)
def test_templates_escape_and_have_no_script_or_style_of_their_own(template):
    source = template.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", source)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", source)


@pytest.mark.parametrize(
    "template", sorted((pages.FOLDER / "templates").glob("*.html")), ids=lambda t: t.name
)
def test_every_form_that_posts_carries_the_token(template):
    source = template.read_text(encoding="utf-8")
    for form in re.findall(r'<form[^>]*method="post".*?</form>', source, re.S):
        assert "csrf" in form, form[:200]
    for form in re.findall(r'<form[^>]*method="get".*?</form>', source, re.S):
        assert "csrf" not in form, "the token must not stand in an address"


def test_every_page_names_itself_and_has_one_heading(admin):
    for path in (
        "",
        "/ask",
        "/check",
        "/tickets",
        "/proposals",
        "/conversations",
        "/numbers",
        "/accounts",
        "/audit",
    ):
        page = admin.get(path).text
        assert '<html lang="zh-CN">' in page
        assert len(re.findall(r"<h1\b", page)) == 1, path
        assert 'aria-current="page"' in page, path


def test_the_menu_shows_what_the_role_may_do(staff, editor, admin):
    assert "/console/accounts" not in staff.get("").text
    assert "导出 CSV" not in staff.get("/conversations").text
    assert "导出 CSV" in editor.get("/conversations").text
    assert "/console/audit" not in editor.get("").text
    assert "/console/audit" in admin.get("").text


def test_a_page_that_is_not_there_is_a_page(admin):
    page = admin.get("/no/such/page")
    assert page.status_code == 404
    assert "没有这个页面" in page.text


@pytest.mark.parametrize(
    "path", ["/tickets/x", "/tickets/0", "/tickets?page=0", "/proposals/x", "/numbers?since=x"]
)
def test_a_wrong_address_is_told_on_a_page(path, admin):
    page = admin.get(path)
    assert page.status_code == 422
    assert page.headers["content-type"] == "text/html; charset=utf-8"


def test_a_failure_of_ours_is_a_page_without_details(staff, desk):
    desk.failure = RuntimeError("/srv/secret")
    page = staff.post("/ask", q="风筝？")
    assert page.status_code == 500
    assert "secret" not in page.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    desk.failure = IndexUnavailable("索引正在重建")
    page = staff.post("/ask", q="风筝？")
    assert (page.status_code, "索引正在重建" in page.text) == (503, True)


def test_times_are_told_in_beijing():
    assert pages.moment(datetime(2026, 11, 25, 16, 30, tzinfo=UTC)) == "2026-11-26 00:30"
    assert pages.moment(datetime(2026, 11, 25, 16, 30)) == "2026-11-26 00:30"  # noqa: DTZ001 - a naive time is UTC
    assert pages.moment(None) == "—"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "是"),
        (False, "否"),
        (0, "0"),
        ("", "—"),
        (None, "—"),
        ([], "—"),
        (["a", "b"], "a、b"),
        ({"from": 1, "to": None, "open": True}, "1 至 …（不含两端）"),
        ({"from": None, "to": "2023"}, "… 至 2023"),
    ],
)
def test_values_are_told_in_words(value, words):
    assert pages.fact(value) == words


def test_a_query_leaves_out_what_says_nothing():
    assert pages.query(a="", b=None, c=0, d="是&") == "?c=0&d=%E6%98%AF%26"
    assert pages.query(a="") == ""
