"""`shenbao mcp` as a process of its own, called by the official client."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import anyio
import httpx
import pytest
from mcp import Client, StdioServerParameters

SHENBAO = str(Path(sys.executable).with_name("shenbao"))
FACTS = {"project_built": True, "investment_3y_wan": 1500, "has_audit_report": True, "has_invoices": True}
CHECK = {"category": "benchmark_factory", "facts": FACTS, "as_of": "2023-02-20"}
TOOLS = {"search_clauses", "check_eligibility", "get_contacts"}


@pytest.fixture(scope="module")
def environment(index_root):
    return os.environ | {"SHENBAO_INDEX_ROOT": str(index_root)}


def use_the_tools(server, assistant):
    """List the tools and call each; the answers are the assistant's own."""

    async def use():
        async with Client(server, read_timeout_seconds=240) as client:
            assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS
            found = await client.call_tool("search_clauses", {"query": "两化融合贯标证书有效期", "k": 3})
            report = await client.call_tool("check_eligibility", CHECK)
            desks = await client.call_tool("get_contacts", {})
            wrong = await client.call_tool("check_eligibility", {**CHECK, "facts": {"project_built": "建了"}})
            return found, report, desks, wrong

    found, report, desks, wrong = anyio.run(use)
    assert found.structured_content["hits"][0]["clause_id"] == "3.3.2"
    own = assistant.check("benchmark_factory", FACTS, as_of=date(2023, 2, 20))
    assert report.structured_content == own.model_dump(mode="json")
    assert report.structured_content["verdict"] == "ineligible"
    phones = [desk["phone"] for desk in desks.structured_content["contacts"]]
    assert phones == ["025-69652717", "025-69652603", "025-69652719"]
    assert wrong.is_error
    assert "project_built: 收到 '建了'，应为true 或 false" in wrong.content[0].text


def test_over_standard_input_and_output(environment, assistant):
    use_the_tools(StdioServerParameters(command=SHENBAO, args=["mcp"], env=environment), assistant)


def test_over_http_on_this_machine(environment, assistant):
    with subprocess.Popen(
        [SHENBAO, "mcp", "--http", "--port", "0"], env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout
            address = re.search(r"http://127\.0\.0\.1:\d+/mcp", process.stdout.readline())
            assert address
            use_the_tools(address[0], assistant)
            elsewhere = httpx.post(address[0], json={}, headers={"Host": "evil.example", "Accept": "*/*"})
            assert elsewhere.status_code in {403, 421}
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
        finally:
            process.kill()
