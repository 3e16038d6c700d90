"""What was acknowledged is kept: a server killed in the middle of its work, and what its successor knows."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assistant.records.store import open_records

SHENBAO = str(Path(sys.executable).with_name("shenbao"))
SESSION = "kept-session"


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path, index_root: Path) -> dict[str, str]:
    url = f"sqlite:///{tmp_path}/records.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql").url
    return os.environ | {"SHENBAO_INDEX_ROOT": str(index_root), "SHENBAO_DATABASE": url}


def send(address: str, path: str, body: Any = None, key: str | None = None) -> Any:
    asked = urllib.request.Request(
        address + path,
        None if body is None else json.dumps(body).encode(),
        {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {}),
    )
    with urllib.request.urlopen(asked, timeout=30) as response:
        content = response.read()
        return json.loads(content) if content else None


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen(
        [SHENBAO, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout
            found = re.search(r"http://[\d.]+:\d+(?=/demo)", process.stdout.readline())
            assert found
            _wait_until_ready(found[0])
            yield process, found[0]
        finally:
            process.kill()


def _wait_until_ready(address: str) -> None:
    deadline = time.monotonic() + 240
    while True:
        try:
            send(address, "/readyz")
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        else:
            return


def test_an_answer_that_arrived_is_there_after_the_server_was_killed(environment):
    arrived: list[Any] = []
    tickets: list[int] = []

    def body(n: int) -> dict[str, str]:
        return {"message": f"近三年投入{n}00万元", "session_id": SESSION, "as_of": "2023-02-20"}

    def talk(address: str) -> None:
        for n in range(1, 200):
            try:
                arrived.append(send(address, "/v1/chat", body(n), f"turn-{n}"))
                wish = {"message_id": arrived[-1]["message_id"], "contact": f"A{n}"}
                tickets.append(
                    send(address, f"/v1/sessions/{SESSION}/handover", wish, f"wish-{n}")["ticket_id"]
                )
            except OSError:
                return

    with serving(environment) as (process, address):
        talking = threading.Thread(target=talk, args=(address,))
        talking.start()
        while len(arrived) < 5:
            assert talking.is_alive()
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        talking.join(60)
    with serving(environment) as (_, address):
        # Whoever did not hear the answer asks again; whoever did, too, and is answered the same.
        again = [send(address, "/v1/chat", body(n), f"turn-{n}") for n in range(1, len(arrived) + 2)]
        wishes = [
            {"message_id": reply["message_id"], "contact": f"A{n}"} for n, reply in enumerate(arrived, 1)
        ]
        told = [
            send(address, f"/v1/sessions/{SESSION}/handover", wish, f"wish-{n}")["ticket_id"]
            for n, wish in enumerate(wishes, 1)
        ]
        with pytest.raises(urllib.error.HTTPError) as refused:
            send(address, "/v1/chat", body(500), "turn-1")
        kept = send(address, f"/v1/sessions/{SESSION}/messages")["messages"]
        facts = send(address, f"/v1/sessions/{SESSION}/facts")["facts"]
    assert refused.value.code == 422
    shown = [message["reply"] for message in kept]
    assert again[: len(arrived)] == arrived
    assert told[: len(tickets)] == tickets
    assert len(set(told)) == len(told)
    assert shown == again
    assert facts == shown[-1]["facts"]


@pytest.mark.parametrize("environment", ["sqlite"], indirect=True)
def test_answers_that_were_kept_together_are_all_there_after_the_server_was_killed(environment):
    arrived: list[Any] = []

    def talk(address: str, number: int) -> None:
        while True:
            try:
                arrived.append(send(address, "/v1/chat", {"message": f"近三年投入{number}00万元"}))
            except OSError:
                return

    with serving(environment) as (process, address):
        talking = [threading.Thread(target=talk, args=(address, number)) for number in range(1, 13)]
        for one in talking:
            one.start()
        while len(arrived) < 40:
            assert any(one.is_alive() for one in talking)
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        for one in talking:
            one.join(60)
    records = open_records(environment["SHENBAO_DATABASE"])
    kept = [json.loads(records.conversations.message(reply["message_id"]).reply_json) for reply in arrived]
    records.database.close()
    assert kept == arrived
