from __future__ import annotations

import json
from datetime import date

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.settings import Settings
from knowledge.errors import IndexUnavailable, PackError


@pytest.fixture
def client(scripted):
    with TestClient(create_app(scripted, Settings()), raise_server_exceptions=False) as opened:
        yield opened


def problem(response, status):
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    assert any("\u4e00" <= c <= "\u9fff" for c in body["detail"])
    return body


def events_of(response):
    assert response.headers["content-type"].startswith("text/event-stream")
    blocks = [block.split("\n") for block in response.text.split("\n\n") if block]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_a_question_is_answered_with_the_whole_reply(client, scripted):
    body = {"message": "  风筝？ ", "session_id": "s-1", "pack": "kites", "as_of": "2023-02-20"}
    answer = client.post("/v1/chat", json=body).json()
    assert scripted.calls == [("reply", "风筝？", "s-1", "kites", date(2023, 2, 20))]
    assert set(answer) == {
        *("session_id", "message_id", "as_of", "route", "category", "text", "citations", "eligibility"),
        *("reports", "contacts", "window", "facts", "suggestions", "composer", "model_uses"),
    }
    assert answer["as_of"] == "2023-02-20"
    assert answer["citations"][0]["clause_id"] == "1.1"


def test_null_and_absent_options_leave_the_choice_to_the_assistant(client, scripted):
    client.post("/v1/chat", json={"message": "问", "session_id": None, "pack": None, "as_of": None})
    client.post("/v1/chat", json={"message": "问"})
    assert scripted.calls == [("reply", "问", None, None, None)] * 2


def test_a_stream_tells_meta_then_the_text_then_the_whole_reply(client):
    told = events_of(client.post("/v1/chat/stream", json={"message": "风筝？"}))
    assert told[0] == (
        "meta",
        {"session_id": "new-session", "message_id": "m1", "route": "lookup", "category": "kite"},
    )
    assert {name for name, _ in told[1:-1]} == {"delta"}
    whole = client.post("/v1/chat", json={"message": "风筝？"}).json()
    assert told[-1] == ("done", whole)
    assert "".join(content["text"] for _, content in told[1:-1]) == whole["text"]


def test_a_stream_that_fails_tells_the_problem_as_an_event(client, scripted):
    scripted.failure = RuntimeError("secret path /srv/x")
    told = events_of(client.post("/v1/chat/stream", json={"message": "风筝？"}))
    assert [name for name, _ in told] == ["error"]
    assert told[0][1]["status"] == 500
    assert "secret" not in json.dumps(told)


def test_a_stream_of_a_refused_question_is_a_problem_response(client):
    problem(client.post("/v1/chat/stream", json={"message": "\u200b"}), 422)
    problem(client.post("/v1/chat/stream", json={"message": "问", "pack": "none"}), 404)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "message"),
        ({"message": ""}, "message"),
        ({"message": " \u3000\n"}, "message"),
        ({"message": "问" * 8001}, "message"),
        ({"message": 7}, "message"),
        ({"message": None}, "message"),
        ({"message": "问", "session_id": "a b"}, "session_id"),
        ({"message": "问", "session_id": ""}, "session_id"),
        ({"message": "问", "session_id": "a" * 65}, "session_id"),
        ({"message": "问", "session_id": "abc\n"}, "session_id"),
        ({"message": "问", "as_of": "2023-02-30"}, "as_of"),
        ({"message": "问", "as_of": "2023-02"}, "as_of"),
        ({"message": "问", "as_of": "2023-02-06T00:00:00"}, "as_of"),
        ({"message": "问", "as_of": 1675641600}, "as_of"),
        ({"message": "问", "as_of": "9999-12-31"}, "as_of"),
        ({"message": "问", "mesage": "问"}, "mesage"),
        ([], "body"),
        ("问", "body"),
        (None, "body"),
    ],
)
def test_a_wrong_field_is_named_with_what_is_allowed(client, scripted, body, field):
    refused = problem(client.post("/v1/chat", content=json.dumps(body), headers=JSON), 422)
    assert [wrong["field"] for wrong in refused["errors"]] == [field]
    assert refused["errors"][0]["allowed"]
    assert scripted.calls == []


JSON = {"content-type": "application/json"}


def test_a_message_of_the_full_length_is_accepted_with_space_around_it(client):
    assert client.post("/v1/chat", json={"message": " " + "问" * 8000 + "\n"}).status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"{'message': 'x'}",
        b'{"message": "\xff"}',
        '{"message": "问"}'.encode("gbk"),
        b'{"message": "\\ud83d"}',
        b'{"message": "a", "message": "b"}',
        b"[" * 50_000,
        b'{"message": ' + b"1" * 5_000 + b"}",
        b'{"message": "a"} {}',
    ],
)
def test_a_body_that_is_not_json_is_refused(client, scripted, content):
    problem(client.post("/v1/chat", content=content, headers=JSON), 422)
    assert scripted.calls == []


def test_json_must_be_declared_as_such(client):
    refused = problem(client.post("/v1/chat", content=b'{"message": "a"}'), 422)
    assert "application/json" in refused["detail"]


def test_a_byte_order_mark_is_passed_over(client):
    body = '\ufeff{"message": "问"}'.encode()
    assert client.post("/v1/chat", content=body, headers=JSON).status_code == 200


def test_a_body_beyond_the_bound_is_refused_whether_declared_or_not(client, scripted):
    content = json.dumps({"message": "a" * 70_000}).encode()
    refused = problem(client.post("/v1/chat", content=content, headers=JSON), 413)
    assert "65536" in refused["detail"]
    pieces = (content[i : i + 1000] for i in range(0, len(content), 1000))
    problem(client.post("/v1/chat", content=pieces, headers=JSON), 413)
    assert scripted.calls == []


def test_a_body_in_pieces_is_read_whole(client):
    content = json.dumps({"message": "a" * 7_000}).encode()
    pieces = (content[i : i + 1000] for i in range(0, len(content), 1000))
    assert client.post("/v1/chat", content=pieces, headers=JSON).status_code == 200


def test_facts_are_checked(client, scripted):
    body = {"category": "kite", "facts": {"handmade": True}, "as_of": "2023-02-20"}
    report = client.post("/v1/eligibility", json=body).json()
    assert report["verdict"] == "eligible"
    assert scripted.calls == [("check", "kite", {"handmade": True}, date(2023, 2, 20), None)]


@pytest.mark.parametrize(
    ("facts", "field", "received"),
    [
        ('{"handmade": 1}', "facts.handmade", 1),
        ('{"handmade": "是"}', "facts.handmade", "是"),
        ('{"span_cm": NaN}', "facts.span_cm", "nan"),
        ('{"span_cm": 1e400}', "facts.span_cm", "inf"),
        ('{"span_cm": -1}', "facts.span_cm", -1),
        ('{"tail": true}', "facts.tail", "tail"),
    ],
)
def test_a_refused_fact_is_named_with_what_came_and_what_is_allowed(client, facts, field, received):
    content = f'{{"category": "kite", "facts": {facts}}}'
    refused = problem(client.post("/v1/eligibility", content=content, headers=JSON), 422)
    assert refused["errors"][0]["field"] == field
    assert refused["errors"][0]["received"] == received
    assert refused["errors"][0]["allowed"]


@pytest.mark.parametrize(
    "body",
    [
        {"category": "boat", "facts": {}},
        {"category": "kite"},
        {"category": "kite", "facts": []},
        {"category": "kite", "facts": None},
        {"category": "kite", "facts": {}, "fact": {}},
    ],
)
def test_an_unknown_category_or_wrong_facts_are_unprocessable(client, body):
    assert problem(client.post("/v1/eligibility", json=body), 422)["errors"]


def test_search_gives_the_hits(client):
    hits = client.get("/v1/search", params={"q": "手工", "k": 2}).json()["hits"]
    assert [hit["clause_id"] for hit in hits] == ["1", "1.1"]
    assert set(hits[0]) == {"document", "clause_id", "label", "text", "score"}


@pytest.mark.parametrize(
    ("query", "field"), [("", "q"), ("q=", "q"), ("q=a&k=0", "k"), ("q=a&k=x", "k"), ("q=a&limit=3", "limit")]
)
def test_a_wrong_query_is_refused(client, query, field):
    assert problem(client.get(f"/v1/search?{query}"), 422)["errors"][0]["field"] == field


def test_packs_declare_their_facts(client):
    (shown,) = client.get("/v1/packs").json()["packs"]
    assert shown["id"] == "kites"
    assert shown["default"] is True
    assert [fact["name"] for fact in shown["facts"]] == ["handmade", "span_cm"]
    assert shown["windows"][0]["closes_on"] == "2023-02-28"
    assert shown["annexes"][0]["loaded"] is False


def test_a_clause_is_shown_with_its_neighbours(client):
    clause = client.get("/v1/clauses/1.1").json()
    assert clause["text"] == "风筝须为手工制作。"
    assert clause["parent"]["clause_id"] == clause["previous"]["clause_id"] == "1"
    assert clause["next"]["clause_id"] == "1.2"
    first = client.get("/v1/clauses/1", params={"pack": "kites"}).json()
    assert [child["clause_id"] for child in first["children"]] == ["1.1", "1.2"]
    assert first["previous"] is None
    assert client.get("/v1/clauses/1.2").json()["next"] is None


@pytest.mark.parametrize(
    "path", ["/v1/clauses/9", "/v1/clauses/1?pack=none", "/v1/contacts?pack=none", "/v2"]
)
def test_what_is_not_there_is_not_found(client, path):
    problem(client.get(path), 404)


def test_a_wrong_method_is_told(client):
    refused = client.get("/v1/chat")
    problem(refused, 405)
    assert refused.headers["allow"] == "POST"


def test_contacts_give_the_desks(client):
    answer = client.get("/v1/contacts").json()
    assert answer["contacts"] == [{"category": "kite", "label": "风筝类", "phone": "000-1111"}]


def test_facts_of_a_session_are_changed_and_withdrawn(client):
    path = "/v1/sessions/s-1/facts"
    assert client.get(path).json() == {"session_id": "s-1", "facts": [], "eligibility": None}
    changed = client.patch(path, json={"facts": {"handmade": False}}).json()
    assert changed["facts"][0]["value"] is False
    assert changed["eligibility"]["verdict"] == "ineligible"
    withdrawn = client.patch(path, json={"facts": {"handmade": None}}).json()
    assert withdrawn["facts"] == []
    problem(client.patch(path, json={"facts": {"handmade": 0}}), 422)
    problem(client.get("/v1/sessions/a%20b/facts"), 422)


def test_what_breaks_is_told_without_its_details(client, scripted):
    for failure in (RuntimeError("/srv/secret"), PackError("/srv/secret", 3, "坏", "修")):
        scripted.failure = failure
        response = client.post("/v1/chat", json={"message": "问"})
        problem(response, 500)
        assert "secret" not in response.text


def test_a_failure_that_passes_says_when_to_come_back(client, scripted):
    scripted.failure = IndexUnavailable("索引正在重建")
    response = client.post("/v1/chat", json={"message": "问"})
    assert problem(response, 503)["detail"] == "索引正在重建"
    assert response.headers["retry-after"] == "1"


def test_openapi_gives_refusals_as_problem_documents(client):
    document = client.get("/openapi.json").json()
    refused = document["paths"]["/v1/chat"]["post"]["responses"]["422"]["content"]
    assert list(refused) == ["application/problem+json"]
    assert refused["application/problem+json"]["schema"]["$ref"].endswith("/Problem")
    assert "HTTPValidationError" not in json.dumps(document["paths"])
