"""`shenbao serve`: the HTTP service on one address."""

from __future__ import annotations

import errno
import signal
import socket
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.settings import Settings


@click.command(short_help="启动 HTTP 服务和演示页面")
@click.option("--host", default=None, help="监听的地址，默认 127.0.0.1。")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=None, help="端口，默认 8000；0 为任一空闲端口。"
)
def serve(host: str | None, port: int | None) -> None:
    """启动 HTTP 服务；演示页面在 /demo。"""
    from assistant.cli import told  # noqa: PLC0415 - the command's help needs none of this
    from assistant.settings import read_settings  # noqa: PLC0415

    with told():
        settings = read_settings()
    address = (host or settings.host, settings.port if port is None else port)
    listener = _listen(*address)
    click.echo(f"申报通：{_url(listener)}/demo （按 Ctrl+C 停止）")
    click.echo(f"坐席台：{_url(listener)}/console")
    failure = _run(listener, settings.model_copy(update={"host": address[0], "port": address[1]}))
    if failure is not None:
        raise click.ClickException(f"未能启动：{failure}")


def _listen(host: str, port: int) -> socket.socket:
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


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _run(listener: socket.socket, settings: Settings) -> Exception | None:
    """Serve until told to stop; the failure, if the assistant could not be opened."""
    import uvicorn  # noqa: PLC0415 - heavy

    from api.app import create_app  # noqa: PLC0415
    from api.logs import configure_logs  # noqa: PLC0415

    configure_logs(settings.log_level)

    failures: list[Exception] = []

    def failed(error: Exception) -> None:
        failures.append(error)
        server.should_exit = True

    app = create_app(settings=settings, failed=failed)
    # Without a log of every access: it would keep what people searched for.
    server = uvicorn.Server(
        uvicorn.Config(app, log_level=settings.log_level, access_log=False, timeout_graceful_shutdown=10)
    )
    # The server closes down in good order and then raises the signal again: being told to stop is no failure.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        click.echo("已停止。")
    return failures[0] if failures else None
