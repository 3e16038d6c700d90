"""Whatever is sent, the service answers it: no failure of ours, a problem in Chinese, within bounded time."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from api.app import create_app
from assistant.bootstrap import build_assistant
from assistant.records.store import open_kept
from assistant.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))  # the module below belongs to no package

from bad_requests import KINDS, Sent, bad_requests

SLOWEST = 6.0
"""Seconds of this process's own work for one request; the longest message may hold 8,000 characters."""


@pytest.fixture(scope="module")
def app(index_root, tmp_path_factory):
    used = Settings(index_root=index_root, database=f"sqlite:///{tmp_path_factory.mktemp('bad')}/kept.db")
    records = open_kept(used)
    records.accounts.add("somebody", "admin", "a password that fits", actor="test")
    return create_app(build_assistant(used, records=records), used)


async def answered(app: Any, sent: Sent) -> tuple[int, dict[str, str], bytes]:
    """The answer to a request that is handed to the application as a server would, or worse."""
    named = {"host": "127.0.0.1:8000", "content-length": str(len(sent.body)), **sent.headers}
    headers = [
        (n.encode("latin-1"), v if isinstance(v, bytes) else v.encode("utf-8", "surrogatepass"))
        for n, v in named.items()
    ]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "root_path": "",
        "method": sent.method,
        "path": sent.path,
        "query_string": sent.query,
        "headers": headers,
        "state": {},
        "raw_path": quote(sent.path, errors="surrogatepass").encode(),
        "client": ("127.0.0.1", 5),
        "server": ("127.0.0.1", 8000),
    }
    waiting = [{"type": "http.request", "body": sent.body, "more_body": False}]
    told: list[Any] = []

    async def receive() -> Any:
        if waiting:
            return waiting.pop()
        await asyncio.sleep(3_600)  # a client that stays on the line
        return None

    async def send(message: Any) -> None:
        told.append(message)

    await app(scope, receive, send)
    head = {name.decode("latin-1"): value.decode("latin-1") for name, value in told[0]["headers"]}
    return told[0]["status"], head, b"".join(message.get("body", b"") for message in told[1:])


def failures(app: Any, seed: int, count: int) -> list[str]:
    async def all_of_them() -> list[str]:
        wrong: list[str] = []
        kinds: Counter[str] = Counter()
        for sent in bad_requests(seed, count):
            began = time.process_time()
            try:
                status, head, body = await answered(app, sent)
            except Exception as error:
                wrong.append(f"{sent.kind}: {error!r} to {str(sent)[:300]}")
                continue
            took = time.process_time() - began
            kinds[sent.kind] += 1
            if status >= 500 or took > SLOWEST:
                wrong.append(f"{sent.kind}: {status} in {took:.1f} s to {str(sent)[:300]}")
            elif status >= 400 and sent.path.startswith("/v1/") and sent.method != "HEAD":
                told = json.loads(body)
                if (
                    head.get("content-type") != "application/problem+json"
                    or told["status"] != status
                    or not told["detail"]
                ):
                    wrong.append(f"{sent.kind}: {status} is no problem document: {body[:200]!r}")
        assert len(kinds) == len(KINDS)
        return wrong

    return asyncio.run(all_of_them())


@pytest.mark.slow
def test_no_bad_input_is_answered_with_a_failure_of_ours(app):
    assert failures(app, 1, 480) == []


@pytest.mark.soak
@pytest.mark.timeout(7_200)
def test_none_of_ten_thousand_bad_inputs_is_answered_with_a_failure_of_ours(app):
    assert failures(app, 2, 10_000) == []
