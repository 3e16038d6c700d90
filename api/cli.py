"""`shenbao serve`: the HTTP service on one address."""

from __future__ import annotations

import errno
import signal
import socket
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import ASGIApp

    from assistant.settings import Settings


@click.command(short_help="启动 HTTP 服务和演示页面")
@click.option("--host", default=None, help="监听的地址，默认 127.0.0.1。")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=None, help="端口，默认 8000；0 为任一空闲端口。"
)
def serve(host: str | None, port: int | None) -> None:
    """启动 HTTP 服务；演示页面在 /demo。"""
    from api.allocator import one_arena  # noqa: PLC0415 - the command's help needs none of this
    from assistant.cli import told  # noqa: PLC0415
    from assistant.settings import read_settings  # noqa: PLC0415

    one_arena()
    with told():
        settings = read_settings()
    address = (host or settings.host, settings.port if port is None else port)
    listener = listen(*address)
    click.echo(f"申报通：{address_of(listener)}/demo （按 Ctrl+C 停止）")
    click.echo(f"坐席台：{address_of(listener)}/console")
    failure = _run(listener, settings.model_copy(update={"host": address[0], "port": address[1]}))
    if failure is not None:
        raise click.ClickException(f"未能启动：{failure}")


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises ClickException with the way out."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = f"端口 {port} 已被占用，请换一个，例如 shenbao serve --port {port % 65535 + 1}"
        elif error.errno == errno.EACCES:
            reason = f"没有权限监听端口 {port}，请用 1024 以上的端口"
        else:
            reason = f"无法监听 {host}:{port}（{error.strerror or error}），请核对 --host"
        raise click.ClickException(reason) from error
    return listener


def address_of(listener: socket.socket) -> str:
    """The URL of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _run(listener: socket.socket, settings: Settings) -> Exception | None:
    """Serve until told to stop; the failure, if the assistant could not be opened."""
    from api.app import create_app  # noqa: PLC0415 - heavy
    from api.logs import configure_logs  # noqa: PLC0415

    configure_logs(settings)
    failures: list[Exception] = []
    run_until_told(create_app(settings=settings, failed=failures.append), listener, settings, failures)
    return failures[0] if failures else None


def run_until_told(
    app: ASGIApp, listener: socket.socket, settings: Settings, failures: Sequence[Exception] = ()
) -> None:
    """Serve an application within the limits of the settings, until told to stop or something is in `failures`."""
    import uvicorn  # noqa: PLC0415 - heavy

    from api.connections import bounded  # noqa: PLC0415

    class Server(uvicorn.Server):
        async def on_tick(self, counter: int) -> bool:
            return bool(failures) or await super().on_tick(counter)

    server = Server(
        uvicorn.Config(
            app,
            http=bounded(settings.header_seconds, settings.max_header_bytes, settings.max_connections),
            ws="none",
            log_config=None,
            access_log=False,  # it would keep what people searched for; api/requests.py tells of every request
            server_header=False,
            timeout_keep_alive=settings.keep_alive_seconds,
            timeout_graceful_shutdown=settings.shutdown_seconds,
        )
    )
    # The server closes down in good order and then raises the signal again: being told to stop is no failure.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        click.echo("已停止。")


@click.command(short_help="给其他系统一把密钥")
@click.argument("channel")
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="有效的天数。")
def token(channel: str, days: int) -> None:
    """打印渠道 CHANNEL 的一把密钥，供其他系统的服务端使用，例如作为 OpenAI 接口的 API key。

    密钥受该渠道的限额约束；停用渠道或更换 SHENBAO_SECRET 即告作废。
    """
    from datetime import timedelta  # noqa: PLC0415 - the command's help needs none of this

    from api.channels import OWN, load_channels  # noqa: PLC0415
    from api.tokens import Signer, VisitorToken, new_visitor, read_secret  # noqa: PLC0415
    from assistant.cli import told  # noqa: PLC0415
    from assistant.settings import read_settings  # noqa: PLC0415
    from knowledge.clock import now_utc  # noqa: PLC0415

    with told():
        settings = read_settings()
        chosen = load_channels(settings.channels).get(channel)
        if OWN not in chosen.allowed_origins:
            raise click.UsageError(f"渠道 {channel} 的 allowed_origins 须含 {OWN}，服务端的请求才能使用")
        expires = now_utc().replace(microsecond=0) + timedelta(days=days)
        text = Signer(read_secret(settings)).sign(VisitorToken(new_visitor(), chosen.id, OWN, expires))
    click.echo(text)
    click.echo(f"有效至 {expires:%Y-%m-%d}，请妥善保管。", err=True)
