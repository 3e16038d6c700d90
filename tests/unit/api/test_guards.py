from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.settings import Settings


def opened(scripted, **settings):
    return TestClient(create_app(scripted, Settings(**settings)))


def refused(response, status, told):
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["connection"] == "close"
    assert response.headers["x-request-id"] == response.json()["request_id"]
    assert told in response.json()["detail"]


def test_a_head_beyond_its_size_is_refused(scripted):
    with opened(scripted, max_header_bytes=2_000) as client:
        refused(client.get("/v1/packs", headers={"X-Long": "x" * 2_000}), 431, "2000 字节")
        refused(client.get("/v1/search", params={"q": "x" * 2_000}), 431, "2000 字节")
        assert client.get("/v1/packs", headers={"X-Long": "x" * 1_000}).status_code == 200


def test_too_many_headers_are_refused(scripted):
    with opened(scripted, max_headers=20) as client:
        assert client.get("/healthz", headers={f"X-{n}": "" for n in range(20)}).status_code == 431
        assert client.get("/healthz", headers={f"X-{n}": "" for n in range(10)}).status_code == 200


def test_a_conversation_may_be_longer_than_a_question(scripted):
    with opened(scripted, max_body_bytes=1_024, max_history_bytes=4_096) as client:
        refused(client.post("/v1/chat", json={"message": "x" * 1_100}), 413, "1024 字节")
        history = {"model": "shenbao", "messages": [{"role": "assistant", "content": "x" * 3_000}]}
        history["messages"].append({"role": "user", "content": "问"})
        assert client.post("/v1/chat/completions", json=history).status_code == 200
        history["messages"] *= 2
        long = client.post("/v1/chat/completions", json=history)
        assert long.status_code == 413
        assert "4096" in long.json()["error"]["message"]


@pytest.mark.parametrize("limit", ["headers", "body"])
def test_what_is_refused_is_counted(scripted, limit):
    with opened(scripted, max_body_bytes=1_024, max_header_bytes=1_024) as client:
        client.post("/v1/chat", json={"message": "x" * 1_100})
        client.get("/healthz", headers={"X-Long": "x" * 2_000})
        counted = client.app.state.metrics.registry.get_sample_value(
            "shenbao_refused_total", {"limit": limit}
        )
        assert counted == 1
