from __future__ import annotations

import io
import json
import logging

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from api.logs import MASK, Masked, configure_logs, failure_of, secrets_of
from api.tokens import Signer, VisitorToken
from assistant.masking import mask
from assistant.settings import Settings

KEY = "a-key-of-the-desk"


@pytest.fixture
def written():
    """What is logged while a test runs, as JSON; the configuration before is restored."""
    stream, root = io.StringIO(), logging.getLogger()
    before, handlers, level = structlog.get_config(), root.handlers[:], root.level
    servers = logging.getLogger("uvicorn.error")
    quiet = servers.level  # servers of other tests in this process may have set one
    servers.setLevel(logging.NOTSET)
    settings = Settings(log_format="json", secret=SecretStr(KEY), database="postgresql://u:db-pass@h/n")
    configure_logs(settings, stream, also=lambda text: text.replace("13800000000", "138****0000"))
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)
    servers.setLevel(quiet)


def test_a_line_is_one_object_with_what_is_bound(written):
    with structlog.contextvars.bound_contextvars(request_id="r1"):
        structlog.get_logger("x").info("event", 值="中文\n换行")
    (line,) = written()
    assert line["event"] == "event"
    assert line["request_id"] == "r1"
    assert line["level"] == "info"
    assert line["timestamp"].endswith("Z")
    assert line["值"] == "中文\n换行"


def test_lines_of_libraries_have_the_same_form(written):
    logging.getLogger("somewhere").warning("password=%s", "hunter22")
    logging.getLogger("somewhere").info("not told")
    (line,) = written()
    assert line["event"] == f"password={MASK}"
    assert line["level"] == "warning"


def test_an_exception_is_told_by_type_and_place_not_by_its_words(written):
    def fail():
        try:
            raise KeyError("我们公司叫甲乙丙")
        except KeyError as error:
            raise ValueError("甲乙丙 13911112222") from error

    for log in (structlog.get_logger("x").error, logging.getLogger("uvicorn.error").error):
        try:
            fail()
        except ValueError:
            log("failed", exc_info=True)
    for line in written():
        assert line["error"] == "ValueError < KeyError"
        assert line["where"][-1].startswith("test_logs.py:")
        assert "甲乙丙" not in json.dumps(line, ensure_ascii=False)
    assert len(written()) == 2


def test_what_the_system_says_of_a_failure_is_told():
    assert failure_of(OSError(28, "No space left on device"))["cause"] == "No space left on device"


def test_secrets_are_never_written(written):
    token = Signer(b"k" * 20).sign(VisitorToken("v", "c", "self", __import__("datetime").datetime.now()))
    structlog.get_logger("x").warning(
        f"{KEY} db-pass Bearer abc.def {token} sk-1234567890abcdef",
        authorization="Basic dTpw",
        headers={"Cookie": "session=1", "accept": "*/*", "x-api-key": "k"},
        nested=[{"password": "p"}, ("Authorization: Bearer zzz",)],
        secret=SecretStr("s"),
        value=SecretStr("another"),
        url="postgresql+pg8000://user:hunter2@db:5432/x?sslmode=require",
        prompt_tokens=12,
        phone="13800000000",
    )
    text = json.dumps(written(), ensure_ascii=False)
    for leaked in (
        KEY,
        "db-pass",
        "abc.def",
        token,
        "sk-1234",
        "dTpw",
        "session=1",
        "zzz",
        "another",
        "hunter2",
    ):
        assert leaked not in text
    (line,) = written()
    assert line["url"] == f"postgresql+pg8000://user:{MASK}@db:5432/x?sslmode=require"
    assert line["headers"] == {"Cookie": MASK, "accept": "*/*", "x-api-key": MASK}
    assert line["prompt_tokens"] == 12
    assert line["phone"] == "138****0000"


def test_the_secrets_of_the_settings_are_known():
    settings = Settings(
        secret=SecretStr(KEY), metrics_token=SecretStr("m" * 9), database="postgresql://u:pw@h/n"
    )
    assert set(secrets_of(settings)) == {KEY, "m" * 9, "pw"}


def test_an_entry_shows_no_personal_data_however_deep():
    circle: dict[str, object] = {}
    circle["self"] = circle
    event = {
        "event": "failed for 13800138000",
        "error": ValueError("a@b.com"),
        "deep": [{"who": ("11010519491231002X",)}],
        "circle": circle,
        "phone": "025-69652717",
        "amount": "20000000元",
    }
    told = Masked(also=mask)(None, "info", event)
    assert told["event"] == "failed for 〈手机号〉"
    assert told["error"] == "〈电子邮箱〉"
    assert told["deep"] == [{"who": ["〈身份证号〉"]}]
    assert (told["phone"], told["amount"]) == ("025-69652717", "20000000元")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.dictionaries(st.text(max_size=8), values, max_size=3), st.text(min_size=6, max_size=20))
def test_whatever_is_logged_can_be_written_and_holds_no_known_secret(event, secret):
    shown = Masked((secret,))(None, "info", {**event, "said": f"x{secret}x"})
    assert secret not in shown["said"].replace(MASK, "")
    json.dumps(shown)


@pytest.mark.parametrize(
    "words",
    ["投入不低于2000万元", "请致电 025-69652603", "tokenizer ready", "https://host/path?k=5", "令牌过期"],
)
def test_other_words_stay(words):
    assert Masked()(None, "info", {"event": words})["event"] == words


def test_on_a_terminal_lines_are_for_people():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    before, root = structlog.get_config(), logging.getLogger()
    handlers, level, stream = root.handlers[:], root.level, Terminal()
    try:
        configure_logs(Settings(), stream)
        structlog.get_logger("x").info("ready", part="index")
    finally:
        structlog.configure(**before)
        root.handlers[:] = handlers
        root.setLevel(level)
    assert "ready" in stream.getvalue()
    assert not stream.getvalue().startswith("{")
