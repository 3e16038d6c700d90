"""A model that lies in every way may change nothing of what is true: values, verdicts, citations, time, what is kept."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from lies import LIES, PHONE, SLOW, URL
from scripted_model import Asked, Endpoint, honest, serving

from assistant.bootstrap import open_advisor
from assistant.desk import Desk
from assistant.llm.budget import InMemoryLedger
from assistant.reply import ChatReply
from assistant.service import Assistant
from assistant.sessions import InMemorySessions
from assistant.settings import Settings
from evals.source import Source

DAY = date(2023, 2, 20)
PATIENCE = 1.5
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
    ("材料要胶装还是活页", "在哪交"),
)


@pytest.fixture(scope="module")
def desk(assistant: Assistant) -> Desk:
    return next(iter(assistant._desks.values()))


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving(honest) as running:
        yield running


def with_model(desk: Desk, endpoint: Endpoint, **settings: Any) -> Assistant:
    chosen = Settings(
        llm_model="m", llm_base_url=endpoint.url, **({"llm_timeout_seconds": PATIENCE} | settings)
    )
    return without_model(replace(desk, advisor=open_advisor(chosen, InMemoryLedger(lambda: DAY))))


def without_model(desk: Desk) -> Assistant:
    sessions = InMemorySessions(1_000, 3_600, time.monotonic)
    return Assistant({desk.pack.id: desk}, desk.pack.id, sessions, lambda: DAY)


def held(assistant: Assistant) -> list[list[ChatReply]]:
    return [
        [assistant.reply(said, session_id=f"d{n}", as_of=DAY) for said in dialogue]
        for n, dialogue in enumerate(DIALOGUES)
    ]


@pytest.fixture(scope="module")
def plain(desk: Desk) -> list[list[ChatReply]]:
    """What is answered without a model."""
    return held(without_model(desk))


def essence(reply: ChatReply) -> dict[str, Any]:
    """All of a reply but its own id and the record of the model."""
    return reply.model_dump(mode="json", exclude={"message_id", "model_uses", "composer"})


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_changes_nothing_and_takes_no_longer_than_the_bound(lie, desk, endpoint, plain):
    endpoint.script = LIES[lie]
    assistant = with_model(desk, endpoint)
    source = Source(desk.pack)
    chosen = range(2) if lie in SLOW else range(len(DIALOGUES))
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
    said = "账目这块我们一直请事务所代打理，没出过岔子"

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
