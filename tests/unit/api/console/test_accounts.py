from __future__ import annotations

import pytest

PASSWORD = "correct horse battery"


def test_an_administrator_adds_an_account_that_can_sign_in(admin, visitor):
    done = admin.post("/accounts/add", name="小新", role="editor", password="long enough 1")
    assert "账号已建立" in admin.follow(done).text
    assert visitor.sign_in("小新", "long enough 1").status_code == 303
    assert visitor.get("/exports/conversations.csv").status_code == 200


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": "小坐", "role": "staff", "password": "long enough 1"}, "已经有账号"),
        ({"name": "a b", "role": "staff", "password": "long enough 1"}, "账号名应为"),
        ({"name": "小新", "role": "staff", "password": "short"}, "密码应有"),
        ({"name": "小新", "role": "boss", "password": "long enough 1"}, "角色应为"),
        ({}, "账号名应为"),
    ],
)
def test_an_account_that_cannot_be_is_told(fields, told, admin, records):
    refused = admin.post("/accounts/add", **fields)
    assert refused.status_code == 422
    assert told in refused.text
    assert len(records.accounts.list()) == 3


def test_a_password_is_never_shown_again(admin):
    refused = admin.post("/accounts/add", name="a b", role="staff", password="long enough secret")
    assert "long enough secret" not in refused.text


def test_roles_passwords_and_use_are_changed_and_logged(admin, visitor, records):
    admin.post("/accounts/role", name="小坐", role="editor")
    admin.post("/accounts/password", name="小坐", password="another long one")
    admin.post("/accounts/disable", name="小坐")
    assert visitor.sign_in("小坐", "another long one").status_code == 401
    admin.post("/accounts/enable", name="小坐")
    assert visitor.sign_in("小坐", "another long one").status_code == 303
    told = [entry.action for entry in records.audit.list(actor="小管")]
    assert told == ["account.enable", "account.disable", "account.password", "account.role"]


def test_the_last_administrator_stays(admin, records):
    for refused in (
        admin.post("/accounts/disable", name="小管"),
        admin.post("/accounts/role", name="小管", role="staff"),
    ):
        assert refused.status_code == 422
        assert "至少要留一个" in refused.text
    assert records.accounts.find("小管").role == "admin"


def test_a_locked_account_is_shown_and_opened(admin, visitor):
    for _ in range(5):
        visitor.sign_in("小坐", "wrong")
    assert "暂时锁定" in admin.get("/accounts").text
    admin.post("/accounts/enable", name="小坐")
    assert visitor.sign_in("小坐", PASSWORD).status_code == 303


def test_an_unknown_account_is_not_found(admin):
    assert admin.post("/accounts/disable", name="没有").status_code == 404


def test_the_log_tells_who_changed_what_in_words(admin):
    admin.post("/accounts/role", name="小坐", role="editor")
    page = admin.get("/audit").text
    for part in ("小管", "改角色", "账号 小坐", "角色：坐席", "角色：编辑"):
        assert part in page
    assert "改角色" not in admin.get("/audit?actor=小编").text
    assert "改角色" in admin.get("/audit?subject=account+小坐").text
