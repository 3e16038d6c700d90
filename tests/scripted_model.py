"""An OpenAI-compatible endpoint on loopback that says what a script tells it: truth, lies, noise or nothing."""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_ITEMS = re.compile(r"<内容 (?P<mark>[0-9a-f]{8})>\n(?P<items>.*)\n</内容 (?P=mark)>")
_WORDS = re.compile(r"<(?P<name>原话) (?P<mark>[0-9a-f]{8})>\n(?P<text>.*)\n</(?P=name) (?P=mark)>")


@dataclass(frozen=True)
class Asked:
    """A request as the endpoint sees it."""

    body: dict[str, Any]

    @property
    def task(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def material(self) -> str:
        return str(self.body["messages"][1]["content"])

    @property
    def use(self) -> str:
        if "JSON 对象" in self.task:
            return "read"
        return "rewrite" if "补成" in self.task else "phrase"

    @property
    def items(self) -> dict[str, str]:
        """Tokens with the sentences under them."""
        found = _ITEMS.search(self.material)
        return dict(json.loads(found["items"])) if found else {}

    @property
    def words(self) -> str:
        """The visitor's own words."""
        found = _WORDS.search(self.material)
        return str(json.loads(found["text"])) if found else ""


@dataclass
class Wire:
    """What goes over the wire: `chunks` of an answer's text, or a status and a body of another kind.

    `pause` passes before each chunk; `raw` is sent as it stands; `forever` repeats the chunks.
    """

    chunks: list[str] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    pause: float = 0.0
    forever: bool = False
    usage: dict[str, int] | None = None


Script = Callable[[Asked], "str | Wire"]


class Endpoint:
    """A running endpoint; `script` may be changed between requests, `asked` keeps them."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def of(self, use: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.use == use]


@contextmanager
def serving(script: Script) -> Iterator[Endpoint]:
    endpoint = Endpoint(script)
    try:
        yield endpoint
    finally:
        endpoint.stop()


def _handler(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            pass

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked = Asked(body)
            endpoint.asked.append(asked)
            said = endpoint.script(asked)
            wire = said if isinstance(said, Wire) else Wire(chunks=_cut(said))
            with contextlib.suppress(OSError):  # the client may have had enough
                self._send(wire, bool(body.get("stream")))

        def _send(self, wire: Wire, stream: bool) -> None:
            assert stream, "answers are streamed"
            self.send_response(wire.status)
            for name, value in wire.headers.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            if wire.raw is not None or wire.status != 200:
                content = wire.raw or b'{"error": {"message": "no"}}'
                self.send_header("Content-Type", wire.headers.get("Content-Type", "application/json"))
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                return
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            while True:
                for chunk in wire.chunks:
                    if endpoint.closing.wait(wire.pause):
                        return
                    self._event({"choices": [{"index": 0, "delta": {"content": chunk}}]})
                if not wire.forever:
                    break
                if not wire.chunks and endpoint.closing.wait(0.2):
                    return
            self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            if wire.usage:
                self._event({"choices": [], "usage": wire.usage})
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, content: dict[str, Any]) -> None:
            whole = {"id": "c", "object": "chat.completion.chunk", "created": int(time.time()), "model": "m"}
            self.wfile.write(f"data: {json.dumps(whole | content, ensure_ascii=False)}\n\n".encode())
            self.wfile.flush()

    return Handler


def _cut(text: str) -> list[str]:
    return [text[i : i + 7] for i in range(0, len(text), 7)]


def honest(asked: Asked) -> str:
    """Says every sentence as it stands, with a word of courtesy; reads and rewrites nothing."""
    if asked.use == "read":
        return '{"facts": [], "topic": null}'
    if asked.use == "rewrite":
        return asked.words
    return "".join(f"您好，{text}{token}\n" for token, text in asked.items.items())
