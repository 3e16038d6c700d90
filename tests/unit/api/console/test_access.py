from __future__ import annotations

import re
from datetime import timedelta

import pytest

from api.console import access
from api.console.access import NEEDED, Action, action_of, is_loopback, within_console
from api.console.install import ROUTERS

PUBLIC = {("/console/sign-in", "GET"), ("/console/sign-in", "POST")}


def routes():
    return [route for router in ROUTERS for route in router.routes]


def test_every_route_names_the_action_that_it_is():
    for route in routes():
        for method in route.methods:
            actions = {action_of(d.call) for d in route.dependant.dependencies} - {None}
            expected = 0 if (route.path, method) in PUBLIC else 1
            assert len(actions) == expected, (method, route.path, actions)


def test_every_action_needs_a_role_and_is_some_routes():
    used = {action_of(d.call) for route in routes() for d in route.dependant.dependencies} - {None}
    assert used == set(Action) == set(NEEDED)


def test_what_changes_something_is_a_post():
    for route in routes():
        if route.endpoint.__name__ in {
            "claim",
            "release",
            "answer",
            "approve",
            "reject",
            "withdraw",
            "add",
            "disable",
        }:
            assert route.methods == {"POST"}


PAGES = [
    ("/", "staff"),
    ("/ask", "staff"),
    ("/check", "staff"),
    ("/tickets", "staff"),
    ("/proposals", "staff"),
    ("/proposals/new", "staff"),
    ("/conversations", "staff"),
    ("/numbers", "staff"),
    ("/password", "staff"),
    ("/annexes", "editor"),
    ("/exports/conversations.csv", "editor"),
    ("/exports/conversations.xlsx", "editor"),
    ("/accounts", "admin"),
    ("/audit", "admin"),
]


@pytest.mark.parametrize(("path", "needed"), PAGES)
def test_a_page_is_for_its_role_and_those_above(path, needed, staff, editor, admin):
    order = ["staff", "editor", "admin"]
    for role, browser in zip(order, (staff, editor, admin), strict=True):
        allowed = order.index(role) >= order.index(needed)
        assert browser.get(path.rstrip("/")).status_code == (200 if allowed else 403), role


ACTIONS = [
    ("/proposals/1/approve", "editor"),
    ("/proposals/1/reject", "editor"),
    ("/proposals/1/withdraw", "editor"),
    ("/annexes/1/upload", "editor"),
    ("/annexes/1/confirm", "editor"),
    ("/annexes/1/drop", "editor"),
    ("/annexes/1/remove", "editor"),
    ("/accounts/add", "admin"),
    ("/accounts/role", "admin"),
    ("/accounts/password", "admin"),
    ("/accounts/disable", "admin"),
    ("/accounts/enable", "admin"),
]


@pytest.mark.parametrize(("path", "needed"), ACTIONS)
def test_an_action_below_its_role_is_refused_and_changes_nothing(path, needed, staff, editor, records):
    below = [staff] if needed == "editor" else [staff, editor]
    before = records.audit.count()
    for browser in below:
        refused = browser.post(path, name="小管", role="staff", password="another password")
        assert refused.status_code == 403
        assert "不允许" in refused.text
    assert records.audit.count() == before
    assert records.accounts.find("小管").role == "admin"


@pytest.mark.parametrize(("path", "_"), PAGES)
def test_a_page_without_a_session_leads_to_signing_in_and_back(path, _, visitor, accounts):
    address = f"/console{path.rstrip('/')}?q=a%26b"
    refused = visitor.http.get(address)
    assert refused.status_code == 303
    target = refused.headers["location"]
    assert target.startswith("/console/sign-in?next=")
    page = visitor.http.get(target)
    assert address.replace("&", "&amp;") in page.text
    assert "q=a%26b" in page.text


@pytest.mark.parametrize(("path", "_"), [*ACTIONS, ("/tickets/1/claim", ""), ("/ask", ""), ("/sign-out", "")])
def test_a_post_without_a_session_does_nothing(path, _, visitor, accounts, records):
    before = records.audit.count()
    refused = visitor.post(path, token="0" * 64, name="小管", role="staff")
    assert (refused.status_code, refused.headers["location"]) == (303, "/console/sign-in")
    assert records.audit.count() == before


@pytest.mark.parametrize("token", ["", "0" * 64, "是", "a" * 5000])
def test_a_form_without_its_token_is_refused(token, admin, records):
    refused = admin.post("/accounts/disable", token=token, name="小坐")
    assert refused.status_code == 403
    assert not records.accounts.find("小坐").disabled


def test_the_token_of_another_session_does_not_do(admin, staff, records):
    assert admin.post("/accounts/disable", token=staff.token(), name="小坐").status_code == 403
    assert not records.accounts.find("小坐").disabled


def test_every_post_of_the_console_asks_for_the_token(admin):
    for route in routes():
        if "POST" in route.methods and route.path != "/console/sign-in":
            path = re.sub(r"\{[a-z_]+\}", "1", route.path.removeprefix("/console"))
            assert admin.post(path, token="0" * 64).status_code == 403, path


def test_a_form_sent_by_another_site_is_refused_even_with_its_token(admin, records):
    fields = {"csrf": admin.token(), "name": "小坐"}
    for site in ("cross-site", "same-site"):
        headers = {"Sec-Fetch-Site": site}
        assert admin.http.post("/console/accounts/disable", data=fields, headers=headers).status_code == 403
    assert not records.accounts.find("小坐").disabled
    headers = {"Sec-Fetch-Site": "same-origin"}
    assert admin.http.post("/console/accounts/disable", data=fields, headers=headers).status_code == 303
    assert records.accounts.find("小坐").disabled


def test_a_session_ends_after_twelve_idle_hours_and_lasts_while_it_is_used(staff, clock):
    for _ in range(3):
        clock.pass_(timedelta(hours=11))
        assert staff.get("/tickets").status_code == 200
    clock.pass_(timedelta(hours=13))
    assert staff.get("/tickets").status_code == 303


def test_a_disabled_account_is_out_at_once(staff, admin, records):
    assert admin.post("/accounts/disable", name="小坐").status_code == 303
    assert staff.get("/tickets").status_code == 303


def test_a_made_up_session_is_nobody(visitor, accounts):
    visitor.http.cookies.set(access.SESSION_COOKIE, "made-up", path="/console")
    assert visitor.get("/tickets").status_code == 303


def test_a_lower_role_takes_effect_at_once(editor, admin):
    assert editor.get("/exports/conversations.csv").status_code == 200
    admin.post("/accounts/role", name="小编", role="staff")
    assert editor.get("/exports/conversations.csv").status_code == 403


@pytest.mark.parametrize(
    "target",
    [
        *(
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "/consoleevil",
            "/demo",
            "javascript:alert(1)",
        ),
        *(
            "/console//evil.example",
            "/console/\\evil",
            "/console/a\r\nSet-Cookie: x=1",
            "",
            "/console" + "a" * 3000,
        ),
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(target, visitor, accounts):
    assert within_console(target) == "/console"
    assert visitor.sign_in("小坐", next=target).headers["location"] == "/console"


@pytest.mark.parametrize("target", ["/console", "/console/tickets?state=mine", "/console?q=a//b"])
def test_pages_of_the_console_are_returned_to(target):
    assert within_console(target) == target


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("desk.example", False),
        ("10.0.0.1", False),
        ("", False),
        (None, False),
        ("localhost.evil.example", False),
    ],
)
def test_only_this_machines_own_names_are_loopback(host, loopback):
    assert is_loopback(host) is loopback


def test_a_form_field_that_is_too_long_is_refused(staff):
    refused = staff.post("/check", pack="k" * 101)
    assert refused.status_code == 422
    assert "最多" in refused.text


def test_an_upload_is_refused(staff):
    files = {"csrf": ("a.txt", b"x")}
    assert staff.http.post("/console/check", files=files).status_code in {400, 403}
