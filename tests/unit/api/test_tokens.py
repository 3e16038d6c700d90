from __future__ import annotations

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.tokens import Signer, VisitorToken, new_visitor, read_secret, read_signer
from assistant.settings import Settings, SettingsRefused
from knowledge.errors import SignInRefused

TOKEN = VisitorToken("v1", "demo", "https://a.example", datetime(2023, 2, 20, 4, 0, tzinfo=UTC))
SIGNER = Signer(b"the key of this installation")


def test_a_token_is_read_as_it_was_signed():
    assert SIGNER.read(SIGNER.sign(TOKEN)) == TOKEN


def test_a_token_signed_with_another_key_is_refused():
    with pytest.raises(SignInRefused):
        SIGNER.read(Signer(b"another key").sign(TOKEN))


def test_no_byte_of_a_token_can_be_changed():
    text = SIGNER.sign(TOKEN)
    for place in range(len(text)):
        for other in {"A", "b", ".", "_"} - {text[place]}:
            with pytest.raises(SignInRefused):
                SIGNER.read(text[:place] + other + text[place + 1 :])


def test_a_payload_of_ones_own_is_refused():
    payload = base64.urlsafe_b64encode(json.dumps(["v2", "demo", "self", 4102444800]).encode()).decode()
    signature = SIGNER.sign(TOKEN).split(".")[1]
    for text in (payload, f"{payload}.", f"{payload}.{signature}", f".{signature}", f"{payload}.{payload}"):
        with pytest.raises(SignInRefused):
            SIGNER.read(text)


@given(st.text(max_size=80) | st.text(min_size=1_100, max_size=1_200))
def test_whatever_comes_instead_of_a_token_is_refused(text):
    with pytest.raises(SignInRefused):
        SIGNER.read(text)


def test_a_pseudonym_is_the_same_for_the_same_address_and_does_not_tell_it():
    assert SIGNER.pseudonym("192.0.2.1") == SIGNER.pseudonym("192.0.2.1")
    assert SIGNER.pseudonym("192.0.2.1") != SIGNER.pseudonym("192.0.2.2")
    assert SIGNER.pseudonym("192.0.2.1") != Signer(b"another key").pseudonym("192.0.2.1")


def test_visitors_have_ids_of_their_own():
    assert len({new_visitor() for _ in range(100)}) == 100


def settings(**given) -> Settings:
    return Settings(**({"secret": None} | given))


def test_the_key_is_the_one_that_is_set(tmp_path):
    assert read_secret(settings(secret="0123456789abcdef")) == b"0123456789abcdef"
    file = tmp_path / "key"
    file.write_bytes(b"fedcba9876543210\n")
    assert read_secret(settings(secret_file=file)) == b"fedcba9876543210"


def test_a_short_or_missing_key_is_refused_without_telling_it(tmp_path):
    with pytest.raises(SettingsRefused) as told:
        read_secret(settings(secret="tiny-key"))
    assert "tiny-key" not in str(told.value)
    with pytest.raises(SettingsRefused, match="SHENBAO_SECRET_FILE"):
        read_secret(settings(secret_file=tmp_path / "none"))


def test_the_key_is_no_part_of_what_settings_show():
    assert "0123456789abcdef" not in repr(settings(secret="0123456789abcdef"))


def test_without_a_key_one_is_made_once_for_its_owner_alone(tmp_path):
    file = tmp_path / "var" / "secret"
    with ThreadPoolExecutor(8) as pool:
        read = set(pool.map(lambda _: read_secret(settings(), file), range(16)))
    assert len(read) == 1
    assert len(read.pop()) >= 32
    assert file.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in file.parent.iterdir()] == ["secret"]


def test_a_token_of_the_key_before_is_accepted_until_that_is_taken_away():
    old, new = b"the key of last year", b"the key of this year"
    text = Signer(old).sign(TOKEN)
    rotated = Signer(new, previous=old)
    assert rotated.read(text) == TOKEN
    assert Signer(new).read(rotated.sign(TOKEN)) == TOKEN
    with pytest.raises(SignInRefused):
        Signer(new).read(text)
    with pytest.raises(SignInRefused):
        rotated.read(Signer(b"a key that never was").sign(TOKEN))


def test_the_key_before_is_set_or_stands_in_a_file(tmp_path):
    file = tmp_path / "previous"
    file.write_text("the key of last year\n")
    text = Signer(b"the key of last year").sign(TOKEN)
    for setting in ({"previous_secret_file": file}, {"previous_secret": "the key of last year"}):
        assert read_signer(Settings(secret="the key of this year", **setting)).read(text) == TOKEN
    with pytest.raises(SettingsRefused, match="SHENBAO_PREVIOUS_SECRET_FILE"):
        read_signer(Settings(secret="the key of this year", previous_secret_file=tmp_path / "none"))
    with pytest.raises(SettingsRefused, match="SHENBAO_PREVIOUS_SECRET 有误"):
        read_signer(Settings(secret="the key of this year", previous_secret="short"))
