"""`shenbao mcp`: the tools for a language model, over standard input and output or over HTTP on this machine."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server

    from assistant.service import Assistant
    from assistant.settings import Settings

LOOPBACK = "127.0.0.1"


@click.command("mcp", short_help="以 MCP 向大模型提供检索、核对和联系方式")
@click.option("--http", is_flag=True, help="以 HTTP 提供（/mcp，只在本机），不用标准输入输出。")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="--http 的端口；0 为任一空闲端口。",
)
def mcp(*, http: bool, port: int) -> None:
    """以 MCP（Model Context Protocol）提供工具 search_clauses、check_eligibility、get_contacts。"""
    try:
        from api.tools.server import tool_server  # noqa: PLC0415 - an optional part
    except ModuleNotFoundError as error:
        if error.name not in {"mcp", "mcp_types"}:
            raise
        raise click.ClickException("缺少 MCP 组件，请安装：pip install 'shenbao[mcp]'") from error
    from importlib.metadata import version  # noqa: PLC0415 - the command's help needs none of this

    from api.allocator import one_arena  # noqa: PLC0415
    from api.logs import configure_logs  # noqa: PLC0415
    from assistant.cli import told  # noqa: PLC0415
    from assistant.settings import read_settings  # noqa: PLC0415
    from knowledge.listed_folders import read_catalogue  # noqa: PLC0415
    from knowledge.pack import load_pack  # noqa: PLC0415

    one_arena()
    with told():
        settings = read_settings()
        catalogue = read_catalogue(settings.packs_root, additions=settings.additions_root)
        packs = {name: load_pack(one.folder, name, one.added) for name, one in catalogue.items()}
    configure_logs(settings)
    opening = _opening(settings)
    server = tool_server(packs, opening.result, version("shenbao"))
    if http:
        _serve(server, settings, port)
    else:
        _speak(server)


def _opening(settings: Settings) -> Future[Assistant]:
    """The assistant, opened meanwhile: a client is greeted before that has ended."""

    def build() -> Assistant:
        from assistant.bootstrap import build_assistant  # noqa: PLC0415 - heavy

        return build_assistant(settings)

    thread = ThreadPoolExecutor(1, thread_name_prefix="startup")
    opened = thread.submit(build)
    thread.shutdown(wait=False)
    return opened


def _speak(server: Server[None]) -> None:
    """Answer on standard output until standard input ends."""
    import anyio  # noqa: PLC0415 - heavy
    from mcp.server.stdio import stdio_server  # noqa: PLC0415

    async def speak() -> None:
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    anyio.run(speak)


def _serve(server: Server[None], settings: Settings, port: int) -> None:
    """Answer on a port of this machine until told to stop."""
    from api.cli import address_of, listen, run_until_told  # noqa: PLC0415

    listener = listen(LOOPBACK, port)
    click.echo(f"申报通 MCP：{address_of(listener)}/mcp （按 Ctrl+C 停止）")
    run_until_told(
        server.streamable_http_app(
            host=LOOPBACK, stateless_http=True, max_request_body_size=settings.max_body_bytes
        ),
        listener,
        settings,
    )
