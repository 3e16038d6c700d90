from __future__ import annotations

import pytest
from sqlalchemy import select

from assistant.records.accounts import Accounts, form_token, form_token_fits
from assistant.records.tables import AccountRow, SignInRow
from knowledge.errors import AccessDenied, RecordRefused, SignInRefused, StateConflict, UnknownRecord

PASSWORD, WRONG = "correct horse", "incorrect horse"


@pytest.fixture
def li(records):
    return records.accounts.add("李芳", "editor", PASSWORD, actor="shell")


@pytest.fixture
def admin(records):
    return records.accounts.add("admin", "admin", PASSWORD, actor="shell")


def refused(records, name="李芳", password=PASSWORD):
    with pytest.raises(SignInRefused) as told:
        records.accounts.sign_in(name, password)
    return str(told.value)


def test_who_signs_in_is_known_by_the_token(records, li):
    token, account = records.accounts.sign_in("李芳", PASSWORD)
    assert account == li
    assert records.accounts.signed_in(token) == li
    for other in (None, "", token + "x", token[:-1], "李芳", "\ud83d"):
        assert records.accounts.signed_in(other) is None


def test_neither_passwords_nor_tokens_are_kept(records, li):
    token, _ = records.accounts.sign_in("李芳", PASSWORD)
    with records.database.read() as session:
        hashes = session.scalars(select(AccountRow.password_hash)).all()
        digests = session.scalars(select(SignInRow.token_digest)).all()
    assert all(hashed.startswith("$argon2id$") and PASSWORD not in hashed for hashed in hashes)
    assert token not in digests
    assert PASSWORD not in str(records.audit.list())


def test_the_default_is_argon2_with_its_own_costs(records, clock):
    accounts = Accounts(records.database, clock)
    accounts.add("real", "staff", PASSWORD, actor="shell")
    assert accounts.sign_in("real", PASSWORD)
    with records.database.read() as session:
        (hashed,) = session.scalars(select(AccountRow.password_hash))
    assert "m=65536" in hashed


def test_wrong_names_and_passwords_are_refused_in_the_same_words_after_the_same_work(records, li, hasher):
    known = refused(records, password=WRONG)
    worked = hasher.verified
    unknown = refused(records, name="nobody", password=WRONG)
    assert known == unknown
    assert (worked, hasher.verified) == (1, 2)


def test_names_are_told_apart_without_regard_to_case(records):
    records.accounts.add("Wang", "staff", PASSWORD, actor="shell")
    assert records.accounts.sign_in("WANG", PASSWORD)[1].name == "Wang"
    with pytest.raises(StateConflict):
        records.accounts.add("wang", "staff", PASSWORD, actor="shell")


def test_after_five_wrong_passwords_an_account_is_locked_for_a_while(records, li, clock):
    for _ in range(5):
        refused(records, password=WRONG)
    assert refused(records)
    assert records.accounts.find("李芳").locked_until is not None
    clock.pass_(minutes=14)
    refused(records)
    clock.pass_(minutes=2)
    assert records.accounts.sign_in("李芳", PASSWORD)
    assert [e.action for e in records.audit.list(subject="account 李芳")] == ["account.lock", "account.add"]


def test_a_right_password_forgets_wrong_ones(records, li):
    for _ in range(3):
        for _ in range(4):
            refused(records, password=WRONG)
        records.accounts.sign_in("李芳", PASSWORD)


def test_a_session_ends_after_twelve_idle_hours(records, li, clock):
    token, _ = records.accounts.sign_in("李芳", PASSWORD)
    for _ in range(3):
        clock.pass_(hours=11)
        assert records.accounts.signed_in(token)
    clock.pass_(hours=12, seconds=1)
    assert records.accounts.signed_in(token) is None


def test_signing_out_ends_this_session_alone(records, li):
    first, _ = records.accounts.sign_in("李芳", PASSWORD)
    second, _ = records.accounts.sign_in("李芳", PASSWORD)
    records.accounts.sign_out(first)
    assert records.accounts.signed_in(first) is None
    assert records.accounts.signed_in(second)


def test_a_new_password_ends_all_sessions_and_the_old_one_no_longer_fits(records, li):
    token, _ = records.accounts.sign_in("李芳", PASSWORD)
    records.accounts.change_password("李芳", "another horse", actor="李芳")
    assert records.accounts.signed_in(token) is None
    refused(records)
    assert records.accounts.sign_in("李芳", "another horse")
    assert records.accounts.check_password("李芳", "another horse")
    assert not records.accounts.check_password("李芳", PASSWORD)


def test_a_disabled_account_is_out_at_once(records, li, admin):
    token, _ = records.accounts.sign_in("李芳", PASSWORD)
    assert records.accounts.disable("李芳", actor="admin").disabled
    assert records.accounts.signed_in(token) is None
    refused(records)
    records.accounts.enable("李芳", actor="admin")
    assert records.accounts.sign_in("李芳", PASSWORD)


def test_roles_include_those_below(records, li):
    assert li.may("staff")
    assert li.may("editor")
    assert not li.may("admin")
    li.require("editor")
    with pytest.raises(AccessDenied):
        li.require("admin")


def test_the_last_admin_stays(records, admin):
    for step in (
        lambda: records.accounts.disable("admin", actor="admin"),
        lambda: records.accounts.change_role("admin", "staff", actor="admin"),
    ):
        with pytest.raises(StateConflict):
            step()
    assert records.accounts.find("admin") == admin
    records.accounts.add("second", "admin", PASSWORD, actor="admin")
    assert records.accounts.change_role("admin", "staff", actor="second").role == "staff"


@pytest.mark.parametrize("name", ["", "a", "a b", "a" * 41, "<b>", "a\n", "a'"])
def test_other_names_are_refused(records, name):
    with pytest.raises(RecordRefused):
        records.accounts.add(name, "staff", PASSWORD, actor="shell")


@pytest.mark.parametrize("password", ["", "short", "x" * 201])
def test_other_passwords_are_refused(records, li, password):
    with pytest.raises(RecordRefused):
        records.accounts.add("new", "staff", password, actor="shell")
    with pytest.raises(RecordRefused):
        records.accounts.change_password("李芳", password, actor="shell")


def test_an_unknown_role_or_account_is_told(records):
    with pytest.raises(RecordRefused):
        records.accounts.add("new", "boss", PASSWORD, actor="shell")
    with pytest.raises(UnknownRecord):
        records.accounts.find("nobody")
    assert records.accounts.list() == ()


def test_form_tokens_belong_to_their_session(records, li):
    one, _ = records.accounts.sign_in("李芳", PASSWORD)
    other, _ = records.accounts.sign_in("李芳", PASSWORD)
    assert form_token_fits(one, form_token(one))
    assert not form_token_fits(one, form_token(other))
    assert not form_token_fits(one, "\ud83d")
    assert one not in form_token(one)
