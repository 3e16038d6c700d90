"""Visitors of a channel with the real assistant: conversations that last, and belong to one visitor alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.bootstrap import build_assistant
from assistant.records.store import Records, open_kept
from assistant.settings import Settings

BUREAU = "https://gxt.example.gov.cn"
CHANNELS = f"""
channels:
  - {{id: bureau, allowed_origins: ["{BUREAU}"], greeting: 您好, per_visitor_per_minute: 1000, per_address_per_minute: 1000}}
"""
DAY = "2023-02-20"
SILENT = "专项审计报告可以用年度审计代替吗？"


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory, index_root: Path) -> Settings:
    folder = tmp_path_factory.mktemp("visitors")
    (folder / "channels.yaml").write_text(CHANNELS, encoding="utf-8")
    return Settings(
        index_root=index_root,
        database=f"sqlite:///{folder}/records.db",
        channels=folder / "channels.yaml",
        host="0.0.0.0",
    )


@pytest.fixture(scope="module")
def records(used: Settings) -> Iterator[Records]:
    opened = open_kept(used)
    yield opened
    opened.database.close()


@pytest.fixture(scope="module")
def client(used: Settings, records: Records) -> TestClient:
    assistant = build_assistant(used, records=records)
    return TestClient(create_app(assistant, used), raise_server_exceptions=False)


class Visitor:
    """One visitor of the bureau's page."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        given = client.post("/v1/channels/bureau/token", json={}, headers={"Origin": BUREAU})
        self.headers = {"Origin": BUREAU, "Authorization": f"Bearer {given.json()['token']}"}

    def send(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = self.client.request(method, path, json=body, headers=self.headers)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def ask(self, message: str, session: str | None = None, status: int = 200) -> Any:
        body = {"message": message, "session_id": session, "as_of": DAY}
        return self.send("POST", "/v1/chat", body, status)


@pytest.fixture
def ann(client: TestClient) -> Visitor:
    return Visitor(client)


@pytest.fixture
def bob(client: TestClient) -> Visitor:
    return Visitor(client)


def test_a_conversation_comes_back_exactly_as_it_was_shown(ann):
    first = ann.ask("我们2019年8月在南京成立，想报标杆工厂")
    streamed = ann.client.post(
        "/v1/chat/stream",
        json={"message": "投了2500万", "session_id": first["session_id"], "as_of": DAY},
        headers=ann.headers,
    )
    assert streamed.status_code == 200
    kept = ann.send("GET", f"/v1/sessions/{first['session_id']}/messages")
    assert [m["question"] for m in kept["messages"]] == [
        "我们2019年8月在南京成立，想报标杆工厂",
        "投了2500万",
    ]
    assert kept["messages"][0]["reply"] == first
    assert f'"text": "{kept["messages"][1]["reply"]["text"][:8]}' in streamed.text
    assert kept["messages"][1]["message_id"] in streamed.text
    assert {fact["name"] for fact in kept["messages"][1]["reply"]["facts"]} >= {
        "registered_on",
        "investment_3y_wan",
    }


def test_a_conversation_goes_on_in_another_process(ann, used):
    session = ann.ask("我们2019年8月在南京成立，想报标杆工厂")["session_id"]
    ann.send("PATCH", f"/v1/sessions/{session}/facts", {"facts": {"investment_3y_wan": 2500}})
    other = open_kept(used)
    kept = other.sessions.get(session)
    assert kept is not None
    assert {"registered_on", "investment_3y_wan"} <= set(kept.facts)
    assert kept.category == "benchmark_factory"
    other.database.close()


def test_a_session_belongs_to_the_visitor_who_began_it(ann, bob, client):
    reply = ann.ask("我们在南京，想报标杆工厂")
    session, message = reply["session_id"], reply["message_id"]
    bob.ask("我们有多少员工？", session, status=404)
    bob.send("GET", f"/v1/sessions/{session}/facts", status=404)
    bob.send("PATCH", f"/v1/sessions/{session}/facts", {"facts": {"investment_3y_wan": 1}}, status=404)
    bob.send("GET", f"/v1/sessions/{session}/messages", status=404)
    bob.send("DELETE", f"/v1/sessions/{session}", status=404)
    bob.send("POST", f"/v1/messages/{message}/feedback", {"rating": "down"}, status=404)
    bob.send("POST", f"/v1/sessions/{session}/handover", {"contact": "1"}, status=404)
    assert len(ann.send("GET", f"/v1/sessions/{session}/messages")["messages"]) == 1
    facts = ann.send("GET", f"/v1/sessions/{session}/facts")["facts"]
    assert "investment_3y_wan" not in {fact["name"] for fact in facts}


def test_two_visitors_at_once_are_never_mixed(client):
    visitors = [Visitor(client) for _ in range(4)]
    words = ["1000万", "2000万", "3000万", "4000万"]
    sessions: dict[int, str] = {}

    def talk(n: int) -> None:
        reply = visitors[n].ask("想报标杆工厂")
        sessions[n] = reply["session_id"]
        for _ in range(3):
            visitors[n].ask(f"近三年投入{words[n]}", reply["session_id"])

    threads = [threading.Thread(target=talk, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(set(sessions.values())) == 4
    for n, session in sessions.items():
        facts = visitors[n].send("GET", f"/v1/sessions/{session}/facts")["facts"]
        assert [f["value"] for f in facts if f["name"] == "investment_3y_wan"] == [1000 * (n + 1)]
        messages = visitors[n].send("GET", f"/v1/sessions/{session}/messages")["messages"]
        assert len(messages) == 4
        assert all(words[n] in m["question"] for m in messages[1:])


def test_turns_of_one_session_at_once_are_all_kept(ann):
    session = ann.ask("想报标杆工厂")["session_id"]
    threads = [threading.Thread(target=ann.ask, args=(f"问题{n}", session)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(ann.send("GET", f"/v1/sessions/{session}/messages")["messages"]) == 6


def test_an_unresolved_question_waits_for_a_person(ann, records):
    reply = ann.ask(SILENT)
    assert reply["route"] == "unresolved"
    ann.ask(SILENT, reply["session_id"])
    (ticket,) = [t for t in records.tickets.list("open") if t.session_id == reply["session_id"]]
    assert (ticket.reason, ticket.question, ticket.channel) == ("unresolved", SILENT, "bureau")


def test_a_rating_is_kept_and_a_bad_one_is_looked_at(ann, records):
    reply = ann.ask("平台什么时候截止？")
    path = f"/v1/messages/{reply['message_id']}/feedback"
    ann.send("POST", path, {"rating": "down", "reason": " 没说几点 "}, status=204)
    (shown,) = ann.send("GET", f"/v1/sessions/{reply['session_id']}/messages")["messages"]
    assert (shown["rating"], shown["rating_reason"]) == ("down", "没说几点")
    (ticket,) = [t for t in records.tickets.list("open") if t.message_id == reply["message_id"]]
    assert (ticket.reason, ticket.remark) == ("thumbs_down", "没说几点")
    ann.send("POST", path, {"rating": "sideways"}, status=422)
    ann.send("POST", path, {"rating": "down", "reason": "长" * 501}, status=422)


def test_a_visitor_asks_to_be_called_back(ann, records):
    reply = ann.ask("平台什么时候截止？")
    ann.ask("谢谢", reply["session_id"])
    path = f"/v1/sessions/{reply['session_id']}/handover"
    body = {"message_id": reply["message_id"], "contact": "025-1", "note": "下午打"}
    ticket = records.tickets.get(ann.send("POST", path, body)["ticket_id"])
    assert (ticket.reason, ticket.contact, ticket.remark) == ("handed_over", "025-1", "下午打")
    assert ticket.question == "平台什么时候截止？"
    last = records.tickets.get(ann.send("POST", path, {})["ticket_id"])
    assert last.question == "谢谢"
    ann.send("POST", path, {"message_id": "m-0"}, status=404)
    ann.send("POST", "/v1/sessions/never/handover", {}, status=404)


def test_a_deleted_conversation_leaves_nothing(ann, records):
    reply = ann.ask(SILENT)
    session = reply["session_id"]
    ann.send("POST", f"/v1/sessions/{session}/handover", {"contact": "025-1"})
    ann.send("DELETE", f"/v1/sessions/{session}", status=204)
    ann.send("GET", f"/v1/sessions/{session}/messages", status=404)
    assert ann.send("GET", f"/v1/sessions/{session}/facts")["facts"] == []
    assert [t for t in records.tickets.list() if t.session_id == session] == []
    ann.send("DELETE", f"/v1/sessions/{session}", status=204)


def test_a_widget_is_told_all_that_it_shows(ann):
    shown = ann.send("GET", "/v1/channels/bureau")
    assert shown["document"] == "苏工信融合〔2023〕27号"
    assert len(shown["contacts"]) == 3
    assert len(shown["categories"]) == 3
    assert len(shown["suggestions"]) == 3
    assert len(shown["facts"]) == 25
