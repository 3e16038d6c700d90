import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from evals.targets import Http, TargetFailed

REPLY = {
    "session_id": "s",
    "route": "eligibility",
    "category": "platform",
    "text": "不能申报[1]。",
    "citations": [{"marker": 1, "pack": "p", "clause_id": "3.2.1", "label": "三、（二）1", "quote": "未建"}],
    "eligibility": {
        "verdict": "ineligible",
        "criteria": [
            {"clause_id": "3.2.1", "status": "not_met"},
            {"clause_id": "3.2.1", "status": "not_met"},
            {"clause_id": "3.1.1", "status": "met"},
        ],
    },
    "facts": [{"name": "project_built", "value": False, "quote": "在建", "turn": 1}],
    "something_new": 1,
}


class Deployment(BaseHTTPRequestHandler):
    heard: list[dict[str, Any]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.heard.append(body)
        self.reply(429 if body["message"] == "太多" else 200, REPLY)

    def do_GET(self) -> None:
        self.reply(200, {"hits": [{"clause_id": "3.2.1"}, {"clause_id": "6"}]})

    def reply(self, status: int, content: dict[str, Any]) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def deployment() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    heard: list[dict[str, Any]] = []
    server = HTTPServer(("127.0.0.1", 0), type("Fresh", (Deployment,), {"heard": heard}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", heard
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_deployment_is_asked_by_its_published_interface(
    deployment: tuple[str, list[dict[str, Any]]],
) -> None:
    url, heard = deployment
    answer = Http(url).ask("在建能报吗", date(2023, 2, 10), "s1")
    assert heard == [{"message": "在建能报吗", "session_id": "s1", "as_of": "2023-02-10"}]
    assert (answer.verdict, answer.failed, answer.cited) == ("ineligible", ("3.2.1",), ("3.2.1",))
    assert answer.facts[0].value is False
    assert answer.seconds > 0
    assert Http(url).search("在建", 2) == ("3.2.1", "6")


def test_a_refusal_says_its_status(deployment: tuple[str, list[dict[str, Any]]]) -> None:
    with pytest.raises(TargetFailed, match="/v1/chat 返回 429"):
        Http(deployment[0]).ask("太多", date(2023, 2, 10), "s1")


def test_only_http_addresses_are_targets() -> None:
    with pytest.raises(TargetFailed, match="in-process"):
        Http("file:///etc/passwd")
