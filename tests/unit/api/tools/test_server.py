"""The tools, by the official client, in one process."""

from __future__ import annotations

import anyio
import pytest
from fastapi.testclient import TestClient
from mcp import Client

from api.app import create_app
from api.tools.server import tool_server
from assistant.settings import Settings
from knowledge.errors import IndexUnavailable


@pytest.fixture
def call(scripted):
    def called(name, arguments=None, assistant=lambda: scripted):
        async def ask():
            async with Client(tool_server(scripted.packs, assistant, "1")) as client:
                return await client.call_tool(name, arguments)

        return anyio.run(ask)

    return called


def refused(result, cause):
    assert result.is_error
    assert cause in result.content[0].text


def test_the_tools_are_listed_with_what_they_take_and_give(scripted):
    async def ask():
        async with Client(tool_server(scripted.packs, lambda: scripted, "1")) as client:
            return client.server_info, client.instructions, (await client.list_tools()).tools

    server, instructions, tools = anyio.run(ask)
    assert server.name == "shenbao"
    assert "原文" in instructions
    assert {tool.name for tool in tools} == {"search_clauses", "check_eligibility", "get_contacts"}
    assert all(tool.output_schema["type"] == "object" and tool.annotations.read_only_hint for tool in tools)


def test_an_answer_is_the_object_of_http(scripted, call):
    with TestClient(create_app(scripted, Settings())) as client:
        over_http = {
            "search_clauses": client.get("/v1/search", params={"q": "线", "k": 2}).json(),
            "check_eligibility": client.post(
                "/v1/eligibility",
                json={"category": "kite", "facts": {"handmade": True}, "as_of": "2023-02-10"},
            ).json(),
            "get_contacts": client.get("/v1/contacts").json(),
        }
    asked = {
        "search_clauses": {"query": "线", "k": 2},
        "check_eligibility": {"category": "kite", "facts": {"handmade": True}, "as_of": "2023-02-10"},
        "get_contacts": {},
    }
    for tool, arguments in asked.items():
        result = call(tool, arguments)
        assert not result.is_error
        assert result.structured_content == over_http[tool]


@pytest.mark.parametrize(
    ("tool", "arguments", "cause"),
    [
        ("search_clauses", {"query": ""}, "query：1 至 1000 个字"),
        ("search_clauses", {"q": "x"}, "q：没有这个字段"),
        ("check_eligibility", {"category": "kite", "facts": {"span_cm": "三"}}, "span_cm: 收到 '三'，应为"),
        ("check_eligibility", {"category": "balloon", "facts": {}}, "没有这个申报类别"),
        ("check_eligibility", {"category": "kite", "facts": {}, "as_of": "明天"}, "YYYY-MM-DD"),
        ("get_contacts", {"pack": "x"}, "没有知识包 x"),
        ("delete_everything", {}, "没有工具"),
    ],
)
def test_what_is_refused_is_the_tools_error_with_its_cause(call, tool, arguments, cause):
    refused(call(tool, arguments), cause)


def test_a_failure_of_ours_is_told_without_its_words(scripted, call):
    scripted.failure = KeyError("/srv/secret")
    result = call("check_eligibility", {"category": "kite", "facts": {}})
    refused(result, "系统内部出错")
    assert "/srv" not in result.content[0].text


def test_an_assistant_that_cannot_be_opened_is_told(call):
    def closed():
        raise IndexUnavailable("索引无法读取，请检查 SHENBAO_INDEX_ROOT")

    refused(call("get_contacts", {}, closed), "请检查 SHENBAO_INDEX_ROOT")
