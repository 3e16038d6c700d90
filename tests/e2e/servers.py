"""The two hosts of these tests on loopback ports of their own: the service, and a bureau's page that embeds it."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import uvicorn

PAGES = Path(__file__).parent / "pages"
STREAM = "/v1/chat/stream"


class Wire:
    """The service behind a line that can be slow or break.

    `pace` is the pause before each piece of a stream; `cut_after` breaks the next stream after so many pieces.
    """

    def __init__(self, app: Any) -> None:
        self._app = app
        self.pace, self.cut_after = 0.0, 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != STREAM:
            await self._app(scope, receive, send)
            return
        cut, self.cut_after = self.cut_after, 0
        sent = 0

        async def slowly(message: Any) -> None:
            nonlocal sent
            if message["type"] == "http.response.body" and message.get("body"):
                sent += 1
                await asyncio.sleep(self.pace)
                if cut and sent > cut:
                    raise ConnectionAbortedError("the line is cut, as the test asked")
            await send(message)

        await self._app(scope, receive, slowly)


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """The app on a free port, until the block ends."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(
            app, log_config=None, log_level="critical", access_log=False, timeout_graceful_shutdown=2
        )
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline, "the service does not start"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(15)
    listener.close()


class _Page(BaseHTTPRequestHandler):
    """Embeds the widget of `server.service`: `/hostile`, `/bubble`, `/inline`, `/by-hand`, and `/framed` in a frame.

    The page's own policy is as strict as can be.
    """

    server: Any

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path.endswith(".css"):
            self._send((PAGES / Path(path).name).read_bytes(), "text/css")
        elif path == "/favicon.ico":
            self._send(b"", "image/x-icon")
        else:
            self._send(self._html(path, query).encode(), "text/html; charset=utf-8")

    def _html(self, path: str, channel: str) -> str:
        look = "hostile" if path == "/hostile" else "calm"
        place = 'data-container="#place" ' if path == "/inline" else ""
        script = (
            f'<script src="{self.server.service}/widget.js" data-channel="{channel or "bureau"}" '
            f'data-as-of="2023-02-20" {place}defer></script>'
        )
        frame = f'<iframe title="申报咨询" src="{self.server.service}/frame/{channel}"></iframe>'
        framed = path == "/framed"
        if path == "/by-hand":
            script = f'<script src="{self.server.service}/widget.js" defer></script>'
            frame = f'<shenbao-chat channel="{channel}" theme="dark"></shenbao-chat>'
        return (
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>某局网站</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<link rel="stylesheet" href="/{look}.css">'
            f"{'' if framed else script}</head>"
            "<body><header><h1>某局网站</h1></header><main><p>通知公告</p>"
            '<p><a href="/elsewhere">政策文件</a></p><div id="place"></div>'
            f"{frame if path in ('/framed', '/by-hand') else ''}</main></body></html>"
        )

    def _send(self, body: bytes, media_type: str) -> None:
        service = self.server.service
        policy = (
            f"default-src 'none'; script-src {service}; connect-src {service}; style-src 'self'; frame-src {service}; "
            "base-uri 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


class Bureau(ThreadingHTTPServer):
    """A website that is not ours; `service` is where its pages load the widget from."""

    daemon_threads = True
    service = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def bureau() -> Iterator[Bureau]:
    """The website, until the block ends."""
    site = Bureau()
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    yield site
    site.shutdown()
    thread.join(10)
    site.server_close()
