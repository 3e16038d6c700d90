"""The HTTP interface with the real assistant behind it."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.app import create_app
from assistant.bootstrap import build_assistant
from assistant.reply import ChatReply, EligibilityReport
from assistant.settings import Settings

OPEN_DAY = "2023-02-20"
PHONES = {
    "platform": "025-69652717",
    "benchmark_factory": "025-69652603",
    "star_cloud": "025-69652719",
}
FACTS = {
    *("registered_in_jiangsu", "independent_legal_person", "registered_on", "sound_finance", "good_credit"),
    *("professional_team", "meets_guideline", "project_built", "already_recognized_platform"),
    *("significant_upgrade", "investment_3y_wan", "has_audit_report", "has_invoices"),
    *("integration_certified", "certificate_issued", "certificate_valid_until", "has_certification_evidence"),
    *("foundation_aspects_met", "manufacturing_directions_covered", "benchmark_directions_covered"),
    *("innovation_directions_mature", "applying_star", "current_star", "min_months_of_each_service"),
    "services_still_in_use",
}


@pytest.fixture(scope="module")
def client(index_root: Path) -> TestClient:
    used = Settings(index_root=index_root)
    return TestClient(create_app(build_assistant(used), used), raise_server_exceptions=False)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def ask(client: TestClient, message: str, **more: Any) -> ChatReply:
    response = client.post("/v1/chat", json={"message": message, "as_of": OPEN_DAY, **more})
    assert response.status_code == 200, response.text
    return ChatReply.model_validate_json(response.content)


def test_the_pack_declares_every_fact_of_the_contract(client):
    (shown,) = client.get("/v1/packs").json()["packs"]
    assert {fact["name"] for fact in shown["facts"]} == FACTS
    assert [category["id"] for category in shown["categories"]] == list(PHONES)
    assert [annex["number"] for annex in shown["annexes"]] == list(range(1, 8))


def test_contacts_are_those_of_the_notice(client):
    desks = client.get("/v1/contacts").json()["contacts"]
    assert {desk["category"]: desk["phone"] for desk in desks} == PHONES


def test_all_clauses_can_be_walked_from_the_first_to_the_last(client):
    walked = []
    here = {"clause_id": "0"}
    while here:
        clause = client.get(f"/v1/clauses/{here['clause_id']}").json()
        assert clause["label"]
        walked.append(clause["clause_id"])
        here = clause["next"]
    assert {"0", "1", "2.2", "3.3.1", "4.1", "6", "annexes", "colophon"} <= set(walked)
    assert len(walked) == len(set(walked))
    deep = client.get("/v1/clauses/3.3.1").json()
    assert deep["label"] == "三、（三）1"
    assert deep["categories"] == ["benchmark_factory"]
    assert "投入总计不低于2000万元" in squeezed(deep["text"])


def test_an_answer_quotes_its_clauses_word_for_word(client):
    reply = ask(client, "标杆工厂最近三年的投入要多少？")
    assert reply.citations
    for citation in reply.citations:
        assert f"[{citation.marker}]" in reply.text
        clause = client.get(f"/v1/clauses/{citation.clause_id}", params={"pack": citation.pack}).json()
        assert squeezed(citation.quote) in squeezed(clause["text"])
    assert "3.3.1" in {citation.clause_id for citation in reply.citations}
    assert "2000" in reply.text


def test_a_conversation_remembers_and_its_facts_can_be_changed(client):
    first = ask(client, "我们2015年在南京注册，是独立法人，想报标杆工厂，可以吗？")
    known = {fact.name: fact.value for fact in first.facts}
    assert known["registered_in_jiangsu"] is True
    second = ask(client, "近三年投入1500万", session_id=first.session_id)
    assert second.eligibility is not None
    assert second.eligibility.verdict == "ineligible"
    path = f"/v1/sessions/{first.session_id}/facts"
    assert client.get(path).json()["facts"] == [fact.model_dump() for fact in second.facts]
    body = {"facts": {"investment_3y_wan": 2000, "registered_on": None}, "as_of": OPEN_DAY}
    changed = client.patch(path, json=body).json()
    assert changed["eligibility"]["verdict"] == "needs_info"
    assert {"investment_3y_wan": 2000}.items() <= {f["name"]: f["value"] for f in changed["facts"]}.items()
    assert "registered_on" not in {fact["name"] for fact in changed["facts"]}


def test_a_stream_is_the_reply_in_pieces(client):
    body = {"message": "平台什么时候截止？", "as_of": OPEN_DAY}
    blocks = client.post("/v1/chat/stream", json=body).text.split("\n\n")
    told = [block.split("\ndata: ") for block in blocks if block]
    assert told[0][0] == "event: meta"
    whole = json.loads(told[-1][1])
    ChatReply.model_validate(whole)
    assert "".join(json.loads(content)["text"] for _, content in told[1:-1]) == whole["text"]
    assert whole["window"]["status"] == "open"


@pytest.mark.parametrize(("invested", "status"), [(1999.99, "not_met"), (2000, "met"), (None, "unknown")])
def test_a_threshold_is_read_from_the_notice(client, invested, status):
    facts = {
        "project_built": True,
        "investment_3y_wan": invested,
        "has_audit_report": True,
        "has_invoices": True,
    }
    body = {"category": "benchmark_factory", "facts": facts, "as_of": OPEN_DAY}
    report = EligibilityReport.model_validate_json(client.post("/v1/eligibility", json=body).content)
    found = {c.status for c in report.criteria if c.clause_id == "3.3.1"}
    assert status in found
    assert (
        report.digest
        == EligibilityReport.model_validate_json(client.post("/v1/eligibility", json=body).content).digest
    )


def test_a_search_finds_the_clause(client):
    hits = client.get("/v1/search", params={"q": "两化融合贯标证书有效期", "k": 3}).json()["hits"]
    assert hits[0]["clause_id"] == "3.3.2"
    assert len(hits) == 3


def test_many_turns_of_one_session_at_once_all_count(client):
    token = "at-once"

    def turn(number: int) -> int:
        return ask(client, f"第{number}个问题：什么时候截止？", session_id=token).as_of.year

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(turn, range(24))) == [2023] * 24
    assert ask(client, "我们是独立法人", session_id=token).facts[0].turn == 25


anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def holds_up(response: Any) -> None:
    assert response.status_code in {200, 422}, response.text
    if response.status_code == 422:
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["detail"]


@MANY
@given(message=st.text(max_size=60), session=st.none() | st.text(max_size=8))
def test_no_message_breaks_the_service(client, message, session):
    content = json.dumps({"message": message, "session_id": session})
    holds_up(client.post("/v1/chat", content=content, headers={"content-type": "application/json"}))


@MANY
@given(facts=st.dictionaries(st.sampled_from(sorted(FACTS)), anything, max_size=4))
def test_no_facts_break_the_checker(client, facts):
    content = json.dumps({"category": "benchmark_factory", "facts": facts})
    holds_up(client.post("/v1/eligibility", content=content, headers={"content-type": "application/json"}))


@MANY
@given(body=anything)
def test_no_body_breaks_the_service(client, body):
    for path in ("/v1/chat", "/v1/eligibility"):
        content = json.dumps(body)
        response = client.post(path, content=content, headers={"content-type": "application/json"})
        holds_up(response)
