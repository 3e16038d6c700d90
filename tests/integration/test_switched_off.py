"""The assistant turned off: the phones and nothing else, in every process, until it is turned on again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.bootstrap import build_assistant
from assistant.records.store import Records, open_kept
from assistant.session_store import Asker
from assistant.settings import Settings

PHONES = {
    "platform": "025-69652717",
    "benchmark_factory": "025-69652603",
    "star_cloud": "025-69652719",
}
DAY = "2023-02-20"


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory, index_root: Path) -> Settings:
    folder = tmp_path_factory.mktemp("switch")
    return Settings(index_root=index_root, database=f"sqlite:///{folder}/records.db")


@pytest.fixture(scope="module")
def client(used: Settings) -> Iterator[TestClient]:
    records = open_kept(used)
    assistant = build_assistant(used, records=records)
    with TestClient(create_app(assistant, used), raise_server_exceptions=False) as opened:
        opened.assistant = assistant  # type: ignore[attr-defined]
        yield opened
    records.database.close()


@pytest.fixture
def elsewhere(used: Settings) -> Iterator[Records]:
    """Another process: the shell of an administrator."""
    records = open_kept(used)
    yield records
    state = records.switch.state()
    if state is not None and state.off:
        records.switch.turn_on("shell")
    records.database.close()
    time.sleep(1.05)


def ask(client: TestClient, message: str, session: str | None = None, key: str | None = None) -> Any:
    body = {"message": message, "session_id": session, "as_of": DAY}
    answer = client.post("/v1/chat", json=body, headers={"Idempotency-Key": key} if key else {})
    assert answer.status_code == 200, answer.text
    return answer.json()


def off(records: Records) -> None:
    records.switch.turn_off("shell", "通知已改")
    time.sleep(1.05)


def test_within_a_second_every_process_tells_the_phones_alone(client, elsewhere):
    assert ask(client, "四星级要先是三星级吗？")["route"] == "lookup"
    off(elsewhere)
    for question in ("四星级要先是三星级吗？", "我们2019年成立，能报平台吗？", "今天天气怎么样"):
        reply = ask(client, question)
        assert reply["route"] == "contact"
        assert {contact["category"]: contact["phone"] for contact in reply["contacts"]} == PHONES
        assert all(phone in reply["text"] for phone in PHONES.values())
        assert reply["text"].startswith("智能答复暂停服务。")
        assert (reply["eligibility"], reply["reports"], reply["facts"], reply["suggestions"]) == (
            None,
            [],
            [],
            [],
        )
    elsewhere.switch.turn_on("shell")
    time.sleep(1.05)
    assert ask(client, "四星级要先是三星级吗？")["route"] == "lookup"


def test_a_conversation_about_one_category_gets_its_phone_and_goes_on_afterwards(client, elsewhere):
    session = ask(client, "我们2019年8月在南京成立，想报标杆工厂")["session_id"]
    off(elsewhere)
    reply = ask(client, "近三年投入2500万", session)
    assert [contact["phone"] for contact in reply["contacts"]] == [PHONES["benchmark_factory"]]
    assert PHONES["platform"] not in reply["text"]
    elsewhere.switch.turn_on("shell")
    time.sleep(1.05)
    facts = {fact["name"] for fact in ask(client, "投入2500万，够吗", session)["facts"]}
    assert {"registered_on", "investment_3y_wan"} <= facts
    kept = client.get(f"/v1/sessions/{session}/messages").json()["messages"]
    assert [m["reply"]["route"] for m in kept][1] == "contact"


def test_no_verdict_is_given_and_the_refusal_has_the_phones(client, elsewhere):
    session = ask(client, "我们在南京，想报标杆工厂")["session_id"]
    off(elsewhere)
    check = client.post("/v1/eligibility", json={"category": "platform", "facts": {}, "as_of": DAY})
    changed = client.patch(
        f"/v1/sessions/{session}/facts", json={"facts": {"investment_3y_wan": 2500}, "as_of": DAY}
    )
    for refused in (check, changed):
        assert refused.status_code == 503
        assert refused.headers["content-type"] == "application/problem+json"
        assert int(refused.headers["Retry-After"]) > 0
        problem = refused.json()
        assert {c["category"]: c["phone"] for c in problem["contacts"]} == PHONES
        assert all(phone in problem["detail"] for phone in PHONES.values())
    known = client.get(f"/v1/sessions/{session}/facts").json()["facts"]
    assert "investment_3y_wan" not in {fact["name"] for fact in known}
    assert client.get("/readyz").status_code == 200


def test_a_stream_tells_the_phones_and_a_repeated_question_what_it_was_told(client, elsewhere):
    before = ask(client, "截止时间？", key="k-before")
    off(elsewhere)
    assert ask(client, "截止时间？", key="k-before") == before
    streamed = client.post("/v1/chat/stream", json={"message": "截止时间？", "as_of": DAY})
    assert "event: done" in streamed.text
    assert PHONES["star_cloud"] in streamed.text


def test_a_widget_that_opens_shows_the_phones_and_suggests_nothing(client, elsewhere):
    shown = client.get("/v1/channels/demo").json()
    assert shown["suggestions"]
    off(elsewhere)
    shown = client.get("/v1/channels/demo").json()
    assert shown["suggestions"] == []
    assert all(phone in shown["greeting"] for phone in PHONES.values())
    assert len(shown["contacts"]) == 3


def test_the_desk_is_answered_as_always(client, elsewhere):
    off(elsewhere)
    staff = Asker("desk-1", "desk", staff=True)
    assert client.assistant.reply("四星级要先是三星级吗？", asker=staff).route == "lookup"
    assert client.assistant.check("platform", {}, asker=staff).criteria
