"""The tools over the Model Context Protocol, by its official SDK."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import anyio.to_thread
import structlog
from mcp.server.lowlevel import Server
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as ShownTool
from pydantic import BaseModel, ValidationError

from api import problems
from api.logs import failure_of
from api.schemas import Problem
from api.tools.catalogue import TOOLS, Tool, Wording, input_schema, load_wording

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext

    from assistant.service import Assistant
    from knowledge.pack import Pack

_log = structlog.get_logger(__name__)


def tool_server(packs: Mapping[str, Pack], assistant: Callable[[], Assistant], version: str) -> Server[None]:
    """A server of the tools. `assistant` may take its time, and is asked in a thread; what it raises is told."""
    wording = load_wording()
    shown = [_shown(tool, packs, wording) for tool in TOOLS.values()]

    async def list_tools(_: ServerRequestContext[None], __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=shown)

    async def call_tool(_: ServerRequestContext[None], asked: CallToolRequestParams) -> CallToolResult:
        tool = TOOLS.get(asked.name)
        if tool is None:
            return _failed(f"没有工具 {asked.name[:60]!r}，现有：{'、'.join(TOOLS)}")
        try:
            arguments = tool.arguments.model_validate(asked.arguments or {})
            answer = await anyio.to_thread.run_sync(lambda: tool.work(assistant(), arguments))
        except ValidationError as error:
            wrong = problems.field_errors(error.errors())
            return _failed("；".join(f"{one.field}：{one.allowed}" for one in wrong))
        except Exception as error:  # the edge of a call: whatever happened is told as the tool's error
            return _failed(_told(tool, error))
        return _answered(answer)

    return Server(
        "shenbao",
        version=version,
        title="申报通",
        instructions=wording.instructions,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _shown(tool: Tool, packs: Mapping[str, Pack], wording: Wording) -> ShownTool:
    words = wording.tools[tool.name]
    return ShownTool(
        name=tool.name,
        title=words.title,
        description=words.description,
        input_schema=input_schema(tool, packs, wording),
        output_schema=tool.answer.model_json_schema(mode="serialization"),
        annotations=ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
    )


def _answered(answer: BaseModel) -> CallToolResult:
    """The answer as HTTP gives it, as an object and, for clients that read none, as its JSON."""
    content = [TextContent(text=answer.model_dump_json())]
    return CallToolResult(content=content, structured_content=answer.model_dump(mode="json"))


def _failed(cause: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=cause)], is_error=True)


def _told(tool: Tool, error: Exception) -> str:
    problem: Problem = problems.problem_of(error)
    if problem.status >= 500:
        _log.error("tool failed", tool=tool.name, **failure_of(error))
    return f"{problem.title}：{problem.detail}"
