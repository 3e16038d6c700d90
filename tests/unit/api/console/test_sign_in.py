from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

PASSWORD = "correct horse battery"


def test_without_accounts_the_first_steps_are_on_screen(visitor):
    page = visitor.follow(visitor.get(""))
    assert page.status_code == 200
    assert "shenbao user add" in page.text
    assert "--role admin" in page.text
    assert 'name="password"' not in page.text


def test_with_an_account_the_form_is_shown(visitor, accounts):
    page = visitor.get("/sign-in")
    assert 'name="password"' in page.text
    assert "shenbao user add" not in page.text


def test_signing_in_leads_on_and_signing_out_ends_it(visitor, accounts):
    done = visitor.sign_in("小坐", next="/console/tickets")
    assert (done.status_code, done.headers["location"]) == (303, "/console/tickets")
    assert visitor.get("/tickets").status_code == 200
    kept = visitor.http.cookies["shenbao_desk"]
    assert visitor.post("/sign-out").status_code == 303
    assert visitor.get("/tickets").status_code == 303
    visitor.http.cookies.set("shenbao_desk", kept, path="/console")
    assert visitor.get("/tickets").status_code == 303


def test_who_is_signed_in_already_is_led_on(staff):
    assert staff.get("/sign-in?next=/console/check").headers["location"] == "/console/check"


@pytest.mark.parametrize(
    ("name", "password"), [("小坐", "wrong"), ("nobody", PASSWORD), ("小坐", ""), ("", PASSWORD)]
)
def test_a_wrong_name_or_password_is_told_in_the_same_words(name, password, visitor, accounts):
    refused = visitor.sign_in(name, password)
    assert refused.status_code == 401
    assert "账号或密码不对" in refused.text
    assert "shenbao_desk" not in visitor.http.cookies


def test_an_account_is_locked_after_repeated_failures_and_opens_again(visitor, accounts, clock):
    for _ in range(5):
        visitor.sign_in("小坐", "wrong")
    assert visitor.sign_in("小坐").status_code == 401
    clock.pass_(timedelta(minutes=16))
    assert visitor.sign_in("小坐").status_code == 303


def test_signing_in_needs_the_token_of_its_own_form(visitor, accounts):
    fields = {"name": "小坐", "password": PASSWORD}
    assert visitor.http.post("/console/sign-in", data=fields).status_code == 403
    assert visitor.http.post("/console/sign-in", data={**fields, "csrf": "0" * 64}).status_code == 403


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(visitor, accounts):
    for cookie in (visitor.get("/sign-in"), visitor.sign_in("小坐")):
        attributes = cookie.headers["set-cookie"].lower()
        assert "httponly" in attributes
        assert "samesite=strict" in attributes
        assert "path=/console" in attributes


def test_beyond_this_machine_cookies_travel_over_tls_only(app, accounts):
    for host, secure in (("https://desk.example", True), ("http://127.0.0.1:8000", False)):
        browser = TestClient(app, base_url=host)
        assert ("secure" in browser.get("/console/sign-in").headers["set-cookie"].lower()) is secure


def test_the_token_in_the_cookie_is_not_what_is_kept(staff, records):
    token = staff.http.cookies["shenbao_desk"]
    assert token not in str(records.audit.list())
    assert records.accounts.signed_in(token).name == "小坐"


def test_ones_own_password_is_changed_with_the_old_one(staff, visitor):
    new = "a better password"
    wrong = staff.post("/password", old="wrong", new=new, again=new)
    assert (wrong.status_code, "现在的密码不对" in wrong.text) == (422, True)
    different = staff.post("/password", old=PASSWORD, new=new, again=new + "x")
    assert (different.status_code, "不一样" in different.text) == (422, True)
    short = staff.post("/password", old=PASSWORD, new="short", again="short")
    assert (short.status_code, "10 至 200" in short.text) == (422, True)
    assert staff.post("/password", old=PASSWORD, new=new, again=new).status_code == 303
    assert staff.get("/tickets").status_code == 303
    assert visitor.sign_in("小坐").status_code == 401
    assert visitor.sign_in("小坐", new).status_code == 303


def test_a_session_that_somebody_else_set_is_not_taken_over(visitor, accounts):
    visitor.http.cookies.set("shenbao_desk", "chosen-by-somebody-else", path="/console")
    assert visitor.sign_in("小坐").status_code == 303
    kept = {cookie.value for cookie in visitor.http.cookies.jar if cookie.name == "shenbao_desk"}
    assert len(kept - {"chosen-by-somebody-else"}) == 1
    assert accounts.signed_in("chosen-by-somebody-else") is None


def test_one_address_may_not_try_one_password_on_many_names(visitor, accounts, clock):
    tried = [visitor.sign_in(f"somebody-{number}", "wrong").status_code for number in range(25)]
    assert tried[:20] == [401] * 20
    assert set(tried[20:]) == {429}
    assert visitor.sign_in("小坐").status_code == 429
    clock.pass_(timedelta(minutes=2))
    assert visitor.sign_in("小坐").status_code == 303
