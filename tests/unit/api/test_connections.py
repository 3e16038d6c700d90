"""Clients that hold a connection without asking anything, over real sockets."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager

import httpx
import pytest
import uvicorn

from api.app import create_app
from api.connections import bounded
from assistant.settings import Settings

ASK = b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n"


@contextmanager
def served(scripted, *, head_seconds=5.0, head_bytes=4_096, most=50, **settings):
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        create_app(scripted, Settings(**settings)),
        http=bounded(head_seconds, head_bytes, most),
        ws="none",
        log_config=None,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline, "the service does not start"
        time.sleep(0.01)
    try:
        yield listener.getsockname()
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def connect(address):
    return socket.create_connection(address, timeout=5)


def told(connection):
    """Everything until the service closes."""
    received = b""
    while piece := connection.recv(65_536):
        received += piece
    return received


def answer(connection):
    """One answer of a connection that stays open."""
    received = b""
    while not received.endswith(b"}"):
        received += connection.recv(65_536)
    return received


@pytest.mark.parametrize(
    "sent", [b"", b"GET /healthz HT", b"GET /healthz HTTP/1.1\r\nHost: here\r\nX-Slow: "]
)
def test_a_head_that_never_ends_is_given_up(scripted, sent):
    with served(scripted, head_seconds=0.2) as address, connect(address) as one:
        one.sendall(sent)
        began = time.monotonic()
        assert told(one).startswith(b"HTTP/1.1 408 ")
        assert time.monotonic() - began < 3


def test_a_head_sent_byte_by_byte_gets_no_more_time(scripted):
    with served(scripted, head_seconds=0.3) as address, connect(address) as one:
        began = time.monotonic()
        with pytest.raises(OSError):  # noqa: PT012, PT011 - whichever of the two notices first
            for byte in ASK * 20:
                one.sendall(bytes([byte]))
                time.sleep(0.02)
        assert time.monotonic() - began < 3


def test_the_second_request_of_a_connection_has_its_time_too(scripted):
    with served(scripted, head_seconds=0.3) as address, connect(address) as one:
        one.sendall(ASK)
        assert answer(one).startswith(b"HTTP/1.1 200 ")
        one.sendall(b"GET /he")
        assert told(one).startswith(b"HTTP/1.1 408 ")


def test_a_head_that_grows_without_end_is_cut(scripted):
    with served(scripted) as address, connect(address) as one:
        one.sendall(b"GET /healthz HTTP/1.1\r\nX-Long: " + b"x" * 5_000)
        assert told(one).startswith(b"HTTP/1.1 431 ")


def test_a_whole_head_beyond_its_size_gets_a_problem(scripted):
    with served(scripted, max_header_bytes=2_000) as address, connect(address) as one:
        one.sendall(b"GET /healthz HTTP/1.1\r\nHost: here\r\nX-Long: " + b"x" * 3_000 + b"\r\n\r\n")
        text = told(one)
        assert text.startswith(b"HTTP/1.1 431 ")
        assert b"application/problem+json" in text


def test_many_requests_of_one_connection_are_no_long_head(scripted):
    with served(scripted, head_bytes=200) as address, connect(address) as one:
        for _ in range(20):
            one.sendall(ASK)
            assert answer(one).startswith(b"HTTP/1.1 200 ")
        body = b'{"message": "' + b"x" * 3_000 + b'"}'
        head = b"POST /v1/chat HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        one.sendall(head % len(body))
        one.sendall(body)
        assert answer(one).startswith(b"HTTP/1.1 200 ")


def test_a_body_that_never_ends_is_given_up_and_takes_no_place(scripted):
    with (
        served(scripted, body_seconds=0.5, max_working=1, max_waiting=0) as address,
        connect(address) as slow,
        connect(address) as other,
    ):
        slow.sendall(b"POST /v1/chat HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n{")
        time.sleep(0.1)
        other.sendall(b"GET /v1/packs HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        assert told(other).startswith(b"HTTP/1.1 200 ")
        text = told(slow)
        assert text.startswith(b"HTTP/1.1 408 ")
        assert b"0.5" in text


def test_one_connection_too_many_is_told_to_come_back(scripted):
    with served(scripted, most=3) as address:
        held = [connect(address) for _ in range(3)]
        for one in held:
            one.sendall(ASK)
            answer(one)
        with connect(address) as late:
            text = told(late)
        assert text.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 1" in text
        held.pop().close()
        time.sleep(0.1)
        with connect(address) as next_one:
            next_one.sendall(ASK)
            assert answer(next_one).startswith(b"HTTP/1.1 200 ")
        for one in held:
            one.close()


def test_what_is_no_http_is_refused(scripted):
    with served(scripted) as address, connect(address) as one:
        one.sendall(b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n")
        assert told(one).startswith(b"HTTP/1.1 400 ")


def test_a_flood_is_turned_away_not_piled_up(scripted):
    """Thirty ask at once where two are answered at a time and two may wait."""
    answer_of, going = scripted.reply, threading.Event()

    def slowly(*given, **named):
        going.wait(10)
        return answer_of(*given, **named)

    scripted.reply = slowly
    body = b'{"message": "x"}'
    head = b"POST /v1/chat HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nConnection: close\r\n"
    with served(scripted, max_working=2, max_waiting=2, most=100) as address:
        asking = [connect(address) for _ in range(30)]
        for one in asking:
            one.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        time.sleep(0.3)
        with connect(address) as probe:
            probe.sendall(ASK)
            assert answer(probe).startswith(b"HTTP/1.1 200 ")
        going.set()
        answers = [told(one) for one in asking]
        for one in asking:
            one.close()
    refused = [text for text in answers if text.startswith(b"HTTP/1.1 503 ")]
    assert len(refused) == 26
    assert all(b"\r\nretry-after: 1\r\n" in text and "正忙".encode() in text for text in refused)
    assert sum(text.startswith(b"HTTP/1.1 200 ") for text in answers) == 4


@pytest.mark.parametrize(("path", "told_as"), [("/v1/chat", "detail"), ("/v1/chat/completions", "error")])
def test_an_answer_that_takes_too_long_is_given_up_in_the_form_of_its_path(scripted, path, told_as):
    answer_of, going = scripted.reply, threading.Event()

    def slowly(*given, **named):
        assert going.wait(30)
        return answer_of(*given, **named)

    scripted.reply = slowly
    body = {"message": "问"}
    if told_as == "error":
        body = {"model": "shenbao", "messages": [{"role": "user", "content": "问"}]}
    with served(scripted, request_seconds=0.2) as (host, port):
        # The answer comes although the work goes on.
        late = httpx.post(f"http://{host}:{port}{path}", json=body, timeout=20)
        assert late.status_code == 503
        assert late.headers["retry-after"] == "1"
        assert told_as in late.json()
        assert "0.2 秒" in late.text
        going.set()
        assert httpx.get(f"http://{host}:{port}/healthz").status_code == 200
