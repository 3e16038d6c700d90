"""Nothing acknowledged is lost, nothing is mixed, and nearly nobody notices: processes killed, stores gone and back.

`SHENBAO_SOAK_TURNS` (10000) and `SHENBAO_SOAK_CLIENTS` (64) make it shorter; figures go to build/soak/faults.json.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

sys.path.insert(0, str(Path(__file__).parent))  # the modules below belong to no package

from clients import QUESTIONS, UNRESOLVED, Client
from house import NGINX, House, answers

TURNS = int(os.environ.get("SHENBAO_SOAK_TURNS", "10000"))
CLIENTS = int(os.environ.get("SHENBAO_SOAK_CLIENTS", "64"))
KILLED_EVERY, CHROMA_AWAY = 10.0, 20.0
MOST_ERRORS = 0.005

pytestmark = [pytest.mark.soak, pytest.mark.timeout(7_200)]


class Faults(threading.Thread):
    """Kills a process every ten seconds while the other one is ready; restarts PostgreSQL once; takes Chroma away for twenty seconds."""

    def __init__(self, house: House) -> None:
        super().__init__(daemon=True)
        self._house, self.over = house, threading.Event()
        self.kills, self.database_restarts, self.chroma_stops = 0, 0, 0
        self.starts: list[float] = []

    def run(self) -> None:
        others = [threading.Thread(target=one, daemon=True) for one in (self._database, self._chroma)]
        for other in others:
            other.start()
        last, next_ = self._house.processes
        while not self.over.wait(KILLED_EVERY):
            # One fault of this kind at a time: in turns, but never the only one that is ready.
            if answers(f"{last.url}/readyz"):
                last, next_ = next_, last
            process = last
            process.kill()
            self.kills += 1
            threading.Thread(target=self._time_start, args=(process.url,), daemon=True).start()
        for other in others:
            other.join()

    def _time_start(self, url: str) -> None:
        began = time.monotonic()
        self.over.wait(0.5)
        while not answers(f"{url}/readyz") and not self.over.wait(0.2):
            pass
        self.starts.append(time.monotonic() - began)

    def _database(self) -> None:
        if not self.over.wait(15):
            self._house.database.stop()
            self._house.database.start()
            self.database_restarts += 1

    def _chroma(self) -> None:
        if not self.over.wait(5):
            self._house.chroma.stop()
            self.chroma_stops += 1
            self.over.wait(CHROMA_AWAY)
            self._house.chroma.start()


@pytest.fixture(scope="module")
def house(tmp_path_factory, index_root, postgresql):
    if NGINX is None:
        pytest.skip("no nginx on this machine; `make system` installs Debian's")
    folder = tmp_path_factory.mktemp("house")
    folder.chmod(0o777)
    opened = House(folder, index_root, postgresql)
    try:
        opened.open()
        yield opened
    finally:
        opened.close()


@pytest.fixture(scope="module")
def told(house: House) -> tuple[list[Client], Faults, float]:
    """All turns taken while the faults happen."""
    clients = [Client(number, house.port, -(-TURNS // CLIENTS)) for number in range(CLIENTS)]
    faults, began = Faults(house), time.monotonic()
    for thread in (*clients, faults):
        thread.start()
    for client in clients:
        client.join()
    seconds = time.monotonic() - began
    faults.over.set()
    faults.join(60)
    _report(clients, faults, seconds)
    return clients, faults, seconds


def _report(clients: list[Client], faults: Faults, seconds: float) -> None:
    times = sorted(second for client in clients for second in client.seconds)
    shown = {
        "turns": sum(len(client.talk.told) for client in clients),
        "clients": len(clients),
        "seconds": round(seconds, 1),
        "turns a second": round(sum(len(client.talk.told) for client in clients) / seconds, 1),
        "p50 ms": round(times[len(times) // 2] * 1_000),
        "p99 ms": round(times[len(times) * 99 // 100] * 1_000),
        "attempts": sum(client.attempts for client in clients),
        "errors": dict(sum((client.errors for client in clients), Counter())),
        "kills": faults.kills,
        "database restarts": faults.database_restarts,
        "Chroma away": faults.chroma_stops,
        "seconds until ready": [round(second, 1) for second in faults.starts],
    }
    file = Path(__file__).parents[2] / "build" / "soak" / "faults.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(shown, ensure_ascii=False, indent=1), encoding="utf-8")


def test_every_turn_was_acknowledged_in_the_end(told):
    clients, _, _ = told
    assert [client.given_up for client in clients if client.given_up] == []
    assert sum(len(client.talk.told) for client in clients) >= TURNS


def test_the_faults_happened(told):
    _, faults, seconds = told
    assert faults.kills >= max(1, seconds // KILLED_EVERY // 2)
    assert faults.chroma_stops == 1
    assert faults.database_restarts == 1


def test_few_were_turned_away_and_all_of_them_told_when_to_come_back(told):
    clients, _, _ = told
    errors = sum((client.errors for client in clients), Counter())
    attempts = sum(client.attempts for client in clients)
    assert set(errors) <= {"503"}, errors
    assert sum(errors.values()) <= MOST_ERRORS * attempts, (errors, attempts)


def test_no_acknowledged_message_is_lost_and_none_is_there_twice(told):
    for client in told[0]:
        kept = client.read(f"/v1/sessions/{client.talk.session}/messages")["messages"]
        ids = [message["message_id"] for message in kept]
        assert sorted(ids) == sorted(client.talk.told), client.name
        assert {m["message_id"]: m["reply"]["text"] for m in kept} == client.talk.told


def test_every_session_knows_what_was_said_in_it_and_nothing_of_another(told):
    for client in told[0]:
        facts = client.read(f"/v1/sessions/{client.talk.session}/facts")["facts"]
        assert facts == client.talk.replies[-1]["facts"], client.name
        for reply in client.talk.replies:
            assert reply["session_id"] == client.talk.session
            said = {fact["value"] for fact in reply["facts"]}
            assert said <= client.talk.invested, (client.name, said)


def test_no_acknowledged_ticket_is_lost(told, house):
    engine = create_engine(house.database.url.replace("postgresql://", "postgresql+pg8000://"))
    with engine.connect() as connection:
        kept = Counter(connection.scalars(text("SELECT id FROM tickets")))
        asked = text("SELECT session_id FROM tickets WHERE question = :question")
        waiting = Counter(connection.scalars(asked, {"question": UNRESOLVED}))
    engine.dispose()
    given = [ticket for client in told[0] for ticket in client.talk.tickets]
    assert set(given) <= set(kept)
    # The same question of one conversation opens one ticket, however often it is asked.
    assert waiting == {client.talk.session: 1 for client in told[0] if client.talk.unresolved}


def test_whatever_was_away_every_quotation_is_the_notices_own(told, pack):
    squeezed = {clause.id: re.sub(r"\s", "", clause.text) for clause in pack.tree}
    for client in told[0]:
        for reply in client.talk.replies:
            for citation in reply["citations"]:
                assert re.sub(r"\s", "", citation["quote"]) in squeezed[citation["clause_id"]]


def test_whatever_was_away_the_same_question_got_the_same_answer(told):
    answers: dict[str, set[Any]] = {}
    for client in told[0]:
        for turn, reply in enumerate(client.talk.replies):
            if turn % 6:
                answers.setdefault(QUESTIONS[turn % 6 - 1], set()).add((reply["route"], reply["text"]))
    assert {question: len(given) for question, given in answers.items() if len(given) > 1} == {}
