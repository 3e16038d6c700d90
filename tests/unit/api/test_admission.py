"""Tokens, origins and limits as HTTP shows them, before the scripted assistant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.completions.errors import speaks_openai
from assistant.settings import Settings

BUREAU, OTHER, EVIL = "https://gxt.example.gov.cn", "https://other.example", "https://evil.example"
CHANNELS = f"""
channels:
  - {{id: bureau, allowed_origins: ["{BUREAU}"], pack: kites, greeting: 您好,
      daily_limit: 7, per_visitor_per_minute: 2, per_address_per_minute: 4}}
  - {{id: other, allowed_origins: ["{OTHER}", self], greeting: 您好}}
"""


class Clock:
    def __init__(self):
        self.now = datetime(2023, 2, 20, 4, 0, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_(self, **duration):
        self.now += timedelta(**duration)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def serve(scripted, tmp_path, clock):
    """Starts the service with a setting or two."""
    file = tmp_path / "channels.yaml"
    file.write_text(CHANNELS, encoding="utf-8")
    places = {"database": f"sqlite:///{tmp_path}/records.db", "channels": file}

    def started(**given):
        app = create_app(scripted, Settings(**(places | given)), clock=clock)
        return TestClient(app, base_url="http://host:8000", raise_server_exceptions=False)

    return started


@pytest.fixture
def client(serve):
    return serve(host="0.0.0.0")


def token(client, channel="bureau", origin=BUREAU, previous=None):
    body = {"visitor": previous} if previous else {}
    answer = client.post(
        f"/v1/channels/{channel}/token", json=body, headers={"Origin": origin} if origin else {}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["token"]


def ask(client, held=None, origin=BUREAU, **headers):
    given = {"Origin": origin, "Authorization": f"Bearer {held}" if held else None, **headers}
    return client.post("/v1/chat", json={"message": "问"}, headers={k: v for k, v in given.items() if v})


def refused(response, status):
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert any("\u4e00" <= c <= "\u9fff" for c in problem["detail"])
    return response


def test_a_page_of_the_channel_gets_a_token_and_asks(client, scripted):
    answer = ask(client, token(client))
    assert answer.status_code == 200
    assert scripted.calls == [("reply", "问", None, "kites", None)]


def test_a_token_says_until_when_it_is_valid(client, clock):
    given = client.post("/v1/channels/bureau/token", json={}, headers={"Origin": BUREAU})
    assert given.json()["expires_at"] == "2023-02-20T04:30:00Z"
    assert given.headers["cache-control"] == "no-store"
    clock.pass_(minutes=29)
    assert ask(client, given.json()["token"]).status_code == 200
    clock.pass_(minutes=1)
    expired = refused(ask(client, given.json()["token"]), 401)
    assert expired.headers["www-authenticate"] == "Bearer"
    assert expired.headers["access-control-allow-origin"] == BUREAU


def test_a_forged_token_is_refused(client, scripted):
    good = token(client)
    payload, signature = good.split(".")
    for forged in (
        "",
        "x",
        payload,
        f"{payload}.",
        f"{payload}.{signature[::-1]}",
        f"{payload[:-2]}AA.{signature}",
    ):
        refused(ask(client, Authorization=f"Bearer {forged}"), 401)
    assert scripted.calls == []


def test_a_token_serves_the_origin_that_it_was_given_to_alone(client):
    held = token(client)
    for origin in (EVIL, OTHER, "null", "http://host:8000", None):
        refused(ask(client, held, origin), 403)


def test_a_token_serves_its_own_channel_alone(client):
    held = token(client)
    assert ask(client, held, **{"X-Shenbao-Channel": "bureau"}).status_code == 200
    refused(ask(client, held, **{"X-Shenbao-Channel": "other"}), 403)
    refused(ask(client, held, **{"X-Shenbao-Channel": "none"}), 404)


def test_a_channel_is_shown_and_gives_tokens_to_its_own_pages_alone(client):
    for origin in (EVIL, OTHER, "null", None):
        headers = {"Origin": origin} if origin else {}
        refused(client.get("/v1/channels/bureau", headers=headers), 403)
        refused(client.post("/v1/channels/bureau/token", json={}, headers=headers), 403)
    refused(client.get("/v1/channels/none", headers={"Origin": BUREAU}), 404)


def test_a_channel_of_this_host_serves_its_own_pages(client):
    assert client.get("/v1/channels/other").status_code == 200
    held = token(client, "other", None)
    assert ask(client, held, None).status_code == 200
    assert ask(client, held, "http://host:8000").status_code == 200
    refused(ask(client, held, EVIL), 403)


def test_without_a_token_nothing_is_answered_on_an_open_address(client, scripted):
    body = {"category": "kite", "facts": {}}
    for response in (
        ask(client, None, None),
        ask(client, None, BUREAU),
        client.post("/v1/chat/stream", json={"message": "问"}),
        client.post("/v1/eligibility", json=body),
        client.get("/v1/search?q=x"),
        client.get("/v1/packs"),
        client.get("/v1/clauses/1"),
        client.get("/v1/contacts"),
        client.get("/v1/sessions/s/facts"),
        client.patch("/v1/sessions/s/facts", json={"facts": {}}),
        client.get("/v1/sessions/s/messages"),
        client.delete("/v1/sessions/s"),
        client.post("/v1/messages/m1/feedback", json={"rating": "up"}),
        client.post("/v1/sessions/s/handover", json={}),
    ):
        refused(response, 401)
    assert scripted.calls == []


def test_every_route_asks_who_is_calling(client):
    open_to_all = {"/v1/channels/{channel_id}", "/v1/channels/{channel_id}/token"}
    paths = client.app.openapi()["paths"]
    asked = {path for path in paths if path.startswith("/v1/")} - open_to_all
    assert len(asked) >= 11
    for path in asked:
        for method in paths[path]:
            concrete = (
                path.replace("{session_id}", "s").replace("{message_id}", "m").replace("{clause_id}", "1")
            )
            answer = client.request(
                method, concrete, params={"q": "x"} if "search" in path else None, json={}
            )
            if speaks_openai(path):
                assert answer.status_code == 401
                assert answer.json()["error"]["code"] == "invalid_api_key"
            else:
                refused(answer, 401)


@pytest.mark.parametrize(
    ("host", "require", "status"),
    [
        ("127.0.0.1", "auto", 200),
        ("::1", "auto", 200),
        ("localhost", "auto", 200),
        ("0.0.0.0", "auto", 401),
        ("192.0.2.1", "auto", 401),
        ("bureau.example", "auto", 401),
        ("0.0.0.0", "never", 200),
        ("127.0.0.1", "always", 401),
    ],
)
def test_a_request_without_a_token_is_let_in_on_loopback_or_where_a_setting_says_so(
    serve, host, require, status
):
    assert ask(serve(host=host, require_token=require), None, None).status_code == status


def test_on_loopback_too_a_foreign_page_is_refused_and_a_token_binds(serve):
    client = serve(host="127.0.0.1")
    refused(ask(client, None, EVIL), 403)
    refused(ask(client, "forged", None), 401)
    refused(ask(client, None, None, **{"X-Shenbao-Channel": "other"}), 401)
    assert ask(client, None, "http://host:8000").status_code == 200


def test_without_a_token_nothing_is_limited_on_loopback(serve):
    client = serve(host="127.0.0.1")
    assert {ask(client, None, None).status_code for _ in range(30)} == {200}


def test_a_token_is_renewed_for_the_same_visitor(client, clock):
    def visitor(held):
        return client.app.state.admission.signer.read(held).visitor

    first = token(client)
    clock.pass_(hours=20)
    second = token(client, previous=first)
    assert visitor(second) == visitor(first)
    assert visitor(token(client)) != visitor(first)
    clock.pass_(days=31)
    late = client.post("/v1/channels/bureau/token", json={"visitor": second}, headers={"Origin": BUREAU})
    refused(late, 401)


def test_a_token_is_not_renewed_on_another_channel_or_when_forged(client):
    held = token(client)
    for previous in (held, "forged"):
        answer = client.post(
            "/v1/channels/other/token", json={"visitor": previous}, headers={"Origin": OTHER}
        )
        refused(answer, 401)


def test_a_channel_answers_from_its_own_pack_alone(client, scripted):
    held = {"Origin": BUREAU, "Authorization": f"Bearer {token(client)}"}
    assert client.get("/v1/search?q=x&pack=kites", headers=held).status_code == 200
    refused(client.get("/v1/search?q=x&pack=boats", headers=held), 403)
    refused(client.post("/v1/chat", json={"message": "问", "pack": "boats"}, headers=held), 403)
    refused(client.get("/v1/clauses/1?pack=boats", headers=held), 403)
    assert scripted.calls == [("search", "x", 5, "kites")]


def test_a_visitor_who_asks_too_fast_is_told_when_to_come_back(client, clock, scripted):
    held, other = token(client), token(client)
    assert ask(client, held).status_code == 200
    clock.pass_(seconds=15)
    assert ask(client, held).status_code == 200
    full = refused(ask(client, held), 429)
    assert full.headers["retry-after"] == "45"
    assert "Retry-After" in full.headers["access-control-expose-headers"]
    stream = client.post(
        "/v1/chat/stream",
        json={"message": "问"},
        headers={"Origin": BUREAU, "Authorization": f"Bearer {held}"},
    )
    assert refused(stream, 429).headers["retry-after"] == "45"
    assert ask(client, other).status_code == 200
    clock.pass_(seconds=45)
    assert ask(client, held).status_code == 200
    assert len(scripted.calls) == 4


def test_an_address_is_limited_whatever_visitors_it_makes_up(client):
    statuses = [ask(client, token(client)).status_code for _ in range(6)]
    assert statuses == [200] * 4 + [429] * 2


def test_a_channel_has_a_daily_limit(client, clock):
    statuses = []
    for _ in range(9):
        clock.pass_(minutes=1)
        statuses.append(ask(client, token(client)).status_code)
    assert statuses == [200] * 7 + [429] * 2
    full = refused(ask(client, token(client)), 429)
    assert int(full.headers["retry-after"]) == 12 * 3600 - 9 * 60
    assert ask(client, token(client, "other", OTHER), OTHER).status_code == 200
    clock.pass_(hours=12)
    assert ask(client, token(client)).status_code == 200


def test_tokens_and_other_requests_are_limited_more_generously(client):
    given = [client.post("/v1/channels/bureau/token", json={}, headers={"Origin": BUREAU}) for _ in range(41)]
    assert [answer.status_code for answer in given] == [200] * 40 + [429]
    assert 1 <= int(given[-1].headers["retry-after"]) <= 60


def test_limits_hold_over_several_processes(serve):
    one, other = serve(host="0.0.0.0"), serve(host="0.0.0.0")
    held = token(one)
    assert [ask(c, held).status_code for c in (one, other, one)] == [200, 200, 429]


def test_the_address_itself_is_not_kept(client, tmp_path):
    ask(client, token(client))
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("records.db*"))
    assert b"address bureau" in kept
    assert b"testclient" not in kept


PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
}


@pytest.mark.parametrize(
    "path", ["/v1/chat", "/v1/chat/stream", "/v1/channels/bureau/token", "/v1/sessions/s/facts"]
)
def test_a_preflight_of_an_allowed_page_is_granted(client, path):
    answer = client.options(path, headers={"Origin": BUREAU, **PREFLIGHT})
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == BUREAU
    assert "PATCH" in answer.headers["access-control-allow-methods"]
    assert "Authorization" in answer.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in answer.headers
    assert answer.headers["vary"] == "Origin"


@pytest.mark.parametrize(
    ("path", "origin"),
    [
        ("/v1/chat", EVIL),
        ("/v1/chat", "null"),
        ("/v1/channels/bureau", OTHER),
        ("/v1/channels/bureau/token", "http://host:8000"),
        ("/v1/channels/none", EVIL),
    ],
)
def test_a_preflight_of_another_page_is_refused(client, path, origin):
    answer = refused(client.options(path, headers={"Origin": origin, **PREFLIGHT}), 403)
    assert "access-control-allow-origin" not in answer.headers


def test_answers_are_readable_for_pages_of_their_channel_alone(client):
    held = token(client)
    assert ask(client, held).headers["access-control-allow-origin"] == BUREAU
    assert "access-control-allow-origin" not in ask(client, held, OTHER).headers
    assert "access-control-allow-origin" not in ask(client, "forged", EVIL).headers
    shown = client.get("/v1/channels/bureau", headers={"Origin": BUREAU})
    assert shown.headers["access-control-allow-origin"] == BUREAU
    assert shown.headers["vary"] == "Origin"


def test_a_failure_is_marked_like_every_answer(client, scripted):
    held = token(client)
    scripted.failure = RuntimeError("secret path /srv/x")
    failed = refused(ask(client, held), 500)
    assert failed.headers["access-control-allow-origin"] == BUREAU
    assert failed.headers["x-content-type-options"] == "nosniff"
    assert "secret" not in failed.text


@pytest.mark.parametrize("path", ["/console", "/demo", "/static/icon.svg", "/healthz", "/openapi.json"])
def test_nothing_beside_the_interface_is_readable_elsewhere(client, path):
    answer = client.get(path, headers={"Origin": BUREAU})
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_a_frame_is_for_the_pages_of_its_channel(client):
    page = client.get("/frame/bureau")
    assert page.status_code == 200
    assert f"frame-ancestors {BUREAU}" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert 'data-channel="bureau"' in page.text
    assert "frame-ancestors 'self' " not in page.headers["content-security-policy"]
    refused(client.get("/frame/none"), 404)


def test_the_demo_is_framed_by_nobody_else(serve, scripted):
    with TestClient(create_app(scripted, Settings())) as plain:
        assert "frame-ancestors 'self'" in plain.get("/demo").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in serve().get("/demo").headers["content-security-policy"]


def test_a_channel_is_shown_with_what_a_widget_needs(serve, scripted, small_notice, monkeypatch):
    monkeypatch.setattr(scripted.packs["kites"], "topic", lambda _: None, raising=False)
    shown = serve().get("/v1/channels/bureau", headers={"Origin": BUREAU}).json()
    assert set(shown) == {
        *("id", "pack", "document", "title", "greeting", "colour", "contacts", "mailing_address"),
        *("suggestions", "facts", "categories"),
    }
    assert (shown["id"], shown["pack"], shown["title"]) == ("bureau", "kites", small_notice.title)
    assert shown["contacts"][0]["phone"] == "000-1111"
    assert [fact["name"] for fact in shown["facts"]] == ["handmade", "span_cm"]
    assert shown["categories"][0]["id"] == "kite"
