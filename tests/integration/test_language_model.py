"""A model that lies in every way may change nothing of what is true: values, verdicts, citations, time, what is kept."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from lies import LIES, PHONE, SLOW, URL, read
from model_houses import DAY, PATIENCE, essence, with_model, without_model
from scripted_model import Asked, Endpoint, Script, honest, serving

from api.app import create_app
from assistant.desk import Desk
from assistant.records.store import open_records
from assistant.reply import ChatReply
from assistant.served import OneDesk
from assistant.service import Assistant
from assistant.session_store import InMemorySessions, Said, SessionMoved
from assistant.sessions import Session
from assistant.settings import Settings
from evals.cli import evaluate as evaluate_command
from evals.source import Source

CASES = (
    {
        "id": "phone", "question": "平台的咨询电话是多少", "as_of": "2023-02-10", "route": "contact",
        "clauses": [["6"]], "values": ["025-69652717"],
    },
    {
        "id": "investment", "question": "我们标杆工厂项目近3年投入了1800万元，能申报吗", "as_of": "2023-02-10",
        "category": "benchmark_factory", "verdict": "ineligible", "failed": ["3.3.1"],
    },
)  # fmt: skip
DIALOGUES = (
    ("四星级要先是三星级吗？", "那五星呢"),
    ("标杆工厂几号前报完", "电话多少"),
    (
        "我们标杆工厂项目近3年投入了1800万元，2019年注册在南京，能申报吗",
        "账目清清爽爽，审计报告没有，发票都齐",
        "如果投入到2100万呢",
    ),
    ("我们是外省企业，想报平台，项目还在建", "平台以前没认定过"),
    ("专项审计报告可以用年度审计代替吗？", "那发票呢"),
    ("标杆工厂几号前报完", "来几趟"),
)


@pytest.fixture(scope="module")
def desk(assistant: Assistant) -> Desk:
    return assistant._desk(None)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving(honest) as running:
        yield running


def held(assistant: Assistant) -> list[list[ChatReply]]:
    return [
        [assistant.reply(said, session_id=f"d{n}", as_of=DAY) for said in dialogue]
        for n, dialogue in enumerate(DIALOGUES)
    ]


@pytest.fixture(scope="module")
def plain(desk: Desk) -> list[list[ChatReply]]:
    """What is answered without a model."""
    return held(without_model(desk))


def changes_nothing(
    script: Script, desk: Desk, endpoint: Endpoint, plain: list[list[ChatReply]], chosen: Iterable[int]
) -> None:
    endpoint.script = script
    assistant, source = with_model(desk, endpoint), Source(desk.pack)
    for n in chosen:
        for said, before in zip(DIALOGUES[n], plain[n], strict=True):
            began = time.monotonic()
            reply = assistant.reply(said, session_id=f"d{n}", as_of=DAY)
            assert time.monotonic() - began < PATIENCE + 2.5
            assert essence(reply) == essence(before)
            assert reply.composer == "template"
            assert PHONE not in reply.text
            assert URL not in reply.text
            assert all(source.quotes(c.clause_id, c.quote) for c in reply.citations)
    assert endpoint.asked


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_changes_nothing_and_takes_no_longer_than_the_bound(lie, desk, endpoint, plain):
    changes_nothing(LIES[lie], desk, endpoint, plain, (0,) if lie in SLOW else (0, 2))


@pytest.mark.soak
@pytest.mark.parametrize("lie", sorted(set(LIES) - SLOW))
def test_a_lie_changes_nothing_in_any_dialogue(lie, desk, endpoint, plain):
    changes_nothing(LIES[lie], desk, endpoint, plain, range(len(DIALOGUES)))


def test_an_honest_model_phrases_and_is_named_as_the_composer(desk, endpoint, plain):
    replies = held(with_model(desk, endpoint, llm_timeout_seconds=10))
    phrased = [reply for dialogue in replies for reply in dialogue if reply.composer == "model"]
    assert len(phrased) >= 10
    for dialogue, before in zip(replies, plain, strict=True):
        for reply, other in zip(dialogue, before, strict=True):
            changed = {"text"} if reply.composer == "model" else set()
            assert {k: v for k, v in essence(reply).items() if k not in changed} == {
                k: v for k, v in essence(other).items() if k not in changed
            }
            assert reply.text.replace("您好，", "") == other.text.replace("您好，", "")


def test_a_model_that_hears_what_was_said_brings_a_fact_that_the_readers_were_not_sure_of(desk, endpoint):
    said = "管钱的换了三任没出岔子"

    def hears(asked: Asked) -> str:
        if asked.use != "read":
            return asked.words
        facts = [{"name": "sound_finance", "quote": asked.words, "value": True}]
        return json.dumps({"facts": facts}, ensure_ascii=False)

    endpoint.script = hears
    alone = without_model(desk).reply(said, session_id="a", as_of=DAY)
    helped = with_model(desk, endpoint, llm_timeout_seconds=10).reply(said, session_id="a", as_of=DAY)
    assert alone.facts == ()
    assert [(f.name, f.value, f.quote) for f in helped.facts] == [
        ("sound_finance", True, helped.facts[0].quote)
    ]
    assert helped.facts[0].quote in said
    assert helped.model_uses[0].outcome == "taken"


def test_switches_are_each_their_own(desk, endpoint):
    switches = {"llm_read": "read", "llm_rewrite": "rewrite", "llm_phrase": "phrase"}
    for on, use in switches.items():
        endpoint.asked.clear()
        held(with_model(desk, endpoint, **{name: name == on for name in switches}, llm_timeout_seconds=10))
        assert {asked.use for asked in endpoint.asked} == {use}


def test_what_is_streamed_is_what_is_kept_and_names_its_composer(desk, endpoint, tmp_path):
    records = open_records(f"sqlite:///{tmp_path}/records.db")
    advised = with_model(desk, endpoint, llm_timeout_seconds=20)._desk(None)
    assistant = Assistant(OneDesk(advised), records.sessions, lambda: DAY)
    settings = Settings(database=f"sqlite:///{tmp_path}/records.db")
    with TestClient(create_app(assistant, settings)) as client:
        body = {"message": DIALOGUES[0][0], "session_id": "streamed", "as_of": DAY.isoformat()}
        blocks = client.post("/v1/chat/stream", json=body).text.strip().split("\n\n")
    events = [block.removeprefix("event: ").split("\ndata: ") for block in blocks]
    deltas = "".join(json.loads(told)["text"] for name, told in events if name == "delta")
    (kept,) = records.conversations.messages("streamed")
    done = json.loads(events[-1][1])
    assert deltas == done["text"] == kept.answer
    assert deltas.startswith("您好，申报四星级的须已评定为三星级[1]。")
    assert kept.reply == done
    assert kept.reply["composer"] == "model"
    assert [use["outcome"] for use in kept.reply["model_uses"]] == ["taken"]
    records.database.close()


def test_a_turn_that_is_taken_again_asks_no_model_again(desk, endpoint):
    class Contested(InMemorySessions):
        moved = False

        def put_turn(self, session: Session, said: Said) -> None:
            if not self.moved:
                self.moved = True
                raise SessionMoved(session.id)
            super().put_turn(session, said)

    advised = with_model(desk, endpoint, llm_timeout_seconds=20)._desk(None)
    assistant = Assistant(OneDesk(advised), Contested(10, 60, time.monotonic), lambda: DAY)
    reply = assistant.reply(DIALOGUES[0][0], session_id="s", as_of=DAY)
    assert len(endpoint.asked) == 1
    assert (reply.composer, len(reply.model_uses)) == ("template", 1)


def test_a_model_that_fails_again_and_again_is_left_alone(desk, endpoint):
    endpoint.script = LIES["status 500"]
    assistant = with_model(desk, endpoint)
    replies = [assistant.reply(DIALOGUES[1][0], session_id=f"s{n}", as_of=DAY) for n in range(6)]
    assert len(endpoint.asked) == 3
    assert [reply.model_uses[0].outcome for reply in replies] == ["unavailable"] * 3 + ["resting"] * 3


def test_a_topic_is_advised_only_among_candidates_and_comes_with_the_phone(desk, endpoint):
    unsure = replace(desk, tuning=replace(desk.tuning, unsure=0.999, fragment_sure=0.0))
    said = "评审专家从哪里抽"
    before = without_model(unsure).reply(said, session_id="s", as_of=DAY)

    def advised(topic: str) -> ChatReply:
        endpoint.script = read(topic=topic)
        return with_model(unsure, endpoint, llm_timeout_seconds=20).reply(said, session_id="s", as_of=DAY)

    reply = advised("t2")
    assert reply.model_uses[0].outcome == "taken"
    assert reply.text != before.text
    assert all(phone in reply.text for phone in Source(desk.pack).desks.values())
    assert (advised("t99").text, advised("t99").model_uses[0].outcome) == (before.text, "unused")


def test_no_topic_is_advised_against_what_is_out_of_scope(desk, endpoint):
    endpoint.script = read(topic="t1")
    unsure = replace(desk, tuning=replace(desk.tuning, unsure=0.999))
    said = "今天股票涨了吗"
    reply = with_model(unsure, endpoint, llm_timeout_seconds=20).reply(said, session_id="s", as_of=DAY)
    assert reply.route == "out_of_scope"
    assert all(use.outcome == "unused" for use in reply.model_uses)


def test_a_run_with_a_language_model_sets_it_beside_the_assistant_alone(tmp_path, monkeypatch, index_root):
    own = tmp_path / "own.jsonl"
    own.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in CASES), "utf-8")
    monkeypatch.setenv("SHENBAO_INDEX_ROOT", str(index_root))
    command = ["run", "--cases", str(own), "--out", str(tmp_path / "out"), "--llm"]
    refused = CliRunner().invoke(evaluate_command, command)
    assert refused.exit_code == 2
    assert "SHENBAO_LLM_MODEL" in refused.output
    with serving(honest) as endpoint:
        monkeypatch.setenv("SHENBAO_LLM_MODEL", "m")
        monkeypatch.setenv("SHENBAO_LLM_BASE_URL", endpoint.url)
        monkeypatch.setenv("SHENBAO_LLM_PRICE_IN", "1000")
        result = CliRunner().invoke(evaluate_command, command, standalone_mode=False)
    assert result.return_value == 0, result.output
    summary = json.loads((tmp_path / "out/summary.json").read_text("utf-8"))
    assert set(summary["suites"]["own"]["figures"]) == {"assistant", "language-model"}
    (pair,) = summary["pairs"]
    assert (pair["against"], pair["n"], pair["only_first"], pair["only_second"], pair["p"]) == (
        "language-model", len(CASES), 0, 0, 1.0,
    )  # fmt: skip
    model = summary["language_model"]
    assert model["phrased"] == len(CASES)
    assert model["expense"]["phrase"]["outcomes"] == {"taken": len(CASES)}
    assert model["expense"]["phrase"]["cost"] == pytest.approx(model["expense"]["phrase"]["tokens_in"] / 1000)
    assert set(model["latency"]) == {"assistant", "language-model"}
    assert not any(model["harm"].values())
    for file in ("report.md", "report.html"):
        assert "语言模型 m" in (tmp_path / "out" / file).read_text("utf-8")
