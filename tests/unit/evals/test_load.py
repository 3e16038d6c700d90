from __future__ import annotations

import asyncio
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from evals.load.clients import as_fast_as_answered, at_rate, contents
from evals.load.measuring import Served, table


class Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    status = 200

    def do_POST(self):
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(asked)
        self.send_response(self.server.status)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


@pytest.fixture
def servers():
    running = []
    for _ in range(2):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
        server.asked, server.status = [], 200
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
    yield running
    for server in running:
        server.shutdown()
        server.server_close()


def ports(servers):
    return [server.server_address[1] for server in servers]


def test_clients_are_spread_evenly_and_ask_nothing_twice(servers):
    bodies = contents(["问"], lambda question: {"message": question})
    heard = asyncio.run(as_fast_as_answered(ports(servers), "/", bodies, 4, 0.5))
    asked = [body for server in servers for body in server.asked]
    assert all(server.asked for server in servers)
    assert len(asked) == len(set(asked)) == len(heard.seconds)
    assert json.loads(asked[0])["message"].startswith("问")
    assert heard.rate > 1
    assert heard.failed == 0


def test_a_rate_is_kept_and_waiting_counts(servers):
    heard = asyncio.run(at_rate(ports(servers), "/", contents(["问"], lambda q: {"q": q}), 40, 0.5))
    assert len(heard.seconds) == 20
    assert 0 < heard.at(0.5) <= heard.at(0.99)


def test_a_connection_that_the_server_closed_meanwhile_is_no_failure(servers, monkeypatch):
    monkeypatch.setattr(Echo, "timeout", 0.05)
    heard = asyncio.run(at_rate(ports(servers), "/", contents(["问"], lambda q: {"q": q}), 8, 1.0))
    assert (len(heard.seconds), heard.failed) == (8, 0)


def test_an_idle_connection_is_given_up_before_the_server_closes_it(servers, monkeypatch):
    opened = []
    connect = asyncio.open_connection

    async def counted(*where):
        opened.append(where)
        return await connect(*where)

    monkeypatch.setattr(asyncio, "open_connection", counted)
    monkeypatch.setattr("evals.load.clients.KEPT", 0.1)
    port = ports(servers)[:1]
    asyncio.run(at_rate(port, "/", contents(["问"], lambda q: {"q": q}), 4, 1.0))
    assert len(opened) == 4


def test_what_is_no_answer_is_counted(servers):
    for server in servers:
        server.status = 503
    heard = asyncio.run(at_rate(ports(servers), "/", contents(["问"], lambda q: {"q": q}), 20, 0.2))
    assert (len(heard.seconds), heard.failed) == (0, 4)


def test_ratios_are_to_servers_with_as_many_processes():
    def one(name, processes, rate):
        return Served(name=name, processes=processes, rate=rate, p50=2, p95=4, p99=6, failed=0)

    shown = table(
        [
            one(name, n, rate * n)
            for n in (1, 2)
            for name, rate in (("nothing", 100), ("LangChain", 10), ("申报通", 9))
        ]
    )
    assert "| 申报通 | 2 | 18 | 0.09 | 0.90 | 2.0 | 4.0 | 6.0 | 3.0 | 0 |" in shown
