from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from api.app import create_app
from api.metrics import CATEGORIES, Metrics
from assistant.session_store import Said
from assistant.sessions import Session
from assistant.settings import Settings

HERE = ("127.0.0.1", 5)
KEY = "a-key-for-prometheus"


def opened(scripted, settings=None, client=HERE, **more):
    return TestClient(create_app(scripted, settings or Settings(), **more), client=client)


def samples(response):
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    families = text_string_to_metric_families(response.text)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def test_requests_are_counted_by_template_and_status(scripted):
    with opened(scripted) as client:
        for clause in ("1", "1.1", "9"):
            client.get(f"/v1/clauses/{clause}")
        client.request("BREW", "/nowhere")
        counted = samples(client.get("/metrics"))
    name = "shenbao_requests_total"
    path = ("path", "/v1/clauses/{clause_id}")
    assert counted[name, (("method", "GET"), path, ("status", "200"))] == 2
    assert counted[name, (("method", "GET"), path, ("status", "404"))] == 1
    assert counted[name, (("method", "other"), ("path", "none"), ("status", "404"))] == 1
    assert counted["shenbao_requests_in_flight", ()] == 1


def test_the_state_of_the_parts_is_read_off(scripted, monkeypatch):
    monkeypatch.setattr(scripted, "legs", lambda: {"kites": True, "balloons": False})
    scripted.parts = {"index": False, "packs": True}
    with opened(scripted) as client:
        read = samples(client.get("/metrics"))
    assert read["shenbao_ready", (("part", "index"),)] == 0
    assert read["shenbao_ready", (("part", "records"),)] == 1
    assert read["shenbao_packs", (("search", "fused"),)] == 1
    assert read["shenbao_packs", (("search", "lexical"),)] == 1


def test_sessions_and_tickets_are_read_off(scripted, tmp_path):
    now = datetime(2023, 2, 10, tzinfo=UTC)
    moment = [now]
    settings = Settings(database=f"sqlite:///{tmp_path}/shenbao.db")
    with opened(scripted, settings, clock=lambda: moment[0]) as client:
        assert samples(client.get("/metrics"))["shenbao_oldest_ticket_seconds", ()] == 0
        reply = scripted.reply("问").model_copy(update={"route": "unresolved", "session_id": "s"})
        client.app.state.startup.records.sessions.put_turn(
            Session(id="s", pack="kites", turn=1), Said("问", reply, "", "d1", 0.1)
        )
        moment[0] += timedelta(minutes=5)
        read = samples(client.get("/metrics"))
    assert read["shenbao_sessions", ()] == 1
    assert read["shenbao_tickets", (("state", "open"),)] == 1
    assert read["shenbao_tickets", (("state", "claimed"),)] == 0
    assert read["shenbao_oldest_ticket_seconds", ()] == 300


def test_records_that_do_not_answer_leave_the_rest(scripted, tmp_path):
    (tmp_path / "file").write_text("")
    with opened(scripted, Settings(database=f"sqlite:///{tmp_path}/file/x.db")) as client:
        read = samples(client.get("/metrics"))
    assert read["shenbao_ready", (("part", "records"),)] == 0
    assert ("shenbao_sessions", ()) not in read


def test_two_applications_count_apart(scripted):
    with opened(scripted) as one, opened(scripted) as other:
        one.get("/v1/packs")
        paths = {dict(labels).get("path") for _, labels in samples(other.get("/metrics"))}
    assert "/v1/packs" not in paths


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        (("192.0.2.7", 5), {}),
        (("testclient", 5), {}),
        (HERE, {"X-Forwarded-For": "127.0.0.1"}),
        (HERE, {"X-Real-IP": "192.0.2.7"}),
        (HERE, {"Forwarded": "for=192.0.2.7"}),
    ],
)
def test_other_machines_do_not_read_the_counts(scripted, client, headers):
    with opened(scripted, client=client) as asking:
        refused = asking.get("/metrics", headers=headers)
        assert refused.status_code == 403
        assert "SHENBAO_METRICS_TOKEN" in refused.json()["detail"]


def test_where_a_key_is_set_it_alone_opens(scripted):
    settings = Settings(metrics_token=SecretStr(KEY))
    for place in (HERE, ("192.0.2.7", 5)):
        with opened(scripted, settings, client=place) as client:
            for wrong in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Basic {KEY}"}):
                assert client.get("/metrics", headers=wrong).status_code == 401
            samples(client.get("/metrics", headers={"Authorization": f"Bearer {KEY}"}))


def test_answers_and_models_are_counted(scripted):
    metrics = Metrics()
    reply = scripted.reply("问")
    metrics.answered(reply, 0.01)
    metrics.answered(reply.model_copy(update={"route": "unresolved", "category": None}), 0.02)
    metrics.step_taken("compose", 0.001)
    metrics.model_asked("phrase", "timeout", 2.0, prompt_tokens=10, completion_tokens=3)
    value = metrics.registry.get_sample_value
    assert value("shenbao_answers_total", {"route": "lookup", "category": "kite", "verdict": "none"}) == 1
    assert value("shenbao_answers_total", {"route": "unresolved", "category": "none", "verdict": "none"}) == 1
    assert value("shenbao_answer_seconds_count") == 2
    assert value("shenbao_step_seconds_count", {"step": "compose"}) == 1
    assert value("shenbao_model_calls_total", {"task": "phrase", "outcome": "timeout"}) == 1
    assert value("shenbao_model_tokens_total", {"task": "phrase", "kind": "completion"}) == 3


def test_categories_are_not_told_apart_without_end(scripted):
    metrics = Metrics()
    for number in range(2 * CATEGORIES):
        metrics.answered(scripted.reply("问").model_copy(update={"category": f"c{number}"}), 0.01)
    labels = {"route": "lookup", "category": "other", "verdict": "none"}
    assert metrics.registry.get_sample_value("shenbao_answers_total", labels) == CATEGORIES
