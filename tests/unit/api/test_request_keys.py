"""`Idempotency-Key` as HTTP shows it, with real records behind a scripted assistant."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.request_keys import keyed
from api.schemas import ChatRequest
from assistant.settings import Settings


class Caller:
    def __init__(self, visitor="", channel=""):
        from assistant.session_store import Asker  # noqa: PLC0415

        self.asker = Asker(visitor, channel)


@pytest.fixture
def asked(scripted, tmp_path):
    """What the assistant was told of who asks, call by call."""
    told = []
    reply = scripted.reply

    def noting(*arguments, **more):
        told.append(more["asker"])
        return reply(*arguments, **more)

    scripted.reply = noting
    client = TestClient(
        create_app(scripted, Settings(database=f"sqlite:///{tmp_path}/r.db")), raise_server_exceptions=False
    )

    def ask(path="/v1/chat", key="k-1", **body):
        answer = client.post(path, json={"message": "问", **body}, headers={"Idempotency-Key": key})
        assert answer.status_code == 200, answer.text
        return told[-1].request

    ask.client = client
    return ask


def test_a_key_reaches_the_assistant_with_the_content_it_stands_for(asked):
    one = asked()
    assert one.key == "k-1"
    assert one == asked(key='"k-1"') == asked("/v1/chat/stream") == asked(as_of=None)
    assert one.digest != asked(message="别的").digest
    assert one.scope != asked(session_id="s").scope
    answer = asked.client.post("/v1/chat", json={"message": "问"})
    assert answer.status_code == 200


@pytest.mark.parametrize("key", ["", "x" * 201, "a b", '"', '"a', "a\tb"])
def test_a_key_that_is_none_is_refused(asked, key):
    answer = asked.client.post("/v1/chat", json={"message": "问"}, headers={"Idempotency-Key": key})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


def test_the_same_key_of_another_visitor_or_operation_is_another_request():
    body = ChatRequest(message="问")
    mine = keyed(Caller("v1", "demo"), "k", "chat", body).request
    assert mine is not None
    assert mine.scope != keyed(Caller("v2", "demo"), "k", "chat", body).request.scope
    assert mine.scope != keyed(Caller("v1", "other"), "k", "chat", body).request.scope
    assert mine.digest != keyed(Caller("v1", "demo"), "k", "facts", body).request.digest
    assert keyed(Caller("v1"), None, "chat", body).request is None


def test_the_header_is_in_the_interface_and_pages_may_send_it(asked):
    document = asked.client.get("/openapi.json").json()
    for path in ("/v1/chat", "/v1/chat/stream", "/v1/messages/{message_id}/feedback"):
        names = {p["name"] for p in document["paths"][path]["post"].get("parameters", ())}
        assert "Idempotency-Key" in names
    preflight = asked.client.options(
        "/v1/chat", headers={"Origin": "http://testserver", "Access-Control-Request-Method": "POST"}
    )
    assert "Idempotency-Key" in preflight.headers["Access-Control-Allow-Headers"]
