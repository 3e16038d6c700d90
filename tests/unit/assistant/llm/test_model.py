"""The chat model over a real socket: what comes of every way in which an endpoint may behave."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from scripted_model import Endpoint, Wire, serving
from structlog.testing import capture_logs

from assistant.llm.model import LONGEST_ANSWER, Prompt, Said, Silent, open_model
from assistant.settings import Settings, SettingsRefused

PROMPT = Prompt("任务", "材料")
WANTS_JSON = Prompt("任务", "材料", {"type": "object"})
KEY = "sk-only-this-test-knows"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving(lambda _: "好") as running:
        yield running


def opened(endpoint: Endpoint, **settings):
    return open_model(Settings(llm_model="m", llm_base_url=endpoint.url, llm_key=KEY, **settings))


def test_an_answer_comes_with_the_tokens_that_the_endpoint_counted(endpoint):
    endpoint.script = lambda _: Wire(
        ["按您说", "的情况"], usage={"prompt_tokens": 12, "completion_tokens": 4, "total_tokens": 16}
    )
    assert opened(endpoint).ask(PROMPT, 10) == Said("按您说的情况", 12, 4)


def test_tokens_that_nobody_counted_are_estimated(endpoint):
    assert opened(endpoint).ask(PROMPT, 10) == Said("好", 4, 1)


def test_the_request_holds_task_and_material_apart_and_what_the_endpoint_needs_besides(endpoint):
    opened(endpoint, llm_extra_body={"max_tokens": 7, "cache": True}).ask(PROMPT, 10)
    (asked,) = endpoint.asked
    assert [(m["role"], m["content"]) for m in asked.body["messages"]] == [
        ("system", "任务"),
        ("user", "材料"),
    ]
    assert (asked.body["max_tokens"], asked.body["cache"], asked.body["temperature"]) == (7, True, 0.0)
    assert "response_format" not in asked.body


@pytest.mark.parametrize(
    ("structured", "shows"),
    [
        ("json_schema", lambda body: body["response_format"]["json_schema"]["schema"] == {"type": "object"}),
        ("json_object", lambda body: body["response_format"] == {"type": "json_object"}),
        ("function", lambda body: body["tools"][0]["function"]["name"] == "answer"),
        ("text", lambda body: not {"response_format", "tools"} & set(body)),
    ],
)
def test_json_is_asked_for_in_the_configured_way(endpoint, structured, shows):
    opened(endpoint, llm_structured=structured).ask(WANTS_JSON, 10)
    assert shows(endpoint.asked[0].body)


def test_where_one_way_of_asking_for_json_is_refused_the_next_is_taken_from_then_on(endpoint):
    endpoint.script = lambda asked: Wire(status=400) if "response_format" in asked.body else "{}"
    model = opened(endpoint)
    assert [model.ask(WANTS_JSON, 10).text for _ in range(2)] == ["{}", "{}"]
    assert len(endpoint.asked) == 3


def test_what_a_function_is_called_with_is_the_answer(endpoint):
    call = {
        "index": 0,
        "id": "x",
        "type": "function",
        "function": {"name": "answer", "arguments": '{"facts": []}'},
    }
    chunk = {
        "id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m",
        "choices": [{"index": 0, "delta": {"role": "assistant", "tool_calls": [call]}}],
    }  # fmt: skip
    raw = f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n".encode()
    endpoint.script = lambda _: Wire(raw=raw, headers={"Content-Type": "text/event-stream"})
    answer = opened(endpoint, llm_structured="function").ask(WANTS_JSON, 10)
    assert isinstance(answer, Said)
    assert answer.text == '{"facts": []}'


@pytest.mark.parametrize(
    ("wire", "cause"),
    [
        (Wire(status=500), "unavailable"),
        (Wire(status=503), "unavailable"),
        (Wire(status=401), "denied"),
        (Wire(status=404), "denied"),
        (Wire(status=400), "refused"),
        (Wire([]), "empty"),
        (Wire([" \n", "  "]), "empty"),
        (Wire(["啰嗦" * 500], forever=True), "babbling"),
        (Wire(raw=b"<html>gateway</html>", headers={"Content-Type": "text/html"}), "garbled"),
        (Wire(raw=b"data: {broken\n\n", headers={"Content-Type": "text/event-stream"}), "garbled"),
        (Wire(raw=b'data: {"error": {"message": "boom"}}\n\n', headers={"Content-Type": "text/event-stream"}), "unavailable"),
        (Wire(raw=b'data: {"choices": null}\n\n', headers={"Content-Type": "text/event-stream"}), "empty"),
        (Wire(raw=b"data: \xff\xfe\n\n", headers={"Content-Type": "text/event-stream"}), "garbled"),
    ],
)  # fmt: skip
def test_whatever_goes_wrong_is_an_outcome(endpoint, wire, cause):
    endpoint.script = lambda _: wire
    answer = opened(endpoint).ask(PROMPT, 10)
    assert isinstance(answer, Silent)
    assert answer.cause == cause


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7.0), ("Wed, 21 Oct 2026 07:28:00 GMT", None), (None, None)]
)
def test_a_rate_limit_tells_how_long_to_wait(endpoint, header, seconds):
    headers = {"Retry-After": header} if header else {}
    endpoint.script = lambda _: Wire(status=429, headers=headers)
    answer = opened(endpoint).ask(PROMPT, 10)
    assert answer == Silent("rate_limited", retry_after=seconds)


@pytest.mark.parametrize(
    "wire",
    [Wire(["太", "慢"], pause=5), Wire(["滴"], pause=0.2, forever=True), Wire([], forever=True)],
    ids=["silent", "dripping", "open"],
)
def test_no_answer_takes_longer_than_its_seconds(endpoint, wire):
    endpoint.script = lambda _: wire
    model = opened(endpoint)
    began = time.monotonic()
    answer = model.ask(PROMPT, 1.0)
    assert time.monotonic() - began < 3
    assert isinstance(answer, Silent)
    assert answer.cause == "timeout"
    endpoint.script = lambda _: "好"
    assert isinstance(model.ask(PROMPT, 10), Said), "the next question is not held up by the last"


def test_nobody_listening_is_an_outcome(endpoint):
    model = opened(endpoint)
    endpoint.stop()
    assert model.ask(PROMPT, 5) == Silent("unavailable")


def test_the_key_goes_to_the_endpoint_and_into_no_log(endpoint, tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    model = open_model(Settings(llm_model="m", llm_base_url=endpoint.url, llm_key_file=file))
    endpoint.script = lambda _: Wire(status=500)
    with capture_logs() as logs:
        model.ask(PROMPT, 5)
    assert logs
    assert KEY not in repr(logs) + repr(vars(model))


def test_a_key_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(SettingsRefused, match=r"SHENBAO_LLM_KEY_FILE 有误：读不了 .*none"):
        open_model(Settings(llm_model="m", llm_key_file=tmp_path / "none"))


def test_a_provider_that_is_not_installed_is_named_with_the_remedy():
    with pytest.raises(SettingsRefused, match="SHENBAO_LLM"):
        open_model(Settings(llm_model="m", llm_provider="anthropic"))
    with pytest.raises(SettingsRefused, match="SHENBAO_LLM"):
        open_model(Settings(llm_model="m", llm_provider="nobody"))


def test_one_module_alone_knows_the_vendors():
    root = Path(__file__).parents[4]
    knowing = [
        file.relative_to(root).as_posix()
        for package in ("assistant", "api", "evals", "knowledge")
        for file in (root / package).rglob("*.py")
        if any(
            name in file.read_text(encoding="utf-8")
            for name in ("langchain.chat_models", "langchain_openai", "import openai", "init_chat_model(")
        )
    ]
    assert knowing == ["assistant/llm/model.py"]


def test_an_answer_is_cut_off_and_not_read_to_its_end(endpoint):
    endpoint.script = lambda _: Wire(["长" * 1000] * 50, usage=None)
    answer = opened(endpoint).ask(PROMPT, 10)
    assert isinstance(answer, Silent)
    assert answer.tokens_out <= LONGEST_ANSWER + 1000
