from __future__ import annotations

import threading
import time

from fastapi.testclient import TestClient

from api import app as application
from api.app import create_app
from api.startup import Startup
from assistant.settings import Settings
from knowledge.errors import PackError


def eventually(holds):
    deadline = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_process_lives_before_the_assistant_answers(monkeypatch, scripted):
    gate = threading.Event()

    def build(*_):
        gate.wait(5)
        return scripted

    monkeypatch.setattr(application, "_build", build)
    with TestClient(create_app(settings=Settings())) as client:
        assert client.get("/healthz").status_code == 200
        waiting = client.get("/readyz")
        assert waiting.status_code == 503
        assert waiting.json() == {
            "ready": False,
            "parts": {"index": False, "packs": False, "statements": False, "records": True},
            "reasons": dict.fromkeys(("index", "packs", "statements"), "正在启动"),
            "degraded": [],
        }
        asked = client.post("/v1/chat", json={"message": "问"})
        assert asked.status_code == 503
        assert asked.headers["retry-after"] == "1"
        gate.set()
        eventually(lambda: client.get("/readyz").status_code == 200)
        assert client.post("/v1/chat", json={"message": "问"}).status_code == 200


def test_a_part_that_does_not_answer_makes_the_service_unready(scripted):
    with TestClient(create_app(scripted, Settings())) as client:
        assert client.get("/readyz").json() == {
            "ready": True,
            "parts": {"index": True, "packs": True, "records": True},
            "reasons": {},
            "degraded": [],
        }
        scripted.parts = {"index": False, "packs": True}
        unready = client.get("/readyz")
        assert unready.status_code == 503
        assert set(unready.json()["reasons"]) == {"index"}
        assert "SHENBAO_INDEX_ROOT" in unready.json()["reasons"]["index"]


def test_a_dense_leg_that_is_away_is_told_and_stops_nothing(scripted, monkeypatch):
    monkeypatch.setattr(scripted, "legs", lambda: {"kites": False})
    with TestClient(create_app(scripted, Settings())) as client:
        told = client.get("/readyz")
        assert told.status_code == 200
        assert told.json()["degraded"] == ["知识包 kites：向量检索暂不可用，只按词语检索"]


def test_records_that_do_not_answer_are_told(scripted, tmp_path):
    (tmp_path / "file").write_text("")
    settings = Settings(database=f"sqlite:///{tmp_path}/file/shenbao.db")
    with TestClient(create_app(scripted, settings)) as client:
        told = client.get("/readyz")
        assert told.status_code == 503
        assert set(told.json()["reasons"]) == {"records"}


def test_a_startup_that_fails_is_reported(monkeypatch):
    broken = PackError("pack.yaml", 3, "键重复", "请删去其中一个")
    told = []

    def build(*_):
        raise broken

    monkeypatch.setattr(application, "_build", build)
    with TestClient(create_app(settings=Settings(), failed=told.append)) as client:
        eventually(lambda: told == [broken])
        unready = client.get("/readyz")
        assert unready.status_code == 503
        assert unready.json()["reasons"]["packs"] == f"未能启动：{broken}"
        assert client.get("/healthz").status_code == 200


def test_the_assistant_is_opened_once(scripted):
    built = []
    startup = Startup(lambda _: built.append(1) or scripted, lambda: None)
    startup.begin()
    startup.begin()
    eventually(lambda: built == [1])
    startup.begin()
    assert built == [1]
    assert startup.assistant is scripted
