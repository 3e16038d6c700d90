from __future__ import annotations

import json

import pytest
import structlog
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from api.app import create_app
from assistant.settings import Settings
from knowledge.errors import StorageUnavailable

WORDS = "我们是甲乙丙公司，能申报吗"


@pytest.fixture
def client(scripted):
    with TestClient(create_app(scripted, Settings()), client=("127.0.0.1", 5)) as opened:
        yield opened


@pytest.fixture
def lines():
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as captured:
        yield captured


def test_a_request_has_an_id_of_its_own(client):
    first, second = (client.get("/v1/packs").headers["x-request-id"] for _ in range(2))
    assert first != second
    assert len(first) == 32


def test_a_fit_id_is_taken_over(client):
    assert (
        client.get("/healthz", headers={"X-Request-ID": "trace-1234"}).headers["x-request-id"] == "trace-1234"
    )


@pytest.mark.parametrize("given", ["short", "x" * 65, "has space1", 'quo"te-1234', "{json: true}"])
def test_another_is_replaced(client, given):
    assert client.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"] != given


def test_a_problem_names_the_request(client):
    response = client.post("/v1/chat", json={})
    assert response.json()["request_id"] == response.headers["x-request-id"]
    events = client.post("/v1/chat/stream", json={"message": "问", "pack": "x"})
    assert events.json()["request_id"] == events.headers["x-request-id"]


def test_a_failure_within_a_stream_names_the_request(client, scripted):
    scripted.failure = StorageUnavailable("磁盘已满")
    response = client.post("/v1/chat/stream", json={"message": "问"})
    told = json.loads(response.text.partition("data: ")[2])
    assert told["request_id"] == response.headers["x-request-id"]


def test_a_request_is_one_line_without_words_of_users(client, lines):
    client.post("/v1/chat", json={"message": WORDS}, headers={"X-Request-ID": "trace-1234"})
    client.get("/v1/clauses/1.1", params={"pack": "kites"})
    client.get("/nowhere/甲乙丙")
    client.get("/v1/search", params={"q": WORDS})
    told = [line for line in lines if line["event"] == "request"]
    assert [(line["method"], line["path"], line["status"]) for line in told] == [
        ("POST", "/v1/chat", 200),
        ("GET", "/v1/clauses/{clause_id}", 200),
        ("GET", "none", 404),
        ("GET", "/v1/search", 200),
    ]
    assert told[0]["request_id"] == "trace-1234"
    assert all(line["ms"] >= 0 for line in told)
    assert "甲乙丙" not in json.dumps(lines, ensure_ascii=False)


def test_a_failure_nobody_expected_is_answered_and_told_without_its_words(client, scripted, lines):
    scripted.failure = KeyError(WORDS)
    response = client.post("/v1/chat", json={"message": WORDS})
    assert response.status_code == 500
    assert response.json()["request_id"] == response.headers["x-request-id"]
    (failed,) = [line for line in lines if line["log_level"] == "error"]
    assert failed["error"] == "KeyError"
    assert failed["path"] == "/v1/chat"
    assert failed["request_id"] == response.headers["x-request-id"]
    assert "甲乙丙" not in json.dumps(lines, ensure_ascii=False)


def test_every_line_of_a_request_bears_its_id(client, scripted, lines):
    def reply(*_, **__):
        structlog.get_logger("deep").info("inside")
        raise StorageUnavailable("磁盘已满")

    scripted.reply = reply
    client.post("/v1/chat", json={"message": "问"}, headers={"X-Request-ID": "trace-1234"})
    assert {line["event"] for line in lines} == {"inside", "request failed", "request"}
    assert {line["request_id"] for line in lines} == {"trace-1234"}


def test_probes_are_told_to_nobody_who_does_not_ask(client, lines):
    client.get("/healthz")
    client.get("/static/icon.svg")
    assert [line["log_level"] for line in lines] == ["debug", "debug"]
